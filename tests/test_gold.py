"""A guard against falling back: the floors lie a little below what the engine reached when they were set.

They say nothing of how good the engine is on texts it has not seen. Raise
them when it gets better; lower one only with a reason in the change log.
The texts of `gold/english` are parted into odd and even numbers so that what
was tuned on the first half can be told from what holds on the second.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from claims_helper import analyse

from geo.evaluate import score_claims, score_mentions
from geo.model import Document

GOLD = Path(__file__).parent / "gold" / "english"
FIELDS = ("publisher", "title", "author", "published", "url", "language")
FLOORS = {
    "odd": {"strict": 0.89, "loose": 0.94, "areal": 0.4, "attribution": 0.84, "year": 0.90, "mentions": 0.96},
    "even": {
        "strict": 0.87,
        "loose": 0.91,
        "areal": 0.75,
        "attribution": 0.94,
        "year": 0.88,
        "mentions": 0.96,
    },
    "seeds": {
        "strict": 0.97,
        "loose": 0.99,
        "areal": 0.95,
        "attribution": 0.98,
        "year": 0.98,
        "mentions": 0.99,
    },
}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as handle:
        return list(csv.DictReader(handle))


def run(folder: Path, stems: Iterable[str]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Claims and mentions of the texts of a folder, as rows of strings."""
    sources = {row["file"]: row for row in read_rows(folder / "sources.csv")}
    claims: list[dict[str, str]] = []
    mentions: list[dict[str, str]] = []
    for stem in stems:
        text = (folder / f"{stem}.txt").read_bytes().decode("utf-8-sig")
        metadata = {name: sources.get(f"{stem}.txt", {}).get(name) or "" for name in FIELDS}
        found, made = analyse(Document(stem, text, **metadata))
        mentions += [
            to_row(mention, ("doc_id", "start", "end", "surface", "province_id")) for mention in found
        ]
        names = (
            "doc_id",
            "province_id",
            "claim_type",
            "group",
            "stance",
            "location_basis",
            "attribution_kind",
            "year",
        )
        claims += [to_row(claim, names) for claim in made]
    return claims, mentions


def to_row(record: object, names: Iterable[str]) -> dict[str, str]:
    values = {name: getattr(record, name) for name in names}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def measure(gold: Path, prefix: str, texts: Path, stems: set[str]) -> dict[str, float]:
    wanted = [
        row for row in read_rows(gold / f"{prefix}claims.csv") if row["doc_id"] in stems and row["claim_type"]
    ]
    named = [row for row in read_rows(gold / f"{prefix}mentions.csv") if row["doc_id"] in stems]
    claims, mentions = run(texts, sorted(stems))
    scores: dict[str, Any] = score_claims(wanted, claims)
    scores["mentions"] = score_mentions(named, mentions)[0]
    return {name: score.get("f1", score.get("accuracy")) for name, score in scores.items()}


def below(scores: dict[str, float], part: str) -> dict[str, tuple[float, float]]:
    return {name: (scores[name], floor) for name, floor in FLOORS[part].items() if scores[name] < floor}


@pytest.mark.parametrize(("part", "remainder"), [("odd", 1), ("even", 0)])
def test_english_texts_stay_above_their_floor(part: str, remainder: int) -> None:
    stems = {
        stem
        for stem in (GOLD / "docs.txt").read_text(encoding="utf-8").split()
        if int(stem[-3:]) % 2 == remainder
    }
    assert len(stems) >= 20
    assert below(measure(GOLD, "", GOLD, stems), part) == {}


def test_seeds_stay_above_their_floor(seeds: Path, shared: Path) -> None:
    gold = shared / "gold"
    if not (gold / "seeds_claims.csv").is_file():
        pytest.skip("the gold table of the seeds is not beside this checkout")
    assert below(measure(gold, "seeds_", seeds, {path.stem for path in seeds.glob("*.txt")}), "seeds") == {}


def test_gold_is_sound() -> None:
    stems = set((GOLD / "docs.txt").read_text(encoding="utf-8").split())
    texts = {stem: (GOLD / f"{stem}.txt").read_bytes().decode("utf-8-sig") for stem in stems}
    assert {row["doc_id"] for row in read_rows(GOLD / "claims.csv")} <= stems
    for row in read_rows(GOLD / "mentions.csv"):
        assert texts[row["doc_id"]][int(row["start"]) : int(row["end"])] == row["surface"], row
    for row in read_rows(GOLD / "claims.csv"):
        words = [part.strip() for part in row["snippet"].split("…")]
        assert all(part in texts[row["doc_id"]] for part in words), row


def test_every_set_lists_its_texts() -> None:
    """A text without a claim that is not listed would not count, and precision would look too good."""
    sets = [table.parent for table in GOLD.parent.glob("*/claims.csv") if list(table.parent.glob("*_0*.txt"))]
    assert len(sets) >= 20
    for folder in sets:
        stems = {path.stem for path in folder.glob("*.txt")} - {"docs"}
        assert set((folder / "docs.txt").read_text(encoding="utf-8").split()) == stems, folder.name


def test_texts_without_claims_are_among_the_gold() -> None:
    stems = set((GOLD / "docs.txt").read_text(encoding="utf-8").split())
    with_claims = {
        row["doc_id"] for row in read_rows(GOLD / "claims.csv") if row["group"] in ("al-qaeda", "aqis")
    }
    assert len(stems - with_claims) >= 3
