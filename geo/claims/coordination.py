"""Of several triggers of one clause, which ones a place list goes with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geo.claims.groups import NAMED_AFTER, Link, is_mapped
from geo.claims.places import PlaceList
from geo.claims.view import Item, View

__all__ = ["coordinated", "share_owner"]


def coordinated(view: View, links: Sequence[Link], plist: PlaceList) -> list[Link]:
    """Of several triggers keep those joined by "and"; otherwise the first, or the last after "into"."""
    if not links:
        return []
    if nearest := _exemplified(view, links, plist):
        return [nearest]
    strong = [link for link in links if link.trigger.role == "site"]
    if strong and links[0].trigger.role in ("site", "site_weak"):
        links = _with_weak(view, links, strong)
    if links[0].trigger.role in ("noun", "verb", "member"):
        if links[0].trigger.start >= plist.end:
            return [links[0]]
        mapped = [link for link in links if is_mapped(link.owner.group)]
        nearest = (
            mapped[-1] if mapped and links[-1].trigger.start - mapped[-1].trigger.start < 90 else links[-1]
        )
        return [nearest]
    groups: list[list[Link]] = [[links[0]]]
    for left, right in pairwise(links):
        between = view.between(left.trigger.end, right.trigger.start)
        if view.find("coordinated", between) and not view.find("new_verb", between):
            groups[-1].append(right)
        else:
            groups.append([right])
    if len(groups) > 1 and view.find(
        "into", view.between(groups[0][-1].trigger.end, groups[-1][0].trigger.start)
    ):
        return groups[-1]
    after = links[0].trigger.start >= plist.end
    return groups[0] if after or len(groups) == 1 else _governing(view, groups)


def share_owner(view: View, items: Sequence[Item], links: Sequence[Link]) -> list[Link]:
    """Let sites that "and" joins to one have its owner, named after both: "camps and dens of al-Qaeda".

    ``items`` are the triggers in the order of the text, ``links`` those of them that have an owner.
    """
    known = {link.trigger.start: link for link in links}
    for left, right in reversed(list(pairwise(items))):
        link = known.get(right.start)
        if (
            left.start not in known
            and link is not None
            and link.owner.how == NAMED_AFTER
            and is_mapped(link.owner.group)
            and {left.role, right.role} <= {"site", "site_weak"}
            and view.find("coordinated", view.between(left.end, right.start))
        ):
            known[left.start] = Link(left.label, left, link.owner, f"{left.role} joined to {right.text}")
    return [known[start] for start in sorted(known)]


def _exemplified(view: View, links: Sequence[Link], plist: PlaceList) -> Link | None:
    """The nearer of several sites where it is an instance: "sites all over, including camps in X"."""
    last = links[-1]
    if len(links) < 2 or not last.trigger.role.startswith("site"):
        return None
    instance = view.find("for_example", view.between(links[-2].trigger.end, last.trigger.start))
    beside = view.find("right_in", view.between(last.trigger.end, plist.start))
    return last if instance and beside else None


def _beside_strong(view: View, weak: Link, strong: Sequence[Link]) -> bool:
    """Whether camps or stores stand in a list with what counts by itself: "bases and arms dumps"."""
    return weak.claim_type in ("training_camp", "weapons_depot") and any(
        link.claim_type != weak.claim_type
        and view.find("coordinated", view.between(*_inner(weak.trigger, link.trigger)))
        for link in strong
    )


def _inner(one: Item, other: Item) -> tuple[int, int]:
    """The offsets between two items, whichever stands first."""
    first, second = sorted((one, other), key=lambda item: item.start)
    return first.end, second.start


def _with_weak(view: View, links: Sequence[Link], strong: Sequence[Link]) -> Sequence[Link]:
    """The clear sites, and a weaker word of another type that "and" joins to one: "camps and arms depots"."""
    if "inverts_speech" not in view.grammar:
        return [link for link in links if link in strong or _beside_strong(view, link, strong)]
    joined = [
        left
        for left, right in pairwise(links)
        if right in strong
        and left.claim_type != right.claim_type
        and view.find("coordinated", view.between(left.trigger.end, right.trigger.start))
    ]
    return [link for link in links if link in strong or link in joined]


def _governing(view: View, groups: Sequence[Sequence[Link]]) -> list[Link]:
    """The first trigger of a chain ("a media wing in one of the safe houses in X") within one clause."""
    for group in groups:
        rest = view.between(group[-1].trigger.end, groups[-1][0].trigger.start)
        if group is groups[-1] or not view.find("statement_break", rest):
            return list(group)
    return list(groups[-1])
