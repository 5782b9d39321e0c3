"""Maps of the country with an inset around Kabul: of states, and of differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from geo.render import style
from geo.render.figure_geometry import INSET_PROVINCES, Frame, MapGeometry
from geo.render.figure_labels import LABEL_SPACING, Label, place_labels
from geo.render.figure_layout import MapLayout
from geo.render.figure_legend import Entry, Legend, draw_legend
from geo.render.figure_page import Page
from geo.render.figure_themes import Theme
from geo.render.style import StateStyle

__all__ = ["DISPUTED", "NAMED", "Painting", "draw_map", "draw_provinces", "make_state_legend"]

DISPUTED = "†"
"""Mark of a province that is also denied by a source."""

NAMED = frozenset({"sources_1", "sources_2", "sources_3", "uncertain"})
"""States in which a province is affirmed or hedged by name."""

_WHITE, _PALE = "#ffffff", "#d8d8d8"


@dataclass(frozen=True, slots=True)
class Painting:
    """How every province looks: a state by province, a look by state.

    ``bold`` are the states with bold names, ``marks`` what follows a name,
    ``absent`` says that there is no document behind the map at all.
    """

    states: Mapping[str, str]
    looks: Mapping[str, StateStyle]
    bold: frozenset[str] = NAMED
    marks: Mapping[str, str] = field(default_factory=dict)
    absent: bool = False


def draw_provinces(
    page: Page, paths: Mapping[str, Path], painting: Painting, frame: Frame, *, bold: bool
) -> None:
    """Draw provinces: fills first, then patterns, then the outer border."""
    theme = page.theme
    edge = theme.faint if painting.absent else theme.outline
    keys = [key for key in painting.states if key in paths]
    fills = PathCollection(
        [paths[key] for key in keys],
        facecolors=[painting.looks[painting.states[key]].fill for key in keys],
        edgecolors=edge,
        linewidths=0.5 if bold else 0.3,
        joinstyle="round",
        zorder=1,
    )
    page.add(fills, frame)
    dark = [paths[key] for key in keys if painting.looks[painting.states[key]].text == _WHITE]
    if dark:  # borders between dark provinces would not be seen
        edges = PathCollection(dark, facecolors="none", edgecolors=_PALE, linewidths=0.5 if bold else 0.25)
        edges.set(joinstyle="round", zorder=2.5)
        page.add(edges, frame)
    for state, look in painting.looks.items():
        members = [paths[key] for key in keys if painting.states[key] == state]
        if look.hatch and members:
            merged = Path.make_compound_path(*members)
            pattern = PathPatch(merged, facecolor="none", edgecolor=edge, linewidth=0.3, zorder=2)
            page.add(page.hatch(pattern, look), frame)
    border = PathPatch(
        paths[""], facecolor="none", edgecolor=theme.faint if painting.absent else theme.ink, zorder=3
    )
    border.set(linewidth=1.0 if bold else 0.5, joinstyle="round")
    page.add(border, frame)


def make_state_legend(states: Iterable[str], theme: Theme, *, disputed: bool) -> Legend:
    """Classes and "not named" always, the other states where they occur."""
    found = {*states, *style.CLASS_STATES, "not_named"}
    entries = [
        Entry(theme.states[state].label, theme.states[state], faint=state == "no_document")
        for state in style.STATES
        if state in found
    ]
    if disputed:
        entries.append(Entry("Also denied by a source", mark=DISPUTED))
    return Legend("Independent sources that name the province", tuple(entries))


def draw_map(page: Page, geometry: MapGeometry, painting: Painting, layout: MapLayout, language: str) -> None:
    """Draw the country, its names, the inset, the legend and the scale bar."""
    names = geometry.names[language]
    gap = " " if language == "en" else "\n"  # beside a name from right to left, a sign would change sides
    words = {p: f"{names[p]}{gap}{painting.marks[p]}" if p in painting.marks else names[p] for p in names}
    overview, inset = _places(geometry, words, layout, page.letters)
    draw_provinces(page, geometry.detailed, painting, layout.frame, bold=True)
    _draw_labels(page, overview, painting, layout.frame)
    _draw_inset(page, geometry, inset, painting, layout)
    draw_legend(page, *layout.legend_at, layout.legend)
    _draw_scale_bar(page, layout.frame)


def _places(
    geometry: MapGeometry, words: Mapping[str, str], layout: MapLayout, letters: float
) -> tuple[Sequence[Label], Sequence[Label]]:
    """Places of the names on the map and in the inset, remembered for the next figure."""
    key = (tuple(words.items()), layout.frame, layout.inset, layout.legend_box, layout.body, letters)
    if key not in geometry.memory:
        geometry.memory[key] = _find_places(geometry, words, layout, letters)
    found: tuple[Sequence[Label], Sequence[Label]] = geometry.memory[key]
    return found


def _find_places(
    geometry: MapGeometry, words: Mapping[str, str], layout: MapLayout, letters: float
) -> tuple[Sequence[Label], Sequence[Label]]:
    frame, inset = layout.frame, layout.inset
    window = shapely.box(*geometry.inset_bounds)
    inside = place_labels(
        geometry.pieces,
        words,
        inset.metres_per_inch / 72,
        must=INSET_PROVINCES,
        letters=letters,
        avoid=shapely.buffer(shapely.boundary(window), inset.metres_per_inch / 40),
    )
    told = {label.province_id for label in inside}
    beyond = {
        key: shape for key, shape in geometry.shapes.items() if key not in INSET_PROVINCES or key not in told
    }
    body = frame.to_metres(layout.body)
    kept_free = [layout.inset_box(letters), layout.legend_box, _scale_box(frame, letters)]
    taken = [frame.to_metres(box) for box in kept_free]
    free = shapely.difference(
        shapely.intersection(body, shapely.box(*_widen(geometry.bounds, frame.metres_per_inch))),
        shapely.union_all([geometry.country, *taken]),
    )
    overview = place_labels(
        beyond,
        words,
        frame.metres_per_inch / 72,
        must=set(beyond) - told,
        letters=letters,
        avoid=shapely.union_all([shapely.boundary(window), *taken]),
        outside=free,
    )
    return overview, inside


def _widen(bounds: tuple[float, float, float, float], metres: float) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    return west - metres, south - metres, east + metres, north + metres


def _draw_labels(page: Page, labels: Sequence[Label], painting: Painting, frame: Frame) -> None:
    for label in labels:
        state = painting.states[label.province_id]
        look = painting.looks[state]
        x, y = frame.to_page(label.x, label.y)
        fill, colour = (look.fill, look.text) if label.anchor is None else (page.theme.page, page.theme.ink)
        if label.anchor is not None:
            _draw_leader(page, (x, y), frame.to_page(*label.anchor))
        page.text(
            x,
            y,
            label.text,
            label.points,
            ha="center",
            va="center",
            color=colour,
            weight="bold" if state in painting.bold else "normal",
            linespacing=LABEL_SPACING,
            bbox={"facecolor": fill, "edgecolor": "none", "pad": 0.6}
            if look.hatch or not label.inside
            else None,
            zorder=5,
        )


def _draw_leader(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    line = Line2D(*zip(start, end, strict=True), color=page.theme.ink, lw=0.5, zorder=4.5)
    page.add(line)
    page.add(Line2D([end[0]], [end[1]], color=page.theme.ink, marker="o", ms=2, zorder=4.5))


def _draw_inset(
    page: Page, geometry: MapGeometry, labels: Sequence[Label], painting: Painting, layout: MapLayout
) -> None:
    """Draw the provinces around Kabul larger, and their frame on the overview."""
    frame, ink = layout.inset, page.theme.ink
    west, south, east, north = frame.bounds
    window = Rectangle((west, south), east - west, north - south, fill=False, ec=ink, lw=0.7, zorder=4)
    page.add(window, layout.frame)
    draw_provinces(page, geometry.inset, painting, frame, bold=True)
    page.box(frame.left, frame.bottom, frame.width, frame.height, fill=False, ec=ink, lw=1.0, zorder=6)
    _draw_labels(page, labels, painting, frame)
    scale = layout.frame.metres_per_inch / frame.metres_per_inch
    right, top = frame.left + frame.width, frame.bottom + frame.height
    page.text(right, top + 0.06, f"Around Kabul, × {scale:.1f}", 7.5 * page.letters, ha="right")


def _scale_box(frame: Frame, letters: float) -> tuple[float, float, float, float]:
    """Where the scale bar goes, at the upper left of the map, where no province is."""
    top = frame.bottom + frame.height
    wide = 200_000 / frame.metres_per_inch
    return frame.left, top - 0.4 * letters, frame.left + wide + 0.55 * letters, top


def _draw_scale_bar(page: Page, frame: Frame) -> None:
    """Draw 200 km in two parts; lengths hold within 1 % all over the country."""
    left, low, _, _ = _scale_box(frame, page.letters)
    x, y, k = left + 0.06, low + 0.1 * page.letters, page.letters
    half, thick, ink = 100_000 / frame.metres_per_inch, 0.05, page.theme.ink
    page.box(x, y, half, thick, facecolor=ink, edgecolor=ink, lw=0.6)
    page.box(x + half, y, half, thick, facecolor=page.theme.page, edgecolor=ink, lw=0.6)
    for step, words in enumerate(("0", "100", "200 km")):
        more: dict[str, Any] = {"ha": "left" if step == 2 else "center"}
        page.text(x + step * half, y + 0.06 + 0.03 * k, words, 7 * k, **more)
