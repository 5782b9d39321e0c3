"""Who the named people of a document speak for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geo.claims.credit import Attribution
from geo.claims.view import Item, View
from geo.normalise import flatten

__all__ = ["NAME", "known_speaker", "name_speakers", "place_speaker"]

_FULL_NAME = 2
_RANK_REACH = 24
_NAME_REACH = 60
_NO_NAME = frozenset(
    ["the", "a", "an", "in", "it", "he", "she", "they", "this", "that", "on", "at", "last", "but", "and"]
)


_CAPITAL = "[A-ZÀ-ÖØ-ÞА-ЯЁ]"
NAME = re.compile(
    rf"\b(?:Al-|al-|аль-)?{_CAPITAL}[\w’'-]+(?:\s+(?:al-|Al-|ul-|bin\s|von\s|аль-|ас-|аз-|ар-|аш-|бен\s)?"
    rf"{_CAPITAL}[\w’'-]+){{0,3}}"
)
"""A personal name as printed: capitalised words, with particles between them."""


def name_speakers(text: str, views: Sequence[View]) -> Mapping[str, str]:
    """Learn from descriptions who the named people of a document speak for.

    "Abdul Hadi, a police chief" makes later words of "Hadi" a government's. The
    result maps a folded surname to an attribution kind.
    """
    speakers: dict[str, str] = {}
    for view in views:
        for source in view.sources:
            if source.role not in ("source", "office") or source.label == "media":
                continue
            before = text[max(view.sentence.start, source.start - 60) : source.start]
            if "inverts_speech" in view.grammar and view.find("source_oblique", flatten(before)):
                continue
            after = text[source.end : min(view.sentence.end, source.end + 50)]
            names = []
            if appositive := re.search(rf"({NAME.pattern}),\s+(?:\w+[\s’']+){{0,6}}$", before):
                names.append(appositive.group(1))
            titled = re.match(rf"(?:\s+\w+)?,?\s+({NAME.pattern})", after)
            if titled and "said_inverted" in view.grammar and _is_place(view, source.end + titled.start(1)):
                titled = re.match(rf"\s*,\s+({NAME.pattern})", after[titled.end() :])
            if titled:
                names.append(titled.group(1))
            for name in names:
                surname = name.split()[-1].casefold().removesuffix("’s")
                speakers.setdefault(surname, source.label)
    return speakers


def _is_place(view: View, position: int) -> bool:
    """Whether a place is named at an offset: "the governor of Kunar, …"."""
    return any(mention.start == position for mention in view.mentions)


def known_speaker(text: str, view: View, verb: Item, speakers: Mapping[str, str]) -> Attribution | None:
    """A name right before the verb: somebody introduced earlier, or judged by his rank."""
    low = max(view.sentence.start, verb.start - _NAME_REACH)
    names = list(NAME.finditer(text[low : verb.start]))
    if not names or text[low + names[-1].end() : verb.start].strip(" ,"):
        return None
    return place_speaker(text, view, low + names[-1].start(), names[-1].group(), speakers)


def place_speaker(
    text: str, view: View, start: int, name: str, speakers: Mapping[str, str]
) -> Attribution | None:
    """A named speaker; one whom the text does not place is taken by rank, else for an analyst."""
    words = name.split()
    surname = words[-1].casefold()
    if surname in speakers:
        return Attribution(name, speakers[surname], cue=f"{name}, introduced in the text")
    spans = [(mention.start, mention.end) for mention in view.mentions]
    spans += [(group.start, group.end) for group in view.groups]
    known = any(low < start + len(name) and start < high for low, high in spans)
    if known or words[0].casefold() in _NO_NAME or len(words) < _FULL_NAME:
        return None
    ranked = bool(
        view.grammar["raw_officer"].search(text[max(0, start - _RANK_REACH) : start + len(words[0])])
    )
    return Attribution(name, "government" if ranked else "analyst", cue=f"{name}, not introduced further")
