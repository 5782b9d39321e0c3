"""The order of the stages, and what is left in the output folder when things go wrong."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from geo import extraction, pipeline, schema
from geo.errors import GeoError, SchemaError, UsageError
from geo.extraction import analyse_document, analyse_documents, extract
from geo.model import Document
from geo.output import open_out, publish, read_record, staging
from geo.pipeline import PipelineOptions, run_extract, run_map

TEXT = "Al-Qaeda runs training camps in Ghazni and Nuristan, a United Nations report said in January 2023."
COPY = Document("a", TEXT, publisher="One", published="2023-02")
PLAIN = PipelineOptions(figures=False)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    (folder / "two.txt").write_text("Nothing is said of any place here.", encoding="utf-8")
    return folder


# --- extraction -----------------------------------------------------------------------------------------


def test_a_text_gives_mentions_and_claims_whose_spans_are_true() -> None:
    result = analyse_document(COPY)
    assert [mention.province_id for mention in result.mentions] == ["AF-GHA", "AF-NUR"]
    assert {(claim.province_id, claim.claim_type) for claim in result.claims} == {
        ("AF-GHA", "training_camp"),
        ("AF-NUR", "training_camp"),
    }
    for claim in result.claims:
        assert TEXT[claim.trigger_start : claim.trigger_end] == claim.trigger
        assert TEXT[claim.start : claim.end] == claim.sentence


def test_a_text_that_names_no_group_has_mentions_only() -> None:
    result = analyse_document(replace(COPY, text=TEXT.replace("Al-Qaeda", "The ministry")))
    assert [mention.province_id for mention in result.mentions] == ["AF-GHA", "AF-NUR"]
    assert result.claims == ()


def test_tables_have_the_columns_of_the_contract_and_the_documents_metadata() -> None:
    found = extract([COPY])
    assert tuple(found.mentions.columns) == schema.MENTION_COLUMNS
    assert tuple(found.claims.columns) == schema.CLAIM_COLUMNS
    assert tuple(found.documents.columns) == schema.DOCUMENT_COLUMNS
    assert set(found.claims["publisher"]) == {"One"}
    assert set(found.claims["review"]) == {"unreviewed"}
    assert list(found.claims["province"]) == ["Ghazni", "Nuristan"]
    assert set(found.claims["story_id"]) == {found.stories["a"]}


@pytest.mark.parametrize(
    ("documents", "why"),
    [
        ([], "no document at all"),
        ([Document("a", "")], "an empty text"),
        ([Document("a", "Rain fell on the hills.")], "a text without a place"),
    ],
)
def test_nothing_found_still_has_all_columns(documents: list[Document], why: str) -> None:
    found = extract(documents)
    assert found.claims.empty, why
    assert tuple(found.claims.columns) == schema.CLAIM_COLUMNS, why
    assert len(found.documents) == len(documents), why


def test_equal_texts_are_one_story_whether_they_name_a_place_or_not() -> None:
    silent = Document("x", "Rain fell on the hills.")
    found = extract([COPY, replace(COPY, doc_id="b"), silent, replace(silent, doc_id="y")])
    assert found.stories["a"] == found.stories["b"] != found.stories["x"] == found.stories["y"]


def test_one_id_for_two_texts_is_refused() -> None:
    with pytest.raises(SchemaError, match="'a'"):
        extract([COPY, replace(COPY, text=TEXT + " Again.")])


def test_processes_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [replace(COPY, doc_id=f"d{number}", text=TEXT + " ." * number) for number in range(6)]
    alone = extract(documents)
    monkeypatch.setattr(extraction, "WORTH_A_POOL", 0)
    monkeypatch.setattr(extraction, "_CHUNK_CHARACTERS", 1500)
    shared = extract(documents, workers=2)
    assert shared.claims.equals(alone.claims)
    assert shared.mentions.equals(alone.mentions)


def test_a_text_that_breaks_the_rules_code_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: Document) -> extraction.Analysed:
        if document.doc_id == "b":
            raise ZeroDivisionError("a fault in a rule")
        return extraction.Analysed()

    monkeypatch.setattr(extraction, "analyse_document", broken)
    results = analyse_documents([COPY, replace(COPY, doc_id="b")])
    assert [bool(result.fault) for result in results] == [False, True]
    assert "ZeroDivisionError: a fault in a rule" in results[1].fault


# --- the output folder ----------------------------------------------------------------------------------


def test_extract_leaves_tables_and_a_record(texts: Path, tmp_path: Path) -> None:
    report = run_extract([texts], tmp_path / "out")
    assert report.files == ("claims.csv", "documents.csv", "mentions.csv", "run.json")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == list(report.files)
    assert report.counts["claims_by_type"] == {"training_camp": 2}
    assert not report.needs_attention


def test_extract_writes_parquet(texts: Path, tmp_path: Path) -> None:
    report = run_extract([texts], tmp_path / "out", table_format="parquet")
    assert "claims.parquet" in report.files


def test_an_unknown_format_is_refused(texts: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="csv or parquet"):
        run_extract([texts], tmp_path / "out", table_format="xlsx")


def test_the_record_names_inputs_options_and_outputs(texts: Path, tmp_path: Path) -> None:
    run_extract([texts], tmp_path / "out")
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert {Path(name).name for name in record["inputs"]} == {"one.txt", "two.txt"}
    assert set(record["outputs"]) == {"claims.csv", "documents.csv", "mentions.csv"}
    assert record["options"]["workers"] == 1
    assert record["packages"]["pandas"]
    assert record["counts"]["documents"] == 2


def test_a_run_that_fails_leaves_the_old_output_and_nothing_else(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run_map([texts], out, options=PLAIN)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (texts / "three.txt").write_text(TEXT.replace("Ghazni", "Kunar"), encoding="utf-8")

    def broken(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pipeline, "_write_atlas", broken)
    with pytest.raises(OSError, match="No space"):
        run_map([texts], out, options=PLAIN)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    dead = tmp_path / ".staging-999999999"
    dead.mkdir()
    alive = tmp_path / f".staging-{os.getppid()}"
    alive.mkdir()
    with staging(tmp_path) as place:
        assert place.is_dir()
    assert not dead.exists()
    assert alive.is_dir()


def test_figures_of_an_earlier_run_go_and_the_users_files_stay(tmp_path: Path) -> None:
    figures = tmp_path / "figures"
    figures.mkdir()
    for name in ("old.png", "mine.png"):
        (figures / name).write_text(name)
    listed = {"figures/old.png": "", "figures/../run.json": "", "claims.csv": ""}
    (tmp_path / "run.json").write_text(json.dumps({"outputs": listed}))
    (tmp_path / "claims.csv").write_text("kept")
    with staging(tmp_path) as staged:
        (staged / "figures").mkdir()
        (staged / "figures" / "new.png").write_text("new")
        assert publish(staged, tmp_path) == ("figures/new.png",)
    assert sorted(path.name for path in figures.iterdir()) == ["mine.png", "new.png"]
    assert (tmp_path / "claims.csv").read_text() == "kept"
    assert (tmp_path / "run.json").exists()


def test_a_link_to_a_folder_is_followed(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    run_extract([texts], tmp_path / "link")
    assert (tmp_path / "real" / "claims.csv").is_file()
    assert (tmp_path / "link").is_symlink()


def make_file(folder: Path) -> None:
    (folder / "out").write_text("a file")


def make_dangling(folder: Path) -> None:
    (folder / "out").symlink_to("nowhere")


def make_figures_link(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "figures").symlink_to(folder)


def make_folder_for_file(folder: Path) -> None:
    (folder / "out" / "claims.csv").mkdir(parents=True)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (make_file, "a file, expected a folder"),
        (make_dangling, "leads nowhere"),
        (make_figures_link, "a file or a link, expected a folder"),
        (make_folder_for_file, "a folder, but a file goes there"),
    ],
)
def test_an_output_folder_that_cannot_be_is_refused(make: object, message: str, tmp_path: Path) -> None:
    assert callable(make)
    make(tmp_path)
    with pytest.raises(UsageError, match=message):
        open_out(tmp_path / "out", names=("claims.csv", "figures"))


def test_output_inside_the_input_is_refused(texts: Path) -> None:
    with pytest.raises(UsageError, match="read its own output"):
        run_extract([texts], texts / "out")
    assert not (texts / "out").exists()


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    table = tmp_path / "claims.csv"
    table.write_text(f'id,text\n1,"{TEXT}"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="would be overwritten"):
        run_extract([table], tmp_path)
    assert table.read_text(encoding="utf-8").startswith("id,text")


def test_a_missing_path_is_named_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothere"):
        run_extract([tmp_path / "nothere"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_damaged_record_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{")
    assert read_record(tmp_path) == {}


def test_workers_must_be_a_count() -> None:
    with pytest.raises(GeoError, match="workers 0"):
        PipelineOptions(workers=0)


def test_progress_is_told(texts: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    run_extract([texts], tmp_path / "out", progress=lambda stage, done: told.append((stage, done)))
    assert told[0] == ("reading", 0)
    assert told[-1] == ("writing", 2)
