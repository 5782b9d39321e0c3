"""Guides that stand beside the other pages and that no list names."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["list_unlisted", "write_unlisted"]

DOCS = Path(__file__).resolve().parents[2]

_LIST = re.compile(r"^```\{toctree\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def list_unlisted() -> list[str]:
    """Return the names of the pages of ``docs/`` itself, without ending, that no list of pages holds."""
    listed = {DOCS / "index"}
    for path in DOCS.rglob("*.md"):
        for entries in _LIST.findall(path.read_text(encoding="utf-8")):
            listed |= {(path.parent / line.strip()).resolve() for line in entries.splitlines()}
    return sorted(path.stem for path in DOCS.glob("*.md") if path.with_suffix("") not in listed)


def write_unlisted() -> str:
    """Return a list of these pages, for a page that is one folder down; nothing if there is none."""
    names = [f"../{name}" for name in list_unlisted()]
    return "\n".join(["```{toctree}", ":maxdepth: 1", "", *names, "```"]) if names else ""
