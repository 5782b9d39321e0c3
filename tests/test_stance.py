from __future__ import annotations

import pytest
from claims_helper import find_claims

AFFIRMED = [
    "Al-Qaeda has training camps in {}.",
    "Al-Qaeda still runs training camps in {}.",
    "No doubt al-Qaeda has training camps in {}.",
    "Not only does al-Qaeda have training camps in {}, it also recruits abroad.",
    "It is true that al-Qaeda has training camps in {}.",
]
DENIED = [
    "Al-Qaeda has no training camps in {}.",
    "Al-Qaeda does not have training camps in {}.",
    "There are no al-Qaeda training camps in {}.",
    "There is no sign of al-Qaeda training camps in {}.",
    "Officials denied that al-Qaeda has training camps in {}.",
    "They found no evidence that al-Qaeda has training camps in {}.",
    "Al-Qaeda no longer has training camps in {}.",
    "Al-Qaeda never had training camps in {}.",
]
UNCERTAIN = [
    "Al-Qaeda may have training camps in {}.",
    "Al-Qaeda possibly has training camps in {}.",
    "Al-Qaeda allegedly has training camps in {}.",
    "Al-Qaeda is believed to have training camps in {}.",
    "Unconfirmed reports speak of al-Qaeda training camps in {}.",
    "Al-Qaeda reportedly has, though this could not be verified, training camps in {}.",
]
NOTHING = [
    "Does al-Qaeda have training camps in {}?",
    "If al-Qaeda had training camps in {}, drones would find them.",
    "Al-Qaeda wants to open training camps in {}.",
    "The Taliban promised to prevent al-Qaeda from opening training camps in {}.",
    "Al-Qaeda could again open training camps in {}.",
    "Al-Qaeda will never open training camps in {}.",
]
ALL = [
    (text, stance)
    for texts, stance in ((AFFIRMED, "affirmed"), (DENIED, "denied"), (UNCERTAIN, "uncertain"), (NOTHING, ""))
    for text in texts
]


@pytest.mark.parametrize(("text", "stance"), ALL, ids=[text for text, _ in ALL])
def test_one_place(text: str, stance: str) -> None:
    found = [
        (claim.province_id, claim.claim_type, claim.stance) for claim in find_claims(text.format("Paktika"))
    ]
    assert found == ([("AF-PKA", "training_camp", stance)] if stance else [])


@pytest.mark.parametrize(("text", "stance"), ALL, ids=[text for text, _ in ALL])
def test_a_list_has_one_stance(text: str, stance: str) -> None:
    found = {
        claim.province_id: claim.stance for claim in find_claims(text.format("Paktika, Ghazni and Kunar"))
    }
    assert found == (dict.fromkeys(("AF-PKA", "AF-GHA", "AF-KNR"), stance) if stance else {})


@pytest.mark.parametrize("other", [*DENIED, *UNCERTAIN, *NOTHING])
def test_cues_do_not_reach_the_next_sentence(other: str) -> None:
    text = other.format("Paktika") + " Al-Qaeda has a madrasa in Kunar."
    last = find_claims(text)[-1]
    assert (last.province_id, last.claim_type, last.stance) == ("AF-KNR", "madrasa", "affirmed")


def test_the_cue_is_in_the_reason() -> None:
    (claim,) = find_claims("Al-Qaeda may have training camps in Paktika.")
    assert "stance uncertain (“may" in claim.reason
