"""The 34 province shapes: read, checked, joined.

The shapes shipped come from Natural Earth 1:10m; ``scripts/build_boundaries.py``
rebuilds them and says how. A user's own file is taken in place of them only
after it has been shown to hold the 34 provinces as it says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo.errors import BoundaryError, UsageError
from geo.resources import data_path, read_table
from geo.schema import CRS_GEOGRAPHIC, CRS_PROJECTED, PROVINCE_IDS

__all__ = ["BOUNDARY_COLUMNS", "BOUNDARY_NOTE", "boundary_note", "join_provinces", "read_boundaries"]

BOUNDARY_COLUMNS = ("province_id", "name_en", "name_fa", "name_ps", "area_km2", "geometry")
BOUNDARY_NOTE = (
    "Boundaries: Natural Earth (public domain), 34 provinces; shown boundaries do not imply endorsement."
)
"""The words that every map carries."""

_DETAILS = {"full": "provinces.geojson", "page": "provinces_page.geojson"}
_PAGE_TOLERANCE_DEGREES = 0.02
_OVERLAP_KM2 = 1.0
_PARQUET = (".parquet", ".geoparquet")
_FIPS_ONLY = r"\s*[Aa][Ff](3[5-9]|[4-9]\d)\s*"
"""FIPS codes look like p-codes and mean other provinces, but only they go beyond AF34."""
_OFTEN_USED = (
    "province_id", "shapeISO", "iso_3166_2", "ISO3166_2", "ADM1_PCODE", "adm1_pcode", "admin1Pcode",
    "ADM1_EN", "adm1_name", "admin1Name_en", "shapeName", "NAME_1", "name_en", "name",
)  # fmt: skip


def boundary_note(path: Path | str | None = None) -> str:
    """Return the note under a map: of the shapes shipped, or naming the user's file."""
    if path is None:
        return BOUNDARY_NOTE
    return f"Boundaries: {Path(path).name}, 34 provinces; shown boundaries do not imply endorsement."


def read_boundaries(
    path: Path | str | None = None, *, id_column: str | None = None, detail: str = "full"
) -> gpd.GeoDataFrame:
    """Read the province shapes.

    Parameters
    ----------
    path
        Any vector file that geopandas reads, with a coordinate system; ``None``
        for the shapes shipped.
    id_column
        The column that identifies a province by ISO 3166-2 code (``AF-KAB``),
        OCHA p-code (``AF01``) or English, Dari or Pashto name. ``None`` looks for one.
    detail
        ``full`` for stores and figures, ``page`` for shapes simplified as one
        coverage, so that neighbours still share their edges exactly.

    Returns
    -------
    geopandas.GeoDataFrame
        34 rows sorted by ``province_id``, WGS84 (EPSG:4326), columns
        ``BOUNDARY_COLUMNS``; ``area_km2`` is measured in Albers equal-area.

    Raises
    ------
    BoundaryError
        Names every fault of a user's file at once: no CRS, not 34 provinces,
        invalid rings, overlaps, capitals outside their own province.
    """
    if detail not in _DETAILS:
        raise UsageError(f"detail {detail!r} is not known. Expected one of {', '.join(_DETAILS)}.")
    if path is None:
        if id_column:
            raise UsageError(f"id column {id_column!r}: is of a file of boundaries, and none is given.")
        shipped = gpd.read_file(data_path("boundaries", _DETAILS[detail]))
        return shipped[list(BOUNDARY_COLUMNS)].sort_values("province_id", ignore_index=True)
    frame = _read_vector(Path(path))
    frame = frame.assign(province_id=_identify(frame, id_column, Path(path)))
    if frame.crs is not None:
        frame = frame.to_crs(CRS_GEOGRAPHIC)
    _refuse(_faults(frame), Path(path))
    frame = frame.sort_values("province_id", ignore_index=True)
    if detail == "page":
        frame = frame.set_geometry(_simplify(frame))
    return _with_names(frame)


def join_provinces(counts: pd.DataFrame, boundaries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join counts to the shapes by ``province_id``; all 34 provinces stay.

    A province without a row keeps missing values: nothing was said of it, which
    is not the same as 0.

    Raises
    ------
    BoundaryError
        If ``counts`` has no ``province_id`` or has a province more than once.
    """
    if "province_id" not in counts.columns:
        raise BoundaryError("counts: no column province_id. Count by province first.")
    ids = counts["province_id"].astype("string").fillna("")
    if twice := sorted(set(ids[ids.duplicated()])):
        raise BoundaryError(
            f"counts: more than one row for {', '.join(code or 'no province' for code in twice)}. "
            "Choose one facet, or count without facets."
        )
    if unknown := sorted(set(ids) - set(boundaries["province_id"])):
        raise BoundaryError(
            f"counts: no shape for {', '.join(map(repr, unknown))}. Expected ISO 3166-2 codes."
        )
    return boundaries.merge(counts, on="province_id", how="left")


def _read_vector(path: Path) -> gpd.GeoDataFrame:
    if not path.is_file():
        raise UsageError(f"{path}: no such file. Expected a vector file with the 34 provinces.")
    try:
        frame = gpd.read_parquet(path) if path.suffix.lower() in _PARQUET else _read_layer(path)
    except Exception as error:  # the drivers raise whatever they like
        raise BoundaryError(f"{path}: not a vector file that can be read ({error}).") from error
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise BoundaryError(f"{path}: holds no shapes. Expected 34 provinces as polygons.")
    return frame


def _read_layer(path: Path) -> gpd.GeoDataFrame:
    """Read the first layer with 34 rows, else the first layer: files hold the country and districts too."""
    layers = gpd.list_layers(path)
    frame = None
    for name in layers["name"][layers["geometry_type"].notna()]:
        layer = gpd.read_file(path, layer=name)
        if len(layer) == len(PROVINCE_IDS):
            return layer
        frame = layer if frame is None else frame
    return frame


def _identify(frame: gpd.GeoDataFrame, id_column: str | None, path: Path) -> pd.Series:
    """The province code of every row, from the first column that tells most provinces apart."""
    if id_column is not None and id_column not in frame.columns:
        raise BoundaryError(f"{path}: no column {id_column!r}. It has: {', '.join(map(str, frame.columns))}.")
    first = [name for name in _OFTEN_USED if name in frame.columns]
    others = [name for name in frame.columns if name not in first and name != frame.geometry.name]
    best: pd.Series | None = None
    most = 0
    columns = [id_column] if id_column else [*first, *others]
    for column in columns:
        for read in (_from_iso, _from_pcode, _from_name):
            values = frame[column].astype("string")
            if read is _from_pcode and values.str.fullmatch(_FIPS_ONLY).any():
                continue
            codes = values.map(read, na_action="ignore")
            known = len(set(codes.dropna()) & set(PROVINCE_IDS))
            if known > most:
                best, most = codes, known
        if most == len(PROVINCE_IDS):
            break
    if best is None or most < len(PROVINCE_IDS) // 2:
        raise BoundaryError(
            f"{path}: no column identifies the provinces. Expected ISO 3166-2 codes (AF-KAB), OCHA p-codes "
            f"(AF01) or English names; looked in {', '.join(map(str, columns))}. Choose with --id-column."
        )
    return pd.Series(best.fillna(""))


def _from_iso(value: str) -> str:
    return value.strip().upper()


def _from_pcode(value: str) -> str:
    return _pcodes().get(value.strip().upper(), "")


def _from_name(value: str) -> str:
    return _names().get(_plain(value), "")


@cache
def _pcodes() -> dict[str, str]:
    return {row["pcode"]: row["province_id"] for row in read_table("boundaries", "pcodes.csv")}


@cache
def _names() -> dict[str, str]:
    names = {_plain(row["name"]): row["province_id"] for row in read_table("boundaries", "names.csv")}
    for row in read_table("boundaries", "pcodes.csv"):
        names[_plain(row["name_ocha"])] = row["province_id"]
    for row in read_table("boundaries", "gn_a1_to_iso.csv"):
        for column in ("name_en", "name_fa", "name_ps"):
            names[_plain(row[column])] = row["province_id"]
    return names


def _plain(name: str) -> str:
    """Letters only, without case, diacritics and the word for province."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(letter for letter in letters if letter.isalpha() or letter == " ").strip()
    return re.sub(r" province$|^ولا[یي]ت |ولا[یي]ت$| ", "", letters)


def _refuse(faults: list[str], path: Path) -> None:
    if faults:
        raise BoundaryError(
            f"{path}: {'; '.join(faults)}. Expected the 34 provinces of Afghanistan, each once, with valid "
            "rings, a coordinate system, and every capital inside its own province."
        )


def _faults(frame: gpd.GeoDataFrame) -> list[str]:
    checks: tuple[Callable[[gpd.GeoDataFrame], list[str]], ...] = (
        _crs_faults,
        _id_faults,
        _ring_faults,
        _capital_faults,
        _area_faults,
    )
    faults = [fault for check in checks for fault in check(frame)]
    return faults or _overlap_faults(frame)


def _crs_faults(frame: gpd.GeoDataFrame) -> list[str]:
    return [] if frame.crs is not None else ["no coordinate system (CRS)"]


def _id_faults(frame: gpd.GeoDataFrame) -> list[str]:
    codes = frame["province_id"]
    faults = []
    if missing := sorted(set(PROVINCE_IDS) - set(codes)):
        faults.append(f"{len(frame)} shapes, missing {', '.join(missing)}")
    if unknown := sorted(set(codes) - set(PROVINCE_IDS)):
        faults.append(f"{len(unknown)} unknown id(s): {', '.join(map(repr, unknown[:5]))}")
    if twice := sorted(set(codes[codes.duplicated()]) & set(PROVINCE_IDS)):
        faults.append(f"more than one shape for {', '.join(twice)}")
    return faults


def _ring_faults(frame: gpd.GeoDataFrame) -> list[str]:
    faults = []
    for code, shape in zip(frame["province_id"], frame.geometry, strict=True):
        if shape is None or shape.is_empty:
            faults.append(f"{code} has no shape")
        elif shape.geom_type not in ("Polygon", "MultiPolygon"):
            faults.append(f"{code} is a {shape.geom_type}, not a polygon")
        elif not shape.is_valid:
            faults.append(f"{code} has an invalid ring ({shapely.is_valid_reason(shape)})")
    return faults


def _capital_faults(frame: gpd.GeoDataFrame) -> list[str]:
    """Capitals that do not lie in the province of that id: the sign of swapped ids."""
    if frame.crs is None:
        return []
    shapes = {
        code: shape
        for code, shape in zip(frame["province_id"], frame.geometry, strict=True)
        if shape is not None and shape.is_valid
    }
    faults = []
    for row in read_table("boundaries", "capitals.csv"):
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        own = shapes.get(row["province_id"])
        if own is None or own.covers(point):
            continue
        holder = next((code for code, shape in shapes.items() if shape.covers(point)), "no province")
        faults.append(f"{row['capital']}, capital of {row['province_id']}, lies in {holder}")
    if len(faults) > len(PROVINCE_IDS) // 2:
        return [
            f"{len(faults)} of {len(PROVINCE_IDS)} capitals lie outside their own province ({faults[0]}): "
            "look at the coordinate system stated, the order of longitude and latitude, and the id column"
        ]
    return faults


def _area_faults(frame: gpd.GeoDataFrame) -> list[str]:
    """Provinces less than half or more than twice the size they have in the shapes shipped."""
    if frame.crs is None or _ring_faults(frame):
        return []
    shipped = read_boundaries().set_index("province_id")["area_km2"]
    areas = pd.Series(frame.to_crs(CRS_PROJECTED).area.to_numpy() / 1e6, index=frame["province_id"])
    return [
        f"{code} measures {area:,.0f} km² instead of about {shipped[code]:,.0f}"
        for code, area in areas.items()
        if code in shipped.index and not 0.5 < area / shipped[code] < 2
    ]


def _overlap_faults(frame: gpd.GeoDataFrame) -> list[str]:
    shapes = frame.to_crs(CRS_PROJECTED).geometry.to_numpy()
    codes = frame["province_id"].to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = left < right
    areas = shapely.area(shapely.intersection(shapes[left[pairs]], shapes[right[pairs]])) / 1e6
    return [
        f"{codes[a]} and {codes[b]} overlap by {area:.0f} km²"
        for a, b, area in zip(left[pairs], right[pairs], areas, strict=True)
        if area > _OVERLAP_KM2
    ]


def _simplify(frame: gpd.GeoDataFrame) -> gpd.GeoSeries:
    shapes = shapely.coverage_simplify(frame.geometry.to_numpy(), _PAGE_TOLERANCE_DEGREES)
    return gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs)


def _with_names(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    names = pd.DataFrame(read_table("boundaries", "gn_a1_to_iso.csv")).set_index("province_id")
    area = frame.to_crs(CRS_PROJECTED).area / 1e6
    named = gpd.GeoDataFrame(
        {
            "province_id": frame["province_id"].astype(str),
            **{
                column: frame["province_id"].map(names[column])
                for column in ("name_en", "name_fa", "name_ps")
            },
            "area_km2": area.round(1),
        },
        geometry=frame.geometry.to_numpy(),
        crs=frame.crs,
    )
    return named[list(BOUNDARY_COLUMNS)]
