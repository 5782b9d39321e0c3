"""Where the names of the provinces go on a map, so that none touches another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely

from geo.render.figure_measure import measure_text

__all__ = ["LABEL_POINTS", "TIGHT_POINTS", "Label", "place_labels"]

LABEL_POINTS, TIGHT_POINTS = 7.5, 6.5
"""Sizes of province labels, in points: where there is room, and where there is little."""

LABEL_SPACING = 1.05

_GRID, _WIDE_GRID = 17, 45
_ENOUGH = 0.7
_NEAREST = 200


@dataclass(frozen=True, slots=True)
class Label:
    """A name and where its centre goes, in metres.

    ``text`` may have several lines. ``inside`` is false where it sticks out of its
    province, so that it needs a ground of its own colour. ``anchor`` is the point
    in the province that a line leads to where the name stands outside the country.
    """

    province_id: str
    text: str
    x: float
    y: float
    points: float
    inside: bool
    anchor: tuple[float, float] | None = None


def place_labels(
    shapes: Mapping[str, shapely.Geometry],
    names: Mapping[str, str],
    metres_per_point: float,
    *,
    must: Collection[str],
    letters: float = 1.0,
    avoid: shapely.Geometry | None = None,
    outside: shapely.Geometry | None = None,
) -> tuple[Label, ...]:
    """Find room for the names.

    A name that fits inside its province stays there, smaller or in several lines
    if it has to. What fits nowhere may stick out a little (at most three tenths),
    away from all other names, or stand outside the country with a line that leads
    to the province. What has no room even so is left out.

    Parameters
    ----------
    shapes, names
        By province, in metres.
    metres_per_point
        Scale on the page.
    must
        Provinces whose names may stick out or stand outside rather than be left out.
    letters
        Factor on the sizes of letters.
    avoid
        What no name may touch.
    outside
        Free room around the country for names with a line; nothing for none.
    """
    room = _Room(metres_per_point, letters, [avoid if avoid is not None else shapely.Point()])
    waiting = [key for key, shape in shapes.items() if not room.fit(key, shape, names[key]) and key in must]
    waiting = [key for key in waiting if not room.squeeze(key, shapes[key], names[key])]
    if outside is not None:
        for key in waiting:
            room.lead_out(key, shapes[key], names[key], outside)
    return tuple(room.placed[key] for key in shapes if key in room.placed)


@dataclass(slots=True)
class _Room:
    """The names placed so far, and their boxes: the first is what no name may touch."""

    metres_per_point: float
    letters: float
    boxes: list[shapely.Geometry]
    lines: list[shapely.Geometry] = field(default_factory=list)
    placed: dict[str, Label] = field(default_factory=dict)

    def fit(self, key: str, shape: shapely.Geometry, name: str) -> bool:
        """Place a name inside its province, if there is room."""
        for text, points in _forms(name, self.letters):
            box = _fit_box(shape, *_label_size(text, points, self.metres_per_point), self.boxes[0])
            if box is not None:
                self.placed[key] = Label(key, text, *_centre(box), points, True)
                self.boxes.append(box)
                return True
        return False

    def squeeze(self, key: str, shape: shapely.Geometry, name: str) -> bool:
        """Place a name mostly inside its province, if there is room."""
        points = TIGHT_POINTS * self.letters
        for text in _in_lines(name):
            box = _squeeze_box(shape, *_label_size(text, points, self.metres_per_point), self.boxes)
            if box is not None:
                self.placed[key] = Label(key, text, *_centre(box), points, False)
                self.boxes.append(box)
                return True
        return False

    def lead_out(self, key: str, shape: shapely.Geometry, name: str, outside: shapely.Geometry) -> None:
        """Place a name outside the country with a line that crosses no other, if there is room."""
        points = TIGHT_POINTS * self.letters
        size = _label_size(name, points, self.metres_per_point)
        found = _lead_out(shape, *size, [*self.boxes[1:], *self.lines], outside)
        if found is None:
            return
        box, line = found
        x, y = shapely.get_coordinates(line)[0]
        self.placed[key] = Label(key, name, *_centre(box), points, False, (float(x), float(y)))
        self.boxes.append(box)
        self.lines.append(line)


def _forms(name: str, letters: float) -> list[tuple[str, float]]:
    """Ways to write a name: larger first, in one line first."""
    return [(text, points * letters) for points in (LABEL_POINTS, TIGHT_POINTS) for text in _in_lines(name)]


def _in_lines(name: str) -> tuple[str, ...]:
    """A name in one line, broken at each space alone, and at all of them; a break of its own stays."""
    name, own, rest = name.partition("\n")
    words = name.split(" ")
    once = (" ".join(words[:n]) + "\n" + " ".join(words[n:]) for n in range(len(words) - 1, 0, -1))
    forms = dict.fromkeys((" ".join(words), *once, "\n".join(words)))
    return tuple(form + own + rest for form in forms)


def _label_size(text: str, points: float, metres_per_point: float) -> tuple[float, float]:
    lines = text.split("\n")
    width = max(measure_text(line, points, bold=True)[0] for line in lines)
    return (width + 1) * metres_per_point, points * (1.25 * len(lines) - 0.15) * metres_per_point


def _centre(box: shapely.Geometry) -> tuple[float, float]:
    west, south, east, north = shapely.bounds(box)
    return float((west + east) / 2), float((south + north) / 2)


def _inner_point(shape: shapely.Geometry) -> npt.NDArray[np.float64]:
    """Centre of the largest circle inside a shape."""
    circle = shapely.maximum_inscribed_circle(shape, tolerance=2000)
    point: npt.NDArray[np.float64] = shapely.get_coordinates(circle)[0]
    return point


def _boxes(shape: shapely.Geometry, width: float, height: float) -> npt.NDArray[np.object_]:
    """Boxes of one size all over a shape, that around its inscribed circle's centre first."""
    centre = _inner_point(shape)
    west, south, east, north = shapely.bounds(shape)
    xs, ys = np.meshgrid(np.linspace(west, east, _GRID), np.linspace(south, north, _GRID))
    x, y = np.append(centre[0], xs), np.append(centre[1], ys)
    half, up = width / 2, height / 2
    boxes: npt.NDArray[np.object_] = shapely.box(x - half, y - up, x + half, y + up)
    return boxes


def _touch_any(boxes: npt.NDArray[np.object_], taken: Sequence[shapely.Geometry]) -> npt.NDArray[np.bool_]:
    """Which boxes touch anything of what is taken."""
    touched = np.zeros(len(boxes), dtype=bool)
    touched[shapely.STRtree(taken).query(boxes, predicate="intersects")[0]] = True
    return touched


def _fit_box(
    shape: shapely.Geometry, width: float, height: float, avoid: shapely.Geometry
) -> shapely.Geometry | None:
    """Find a box of this size inside the shape: at its inscribed circle, else far from its edge."""
    west, south, east, north = shapely.bounds(shape)
    if width > east - west or height > north - south:
        return None
    shapely.prepare(shape)
    boxes = _boxes(shape, width, height)
    inside = shapely.contains(shape, boxes) & ~shapely.intersects(boxes, avoid)
    if inside[0]:
        return boxes[0]
    found = boxes[inside]
    return found[int(np.argmax(shapely.distance(found, shapely.boundary(shape))))] if len(found) else None


def _squeeze_box(
    shape: shapely.Geometry, width: float, height: float, taken: Sequence[shapely.Geometry]
) -> shapely.Geometry | None:
    """Find a box of this size that lies mostly in the shape and not on what is taken."""
    boxes = _boxes(shape, width, height)
    free = boxes[~_touch_any(boxes, taken)]
    if not len(free):
        return None
    share = shapely.area(shapely.intersection(free, shape)) / (width * height)
    best = int(np.argmax(share))
    return free[best] if share[best] >= _ENOUGH else None


def _lead_out(
    shape: shapely.Geometry,
    width: float,
    height: float,
    taken: Sequence[shapely.Geometry],
    outside: shapely.Geometry,
) -> tuple[shapely.Geometry, shapely.Geometry] | None:
    """Find the nearest free box outside, and the line to it that crosses no name."""
    anchor = _inner_point(shape)
    west, south, east, north = shapely.bounds(outside)
    x, y = (
        axis.ravel()
        for axis in np.meshgrid(np.linspace(west, east, _WIDE_GRID), np.linspace(south, north, _WIDE_GRID))
    )
    half, up = width / 2, height / 2
    boxes = shapely.box(x - half, y - up, x + half, y + up)
    shapely.prepare(outside)
    around = shapely.box(x - half - up / 2, y - 1.5 * up, x + half + up / 2, y + 1.5 * up)
    free = shapely.contains(outside, boxes)
    free[free] = ~_touch_any(around[free], taken)
    order = np.argsort(np.hypot(x[free] - anchor[0], y[free] - anchor[1]))
    for box in boxes[free][order][:_NEAREST]:
        left, low, right, top = shapely.bounds(box)
        end = (min(max(anchor[0], left), right), min(max(anchor[1], low), top))
        line = shapely.LineString([anchor, end])
        if not shapely.intersects(line, taken).any():
            return box, line
    return None
