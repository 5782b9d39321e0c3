"""Whom a noun phrase names: its head, and the body that the head speaks for.

"The head of the monitoring team" speaks for the team, "a Taliban official" for
the Taliban, "a former colleague in the ministry" only for himself.
"""

from __future__ import annotations

import re
from itertools import pairwise

from geo.claims.credit import Attribution
from geo.claims.view import Item, View

__all__ = ["SPEAKING", "is_group_name", "is_taken", "name_source", "phrase_of", "speaking", "unnamed"]

SPEAKING = ("source", "office", "voice", "state")
"""Roles of the sources that can be credited."""

_PHRASE_REACH = 70
_TITLE_REACH = 50
_NATION = 14
_ARTICLE_REACH = 40
_FULL_NAME = 2


def speaking(view: View, low: int, high: int) -> list[Item]:
    """The sources that stand wholly between two offsets, in order."""
    return [s for s in view.sources if s.role in SPEAKING and s.start >= low and s.end <= high]


def is_group_name(view: View, source: Item) -> bool:
    """Whether a source is only the name of a group, which acts more often than it speaks."""
    return any(g.start <= source.start and source.end <= g.end + 2 and g.role == "name" for g in view.groups)


def is_taken(view: View, start: int, end: int, *roles: str) -> bool:
    """Whether a place, a group or a source of these roles stands between two offsets."""
    spans = [(item.start, item.end) for item in view.mentions]
    spans += [(item.start, item.end) for item in view.groups]
    spans += [(item.start, item.end) for item in view.sources if item.role in roles]
    return any(low < end and start < high for low, high in spans)


def name_source(text: str, view: View, source: Item, cue: str, relay: str = "") -> Attribution:
    """Credit the noun phrase that a source belongs to.

    The kind is that of the head, unless the head only speaks for somebody
    (role ``voice``): then of the body named before or after it.
    """
    phrase = phrase_of(view, source)
    head = _head(view, phrase)
    spoken_for = _body(view, phrase, head) if head.role == "voice" else head
    low = view.sentence.start
    before = view.between(low, head.start)[-_ARTICLE_REACH:]
    kind, office = spoken_for.label, spoken_for.role == "office"
    theirs = view.find("taliban_office_before", before) or view.find(
        "taliban_office_after", view.between(head.end, head.end + _ARTICLE_REACH)
    )
    if kind == "government" and (movement := _movement(view, phrase, head)):
        kind, office = movement.label, False
    if kind == "government" and theirs:
        kind, office = "taliban", False
    foreign = any(s.role == "state" and 0 <= head.start - s.end <= _NATION for s in view.sources)
    if office and (foreign or view.find("former_before", before)):
        office = False
    words = _words(text, view, phrase[0].start, phrase[-1].end)
    return Attribution(words, kind, relay=relay, cue=cue, office=office)


def phrase_of(view: View, source: Item) -> list[Item]:
    """The sources of one noun phrase: what modifies the head, the head, what it belongs to."""
    near = speaking(view, max(view.sentence.start, source.start - 160), source.end + 120)
    at = near.index(source) if source in near else -1
    if at < 0:
        return [source]
    first = last = at
    while first > 0 and _joined(view, near[first - 1], near[first]):
        first -= 1
    while last + 1 < len(near) and _joined(view, near[last], near[last + 1]):
        last += 1
    return near[first : last + 1]


def _joined(view: View, left: Item, right: Item) -> bool:
    gap = view.between(left.end, right.start)
    if len(gap) > _PHRASE_REACH or any(
        item.role in ("verb", "according") and left.end <= item.start < right.start for item in view.sources
    ):
        return False
    if view.find("speaks_for_body", gap):
        return left.role in ("voice", "source") and left.label != "media"
    return left.role != "voice" and right.role == "voice" and bool(view.find("modifies_head", gap))


def _head(view: View, phrase: list[Item]) -> Item:
    """The head is the last source before the preposition that brings in the body."""
    for left, right in pairwise(phrase):
        if view.find("speaks_for_body", view.between(left.end, right.start)):
            return left
    return phrase[-1]


def _body(view: View, phrase: list[Item], head: Item) -> Item:
    """Whom a head speaks for: the body after it, else the one that modifies it, else itself."""
    bodies = [item for item in phrase if item.role != "voice" and item.label not in ("media", "anonymous")]
    if head.label == "analyst":
        bodies = [item for item in bodies if item.role != "state" and not is_group_name(view, item)]
    after = [item for item in bodies if item.start > head.start]
    return after[0] if after else bodies[-1] if bodies else head


def _movement(view: View, phrase: list[Item], head: Item) -> Item | None:
    """The armed movement whose officer the head is: "the top diplomat of the Front"."""
    for item in phrase:
        gap = view.between(head.end, item.start)
        if item.label == "militant" and item.start > head.end and view.find("officer_of", gap):
            return item
    return None


def _words(text: str, view: View, start: int, end: int) -> str:
    """The phrase with the words that describe it, back to its article."""
    offset = max(view.sentence.start, start - _TITLE_REACH)
    stop = view.grammar["title_stop"]
    for word in reversed(list(re.finditer(r"\w[\w’'.-]*", text[offset:start]))):
        if text[offset + word.end() : start].strip(" ") or stop.fullmatch(word.group().casefold()):
            break
        start = offset + word.start()
    tail = view.find("source_tail", view.between(end, end + 20))
    if tail:
        end += tail.end()
    else:
        end = _past_name(text, view, end)
    return " ".join(text[start:end].split())


def unnamed(text: str, view: View, low: int, high: int, *, cue: str) -> Attribution | None:
    """Credit people of whom the text says only what they are: "two dealers in Dubai"."""
    found = view.find("somebody_unnamed", view.between(low, high))
    if found is None:
        return None
    start, end = low + found.start(1), low + found.end(1)
    if any(group.start < end and start < group.end for group in view.groups):
        return None
    return Attribution(" ".join(text[start:end].split()), "anonymous", cue=cue)


def _past_name(text: str, view: View, end: int) -> int:
    """The end of the full name right behind an office ("police chief Abdul Razaq"), else ``end``."""
    start = end + len(text[end : view.sentence.end]) - len(text[end : view.sentence.end].lstrip())
    name = view.grammar["raw_name"].match(text, start, view.sentence.end)
    if name is None or start == end or len(name.group().split()) < _FULL_NAME:
        return end
    return end if is_taken(view, start, name.end(), *SPEAKING) else name.end()
