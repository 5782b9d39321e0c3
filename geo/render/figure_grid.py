"""Small maps in rows and columns."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from geo.render.figure_cells import Cell
from geo.render.figure_data import FigureData
from geo.render.figure_geometry import Frame, MapGeometry
from geo.render.figure_legend import Entry, Legend, LegendBlock, draw_legend, fit_legend
from geo.render.figure_map import DISPUTED, NAMED, Painting, draw_provinces, make_state_legend
from geo.render.figure_measure import LINE_SPACING, fit_text, measure_lines, measure_text
from geo.render.figure_page import Page, Sheet, open_page
from geo.render.figure_words import clean_text

__all__ = ["draw_grid"]

_HEADING, _COUNT, _EMPTY = 8.5, 6.5, 7.5
_WIDEST, _SIDE, _GUTTER, _RULE = 3.0, 1.25, 0.15, 0.24
_MOST_SPREAD = 0.3
_MIDDLE = 0.45
"""Middle of the country as the eye sees it, as a share of the map's width."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Rows and columns of the grid and the sizes of their parts, in inches."""

    across: int
    down: int
    side: float
    step_x: float
    step_y: float
    map_width: float
    map_height: float
    heading: float
    letters: float

    @property
    def height(self) -> float:
        """Height of all rows and of the headings above them."""
        return self.down * self.step_y + (self.heading if self.side else 0)


def draw_grid(data: FigureData, sheet: Sheet, geometry: MapGeometry) -> Figure:
    """Draw small maps, one for each pair of facet values, or those of one facet in lines."""
    legend = fit_legend(_make_legend(data, sheet), sheet.inner, sheet.size.letters)
    plan = _plan_grid(data, sheet, geometry, legend)
    page, (left, _, right, top) = open_page(sheet, plan.height + _RULE + legend.height)
    two = len(data.by) == 2
    start = top - (plan.heading if two else 0)
    for number, ((row, column), cell) in enumerate(data.cells.items()):
        spot = (data.rows.index(row), data.columns.index(column)) if two else divmod(number, plan.across)
        x, y = left + plan.side + spot[1] * plan.step_x, start - spot[0] * plan.step_y
        if not two or spot[0] == 0:
            _draw_heading(page, x, y, column, plan)
        if two and spot[1] == 0:
            _draw_row_name(page, left, y - plan.map_height / 2, row, plan)
        y -= 0 if two else plan.heading
        left_of_map = x + (plan.step_x - _GUTTER - plan.map_width) / 2
        scale = _metres_per_inch(geometry, plan.map_width)
        frame = Frame(geometry.bounds, left_of_map, y - plan.map_height, scale)
        _draw_small_map(page, geometry, cell, frame, plan)
    rule = top - plan.height - _RULE / 2
    page.add(Line2D([left, right], [rule, rule], color=page.theme.faint, lw=0.6))
    draw_legend(page, left, rule - _RULE / 2, legend)
    return page.figure


def _make_legend(data: FigureData, sheet: Sheet) -> Legend:
    cells = data.cells.values()
    legend = make_state_legend(
        (state for cell in cells for state in cell.states.values()), sheet.theme, disputed=False
    )
    if not any(cell.disputed for cell in cells):
        return legend
    entry = Entry("Provinces also denied by a source", mark=DISPUTED)
    return Legend(legend.title, (*legend.entries, entry))


def _metres_per_inch(geometry: MapGeometry, width: float) -> float:
    return (geometry.bounds[2] - geometry.bounds[0]) / width


def _plan_grid(data: FigureData, sheet: Sheet, geometry: MapGeometry, legend: LegendBlock) -> _Plan:
    """Choose the numbers of rows and columns that give the largest maps."""
    two, count = len(data.by) == 2, len(data.columns)
    if two:
        return _measure(data, sheet, geometry, legend, (count, len(data.rows)))
    if not sheet.size.height:
        across = min(4, count)
        return _measure(data, sheet, geometry, legend, (across, -(-count // across)))
    plans = [
        _measure(data, sheet, geometry, legend, (across, -(-count // across)))
        for across in range(1, count + 1)
    ]
    return max(plans, key=lambda plan: plan.map_width)


def _measure(
    data: FigureData, sheet: Sheet, geometry: MapGeometry, legend: LegendBlock, shape: tuple[int, int]
) -> _Plan:
    across, down = shape
    k, two = sheet.size.letters, len(data.by) == 2
    west, south, east, north = geometry.bounds
    aspect = (east - west) / (north - south)
    side = _side(data, sheet) if two else 0.0
    step_x = min((sheet.inner - side) / across, _WIDEST * k if not sheet.size.height else sheet.inner)
    heading = _heading_height(data, step_x, k)
    texts = 0.2 * k + (0 if two else heading)
    width = step_x - _GUTTER
    if not sheet.size.height:
        height = width / aspect
        return _Plan(across, down, side, step_x, height + texts + 0.06, width, height, heading, k)
    room = sheet.room - legend.height - _RULE - (heading if two else 0)
    height = max(0.1, min(width / aspect, room / down - texts - 0.04))
    step_y = min(room / down, height + texts + _MOST_SPREAD)
    return _Plan(across, down, side, step_x, step_y, height * aspect, height, heading, k)


def _side(data: FigureData, sheet: Sheet) -> float:
    """Width for the names of the rows: as wide as the widest, within limits."""
    k = sheet.size.letters
    names = [clean_text(row) for row in data.rows]
    widths = [measure_text(name, _HEADING * k, bold=True)[0] / 72 for name in names]
    words = [measure_text(word, _HEADING * k, bold=True)[0] / 72 for name in names for word in name.split()]
    needed = max([0.4, *words]) + 0.15
    usual = min(max([0.4, *widths]) + 0.15, _SIDE * k, sheet.inner * 0.18)
    return min(max(usual, needed), sheet.inner * 0.25)


def _heading_height(data: FigureData, step_x: float, letters: float) -> float:
    words = [_heading(column, step_x, letters) for column in data.columns]
    lines = max(text.count("\n") + 1 for text in words)
    return (lines * _HEADING * LINE_SPACING / 72 + 0.09) * letters


def _heading(words: str, step_x: float, letters: float) -> str:
    return fit_text(clean_text(words), _HEADING * letters, (step_x - 0.1) * 72, lines=2, bold=True)


def _draw_heading(page: Page, x: float, y: float, words: str, plan: _Plan) -> None:
    """Write the name of a column; ``y`` is the top of its map or, with one facet, of its cell."""
    text = _heading(words, plan.step_x, plan.letters)
    low = y + 0.08 * plan.letters if plan.side else y - plan.heading + 0.08 * plan.letters
    page.text(
        x + (plan.step_x - _GUTTER) / 2,
        low,
        text,
        _HEADING * plan.letters,
        weight="bold",
        ha="center",
        va="bottom",
    )


def _draw_row_name(page: Page, x: float, y: float, words: str, plan: _Plan) -> None:
    points = _HEADING * plan.letters
    lines = max(1, int((plan.step_y - 0.12 * plan.letters) * 72 / (points * LINE_SPACING)))
    text = fit_text(clean_text(words), points, (plan.side - 0.1) * 72, lines=lines, bold=True)
    page.text(x, y, text, points, weight="bold", va="center")


def _draw_small_map(page: Page, geometry: MapGeometry, cell: Cell, frame: Frame, plan: _Plan) -> None:
    absent = not cell.documents
    painting = Painting(cell.states, page.theme.states, absent=absent)
    draw_provinces(page, geometry.coarse, painting, frame, bold=False)
    x, k = frame.left + frame.width * _MIDDLE, plan.letters
    if absent:
        _write_absent(page, frame, k)
        return
    room = plan.step_x - 0.05 - 2 * (0.5 - _MIDDLE) * frame.width
    words = _count_words(cell, room * 72, _COUNT * k)
    page.text(x, frame.bottom - 0.13 * k, words, _COUNT * k, ha="center", color=page.theme.muted)


def _write_absent(page: Page, frame: Frame, letters: float) -> None:
    words, points = "no document", _EMPTY * letters
    if measure_lines(words, points)[0] > frame.width * 0.8 * 72:
        words, points = "no\ndocument", _COUNT * letters
    page.text(
        frame.left + frame.width * 0.4,
        frame.bottom + frame.height * 0.45,
        words,
        points,
        ha="center",
        va="center",
        style="italic",
        color=page.theme.muted,
        zorder=5,
    )


def _count_words(cell: Cell, room: float, points: float) -> str:
    """How many provinces are named, and how many documents there are if that fits as well."""
    named = f"{sum(state in NAMED for state in cell.states.values())} named"
    disputed = f" · {len(cell.disputed)} {DISPUTED}" if cell.disputed else ""
    plural = "" if cell.documents == 1 else "s"
    forms = (
        f"{named}{disputed} · {cell.documents} document{plural}",
        f"{named}{disputed} · {cell.documents} doc.",
        f"{named}{disputed}",
    )
    return next((form for form in forms if measure_text(form, points)[0] <= room), named)
