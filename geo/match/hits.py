"""Spans with the names that may own them, and the mention made of one that stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from geo.automaton import Found, keep_longest
from geo.gazetteer import STRENGTHS, Gazetteer
from geo.model import Document, Mention, Name
from geo.normalise import fold_name, script_of

__all__ = [
    "FAR",
    "LIST_GAP",
    "POSSESSIVE",
    "Hit",
    "HitReason",
    "Verdict",
    "make_mention",
    "merge_hits",
    "trim_span",
]

POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_WORD = re.compile(r"[^\W_]+")
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


def merge_hits(found: Iterable[Found], gazetteer: Gazetteer, text: str) -> list[Hit]:
    """Keep the longest hits, without a word like "valley" at an end, and gather the names of each span."""
    spans: dict[tuple[int, int], list[int]] = {}
    for hit in keep_longest(list(found)):
        spans.setdefault((hit.start, hit.end), []).append(hit.phrase)
    merged = []
    for (start, end), indexes in spans.items():
        names = tuple(sorted((gazetteer.names[index] for index in indexes), key=_strength))
        merged.append(Hit(*trim_span(text, start, end, names, gazetteer)))
    return merged


def trim_span(
    text: str, start: int, end: int, names: tuple[Name, ...], gazetteer: Gazetteer
) -> tuple[int, int, tuple[Name, ...]]:
    """Return the span without the word that says what the place is, if the rest names the place too.

    The names stay, but where the rest is the name of the province itself it is the
    province that is meant: "Panjshir Valley".
    """
    words = list(_WORD.finditer(text, start, end))
    if len(words) < 2:
        return start, end, names
    heads = gazetteer.cue("head")
    provinces = gazetteer.places[names[0].place_id].provinces
    cuts = [(start, words[-2].end(), text[words[-1].start() : end])]
    if len(words) > 2:
        cuts.append((start, words[-3].end(), text[words[-2].start() : end]))
    cuts.append((words[1].start(), end, words[0].group()))
    for low, high, head in cuts:
        if fold_name(head) not in heads:
            continue
        rest = [name.place_id for name in gazetteer.candidates(text[low:high])]
        if any((place_id,) == provinces for place_id in rest):
            return low, high, tuple(replace(name, place_id=provinces[0]) for name in names)
        if any(gazetteer.places[place_id].provinces == provinces for place_id in rest):
            return low, high, names
    return start, end, names


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
