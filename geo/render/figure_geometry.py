"""Province shapes made ready for drawing: projected, simplified, cut for the inset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.path import Path

from geo import schema
from geo.render.figure_words import clean_text

__all__ = ["INSET_PROVINCES", "Bounds", "Frame", "MapGeometry", "prepare_geometry"]

INSET_PROVINCES = ("AF-KAB", "AF-KAP", "AF-LAG", "AF-LOG", "AF-PAN", "AF-PAR")
"""Small provinces around Kabul: the inset is cut to them and only it bears their names."""

_DETAIL_M, _COARSE_M, _INSET_M = 800.0, 5000.0, 400.0
_INSET_PADDING_M = 9000.0
_BORDER_M = 4000.0

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the projected plane, in metres, and where it goes on the page, in inches."""

    bounds: Bounds
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

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        """Inches on the page of a point in metres."""
        west, south, _, _ = self.bounds
        return self.left + (x - west) / self.metres_per_inch, self.bottom + (y - south) / self.metres_per_inch

    def to_metres(self, box: Bounds) -> shapely.Geometry:
        """A box of the page, in inches, as a polygon in metres."""
        (west, south), scale = self.bounds[:2], self.metres_per_inch
        left, low, right, top = box
        return shapely.box(
            west + (left - self.left) * scale,
            south + (low - self.bottom) * scale,
            west + (right - self.left) * scale,
            south + (top - self.bottom) * scale,
        )


@dataclass(frozen=True, slots=True)
class MapGeometry:
    """The provinces in `schema.CRS_PROJECTED`, metres, keyed by province id.

    ``detailed`` are paths for a whole page, ``coarse`` ones for small multiples,
    ``inset`` those cut to ``inset_bounds``; each has its outer border under the
    key ``""``. ``shapes`` and ``pieces`` are the polygons of the first and the
    last, ``country`` is their union with some space around it. ``names`` are by
    language (``en``, ``fa``, ``ps``); ``memory`` keeps label places between figures.
    """

    names: dict[str, dict[str, str]]
    detailed: dict[str, Path]
    coarse: dict[str, Path]
    inset: dict[str, Path]
    shapes: dict[str, shapely.Geometry]
    pieces: dict[str, shapely.Geometry]
    country: shapely.Geometry
    bounds: Bounds
    inset_bounds: Bounds
    memory: dict[Any, Any] = field(default_factory=dict, compare=False)


def prepare_geometry(boundaries: gpd.GeoDataFrame) -> MapGeometry:
    """Project and simplify the provinces once, for any number of figures.

    Parameters
    ----------
    boundaries
        34 rows with ``province_id``, ``name_en`` and polygons, in any CRS;
        ``name_fa`` and ``name_ps`` where names in those languages are wanted. They
        are simplified as a coverage, so that shared edges stay shared.
    """
    projected = boundaries.to_crs(schema.CRS_PROJECTED)
    ids = list(projected["province_id"])
    whole = projected.geometry.to_numpy()
    fine = shapely.coverage_simplify(whole, _DETAIL_M)
    coarse = shapely.coverage_simplify(whole, _COARSE_M)
    small = whole[[ids.index(province) for province in INSET_PROVINCES]]
    west, south, east, north = shapely.total_bounds(small)
    pad = _INSET_PADDING_M
    window = shapely.box(west - pad, south - pad, east + pad, north + pad)
    cut = shapely.intersection(shapely.coverage_simplify(whole, _INSET_M), window)
    shapes = dict(zip(ids, fine, strict=True))
    pieces = {key: shape for key, shape in zip(ids, cut, strict=True) if not shapely.is_empty(shape)}
    country = shapely.buffer(shapely.coverage_union_all(coarse), _BORDER_M)
    return MapGeometry(
        names=_names(projected),
        detailed=_paths(shapes),
        coarse=_paths(dict(zip(ids, coarse, strict=True))),
        inset=_paths(pieces),
        shapes=shapes,
        pieces=pieces,
        country=country,
        bounds=tuple(shapely.total_bounds(fine).tolist()),
        inset_bounds=tuple(shapely.bounds(window).tolist()),
    )


def _names(boundaries: gpd.GeoDataFrame) -> dict[str, dict[str, str]]:
    """Names by language and province; a language that the boundaries lack is left out."""
    ids = list(boundaries["province_id"])
    found = {}
    for language in ("en", "fa", "ps"):
        if f"name_{language}" in boundaries.columns:
            words = boundaries[f"name_{language}"].fillna(boundaries["name_en"])
            found[language] = {key: clean_text(name) for key, name in zip(ids, words, strict=True)}
    return found


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
