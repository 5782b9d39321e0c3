"""From a text to its claims, and from a case's words to a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from geo.extraction import analyse_document
from geo.model import Claim, Document, Mention
from geo.schema import ATTRIBUTION_KINDS, LOCATION_BASES, MAPPED_GROUPS

CASES = Path(__file__).parent / "cases" / "claims"
SETTING = "\n\nTags: Afghanistan"
"""What follows each case's text: weak names such as Khost count only in a text about Afghanistan."""


def analyse(document: Document) -> tuple[tuple[Mention, ...], tuple[Claim, ...]]:
    found = analyse_document(document)
    return found.mentions, found.claims


def find_claims(text: str, published: str = "", **metadata: str) -> tuple[Claim, ...]:
    """All claims of a text, of other groups too."""
    return analyse(Document("d", text, published=published, **metadata))[1]


def mapped_claims(text: str, published: str = "", **metadata: str) -> list[Claim]:
    """The claims that the maps show: al-Qaeda's and AQIS's."""
    return [claim for claim in find_claims(text, published, **metadata) if claim.group in MAPPED_GROUPS]


def claims_of_case(case: Mapping[str, Any]) -> list[Claim]:
    """The claims of a passage, read as part of a text about Afghanistan."""
    return mapped_claims(case["text"] + SETTING, str(case.get("published", "")))


def load_cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return cases


def describe(claim: Claim) -> str:
    """Everything that a case may ask for, in one line."""
    year = "undated" if claim.year is None else str(claim.year)
    place = claim.province_id or "-"
    facets = (claim.attribution_kind, year, claim.location_basis, claim.group)
    return " ".join((place, claim.claim_type, claim.stance, *facets))


def differences(expected: Sequence[str], claims: Sequence[Claim]) -> list[str]:
    """Return what is missing and what is too much; an expected line fits a claim that has all its words."""
    left = [describe(claim) for claim in claims]
    faults = []
    for line in sorted(expected, key=lambda words: -len(words.split())):
        fitting = next((found for found in left if _fits(line, found)), None)
        if fitting is None:
            faults.append(f"missing: {line}")
        else:
            left.remove(fitting)
    return faults + [f"too much: {found}" for found in left]


def _fits(line: str, found: str) -> bool:
    return line.split()[:3] == found.split()[:3] and set(line.split()[3:]) <= set(found.split()[3:])


def is_well_formed(line: str) -> bool:
    """Whether a line of ``expect`` is province, type, stance and facets that exist."""
    facets = {*ATTRIBUTION_KINDS, *LOCATION_BASES, *MAPPED_GROUPS, "undated"}
    return all(word in facets or (word.isdigit() and len(word) == 4) for word in line.split()[3:])
