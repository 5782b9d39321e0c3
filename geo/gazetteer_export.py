"""The gazetteer as one file for other programs: a table of names, points, or GeoNames' columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo.boundaries import read_boundaries
from geo.errors import UsageError
from geo.gazetteer import load_gazetteer, read_rows
from geo.resources import read_table
from geo.schema import CRS_GEOGRAPHIC
from geo.store import write_csv, write_geojson, write_text

__all__ = ["GEONAMES_COLUMNS", "NAME_COLUMNS", "make_names", "make_points", "write_gazetteer"]

NAME_COLUMNS = (
    "place_id", "name", "language", "script", "strength", "provinces", "kind", "source", "why",
)  # fmt: skip
"""Columns of the table of names; ``provinces`` are ISO 3166-2 codes with blanks between."""

GEONAMES_COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature class",
    "feature code", "country code", "cc2", "admin1 code", "admin2 code", "admin3 code", "admin4 code",
    "population", "elevation", "dem", "timezone", "modification date",
)  # fmt: skip
"""Fields of GeoNames' ``cities*.txt``, as its ``readme.txt`` orders them (GeoNames, CC BY 4.0)."""

_FEATURES = {"province": ("A", "ADM1"), "country": ("A", "PCLI")}
Row = Mapping[str, str]


def write_gazetteer(path: Path | str, *, kind: str) -> int:
    """Write all places with their names, whole or not at all.

    Parameters
    ----------
    path
        The file to write.
    kind
        ``csv``: `make_names`, safe to open in a spreadsheet (`geo.store.write_csv`).
        ``geojson``: `make_points`, with ``null`` geometry where there is no point.
        ``geonames``: a line a place with `GEONAMES_COLUMNS` between tabs, no header.

    Returns
    -------
    int
        Rows written: names for ``csv``, places for the others.

    Raises
    ------
    UsageError
        If ``kind`` is none of these.
    GazetteerError
        If the tables contradict themselves.
    """
    load_gazetteer()  # for its checks: nothing is written of tables that contradict themselves
    places, names = read_rows()
    if kind == "csv":
        write_csv(make_names(places, names), path)
        return len(names)
    if kind == "geojson":
        write_geojson(make_points(places, names), path, id_column="place_id")
    elif kind == "geonames":
        write_text("".join(_geonames_lines(make_points(places, names))), path)
    else:
        raise UsageError(f"format {kind!r} is not known. Expected csv, geojson or geonames.")
    return len(places)


def make_names(places: Iterable[Row], names: Iterable[Row]) -> pd.DataFrame:
    """Return one row a name with `NAME_COLUMNS`, sorted; ``provinces`` is empty for the country."""
    known = {place["place_id"]: place for place in places}
    rows = [
        {**name, **{key: known[name["place_id"]][key] for key in ("provinces", "kind")}}
        for name in sorted(names, key=lambda name: (name["place_id"], name["name"], name["source"]))
    ]
    return pd.DataFrame(rows, columns=list(NAME_COLUMNS), dtype=object)


def make_points(places: Sequence[Row], names: Iterable[Row]) -> gpd.GeoDataFrame:
    """Return one row a place, with a point in WGS84 (EPSG:4326) where there is one.

    Returns
    -------
    geopandas.GeoDataFrame
        ``place_id``, ``name``, ``kind``, ``provinces`` (ISO 3166-2, blanks between),
        ``names`` (list of other spellings), ``precision``, ``source``, ``why``,
        ``geometry``; sorted by ``place_id``. ``precision`` is ``place`` for a coordinate of the
        place itself (from ``data/``), ``province`` for a point that only lies
        somewhere in the province, and empty, without geometry, for what covers several
        provinces or the country.
    """
    spellings: dict[str, dict[str, None]] = {}
    for name in names:
        spellings.setdefault(name["place_id"], {})[name["name"]] = None
    shapes = read_boundaries()
    inside = dict(zip(shapes["province_id"], shapes.geometry.representative_point(), strict=True))
    capitals = _read_capitals()
    rows = []
    for place in sorted(places, key=lambda place: place["place_id"]):
        point, precision = _find_point(place, capitals), "place"
        if point is None:
            point = inside.get(place["provinces"]) if place["kind"] in ("province", "place") else None
            precision = "province" if point is not None else ""
        rows.append(
            {
                **{key: place[key] for key in ("place_id", "name", "kind", "provinces")},
                "names": sorted(spellings.get(place["place_id"], {}).keys() - {place["name"]}),
                "precision": precision,
                **{key: place[key] for key in ("source", "why")},
                "geometry": point,
            }
        )
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS_GEOGRAPHIC)


def _read_capitals() -> dict[tuple[str, str], Row]:
    """Return the capitals, each under its GeoNames id and under its name, both with its province."""
    found: dict[tuple[str, str], Row] = {}
    for row in read_table("boundaries", "capitals.csv"):
        found[f"GN:{row['geonames_id']}", row["province_id"]] = row
        found[row["capital"], row["province_id"]] = row
    return found


def _find_point(place: Row, capitals: Mapping[tuple[str, str], Row]) -> shapely.Point | None:
    """Return the coordinate of a place inside a province, if ``data/`` has one."""
    if place["kind"] != "place":
        return None
    rows = (place, *(capitals.get((place[key], place["provinces"]), {}) for key in ("place_id", "name")))
    known = next((row for row in rows if row.get("lon") and row.get("lat")), None)
    return shapely.Point(float(known["lon"]), float(known["lat"])) if known else None


def _geonames_lines(points: gpd.GeoDataFrame) -> Iterable[str]:
    """Yield a line a place; only coordinates of a place itself, or of the province as such, are given."""
    for row in points.to_dict("records"):
        exact = row["precision"] == "place" or row["kind"] == "province"
        place_id = row["place_id"]
        feature = ("P", "") if place_id.startswith("GN:") else _FEATURES.get(row["kind"], ("", ""))
        values = {
            "geonameid": place_id.removeprefix("GN:"),
            "name": row["name"],
            "asciiname": _ascii(row["name"]),
            "alternatenames": ",".join(name.replace(",", " ") for name in row["names"]),
            "latitude": f"{row['geometry'].y:.5f}" if exact else "",
            "longitude": f"{row['geometry'].x:.5f}" if exact else "",
            "feature class": feature[0],
            "feature code": feature[1],
            "country code": "AF",
            "admin1 code": row["provinces"] if " " not in row["provinces"] else "",
        }
        yield "\t".join(" ".join(values.get(name, "").split()) for name in GEONAMES_COLUMNS) + "\n"


def _ascii(name: str) -> str:
    """Return a name in plain letters, without marks; empty if it has other letters."""
    plain = unicodedata.normalize("NFKD", name).translate(str.maketrans("‘’ʻʼ", "''''"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return plain if plain.isascii() else ""
