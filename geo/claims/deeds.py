"""A raid, killing or capture whose parts are told in several sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.claims.clauses import clause_at, clause_bounds
from geo.claims.groups import Link, Owner, actors, is_mapped, only_linked
from geo.claims.kinds import pending_deeds
from geo.claims.memory import Memory
from geo.claims.places import PlaceList
from geo.claims.view import Item, View

__all__ = [
    "TOLD_BEFORE",
    "deed_again",
    "sites_struck",
    "struck_there",
    "told_next",
]

TOLD_BEFORE = "told of in the sentence before"
"""How a place is tied to a deed that an earlier sentence tells of."""

_THERE = 110
_SPEAKS = 12
_STRUCK_LASTS = 2
_BESIDE_NAME = 40
_BEFORE_SITE = 40
_IDENTIFIED = 90


def _others_named(view: View, low: int, high: int) -> bool:
    """Whether a group of which the deed was not told is named between two offsets, not only as who speaks."""
    return any(
        low <= group.start < high
        and not is_mapped(group.label)
        and group.role != "actor"
        and not any(s.role == "verb" and 0 < s.start - group.end < _SPEAKS for s in view.sources)
        for group in view.groups
    )


def deed_again(
    view: View, bounds: list[int], plist: PlaceList, deeds: Sequence[Link], topic: str
) -> list[Link]:
    """Where a deed told of before took place: "the strike hit a house in X", "two more were held in Y".

    ``deeds`` are the operations told of in the sentences before.
    """
    ours = view.find("we", view.between(view.sentence.start, view.sentence.end))
    if not deeds or ours or _others_named(view, view.sentence.start, plist.end):
        return []
    low, high = clause_at(bounds, plist.start)
    low = view.sentence.start if view.find("relative", view.between(low, low + 12)) else low
    for match in view.grammar["deed_again"].finditer(view.flat, low, plist.start):
        gap = view.between(match.end(), plist.start)
        told = view.find("deed_where", view.between(match.start(), plist.start))
        if told or (len(gap) < _THERE and not view.find("deed_elsewhere", gap)):
            return [_of(deed, Item(*match.span(), "operation", "event", match.group())) for deed in deeds[:1]]
    others = view.grammar["deed_others"].search(view.flat, view.sentence.start, view.sentence.end)
    if others and others.start() < plist.start and is_mapped(topic):
        return [_of(deeds[0], Item(*others.span(1), "operation", "event", others.group(1)))]
    for event in view.kinds:
        if event.role != "event" or not low <= event.start < high:
            continue
        before = view.between(low, event.start)
        if is_mapped(topic) and view.find("others_too", before):
            return [_of(deed, event) for deed in deeds[:1]]
    return []


def _of(deed: Link, event: Item) -> Link:
    owner = Owner(deed.owner.group, None, "the deed told of before")
    return Link("operation", event, owner, TOLD_BEFORE)


def told_next(view: View, bounds: list[int], plist: PlaceList, following: View | None) -> list[Link]:
    """People killed or taken here whom the next sentence calls the group's: "They were of al-Qaeda"."""
    if following is None or any(group.role != "actor" for group in actors(view)):
        return []
    if following.sentence.paragraph - view.sentence.paragraph > 1:
        return []
    if struck := _victim_next(view, plist, following):
        return struck
    named = [group for group in following.groups if group.role != "actor"]
    if not named or not is_mapped(named[0].label) or only_linked(following, named[0]):
        return []
    before = following.between(following.sentence.start, named[0].start)
    owner = Owner(named[0].label, None, "the next sentence says whose it was")
    if following.find("owned_next", before):
        return _theirs(view, bounds, plist, owner)
    if len(before) > _IDENTIFIED or not following.find("identified_next", before):
        return []
    low, high = clause_at(bounds, plist.start)
    for event in view.kinds:
        suffers = view.find("passive", view.between(low, event.start)) or view.fits(
            "intransitive", event.text
        )
        object_follows = view.find("people_object", view.between(event.end, plist.start))
        if event.role == "event" and low <= event.start < high and (suffers or object_follows):
            return [Link("operation", event, owner, "struck, killed or taken")]
    return []


def _theirs(view: View, bounds: list[int], plist: PlaceList, owner: Owner) -> list[Link]:
    """The sites of a clause, and the raid on them, once the next sentence has said whose they were."""
    low, high = clause_at(bounds, plist.start)
    inside = [kind for kind in view.kinds if low <= kind.start < high]
    sites = [kind for kind in inside if kind.role in ("site", "site_weak")]
    strong = [kind for kind in sites if kind.role == "site"] or sites[:1]
    events = [k for k in inside if k.role == "event" and not view.fits("needs_passive", k.text)]
    struck = events[:1] if sites else []
    return [Link(kind.label, kind, owner, "told of in the sentence after") for kind in (*struck, *strong[:1])]


def _victim_next(view: View, plist: PlaceList, following: View) -> list[Link]:
    """A strike told of with its place, whose victim the next sentence names: "A missile hit X. He died"."""
    low = max(view.sentence.start, plist.start - _THERE)
    struck = view.grammar["strike_told"].search(view.flat, low, plist.start)
    if struck is None or following.mentions or view.find("we", view.between(view.sentence.start, plist.end)):
        return []
    words = following.between(following.sentence.start, following.sentence.end)
    if any(following.find(name, words) for name in ("same_event", "stated_year", "we", "ago")):
        return []
    if following.cued("negation", "denial", "hypothetical", "wish", "irrealis"):
        return []
    deeds = pending_deeds(following, clause_bounds(following), topic="")
    if not deeds or deeds[0].owner.item is None:
        return []
    owner = Owner(deeds[0].owner.group, None, "the next sentence names who was struck")
    event = Item(*struck.span(), "operation", "event", struck.group())
    return [Link("operation", event, owner, "struck, killed or taken")]


def sites_struck(view: View, deeds: Sequence[Link]) -> tuple[str, ...]:
    """The types of the sites beside the group's name in a sentence that tells of a strike on them."""
    named = [deed.owner.item for deed in deeds[:1] if deed.owner.item is not None]
    return tuple(
        kind.label
        for kind in view.kinds
        for group in named
        if kind.role in ("site", "site_weak")
        and not view.find("statement_break", view.between(group.end, kind.start))
        and min(abs(kind.start - group.end), abs(group.start - kind.end)) < _BESIDE_NAME
    )


def struck_there(view: View, links: Sequence[Link], memory: Memory) -> list[Link]:
    """The strike told before on sites that this sentence places: "They hit two camps. The camps are in X".

    Only for the same sites, with an article that points back (pattern ``the_site``).
    """
    fresh = memory.deeds and memory.deeds_age <= _STRUCK_LASTS
    if not memory.struck or not fresh or "the_site" not in view.grammar:
        return []
    for link in links:
        before = view.between(view.sentence.start, link.trigger.start)[-_BEFORE_SITE:]
        if link.claim_type in memory.struck and link.owner.item is None and view.find("the_site", before):
            return [replace(memory.deeds[0], how=TOLD_BEFORE)]
    return []
