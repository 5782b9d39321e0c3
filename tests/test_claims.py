from __future__ import annotations

from typing import Any

import pytest
from claims_helper import (
    CASES,
    analyse,
    claims_of_case,
    describe,
    differences,
    find_claims,
    is_well_formed,
    load_cases,
    mapped_claims,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.model import Document
from geo.schema import CLAIM_TYPES, PROVINCE_IDS, STANCES

PHENOMENA = sorted(path.stem for path in CASES.glob("*.yml") if path.stem != "known_gaps")
ALL = [(name, number, case) for name in PHENOMENA for number, case in enumerate(load_cases(name))]
GAPS = load_cases("known_gaps")


def faults_of(case: dict[str, Any]) -> list[str]:
    return differences(case["expect"], claims_of_case(case))


@pytest.mark.parametrize(
    "case", [case for *_, case in ALL], ids=[f"{name}-{number}-{case['why']}" for name, number, case in ALL]
)
def test_cases(case: dict[str, Any]) -> None:
    assert faults_of(case) == [], case["why"]


@pytest.mark.parametrize("case", GAPS, ids=[f"{number}-{case['why']}" for number, case in enumerate(GAPS)])
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="a known gap: move the case when it is mended")
def test_known_gaps(case: dict[str, Any]) -> None:
    assert faults_of(case) == [], case["gap"]


def test_no_phenomenon_is_without_cases() -> None:
    required = {"discourse", "lists", "kinds", "stance", "attribution", "time", "nonclaims", "areal"}
    assert required <= set(PHENOMENA)


@pytest.mark.parametrize("name", PHENOMENA)
def test_cases_are_many_and_mixed(name: str) -> None:
    cases = load_cases(name)
    assert len(cases) >= 12
    assert all(case.keys() <= {"text", "published", "expect", "why"} and case["why"] for case in cases)
    assert len({(case["text"], case.get("published")) for case in cases}) == len(cases)


@pytest.mark.parametrize("name", [*PHENOMENA, "known_gaps"])
def test_expected_lines_use_the_contracts_words(name: str) -> None:
    for line in (line for case in load_cases(name) for line in case["expect"]):
        province, claim_type, stance = line.split()[:3]
        assert province in (*PROVINCE_IDS, "-") and claim_type in CLAIM_TYPES and stance in STANCES
        assert is_well_formed(line), line


def test_known_gaps_say_what_goes_wrong() -> None:
    assert all(case.keys() >= {"text", "expect", "why", "gap"} for case in GAPS)


PIECES = st.one_of(
    st.sampled_from([case["text"] for *_, case in ALL]),
    st.sampled_from(
        [
            "Al-Qaeda ",
            "AQIS ",
            "the group ",
            "its camps ",
            "in Ghazni, ",
            "Loya Paktia",
            "eastern Afghanistan",
            "said ",
            "UN report ",
            "denied that ",
            "may ",
            "was killed ",
            "in 2015",
            "last month",
            "(",
            ")",
            "“",
            "”",
            ". ",
            "? ",
            "\n",
            "\n\n- ",
            "\r\n",
            "\u200c",
            "\u0301",
            "\U0001f600",
            "\u202e",
            ": ",
            "; ",
            "that province ",
        ]
    ),
    st.text(max_size=8),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["", "2023", "2023-01", "2023-01-25"]))
def test_spans_and_values_hold_for_any_text(text: str, published: str) -> None:
    _, claims = analyse(Document("d", text, published=published))
    for claim in claims:
        assert text[claim.start : claim.end] == claim.sentence != ""
        assert 0 <= claim.mention_start < claim.mention_end <= len(text)
        assert 0 <= claim.trigger_start < claim.trigger_end <= len(text)
        assert text[claim.trigger_start : claim.trigger_end] == claim.trigger
        assert bool(claim.province_id) == (claim.location_basis != "country")
        assert (claim.year is None) == (claim.year_basis == "unknown")
        assert (claim.attributed_to == "") == (claim.attribution_kind == "author")
        if claim.location_basis in ("place", "region", "direction"):
            assert claim.place_name == text[claim.mention_start : claim.mention_end]


@settings(max_examples=25, deadline=None)
@given(st.lists(PIECES, max_size=6).map("".join))
def test_two_runs_agree_and_ids_are_the_texts_own(text: str) -> None:
    first, second = find_claims(text), find_claims(text)
    assert first == second
    renamed = analyse(Document("other name", text, publisher="Another Paper", url="https://example.org/a"))[1]
    assert [claim.claim_id for claim in renamed] == [claim.claim_id for claim in first]


def test_claim_ids_do_not_depend_on_other_documents() -> None:
    texts = [case["text"] for *_, case in ALL]
    forwards = {text: [claim.claim_id for claim in find_claims(text)] for text in texts}
    backwards = {text: [claim.claim_id for claim in find_claims(text)] for text in reversed(texts)}
    assert forwards == backwards


def test_claim_ids_are_short_hexadecimal_and_depend_on_the_text() -> None:
    text = "Al-Qaeda runs training camps in Ghazni and Zabul."
    ghazni, zabul = find_claims(text)
    assert ghazni.claim_id != zabul.claim_id
    assert len(ghazni.claim_id) == 16 and int(ghazni.claim_id, 16) >= 0
    assert {claim.claim_id for claim in find_claims(text + " ")}.isdisjoint({ghazni.claim_id, zabul.claim_id})


def test_a_claim_carries_its_reason() -> None:
    text = "The UN said in 2023 that al-Qaeda ran three training camps in Ghazni."
    (claim,) = find_claims(text, "2024-02")
    assert describe(claim) == "AF-GHA training_camp affirmed un 2023 named al-qaeda"
    assert (claim.year_basis, claim.group_mention) == ("stated", "al-Qaeda")
    assert text[claim.mention_start : claim.mention_end] == "Ghazni"
    for words in ("training camp", "al-Qaeda", "affirmed", "un", "date"):
        assert words in claim.reason


def test_claims_come_in_the_order_of_the_text() -> None:
    text = (
        "Al-Qaeda has a madrasa in Kunar. It has a guest house in Kabul. It has fighters in Zabul and Ghazni."
    )
    claims = find_claims(text)
    assert [claim.province_id for claim in claims] == ["AF-KNR", "AF-KAB", "AF-ZAB", "AF-GHA"]


def test_texts_without_al_qaeda_have_no_claims() -> None:
    assert find_claims("The Haqqani network runs training camps in Khost and safe houses in Kabul.") == ()
    assert find_claims("") == find_claims("\n\n") == ()


def test_an_input_is_not_changed() -> None:
    document = Document("d", "Al-Qaeda has fighters in Kunar.", published="2023")
    copy = Document("d", "Al-Qaeda has fighters in Kunar.", published="2023")
    analyse(document)
    assert document == copy


LONG = {
    "blanks": " " * 100_000,
    "marks": "?" * 100_000,
    "spaced marks": "? " * 50_000,
    "provinces": "Ghazni " * 15_000,
    "listed provinces": "Ghazni, " * 15_000,
    "line breaks": "\n" * 100_000,
    "brackets": "(" * 100_000,
    "one word": "a" * 100_000,
    "sites": "training camps " * 7_000,
    # In one sentence these cost more than their length so far, hence the smaller numbers.
    "groups": "al-Qaeda " * 1_000,
    "verbs": "said " * 2_000,
    "years": "in 2015 " * 2_000,
    "clauses": "al-Qaeda has camps in Kunar and " * 80,
}


@pytest.mark.parametrize("long", LONG.values(), ids=LONG)
def test_long_runs_end_and_hide_nothing(long: str) -> None:
    claims = mapped_claims(
        f"Al-Qaeda has a training camp in Kunar.\n\n{long}\n\nAl-Qaeda has a madrasa in Nuristan."
    )
    found = [describe(claim) for claim in claims]
    assert found[0].startswith("AF-KNR training_camp affirmed")
    assert found[-1].startswith("AF-NUR madrasa affirmed")
