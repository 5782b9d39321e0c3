"""What the words around an event word tell of it: it was abroad, only dates something, or hit a house."""

from __future__ import annotations

from geo.claims.places import PlaceList
from geo.claims.view import Item, View

__all__ = [
    "becomes",
    "is_abroad",
    "only_dates",
    "runs_site_between",
    "site_behind",
    "site_hit",
    "takes_other",
]

_BEFORE = 40
_NEXT = 40
_OBJECT_REACH = 130


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
