"""People of the group who are told of beside a site or a deed: "killed in X, where he had been living"."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.clauses import clause_at
from geo.claims.events import find_operation
from geo.claims.groups import Link, is_linked, is_mapped
from geo.claims.noise import is_noise
from geo.claims.places import PlaceList
from geo.claims.view import Item, View

__all__ = ["killed_there", "lived_there", "with_people"]

_WHERE_REACH = 130
_BESIDE = 60


def lived_there(view: View, plist: PlaceList, links: Sequence[Link]) -> list[Link]:
    """What a relative clause says of somebody struck or housed at a place: that he lived there.

    Pattern ``lived_where`` reads the clause from the place on; group 1 is its verb.
    Nothing is added where the links tell of a presence already.
    """
    if not links or any(link.claim_type in ("presence", "official_post") for link in links):
        return []
    owner = links[0].owner
    words = view.between(plist.end, min(plist.end + _WHERE_REACH, view.sentence.end))
    match = view.grammar["lived_where"].match(words)
    if match is None or not is_mapped(owner.group):
        return []
    start, end = plist.end + match.start(1), plist.end + match.end(1)
    if any(plist.end <= group.start < end and not is_mapped(group.label) for group in view.groups):
        return []
    verb = Item(start, end, "presence", "verb", match.group(1))
    return [Link("presence", verb, owner, "lived there, by the relative clause")]


def killed_there(
    view: View, bounds: list[int], plist: PlaceList, links: Sequence[Link], topic: str
) -> list[Link]:
    """The killing or capture of whoever was at a place then: "killed him while he was in a house in X".

    Pattern ``while_there`` opens the second clause; the deed is in the one before. The house is
    the group's where nothing else ties the place to it.
    """
    low, _ = clause_at(bounds, plist.start)
    told = view.find("while_there", view.between(low, plist.start))
    if not told or low <= view.sentence.start or any(link.claim_type == "operation" for link in links):
        return []
    before, _ = clause_at(bounds, low - 1)
    events = [
        k for k in view.kinds if k.role == "event" and before <= k.start < low and not is_noise(view, k)
    ]
    found = find_operation(view, bounds, events, plist, topic)
    struck = [link for link in found if link.claim_type == "operation" and is_mapped(link.owner.group)]
    sites = (k for k in view.kinds if k.role == "site" and low <= k.start < plist.start)
    homes = [k for k in sites if k.label == "safe_house"]
    if struck and homes and not any(is_mapped(link.owner.group) for link in links):
        struck.append(Link("safe_house", homes[-1], struck[0].owner, "site where the victim was"))
    return struck


def with_people(view: View, links: Sequence[Link]) -> list[Link]:
    """The people or presence that "and" joins to a site: "hundreds of members and training camps in X"."""
    if not links or any(link.claim_type == "presence" for link in links):
        return []
    for link in links:
        if not link.trigger.role.startswith("site") or not is_mapped(link.owner.group):
            continue
        for item in view.kinds:
            if item.role not in ("member", "noun") or item.label != "presence":
                continue
            first, second = sorted((item, link.trigger), key=lambda found: found.start)
            gap = view.between(first.end, second.start)
            if first.end > second.start or len(gap) > _BESIDE or not view.find("and_site", gap):
                continue
            if item.role == "noun" or _stands_free(view, item, link):
                return [Link("presence", item, link.owner, "people beside the site")]
    return []


def _stands_free(view: View, item: Item, link: Link) -> bool:
    """Whether people are counted or had as such ("dozens of fighters"), and are nobody else's."""
    if any(not is_mapped(g.label) and abs(g.start - item.start) < _BESIDE for g in view.groups):
        return False
    own = link.owner.item
    if own is not None and is_linked(view, own):
        return False
    return bool(view.find("counted_people", view.between(view.sentence.start, item.start)[-_BESIDE:]))
