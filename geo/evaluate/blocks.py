"""A heading with a table and notes, as plain text or as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Block", "show_markdown", "show_text"]

_WIDTH = 100
_MEANING = re.compile(r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a report.

    Parameters
    ----------
    title
        Its heading.
    columns, rows
        A table; none without rows.
    notes
        Paragraphs below it.
    words
        How many columns, from the first, are words; the others are numbers.
    long
        Whether the last column is too long for a table of plain text: there a row
        becomes one line of the other cells, the last of them after a colon, and one of it.
    """

    title: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()
    words: int = 1
    long: bool = False


def show_text(block: Block) -> str:
    """Return a block as lines with aligned columns, without a line end."""
    lines = [block.title]
    if block.long:
        for row in block.rows:
            *cells, last, text = (_on_one_line(cell) for cell in row)
            lines += [f"  {' '.join(filter(None, cells))}: {last}", f"      {text}"]
    elif block.rows:
        lines += _align((block.columns, *block.rows), block.words)
    for note in block.notes:
        lines += textwrap.wrap(
            note, _WIDTH, initial_indent="  ", subsequent_indent="  ",
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    return "\n".join(lines)


def _align(rows: Sequence[Sequence[str]], words: int) -> list[str]:
    table = [[_on_one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  "
        + "  ".join(
            cell.ljust(width) if place < words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]


def show_markdown(block: Block) -> str:
    """Return a block as a section with a table; nothing in it is read as markup."""
    parts = [f"## {_escape(block.title)}"]
    if block.rows:
        rule = [":---" if place < block.words else "---:" for place in range(len(block.columns))]
        table = [[_escape(cell) for cell in row] for row in (block.columns, *block.rows)]
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in (table[0], rule, *table[1:])))
    parts += [_escape(note) for note in block.notes]
    return "\n\n".join(parts)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _escape(text: str) -> str:
    return _MEANING.sub(r"\\\g<0>", escape(_on_one_line(text), quote=False))
