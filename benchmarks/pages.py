"""The pages whose tables a benchmark writes or checks."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from geo.errors import UsageError

__all__ = ["fill", "settle"]

_BLOCK = re.compile(
    r"(?P<begin><!-- table (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end of table (?P=name) -->)", re.S
)


def fill(page: str, tables: Mapping[str, str]) -> str:
    """Put tables between the markers of a page.

    Raises
    ------
    UsageError
        If the page lacks the markers of a table or has those of an unknown one.
    """
    names = [match["name"] for match in _BLOCK.finditer(page)]
    if sorted(names) != sorted(tables):
        wrong = sorted(set(names) ^ set(tables)) or sorted({name for name in names if names.count(name) > 1})
        raise UsageError(
            f"markers of {', '.join(wrong)}: expected those of each table once, a line "
            "'<!-- table NAME -->' and a line '<!-- end of table NAME -->'. Mend the page."
        )
    return _BLOCK.sub(lambda match: f"{match['begin']}\n{tables[match['name']]}\n\n{match['end']}", page)


def settle(page: Path, filled: str, *, write: bool) -> int:
    """Write a page with its tables, or else compare: the exit status is 1 where it has others."""
    if write:
        page.write_text(filled, encoding="utf-8")
    elif filled != page.read_text(encoding="utf-8"):
        print(f"{page.name} has other numbers. Write them again with --write.", file=sys.stderr)
        return 1
    return 0
