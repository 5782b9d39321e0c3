"""The figure of each kind, put together from its parts."""

from __future__ import annotations

from matplotlib.figure import Figure

from geo.errors import UsageError
from geo.render.figure_alt import sign_number
from geo.render.figure_bars import draw_strip, draw_timeline, strip_height
from geo.render.figure_compare import Comparison
from geo.render.figure_data import FigureData
from geo.render.figure_geometry import Bounds, MapGeometry
from geo.render.figure_grid import draw_grid
from geo.render.figure_layout import MapLayout, lay_out_map
from geo.render.figure_legend import Entry, Legend
from geo.render.figure_map import DISPUTED, Painting, draw_map, make_state_legend
from geo.render.figure_matrix import draw_matrix
from geo.render.figure_measure import fit_text
from geo.render.figure_page import Sheet, lay_out_sheet, open_page
from geo.render.figure_sizes import PAGE_SIZES
from geo.render.figure_text import FigureText
from geo.render.figure_themes import DIFFERENCE_STATES, THEMES, Theme
from geo.render.figure_words import clean_text

__all__ = ["draw_kind"]

_USUAL_SCALE = 172_000.0
"""Metres per inch of the map on a page that is as high as needed."""

_LONGEST_SIDE = 130
_STRIP_GAP, _NARROW, _CLEARLY = 0.12, 3.1, 1.06


def draw_kind(data: FigureData, text: FigureText, geometry: MapGeometry) -> Figure:
    """Draw a figure of the kind that its data are of.

    Parameters
    ----------
    data, text
        From `prepare_data` and `describe_figure`.
    geometry
        The provinces; needed for the maps, and for the names in a matrix.
    """
    sheet = lay_out_sheet(text, PAGE_SIZES[data.options.size], THEMES[data.options.theme])
    if data.kind == "timeline":
        return draw_timeline(data, sheet)
    if data.kind == "matrix":
        return draw_matrix(data, sheet, geometry)
    if data.kind == "grid":
        return draw_grid(data, sheet, geometry)
    return _draw_whole(data, sheet, geometry)


def _draw_whole(data: FigureData, sheet: Sheet, geometry: MapGeometry) -> Figure:
    """Draw one map of the country, with bars below it where they are asked for."""
    k, theme = sheet.size.letters, sheet.theme
    painting, legend = _paint_difference(data, theme) if data.comparison else _paint_states(data, theme)
    strip = strip_height(k) + _STRIP_GAP if data.timeline else 0.0
    _, south, _, north = geometry.bounds
    page, body = open_page(sheet, (north - south) / _USUAL_SCALE + strip)
    layout, room = _share_page(geometry, legend, body, k, strip)
    draw_map(page, geometry, painting, layout, data.options.language)
    if data.timeline is not None:
        draw_strip(page, data.timeline, room, data.options.measure)
    return page.figure


def _share_page(
    geometry: MapGeometry, legend: Legend, body: Bounds, letters: float, strip: float
) -> tuple[MapLayout, Bounds]:
    """Lay out the map above the bars, or beside them where that makes it clearly larger."""
    left, bottom, right, top = body
    below = (left, bottom, right, bottom + strip - _STRIP_GAP)
    layout = lay_out_map(geometry, legend, (left, bottom + strip, right, top), letters)
    if not strip:
        return layout, below
    tail = (_NARROW * letters, strip_height(letters, narrow=True) + _STRIP_GAP)
    try:
        beside = lay_out_map(geometry, legend, body, letters, tail=tail)
    except UsageError:
        return layout, below
    if beside.frame.metres_per_inch * _CLEARLY > layout.frame.metres_per_inch:
        return layout, below
    low = beside.legend_box
    return beside, (low[0], low[1], low[2], low[1] + tail[1] - _STRIP_GAP)


def _paint_states(data: FigureData, theme: Theme) -> tuple[Painting, Legend]:
    (cell,) = data.cells.values()
    painting = Painting(
        cell.states, theme.states, marks=dict.fromkeys(cell.disputed, DISPUTED), absent=not cell.documents
    )
    return painting, make_state_legend(cell.states.values(), theme, disputed=bool(cell.disputed))


def _paint_difference(data: FigureData, theme: Theme) -> tuple[Painting, Legend]:
    comparison = data.comparison
    if comparison is None:
        raise AssertionError("a difference compares")
    marks = {province: sign_number(change) for province, change in comparison.change.items()}
    for province in comparison.disputed:
        marks[province] = f"{marks.get(province, '')}{DISPUTED}"
    absent = not any(comparison.documents)
    painting = Painting(
        comparison.states, theme.states, frozenset({"both", "only_a", "only_b"}), marks, absent
    )
    return painting, _difference_legend(comparison, theme)


def _difference_legend(comparison: Comparison, theme: Theme) -> Legend:
    """Words for the sides; with no document for one, the legend says so."""
    first, second = (fit_text(clean_text(label), 7.5, _LONGEST_SIDE) for label in comparison.labels)
    words = {
        "both": "Both",
        "only_a": f"Only: {first}",
        "only_b": f"Only: {second}",
        "weaker": "Only hedged, denied or part of a region",
        "neither": "Named in neither",
        "no_document": "No document",
    }
    gone = [n for n, documents in enumerate(comparison.documents) if not documents]
    if len(gone) == 1:
        words |= {"only_a": first, "only_b": second, "neither": "Not named in these texts"}
        del words["both"], words[("only_a", "only_b")[gone[0]]]
    usual = {"no_document"} if len(gone) == 2 else set(words) - {"weaker", "no_document"}
    found = {*comparison.states.values(), *usual}
    entries = [
        Entry(words[state], theme.states[state], faint=state == "no_document")
        for state in DIFFERENCE_STATES
        if state in found
    ]
    if len(gone) == 1:
        entries.append(Entry(f"{(first, second)[gone[0]]}: no document", mark="–"))
    if comparison.change:
        entries.append(Entry("Difference in sources, second less first", mark="+1"))
    if comparison.disputed:
        entries.append(Entry("Also denied by a source", mark=DISPUTED))
    return Legend("Provinces that a source affirms", tuple(entries))
