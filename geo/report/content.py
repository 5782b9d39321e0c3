"""What a report holds, worked out and made harmless; the writers only lay it out."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ClaimLine",
    "ClaimTable",
    "Passage",
    "Picture",
    "Piece",
    "Printer",
    "ProvinceLine",
    "Reference",
    "Report",
]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a quote; ``place`` and ``trigger`` tell what they are marked as."""

    text: str
    place: bool = False
    trigger: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted sentence in pieces.

    ``language`` is a tag of BCP 47, empty where the document states none;
    ``rtl`` tells whether its first letter belongs to a script from right to left.
    """

    pieces: tuple[Piece, ...]
    language: str = ""
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Printer:
    """Who printed a claim, and the number of the document in the list of documents."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One statement of one story.

    Parameters
    ----------
    where
        Province, or provinces of a region; "The whole country" where there is none.
    place
        The place as it is written, empty where the province itself is named.
    claim, stance
        Type and stance in plain words.
    detail
        Number words, or another group than al-Qaeda; often empty.
    credited, kind
        Whom the text credits and what kind of source that is; ``kind`` is empty where it adds nothing.
    printed
        The earliest document first, then the copies.
    year, year_basis
        Year of the claim ("undated" where none is known) and how it is known.
    """

    where: str
    place: str
    claim: str
    stance: str
    detail: str
    credited: str
    kind: str
    printed: tuple[Printer, ...]
    year: str
    year_basis: str
    quote: Passage


@dataclass(frozen=True, slots=True)
class ClaimTable:
    """Claims of one sort. ``left_out`` says which rows are not shown, empty if all are."""

    key: str
    title: str
    note: str
    lines: tuple[ClaimLine, ...]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class ProvinceLine:
    """One province that some claim concerns; ``state`` is a key of `geo.render.style.STATE_STYLES`."""

    name: str
    state: str
    state_label: str
    types: str
    sources: str
    years: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One document that is cited; ``link`` is its address if it is one of the web, else empty."""

    number: int
    author: str
    title: str
    publisher: str
    published: str
    url: str
    link: str
    language: str = ""

    @property
    def stop(self) -> str:
        """Return the full stop after the title, nothing if the title ends its own sentence."""
        return "" if self.title.endswith((".", "!", "?", "…", "؟", "۔", "。")) else "."


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as PNG, with its caption and what it says in words."""

    png: bytes
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, in a reader's order.

    ``facts`` and ``annex`` are pairs of a name and a value. All texts are one
    line each, without control characters.
    """

    title: str
    subtitle: str
    generated: str
    facts: tuple[tuple[str, str], ...]
    summary: tuple[str, ...]
    reading: tuple[str, ...]
    pictures: tuple[Picture, ...]
    provinces: tuple[ProvinceLine, ...]
    not_named: str
    claims_note: str
    tables: tuple[ClaimTable, ...]
    method: tuple[str, ...]
    caveats: tuple[str, ...]
    review: str
    references: tuple[Reference, ...]
    reference_note: str
    annex: tuple[tuple[str, str], ...]
