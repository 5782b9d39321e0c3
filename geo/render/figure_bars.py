"""Bars by year: as a strip below a map, or in rows as a figure of its own."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from geo.render.figure_data import FigureData
from geo.render.figure_geometry import Bounds
from geo.render.figure_legend import Entry, Legend, draw_legend, fit_legend
from geo.render.figure_measure import LINE_SPACING, fit_text, measure_text
from geo.render.figure_page import Page, Sheet, open_page
from geo.render.figure_themes import Theme
from geo.render.figure_words import clean_text
from geo.render.figure_years import Bar, BarRow, Timeline
from geo.render.style import StateStyle

__all__ = ["draw_strip", "draw_timeline", "strip_height"]

_HEADING, _NUMBER, _YEAR = 8.0, 6.5, 7.0
_STRIP, _AXIS, _KEY_LINE, _KEY_ROOM = 1.05, 0.18, 0.19, 0.4
_HIGHEST_ROW, _USUAL_ROW, _SINGLE_ROW, _GAP = 1.6, 1.05, 3.0, 0.2
_CROWDED = 0.86
"""Most of the width of a year that a number may take."""
_MEASURES = {"sources": "Independent sources by year", "claims": "Claims by year"}


def _looks(theme: Theme) -> dict[str, StateStyle]:
    return {
        "affirmed": theme.states["sources_2"],
        "hedged": theme.states["uncertain"],
        "denied": theme.states["denied"],
        "none": theme.states["no_document"],
    }


def strip_height(letters: float, *, narrow: bool = False) -> float:
    """Height in inches of a strip with its heading and years; a narrow one has its key on a line below."""
    return (_STRIP + (_KEY_LINE if narrow else 0)) * letters


def draw_strip(page: Page, timeline: Timeline, box: Bounds, measure: str) -> None:
    """Draw the bars below a map: a heading, a key beside or below it, and one row.

    Parameters
    ----------
    box
        Left, bottom, right, top in inches.
    """
    left, bottom, right, top = box
    k = page.letters
    page.add(Line2D([left, right], [top, top], color=page.theme.faint, lw=0.6))
    high = top - 0.2 * k
    page.text(left, high, _MEASURES[measure], _HEADING * k, weight="bold")
    used = measure_text(_MEASURES[measure], _HEADING * k, bold=True)[0] / 72 + 0.3 * k
    key = _key(page.theme, timeline)
    wide = sum(measure_text(words, _NUMBER * k)[0] / 72 + _KEY_ROOM * k for words, _ in key)
    if wide > right - left - used:
        high -= _KEY_LINE * k
        _draw_strip_key(page, key, left, high)
    else:
        _draw_strip_key(page, key, right - wide, high)
    if timeline.years:
        _draw_row(page, timeline, timeline.rows[0], (left, bottom + _AXIS * k, right, high - 0.1 * k))
        _draw_years(page, timeline, left, right, bottom)
    else:
        _say_undated(page, timeline.rows[0], left, (bottom + high) / 2)


def _draw_strip_key(page: Page, key: list[tuple[str, StateStyle]], x: float, y: float) -> None:
    k = page.letters
    for words, look in key:
        x += 0.14 * k
        box = page.box(x, y, 0.2 * k, 0.1 * k, facecolor=look.fill, edgecolor=page.theme.outline, lw=0.5)
        if look.hatch:
            page.hatch(box, look)
        page.text(x + 0.26 * k, y, words, _NUMBER * k, color=page.theme.muted)
        x += (_KEY_ROOM - 0.14) * k + measure_text(words, _NUMBER * k)[0] / 72


def _key(theme: Theme, timeline: Timeline) -> list[tuple[str, StateStyle]]:
    """Words and looks that occur, in order."""
    bars = [bar for row in timeline.rows for bar in (*row.bars.values(), row.undated)]
    looks = _looks(theme)
    wanted = [
        ("affirmed", looks["affirmed"], True),
        ("only hedged", looks["hedged"], any(bar.hedged for bar in bars)),
        ("denied", looks["denied"], any(bar.denied for bar in bars)),
        (
            "no document",
            looks["none"],
            any(not bar.documents for row in timeline.rows for bar in row.bars.values()),
        ),
    ]
    return [(words, look) for words, look, occurs in wanted if occurs]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where the line is and how high one source is, in inches."""

    line: float
    unit: float


def _bar_places(timeline: Timeline, left: float, right: float, letters: float) -> tuple[float, float]:
    """Width of one year and where the bar of the undated begins; that one stands apart."""
    undated = max(0.5 * letters, min(0.8 * letters, (right - left) * 0.12))
    gap = 0.2 * letters
    if not _has_undated(timeline):
        undated = gap = 0.0
    return (right - left - undated - gap) / max(1, len(timeline.years)), right - undated


def _draw_row(page: Page, timeline: Timeline, row: BarRow, box: Bounds) -> None:
    left, bottom, right, top = box
    k = page.letters
    above, below = timeline.tallest
    number = (_NUMBER + 2) / 72 * k
    room = top - bottom - number * (2 if below else 1)
    unit = max(0.0, room) / max(1, above + below)
    scale = _Scale(bottom + (number if below else 0) + below * unit, unit)
    step, apart = _bar_places(timeline, left, right, k)
    for n, year in enumerate(timeline.years):
        _draw_bar(page, row.bars[year], left + n * step, step, scale, (bottom, top))
    undated = row.undated
    if undated.affirmed or undated.hedged or undated.denied:
        _draw_bar(page, undated, apart, right - apart, scale, (bottom, top))
    ink = page.theme.ink
    for start, end in ((left, left + step * len(timeline.years)), (apart, right))[
        : 1 + _has_undated(timeline)
    ]:
        page.add(Line2D([start, end], [scale.line] * 2, color=ink, lw=0.8, zorder=3))


def _draw_bar(
    page: Page, bar: Bar, left: float, step: float, scale: _Scale, limits: tuple[float, float]
) -> None:
    """Draw one year: affirmed and hedged above the line, denied below, or that there is no document."""
    looks, k = _looks(page.theme), page.letters
    wide = min(step * 0.8, 0.5 * k)
    x, middle = left + (step - wide) / 2, left + step / 2
    outline = page.theme.outline
    if not bar.documents and not (bar.affirmed or bar.hedged or bar.denied):
        height = limits[1] - scale.line
        page.box(left, scale.line, step, height, facecolor=looks["none"].fill, edgecolor="none", zorder=0.5)
        return
    y = scale.line
    for name, amount in (("affirmed", bar.affirmed), ("hedged", bar.hedged)):
        if amount:
            patch = page.box(
                x, y, wide, amount * scale.unit, facecolor=looks[name].fill, edgecolor=outline, lw=0.5
            )
            if looks[name].hatch:
                page.hatch(patch, looks[name])
            y += amount * scale.unit
    if bar.denied:
        depth = bar.denied * scale.unit
        patch = page.box(
            x, scale.line - depth, wide, depth, facecolor=looks["denied"].fill, edgecolor=outline, lw=0.5
        )
        page.hatch(patch, looks["denied"])
    _write_numbers(page, bar, middle, y, scale, step)


def _write_numbers(page: Page, bar: Bar, x: float, top: float, scale: _Scale, step: float) -> None:
    points = _NUMBER * page.letters
    for amount, y, va in (
        (bar.affirmed + bar.hedged, top + 0.02, "bottom"),
        (bar.denied, scale.line - bar.denied * scale.unit - 0.02, "top"),
    ):
        words = str(amount)
        if (amount or va == "bottom") and measure_text(words, points)[0] <= step * 72 * _CROWDED:
            muted = page.theme.muted if not amount else page.theme.ink
            page.text(x, y, words, points, ha="center", va=va, linespacing=1, color=muted)


def _draw_years(page: Page, timeline: Timeline, left: float, right: float, bottom: float) -> None:
    """Write the years below the bars, every one that has room, and where the undated stand."""
    k = page.letters
    points, y = _YEAR * k, bottom + 0.03 * k
    step, apart = _bar_places(timeline, left, right, k)
    widest = max(measure_text(year, points)[0] for year in timeline.years) / 72
    every = max(1, -(-int((widest + 0.08) * 1000) // max(1, int(step * 1000))))
    for n, year in enumerate(timeline.years):
        x = left + (n + 0.5) * step
        if n % every == 0 and x + widest / 2 < apart - 0.05:
            page.text(max(x, left + widest / 2), y, year, points, ha="center")
    if _has_undated(timeline):
        page.text((apart + right) / 2, y, "undated", points, ha="center")


def _has_undated(timeline: Timeline) -> bool:
    return any(row.undated.affirmed or row.undated.hedged or row.undated.denied for row in timeline.rows)


def _say_undated(page: Page, row: BarRow, left: float, y: float) -> None:
    amount = row.undated.affirmed + row.undated.hedged + row.undated.denied
    words = f"No dated claim; {amount} undated." if amount else "No claim."
    page.text(left, y, words, _YEAR * page.letters, color=page.theme.muted)


def draw_timeline(data: FigureData, sheet: Sheet) -> Figure:
    """Draw rows of bars by year, one for each value of the facet, on one scale."""
    timeline = data.timeline
    if timeline is None:
        raise AssertionError("a timeline has bars")
    k = sheet.size.letters
    key = tuple(Entry(words, look) for words, look in _key(sheet.theme, timeline))
    legend = fit_legend(Legend(_MEASURES[data.options.measure], key), sheet.inner, k)
    rows = len(timeline.rows)
    usual = (_SINGLE_ROW if rows == 1 else _USUAL_ROW) * k
    page, (left, bottom, right, top) = open_page(sheet, rows * usual + legend.height + _AXIS * k + _GAP)
    side = _side(data, timeline, sheet)
    room = top - bottom - legend.height - _GAP - _AXIS * k
    height = min(room / rows, (_HIGHEST_ROW if rows > 1 else _SINGLE_ROW) * k)
    draw_legend(page, left, top - rows * height - _AXIS * k - _GAP, legend)
    for n, row in enumerate(timeline.rows):
        high = top - n * height
        words = fit_text(
            clean_text(row.label),
            _HEADING * k,
            (side - 0.1) * 72,
            lines=max(1, int(height * 72 / (_HEADING * k * LINE_SPACING))),
            bold=True,
        ) if row.label else ""  # fmt: skip
        page.text(left, high - height / 2, words, _HEADING * k, weight="bold", va="center")
        if timeline.years:
            _draw_row(page, timeline, row, (left + side, high - height + 0.04 * k, right, high))
        else:
            _say_undated(page, row, left + side, high - height / 2)
    if timeline.years:
        _draw_years(page, timeline, left + side, right, top - rows * height - _AXIS * k)
    return page.figure


def _side(data: FigureData, timeline: Timeline, sheet: Sheet) -> float:
    """Width for the names of rows; nothing where there is one row without a name."""
    if not data.by:
        return 0.0
    k = sheet.size.letters
    names = [measure_text(clean_text(row.label), _HEADING * k, bold=True)[0] / 72 for row in timeline.rows]
    return min(max([0.4, *names]) + 0.15, min(1.4 * k, sheet.inner * 0.22))
