"""How objects are shown in a notebook: small tables of escaped text, nothing that runs.

Titles, publishers and sentences come from untrusted files. They reach HTML escaped,
on lines of their own direction, without characters that command a terminal.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from geo.errors import UsageError
from geo.summary import visible

__all__ = ["cut", "did_you_mean", "escape", "listed", "plural", "render_pairs", "render_table"]

_LONGEST = 220


def cut(text: object, limit: int = _LONGEST) -> str:
    """Return one line, shortened, without control characters and lone surrogates."""
    line = visible(" ".join(str(text).split()))
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def escape(text: object) -> str:
    """Return a text as HTML that shows exactly it; it may also stand in a quoted attribute."""
    return html.escape(visible(str(text)), quote=True)


def plural(number: int, word: str) -> str:
    """Write a number with its noun: ``1 story``, ``2 stories``."""
    many = word[:-1] + "ies" if word.endswith("y") else word + "s"
    return f"{number:,} {word if number == 1 else many}"


def listed(words: Sequence[object], limit: int = 12) -> str:
    """Join values for a message, the last ones as a number."""
    shown = [cut(word, 60) for word in words[:limit]]
    more = len(words) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def did_you_mean(word: object, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """Return `` Did you mean 'x'?`` with a space in front, or nothing if no known word is near."""
    from difflib import get_close_matches

    folded = {name.casefold(): name for name in known}
    wanted = str(word).casefold()
    near = get_close_matches(wanted, folded, n=1, cutoff=cutoff)
    near = near or [name for name in folded if len(wanted) > 2 and wanted in name][:1]
    return f" Did you mean {folded[near[0]]!r}?" if near else ""


def render_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as HTML; every cell is escaped, shortened and keeps its own direction.

    Raises
    ------
    UsageError
        If a row has more or fewer cells than there are heads.
    """
    lines = []
    for row in rows:
        if len(row) != len(heads):
            raise UsageError(f"a row of {len(row)} cells under {len(heads)} heads.")
        cells = "".join(f'<td dir="auto" style="text-align:start">{escape(cut(cell))}</td>' for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    head = "".join(f'<th scope="col" style="text-align:start">{escape(name)}</th>' for name in heads)
    body = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>" if lines else ""
    return f"<div><p>{escape(caption)}</p>{body}</div>"


def render_pairs(pairs: dict[str, str]) -> str:
    """Return names and values as a two-column table; values are escaped and not shortened."""
    rows = "".join(
        f'<tr><th scope="row" style="text-align:start">{escape(name)}</th>'
        f'<td dir="auto" style="text-align:start">{escape(value)}</td></tr>'
        for name, value in pairs.items()
    )
    return f"<table><tbody>{rows}</tbody></table>"
