from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import accuracy, atlas
from benchmarks.accuracy import main, measure
from benchmarks.gold_sets import DEVELOPMENT, GOLD, HELD_OUT, USED, Answers, Part, find_answers, read_parts
from benchmarks.pages import fill
from benchmarks.switches import BASELINE, SWITCHES, Replacement, Switch, switched_off
from benchmarks.tables import TITLES, Runs, _resample, _span, make_tables
from geo.errors import GazetteerError, ReadError, UsageError
from geo.extraction import analyse_document
from geo.model import Claim, Document

REPLACED = [item for switch in (*SWITCHES, BASELINE) for item in switch.replacements]

# For each replaced function a text that is read differently without it: text, title, and why.
TOLD_APART = {
    "remember": (
        "The UN says al-Qaeda is growing. It has training camps in Ghazni.", "",
        "“it” is the group of the sentence before",
    ),
    "opening_topic": (
        "The group has training camps in Ghazni. Officials feared al-Qaeda.", "Al-Qaeda grows",
        "“the group” is the one of the headline",
    ),
    "_credited_after": (
        "Al-Kaida hat Ausbildungslager in Ghazni. Das teilte das Innenministerium mit.", "",
        "the next sentence names the source",
    ),
    "_speaker_ahead": (
        "«Al Qaeda tiene campos de entrenamiento en Ghazni. El grupo crece», dijo el Ministerio de Defensa.",
        "", "the source stands where the quotation closes, a sentence later",
    ),
    "resolve_anaphors": (
        "The Taliban met al-Qaeda. The latter has training camps in Ghazni.", "",
        "“the latter” is the group named last",
    ),
    "places_meant": (
        "The governor visited Ghazni. Al-Qaeda has training camps in this province.", "",
        "“this province” is the one of the sentence before",
    ),
    "add_members": (
        "Abu Yahya, a commander of al-Qaeda, fled. In 2021 the police arrested Yahya in Ghazni.", "",
        "the surname is that of the man introduced before",
    ),
    "name_speakers": (
        "Karim Hadi, a police chief, came. Al-Qaeda has training camps in Ghazni, Hadi said.", "",
        "the surname speaks for the police",
    ),
    "goes_on_speaking": (
        "The minister said: “Al-Qaeda is growing. Al-Qaeda has training camps in Ghazni.”", "",
        "the quotation goes on",
    ),
    "name_kinds": (
        "Karim Hadi, Polizeichef der Provinz, kam und sprach mit uns. "
        "Die al-Qaida hat Ausbildungslager in Ghazni, sagte Hadi.", "",
        "the surname speaks for the police, in German",
    ),
    "judge_stance": ("Al-Qaeda has no training camps in Ghazni.", "", "a denial"),
    "is_nonclaim": (
        "The governor of Kunar said that al-Qaeda fighters had entered Nuristan.", "",
        "Kunar is only where the governor sits",
    ),
    "is_title": (
        "The al-Qaeda emir for Ghazni has a training camp in Zabul.", "", "Ghazni only belongs to a rank"
    ),
    "is_boilerplate": ("Read more: Al-Qaeda has training camps in Ghazni.", "", "a link to another page"),
    "clause_bounds": (
        "Al-Qaeda has fighters in Zabul, while floods closed roads in Ghazni.", "",
        "the floods are in a clause of their own",
    ),
    "find_asides": (
        "Al-Qaeda (not seen for years, officials say) has training camps in Ghazni.", "",
        "the negation belongs to the brackets",
    ),
    "list_places": (
        "In Ghazni, Kunar and Zabul, al-Qaeda has training camps.", "", "three provinces before the verb"
    ),
    "acting_there": ("Al-Qaeda has long dug wells in Ghazni.", "", "a verb that no table has"),
    "guess_language": (
        "القاعده در ولایت غزنی اردوگاه‌های آموزشی دارد.", "", "Persian"
    ),
    "judge_claims": ("Al-Qaeda has training camps in Ghazni.", "", "camps are more than presence"),
}  # fmt: skip


def claims_of(name: str) -> list[Claim]:
    text, title, _ = TOLD_APART[name]
    return list(analyse_document(Document("d", text, title=title)).claims)


@pytest.fixture(scope="module")
def parts() -> list[Part]:
    return read_parts()


@pytest.fixture(scope="module")
def few(parts: list[Part]) -> list[Part]:
    """A few texts of every split, English and Persian."""
    return [only_first(part) for part in parts if part.name in ("english_c", "english_d", "persian")]


def only_first(part: Part) -> Part:
    ids = {document.doc_id for document in part.documents[:2]}
    claims, mentions = (
        tuple(row for row in rows if row["doc_id"] in ids) for rows in (part.claims, part.mentions)
    )
    return replace(part, documents=part.documents[:2], claims=claims, mentions=mentions)


@pytest.fixture(scope="module")
def shown(few: list[Part]) -> dict[str, str]:
    return measure(few, switches=(SWITCHES[0], BASELINE), cases=("stance", "known_gaps"))


# --- switches -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("item", REPLACED, ids=[item.name for item in REPLACED])
def test_every_replaced_function_is_there_and_matters(item: Replacement) -> None:
    whole = claims_of(item.name)
    with switched_off(Switch("one", "one", (item,))):
        without = claims_of(item.name)
    assert whole != without, TOLD_APART[item.name][2]
    assert claims_of(item.name) == whole, "the engine is whole again"


def test_every_example_is_for_a_replaced_function() -> None:
    assert {item.name for item in REPLACED} == set(TOLD_APART)
    keys = [switch.key for switch in (*SWITCHES, BASELINE)]
    assert len(set(keys)) == len(keys)


def test_the_engine_is_whole_again_after_a_fault() -> None:
    whole = claims_of("judge_claims")
    with pytest.raises(GazetteerError), switched_off(BASELINE):
        raise GazetteerError("a fault")
    assert claims_of("judge_claims") == whole


def test_a_function_that_was_renamed_is_told() -> None:
    gone = Switch("gone", "gone", (REPLACED[0], Replacement("geo.claims.judge", "no_such", lambda one: one)))
    whole = claims_of("remember")
    with pytest.raises(AttributeError, match="no_such"), switched_off(gone):
        pass
    assert claims_of("remember") == whole, "those replaced before it are put back"


def test_the_baseline_claims_a_presence_where_both_are_named() -> None:
    text = "Al-Qaeda denied that Ghazni mattered. Floods hit Kunar. In Loya Paktia AQIS lost."
    with switched_off(BASELINE):
        claims = analyse_document(Document("d", text)).claims
    assert [(claim.province_id, claim.group) for claim in claims] == [
        ("AF-GHA", "al-qaeda"), ("AF-PIA", "aqis"), ("AF-PKA", "aqis"), ("AF-KHO", "aqis")
    ]  # fmt: skip
    facets = {(claim.claim_type, claim.stance, claim.attribution_kind) for claim in claims}
    assert facets == {("presence", "affirmed", "author")}


# --- gold sets ------------------------------------------------------------------------------------------


def test_every_text_is_in_one_part_and_even_ones_are_held_out(parts: list[Part]) -> None:
    ids = [document.doc_id for part in parts for document in part.documents]
    assert sorted(ids) == sorted(path.stem for path in GOLD.glob("*/*_*.txt"))
    used = {part.name for part in parts if part.split == USED}
    assert {"english", "english_b", "english_d", "english_f", "german_b", "urdu_b"} <= used
    assert not used & {part.name for part in parts if part.split != USED}
    for part in parts:
        rest = {int(document.doc_id[-3:]) % 2 for document in part.documents}
        unread = {0, 1} if part.name == "english_e" else {0}
        assert rest == {USED: {0, 1}, DEVELOPMENT: {1}, HELD_OUT: unread}[part.split], part.name
        assert {row["doc_id"] for row in (*part.claims, *part.mentions)} <= set(ids)


def test_spans_of_gold_hold_in_the_texts_as_the_program_reads_them(parts: list[Part]) -> None:
    texts = {document.doc_id: document.text for part in parts for document in part.documents}
    wrong = {
        row["doc_id"]
        for row in (row for part in parts for row in part.mentions)
        if texts[row["doc_id"]][int(row["start"]) : int(row["end"])] != row["surface"]
    }
    assert wrong == set()


def test_a_set_with_a_fault_is_not_measured(tmp_path: Path) -> None:
    folder = tmp_path / "english_x"
    folder.mkdir()
    (folder / "ex_001.txt").write_text("A text.", encoding="utf-8")
    (folder / "sources.csv").write_text("file,publisher\nex_001.txt,A\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"english_x.*missing column"):
        read_parts(tmp_path)


# --- tables ---------------------------------------------------------------------------------------------


def cells(table: str) -> Iterator[list[str]]:
    for line in table.splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def perfect(parts: list[Part]) -> Answers:
    """Answers that are gold itself."""
    ids = [document.doc_id for part in parts for document in part.documents]
    claims, mentions = (
        {doc: [row for part in parts for row in getattr(part, name) if row["doc_id"] == doc] for doc in ids}
        for name in ("claims", "mentions")
    )
    return Answers(claims, mentions)


def test_gold_itself_is_fully_right_and_nothing_is_fully_wrong(few: list[Part]) -> None:
    nothing = Answers(*({document.doc_id: [] for part in few for document in part.documents} for _ in "ab"))
    made = make_tables(Runs(few, perfect(few), {"all": nothing}), {"stance": (1, 2), "known_gaps": (0, 1)})
    for row in cells(made["sets"]):
        assert set(row[4:]) <= {"100.0", "–"}, row
    assert [row[5:8] for row in cells(made["pooled"])] == [["100.0", "100.0", "100–100"]] * 7
    assert list(cells(made["held-out-without"]))[1][1:3] == ["0.0", "−100.0"]
    assert list(cells(made["cases"])) == [
        ["`stance`", "2", "1", "50.0"],
        ["all but known gaps", "2", "1", "50.0"],
        ["`known_gaps`", "1", "0", "0.0"],
    ]


def test_runs_agree_and_have_every_table(few: list[Part], shown: dict[str, str]) -> None:
    assert list(shown) == list(TITLES)
    assert measure(few, switches=(SWITCHES[0], BASELINE), cases=("stance", "known_gaps")) == shown
    names = [row[0] for row in cells(shown["held-out-without"])]
    assert names[1:] == [SWITCHES[0].title, BASELINE.title]


def test_every_text_is_judged_once_a_run(few: list[Part]) -> None:
    calls: list[int] = []
    find_answers(few, lambda: calls.append(1))
    assert len(calls) == sum(len(part.documents) for part in few)


def test_only_totals_of_held_out_texts_are_shown(few: list[Part], shown: dict[str, str]) -> None:
    """No id, no sentence, no name of a source: cells are numbers or words that the program itself has."""
    page = "\n".join(shown.values())
    for document in (document for part in few for document in part.documents):
        assert document.doc_id not in page
        repeated = sum(line in page for line in document.text.splitlines() if len(line) > 30)
        assert repeated == 0, document.doc_id
    for name in ("types", "stances", "attributions", "confusions"):
        words = {cell for row in cells(shown[name]) for cell in row if not re.fullmatch(r"[\d.–]*", cell)}
        assert all(re.fullmatch(r"[a-z_]+|not stated", word) for word in words), words


# --- the page -------------------------------------------------------------------------------------------


def test_the_page_has_the_markers_of_every_table() -> None:
    page = accuracy.PAGE.read_text(encoding="utf-8")
    filled = fill(page, {name: f"| {name} |" for name in TITLES})
    assert all(f"<!-- table {name} -->\n\n| {name} |\n\n<!-- end" in filled for name in TITLES)
    assert fill(filled, {name: f"| {name} |" for name in TITLES}) == filled, "writing twice changes nothing"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("", "no markers"),
        ("<!-- table a -->\n", "no end"),
        ("<!-- table a -->\n<!-- end of table a -->\n" * 2, "twice"),
        ("<!-- table a -->\n<!-- end of table a -->\n<!-- table b -->\n<!-- end of table b -->", "unknown"),
    ],
)
def test_wrong_markers_are_told(page: str, why: str) -> None:
    with pytest.raises(UsageError, match=r"markers of [ab]"):
        fill(page, {"a": "x"})
    assert why


def test_write_then_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: dict[str, str]) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text(accuracy.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(accuracy, "PAGE", page)
    monkeypatch.setattr(accuracy, "_measure_with_progress", lambda: shown)
    assert main(["--check"]) == 1
    assert main(["--write"]) == 0
    assert main(["--check"]) == 0
    assert shown["sets"] in page.read_text(encoding="utf-8")


def test_a_page_without_markers_is_told_before_the_long_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text("# Nothing\n", encoding="utf-8")
    monkeypatch.setattr(accuracy, "PAGE", page)
    monkeypatch.setattr(accuracy, "_measure_with_progress", lambda: pytest.fail("it ran"))
    assert main(["--write"]) == 2
    assert "markers of" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == "# Nothing\n"


def test_plain_run_prints_every_table_under_its_heading(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shown: dict[str, str]
) -> None:
    monkeypatch.setattr(accuracy, "_measure_with_progress", lambda: shown)
    assert main([]) == 0
    out = capsys.readouterr().out
    assert [f"## {title}" in out for title in TITLES.values()] == [True] * len(TITLES)


def test_the_span_of_texts_that_are_all_alike_is_a_point() -> None:
    alike = np.array([[1, 2, 2]] * 5)
    assert _span(_resample(alike)) == "50–50"
    mixed = _resample(np.array([[0, 2, 2], [2, 2, 2]]))
    assert set(np.round(mixed, 2)) == {0.0, 0.5, 1.0}


def test_the_atlas_table_has_the_goals_beside_the_numbers_and_tells_the_missed() -> None:
    found = {"file, KB": 500.0, "first paint, ms": 1200.4, "ready to use, ms": 9000.0}
    table, missed = atlas.make_table({500: found, 5000: {**found, "file, KB": 2999.0}})
    assert table.splitlines() == [
        "| measure | 500 claims | goal | 5,000 claims | goal |",
        "|---|---:|---:|---:|---:|",
        "| file, KB | 500 | 600 | 2,999 | 3,000 |",
        "| first paint, ms | 1,200 | 1,000 | 1,200 | 1,000 |",
        "| ready to use, ms | 9,000 |  | 9,000 |  |",
    ]
    assert [line.split(":")[0] for line in missed] == [
        "first paint, ms, 500 claims",
        "first paint, ms, 5,000 claims",
    ]


@pytest.mark.parametrize(
    ("values", "share", "expect", "why"),
    [
        ([3, 1, 2], 0.95, 3, "of few values the largest"),
        (list(range(1, 101)), 0.95, 95, "95 of 100 are no larger"),
        (list(range(1, 101)), 0.5, 50, "half of them are no larger"),
        ([7], 0.5, 7, "one value is every share"),
    ],
)
def test_a_percentile_is_one_of_the_values(values: list[int], share: float, expect: int, why: str) -> None:
    assert atlas.percentile(values, share) == expect, why


def test_no_goal_is_asked_of_more_claims_than_it_was_set_for() -> None:
    assert atlas.find_goal("file, KB", 5001) is None
    assert atlas.find_goal("file, KB", 400) == atlas.Goal("file, KB", 500, 600)
