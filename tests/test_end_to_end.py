"""The five seeds from texts to maps, once, as a user runs it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from geo import schema
from geo.cli import main
from geo.evaluate import evaluate_folders
from geo.reading import read_documents
from geo.store import read_claims

GOLD = Path(__file__).parent / "gold" / "seeds"
FIRST, COPY = "000_b11b092ed6197f3c", "002_9223b72be2a6a444"


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """What `geo map seeds` writes."""
    out = tmp_path_factory.mktemp("maps")
    assert main(["map", str(seeds), "-o", str(out)]) == 0
    return out


def test_every_file_of_the_contract_is_there_and_no_other(maps: Path) -> None:
    expected = {
        "atlas.html", "claims.csv", "mentions.csv", "claims.parquet", "claims.gpkg", "claims.geojson",
        "figures", "run.json",
    }  # fmt: skip
    assert {path.name for path in maps.iterdir()} == expected
    figures = {path.name for path in (maps / "figures").iterdir()}
    types = set(read_claims(maps / "claims.csv")["claim_type"])
    for stem in ("all_claims", "source_by_year", *types):
        assert {f"{stem}.png", f"{stem}.svg", f"{stem}.csv", f"{stem}.txt", f"{stem}.alt.txt"} <= figures


def test_geopackage_opens_as_sqlite_and_has_its_layers(maps: Path) -> None:
    with closing(sqlite3.connect(maps / "claims.gpkg")) as connection:
        layers = [name for (name,) in connection.execute("SELECT table_name FROM gpkg_contents")]
        sizes = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in layers}
    assert set(layers) == {"provinces", "claims", "documents"}
    assert sizes["provinces"] == 34
    assert sizes["documents"] == 5
    assert sizes["claims"] == len(read_claims(maps / "claims.csv"))


def test_all_tables_hold_the_same_claims(maps: Path) -> None:
    first = read_claims(maps / "claims.csv")
    assert tuple(first.columns[: len(schema.CLAIM_COLUMNS)]) == schema.CLAIM_COLUMNS
    assert first["claim_id"].is_unique
    for name in ("claims.parquet", "claims.gpkg", "claims.geojson"):
        other = read_claims(maps / name)
        assert other[list(schema.CLAIM_COLUMNS)].equals(first[list(schema.CLAIM_COLUMNS)]), name


def test_evidence_is_word_for_word_in_the_texts(maps: Path, seeds: Path) -> None:
    texts = {document.doc_id: document.text for document in read_documents([seeds]).documents}
    claims = read_claims(maps / "claims.csv")
    assert len(claims) > 40
    for row in claims.to_dict("records"):
        text = texts[row["doc_id"]]
        assert text[row["start"] : row["end"]] == row["sentence"]
        assert row["start"] <= row["trigger_start"] < row["trigger_end"] <= len(text)


def test_the_two_copies_are_one_story(maps: Path) -> None:
    claims = read_claims(maps / "claims.csv")
    story = claims.drop_duplicates("doc_id").set_index("doc_id")["story_id"]
    assert story[FIRST] == story[COPY]
    assert story.nunique() == len(story) - 1


def test_the_record_says_how_it_was_made(maps: Path, seeds: Path) -> None:
    record = json.loads((maps / "run.json").read_text(encoding="utf-8"))
    assert record["counts"]["documents"] == 5
    assert record["counts"]["stories"] == 4
    assert record["counts"]["skipped"] == 0
    claims = read_claims(maps / "claims.csv")
    mapped = claims["group"].isin(schema.MAPPED_GROUPS)
    assert sum(record["counts"]["claims_by_type"].values()) == record["counts"]["claims"] == mapped.sum()
    hashes = {Path(name).name: value for name, value in record["inputs"].items()}
    assert set(hashes) == {path.name for path in seeds.iterdir()}
    for name, value in record["outputs"].items():
        assert hashlib.sha256((maps / name).read_bytes()).hexdigest() == value
    assert record["corpus_sha256"] in (maps / "atlas.html").read_text(encoding="utf-8")


def test_a_second_run_gives_the_same_bytes_and_keeps_the_folder_clean(
    maps: Path, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(seeds.parent)
    assert main(["map", seeds.name, "-o", str(tmp_path), "--no-figures", "--workers", "1"]) == 0
    for name in ("claims.csv", "mentions.csv", "claims.geojson", "claims.parquet", "claims.gpkg"):
        assert (tmp_path / name).read_bytes() == (maps / name).read_bytes(), name
    assert not any(path.name.startswith(".") for path in tmp_path.iterdir())


THRESHOLDS = {"strict": 0.95, "loose": 0.97, "areal": 0.90}


def test_scores_against_the_hand_made_tables(maps: Path) -> None:
    scores = evaluate_folders(GOLD, maps)
    errors = {name: rows for name, rows in scores["errors"].items() if rows}
    for measure, least in THRESHOLDS.items():
        assert scores["claims"][measure]["f1"] >= least, (measure, errors)
    for facet in ("attribution", "year"):
        assert scores["claims"][facet]["accuracy"] >= 0.90, facet
    assert scores["mentions"]["f1"] >= 0.99, errors
    assert set(scores["breakdown"]["language"]) == {"en"}


def test_the_gold_tables_are_those_kept_beside_the_checkout(shared: Path) -> None:
    for name in ("claims", "mentions"):
        kept = (shared / "gold" / f"seeds_{name}.csv").read_bytes()
        assert (GOLD / f"{name}.csv").read_bytes() == kept
