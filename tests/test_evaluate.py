"""Scores against small tables whose right scores can be counted by hand, and against the seeds' own gold."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geo.cli import main
from geo.errors import ReadError, UsageError
from geo.evaluate import (
    break_down,
    evaluate_folders,
    find_confusions,
    format_scores,
    parse_limit,
    score_claims,
    score_mentions,
)
from geo.schema import DOCUMENT_COLUMNS

GOLD = Path(__file__).parent / "gold" / "seeds"
ENGLISH = Path(__file__).parent / "gold" / "english"


def claim(province: str = "AF-GHA", **changes: str) -> dict[str, str]:
    row = {
        "doc_id": "d", "province_id": province, "claim_type": "presence", "stance": "affirmed",
        "group": "al-qaeda", "location_basis": "named", "attribution_kind": "un", "year": "2021",
    }  # fmt: skip
    return row | changes


def mention(start: int, end: int, province: str = "AF-GHA") -> dict[str, str]:
    return {"doc_id": "d", "start": str(start), "end": str(end), "province_id": province, "surface": "x"}


def write(path: Path, rows: list[dict[str, str]], columns: list[str] | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, columns or list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


CLAIM_CASES = [
    ([claim()], [claim()], ("strict", 1.0), "the same"),
    ([claim()], [claim(stance="denied")], ("strict", 0.0), "a stance that differs is another claim"),
    ([claim()], [claim(stance="denied")], ("loose", 1.0), "but the province is on the map"),
    ([claim(), claim("AF-NUR")], [claim()], ("strict", 0.6667), "one of two found: P 1, R 1/2"),
    ([claim()], [claim(), claim()], ("strict", 1.0), "the same claim from two sentences counts once"),
    ([claim()], [claim(), claim("AF-KAB", group="iskp")], ("strict", 1.0), "other groups do not count"),
    ([], [], ("strict", 1.0), "nothing found where nothing is"),
    ([], [claim()], ("strict", 0.0), "something found where nothing is"),
    ([claim()], [claim(location_basis="region")], ("strict", 0.0), "a region is no province"),
    ([claim(location_basis="region")], [claim(location_basis="region")], ("areal", 1.0), "compared apart"),
]


@pytest.mark.parametrize(("gold", "got", "expect", "why"), CLAIM_CASES)
def test_claim_scores(
    gold: list[dict[str, str]], got: list[dict[str, str]], expect: tuple[str, float], why: str
) -> None:
    measure, f1 = expect
    assert score_claims(gold, got)[measure]["f1"] == f1, why


def test_facets_are_compared_among_strict_pairs_only() -> None:
    gold = [claim(), claim("AF-NUR", year=""), claim("AF-KAB")]
    got = [claim(year="2021.0"), claim("AF-NUR", year="2020", attribution_kind="author")]
    scores = score_claims(gold, got)
    assert scores["year"] == {"accuracy": 0.5, "of": 2}
    assert scores["attribution"] == {"accuracy": 0.5, "of": 2}


MENTION_CASES = [
    ([mention(0, 6)], [mention(5, 9)], 1.0, "overlap is enough"),
    ([mention(0, 6)], [mention(6, 9)], 0.0, "touching is not overlap"),
    ([mention(0, 6)], [mention(0, 6, "AF-KAB")], 0.0, "another province"),
    ([mention(0, 6), mention(7, 9)], [mention(0, 9)], 0.6667, "one found serves one wanted: P 1, R 1/2"),
    ([mention(0, 6), mention(9, 12, "REGION:x")], [mention(0, 6)], 1.0, "regions are left out"),
    ([mention(0, 6)], [mention(0, 6), mention(8, 9, "")], 1.0, "and what has no province"),
    ([], [], 0.0, "no mention at all scores nothing"),
]


@pytest.mark.parametrize(("gold", "got", "f1", "why"), MENTION_CASES)
def test_mention_scores(gold: list[dict[str, str]], got: list[dict[str, str]], f1: float, why: str) -> None:
    assert score_mentions(gold, got)[0]["f1"] == f1, why


def test_gold_against_itself_is_perfect() -> None:
    scores = evaluate_folders(GOLD, GOLD)
    for measure in ("strict", "loose", "areal"):
        assert scores["claims"][measure]["f1"] == 1.0
    for facet in ("attribution", "year"):
        assert scores["claims"][facet]["accuracy"] == 1.0
    assert scores["mentions"]["f1"] == 1.0
    assert not any(scores["errors"].values())
    parts = dict(scores["breakdown"])
    assert parts.pop("phenomenon") == {}
    assert all(score["f1"] == 1.0 for part in parts.values() for score in part.values())
    assert not any(found["confused"] for found in scores["confusion"].values())


def test_a_broken_copy_scores_less_and_its_errors_are_listed(tmp_path: Path) -> None:
    with (GOLD / "claims.csv").open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    with (GOLD / "mentions.csv").open(newline="", encoding="utf-8") as handle:
        mentions = list(csv.DictReader(handle))
    broken = next(row for row in rows if row["location_basis"] == "named" and row["group"] == "al-qaeda")
    broken["claim_type"] = "madrasa"
    write(tmp_path / "claims.csv", rows)
    write(tmp_path / "mentions.csv", mentions[1:])
    scores = evaluate_folders(GOLD, tmp_path)
    assert scores["claims"]["strict"]["f1"] < 1.0
    assert scores["mentions"]["f1"] < 1.0
    assert [row["claim_type"] for row in scores["errors"]["claims extra"]] == ["madrasa"]
    assert len(scores["errors"]["mentions missed"]) == 1
    assert scores["breakdown"]["type"]["madrasa"]["precision"] == 0.0
    assert scores["error_counts"]["claims extra"] == 1


def test_documents_that_gold_does_not_know_are_left_out_unless_listed(tmp_path: Path) -> None:
    gold, out = tmp_path / "gold", tmp_path / "out"
    write(gold / "my_claims.csv", [claim()])
    write(out / "claims.csv", [claim(), claim(doc_id="other")])
    assert evaluate_folders(gold, out, prefix="my_")["claims"]["strict"]["f1"] == 1.0
    (gold / "my_docs.txt").write_text("d\nother\n")
    assert evaluate_folders(gold, out, prefix="my_")["claims"]["strict"]["precision"] == 0.5


def test_a_missing_table_and_a_missing_column_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        evaluate_folders(tmp_path / "no", GOLD)
    with pytest.raises(UsageError, match=r"claims\.csv: no such table"):
        evaluate_folders(tmp_path, GOLD)
    write(tmp_path / "claims.csv", [{"doc_id": "d", "group": "aqis"}])
    with pytest.raises(ReadError, match=r"missing column.*province_id"):
        evaluate_folders(GOLD, tmp_path)


def test_a_forgotten_prefix_is_suggested(tmp_path: Path) -> None:
    write(tmp_path / "my_claims.csv", [claim()])
    with pytest.raises(UsageError, match=r"prefix of its tables: my_"):
        evaluate_folders(tmp_path, tmp_path)


BROKEN = [
    ("claims.csv", b"doc_id,province_id\nd,AF-GHA,more\n", r"claims\.csv: line 2 has more cells", "a comma"),
    ("claims.csv", b"doc_id\n\xff\xfe\n", r"claims\.csv: cannot be read as a UTF-8", "another encoding"),
    ("mentions.csv", b"doc_id,start,end,province_id\nd,1,x,AF-GHA\n", r"span '1' to 'x'", "no number"),
]


@pytest.mark.parametrize(("name", "data", "message", "why"), BROKEN)
def test_a_broken_table_is_refused(tmp_path: Path, name: str, data: bytes, message: str, why: str) -> None:
    write(tmp_path / "claims.csv", [claim()])
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError) as caught:
        evaluate_folders(tmp_path, tmp_path)
    assert re.search(message, str(caught.value)), why


# --- the tool beside the checkout -----------------------------------------------------------------------


def spoil(folder: Path, out: Path, prefix: str = "") -> None:
    """Copy hand-made tables with faults of every kind, the same ones every time."""
    other = {
        "claim_type": "media", "stance": "denied", "attribution_kind": "author", "year": "1999.0",
        "location_basis": "region", "group": "iskp", "province_id": "AF-ZAB", "doc_id": "unheard-of",
    }  # fmt: skip
    with (folder / f"{prefix}claims.csv").open(newline="", encoding="utf-8") as handle:
        rows = [row for number, row in enumerate(csv.DictReader(handle)) if number % 11]
    for place, (column, value) in enumerate(other.items()):
        for row in rows[place :: 3 * len(other)]:
            row[column] = value
    with (folder / f"{prefix}mentions.csv").open(newline="", encoding="utf-8") as handle:
        mentions = [row for number, row in enumerate(csv.DictReader(handle)) if number % 7]
    for row in mentions[::9]:
        row["province_id"] = "AF-ZAB"
    for row in mentions[::13]:
        row["start"], row["end"] = row["end"], str(int(row["end"]) + 2)
    write(out / "claims.csv", [*rows, *rows[:5]])
    write(out / "mentions.csv", [*mentions, *mentions[:5]])


@pytest.mark.parametrize(
    ("name", "prefix"), [("seeds", ""), ("english", ""), ("english_b", ""), ("", "seeds_")]
)
def test_scores_are_those_of_the_scoring_tool(shared: Path, tmp_path: Path, name: str, prefix: str) -> None:
    tool = shared / "tools" / "score.py"
    if not tool.is_file():
        pytest.skip("the scoring tool beside the checkout is not there")
    gold = shared / "gold" if prefix else GOLD.parent / name
    if not (gold / f"{prefix}claims.csv").is_file():
        pytest.skip("the gold tables beside the checkout are not there")
    spoil(gold, tmp_path, prefix)
    command = [sys.executable, str(tool), "--gold", str(gold), "--out", str(tmp_path), "--prefix", prefix]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours = evaluate_folders(gold, tmp_path, prefix=prefix)
    assert {part: ours[part] for part in ("claims", "mentions")} == theirs
    assert 0.0 < ours["claims"]["strict"]["f1"] < 1.0


# --- by what a claim is ---------------------------------------------------------------------------------


def test_parts_are_scored_apart() -> None:
    gold = [claim(), claim("AF-NUR", claim_type="media"), claim("AF-KAB", doc_id="e", stance="denied")]
    got = [
        claim(attribution_kind="author", year="2020"),
        claim("AF-NUR", claim_type="media"),
        claim("AF-ZAB"),
    ]
    parts = break_down(gold, got, {"d": "fa"})
    counts = ("gold", "found", "hits")
    assert [parts["type"]["presence"][key] for key in counts] == [2, 2, 1]
    assert [parts["type"]["media"][key] for key in counts] == [1, 1, 1]
    assert parts["type"]["presence"]["attribution_accuracy"] == 0.0
    assert parts["type"]["media"]["year_accuracy"] == 1.0
    assert parts["stance"]["denied"]["recall"] == 0.0
    assert parts["stance"]["denied"]["year_accuracy"] is None, (
        "nothing was matched, so nothing was dated wrongly"
    )
    assert [parts["attribution"]["un"][key] for key in counts] == [3, 2, 1], "the kind must be right as well"
    assert [parts["attribution"]["author"][key] for key in counts] == [0, 1, 0]
    assert [parts["language"]["fa"][key] for key in counts] == [2, 3, 2]
    assert [parts["language"]["not stated"][key] for key in counts] == [1, 0, 0]
    assert parts["phenomenon"] == {}


def test_phenomena_have_recall_only_and_areal_claims_count() -> None:
    gold = [
        claim(phenomenon="list"),
        claim("AF-NUR", phenomenon="list"),
        claim("AF-KAN", location_basis="direction", phenomenon="direction"),
        claim("AF-HEL", phenomenon=" "),
        claim("AF-KAB", group="iskp", phenomenon="other group"),
    ]
    got = [claim(), claim("AF-KAN", location_basis="region"), claim("AF-KAN"), claim("AF-ZAB")]
    assert break_down(gold, got, {})["phenomenon"] == {
        "direction": {"recall": 1.0, "gold": 1, "hits": 1, "missed": 0},
        "list": {"recall": 0.5, "gold": 2, "hits": 1, "missed": 1},
        "not stated": {"recall": 0.0, "gold": 1, "hits": 0, "missed": 1},
    }


def documents(languages: dict[str, str]) -> list[dict[str, str]]:
    blank = dict.fromkeys(DOCUMENT_COLUMNS, "")
    return [blank | {"doc_id": doc, "language": language} for doc, language in languages.items()]


def test_languages_come_from_the_gold_folder_and_else_from_the_run(tmp_path: Path) -> None:
    gold, out = tmp_path / "gold", tmp_path / "out"
    claims = [claim(doc_id=doc) for doc in "abc"]
    write(gold / "claims.csv", claims)
    write(out / "claims.csv", claims)
    assert set(evaluate_folders(gold, out)["breakdown"]["language"]) == {"not stated"}
    write(out / "documents.csv", documents({"a": "en", "b": "ps", "z": "en"}))
    scores = evaluate_folders(gold, out)
    assert set(scores["breakdown"]["language"]) == {"en", "ps", "not stated"}
    assert scores["documents"] == {"compared": 3, "not_read": ["c"]}
    write(gold / "sources.csv", [{"file": "a.txt", "language": "fa"}, {"file": "b.txt", "language": ""}])
    assert set(evaluate_folders(gold, out)["breakdown"]["language"]) == {"fa", "ps", "not stated"}


# --- confusion ------------------------------------------------------------------------------------------

CAMP = {"claim_type": "training_camp"}
CONFUSIONS = [
    ("type", [claim(**CAMP)], [claim()], ["training_camp presence instead 1"], "another type"),
    ("type", [claim(**CAMP)], [claim(**CAMP), claim()], ["training_camp presence beside 1"], "one too many"),
    ("type", [claim(**CAMP)], [claim("AF-NUR")], [], "another province is no confusion"),
    ("type", [claim(**CAMP)], [claim(doc_id="e")], [], "nor is another document"),
    ("type", [claim(**CAMP), claim()], [claim()], [], "nor is a claim that was only missed"),
    ("type", [claim(**CAMP)], [claim(group="iskp")], [], "nor is what another group has"),
    ("type", [claim(**CAMP)], [claim(location_basis="direction")], [], "nor is a direction"),
    ("type", [claim(**CAMP)], [claim(stance="denied", **CAMP)], [], "the type is right"),
    (
        "type",
        [claim(claim_type="media", snippet="a film was made"), claim(claim_type="finance", snippet="a mine")],
        [claim(sentence="So a mine is so."), claim(claim_type="madrasa", sentence="Here a film was made.")],
        ["finance presence instead 1", "media madrasa instead 1"],
        "the same sentence first",
    ),
    (
        "type",
        [claim(claim_type="finance"), claim(claim_type="media", stance="denied")],
        [claim(stance="denied")],
        ["media presence instead 1"],
        "then the same stance",
    ),
    ("stance", [claim(stance="denied")], [claim()], ["denied affirmed instead 1"], "another stance"),
    ("stance", [claim(stance="denied")], [claim(**CAMP)], [], "of another type"),
    ("attribution", [claim()], [claim(attribution_kind="")], ["un not stated instead 1"], "another origin"),
    ("attribution", [claim()], [claim(stance="denied", attribution_kind="media")], [], "of another stance"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "gold", "got", "expect", "why"), CONFUSIONS)
def test_confusions(
    question: str, gold: list[dict[str, str]], got: list[dict[str, str]], expect: list[str], why: str
) -> None:
    confused = find_confusions(gold, got)[question]["confused"]
    assert [f"{one['gold']} {one['found']} {one['how']} {one['claims']}" for one in confused] == expect, why


def test_what_is_right_is_counted_beside_the_confusions() -> None:
    gold = [claim(), claim("AF-NUR"), claim("AF-KAB", attribution_kind="taliban")]
    got = [claim(), claim("AF-NUR", attribution_kind="author"), claim("AF-KAB", attribution_kind="taliban")]
    found = find_confusions(gold, got)
    assert {name: part["right"] for name, part in found.items()} == {"type": 3, "stance": 3, "attribution": 2}


# --- errors and their reasons ---------------------------------------------------------------------------

MISSED = [
    ({}, [claim(location_basis="region")], "found, but placed by region", "areal claims are compared apart"),
    ({}, [claim(group="iskp")], "found, but for iskp", "taken for another group's"),
    ({}, [claim(stance="denied")], "found, but denied", "another stance"),
    ({}, [claim(**CAMP)], "found as training_camp", "another type"),
    ({}, [claim(location_basis="region", **CAMP)], "found as training_camp (by region)", "and another basis"),
    (
        {"snippet": "in Ghazni … and Nuristan"},
        [claim("AF-NUR", sentence="They are in Ghazni today and  Nuristan tomorrow.")],
        "its sentence gave claims for AF-NUR only",
        "a list that lost a part",
    ),
    ({}, [claim("AF-NUR")], "the place itself was not found", "no mention"),
    ({"province_id": "AF-KAB"}, [], "the place was found, but no claim for it", "a mention, no claim"),
    ({"location_basis": "region"}, [], "no claim found for this area", "nothing areal"),
    ({"doc_id": "e"}, [], "the run has not read this document", "not among the documents"),
]


@pytest.mark.parametrize(("changes", "got", "reason", "why"), MISSED)
def test_a_missed_claim_has_its_reason(
    tmp_path: Path, changes: dict[str, str], got: list[dict[str, str]], reason: str, why: str
) -> None:
    gold, out = tmp_path / "gold", tmp_path / "out"
    write(gold / "claims.csv", [claim(**{"snippet": "some words"} | changes)])
    write(out / "claims.csv", [{"sentence": "", **row} for row in got], [*claim(), "sentence"])
    write(out / "mentions.csv", [mention(0, 5, "AF-KAB")])
    write(out / "documents.csv", documents({"d": "en"}))
    assert [row["reason"] for row in evaluate_folders(gold, out)["errors"]["claims missed"]] == [reason], why


EXTRA = [
    ([claim(group="iskp")], "gold has it for iskp", "another group's claim taken for al-Qaeda's"),
    ([claim(location_basis="direction")], "gold places it by direction", "a direction drawn as a province"),
    ([claim(stance="uncertain"), claim(stance="denied")], "gold has it denied, uncertain", "another stance"),
    ([claim(**CAMP)], "gold has training_camp", "another type"),
    ([claim("AF-NUR", snippet="They live here.")], "gold has this sentence for AF-NUR only", "a wrong place"),
    ([claim("AF-NUR", snippet="Elsewhere.")], "gold has no claim for this place", "nothing near"),
    ([claim(claim_type="")], "gold has no claim in this document", "a text without claims"),
]


@pytest.mark.parametrize(("gold_rows", "reason", "why"), EXTRA)
def test_an_extra_claim_has_its_reason(
    tmp_path: Path, gold_rows: list[dict[str, str]], reason: str, why: str
) -> None:
    gold, out = tmp_path / "gold", tmp_path / "out"
    write(gold / "claims.csv", [{"snippet": "", **row} for row in gold_rows], [*claim(), "snippet"])
    write(out / "claims.csv", [claim(sentence="They live here.", claim_id="abc")])
    (row,) = evaluate_folders(gold, out)["errors"]["claims extra"]
    assert row["reason"] == reason, why
    assert (row["claim_id"], row["snippet"]) == ("abc", "They live here.")


def compare(tmp_path: Path, gold: dict[str, str], got: dict[str, str]) -> dict[str, Any]:
    write(tmp_path / "gold" / "claims.csv", [gold])
    write(tmp_path / "out" / "claims.csv", [got])
    return evaluate_folders(tmp_path / "gold", tmp_path / "out")


def test_wrong_credit_and_wrong_date_are_listed_with_both_sides(tmp_path: Path) -> None:
    gold = claim(attributed_to="a UN report", phenomenon="list", snippet="in Ghazni")
    got = claim(attribution_kind="author", year="2022.0", year_basis="published", claim_id="abc")
    errors = compare(tmp_path, gold, got)["errors"]
    (credit,), (date,) = errors["claims wrongly attributed"], errors["claims wrongly dated"]
    assert credit["reason"] == "gold un (a UN report), found author"
    assert date["reason"] == "gold 2021, found 2022 (published)"
    assert date["claim_id"] == "abc"
    assert (date["snippet"], date["phenomenon"]) == ("in Ghazni", "list")
    assert errors["claims missed"] == errors["claims extra"] == []


def test_a_long_sentence_is_cut_to_what_is_around_its_place(tmp_path: Path) -> None:
    sentence = "before " * 60 + "Ghazni" + " after" * 60
    place = {"start": "1000", "mention_start": str(1000 + sentence.index("Ghazni"))}
    (row,) = compare(tmp_path, claim("AF-NUR"), claim(sentence=sentence, **place))["errors"]["claims extra"]
    assert "Ghazni" in row["snippet"]
    assert len(row["snippet"]) <= 202
    assert row["snippet"][0] == row["snippet"][-1] == "…"


def test_a_mention_of_another_province_says_which(tmp_path: Path) -> None:
    for side, rows in (("gold", [mention(0, 6)]), ("out", [mention(3, 9, "AF-KAB"), mention(20, 26)])):
        write(tmp_path / side / "claims.csv", [claim()])
        write(tmp_path / side / "mentions.csv", rows)
    errors = evaluate_folders(tmp_path / "gold", tmp_path / "out")["errors"]
    assert [row["reason"] for row in errors["mentions missed"]] == ["found as AF-KAB"]
    assert [row["reason"] for row in errors["mentions extra"]] == ["gold has AF-GHA", ""]


# --- what is shown --------------------------------------------------------------------------------------


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    spoil(ENGLISH, tmp_path)
    return tmp_path


def evaluate(*options: str, out: Path, gold: Path = ENGLISH) -> int:
    return main(["evaluate", "--gold", str(gold), "--out", str(out), *options])


def test_text_has_every_part_and_lists_errors_only_when_asked(
    spoiled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(out=spoiled) == 0
    brief = capsys.readouterr().out
    headings = [line for line in brief.splitlines() if line and not line.startswith(" ")]
    assert headings == [
        "Scores", "By claim type (strict)", "By stance (strict)", "By attribution kind (strict)",
        "By document language (strict)", "By phenomenon (recall, areal claims among them)",
        "Confused: claim type", "Confused: stance", "Confused: attribution kind", "Errors",
    ]  # fmt: skip
    assert evaluate("--errors", "2", out=spoiled) == 0
    some = capsys.readouterr().out
    assert evaluate("--errors", "all", out=spoiled) == 0
    everything = capsys.readouterr().out
    errors = evaluate_folders(ENGLISH, spoiled)["errors"]
    assert all(errors.values()), "the spoiled tables have errors of every kind"
    for name, rows in errors.items():
        assert f"{name[0].upper()}{name[1:]} ({len(rows)})" in some
        assert f"and {len(rows) - 2} more" in some
    reasons = [f": {row['reason']}" for name, rows in errors.items() if "claims" in name for row in rows]
    assert all(reason in everything for reason in reasons)
    assert len(brief) < len(some) < len(everything)


def test_json_is_json_and_holds_as_many_errors_as_asked(
    spoiled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = evaluate_folders(ENGLISH, spoiled)
    for limit, most in (("0", 0), ("3", 3), ("all", None)):
        file = spoiled / "scores.json"
        assert evaluate("--format", "json", "--errors", limit, "--json", str(file), out=spoiled) == 0
        shown = json.loads(capsys.readouterr().out)
        assert shown["errors"] == {name: rows[:most] for name, rows in scores["errors"].items()}
        assert {**shown, "errors": scores["errors"]} == scores
        assert json.loads(file.read_text(encoding="utf-8")) == scores


def test_markdown_reads_no_cell_as_markup(tmp_path: Path) -> None:
    trap = "a|b <img src=x> [x](y) `c` *d* _e_ \\"
    scores = compare(tmp_path, claim(snippet=trap, phenomenon="x|y"), claim("AF-KAB"))
    shown = format_scores(scores, kind="markdown", errors=None)
    tables = [part.splitlines() for part in shown.split("\n\n") if part.startswith("|")]
    assert tables
    for table in tables:
        assert len({line.replace("\\|", "").count("|") for line in table}) == 1, "as many cells in every row"
    assert r"a\|b &lt;img src=x&gt; \[x\](y) \`c\` \*d\* \_e\_ \\" in shown
    assert "| AF-GHA |" in shown
    assert claim(**CAMP)["claim_type"] in format_scores(
        compare(tmp_path, claim(**CAMP), claim()), kind="markdown"
    ), "an underscore inside a word stays"


def test_nothing_in_a_table_commands_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    compare(tmp_path, claim(doc_id="d\x1b[2Jx", snippet="red \x1b[31m and \u202e turned"), claim("AF-KAB"))
    for kind in ("text", "markdown", "json"):
        assert (
            evaluate("--errors", "all", "--format", kind, gold=tmp_path / "gold", out=tmp_path / "out") == 0
        )
        shown = capsys.readouterr().out
        assert "turned" in shown
        assert not {"\x1b", "\u202e"} & set(shown), kind


@pytest.mark.parametrize(("text", "expect"), [("0", 0), ("12", 12), ("all", None)])
def test_a_limit_is_a_number_or_all(text: str, expect: int | None) -> None:
    assert parse_limit(text) == expect


@pytest.mark.parametrize("text", ["-1", "some", "", "1.5"])
def test_any_other_limit_is_a_wrong_command(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(f"--errors={text}", out=GOLD) == 2
    assert "expected a whole number from 0 on, or all" in capsys.readouterr().err


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="expected one of text, json, markdown"):
        format_scores({}, kind="html")


def test_documents_that_the_run_has_not_read_are_named(tmp_path: Path) -> None:
    write(tmp_path / "out" / "documents.csv", documents({"z": "en"}))
    scores = compare(tmp_path, claim(), claim(doc_id="z"))
    assert "1 of them the run has not read: d" in format_scores(scores)
