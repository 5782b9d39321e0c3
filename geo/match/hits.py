"""Spans with the names that may own them, and the mention made of one that stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geo.automaton import Found, keep_longest
from geo.gazetteer import STRENGTHS, Gazetteer
from geo.model import Document, Mention, Name
from geo.normalise import script_of

__all__ = ["FAR", "LIST_GAP", "POSSESSIVE", "Hit", "HitReason", "Verdict", "make_mention", "merge_hits"]

POSSESSIVE = re.compile(r"['’]s?(?!\w)")
FAR = 240
"""Code points beyond which no word counts for a hit; longer than most sentences' half."""
LIST_GAP = 48
"""Most code points between two neighbours of one list, or a place and its province."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One span with the names that may own it, strongest first."""

    start: int
    end: int
    names: tuple[Name, ...]


Verdict = tuple[Hit, Name, str]
"""A hit that stands, the name it stands for, and the rule that lets it."""


@dataclass(frozen=True, slots=True)
class HitReason:
    """One span that has the spelling of a name, what it was taken for, and why.

    Attributes
    ----------
    start, end, surface
        ``text[start:end] == surface``.
    names
        The names that the span may be, strongest first.
    mention
        What was made of it; ``None`` if it was refused.
    reason
        The mention's own reason, or the rule that refused the span.
    """

    start: int
    end: int
    surface: str
    names: tuple[Name, ...]
    mention: Mention | None
    reason: str


def merge_hits(found: Iterable[Found], gazetteer: Gazetteer) -> list[Hit]:
    """Keep the longest hits and gather the names of each span."""
    spans: dict[tuple[int, int], list[int]] = {}
    for hit in keep_longest(list(found)):
        spans.setdefault((hit.start, hit.end), []).append(hit.phrase)
    merged = []
    for (start, end), indexes in spans.items():
        names = sorted((gazetteer.names[index] for index in indexes), key=_strength)
        merged.append(Hit(start, end, tuple(names)))
    return merged


def _strength(name: Name) -> int:
    return STRENGTHS.index(name.strength)


def make_mention(document: Document, gazetteer: Gazetteer, verdict: Verdict) -> Mention:
    """Turn a hit that stands into a mention of the document."""
    hit, name, rule = verdict
    place = gazetteer.places[name.place_id]
    single = place.kind in ("province", "place")
    return Mention(
        doc_id=document.doc_id,
        start=hit.start,
        end=hit.end,
        surface=document.text[hit.start : hit.end],
        province_id=place.provinces[0] if single else "",
        place_id=place.place_id,
        place_name=place.name,
        basis="named" if place.kind == "province" else place.kind,
        script=script_of(document.text[hit.start : hit.end]),
        provinces=place.provinces,
        reason=f"{name.source}: {name.name} ({name.strength}); {rule}",
    )
