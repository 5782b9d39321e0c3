from __future__ import annotations

import pytest
from claims_helper import SETTING, analyse, find_claims
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.claims.places import contained
from geo.model import Document
from geo.schema import PROVINCE_IDS

NAMES = {
    "Ghazni": "AF-GHA",
    "Paktika": "AF-PKA",
    "Kunar": "AF-KNR",
    "Helmand": "AF-HEL",
    "Nuristan": "AF-NUR",
    "Badakhshan": "AF-BDS",
    "Kandahar": "AF-KAN",
    "Uruzgan": "AF-URU",
}
SEPARATORS = (
    ", ",
    " and ",
    ", and ",
    " ",
    "/",
    " & ",
    ",",
    " as well as ",
    " provinces, ",
    " province and ",
)


def provinces(text: str) -> list[str]:
    return [claim.province_id for claim in find_claims(text + SETTING)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=8, unique=True),
    st.lists(st.sampled_from(SEPARATORS), min_size=8, max_size=8),
    st.sampled_from(["", " province", " provinces"]),
)
def test_any_list_carries_the_claim_to_each_of_its_names(
    names: list[str], separators: list[str], head: str
) -> None:
    words = "".join(name + separator for name, separator in zip(names, separators, strict=False))
    listed = words.removesuffix(separators[len(names) - 1]) + head
    found = provinces(f"Al-Qaeda operates training camps in {listed}.")
    assert found == [NAMES[name] for name in names], listed


def test_all_34_names_in_one_list() -> None:
    names = [
        "Balkh",
        "Bamyan",
        "Badghis",
        "Badakhshan",
        "Baghlan",
        "Daykundi",
        "Farah",
        "Faryab",
        "Ghazni",
        "Ghor",
        "Helmand",
        "Herat",
        "Jowzjan",
        "Kabul",
        "Kandahar",
        "Kapisa",
        "Kunduz",
        "Khost",
        "Kunar",
        "Laghman",
        "Logar",
        "Nangarhar",
        "Nimruz",
        "Nuristan",
        "Panjshir",
        "Parwan",
        "Paktia",
        "Paktika",
        "Samangan",
        "Sar-e Pul",
        "Takhar",
        "Uruzgan",
        "Wardak",
        "Zabul",
    ]
    claims = find_claims(f"In Afghanistan, al-Qaeda has madrasas in {', '.join(names)}.")
    assert [claim.province_id for claim in claims if claim.province_id] == list(PROVINCE_IDS)


def test_a_district_and_its_province_are_one_place() -> None:
    text = "Al-Qaeda has madrasas in Barmal district of Paktika, Paktia and Andar."
    mentions, claims = analyse(Document("d", text))
    assert [mention.surface for mention in mentions] == ["Barmal", "Paktika", "Paktia", "Andar"]
    assert [mention.surface for mention in contained(mentions)] == ["Barmal", "Paktia", "Andar"]
    assert [(claim.province_id, claim.place_name) for claim in claims] == [
        ("AF-PKA", "Barmal"),
        ("AF-PIA", ""),
        ("AF-GHA", "Andar"),
    ]


def test_the_evidence_is_the_place_that_was_meant() -> None:
    text = "Kunar is green. In Kunar, al-Qaeda has a madrasa."
    (claim,) = find_claims(text)
    assert (claim.mention_start, claim.mention_end) == (19, 24)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Al-Qaeda has three training camps in Ghazni.", "three"),
        ("Al-Qaeda has at least two madrasas in Ghazni.", "at least two"),
        ("Al-Qaeda has some 40 fighters in Ghazni.", "some 40"),
        ("Al-Qaeda earns over $25 million from mines in Badakhshan.", "over $25 million"),
        ("Al-Qaeda has a madrasa in Ghazni.", ""),
        ("In 2023 al-Qaeda ran three training camps in Ghazni.", "three"),
        ("Al-Qaeda is active in at least nine Afghan provinces.", "at least nine Afghan provinces"),
    ],
)
def test_number_words_are_kept_as_printed(text: str, quantity: str) -> None:
    (claim,) = find_claims(text)
    assert claim.quantity == quantity
