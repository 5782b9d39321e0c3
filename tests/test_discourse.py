from __future__ import annotations

import pytest
from claims_helper import mapped_claims


def found(text: str, **metadata: str) -> list[tuple[str, str]]:
    return [(claim.province_id, claim.claim_type) for claim in mapped_claims(text, **metadata)]


@pytest.mark.parametrize(
    "anaphor",
    [
        "The group",
        "The network",
        "The organization",
        "The organisation",
        "The terrorist group",
        "It",
        "The outfit",
    ],
)
def test_anaphors_mean_the_group_before(anaphor: str) -> None:
    assert found(f"Al-Qaeda is old. {anaphor} runs a madrasa in Kunar.") == [("AF-KNR", "madrasa")]
    assert found(f"Al-Qaeda is old. The TTP is young. {anaphor} runs a madrasa in Kunar.") == []


@pytest.mark.parametrize(
    "opening", ["Such camps are also in", "Other camps are in", "Two further camps are in"]
)
def test_such_camps_are_the_owners_of_the_sentence_before(opening: str) -> None:
    text = f"Al-Qaeda runs training camps in Ghazni. {opening} Paktika."
    assert found(text) == [("AF-GHA", "training_camp"), ("AF-PKA", "training_camp")]
    other = f"The TTP runs training camps in Ghazni. {opening} Paktika. Al-Qaeda is old."
    assert found(other) == []


def test_a_topic_fades() -> None:
    filler = "Prices rose. Snow fell. Roads closed. Schools opened. Farmers waited. Traders left."
    assert found(f"Al-Qaeda is old.\n\n{filler}\n\nThe group runs a madrasa in Kunar.") == []


def test_a_headline_gives_the_topic() -> None:
    text = "The group runs a madrasa in Kunar. It is led by bin Laden's heirs."
    assert found(text, title="What al-Qaeda wants") == [("AF-KNR", "madrasa")]


def test_the_last_of_two_groups_takes_the_pronoun_its() -> None:
    assert found("Al-Qaeda praised the Haqqani network and its training camps in Khost, Afghanistan.") == []


@pytest.mark.parametrize("bullet", ["- ", "• ", "* ", "1. ", "(a) "])
def test_list_items_belong_to_the_line_that_announces_them(bullet: str) -> None:
    text = f"Al-Qaeda's training camps lie in:\n{bullet}Ghazni\n{bullet}Paktika"
    assert found(text) == [("AF-GHA", "training_camp"), ("AF-PKA", "training_camp")]


def test_the_province_meant_by_this_province() -> None:
    assert found("Kunar is green. Al-Qaeda has a madrasa in this province.") == [("AF-KNR", "madrasa")]
    assert found("Kunar and Paktika are green. Al-Qaeda has a madrasa in this province.") == []


def test_order_of_unrelated_paragraphs_does_not_matter() -> None:
    first, second = "Al-Qaeda has a madrasa in Kunar.", "Al-Qaeda has fighters in Paktika."
    assert sorted(found(f"{first}\n\n{second}")) == sorted(found(f"{second}\n\n{first}"))
