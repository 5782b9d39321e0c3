"""Who has the floor in an interview or a transcript, where a label opens each turn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.claims.credit import AUTHOR, Attribution
from geo.claims.view import View

__all__ = ["turns_of"]

_LABEL = re.compile(
    r"(?P<name>(?:[A-Z][\w’'.-]*|al-[A-Z]\w+)(?:\s+(?:[A-Z][\w’'.-]*|al-\w+|bin|de|von)){0,4})"
    r"(?:\s*\([^()\n]*\))?(?:,\s[^:\n]{1,40})?:\s+(?=[\"“(]?[A-Z0-9‘])"
)
_QUESTION = re.compile(r"(?:Q|Question)\s?[.:]\s", re.IGNORECASE)
_ANSWER = re.compile(r"(?:A|Answer)\s?[.:]\s", re.IGNORECASE)
_FEWEST = 3


def turns_of(text: str, views: Sequence[View], named: Mapping[str, Attribution]) -> list[Attribution | None]:
    """Say for each sentence who has the floor, ``None`` outside of a transcript.

    A text is a transcript when at least three paragraphs open with a label and
    one label comes back. Whoever is no known speaker (a host, a reporter)
    speaks for the document itself.
    """
    labels = [_label(text, view) if _opens(views, at) else "" for at, view in enumerate(views)]
    spoken = [label for label in labels if label]
    if len(spoken) < _FEWEST or len(set(spoken)) == len(spoken):
        return [None] * len(views)
    guest = _only_guest(named) if "A" in spoken else None
    floor: Attribution | None = None
    turns: list[Attribution | None] = []
    for label, view in zip(labels, views, strict=True):
        if label:
            floor = guest if label == "A" and guest else _speaker(label, view, named)
        turns.append(floor)
    return turns


def _opens(views: Sequence[View], at: int) -> bool:
    return at == 0 or views[at].sentence.paragraph != views[at - 1].sentence.paragraph


def _label(text: str, view: View) -> str:
    words = text[view.sentence.start : view.sentence.end + 1]
    if _QUESTION.match(words):
        return "Q"
    if _ANSWER.match(words):
        return "A"
    found = _LABEL.match(words)
    return found.group("name") if found else ""


def _only_guest(named: Mapping[str, Attribution]) -> Attribution | None:
    guests = {credit.attributed_to: credit for credit in named.values()}
    return next(iter(guests.values())) if len(guests) == 1 else None


def _speaker(label: str, view: View, named: Mapping[str, Attribution]) -> Attribution:
    known = named.get(label.split()[-1].casefold())
    if known is not None:
        return replace(known, attributed_to=label, cue=f"{label} has the floor")
    if view.find("raw_officer", label.title()):
        return Attribution(label, "government", cue=f"{label} has the floor")
    return replace(AUTHOR, cue=f"{label} has the floor")
