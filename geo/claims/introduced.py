"""Who the named people of a document speak for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.claims.credit import Attribution
from geo.claims.naming import is_group_name, is_taken, name_source, speaking
from geo.claims.view import Item, View

__all__ = ["NAME", "known_speaker", "name_speakers", "place_speaker"]

_FULL_NAME = 2
_RANK_REACH = 24
_NAME_REACH = 60
_BEFORE = 80
_AFTER = 60
_SHORTEST = 3
_NO_NAME = frozenset(
    ["the", "a", "an", "in", "it", "he", "she", "they", "this", "that", "on", "at", "last", "but", "and"]
)


NAME = re.compile(r"\b(?:Al-|al-)?[A-Z][\w’'-]+(?:(?!\s*\n\s*\n)\s+(?:al-|Al-|ul-|bin\s)?[A-Z][\w’'-]+){0,5}")
"""A personal name as printed: capitalised words of one paragraph, with particles between them."""

_WHO = (
    r"\s+who\s+(?:(?:once|now|then|long|also|until\s+\w+)\s+)?"
    r"(?:is|was|has been|had been|(?:serve|work|act)(?:s|d|ed)\s+as"
    r"|(?:head|lead|command|direct|chair|advise)(?:s|d|ed)"
    r"|led|runs?|ran|(?:speaks?|spoke)\s+for|represent(?:s|ed))"
)
_NAME_THEN = re.compile(
    rf"({NAME.pattern})(?:\s+\([^)]*\))?(?:,(?:{_WHO})?|\s+is|\s+was)\s+((?:[\w-]+[\s’']+s?\s?){{0,6}})$"
)
_BODY = r"\s+(?:of|for|in|at)\s+(?:the\s+)?[\w’'-]+(?:\s+[A-Z][\w’'-]+)?"
_THEN_NAME = re.compile(rf"(?:\s+[a-z]\w+)?(?:{_BODY})?,?\s+({NAME.pattern})")


def name_speakers(text: str, views: Sequence[View]) -> Mapping[str, Attribution]:
    """Learn from descriptions who the named people of a document speak for.

    "Abdul Hadi, a police chief" makes later words of "Hadi" a government's. The
    result maps the folded parts of each name to the credit; a surname wins over
    a first name, and what is said first over what is said later.
    """
    surnames: dict[str, Attribution] = {}
    others: dict[str, Attribution] = {}
    for view in views:
        for source in speaking(view, view.sentence.start, view.sentence.end):
            if source.label == "media" or source.role == "state" or is_group_name(view, source):
                continue
            for name in _names_beside(text, view, source):
                parts = [part.casefold().removesuffix("’s").removesuffix("'s") for part in name.split()]
                credit = replace(name_source(text, view, source, ""), attributed_to=name)
                surnames.setdefault(parts[-1], credit)
                for part in parts[:-1]:
                    if len(part) > _SHORTEST and part not in _NO_NAME:
                        others.setdefault(part, credit)
    for view in views:
        for verb in (
            item for item in view.sources if item.role == "verb" and view.fits("people_say", item.text)
        ):
            if speaker := known_speaker(text, view, verb, {}):
                others.setdefault(speaker.attributed_to.split()[-1].casefold(), speaker)
    return {**others, **surnames}


def _names_beside(text: str, view: View, source: Item) -> list[str]:
    """The names that a description stands beside: before it after a comma, or right after it."""
    names = []
    low = max(view.sentence.start, source.start - _BEFORE)
    if (before := _NAME_THEN.search(text[low : source.start])) and not view.find(
        "says_something", before.group(2).casefold()
    ):
        start, end = low + before.start(1), low + before.end(1)
        own = any(s.role == "source" and start <= s.start and s.end <= end for s in view.sources)
        names += [] if own else [before.group(1)]
    if after := _THEN_NAME.match(text[source.end : min(view.sentence.end, source.end + _AFTER)]):
        start, end = source.end + after.start(1), source.end + after.end(1)
        names += [] if is_taken(view, start, end, "source", "office") else [after.group(1)]
    return names


def known_speaker(text: str, view: View, verb: Item, named: Mapping[str, Attribution]) -> Attribution | None:
    """A name right before the verb: somebody introduced earlier, or judged by his rank."""
    low = max(view.sentence.start, verb.start - _NAME_REACH)
    found = NAME.finditer(text[low : verb.start])
    names = [name for name in found if view.between(low + name.start(), low + name.end()).strip()]
    if not names or not view.find("before_verb", view.between(low + names[-1].end(), verb.start)):
        return None
    return place_speaker(text, view, low + names[-1].start(), names[-1].group(), named)


def place_speaker(
    text: str, view: View, start: int, name: str, named: Mapping[str, Attribution]
) -> Attribution | None:
    """A named speaker; one whom the text does not place is taken by rank, else for an analyst."""
    words = name.split()
    surname = words[-1].casefold()
    if surname in named:
        return replace(named[surname], attributed_to=name, cue=f"{name}, introduced in the text")
    if is_taken(view, start, start + len(name), "source", "state"):
        return None
    outlet = len(words) > _FULL_NAME or words[0].casefold() not in _NO_NAME
    if words[0].casefold() in _NO_NAME and not (outlet and words[0].casefold() == "the"):
        return None
    if outlet and view.find("raw_outlet", name):
        return Attribution(name, "media", cue=f"{name}, an outlet by its name")
    if len(words) < _FULL_NAME or words[0].casefold() in _NO_NAME:
        return None
    if view.find("described_after", view.between(start + len(name), view.sentence.end)):
        return Attribution(name, "anonymous", cue=f"{name}, of no office")
    ranked = bool(view.find("raw_officer", text[max(0, start - _RANK_REACH) : start + len(words[0])]))
    return Attribution(name, "government" if ranked else "analyst", cue=f"{name}, not introduced further")
