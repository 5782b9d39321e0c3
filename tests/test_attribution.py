from __future__ import annotations

import pytest
from claims_helper import find_claims

from geo.model import Claim

CAMP = "al-Qaeda has a training camp in Ghazni"


def credited(text: str, published: str = "") -> Claim:
    (claim,) = find_claims(text, published)
    assert (claim.province_id, claim.claim_type, claim.stance) == ("AF-GHA", "training_camp", "affirmed")
    return claim


@pytest.mark.parametrize(
    "verb", ["said", "says", "reported", "claimed", "warned", "stated", "confirmed", "revealed"]
)
@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("The United Nations", "un"),
        ("The Afghan defence ministry", "government"),
        ("The Pentagon", "government"),
        ("A Taliban spokesman", "taliban"),
        ("Analysts", "analyst"),
        ("Local residents", "anonymous"),
        ("The BBC", "media"),
    ],
)
def test_subject_of_a_verb_of_saying(source: str, kind: str, verb: str) -> None:
    claim = credited(f"{source} {verb} that {CAMP}.")
    assert claim.attribution_kind == kind
    assert claim.attributed_to and claim.attributed_to in source


@pytest.mark.parametrize(
    "frame",
    [
        "According to {source}, {camp}.",
        "{camp}, according to {source}.",
        "{camp}, {source} said.",
        "“{camp},” said {source}.",
        "{source}: {camp}",
    ],
)
def test_places_of_a_source(frame: str) -> None:
    claim = credited(frame.format(source="UN monitors", camp=CAMP[0].upper() + CAMP[1:]))
    assert (claim.attribution_kind, claim.attributed_to) == ("un", "UN monitors")


def test_the_document_itself() -> None:
    claim = credited(f"{CAMP}.")
    assert (claim.attribution_kind, claim.attributed_to, claim.relay) == ("author", "", "")


def test_the_relay_is_kept_beside_the_origin() -> None:
    claim = credited(f"A Taliban commander told Reuters that {CAMP}.")
    assert (claim.attribution_kind, claim.relay) == ("taliban", "Reuters")


def test_a_paper_that_cites_a_report_is_the_relay() -> None:
    claim = credited(f"The Washington Post, citing a United Nations report, said {CAMP}.")
    assert claim.attribution_kind == "un" and "Washington Post" in claim.relay


def test_a_described_name_speaks_later() -> None:
    text = f"Nabi Karimi, a researcher, travelled for years. It rained. Karimi said {CAMP}."
    assert credited(text).attribution_kind == "analyst"


@pytest.mark.parametrize("pronoun", ["He", "She"])
def test_a_pronoun_speaks_for_the_last_source(pronoun: str) -> None:
    text = f"A Taliban commander said winter was hard. {pronoun} said {CAMP}."
    assert credited(text).attribution_kind == "taliban"


@pytest.mark.parametrize(
    ("published", "kind"),
    [
        ("2019-06", "government"),
        ("2021-07-01", "government"),
        ("2021-09", "taliban"),
        ("2023", "taliban"),
        ("", "government"),
    ],
)
def test_offices_belong_to_whoever_rules(published: str, kind: str) -> None:
    assert credited(f"The governor of Paktika said {CAMP}.", published).attribution_kind == kind


def test_a_source_stays_with_its_own_paragraph() -> None:
    text = f"The Pentagon said it had bombed a bridge.\n\nRain fell for days.\n\n{CAMP[0].upper()}{CAMP[1:]}."
    assert credited(text).attribution_kind == "author"


def test_a_quotation_over_two_sentences_has_one_speaker() -> None:
    text = f"“Nobody sleeps here,” a Taliban commander said. “{CAMP[0].upper()}{CAMP[1:]}.”"
    assert credited(text).attribution_kind == "taliban"


def test_opposite_speakers_give_two_rows() -> None:
    text = f"The UN said that {CAMP}. The Taliban denied that {CAMP}."
    rows = [(claim.stance, claim.attribution_kind) for claim in find_claims(text)]
    assert rows == [("affirmed", "un"), ("denied", "taliban")]
    assert len({claim.claim_id for claim in find_claims(text)}) == 2


@pytest.mark.parametrize(
    ("source", "kind", "why"),
    [
        ("police colonel Abdul Razaq", "government", "the name belongs to the office"),
        ("Colonel Jane Smith", "government", "a rank and a name"),
        ("Lt. Col. Jane Smith", "government", "the dots of titles end nothing"),
        ("Brig. Gen. Carsten Jacobson", "government", "two titles"),
        ("Sen. Carl Levin", "government", "a title that stands nowhere else"),
        ("security expert Bill Roggio", "analyst", "an expert is worth his name"),
    ],
)
@pytest.mark.parametrize("frame", ["{source} said that {camp}.", "{camp}, said {source}."])
def test_the_name_is_part_of_the_source(frame: str, source: str, kind: str, why: str) -> None:
    claim = credited(frame.format(source=source, camp=CAMP), "2015-03-01")
    assert (claim.attribution_kind, claim.attributed_to) == (kind, source), why


def test_evidence_is_the_text_as_printed() -> None:
    text = f"It was quiet. {CAMP}, said Maj. Gen. John Campbell on Monday."
    claim = credited(text)
    assert claim.sentence == text[claim.start : claim.end]
    assert "Maj. Gen. John Campbell" in claim.sentence
