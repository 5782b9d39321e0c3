"""Who has the floor in an interview or a transcript, where a label opens each turn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.claims.credit import AUTHOR, Attribution
from geo.claims.view import View

__all__ = ["marked_turns", "turns_of"]

_LABEL = re.compile(
    r"(?P<name>(?:[A-Z][\w’'.-]*|al-[A-Z]\w+)(?:\s+(?:[A-Z][\w’'.-]*|al-\w+|bin|de|von)){0,4})"
    r"(?:\s*\([^()\n]*\))?(?:,\s[^:\n]{1,40})?:\s+(?=[\"“(]?[A-Z0-9‘])"
)
_QUESTION = re.compile(r"(?:Q|Question)\s?[.:]\s", re.IGNORECASE)
_ANSWER = re.compile(r"(?:A|Answer)\s?[.:]\s", re.IGNORECASE)
_FEWEST = 3
_MOST_ASK = 0.6
_LABEL_REACH = 60
_CLOSING = ' "“”»«)…'


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


def marked_turns(text: str, views: Sequence[View], kinds: Mapping[str, str]) -> list[Attribution | None]:
    """Say who has the floor where the language tells how a turn is marked (pattern ``raw_turn``).

    A turn opens a paragraph with a dash, or with a label that comes back. The
    side that mostly asks is the paper's own; the other one is the guest, by the
    kind for which the text introduces the name in his label, else the first
    person whom it introduces, else an expert. ``kinds`` maps surnames to kinds.
    """
    none: list[Attribution | None] = [None] * len(views)
    if not views or "raw_turn" not in views[0].grammar:
        return none
    openings = _openings(text, views)
    labels = [label for label, _ in openings.values()]
    by_dash = not any(labels)
    if len(openings) < _FEWEST or (not by_dash and len(set(labels)) == len(labels)):
        return none
    sides = {
        at: str(number % 2) if by_dash else label for number, (at, (label, _)) in enumerate(openings.items())
    }
    asking = _asking_side(sides, {at: asks for at, (_, asks) in openings.items()})
    if asking is None:
        return none
    guest = _guest(text, views, min(openings), kinds)
    floor: Attribution | None = None
    turns: list[Attribution | None] = []
    for at in range(len(views)):
        if at in sides:
            own = sides[at] == asking
            floor = replace(AUTHOR, cue="the paper asks") if own else _answers(sides[at], guest, kinds)
        turns.append(floor)
    return turns


def _openings(text: str, views: Sequence[View]) -> dict[int, tuple[str, bool]]:
    """The sentences that open a turn: the label (empty for a dash), and whether the turn asks."""
    found: dict[int, str] = {}
    for at, view in enumerate(views):
        words = text[view.sentence.start : min(view.sentence.end, view.sentence.start + _LABEL_REACH)]
        turn = view.grammar["raw_turn"].match(words) if _opens(views, at) else None
        if turn:
            found[at] = turn.group(1) or ""
    dashes = sum(not label for label in found.values())
    kept = {at: label for at, label in found.items() if bool(label) == (dashes * 2 < len(found))}
    ends = [*list(kept)[1:], len(views)][: len(kept)]
    return {
        at: (label, _asks(text, views[at:end])) for (at, label), end in zip(kept.items(), ends, strict=True)
    }


def _asks(text: str, turn: Sequence[View]) -> bool:
    """Whether the first paragraph of a turn ends in a question."""
    first = [view for view in turn if view.sentence.paragraph == turn[0].sentence.paragraph]
    words = text[first[-1].sentence.start : first[-1].sentence.end + 1].rstrip(_CLOSING + "\n.")
    return words.endswith("?")


def _asking_side(sides: Mapping[int, str], asks: Mapping[int, bool]) -> str | None:
    """The side most of whose turns are questions, if one asks clearly more than the rest."""
    shares = {
        side: sum(asks[at] for at in sides if sides[at] == side) / sum(own == side for own in sides.values())
        for side in sorted(set(sides.values()))
    }
    side = max(shares, key=lambda name: shares[name])
    others = [share for name, share in shares.items() if name != side]
    return side if shares[side] >= _MOST_ASK and others and max(others) < shares[side] / 2 else None


def _guest(text: str, views: Sequence[View], first: int, kinds: Mapping[str, str]) -> Attribution | None:
    """The person whom the text introduces outside of the turns: before them, else anywhere."""
    for view in (*views[:first], *views[first:]):
        for source in view.sources:
            near = text[source.start : min(view.sentence.end, source.end + _LABEL_REACH)]
            named = [word for word in re.findall(r"[\w-]+", near) if word.casefold() in kinds]
            if source.role in ("source", "office") and source.label not in ("media", "un") and named:
                words = text[source.start : source.end + near[source.end - source.start :].find(named[0])]
                words = " ".join(f"{words}{named[0]}".split())
                return Attribution(words, kinds[named[0].casefold()], cue=f"{words} has the floor")
    return None


def _answers(label: str, guest: Attribution | None, kinds: Mapping[str, str]) -> Attribution:
    own = label.split()[-1].casefold() if label else ""
    if own in kinds:
        return Attribution(label, kinds[own], cue=f"{label} has the floor")
    if guest is not None:
        return guest
    return Attribution("" if label.isdigit() else label, "analyst", cue="whoever is asked has the floor")
