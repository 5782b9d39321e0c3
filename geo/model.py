"""The records that flow through the program, from a file to a claim.

All are frozen. Offsets are half-open and count Unicode code points of
``Document.text``, so ``text[start:end]`` is always the words meant.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

__all__ = ["Claim", "Document", "Mention", "Name", "Place", "Skipped"]


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its metadata; an empty string means "not stated".

    Parameters
    ----------
    doc_id
        File stem, or the ``id`` column of a table.
    text
        The text as read; every offset in the program counts its code points.
    published
        ISO 8601 date with any precision: ``2023``, ``2023-01``, ``2023-01-25``.
    path
        The file it came from, relative to the input as the user gave it.
    """

    doc_id: str
    text: str
    publisher: str = ""
    title: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    note: str = ""
    path: str = ""

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the UTF-8 text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """Something a name can stand for.

    Parameters
    ----------
    place_id
        ISO 3166-2 code for a province (``AF-GHA``), else a stable id of the gazetteer.
    kind
        ``province``, ``place`` (city, district, valley, camp), ``region``,
        ``direction`` or ``country``.
    name
        English name.
    provinces
        ISO 3166-2 codes it lies in or covers; empty for the country.
    """

    place_id: str
    kind: str
    name: str
    provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of one place, as a row of the gazetteer."""

    name: str
    place_id: str
    strength: str
    language: str
    script: str
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One span of a document that names a place.

    ``province_id`` is empty where the mention stands for several provinces or
    the whole country; ``provinces`` then lists those it covers. ``reason``
    says which name row matched and which rule let it stand.
    """

    doc_id: str
    start: int
    end: int
    surface: str
    province_id: str
    place_id: str
    place_name: str
    basis: str
    script: str
    provinces: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement, by someone, that al-Qaeda has or does something in a place.

    One record per province. ``year`` is ``None`` where the text allows no year;
    ``year_end`` is set only for ranges. ``trigger`` is the phrase that made the
    claim and ``reason`` the whole chain: phrase, group, cue, attribution, date.
    ``relay`` names who passed the claim on when that is not its origin.
    """

    claim_id: str
    doc_id: str
    province_id: str
    location_basis: str
    place_name: str
    claim_type: str
    group: str
    stance: str
    attributed_to: str
    attribution_kind: str
    year: int | None
    year_basis: str
    quantity: str
    sentence: str
    start: int
    end: int
    mention_start: int
    mention_end: int
    trigger: str
    trigger_start: int
    trigger_end: int
    reason: str
    year_end: int | None = None
    relay: str = ""
    group_mention: str = field(default="")
