"""Scores against small tables whose right scores can be counted by hand, and against the seeds' own gold."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geo.errors import ReadError, UsageError
from geo.evaluate import evaluate_folders, score_claims, score_mentions

GOLD = Path(__file__).parent / "gold" / "seeds"


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
    assert all(score["f1"] == 1.0 for part in scores["breakdown"].values() for score in part.values())


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
