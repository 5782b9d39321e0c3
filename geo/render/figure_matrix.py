"""A table of dots: provinces by type of claim or another facet."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle

from geo.errors import UsageError
from geo.render.figure_data import FigureData
from geo.render.figure_dots import Dot, Matrix
from geo.render.figure_geometry import MapGeometry
from geo.render.figure_measure import LINE_SPACING, fit_text, measure_text
from geo.render.figure_page import Page, Sheet, open_page
from geo.render.figure_words import clean_text

__all__ = ["draw_matrix"]

_WORDS = 7.5
_SMALL = 6.5
_USUAL_ROW, _LEAST_ROW, _HIGHEST_ROW = 0.24, 0.124, 0.34
_BETWEEN, _TOTAL, _KEY_LINE, _WIDEST_STEP = 0.3, 0.36, 0.26, 1.3
_TRIALS = ((1, 1.25), (2, 1.25), (3, 1.25), (3, 0.85), (3, 0.6))
"""Numbers of panels, and the most inches for words turned above the columns, in the order tried."""
_SMALLEST_UNIT, _LARGEST_UNIT = 0.014, 0.055
_ALL = "all"

Line = tuple[str, str]
"""One line of a panel: a heading and no province, or no heading and a province."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Panels side by side with their lines, and the sizes of their parts in inches.

    ``unit`` is the radius of one source, ``heads`` the words above the columns.
    """

    panels: tuple[tuple[Line, ...], ...]
    width: float
    name: float
    step: float
    row: float
    head: float
    heads: tuple[str, ...]
    turned: bool
    unit: float
    letters: float


def draw_matrix(data: FigureData, sheet: Sheet, geometry: MapGeometry) -> Figure:
    """Draw provinces by facet; the area of a dot stands for independent sources."""
    matrix = data.matrix
    if matrix is None:
        raise AssertionError("a matrix has dots")
    k, names = sheet.size.letters, geometry.names[data.options.language]
    key = _arrange_key(matrix, sheet.inner, k)
    foot = len(key) * _KEY_LINE * k + 0.12
    plan = _plan_matrix(matrix, names, sheet, foot)
    longest = max(map(len, plan.panels), default=1)
    page, (left, bottom, _, top) = open_page(sheet, plan.head + longest * plan.row + foot)
    if not plan.panels:
        page.text(left, top - 0.3 * k, "No claim names a province.", _WORDS * k)
        return page.figure
    for n, panel in enumerate(plan.panels):
        _draw_panel(page, matrix, names, panel, left + n * (plan.width + _BETWEEN), top, plan)
    _draw_key(page, key, left, bottom, plan.unit)
    return page.figure


def _plan_matrix(matrix: Matrix, names: Mapping[str, str], sheet: Sheet, foot: float) -> _Plan:
    """Set the lines in as few panels as give every line enough height."""
    lines = [
        line for heading, members in matrix.groups
        for line in (*([(heading, "")] if heading else []), *(("", p) for p in members))
    ]  # fmt: skip
    k = sheet.size.letters
    for panels, turned in _TRIALS:
        plan = _measure(matrix, names, sheet, lines, panels, foot, turned)
        if plan.row >= _LEAST_ROW * k:
            return plan
    raise UsageError(
        "figure: the page has no room for so many provinces. Choose a larger size, a shorter title, "
        "provinces 'claimed', or another order than 'region'."
    )


def _measure(
    matrix: Matrix,
    names: Mapping[str, str],
    sheet: Sheet,
    lines: list[Line],
    panels: int,
    foot: float,
    most: float,
) -> _Plan:
    k = sheet.size.letters
    width = (sheet.inner - (panels - 1) * _BETWEEN) / panels
    words = [names[province] for _, province in lines if province]
    name = max((measure_text(w, _WORDS * k)[0] / 72 for w in words), default=0.5) + 0.12
    room = width - name - _TOTAL * k
    step = min(room / max(1, len(matrix.columns)), _WIDEST_STEP * k)
    heads, is_turned, head = _arrange_heads(matrix.columns, step, k, most)
    split = _split(lines, panels)
    longest = max(map(len, split), default=1)
    given = min((sheet.room - foot - head) / longest, _HIGHEST_ROW * k)
    row = given if sheet.size.height else _USUAL_ROW * k
    marks = max((len(_marks(dot)) for dot in matrix.dots.values()), default=1)
    most = max((n for dot in matrix.dots.values() for _, n in _marks(dot)), default=1)
    largest = max(0.01, min(row * 0.46, step * 0.46 / marks))
    unit = min(_LARGEST_UNIT * k, max(_SMALLEST_UNIT * k, largest / math.sqrt(most)))
    return _Plan(split, width, name, step, row, head, heads, is_turned, unit, k)


def _split(lines: list[Line], panels: int) -> tuple[tuple[Line, ...], ...]:
    """Cut the lines into panels of about equal length.

    No heading stands alone at an end, and a group that goes on has its heading again.
    """
    size = -(-(len(lines) + panels - 1) // panels)
    found: list[tuple[Line, ...]] = []
    start, current = 0, ""
    while start < len(lines):
        again = [(current, "")] if current and not lines[start][0] else []
        end = min(start + size - len(again), len(lines)) if len(found) < panels - 1 else len(lines)
        while start + 1 < end < len(lines) and lines[end - 1][0]:
            end -= 1
        found.append((*again, *lines[start:end]))
        current = next((heading for heading, _ in reversed(lines[:end]) if heading), "")
        start = end
    return tuple(found)


def _arrange_heads(
    columns: tuple[str, ...], step: float, letters: float, most: float
) -> tuple[tuple[str, ...], bool, float]:
    """Words above the columns, whether they are turned, and their height in inches."""
    points = _WORDS * letters
    names = [clean_text(column) for column in columns]
    room = (step - 0.06) * 72
    parts = [word for name in names for word in name.split(" ")]
    if all(measure_text(word, points, bold=True)[0] <= room for word in parts):
        heads = tuple(fit_text(name, points, room, lines=3, bold=True) for name in names)
        lines = max((head.count("\n") + 1 for head in heads), default=1)
        return heads, False, lines * points * LINE_SPACING / 72 + 0.1 * letters
    longest = most * letters * 72
    lines = 2 if room > 2 * points * LINE_SPACING else 1
    heads = tuple(fit_text(name, points, longest, lines=lines, bold=True) for name in names)
    widest = max(measure_text(line, points, bold=True)[0] for head in heads for line in head.split("\n"))
    return heads, True, widest / 72 + 0.16 * letters


def _draw_panel(
    page: Page,
    matrix: Matrix,
    names: Mapping[str, str],
    panel: tuple[Line, ...],
    left: float,
    top: float,
    plan: _Plan,
) -> None:
    """Draw one panel: headings, faint lines, names, dots and the number of all sources."""
    theme, k = page.theme, plan.letters
    start, high = left + plan.name, top - plan.head
    low, end = high - len(panel) * plan.row, start + len(matrix.columns) * plan.step
    for n, column in enumerate(matrix.columns):
        x = start + (n + 0.5) * plan.step
        if column in matrix.unread:
            _shade(page, x - plan.step / 2, low, plan.step, high - low)
        _draw_head(page, x, high + 0.06 * k, plan.heads[n], turned=plan.turned)
    _draw_head(page, end + _TOTAL * k / 2, high + 0.06 * k, _ALL, turned=False)
    points = min(_WORDS * k, max(_SMALL * k, plan.row * 72 * 0.72))
    for n, (heading, province) in enumerate(panel):
        y = high - (n + 0.5) * plan.row
        page.add(
            Line2D([left, end + _TOTAL * k], [y + plan.row / 2] * 2, color=theme.faint, lw=0.5, zorder=1)
        )
        words = heading or names[province]
        page.text(left, y, words, points, va="center_baseline", weight="bold" if heading else "normal")
        for m, column in enumerate(matrix.columns if province else ()):
            dot = matrix.dots.get((province, column))
            if dot is not None:
                _draw_dot(page, dot, start + (m + 0.5) * plan.step, y, plan)
        if province:
            total = str(matrix.totals.get(province, 0))
            page.text(end + _TOTAL * k / 2, y, total, points, ha="center", va="center_baseline")
    page.add(Line2D([left, end + _TOTAL * k], [low, low], color=theme.faint, lw=0.5, zorder=1))


def _draw_head(page: Page, x: float, y: float, words: str, *, turned: bool) -> None:
    page.text(
        x,
        y,
        words,
        _WORDS * page.letters,
        weight="bold",
        ha="center",
        va="bottom",
        rotation=90 if turned else 0,
        linespacing=1.15,
    )


def _shade(page: Page, left: float, low: float, width: float, height: float) -> None:
    """Mark a column for which there is no document."""
    look = page.theme.states["no_document"]
    page.add(Rectangle((left, low), width, height, facecolor=look.fill, edgecolor=page.theme.faint, lw=0.4))


def _marks(dot: Dot) -> list[tuple[str, int]]:
    """Marks of a cell with their numbers; a region shows only where the province itself is not named."""
    region = 0 if dot.affirmed or dot.hedged else dot.region
    parts = (("affirmed", dot.affirmed), ("hedged", dot.hedged), ("denied", dot.denied), ("region", region))
    return [(name, n) for name, n in parts if n]


def _draw_dot(page: Page, dot: Dot, x: float, y: float, plan: _Plan) -> None:
    marks = _marks(dot)
    apart = plan.step / (len(marks) + 0.3)
    for n, (name, number) in enumerate(marks):
        _draw_mark(page, name, x + (n - (len(marks) - 1) / 2) * apart, y, plan.unit * math.sqrt(number))


def _draw_mark(page: Page, name: str, x: float, y: float, radius: float) -> None:
    """Draw a full dot, a ring, a cross or a square of the area of a dot with this radius."""
    theme = page.theme
    strong = theme.states["sources_3"].fill
    if name == "affirmed":
        page.add(Circle((x, y), radius, facecolor=strong, edgecolor="none", zorder=3))
    elif name == "hedged":
        page.add(Circle((x, y), radius * 0.94, fill=False, edgecolor=theme.ink, lw=0.9, zorder=3))
    elif name == "denied":
        half = radius * 0.85
        for rise in (half, -half):
            page.add(Line2D([x - half, x + half], [y - rise, y + rise], color=theme.ink, lw=1.1, zorder=3))
    else:
        half = radius * 0.8
        page.box(x - half, y - half, 2 * half, 2 * half, fill=False, edgecolor=theme.muted, lw=0.8, zorder=3)


def _arrange_key(matrix: Matrix, width: float, letters: float) -> list[list[tuple[str, int, str]]]:
    """Lines of the key: kind of mark, number of sources, words."""
    found = [mark for dot in matrix.dots.values() for mark in _marks(dot)]
    most = max((n for name, n in found if name == "affirmed"), default=1)
    sizes = sorted({1, max(1, round(most / 4)), most})
    items = [("affirmed", n, f"{n} source{'' if n == 1 else 's'}") for n in sizes]
    words = {"hedged": "only hedged", "denied": "denied", "region": "only as part of a named region"}
    items += [(name, 1, text) for name, text in words.items() if any(kind == name for kind, _ in found)]
    if matrix.unread:
        items.append(("none", 1, "no document"))
    items.append(("all", 1, "sources that affirm, each once"))
    lines: list[list[tuple[str, int, str]]] = [[]]
    room = width
    for item in items:
        needed = _key_width(item, letters)
        if needed > room and lines[-1]:
            lines.append([])
            room = width
        lines[-1].append(item)
        room -= needed
    return lines


def _key_width(item: tuple[str, int, str], letters: float) -> float:
    return (
        measure_text(item[2], _WORDS * letters)[0] / 72 + (0.62 if item[0] == "affirmed" else 0.5) * letters
    )


def _draw_key(
    page: Page, key: list[list[tuple[str, int, str]]], left: float, bottom: float, unit: float
) -> None:
    k = page.letters
    for n, line in enumerate(reversed(key)):
        x, y = left, bottom + (n + 0.5) * _KEY_LINE * k
        for name, number, words in line:
            mark = x + 0.14 * k
            if name == "all":
                page.text(mark, y, _ALL, _WORDS * k, weight="bold", ha="center", va="center_baseline")
            elif name == "none":
                _shade(page, mark - 0.1 * k, y - 0.06 * k, 0.2 * k, 0.12 * k)
            else:
                _draw_mark(page, name, mark, y, unit * math.sqrt(number))
            page.text(x + 0.32 * k, y, words, _WORDS * k, va="center_baseline")
            x += _key_width((name, number, words), k)
