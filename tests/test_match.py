from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.gazetteer import load_gazetteer
from geo.match import find_mentions
from geo.model import Document, Mention
from geo.normalise import fold

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "seeds_mentions.csv"
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "mentions.yml").read_text(encoding="utf-8"))
GAZETTEER = load_gazetteer()


def find(text: str) -> tuple[Mention, ...]:
    return find_mentions(Document("d", text), GAZETTEER)


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case['why']}" for i, case in enumerate(CASES)])
def test_cases(case: dict[str, object]) -> None:
    found = find(str(case["text"]))
    assert [[m.surface, m.province_id or m.place_id] for m in found] == case["expect"], case["why"]


def test_cases_are_many_and_mixed() -> None:
    refused = [case for case in CASES if not case["expect"]]
    assert len(CASES) >= 150 and len(refused) >= 60
    assert all(case["why"] for case in CASES)


def test_seeds_against_gold() -> None:
    if not GOLD.exists():
        pytest.skip("the gold table of the seeds is not beside this checkout")
    with GOLD.open(newline="", encoding="utf-8") as handle:
        gold = [row for row in csv.DictReader(handle) if row["province_id"].startswith("AF-")]
    wanted = {(row["doc_id"], int(row["start"]), int(row["end"]), row["province_id"]) for row in gold}
    found = set()
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        text = path.read_bytes().decode("utf-8-sig")
        mentions = find_mentions(Document(path.stem, text), GAZETTEER)
        found |= {(path.stem, m.start, m.end, m.province_id) for m in mentions if m.province_id}
    hits = len(wanted & found)
    assert 2 * hits / (len(wanted) + len(found)) >= 0.99, (wanted - found, found - wanted)


def test_a_mention_carries_place_basis_and_reason() -> None:
    named, place, region, direction = find(
        "Afghan forces in Konar and Marjah; Loya Paktia; eastern Afghanistan."
    )
    assert (named.basis, named.place_id, named.place_name, named.script) == (
        "named",
        "AF-KNR",
        "Kunar",
        "Latn",
    )
    assert named.provinces == ("AF-KNR",) and "Konar" in named.reason and "weak" in named.reason
    assert (place.basis, place.province_id, place.place_id) == ("place", "AF-HEL", "AFP:marjah")
    assert (region.basis, region.province_id, len(region.provinces)) == ("region", "", 3)
    assert (direction.basis, direction.province_id, len(direction.provinces)) == ("direction", "", 4)


def test_given_hits_are_used_and_foreign_indexes_ignored() -> None:
    text = "A raid in Ghazni, Afghanistan"
    hits = GAZETTEER.scan(fold(text))
    beyond = hits[0]._replace(phrase=len(GAZETTEER.phrases) + 5)
    document = Document("d", text)
    assert find_mentions(document, GAZETTEER, hits=[beyond, *hits]) == find_mentions(document, GAZETTEER)
    assert find_mentions(document, GAZETTEER, hits=[]) == ()


def test_weak_names_wait_for_an_afghan_text() -> None:
    assert find("Clashes in Khost and Takhar") == ()
    assert [m.surface for m in find("Clashes in Khost and Takhar, Afghanistan")] == ["Khost", "Takhar"]


def test_many_names_and_long_blanks_end() -> None:
    assert len(find("Kandahar Paktika " * 5_000)) == 10_000
    assert find(" " * 100_000 + "?" * 100_000) == ()


NAMES = st.sampled_from(
    ["Kandahar", "Farah", "Sar-e Pul", "ننگرهار", "Гильменд", "eastern Afghanistan", "Khost"]
)
PIECES = st.one_of(
    NAMES, st.text(max_size=12), st.sampled_from([" ", ", ", "\n\n", "\u200c", "\u0301", " and "])
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_spans_hold_for_any_text(text: str) -> None:
    end = 0
    for mention in find(text):
        assert mention.start >= end and mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface != ""
        end = mention.end


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_a_strong_name_on_its_own_line_is_always_found(before: str, after: str) -> None:
    text = f"{before}\n\nKandahar\n\n{after}"
    at = len(before) + 2
    assert (at, at + 8) in {(m.start, m.end) for m in find(text)}
