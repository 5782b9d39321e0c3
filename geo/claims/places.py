"""Places as a text lists them: "Kunar, Helmand and Zabul provinces" is one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.claims.view import View
from geo.model import Mention

__all__ = ["PlaceList", "contained", "list_places", "paired_groups", "without_bearings"]


@dataclass(frozen=True, slots=True)
class PlaceList:
    """One or more places that stand together and carry the same claims.

    ``lead`` is the preposition before the first place, "" for none. ``origin``
    marks where somebody moves from ("moved from X to Y"), which carries no claim.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...]
    lead: str
    origin: bool = False


def list_places(view: View) -> list[PlaceList]:
    """Group a sentence's place mentions into lists, in order.

    Commas may be missing and head nouns may stand anywhere; a semicolon, a verb
    or any other word ends a list.
    """
    lists: list[list[Mention]] = []
    for mention in view.mentions:
        joined = lists and _joined(view, lists[-1][-1], mention) and not _on_the_way(view, lists[-1], mention)
        if joined and not _whence(view, lists[-1], mention):
            lists[-1].append(mention)
        else:
            lists.append([mention])
    out = []
    reach = view.sentence.end if "verb_final" in view.grammar else 0
    for number, members in enumerate(lists):
        following = lists[number + 1][0] if number + 1 < len(lists) else None
        lead = _lead(view, members[0].start)
        route = (
            view.fits("route_lead", lead)
            and following is not None
            and bool(view.find("route_to", view.between(members[-1].end, following.start)))
            and bool(view.find("moves", view.between(view.sentence.start, reach or members[0].start)))
        )
        away = view.fits("route_lead", lead) and bool(
            view.find("route_away", view.between(members[-1].end, view.sentence.end))
            and view.find("moves", view.between(view.sentence.start, members[0].start))
        )
        back = number > 0 and _whence(view, lists[number - 1], members[0])
        out.append(PlaceList(members[0].start, members[-1].end, tuple(members), lead, route or away or back))
    return out


def _whence(view: View, left: Sequence[Mention], right: Mention) -> bool:
    """Whether somebody comes to one place from the next: "moved to X from Y"."""
    return (
        bool(view.find("comes_from", view.between(left[-1].end, right.start)))
        and view.fits("toward", _lead(view, left[0].start))
        and bool(view.find("moves", view.between(view.sentence.start, left[0].start)))
    )


def _on_the_way(view: View, left: Sequence[Mention], right: Mention) -> bool:
    """Whether a route leads from one place to the next, so that they are no list."""
    return view.fits("route_lead", _lead(view, left[0].start)) and bool(
        view.find("route_to", view.between(left[-1].end, right.start))
    )


def _joined(view: View, left: Mention, right: Mention) -> bool:
    gap = view.between(left.end, right.start)
    return bool(view.find("list_joint", gap)) and not view.find("lies_beside", gap)


def _lead(view: View, start: int) -> str:
    match = view.find("lead", view.between(max(view.sentence.start, start - 70), start))
    if match is None:
        return ""
    words = match.group().split()
    return words[0] if words else ""


def contained(mentions: Sequence[Mention]) -> list[Mention]:
    """Drop a province that only says where the district before it lies.

    "Barmal district of Paktika" is one place, so it makes one claim.
    """
    kept: list[Mention] = []
    for mention in mentions:
        previous = kept[-1] if kept else None
        if (
            previous is not None
            and previous.basis == "place"
            and mention.basis == "named"
            and mention.province_id == previous.province_id
        ):
            continue
        kept.append(mention)
    return kept


def paired_groups(view: View, plist: PlaceList) -> list[str]:
    """The groups that "respectively" pairs with the places of a list, in order; else empty."""
    if not view.cued("respectively", low=plist.end):
        return []
    before = [item.label for item in view.groups if item.end <= plist.start and item.role == "name"]
    return before if len(before) == len(plist.mentions) > 1 else []


def without_bearings(view: View, lists: list[PlaceList]) -> list[PlaceList]:
    """Drop a direction that only says where the province before it lies: "near X, in the south-east"."""
    kept = []
    for at, plist in enumerate(lists):
        before = lists[at - 1].mentions[-1] if at else None
        bearing = before is not None and all(
            mention.basis == "direction" and before.province_id in mention.provinces
            for mention in plist.mentions
        )
        if not (bearing and before and view.find("bearing_gap", view.between(before.end, plist.start))):
            kept.append(plist)
    return kept
