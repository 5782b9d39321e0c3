"""The tables of names to measure with are well-formed, and the gazetteer does not fall behind on them."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import names
from benchmarks.names import DEV, SPLITS, TITLES, Case, Outcome, judge, main, make_tables, read_cases
from geo.schema import PROVINCE_IDS

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold_names"

# Lowest shares on the development split, in per cent, a little below those measured.
FLOORS = {
    "forms": (68.0, "spellings in all languages"),
    "forms in languages of the news": (97.0, "languages that claims are read in"),
    "contexts meant": (99.0, "the province is meant"),
    "contexts not meant": (95.0, "something else is meant"),
}
NEWS = {"ar", "de", "en", "es", "fa", "fr", "ru"}


def read(name: str) -> list[dict[str, str]]:
    with (GOLD / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return judge(read_cases())


def split_of(text: str) -> str:
    return SPLITS[int(hashlib.sha256(text.encode("utf-8")).hexdigest(), 16) % 2]


def share(some: list[Outcome]) -> float:
    return 100 * sum(one.right for one in some) / len(some)


# --- the sets -------------------------------------------------------------------------------------------


def test_forms_are_many_and_in_many_languages() -> None:
    rows = read("surface_forms.csv")
    assert len({row["form"] for row in rows}) >= 600
    assert len({row["language"] for row in rows}) >= 12
    assert {row["province_id"] for row in rows} == set(PROVINCE_IDS)
    keys = [(row["form"], row["language"], row["province_id"]) for row in rows]
    assert len(set(keys)) == len(keys)


def test_no_form_names_two_provinces() -> None:
    owners: dict[str, set[str]] = {}
    for row in read("surface_forms.csv"):
        owners.setdefault(row["form"], set()).add(row["province_id"])
    assert not {form: ids for form, ids in owners.items() if len(ids) > 1}


def test_forms_are_not_from_the_sources_of_the_gazetteer() -> None:
    sources = {source for row in read("surface_forms.csv") for source in row["source"].split()}
    assert sources == {"iso-codes", "kgeography"}
    with (ROOT / "data" / "gazetteer" / "SOURCES.csv").open(newline="", encoding="utf-8") as handle:
        assert not sources & {row["package"] for row in csv.DictReader(handle)}


def test_every_language_has_a_carrier_with_one_gap() -> None:
    carriers = {row["language"]: row["sentence"] for row in read("carriers.csv")}
    assert set(carriers) == {row["language"] for row in read("surface_forms.csv")}
    assert all(sentence.count("{}") == 1 for sentence in carriers.values())


def test_contexts_are_well_formed() -> None:
    rows = read("contexts.csv")
    for row in rows:
        assert row["text"][int(row["start"]) : int(row["end"])] == row["surface"], row["text"]
        assert row["province_id"] in {"", *PROVINCE_IDS}, row["text"]
        assert row["why"].strip(), row["text"]
    assert len({row["text"] for row in rows}) == len(rows)
    sizes = Counter(row["ambiguous_name"] for row in rows)
    assert len(sizes) == 30
    assert set(sizes.values()) == {20}
    meant = Counter(row["ambiguous_name"] for row in rows if row["province_id"])
    assert meant.pop("Khost") == 12, "two are of the district Khost of Baghlan"
    assert set(meant.values()) == {10}


@pytest.mark.parametrize(("table", "column"), [("surface_forms.csv", "form"), ("contexts.csv", "text")])
def test_splits_are_those_of_the_hash(table: str, column: str) -> None:
    rows = read(table)
    assert [row["split"] for row in rows] == [split_of(row[column]) for row in rows]
    assert min(Counter(row["split"] for row in rows).values()) > 0.4 * len(rows)


def test_spans_of_forms_hold_in_their_sentences() -> None:
    forms = [row["form"] for row in read("surface_forms.csv")]
    cases = [case for case in read_cases() if case.kind == "form"]
    assert [case.text[case.start : case.end] for case in cases] == forms


# --- the measure ----------------------------------------------------------------------------------------


def test_an_outcome_is_right_only_with_exactly_the_province_meant() -> None:
    meant = Case("Ghazni", 0, 6, "AF-GHA", "form", "en", "en", "iso-codes", DEV)
    other = Case("Ghazni Ltd", 0, 6, "", "context", "Ghazni", "en", "a company", DEV)
    assert Outcome(meant, frozenset({"AF-GHA"})).right
    assert not Outcome(meant, frozenset()).right
    assert not Outcome(meant, frozenset({"AF-GHA", "AF-ZAB"})).right
    assert Outcome(other, frozenset()).right
    assert not Outcome(other, frozenset({"AF-GHA"})).right


def test_only_mentions_that_touch_the_span_count() -> None:
    text = "Floods in Ghazni, Afghanistan, and in Nangarhar."
    start = text.index("Ghazni")
    (outcome,) = judge([Case(text, start, start + 6, "AF-GHA", "form", "en", "en", "iso-codes", DEV)])
    assert outcome.found == {"AF-GHA"}


def test_tables_count_right_and_wrong() -> None:
    cases = [
        Case("a", 0, 1, province, kind, "g", "en", "s", DEV)
        for kind, province in [("form", "AF-GHA"), ("form", "AF-GHA"), ("context", "AF-GHA"), ("context", "")]
    ]
    found = [frozenset({"AF-GHA"}), frozenset({"AF-ZAB"}), frozenset({"AF-GHA"}), frozenset({"AF-GHA"})]
    tables = make_tables([Outcome(*pair) for pair in zip(cases, found, strict=True)])
    assert list(tables) == list(TITLES)
    assert "| g | 2 | 50.0 | 1 | 0 | – | – |" in tables["form-languages"]
    assert "| g | 2 | 50.0 | 50.0 | 100.0 | 0 | – | – | – |" in tables["context-names"]


def test_errors_of_the_test_split_are_never_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Case("Nowhere in sight", 0, 7, "AF-GHA", "context", "Ghazni", "en", "a test", SPLITS[1])
    seen = Case("Nothing in sight", 0, 7, "AF-GHA", "context", "Ghazni", "en", "a test", DEV)
    monkeypatch.setattr(names, "read_cases", lambda: [held, seen])
    assert main(["--errors"]) == 0
    printed = capsys.readouterr().out
    assert "[Nothing] in sight" in printed
    assert "Nowhere" not in printed
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert "sight" not in printed


def test_the_page_is_written_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcomes: list[Outcome]
) -> None:
    page = tmp_path / "names.md"
    page.write_text((ROOT / "docs" / "names.md").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(names, "PAGE", page)
    monkeypatch.setattr(names, "judge", lambda cases: outcomes[: len(cases) : 3])
    assert main(["--check"]) == 1
    assert main(["--write"]) == 0
    assert main(["--check"]) == 0


@pytest.mark.parametrize(("name", "floor"), [(name, floor) for name, (floor, _) in FLOORS.items()])
def test_the_development_split_stays_above_its_floor(
    name: str, floor: float, outcomes: list[Outcome]
) -> None:
    dev = [one for one in outcomes if one.case.split == DEV]
    forms = [one for one in dev if one.case.kind == "form"]
    contexts = [one for one in dev if one.case.kind == "context"]
    chosen = {
        "forms": forms,
        "forms in languages of the news": [one for one in forms if one.case.group in NEWS],
        "contexts meant": [one for one in contexts if one.case.province_id],
        "contexts not meant": [one for one in contexts if not one.case.province_id],
    }[name]
    assert share(chosen) >= floor, FLOORS[name][1]


def test_no_form_is_taken_for_another_province(outcomes: list[Outcome]) -> None:
    forms = [one for one in outcomes if one.case.kind == "form" and one.case.split == DEV]
    assert not [one for one in forms if one.found and not one.right]
