"""Province shapes made ready for drawing: projected, simplified, with places for their labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path

from geo import schema
from geo.render.figure_text import clean_text

__all__ = [
    "INSET_PROVINCES",
    "INSET_SCALE",
    "LABEL_POINTS",
    "OVERVIEW_SCALE",
    "TIGHT_POINTS",
    "Frame",
    "Label",
    "MapGeometry",
    "measure_text",
    "place_labels",
    "prepare_geometry",
    "wrap_text",
]

INSET_PROVINCES = ("AF-KAB", "AF-KAP", "AF-LAG", "AF-LOG", "AF-PAN", "AF-PAR")
"""Small provinces around Kabul: the inset is cut to them and only it bears their names."""

LABEL_POINTS, TIGHT_POINTS = 7.5, 6.5
"""Sizes of province labels, in points: where there is room, and where there is little."""

OVERVIEW_SCALE, INSET_SCALE = 172_000.0, 96_000.0
"""Metres per inch of page on the map of the country and in the inset."""

_DETAIL_M, _COARSE_M, _INSET_M = 800.0, 5000.0, 400.0
_INSET_PADDING_M = 9000.0
_GRID = 17
_ENOUGH = 0.7


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the projected plane, in metres, and where it goes on the page, in inches."""

    bounds: tuple[float, float, float, float]
    left: float
    bottom: float
    metres_per_inch: float

    @property
    def width(self) -> float:
        """Width on the page, in inches."""
        return (self.bounds[2] - self.bounds[0]) / self.metres_per_inch

    @property
    def height(self) -> float:
        """Height on the page, in inches."""
        return (self.bounds[3] - self.bounds[1]) / self.metres_per_inch


@dataclass(frozen=True, slots=True)
class Label:
    """A name and where its centre goes, in metres.

    ``text`` may have two lines. ``inside`` is false where it sticks out of its
    province, so that it needs a ground of its own colour.
    """

    province_id: str
    text: str
    x: float
    y: float
    points: float
    inside: bool


@dataclass(frozen=True, slots=True)
class MapGeometry:
    """The provinces in `schema.CRS_PROJECTED`, metres, keyed by province id.

    ``detailed`` are paths for a whole page, ``coarse`` ones for small multiples,
    ``inset`` those cut to ``inset_bounds``; each has its outer border under the
    key ``""``. ``labels`` and ``inset_labels`` say where names go.
    """

    names: dict[str, str]
    detailed: dict[str, Path]
    coarse: dict[str, Path]
    inset: dict[str, Path]
    bounds: tuple[float, float, float, float]
    inset_bounds: tuple[float, float, float, float]
    labels: tuple[Label, ...]
    inset_labels: tuple[Label, ...]


def prepare_geometry(boundaries: gpd.GeoDataFrame) -> MapGeometry:
    """Project and simplify the provinces once, for any number of figures.

    Parameters
    ----------
    boundaries
        34 rows with ``province_id``, ``name_en`` and polygons, in any CRS. They
        are simplified as a coverage, so that shared edges stay shared.
    """
    projected = boundaries.to_crs(schema.CRS_PROJECTED)
    ids = list(projected["province_id"])
    names = {key: clean_text(name) for key, name in zip(ids, projected["name_en"], strict=True)}
    whole = projected.geometry.to_numpy()
    fine = shapely.coverage_simplify(whole, _DETAIL_M)
    small = whole[[ids.index(province) for province in INSET_PROVINCES]]
    west, south, east, north = shapely.total_bounds(small)
    pad = _INSET_PADDING_M
    window = shapely.box(west - pad, south - pad, east + pad, north + pad)
    cut = shapely.intersection(shapely.coverage_simplify(whole, _INSET_M), window)
    shapes = dict(zip(ids, fine, strict=True))
    pieces = {key: shape for key, shape in zip(ids, cut, strict=True) if not shapely.is_empty(shape)}
    inset_labels = place_labels(pieces, names, INSET_SCALE / 72, must=INSET_PROVINCES)
    outside = {key: shape for key, shape in shapes.items() if key not in INSET_PROVINCES}
    must = set(outside) - {label.province_id for label in inset_labels}
    frame = shapely.boundary(window)
    return MapGeometry(
        names=names,
        detailed=_paths(shapes),
        coarse=_paths(dict(zip(ids, shapely.coverage_simplify(whole, _COARSE_M), strict=True))),
        inset=_paths(pieces),
        bounds=tuple(shapely.total_bounds(fine)),
        inset_bounds=shapely.bounds(window).tolist(),
        labels=place_labels(outside, names, OVERVIEW_SCALE / 72, must=must, avoid=frame),
        inset_labels=inset_labels,
    )


def place_labels(
    shapes: Mapping[str, shapely.Geometry],
    names: Mapping[str, str],
    metres_per_point: float,
    *,
    must: Collection[str],
    avoid: shapely.Geometry | None = None,
) -> tuple[Label, ...]:
    """Find room for the names so that none touches another.

    A name that fits inside its province stays there, smaller or in two lines if
    it has to. What fits nowhere may stick out a little (at most three tenths),
    away from all other names. What has no room even so is left out.

    Parameters
    ----------
    shapes, names
        By province, in metres.
    metres_per_point
        Scale on the page.
    must
        Provinces whose names may stick out rather than be left out.
    avoid
        What no name may touch.
    """
    labels: list[Label] = []
    boxes = [avoid or shapely.Point()]
    waiting = []
    for province, shape in shapes.items():
        options = [
            (text, points) for points in (LABEL_POINTS, TIGHT_POINTS) for text in _in_lines(names[province])
        ]
        for text, points in options:
            box = _fit_box(shape, *_label_size(text, points, metres_per_point), boxes[0])
            if box is not None:
                labels.append(Label(province, text, *_centre(box), points, True))
                boxes.append(box)
                break
        else:
            waiting.append(province)
    for province in waiting:
        for text in _in_lines(names[province]) if province in must else ():
            size = _label_size(text, TIGHT_POINTS, metres_per_point)
            box = _squeeze_box(shapes[province], *size, shapely.union_all(boxes))
            if box is not None:
                labels.append(Label(province, text, *_centre(box), TIGHT_POINTS, False))
                boxes.append(box)
                break
    return tuple(labels)


def _in_lines(name: str) -> tuple[str, ...]:
    return (name, name.replace(" ", "\n", 1)) if " " in name else (name,)


def _label_size(text: str, points: float, metres_per_point: float) -> tuple[float, float]:
    lines = text.split("\n")
    width = max(measure_text(line, points, bold=True)[0] for line in lines)
    return (width + 1) * metres_per_point, points * (1.25 * len(lines) - 0.15) * metres_per_point


def _centre(box: shapely.Geometry) -> tuple[float, float]:
    west, south, east, north = shapely.bounds(box)
    return float((west + east) / 2), float((south + north) / 2)


def _paths(shapes: Mapping[str, shapely.Geometry]) -> dict[str, Path]:
    """Paths of all shapes, and that of their common border as ``""``."""
    border = shapely.coverage_union_all(np.array(list(shapes.values())))
    return {"": _path(border)} | {key: _path(shape) for key, shape in shapes.items()}


def _path(shape: shapely.Geometry) -> Path:
    """One compound path of all rings of a polygon or multipolygon."""
    rings: list[npt.NDArray[np.float64]] = []
    for part in shapely.get_parts(shape):
        rings += [shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)]
    codes = []
    for ring in rings:
        code = np.full(len(ring), Path.LINETO, dtype=Path.code_type)
        code[0], code[-1] = Path.MOVETO, Path.CLOSEPOLY
        codes.append(code)
    return Path(np.concatenate(rings), np.concatenate(codes))


def _boxes(shape: shapely.Geometry, width: float, height: float) -> npt.NDArray[np.object_]:
    """Boxes of one size all over a shape, that around its inscribed circle's centre first."""
    circle = shapely.maximum_inscribed_circle(shape, tolerance=2000)
    centre = shapely.get_coordinates(circle)[0]
    west, south, east, north = shapely.bounds(shape)
    xs, ys = np.meshgrid(np.linspace(west, east, _GRID), np.linspace(south, north, _GRID))
    x, y = np.append(centre[0], xs), np.append(centre[1], ys)
    half, up = width / 2, height / 2
    boxes: npt.NDArray[np.object_] = shapely.box(x - half, y - up, x + half, y + up)
    return boxes


def _fit_box(
    shape: shapely.Geometry, width: float, height: float, avoid: shapely.Geometry
) -> shapely.Geometry | None:
    """Find a box of this size inside the shape: at its inscribed circle, else far from its edge."""
    shapely.prepare(shape)
    boxes = _boxes(shape, width, height)
    inside = shapely.contains(shape, boxes) & ~shapely.intersects(boxes, avoid)
    if inside[0]:
        return boxes[0]
    found = boxes[inside]
    return found[int(np.argmax(shapely.distance(found, shapely.boundary(shape))))] if len(found) else None


def _squeeze_box(
    shape: shapely.Geometry, width: float, height: float, taken: shapely.Geometry
) -> shapely.Geometry | None:
    """Find a box of this size that lies mostly in the shape and not on what is taken."""
    boxes = _boxes(shape, width, height)
    free = boxes[~shapely.intersects(boxes, taken)]
    if not len(free):
        return None
    share = shapely.area(shapely.intersection(free, shape)) / (width * height)
    best = int(np.argmax(share))
    return free[best] if share[best] >= _ENOUGH else None


@lru_cache(maxsize=4096)
def measure_text(text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Width and height of one line in the figures' font, in points."""
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")))
    font.set_size(size, 72)
    font.set_text(text, 0.0)
    width, _ = font.get_width_height()
    return width / 64, size


def wrap_text(text: str, size: float, width: float) -> str:
    """Break a text into lines no wider than ``width`` points; a longer word stays whole."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure_text(longer, size)[0] > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
