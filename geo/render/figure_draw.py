"""Put a figure together from artists, without axes: positions are inches on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from geo.render import style
from geo.render.figure_data import Cell, FigureData
from geo.render.figure_geometry import (
    INSET_SCALE,
    OVERVIEW_SCALE,
    Frame,
    Label,
    MapGeometry,
    measure_text,
    wrap_text,
)
from geo.render.figure_text import FigureText, clean_text

__all__ = ["draw_grid", "draw_single"]

_MARGIN = 0.35
_NOTE_POINTS = 7.0
_LINE = 1.3 / 72
_DISPUTED = "†"
_NAMED = {"sources_1", "sources_2", "sources_3", "uncertain"}


class _Page:
    """A figure of a given size on which things are put at inches from its lower left corner."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width, height), facecolor="white")

    def text(self, x: float, y: float, text: str, size: float, **more: Any) -> None:
        options: dict[str, Any] = {"color": style.INK, "va": "baseline", "linespacing": 1.3, **more}
        self.figure.text(
            x / self.width, y / self.height, text, fontsize=size, parse_math=False, usetex=False, **options
        )

    def add(self, artist: Any, frame: Frame | None = None) -> Any:
        """Add an artist whose coordinates are inches, or metres in the frame."""
        to_inches = Affine2D()
        if frame is not None:
            west, south, _, _ = frame.bounds
            to_inches.translate(-west, -south).scale(1 / frame.metres_per_inch)
            to_inches.translate(frame.left, frame.bottom)
        artist.set_transform(to_inches + self.figure.dpi_scale_trans)
        return self.figure.add_artist(artist)

    def box(self, x: float, y: float, width: float, height: float, **more: Any) -> Rectangle:
        rectangle: Rectangle = self.add(Rectangle((x, y), width, height, **more))
        return rectangle


def _draw_provinces(page: _Page, paths: Mapping[str, Path], cell: Cell, frame: Frame, *, bold: bool) -> None:
    """Draw the provinces of one cell: fills first, then patterns, then the outer border."""
    absent = not cell.documents
    edge = "#cfcfcf" if absent else style.OUTLINE
    keys = [key for key in cell.states if key in paths]
    fills = PathCollection(
        [paths[key] for key in keys],
        facecolors=[style.STATE_STYLES[cell.states[key]].fill for key in keys],
        edgecolors=edge,
        linewidths=0.5 if bold else 0.3,
        joinstyle="round",
        zorder=1,
    )
    page.add(fills, frame)
    for state, look in style.STATE_STYLES.items():
        members = [paths[key] for key in keys if cell.states[key] == state]
        if look.hatch and members:
            merged = Path.make_compound_path(*members)
            pattern = PathPatch(merged, facecolor="none", edgecolor=edge, linewidth=0.3, zorder=2)
            page.add(_hatched(pattern, look), frame)
    border = PathPatch(paths[""], facecolor="none", edgecolor="#b5b5b5" if absent else style.INK, zorder=3)
    border.set(linewidth=1.0 if bold else 0.5, joinstyle="round")
    page.add(border, frame)


def _hatched(patch: Any, look: style.StateStyle) -> Any:
    patch.set(hatch=look.hatch, hatchcolor=look.hatch_colour, hatch_linewidth=0.6)
    return patch


def _draw_labels(page: _Page, labels: Sequence[Label], cell: Cell, frame: Frame) -> None:
    west, south, _, _ = frame.bounds
    for label in labels:
        state = cell.states[label.province_id]
        look = style.STATE_STYLES[state]
        ground = {"facecolor": look.fill, "edgecolor": "none", "pad": 0.6}
        page.text(
            frame.left + (label.x - west) / frame.metres_per_inch,
            frame.bottom + (label.y - south) / frame.metres_per_inch,
            label.text + (f" {_DISPUTED}" if label.province_id in cell.disputed else ""),
            label.points,
            ha="center",
            va="center",
            color=look.text,
            weight="bold" if state in _NAMED else "normal",
            linespacing=1.05,
            bbox=ground if look.hatch or not label.inside else None,
            zorder=5,
        )


def _draw_inset(page: _Page, geometry: MapGeometry, cell: Cell, overview: Frame, frame: Frame) -> None:
    """Draw the provinces around Kabul larger, and their frame on the overview."""
    west, south, east, north = frame.bounds
    window = Rectangle((west, south), east - west, north - south, fill=False, ec=style.INK, lw=0.7, zorder=6)
    page.add(window, overview)
    _draw_provinces(page, geometry.inset, cell, frame, bold=True)
    page.box(frame.left, frame.bottom, frame.width, frame.height, fill=False, ec=style.INK, lw=1.0, zorder=6)
    _draw_labels(page, geometry.inset_labels, cell, frame)
    scale = overview.metres_per_inch / frame.metres_per_inch
    right, top = frame.left + frame.width, frame.bottom + frame.height
    page.text(right, top + 0.06, f"Around Kabul, × {scale:.1f}", 7.5, ha="right")


def _draw_scale_bar(page: _Page, x: float, y: float, frame: Frame) -> None:
    """Draw 200 km in two parts; lengths hold within 1 % all over the country."""
    half, thick = 100_000 / frame.metres_per_inch, 0.05
    page.box(x, y, half, thick, facecolor=style.INK, edgecolor=style.INK, lw=0.6)
    page.box(x + half, y, half, thick, facecolor="white", edgecolor=style.INK, lw=0.6)
    for step, words in enumerate(("0", "100", "200 km")):
        page.text(x + step * half, y + 0.09, words, 7, ha="left" if step == 2 else "center")


def _legend_states(cells: Iterable[Cell]) -> list[str]:
    """Classes and "not named" always, the other states where they occur."""
    found = {state for cell in cells for state in cell.states.values()}
    always = {*style.CLASS_STATES, "not_named"}
    return [state for state in style.STATES if state in found | always]


def _draw_legend(
    page: _Page, x: float, y: float, cells: Sequence[Cell], *, columns: Sequence[float], lines: int
) -> None:
    """Draw the ordered legend below ``y``: the classes, then the other states, ``lines`` to a column."""
    page.text(x, y - 0.12, "Independent sources that name the province", 8, weight="bold")
    states = _legend_states(cells)
    classes = [state for state in states if state in style.CLASS_STATES]
    others = [state for state in states if state not in classes]
    spots = [(0, line) for line in range(len(classes))]
    spots += [(1 + number // lines, number % lines) for number in range(len(others) + 1)]
    corners = [(x + columns[column], y - 0.38 - 0.2 * line) for column, line in spots]
    for state, (left, low) in zip([*classes, *others], corners[:-1], strict=True):
        look = style.STATE_STYLES[state]
        edge = "#b5b5b5" if state == "no_document" else style.OUTLINE
        swatch = page.box(left, low, 0.26, 0.13, facecolor=look.fill, edgecolor=edge, lw=0.6)
        if look.hatch:
            _hatched(swatch, look)
        page.text(left + 0.34, low + 0.025, look.label, 7.5)
    if any(cell.disputed for cell in cells):
        left, low = corners[-1]
        page.text(left + 0.13, low + 0.025, _DISPUTED, 8, ha="center")
        page.text(left + 0.34, low + 0.025, "Also denied by a source", 7.5)


def _wrapped(text: str, size: float, inches: float) -> tuple[str, float]:
    """Break a text into lines and say their height in inches."""
    lines = wrap_text(text, size, inches * 72)
    return lines, (lines.count("\n") + 1) * size * _LINE


def _draw_frame_texts(page: _Page, title: tuple[str, float], subtitle: str, notes: str) -> None:
    words, size = title
    top = page.height - 0.3
    height = (words.count("\n") + 1) * size * _LINE
    page.text(_MARGIN, top, words, size, weight="bold", va="top")
    page.text(_MARGIN, top - height - 0.05, subtitle, 8.5, va="top", color=style.MUTED)
    page.text(_MARGIN, 0.2, notes, _NOTE_POINTS, va="bottom", color=style.MUTED)


def _lay_out_texts(text: FigureText, width: float) -> tuple[tuple[str, float], str, str, float, float]:
    """Wrap all texts to the page: title with its size, subtitle, notes, heights of head and foot."""
    inner = width - 2 * _MARGIN
    size = 15.0
    while size > 11 and measure_text(text.title, size, bold=True)[0] > inner * 72:
        size -= 0.5
    title, title_height = _wrapped(text.title, size * 1.06, inner)
    subtitle, subtitle_height = _wrapped(text.subtitle, 8.5, inner)
    notes = [_wrapped(note, _NOTE_POINTS, inner) for note in text.notes]
    head = 0.3 + title_height + 0.05 + subtitle_height
    foot = 0.2 + sum(height for _, height in notes)
    return (title, size), subtitle, "\n".join(lines for lines, _ in notes), head, foot


def draw_single(data: FigureData, text: FigureText, geometry: MapGeometry) -> Figure:
    """Draw one map of the country with an inset around Kabul.

    Parameters
    ----------
    data
        With exactly one cell.
    text
        The words around the map.
    geometry
        The provinces.
    """
    (cell,) = data.cells.values()
    width = 9.2
    title, subtitle, notes, head, foot = _lay_out_texts(text, width)
    frame = Frame(geometry.bounds, _MARGIN, foot + 0.2, OVERVIEW_SCALE)
    page = _Page(width, frame.bottom + frame.height + head + 0.1)
    _draw_frame_texts(page, title, subtitle, notes)
    _draw_provinces(page, geometry.detailed, cell, frame, bold=True)
    _draw_labels(page, geometry.labels, cell, frame)
    inset = Frame(geometry.inset_bounds, 0.0, frame.bottom + 1.5, INSET_SCALE)
    inset = replace(inset, left=width - _MARGIN - inset.width)
    _draw_inset(page, geometry, cell, frame, inset)
    _draw_legend(page, 4.85, frame.bottom + 1.25, [cell], columns=(0.0, 1.5), lines=5)
    _draw_scale_bar(page, _MARGIN + 0.06, frame.bottom + frame.height - 0.4, frame)
    return page.figure


def draw_grid(data: FigureData, text: FigureText, geometry: MapGeometry) -> Figure:
    """Draw small maps, one for each pair of facet values, or one row of them wrapped at four."""
    two = len(data.by) == 2
    across = len(data.columns) if two else min(4, len(data.columns))
    down = len(data.rows) if two else -(-len(data.columns) // across)
    side = 1.25 if two else 0.0
    cell_width = min(2.6, max(1.45, (9.0 - 2 * _MARGIN - side) / across))
    width = max(6.5, 2 * _MARGIN + side + across * cell_width)
    title, subtitle, notes, head, foot = _lay_out_texts(text, width)
    west, south, east, north = geometry.bounds
    scale = (east - west) / (cell_width - 0.15)
    map_height = (north - south) / scale
    step = map_height + (0.26 if two else 0.48)
    legend = 1.05
    page = _Page(width, foot + legend + down * step + 0.35 + head)
    _draw_frame_texts(page, title, subtitle, notes)
    top = page.height - head - (0.35 if two else 0.1)
    for number, ((row, column), cell) in enumerate(data.cells.items()):
        line, place = (data.rows.index(row), data.columns.index(column)) if two else divmod(number, across)
        left, bottom = _MARGIN + side + place * cell_width, top - line * step - map_height
        bottom -= 0.0 if two else 0.22
        frame = Frame(geometry.bounds, left, bottom, scale)
        _draw_small_map(page, geometry, cell, frame)
        if not two or line == 0:
            _draw_heading(page, left, bottom + map_height + 0.08, clean_text(column), cell_width)
        if two and place == 0:
            words = wrap_text(clean_text(row), 8.5, (side - 0.1) * 72 * 0.9)
            page.text(_MARGIN, bottom + map_height / 2, words, 8.5, weight="bold", va="center")
    page.figure.add_artist(
        Line2D(
            [_MARGIN / width, 1 - _MARGIN / width],
            [(foot + legend) / page.height] * 2,
            color="#cccccc",
            lw=0.6,
        )
    )
    _draw_legend(
        page, _MARGIN, foot + legend - 0.05, list(data.cells.values()), columns=(0.0, 1.6, 4.0), lines=3
    )
    return page.figure


def _draw_heading(page: _Page, left: float, y: float, words: str, width: float) -> None:
    while len(words) > 4 and measure_text(words, 8.5, bold=True)[0] > (width - 0.1) * 72:
        words = words.rstrip("…")[:-1].rstrip() + "…"
    page.text(left + (width - 0.15) / 2, y, words, 8.5, weight="bold", ha="center")


def _draw_small_map(page: _Page, geometry: MapGeometry, cell: Cell, frame: Frame) -> None:
    _draw_provinces(page, geometry.coarse, cell, frame, bold=False)
    if not cell.documents:
        page.text(
            frame.left + frame.width * 0.4,
            frame.bottom + frame.height * 0.45,
            "no document",
            7.5,
            ha="center",
            va="center",
            style="italic",
            color=style.MUTED,
            zorder=5,
        )
        return
    named = sum(state in _NAMED for state in cell.states.values())
    plural = "" if cell.documents == 1 else "s"
    words = f"{named} named · {cell.documents} document{plural}"
    page.text(
        frame.left + frame.width * 0.42, frame.bottom - 0.11, words, 6.5, ha="center", color=style.MUTED
    )
