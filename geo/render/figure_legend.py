"""Legends: swatches and words in columns, measured before they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.render.figure_measure import measure_text
from geo.render.figure_page import Page
from geo.render.style import StateStyle

__all__ = ["Entry", "Legend", "LegendBlock", "arrange_legend", "draw_legend", "fit_legend", "list_blocks"]

_TITLE, _WORDS = 8.0, 7.5
_LINE, _HEAD, _SWATCH, _INDENT, _GUTTER = 0.2, 0.26, (0.26, 0.13), 0.34, 0.25


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend: a swatch in a state's look, or a mark, and words."""

    words: str
    look: StateStyle | None = None
    mark: str = ""
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """A heading and its lines, in order."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class LegendBlock:
    """A legend in columns: where each begins, how many lines each has, and the size in inches."""

    legend: Legend
    lefts: tuple[float, ...]
    lines: int
    width: float
    height: float

    def with_tail(self, width: float, height: float) -> LegendBlock:
        """The same with room for something else below it."""
        return replace(self, width=max(self.width, width), height=self.height + height)


def arrange_legend(legend: Legend, columns: int, letters: float) -> LegendBlock:
    """Set a legend in so many columns, filled from the top."""
    count = len(legend.entries)
    lines = max(1, -(-count // max(1, columns)))
    lefts, left = [], 0.0
    for start in range(0, max(1, count), lines):
        lefts.append(left)
        words = [entry.words for entry in legend.entries[start : start + lines]]
        widest = max((measure_text(text, _WORDS * letters)[0] / 72 for text in words), default=0.0)
        left += _INDENT * letters + widest + _GUTTER * letters
    title = measure_text(legend.title, _TITLE * letters, bold=True)[0] / 72
    width = max(left - _GUTTER * letters, title)
    return LegendBlock(legend, tuple(lefts), lines, width, (_HEAD + lines * _LINE) * letters)


def fit_legend(legend: Legend, width: float, letters: float) -> LegendBlock:
    """Set a legend as low as the width allows."""
    blocks = (arrange_legend(legend, n, letters) for n in range(len(legend.entries), 1, -1))
    fitting = (block for block in blocks if block.width <= width)
    return next(fitting, arrange_legend(legend, 1, letters))


def draw_legend(page: Page, left: float, top: float, block: LegendBlock) -> None:
    """Draw a legend below ``top``."""
    k = page.letters
    page.text(left, top - 0.12 * k, block.legend.title, _TITLE * k, weight="bold")
    for number, entry in enumerate(block.legend.entries):
        column, line = divmod(number, block.lines)
        x, y = left + block.lefts[column], top - (_HEAD + (line + 0.75) * _LINE) * k
        _draw_entry(page, x, y, entry)


def _draw_entry(page: Page, x: float, y: float, entry: Entry) -> None:
    k = page.letters
    if entry.look is not None:
        edge = page.theme.faint if entry.faint else page.theme.outline
        wide, high = (length * k for length in _SWATCH)
        swatch = page.box(x, y, wide, high, facecolor=entry.look.fill, edgecolor=edge, lw=0.6)
        if entry.look.hatch:
            page.hatch(swatch, entry.look)
    if entry.mark:
        page.text(x + _SWATCH[0] * k / 2, y + 0.025 * k, entry.mark, _TITLE * k, ha="center")
    page.text(x + _INDENT * k, y + 0.025 * k, entry.words, _WORDS * k)


def list_blocks(legend: Legend, letters: float, most: int = 3) -> Sequence[LegendBlock]:
    """The legend in one column, two, and so on."""
    return [arrange_legend(legend, n, letters) for n in range(1, min(most, len(legend.entries)) + 1)]
