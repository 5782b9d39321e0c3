"""Write and read back the tables: CSV, Parquet, GeoPackage, GeoJSON.

Every file appears whole or not at all: it is written under another name in
the same folder and then renamed. Equal tables give equal bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from geo import schema
from geo.errors import ReadError, SchemaError, UsageError
from geo.files import guard_formula, replacing, unguard_formula, write_bytes, write_text

__all__ = [
    "locate_claims",
    "read_claims",
    "safe_name",
    "write_bytes",
    "write_claims",
    "write_csv",
    "write_geojson",
    "write_geopackage",
    "write_json",
    "write_parquet",
    "write_tables",
    "write_text",
]

_NEEDS_QUOTES = re.compile(r'[",\r\n]')
_UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_NAME_BYTES = 100
_EPOCH = "2000-01-01T00:00:00Z"
_DECIMALS = 6


def _is_text(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.StringDtype) or column.dtype == object


def _holdable(frame: pd.DataFrame) -> pd.DataFrame:
    """Replace NUL and lone surrogates by U+FFFD, one for one, so that offsets stay true."""
    fixed = {
        name: frame[name].map(lambda cell: _UNHOLDABLE.sub("�", cell) if isinstance(cell, str) else cell)
        for name in frame.columns
        if name != "geometry" and _is_text(frame[name])
    }
    return frame.assign(**fixed)


def _csv_cell(value: Any) -> str:
    if not isinstance(value, str):
        return "" if value is None or value is pd.NA or value != value else str(value)
    text = guard_formula(value)
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def write_csv(frame: pd.DataFrame, path: Path | str) -> None:
    r"""Write a table as UTF-8 CSV with ``\n`` line ends, safe to open in a spreadsheet.

    A text that a spreadsheet would run as a formula (it begins with ``= + - @``,
    tab or carriage return) gets an apostrophe in front; `read_claims` takes it
    away again. Missing values are empty cells.
    """
    clean = _holdable(frame)
    columns = [[_csv_cell(value) for value in clean[name].tolist()] for name in clean.columns]
    head = ",".join(_csv_cell(str(name)) for name in clean.columns)
    lines = [head, *(",".join(cells) for cells in zip(*columns, strict=True))]
    write_text("\n".join(lines) + "\n", path)


def write_parquet(frame: pd.DataFrame, path: Path | str) -> None:
    """Write a table as Parquet, without index; texts are unchanged."""
    with replacing(Path(path)) as draft:
        _holdable(frame).to_parquet(draft, index=False, engine="pyarrow", compression="zstd")


def write_json(obj: object, path: Path | str) -> None:
    """Write JSON with sorted keys, two spaces of indent and a final line end."""
    write_text(json.dumps(obj, ensure_ascii=False, indent=2, sort_keys=True) + "\n", path)


def write_geopackage(path: Path | str, layers: Mapping[str, pd.DataFrame]) -> None:
    """Write a GeoPackage with one layer for each table, in order.

    Parameters
    ----------
    path
        Replaced as a whole: layers that were there before are gone.
    layers
        A GeoDataFrame becomes a layer of its geometries (rows may lack one), any
        other frame a table without geometry.
    """
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _EPOCH})
    try:
        with replacing(Path(path)) as draft:
            for name, frame in layers.items():
                options: dict[str, Any] = {}
                if isinstance(frame, gpd.GeoDataFrame):
                    kinds = set(frame.geometry.dropna().geom_type)
                    options["geometry_type"] = "Point" if kinds <= {"Point"} else "MultiPolygon"
                    options["promote_to_multi"] = options["geometry_type"] != "Point"
                # 1.3 is what QGIS and GDAL of the last years read without a warning.
                start = {"append": True} if draft.exists() else {"dataset_options": {"VERSION": "1.3"}}
                table = _holdable(frame)
                pyogrio.write_dataframe(table, draft, layer=name, driver="GPKG", **options, **start)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def write_geojson(frame: gpd.GeoDataFrame, path: Path | str, *, id_column: str = "") -> None:
    """Write GeoJSON as RFC 7946 has it: WGS84 longitude and latitude, no ``crs`` member.

    Coordinates are rounded to six decimals, a tenth of a metre. Rows without a
    geometry have ``null`` for it, missing values are ``null``.

    Parameters
    ----------
    frame
        In any CRS; it is transformed.
    path
        The file to write.
    id_column
        A column whose value also becomes the ``id`` of the feature.
    """
    geographic = frame.to_crs(schema.CRS_GEOGRAPHIC).geometry
    shapes = shapely.orient_polygons(shapely.set_precision(geographic.values, 10.0**-_DECIMALS))
    properties = _holdable(pd.DataFrame(frame.drop(columns=geographic.name)))
    features = []
    for record, shape in zip(properties.to_dict("records"), shapes, strict=True):
        feature: dict[str, Any] = {"type": "Feature"}
        if id_column:
            feature["id"] = record[id_column]
        feature["geometry"] = None if shape is None else _rounded(shapely.geometry.mapping(shape))
        feature["properties"] = {str(name): _plain(value) for name, value in record.items()}
        features.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    body = ",\n".join(features)
    write_text(f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n', path)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, (list, tuple)) else value


def locate_claims(claims: pd.DataFrame, boundaries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give each claim a point inside its province; claims for the whole country have none.

    The point stands for the province and is the same for all its claims: it is
    not where anything happened.

    Returns
    -------
    geopandas.GeoDataFrame
        The claims with ``geometry`` in WGS84, as the last column.
    """
    shapes = boundaries.to_crs(schema.CRS_GEOGRAPHIC)
    points = dict(zip(shapes["province_id"], shapes.geometry.representative_point(), strict=True))
    return gpd.GeoDataFrame(
        claims.copy(deep=False),
        geometry=[points.get(province) for province in claims["province_id"]],
        crs=schema.CRS_GEOGRAPHIC,
    )


def write_tables(
    out: Path | str,
    *,
    mentions: pd.DataFrame,
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    counts: pd.DataFrame,
) -> list[Path]:
    """Write every table of a run into one folder.

    Parameters
    ----------
    out
        The folder; made if it is not there.
    mentions, claims, documents
        The tables of the contract, possibly empty.
    boundaries
        34 rows with ``province_id``, ``name_en``, ``name_fa`` and polygons in any CRS.
    counts
        ``geo.aggregate.count_claims(claims)``; provinces that are not in it get 0
        where there are documents, and nothing where there are none.

    Returns
    -------
    list of pathlib.Path
        ``mentions.csv``, ``claims.csv``, ``claims.parquet``, ``claims.gpkg``
        (layers ``provinces``, ``claims``, ``documents``) and ``claims.geojson``.
    """
    folder = Path(out)
    names = ("mentions.csv", "claims.csv", "claims.parquet", "claims.gpkg", "claims.geojson")
    paths = [folder / name for name in names]
    located = locate_claims(claims, boundaries)
    measures = [name for name in counts.columns if name != "province_id"]
    provinces = boundaries.to_crs(schema.CRS_GEOGRAPHIC).merge(counts, on="province_id", how="left")
    filled = provinces[measures].astype("Int64")
    provinces = provinces.assign(**(filled.fillna(0) if len(documents) else filled))
    write_csv(mentions, paths[0])
    write_csv(claims, paths[1])
    write_parquet(claims, paths[2])
    write_geopackage(paths[3], {"provinces": provinces, "claims": located, "documents": documents})
    write_geojson(located, paths[4], id_column="claim_id")
    return paths


def write_claims(claims: pd.DataFrame, path: Path | str) -> Path:
    """Write a claims table, whole or not at all, so that `read_claims` and the commands can read it.

    Parameters
    ----------
    claims
        Columns of ``claims.csv``; more are kept.
    path
        ``.csv``, where a text that a spreadsheet would run gets an apostrophe in front, or
        ``.parquet``.

    Raises
    ------
    SchemaError
        If columns are missing or hold values that the contract does not allow.
    UsageError
        If the name has another ending.
    WriteError
        If the file cannot be written.
    """
    target = Path(path)
    writers = {".csv": write_csv, ".parquet": write_parquet}
    if target.suffix.lower() not in writers:
        raise UsageError(f"{target}: cannot write claims as that. Expected {', '.join(writers)}.")
    writers[target.suffix.lower()](schema.check_claims(claims), target)
    return target


def _features(content: Any) -> list[dict[str, Any]]:
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise ValueError("it has no features")
    return list(content["features"])


def _read_any(path: Path) -> pd.DataFrame:
    suffix = path.suffix.lower()
    if suffix == ".csv":
        frame = pd.read_csv(path, dtype=str, na_filter=False, encoding="utf-8-sig")
        text = [name for name in frame.columns if name not in schema.INTEGER_COLUMNS]
        undone = {name: frame[name].map(unguard_formula) for name in text}
        return frame.assign(**undone)
    if suffix == ".parquet":
        return pd.read_parquet(path, engine="pyarrow")
    if suffix == ".gpkg":
        return pd.DataFrame(pyogrio.read_dataframe(path, layer="claims", read_geometry=False))
    if suffix in (".geojson", ".json"):
        features = _features(json.loads(path.read_text(encoding="utf-8-sig")))
        rows = [feature["properties"] for feature in features]
        return pd.DataFrame(rows, columns=None if rows else list(schema.CLAIM_COLUMNS), dtype=object)
    raise UsageError(f"{path}: not a claims table. Expected .csv, .parquet, .gpkg or .geojson.")


def read_claims(path: Path | str) -> pd.DataFrame:
    """Read a claims table back from any format that `write_tables` writes.

    Returns
    -------
    pandas.DataFrame
        Checked by ``schema.check_claims``; columns are there also without rows.

    Raises
    ------
    UsageError
        If there is no such file or it is of another kind.
    ReadError
        If the file is damaged.
    SchemaError
        If it holds something other than claims.
    """
    file = Path(path)
    if file.is_dir():
        raise UsageError(f"{file}: is a folder. Expected a table, such as {file / 'claims.csv'}.")
    if not file.is_file():
        raise UsageError(
            f"{file}: no such file. Expected the claims.csv that `geo map` or `geo extract` wrote."
        )
    try:
        frame = _read_any(file)
    except (OSError, ValueError, KeyError, TypeError, pyogrio.errors.DataSourceError) as error:
        raise ReadError(
            f"{file}: cannot be read as {file.suffix[1:]} ({error}). "
            "The file is damaged or holds no claims; write it again with `geo extract`."
        ) from error
    numbers = [name for name in frame.columns if name in schema.INTEGER_COLUMNS]
    try:
        typed = {n: pd.to_numeric(frame[n].replace("", None)).astype("Int64") for n in numbers}
    except (TypeError, ValueError) as error:
        raise SchemaError(f"{file}: a number column holds text ({error}). Expected whole numbers.") from error
    return schema.check_claims(frame.assign(**typed), where=str(file))


def safe_name(text: str) -> str:
    """Turn any text into a file name that is safe on every system.

    Letters and digits of all scripts stay; everything else, path separators and
    control characters included, becomes ``_``. Names that Windows reserves, names
    above 100 bytes and names that lost a character get eight digits of the text's
    SHA-256, so that different texts keep different names. Never empty, never
    hidden, never a path.
    """
    spaced = re.sub(r"\s", "_", unicodedata.normalize("NFC", text))
    name = re.sub(r"[^\w.-]", "_", spaced).strip("._-")
    if name and name == spaced and len(name.encode()) <= _NAME_BYTES and not _RESERVED.fullmatch(name):
        return name
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    cut = name.encode()[: _NAME_BYTES - 9].decode("utf-8", "ignore").rstrip("._-")
    stem = re.sub(r"\..*", "", cut) if _RESERVED.fullmatch(cut) else cut
    return f"{stem}_{digest}" if stem else f"unnamed_{digest}"
