from __future__ import annotations

import pytest
from claims_helper import mapped_claims

from geo.claims import load_lexicon

SITES = {
    "training_camp": ["training camp", "training camps", "terrorist training camp", "training school"],
    "safe_house": ["safe house", "safe houses", "guest house", "guesthouse", "hideout"],
    "weapons_depot": ["weapons depot", "arms cache", "ammunition depot", "weapons caches"],
    "madrasa": ["madrasa", "madrassas", "religious school", "seminary"],
    "media": ["media wing", "media office", "propaganda office"],
    "presence": ["cell", "cells", "foothold", "stronghold"],
}
FRAMES = [
    "Al-Qaeda has a {} in Paktika.",
    "In Paktika, al-Qaeda has a {}.",
    "A {} of al-Qaeda is in Paktika.",
    "Al-Qaeda maintains a {} in the province of Paktika.",
]
PAIRS = [(claim_type, phrase) for claim_type, phrases in SITES.items() for phrase in phrases]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("claim_type", "phrase"), PAIRS)
def test_each_site_in_each_frame(claim_type: str, phrase: str, frame: str) -> None:
    found = [(claim.province_id, claim.claim_type) for claim in mapped_claims(frame.format(phrase))]
    assert found == [("AF-PKA", claim_type)]


@pytest.mark.parametrize(
    "verb", ["operates", "is active", "recruits", "trains", "is hiding", "is based", "lives", "gathered"]
)
def test_verbs_of_presence(verb: str) -> None:
    (claim,) = mapped_claims(f"Al-Qaeda {verb} in Paktika.")
    assert (claim.province_id, claim.claim_type, claim.stance) == ("AF-PKA", "presence", "affirmed")


@pytest.mark.parametrize("verb", ["killed", "captured", "arrested", "detained"])
@pytest.mark.parametrize(
    "frame",
    [
        "An al-Qaeda commander was {} in Paktika.",
        "Afghan forces {} an al-Qaeda commander in Paktika.",
        "In Paktika, troops {} two members of al-Qaeda.",
    ],
)
def test_operations(verb: str, frame: str) -> None:
    (claim,) = mapped_claims(frame.format(verb))
    assert (claim.province_id, claim.claim_type) == ("AF-PKA", "operation")


@pytest.mark.parametrize("post", ["governor", "intelligence chief", "deputy governor"])
def test_posts(post: str) -> None:
    (claim,) = mapped_claims(f"The {post} of Paktika is a member of al-Qaeda.")
    assert (claim.province_id, claim.claim_type) == ("AF-PKA", "official_post")


@pytest.mark.parametrize(
    "text",
    [
        "Al-Qaeda earns money from the gold mines of Badakhshan.",
        "Al-Qaeda taxes the gold mines of Badakhshan.",
        "Al-Qaeda smuggles gold from Badakhshan.",
        "Al-Qaeda's income from mines in Badakhshan has doubled.",
    ],
)
def test_finance(text: str) -> None:
    (claim,) = mapped_claims(text)
    assert (claim.province_id, claim.claim_type) == ("AF-BDS", "finance")


@pytest.mark.parametrize("claim_type", sorted(SITES))
def test_the_trigger_is_a_phrase_of_its_type(claim_type: str) -> None:
    labels = {(phrase.text, phrase.label) for phrase in load_lexicon() if phrase.table == "kinds"}
    phrase = SITES[claim_type][0]
    (claim,) = mapped_claims(f"Al-Qaeda has a {phrase} in Paktika.")
    assert claim.trigger == phrase and (phrase, claim_type) in labels


@pytest.mark.parametrize(
    "text",
    [
        "Paktika is mentioned in a book about al-Qaeda.",
        "Al-Qaeda was founded long before roads reached Paktika.",
        "A football match in Paktika was watched by a man who studies al-Qaeda.",
        "Al-Qaeda. Paktika.",
    ],
)
def test_a_name_beside_a_group_is_no_claim(text: str) -> None:
    assert mapped_claims(text) == []
