from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from geo import schema
from geo.errors import GazetteerError, GeoError, SchemaError
from geo.model import Claim, Document, Mention
from geo.resources import data_path, read_table

ROW: dict[str, object] = dict.fromkeys(schema.CLAIM_COLUMNS, "") | {
    "province_id": "AF-GHA",
    "location_basis": "named",
    "claim_type": "presence",
    "group": "al-qaeda",
    "stance": "affirmed",
    "attribution_kind": "un",
    "year": 2023,
    "year_end": None,
    "year_basis": "stated",
    "start": 0,
    "end": 9,
    "mention_start": 3,
    "mention_end": 9,
    "trigger_start": 0,
    "trigger_end": 2,
    "review": "unreviewed",
}


def make_claims(**changes: object) -> pd.DataFrame:
    return pd.DataFrame([ROW | changes])


def test_the_34_provinces() -> None:
    assert len(set(schema.PROVINCE_IDS)) == 34
    assert list(schema.PROVINCE_IDS) == sorted(schema.PROVINCE_IDS)
    assert {row["province_id"] for row in read_table("boundaries", "capitals.csv")} == set(
        schema.PROVINCE_IDS
    )


def test_a_record_fits_its_table() -> None:
    metadata = {"publisher", "title", "author", "published", "url", "story_id"}
    review = {"province", "review", "reviewer", "reviewed_at", "review_note"}
    own = {field.name for field in dataclasses.fields(Claim)}
    assert own == set(schema.CLAIM_COLUMNS) - metadata - review
    assert {field.name for field in dataclasses.fields(Mention)} == set(schema.MENTION_COLUMNS)


@pytest.mark.parametrize("record", [Claim, Document, Mention])
def test_records_are_frozen(record: type) -> None:
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert hasattr(record, "__slots__")


def test_a_documents_hash_is_its_texts() -> None:
    assert Document("a", "x").text_sha256 == Document("b", "x", publisher="p").text_sha256
    assert Document("a", "x").text_sha256 != Document("a", "x ").text_sha256
    assert len(Document("a", "lone \ud800").text_sha256) == 64


@pytest.mark.parametrize("columns", [schema.CLAIM_COLUMNS, schema.MENTION_COLUMNS, schema.DOCUMENT_COLUMNS])
def test_empty_frames_keep_columns_and_types(columns: tuple[str, ...]) -> None:
    frame = schema.make_frame([], columns)
    assert tuple(frame.columns) == columns and len(frame) == 0
    for name in columns:
        assert str(frame[name].dtype) == ("Int64" if name in schema.INTEGER_COLUMNS else "string")


def test_missing_is_na_for_numbers_and_empty_for_words() -> None:
    frame = schema.make_frame([{"year": None, "sentence": None}, {"year": 2020}], ("year", "sentence"))
    assert frame["year"].isna().tolist() == [True, False] and frame["year"].iloc[1] == 2020
    assert frame["sentence"].tolist() == ["", ""]


def test_check_returns_the_contracts_types_and_changes_nothing() -> None:
    given = make_claims(extra="kept")
    before = given.copy(deep=True)
    checked = schema.check_claims(given)
    assert list(checked.columns) == [*schema.CLAIM_COLUMNS, "extra"]
    assert checked["extra"].tolist() == ["kept"] and str(checked["year"].dtype) == "Int64"
    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("province_id", "AF-XXX"),
        ("claim_type", "camp"),
        ("stance", "maybe"),
        ("location_basis", "near"),
        ("attribution_kind", "press"),
        ("year_basis", "guess"),
        ("review", "done"),
        ("claim_type", ""),
    ],
)
def test_values_outside_the_contract_are_refused(column: str, value: str) -> None:
    with pytest.raises(SchemaError, match=rf"reviewed\.csv.*{column}.*{value!r}"):
        schema.check_claims(make_claims(**{column: value}), where="reviewed.csv")


def test_all_faults_come_in_one_message() -> None:
    with pytest.raises(SchemaError, match=r"stance.*maybe") as caught:
        schema.check_claims(make_claims(stance="maybe", review="done"))
    assert "done" in str(caught.value)
    with pytest.raises(SchemaError, match=r"sentence, start") as caught:
        schema.check_claims(make_claims().drop(columns=["sentence", "start"]))
    assert "geo map" in str(caught.value)


def test_words_in_a_number_column_are_refused() -> None:
    with pytest.raises(SchemaError, match="number column"):
        schema.check_claims(make_claims(year="soon"))


@pytest.mark.parametrize("column", ["province_id", "year"])
def test_a_country_row_and_an_undated_row_are_allowed(column: str) -> None:
    value = "" if column == "province_id" else None
    checked = schema.check_claims(make_claims(**{column: value}))
    assert checked[column].isna().any() or checked[column].tolist() == [""]


def test_a_table_read_back_from_csv_is_the_same(tmp_path: Path) -> None:
    checked = schema.check_claims(make_claims(sentence='He said: "Ghazni, Zabul"\nand went'))
    checked.to_csv(tmp_path / "claims.csv", index=False)
    again = schema.check_claims(pd.read_csv(tmp_path / "claims.csv"))
    pd.testing.assert_frame_equal(checked, again)


def test_data_files_are_found_and_a_missing_one_is_named() -> None:
    assert data_path("boundaries", "provinces.geojson").is_file()
    with pytest.raises(GazetteerError, match=r"absent\.csv.*install"):
        data_path("gazetteer", "absent.csv")
    assert issubclass(GazetteerError, GeoError)


def test_read_table_gives_every_value_as_a_string() -> None:
    rows = read_table("gazetteer", "places.csv")
    with data_path("gazetteer", "places.csv").open(newline="", encoding="utf-8") as handle:
        assert len(rows) == sum(1 for _ in csv.reader(handle)) - 1
    assert all(isinstance(value, str) for row in rows for value in row.values())
