from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import aggregate, schema, store
from geo.errors import GeoError, ReadError, SchemaError, UsageError

FORMATS = ("claims.csv", "claims.parquet", "claims.gpkg", "claims.geojson")
HOSTILE = [
    "=1+1",
    "+44",
    "-x",
    "@SUM(A1)",
    "\tTab",
    "\rReturn",
    "'=kept",
    "''-kept",
    "'plain",
    'quote " comma, newline\nand \r return',
    "</script><img onerror=x> ${x} `{{7*7}}` \u2028",
    "کابل \u202e rtl",
    "NA",
    "null",
    "007",
    " padded ",
    "",
]


@pytest.fixture(scope="module")
def boundaries() -> gpd.GeoDataFrame:
    """34 squares of one degree in a grid, keyed as the real provinces are."""
    squares = [shapely.box(60 + i % 7, 30 + i // 7, 61 + i % 7, 31 + i // 7) for i in range(34)]
    names = [f"Province {i}" for i in range(34)]
    table = {"province_id": list(schema.PROVINCE_IDS), "name_en": names, "name_fa": names}
    return gpd.GeoDataFrame(table, geometry=squares, crs=schema.CRS_GEOGRAPHIC)


def claims_of(texts: list[str]) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            "claim_id": f"c{i}",
            "doc_id": "d1",
            "story_id": "s1",
            "province_id": "" if i == 0 else schema.PROVINCE_IDS[i % 34],
            "location_basis": "country" if i == 0 else "named",
            "claim_type": "presence",
            "group": "al-qaeda",
            "stance": "affirmed",
            "attribution_kind": "author",
            "year": None if i % 2 else 2024,
            "year_basis": "published",
            "sentence": text,
            "title": text,
            "start": i,
            "review": "unreviewed",
        }
        for i, text in enumerate(texts)
    ]
    return schema.check_claims(schema.make_frame(rows, schema.CLAIM_COLUMNS))


def write(folder: Path, boundaries: gpd.GeoDataFrame, texts: list[str]) -> tuple[pd.DataFrame, list[Path]]:
    claims = claims_of(texts)
    documents = schema.make_frame([{"doc_id": "d1"}] if texts else [], schema.DOCUMENT_COLUMNS)
    paths = store.write_tables(
        folder,
        mentions=schema.make_frame([], schema.MENTION_COLUMNS),
        claims=claims,
        documents=documents,
        boundaries=boundaries,
        counts=aggregate.count_claims(claims),
    )
    return claims, paths


@pytest.mark.parametrize("texts", [HOSTILE, []], ids=["hostile", "empty"])
def test_every_format_gives_back_what_went_in(
    texts: list[str], tmp_path: Path, boundaries: gpd.GeoDataFrame
) -> None:
    claims, paths = write(tmp_path, boundaries, texts)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in paths), "no draft is left"
    for name in FORMATS:
        back = store.read_claims(tmp_path / name)
        pd.testing.assert_frame_equal(back, claims, obj=name)


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_csv_round_trip_of_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    claims = claims_of(["first", text])
    store.write_csv(claims, path)
    assert list(store.read_claims(path)["sentence"]) == ["first", text]
    with path.open(newline="", encoding="utf-8") as handle:
        cells = [cell for row in csv.reader(handle) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_nul_is_replaced_one_for_one(tmp_path: Path, boundaries: gpd.GeoDataFrame) -> None:
    write(tmp_path, boundaries, ["a\x00b", "c\x00"])
    for name in FORMATS:
        assert list(store.read_claims(tmp_path / name)["sentence"]) == ["a\ufffdb", "c\ufffd"], name


def test_the_same_tables_give_the_same_bytes(tmp_path: Path, boundaries: gpd.GeoDataFrame) -> None:
    _, first = write(tmp_path / "one", boundaries, HOSTILE)
    _, second = write(tmp_path / "two", boundaries, HOSTILE)
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes(), one.name


@pytest.mark.parametrize(("texts", "filled"), [(["a", "b"], True), ([], False)])
def test_geopackage_layers(
    texts: list[str], filled: bool, tmp_path: Path, boundaries: gpd.GeoDataFrame
) -> None:
    write(tmp_path, boundaries, texts)
    connection = sqlite3.connect(tmp_path / "claims.gpkg")
    contents = dict(connection.execute("select table_name, data_type from gpkg_contents"))
    counted = connection.execute("select count(*), count(sources), count(geom) from provinces").fetchone()
    located = connection.execute("select count(*), count(geom) from claims").fetchone()
    connection.close()
    assert contents == {"provinces": "features", "claims": "features", "documents": "attributes"}
    assert counted == (34, 34 if filled else 0, 34), "0 is looked and found none; no document, no number"
    assert located == ((2, 1) if filled else (0, 0)), "a claim for the whole country has no point"


def test_claims_lie_in_their_province(boundaries: gpd.GeoDataFrame) -> None:
    located = store.locate_claims(claims_of(["", "", ""]), boundaries)
    assert located.geometry.isna().tolist() == [True, False, False]
    shapes = boundaries.set_index("province_id").geometry
    for row in located.iloc[1:].itertuples():
        assert shapes[row.province_id].contains(row.geometry)


def test_geojson_is_rfc_7946(tmp_path: Path, boundaries: gpd.GeoDataFrame) -> None:
    write(tmp_path, boundaries, ["a", "b"])
    whole = json.loads((tmp_path / "claims.geojson").read_text(encoding="utf-8"))
    country, named = whole["features"]
    assert set(whole) == {"type", "features"}
    assert (country["geometry"], country["id"], named["properties"]["year"]) == (None, "c0", None)
    assert named["geometry"]["type"] == "Point"
    projected = boundaries.to_crs(schema.CRS_PROJECTED).head(1)
    store.write_geojson(projected, tmp_path / "p.geojson")
    ring = json.loads((tmp_path / "p.geojson").read_text())["features"][0]["geometry"]["coordinates"][0]
    assert shapely.LinearRing(ring).is_ccw
    assert ring[0] == ring[-1]
    assert shapely.Polygon(ring).equals_exact(shapely.box(60, 30, 61, 31), 1e-5, normalize=True)


def test_a_failure_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    store.write_json({"b": 1, "a": "ä"}, path)
    assert path.read_text(encoding="utf-8") == '{\n  "a": "ä",\n  "b": 1\n}\n'
    table = tmp_path / "t.parquet"
    store.write_parquet(pd.DataFrame({"x": [1]}), table)
    before = table.read_bytes()
    with pytest.raises(Exception, match="object"):
        store.write_parquet(pd.DataFrame({"x": [object()]}), table)
    assert table.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["run.json", "t.parquet"]


BROKEN = [
    ("none.csv", None, UsageError, "no such file"),
    ("claims.xlsx", b"", UsageError, "not a claims table"),
    ("claims.csv", b"", ReadError, "claims.csv"),
    ("claims.csv", b"\xff\xfe\x00", ReadError, "claims.csv"),
    ("claims.csv", b"a,b\n1,2\n", SchemaError, "claim_id"),
    ("claims.parquet", b"PAR1", ReadError, "damaged"),
    ("claims.gpkg", b"nothing", ReadError, "damaged"),
    ("claims.geojson", b"{", ReadError, "damaged"),
    ("claims.geojson", b'{"type":"Feature"}', ReadError, "damaged"),
]


@pytest.mark.parametrize(("name", "content", "error", "says"), BROKEN)
def test_unreadable_tables_are_refused(
    name: str, content: bytes | None, error: type[GeoError], says: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=says):
        store.read_claims(tmp_path / name)


def test_a_number_column_with_text_is_named(tmp_path: Path) -> None:
    claims = claims_of(["a"]).astype({"year": "string"}).assign(year="soon")
    store.write_csv(claims, tmp_path / "claims.csv")
    with pytest.raises(SchemaError, match="number column"):
        store.read_claims(tmp_path / "claims.csv")


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_claims_table_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    claims = claims_of(["=1+1", "'=2", "plain"])
    assert store.write_claims(claims, tmp_path / name) == tmp_path / name
    assert store.read_claims(tmp_path / name).equals(claims)


def test_only_claims_are_written(tmp_path: Path) -> None:
    claims = claims_of(["a"])
    with pytest.raises(UsageError, match=r"Expected \.csv, \.parquet"):
        store.write_claims(claims, tmp_path / "a.xlsx")
    with pytest.raises(SchemaError, match=r"'fine' \(expected unreviewed, accepted, rejected, corrected\)"):
        store.write_claims(claims.assign(review="fine"), tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is a folder. Expected a table, such as .*claims\.csv"):
        store.read_claims(tmp_path)


NAMES = [
    ("training_camp", "training_camp", "plain names stay"),
    ("Global Village", "Global_Village", "spaces become underscores"),
    ("قندهار", "قندهار", "all scripts stay"),
]


@pytest.mark.parametrize(("text", "expect", "why"), NAMES)
def test_safe_name_keeps_good_names(text: str, expect: str, why: str) -> None:
    assert store.safe_name(text) == expect, why


@pytest.mark.parametrize(
    "text",
    ["../../x", "CON", "con.txt", "nul", "COM1", "", ".", "..", "/etc/passwd", "a\x00b", "C:\\x", "é" * 300,
     "x" * 300, ".hidden", "-rf", "a\u202eb", "\n", "CON/", "lpt1.a.b"],
)  # fmt: skip
def test_safe_name_defuses_bad_ones(text: str, tmp_path: Path) -> None:
    name = store.safe_name(text)
    assert name == Path(name).name
    assert name.split(".")[0].upper() not in {"", "CON", "NUL", "COM1", "LPT1"}
    assert not name.startswith(("-", "."))
    assert len(name.encode()) <= 100
    assert (tmp_path / name).resolve().parent == tmp_path.resolve()


def test_safe_name_keeps_different_texts_apart() -> None:
    texts = ["a/b", "a:b", "a_b", "x" * 200, "x" * 201, "", "."]
    assert len({store.safe_name(text) for text in texts}) == len(texts)
