"""How a map, its inset and its legend share a page: the map gets as large as they let it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import shapely

from geo.errors import UsageError
from geo.render.figure_geometry import Bounds, Frame, MapGeometry
from geo.render.figure_legend import Legend, LegendBlock, fit_legend, list_blocks

__all__ = ["MapLayout", "lay_out_map"]

_INSET_RATIO, _LARGEST_RATIO = 1.8, 2.4
_INSET_SCALE = 98_000.0
_CAPTION, _GAP, _APART, _STEP, _TRIES = 0.2, 0.16, 0.3, 1.02, 120
_APARTNESS = 0.14
_SHRINK, _LOSS = (1.0, 1.2, 1.5, 2.0, 3.0), 1.15
_LARGEST_MAP = 60_000.0


_Choices = tuple[list[LegendBlock], list[LegendBlock]]
"""Legends in few columns, and in many along the bottom."""


@dataclass(frozen=True, slots=True)
class MapLayout:
    """Where the map, the inset around Kabul and the legend go; ``legend_at`` is its upper left corner."""

    frame: Frame
    inset: Frame
    legend: LegendBlock
    legend_at: tuple[float, float]
    body: Bounds

    @property
    def legend_box(self) -> Bounds:
        """The legend's rectangle on the page."""
        left, top = self.legend_at
        return left, top - self.legend.height, left + self.legend.width, top

    def inset_box(self, letters: float) -> Bounds:
        """The inset's rectangle on the page, with the words above it."""
        inset = self.inset
        return (
            inset.left,
            inset.bottom,
            inset.left + inset.width,
            inset.bottom + inset.height + _CAPTION * letters,
        )


def lay_out_map(
    geometry: MapGeometry,
    legend: Legend,
    body: Bounds,
    letters: float,
    *,
    tail: tuple[float, float] = (0.0, 0.0),
) -> MapLayout:
    """Find the arrangement with the largest map in which nothing lies on the country.

    Tried are: inset above legend at the right, legend at the left and inset at the
    right below the map, legend as a strip along the bottom, legend in a column of
    its own. What room is left over goes to both sides of the map, and to the inset.

    Parameters
    ----------
    body
        Left, bottom, right, top in inches.
    letters
        Factor on the sizes of letters.
    tail
        Width and height in inches of what goes below the legend.

    Raises
    ------
    UsageError
        If the box has no room for a map.
    """
    west, south, east, north = geometry.bounds
    left, bottom, right, top = body
    if right > left and top > bottom:
        scale = max((east - west) / (right - left), (north - south) / (top - bottom), _LARGEST_MAP)
        shapely.prepare(geometry.country)
        blocks = [block.with_tail(*tail) for block in list_blocks(legend, letters)]
        strip = fit_legend(legend, right - left, letters)
        choices = (blocks, [] if tail[1] else [strip])
        found = [_search(geometry, choices, body, scale, letters, shrink) for shrink in _SHRINK]
        fitting = [layout for layout in found if layout is not None]
        large = [layout for layout in fitting if layout.frame.metres_per_inch <= _LOSS * scale]
        if fitting:
            best = large[0] if large else min(fitting, key=lambda layout: layout.frame.metres_per_inch)
            return _centre(geometry, _enlarge(geometry, best, letters), letters)
    raise UsageError(
        "figure: its words leave no room for the map. Shorten title, subtitle or boundary note, "
        "or choose a larger size."
    )


def _search(
    geometry: MapGeometry, choices: _Choices, body: Bounds, scale: float, letters: float, shrink: float
) -> MapLayout | None:
    """The largest map with an inset that is ``shrink`` times smaller than it might be."""
    for _ in range(_TRIES):
        for layout in _arrangements(geometry, choices, body, scale, shrink * _INSET_SCALE / letters):
            if _is_clear(geometry, layout, letters):
                return layout
        scale *= _STEP
    return None


def _arrangements(
    geometry: MapGeometry, choices: _Choices, body: Bounds, scale: float, inset_scale: float
) -> Iterator[MapLayout]:
    left, bottom, right, top = body
    _, south, _, north = geometry.bounds
    frame = Frame(geometry.bounds, left, top - (north - south) / scale, scale)
    inset = Frame(geometry.inset_bounds, 0, bottom, min(scale / _INSET_RATIO, inset_scale))
    inset = replace(inset, left=right - inset.width)
    blocks, strips = choices
    for block in blocks:
        above = replace(inset, bottom=bottom + block.height + _GAP)
        corner = (right - max(block.width, inset.width), bottom + block.height)
        yield MapLayout(frame, above, block, corner, body)
    for block in blocks:
        yield MapLayout(frame, inset, block, (left, bottom + block.height), body)
    for strip in strips:
        above = replace(inset, bottom=bottom + strip.height + _GAP)
        yield MapLayout(frame, above, strip, (left, bottom + strip.height), body)
    for block in blocks:
        apart = replace(inset, left=right - block.width - _APART - inset.width)
        yield MapLayout(frame, apart, block, (right - block.width, bottom + block.height), body)


def _is_clear(geometry: MapGeometry, layout: MapLayout, letters: float) -> bool:
    """Whether inset and legend lie in the body, apart from each other, and off the country."""
    left, bottom, right, top = layout.body
    boxes = (layout.inset_box(letters), layout.legend_box)
    inside = all(
        b[0] >= left - 1e-6 and b[1] >= bottom - 1e-6 and b[2] <= right + 1e-6 and b[3] <= top + 1e-6
        for b in boxes
    )
    if not inside or shapely.distance(*(shapely.box(*box) for box in boxes)) < _APARTNESS:
        return False
    if layout.frame.left + layout.frame.width > right + 1e-6 or layout.frame.bottom < bottom - 1e-6:
        return False
    return not any(shapely.intersects(geometry.country, layout.frame.to_metres(box)) for box in boxes)


def _enlarge(geometry: MapGeometry, layout: MapLayout, letters: float) -> MapLayout:
    """Let the inset grow up and to the left while it touches nothing."""
    best = layout
    right = layout.inset.left + layout.inset.width
    scale = layout.inset.metres_per_inch
    while scale / _STEP > layout.frame.metres_per_inch / _LARGEST_RATIO:
        scale /= _STEP
        inset = replace(layout.inset, metres_per_inch=scale)
        grown = replace(layout, inset=replace(inset, left=right - inset.width))
        if not _is_clear(geometry, grown, letters):
            break
        best = grown
    return best


def _centre(geometry: MapGeometry, layout: MapLayout, letters: float) -> MapLayout:
    """Divide what room is left over between the two sides and the middle."""
    left, _, right, _ = layout.body
    low, high = 0.0, right - left
    for _ in range(12):
        middle = (low + high) / 2
        if _is_clear(geometry, _shift(layout, middle), letters):
            low = middle
        else:
            high = middle
    return replace(_shift(layout, 0.4 * low, both=True), body=layout.body)


def _shift(layout: MapLayout, inches: float, *, both: bool = False) -> MapLayout:
    """Move what is at the right to the left, or all towards the middle."""
    frame, inset, (x, y) = layout.frame, layout.inset, layout.legend_at
    is_left = x <= layout.body[0] + 1e-6
    moved = replace(
        layout,
        inset=replace(inset, left=inset.left - inches),
        legend_at=(x if is_left else x - inches, y),
    )
    return replace(moved, frame=replace(frame, left=frame.left + inches)) if both else moved
