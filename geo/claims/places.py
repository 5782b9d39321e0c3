"""Places as a text lists them: "Kunar, Helmand and Zabul provinces" is one list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.claims.view import View
from geo.model import Mention

__all__ = ["PlaceList", "contained", "list_places", "paired_groups"]

_UNIT = (
    r"(?:provinces?|districts?|cit(?:y|ies)|regions?|valleys?|mountains?|areas?|towns?|villages?"
    r"|counties|county|airfield)"
)
_JOINT = re.compile(
    rf"^(?:'s)?\s*(?:{_UNIT})?\s*[,)(/&+]*\s*"
    r"(?:(?:and|or|as well as|in addition to|plus|along with|followed by|to a lesser extent|also"
    r"|but also|&)\s*,?\s*)?"
    rf"(?:(?:in|the|of|from|across|parts|much|both|province|provinces|district|districts|city|cities"
    rf"|neighbou?ring|"
    rf"nearby|adjacent|remote|restive|mountainous|its|some|rural|border|bordering|other|far|inside"
    rf"|within|all|"
    rf"(?:the\s+)?(?:south|north)?\s?(?:eastern|western|southern|northern|central))\s+)*$"
)
_LEAD = re.compile(
    r"(?:\b(?:in|at|across|throughout|inside|within|from|of|near|around|through|into|to|for|over"
    r"|outside|between|"
    r"including|namely|like|as|via|and|or|on|toward|towards)\b"
    rf"|[,:(;–—]|^)\s*(?:(?:the|a|an|its|their|both|parts|of|in|{_UNIT}|eastern|western|southern|northern|"
    r"central|south|north|east|west|southeastern|northeastern|southwestern|northwestern|remote|restive|"
    r"mountainous|afghanistan's|afghan|country's|neighbou?ring|nearby|and|only|as|such|far|some|border|"
    r"volatile|troubled|rural|capital|city|rugged|lawless)\s+)*$"
)
_ROUTE_TO = re.compile(r"^\s*(?:provinces?\s*)?(?:to|through to|into|towards?)\s+(?:the\s+)?$")


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


_MOVES = re.compile(
    r"\b(?:mov\w+|shift\w*|relocat\w+|transfer\w*|travel\w*|went|came|smuggl\w+|routes?|roads?|highway"
    r"|fl[eo]w\w*|fled|flee\w*|"
    r"convoys?|drove|driv\w+|brought|sent|return\w*|withdr\w+|cross\w*|march\w*|retreat\w*|escap\w+)\b"
)


def list_places(view: View) -> list[PlaceList]:
    """Group a sentence's place mentions into lists, in order.

    Commas may be missing and head nouns may stand anywhere; a semicolon, a verb
    or any other word ends a list.
    """
    lists: list[list[Mention]] = []
    for mention in view.mentions:
        if lists and _joined(view, lists[-1][-1], mention):
            lists[-1].append(mention)
        else:
            lists.append([mention])
    out = []
    for number, members in enumerate(lists):
        following = lists[number + 1][0] if number + 1 < len(lists) else None
        lead = _lead(view, members[0].start)
        route = (
            lead in ("from", "between")
            and following is not None
            and bool(_ROUTE_TO.match(view.between(members[-1].end, following.start)))
            and bool(_MOVES.search(view.between(view.sentence.start, members[0].start)))
        )
        out.append(PlaceList(members[0].start, members[-1].end, tuple(members), lead, route))
    return out


def _joined(view: View, left: Mention, right: Mention) -> bool:
    return bool(_JOINT.match(view.between(left.end, right.start)))


def _lead(view: View, start: int) -> str:
    match = _LEAD.search(view.between(max(view.sentence.start, start - 70), start))
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
