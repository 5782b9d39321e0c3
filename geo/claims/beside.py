"""The group beside a place: said to be there with no trigger of any table."""

from __future__ import annotations

from geo.claims.clauses import clause_at
from geo.claims.groups import (
    Link,
    Owner,
    actors,
    is_linked,
    is_mapped,
    member_noun,
    says_linked,
)
from geo.claims.places import PlaceList
from geo.claims.view import Item, View

__all__ = ["acting_there", "adjacent"]

_SHORT_GAP = 60
_COPULA_REACH = 90
_ACTING_REACH = 110


def acting_there(view: View, bounds: list[int], plist: PlaceList) -> list[Link]:
    """The group as the subject of a clause with a verb that no table has, and the place after it.

    Whatever it does there, it is there; so this is the last resort and gives a presence.
    """
    low, _ = clause_at(bounds, plist.start)
    if links := _where_they_are(view, plist):
        return links
    subjects = [item for item in actors(view) if low <= item.start and item.end <= plist.start]
    if not subjects or not is_mapped(subjects[-1].label) or not view.fits("locative", plist.lead):
        return []
    subject = subjects[-1]
    gap = view.between(subject.end, plist.start)
    between = [item for item in (*view.kinds, *view.sources) if subject.end <= item.start < plist.start]
    blocked = any(item.role != "member" for item in between) or any(
        subject.end <= mention.start < plist.start for mention in view.mentions
    )
    spoils = view.find("negation_break", gap) or view.find("not_there", gap)
    if blocked or len(gap) > _ACTING_REACH or spoils:
        return []
    return [Link("presence", subject, Owner(subject.label, subject, "subject"), "does something there")]


def _where_they_are(view: View, plist: PlaceList) -> list[Link]:
    """The group in what is said of a place: "X, where al-Qaeda men …", "X, among them al-Qaeda"."""
    for group in (item for item in actors(view) if item.start >= plist.end and is_mapped(item.label)):
        gap = view.between(plist.end, group.start)
        told = view.find("where", gap) and len(gap) < _SHORT_GAP
        if told or view.find("exemplified", gap):
            return [Link("presence", group, Owner(group.label, group, "said of the place"), "is there")]
    return []


def _is_there(view: View, head: Item, plist: PlaceList) -> bool:
    """Whether "to be" puts people in a place: "its chief is possibly in X", "there are Arabs in X"."""
    gap = view.between(head.end, plist.start)
    acts = any(k.role in ("verb", "event") and head.end <= k.start < plist.start for k in view.kinds)
    if len(gap) > _COPULA_REACH or acts:
        return False
    before = view.between(view.sentence.start, head.start)[-_SHORT_GAP:]
    existing = view.find("exists_before", before) and gap.rstrip().endswith(" in")
    return bool(existing or view.find("copula", gap))


def adjacent(view: View, plist: PlaceList, zone: tuple[int, int]) -> list[Link]:
    """A group's name or its people right before "in X", or right after "X-based"."""
    for group in view.groups:
        strict = "inverts_speech" in view.grammar and is_linked(view, group)
        fought = view.find("fought_before", view.between(view.sentence.start, group.start)[-_SHORT_GAP:])
        if not is_mapped(group.label) or strict or fought or says_linked(view, group):
            continue
        member = member_noun(view, group, view.kinds)
        head = member if member is not None and member.start > group.end else group
        owner = Owner(group.label, group, "named beside the place")
        beside = view.find("adjacent", view.between(head.end, plist.start)) or _is_there(view, head, plist)
        if zone[0] <= head.end <= plist.start and beside:
            return [Link("presence", head, owner, "people or group named in the place")]
        if member is None or min(group.start, member.start) < plist.end:
            continue
        after = view.between(plist.end, min(group.start, member.start))
        fronted = bool(view.find("fronted", view.between(view.sentence.start, plist.start)))
        if view.find("based_there", after) or (fronted and view.find("soon_after", after)):
            return [Link("presence", head, owner, "people or group named by the place")]
    return []
