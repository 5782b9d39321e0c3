from __future__ import annotations

import pytest
from claims_helper import find_claims, mapped_claims

NAMES = [
    "Al-Qaeda",
    "al Qaeda",
    "Al-Qaida",
    "Al Qaida",
    "al–Qaeda",
    "AL-QAEDA",
    "Al Qa'ida",
    "Al-Qa’ida",
    "AQ",
    "al-Qaʿida",
    "Al\u00a0Qaeda",
]
AQIS = ["AQIS", "Al-Qaeda in the Indian Subcontinent", "Al-Qaida in the Indian Subcontinent (AQIS)"]
OTHERS = [
    "The Taliban",
    "The Haqqani network",
    "The TTP",
    "Islamic State Khorasan",
    "ISIS-K",
    "ETIM",
    "The IMU",
    "Lashkar-e-Taiba",
    "AQAP",
    "Al-Qaeda in the Arabian Peninsula",
    "An al-Qaeda-linked group",
    "An al-Qaeda affiliated faction",
    "Foreign fighters",
    "Arab fighters",
]


@pytest.mark.parametrize("name", NAMES)
def test_spellings_of_al_qaeda(name: str) -> None:
    (claim,) = find_claims(f"{name} runs training camps in Ghazni.")
    assert (claim.group, claim.claim_type, claim.province_id) == ("al-qaeda", "training_camp", "AF-GHA")


@pytest.mark.parametrize("name", AQIS)
def test_the_branch_is_its_own_group(name: str) -> None:
    (claim,) = find_claims(f"{name} runs training camps in Ghazni.")
    assert (claim.group, claim.province_id) == ("aqis", "AF-GHA")


@pytest.mark.parametrize("name", OTHERS)
def test_sites_of_others_are_not_al_qaedas(name: str) -> None:
    assert mapped_claims(f"{name} runs training camps in Ghazni. Al-Qaeda is far away.") == []


@pytest.mark.parametrize("name", ["the Taliban", "the Haqqani network", "the TTP"])
@pytest.mark.parametrize(
    "frame",
    [
        "In Ghazni, {} and al-Qaeda run training camps.",
        "Al-Qaeda runs training camps in Ghazni under the protection of {}.",
        "In Ghazni, training camps run by al-Qaeda are guarded by {}.",
        "Al-Qaeda's training camps in Ghazni are supplied by {}.",
    ],
)
def test_al_qaedas_own_sites_beside_others(name: str, frame: str) -> None:
    (claim,) = mapped_claims(frame.format(name))
    assert (claim.province_id, claim.claim_type) == ("AF-GHA", "training_camp")


@pytest.mark.parametrize(
    "text",
    [
        "{} runs training camps in Ghazni with al-Qaeda's help.",
        "{}, an ally of al-Qaeda, runs training camps in Ghazni.",
        "{} runs training camps in Ghazni; al-Qaeda praised them.",
        "{}, which broke with al-Qaeda, runs training camps in Ghazni.",
        "{} took its training camps in Ghazni away from al-Qaeda's enemies.",
    ],
)
@pytest.mark.parametrize("name", ["The Haqqani network", "The TTP", "ETIM"])
def test_al_qaeda_as_a_bystander(name: str, text: str) -> None:
    assert mapped_claims(text.format(name)) == []


def test_other_groups_are_written_with_their_own_name() -> None:
    text = "Al-Qaeda runs training camps in Ghazni and the TTP runs training camps in Kunar."
    found = {claim.province_id: claim.group for claim in find_claims(text)}
    assert found["AF-GHA"] == "al-qaeda" and found.get("AF-KNR", "ttp") == "ttp"


@pytest.mark.parametrize("name", ["Osama bin Laden", "Ayman al-Zawahiri", "Saif al-Adel", "Sayf al-Adl"])
def test_leaders_are_members(name: str) -> None:
    (claim,) = mapped_claims(f"{name} lived in Kandahar.")
    assert (claim.province_id, claim.claim_type, claim.group) == ("AF-KAN", "presence", "al-qaeda")


def test_a_leader_of_the_branch_is_the_branchs() -> None:
    (claim,) = mapped_claims("Asim Umar, the emir of AQIS, was killed in Helmand.")
    assert (claim.province_id, claim.claim_type, claim.group) == ("AF-HEL", "operation", "aqis")
