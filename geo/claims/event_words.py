"""What the words around an event word tell of it: it was abroad, only dates something, or hit a house."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.groups import Link, Owner, is_mapped
from geo.claims.places import PlaceList
from geo.claims.view import Item, View

__all__ = [
    "acts_itself",
    "becomes",
    "is_abroad",
    "joined_to_struck",
    "object_described",
    "only_dates",
    "runs_site_between",
    "site_behind",
    "site_hit",
    "takes_other",
]

_BEFORE = 40
_NEXT = 40
_NEAR = 60
_OBJECT_REACH = 130


def acts_itself(view: View, subject: Item, event: Item) -> bool:
    """Whether a group is the subject of an active perfect: "the group has in X policemen killed"."""
    return bool(view.find("acts_itself", view.between(subject.end, event.start)))


def becomes(view: View, site: Item) -> bool:
    """Whether a site served as another that is named right after it: "a house used as an arms dump"."""
    return any(
        other.role == "site"
        and site.end <= other.start < site.end + _OBJECT_REACH
        and view.find("into", view.between(site.end, other.start))
        for other in view.kinds
    )


def is_abroad(view: View, low: int, high: int) -> bool:
    """Whether words put an event in another country; a country in a group's name does not."""
    words = list(view.between(low, high))
    for group in view.groups:
        if low <= group.start and group.end <= high:
            words[group.start - low : group.end - low] = "x" * (group.end - group.start)
    return bool(view.find("elsewhere_event", "".join(words)))


def only_dates(view: View, event: Item) -> bool:
    """Whether an event only says when the rest was: "a year after the killing of", "since the death of"."""
    return bool(view.find("just_when", view.between(view.sentence.start, event.start)[-_BEFORE:]))


def runs_site_between(view: View, event: Item, group: Item) -> bool:
    """Whether "by" names who runs the site struck, not who strikes: "bombed a camp run by the group"."""
    return any(
        kind.role.startswith("site")
        and event.end <= kind.start
        and kind.end <= group.start
        and view.find("owned_by", view.between(kind.end, group.start))
        for kind in view.kinds
    )


def takes_other(view: View, event: Item, start: int) -> bool:
    """Whether a noun of loss has another victim than the group at ``start``: none that "of" joins to it."""
    gap = view.between(event.end, start)
    return view.fits("loss_noun", event.text) and not view.find("loss_of", gap)


def site_behind(view: View, group: Item | None, plist: PlaceList) -> Item | None:
    """The site of a group right behind its place, where the place stands in its name: "X's Zabul camp"."""
    if group is None or group.end > plist.start:
        return None
    if not view.find("own_site", view.between(group.end, plist.start)):
        return None
    near = (k for k in view.kinds if k.role.startswith("site") and plist.end <= k.start < plist.end + _NEXT)
    return next((k for k in near if view.find("site_next", view.between(plist.end, k.start))), None)


def site_hit(view: View, event: Item, group: Item | None, plist: PlaceList) -> Item | None:
    """The house struck whose victim is named behind its place: "hit a safe house in X, killing its chief"."""
    if inside := _killed_inside(view, event, group, plist):
        return inside
    if group is None or group.start < plist.end or not plist.mentions:
        return None
    if not view.find("killing_behind", view.between(plist.end, group.start)):
        return None
    for site in view.kinds:
        gap = view.between(event.end, site.start)
        own = site.role == "site" and site.label == "safe_house" and event.end <= site.start < plist.start
        if own and view.find("site_object", gap):
            return site
    return None


def _killed_inside(view: View, event: Item, group: Item | None, plist: PlaceList) -> Item | None:
    """The safe house in which somebody was killed or taken: "killed its leader in a safe house in X"."""
    low = max(event.end, group.end if group else 0)
    if "killed_inside" not in view.grammar or not plist.mentions:
        return None
    for site in view.kinds:
        own = (
            site.role == "site"
            and site.label == "safe_house"
            and low <= site.start
            and site.end <= plist.start
        )
        if own and view.find("killed_inside", view.between(low, site.start)):
            return site
    return None


def joined_to_struck(view: View, group: Item | None, site: Item, links: Sequence[Link]) -> bool:
    """Whether a site stands beside the group's own that was struck: "took their base and an arms dump"."""
    if group is None or site.role != "site" or all(link.claim_type == "operation" for link in links):
        return False
    near = 0 <= site.start - group.end < _NEAR
    return near and bool(view.find("coordinated", view.between(group.end, site.start)))


def object_described(view: View, low: int, event: Item) -> Owner | None:
    """The object of a verb that a relative clause parts from it: "X, whom they sought, in Y they killed"."""
    for group in reversed([g for g in view.groups if g.end <= low and is_mapped(g.label)]):
        if view.find("object_described", view.between(group.end, event.start)):
            return Owner(group.label, group, "object before the verb")
    return None
