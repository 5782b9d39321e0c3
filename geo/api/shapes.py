"""The province shapes that claims are drawn on: those that come along, or a file of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import geopandas as gpd

from geo.boundaries import boundary_note, read_boundaries
from geo.render.figure_geometry import MapGeometry, prepare_geometry

__all__ = ["Shapes"]


@lru_cache(maxsize=8)
def _read(path: str, id_column: str, detail: str, _stamp: tuple[int, int]) -> gpd.GeoDataFrame:
    return read_boundaries(path or None, id_column=id_column or None, detail=detail)


@lru_cache(maxsize=4)
def _prepare(path: str, id_column: str, stamp: tuple[int, int]) -> MapGeometry:
    return prepare_geometry(_read(path, id_column, "full", stamp))


@dataclass(frozen=True, slots=True)
class Shapes:
    """Where the shapes come from; read when they are first needed, and again when the file has changed.

    Parameters
    ----------
    path
        A vector file with the 34 provinces; empty takes those that come along.
    id_column
        Its column of province ids, if that is not recognised.
    """

    path: str = ""
    id_column: str = ""

    @property
    def note(self) -> str:
        """The line about the boundaries that stands under a map."""
        return boundary_note(self.path or None)

    def read(self, detail: str = "full") -> gpd.GeoDataFrame:
        """Return the 34 shapes as `geo.read_boundaries` does."""
        return _read(self.path, self.id_column, detail, self._stamp()).copy(deep=False)

    def prepare(self) -> MapGeometry:
        """Return the shapes as figures draw them."""
        return _prepare(self.path, self.id_column, self._stamp())

    def _stamp(self) -> tuple[int, int]:
        if not self.path or not Path(self.path).is_file():
            return 0, 0
        status = Path(self.path).stat()
        return status.st_mtime_ns, status.st_size
