"""Which phrase makes a place list a claim, of which type, and about whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.claims.beside import acting_there, adjacent, in_a_row, in_an_item
from geo.claims.clauses import clause_at
from geo.claims.coordination import coordinated, share_owner
from geo.claims.event_words import is_abroad
from geo.claims.events import find_operation, find_post, struck_after
from geo.claims.groups import (
    NAMED_AFTER,
    Link,
    Owner,
    actors,
    find_owner,
    is_mapped,
    object_of,
    possessed,
)
from geo.claims.living_there import killed_there, lived_there, with_people
from geo.claims.noise import is_dwelt_in, is_left, is_noise
from geo.claims.other_subject import only_speak, taken_over
from geo.claims.places import PlaceList
from geo.claims.view import Item, View

__all__ = ["Link", "link_place", "pending_deeds", "pending_links"]

_WHERE_REACH = 60
_REACH = 260
_SHORT_GAP = 60
_GOVERNING = ("site", "site_weak", "event", "post", "income", "noun")
_NAMED_BESIDE = "people or group named"


def link_place(
    view: View, bounds: list[int], lists: Sequence[PlaceList], at: int, *, topic: str, earlier: Sequence[Link]
) -> list[Link]:
    """Tie one place list to the triggers that govern it.

    Triggers before the list in its clause come first, unless the list stands at
    the front ("In Ghazni, …"); a list without any of its own goes on with those
    of the list before (``earlier``); triggers after it come last.
    """
    found = _governed(view, bounds, lists, at, topic, earlier)
    found = found + with_people(view, found) + lived_there(view, lists[at], found)
    found += killed_there(view, bounds, lists[at], found, topic)
    listed = in_a_row(view, topic) or in_an_item(view, lists[at], topic)
    return found or listed or acting_there(view, bounds, lists[at])


def _governed(
    view: View, bounds: list[int], lists: Sequence[PlaceList], at: int, topic: str, earlier: Sequence[Link]
) -> list[Link]:
    plist = lists[at]
    low, high = clause_at(bounds, plist.start)
    if low > view.sentence.start and view.find("relative_closed", view.between(low, plist.start)):
        low = clause_at(bounds, low - 1)[0]
    if low > view.sentence.start and _describes_victim(view, bounds, low):
        low = clause_at(bounds, low - 1)[0]
    previous = lists[at - 1].end if at else view.sentence.start
    following = lists[at + 1].start if at + 1 < len(lists) else view.sentence.end
    left = (_after_taken(view, earlier, previous, max(low, previous), plist.start), plist.start)
    if where := view.grammar["where"].search(view.between(plist.end, plist.end + _WHERE_REACH)):
        high = clause_at(bounds, min(plist.end + where.end(), view.sentence.end) - 1)[1]
    named = next((k.start for k in view.kinds if plist.start <= k.start and k.end <= plist.end), plist.end)
    right = _own_words(view, (named, min(high, following)))
    object_last = bool(view.find("object_after", view.between(*left))) and _has_thing(view, right)
    if at and earlier and "object_after" in view.grammar and earlier[-1].trigger.start >= previous:
        left = (max(left[0], min(earlier[-1].trigger.end, plist.start)), plist.start)
    fronted = bool(view.find("fronted", view.between(left[0], left[1]))) and not _set_off(view, left)
    gap = view.between(previous, plist.start) if at else ""
    goes_on = bool(at and earlier and view.find("list_continues", gap))
    goes_on = goes_on and not view.find("anew", f"{gap}¦{view.between(*right)}")
    zones = [left, right]
    place_first = _place_first(view, bounds, lists, at)
    if place_first or object_last or (fronted and not goes_on):
        zones = [right, left]
    struck = struck_after(view, bounds, right, plist, topic)
    kept = earlier[-1].owner if earlier and not _has_group(view, left) else None
    others = False
    for zone in zones:
        links = _links_in(view, bounds, zone, plist, topic, kept)
        if place_first and zone is right and not any(is_mapped(link.owner.group) for link in links):
            others = bool(links)
            continue
        if links and zone is left and where and (told := _told_after(view, bounds, right, plist, links)):
            return told
        if links:
            if goes_on and zone is left and _another(view, earlier, links, (previous, plist.start)):
                return _inherit(view, earlier, left)
            if zone is left:
                struck = struck or _struck_it(view, links, right)
                links = _stated_later(view, bounds, right, plist, topic, links)
                links = links + _opened_there(view, right, links)
            if struck and zone is left and "frame" in view.grammar and links[0].claim_type == "presence":
                return struck
            return links + [link for link in struck if zone is left and links[0].claim_type != "operation"]
        if goes_on and zone is left:
            return _inherit(view, earlier, left)
    if others:
        return []
    if at and earlier and low < previous and len(gap) < _SHORT_GAP and not _has_trigger(view, left):
        return _inherit(view, earlier, left)
    if low > view.sentence.start and not (at and previous > low):
        if view.between(low - 2, low).strip().endswith(";") or _has_other_subject(view, low, plist.start):
            return []
        if view.find("own_verb", view.between(plist.end, high)):
            return []
        wider = (max(previous, clause_at(bounds, low - 1)[0]), plist.start)
        return _links_in(view, bounds, wider, plist, topic, None)
    return []


def _struck_it(view: View, links: Sequence[Link], right: tuple[int, int]) -> list[Link]:
    """A site named with its place and then struck as "it": "found a cache of theirs in X and blew it up"."""
    site = links[0]
    if not site.trigger.role.startswith("site") or not is_mapped(site.owner.group):
        return []
    struck = view.grammar["struck_it"].search(view.flat, *right) if right[0] < right[1] else None
    if struck is None:
        return []
    event = Item(*struck.span(1), "operation", "event", struck.group(1))
    return [Link("operation", event, site.owner, "the site, struck as “it”")]


def _describes_victim(view: View, bounds: list[int], low: int) -> bool:
    """Whether a clause only says who was killed or taken in the one before: "killed X, who led it, in Y"."""
    if not view.find("describes", view.between(low, view.sentence.end)):
        return False
    before = clause_at(bounds, low - 1)[0]
    return any(item.role == "event" and before <= item.start < low for item in view.kinds)


def _own_words(view: View, right: tuple[int, int]) -> tuple[int, int]:
    """The words behind a list up to what is said of the next: "has in X a base and runs in Y a camp"."""
    goes_on = view.grammar["new_statement"].search(view.flat, *right) if right[0] < right[1] else None
    if goes_on is None or not _has_trigger(view, (right[0], goes_on.start())):
        return right
    return right[0], goes_on.start()


def _told_after(
    view: View, bounds: list[int], right: tuple[int, int], plist: PlaceList, links: Sequence[Link]
) -> list[Link]:
    """What a relative clause says of a place that others are at: "they hold X, where … of the group hide"."""
    if any(is_mapped(link.owner.group) for link in links):
        return []
    told = _links_in(view, bounds, right, plist, "", None)
    return told if any(is_mapped(link.owner.group) for link in told) else []


def _opened_there(view: View, right: tuple[int, int], links: Sequence[Link]) -> list[Link]:
    """The sites that a relative clause puts where the group is: "active in X, where houses were opened"."""
    owner = links[0].owner
    if not is_mapped(owner.group) or any(right[0] <= group.start < right[1] for group in view.groups):
        return []
    for site in (k for k in view.kinds if k.role == "site" and right[0] <= k.start and k.end <= right[1]):
        around = f"{view.between(right[0], site.start)}¦{view.between(site.end, right[1])}"
        if view.find("site_where", around) and all(link.claim_type != site.label for link in links):
            return [Link(site.label, site, owner, "site in the relative clause")]
    return []


def _zones(bounds: list[int], lists: Sequence[PlaceList], at: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The words of a list's clause before it and after it, up to the lists beside it."""
    low, high = clause_at(bounds, lists[at].start)
    if at:
        low = max(low, lists[at - 1].end)
    if at + 1 < len(lists):
        high = min(high, lists[at + 1].start)
    return (low, lists[at].start), (lists[at].end, high)


def _place_first(view: View, bounds: list[int], lists: Sequence[PlaceList], at: int) -> bool:
    """Whether a verb-final language names the site or deed after this place: "in X camps has".

    So it is where something stands after the list and nothing that could govern
    it stands open before it; what a list before it has already taken is not open.
    """
    if "verb_final" not in view.grammar:
        return False
    left, right = _zones(bounds, lists, at)
    if not _has_trigger(view, right):
        return False
    taken = bool(at and lists[at - 1].end == left[0] and _place_first(view, bounds, lists[: at + 1], at - 1))
    if taken:
        return True
    return not any(
        left[0] <= item.start < left[1]
        and item.role in _GOVERNING
        and not view.find("clause_closed", view.between(item.end, left[1]))
        for item in view.kinds
    )


def _after_taken(view: View, earlier: Sequence[Link], previous: int, low: int, high: int) -> int:
    """Where the words before a list begin that are its own: behind what the list before took from there.

    Only where what a list says may stand after it (pattern ``frame``): "in X it
    has a camp, in Y a school".
    """
    taken = [link.trigger for link in earlier if link.trigger.start >= previous]
    if "frame" not in view.grammar or not taken:
        return low
    end = max(item.end for item in taken)
    return end if low < end <= high else low


def _another(view: View, earlier: Sequence[Link], links: Sequence[Link], gap: tuple[int, int]) -> bool:
    """Whether a verb only says where another of the sites before is: "one more, it seems, stands in X"."""
    verbs = all(link.trigger.role == "verb" for link in links)
    sites = all(link.trigger.role == "site" for link in earlier)
    more = view.cued("such", low=gap[0], high=gap[1])
    return "frame" in view.grammar and verbs and sites and bool(more)


def _stated_later(
    view: View, bounds: list[int], right: tuple[int, int], plist: PlaceList, topic: str, links: list[Link]
) -> list[Link]:
    """What stands after the place where a language puts it there ("… in X a camp runs"), else the links.

    Pattern ``frame`` describes the words before a place whose verb or site is
    still to come; a group's bare name beside the place always waits for it.
    """
    if "frame" not in view.grammar or any(link.claim_type != "presence" for link in links):
        return links
    before = view.between(view.sentence.start, plist.start)[-70:]
    bare = all(link.how.startswith(_NAMED_BESIDE) for link in links)
    if not bare and not view.find("frame", before):
        return links
    words = view.between(*right)
    stop = view.find("statement_break", words)
    opens = stop is not None and not _has_trigger(view, (right[0], right[0] + stop.start()))
    if stop is not None and (opens or "," in words):
        right = (right[0], right[0] + (stop.start() if opens else words.find(",")))
    later = _links_in(view, bounds, right, plist, topic, None)
    if bare:
        later = [link for link in later if not link.how.startswith(_NAMED_BESIDE)]
    else:
        later = [link for link in later if link.claim_type != "presence"]
    return later or links


def _set_off(view: View, zone: tuple[int, int]) -> bool:
    """Whether a list merely follows a comma after its own trigger: "camps of the group, in Kunar".

    Or an opening bracket, where sites may also follow their places.
    """
    words = view.between(*zone)
    bracket = words.rfind("(")
    if bracket > words.rfind(",") and _has_trigger(view, (zone[0], zone[0] + bracket)):
        return True
    comma = max(words.rfind(","), words.rfind("(") if "frame" in view.grammar else -1)
    after = re.sub(r"^[,(]\s*", "", words[comma:]) if comma >= 0 else ""
    own = any(
        item.role in ("site", "event") and zone[0] <= item.start < zone[0] + max(comma, 0)
        for item in view.kinds
    )
    return own and not view.find("then_clause", after)


def _has_other_subject(view: View, low: int, high: int) -> bool:
    """Whether somebody else is the subject of a clause of its own: "while the Taliban advanced in X"."""
    return "verb_first" in view.grammar and any(
        low <= item.start < high and not is_mapped(item.label) for item in actors(view)
    )


def _has_group(view: View, zone: tuple[int, int]) -> bool:
    """Whether any group, in whatever role, is named between two offsets."""
    return any(zone[0] <= item.start < zone[1] for item in view.groups)


def _has_thing(view: View, zone: tuple[int, int]) -> bool:
    """Whether a site, an income or the like is named between two offsets."""
    return any(
        zone[0] <= item.start < zone[1] and item.role in ("site", "site_weak", "income", "noun", "member")
        for item in view.kinds
    )


def _has_trigger(view: View, zone: tuple[int, int]) -> bool:
    return any(zone[0] <= item.start < zone[1] and item.role != "member" for item in view.kinds)


def pending_links(view: View, bounds: list[int], *, topic: str) -> list[Link]:
    """The sites and presences that a sentence states without a place."""
    zone = (view.sentence.start, view.sentence.end)
    end = PlaceList(view.sentence.end, view.sentence.end, (), "")
    return [
        link for link in _links_in(view, bounds, zone, end, topic, None) if link.claim_type != "operation"
    ]


def pending_deeds(view: View, bounds: list[int], *, topic: str) -> list[Link]:
    """The killings, captures and strikes that a sentence tells of without a place in the country."""
    if is_abroad(view, view.sentence.start, view.sentence.end):
        return []
    end = PlaceList(view.sentence.end, view.sentence.end, (), "")
    events = [item for item in view.kinds if not is_noise(view, item)]
    found = find_operation(view, bounds, events, end, topic)
    return [link for link in found if link.claim_type == "operation" and is_mapped(link.owner.group)]


def _inherit(view: View, earlier: Sequence[Link], zone: tuple[int, int]) -> list[Link]:
    """Go on with the triggers of the list before; a new group in between takes them over."""
    fresh = [item for item in actors(view) if zone[0] <= item.start and item.end <= zone[1]]
    if fresh and fresh[-1].role != "actor":
        owner = Owner(fresh[-1].label, fresh[-1], "takes over the list")
        return [Link(link.claim_type, link.trigger, owner, "list goes on") for link in earlier]
    return [Link(link.claim_type, link.trigger, link.owner, "list goes on") for link in earlier]


def _links_in(
    view: View, bounds: list[int], zone: tuple[int, int], plist: PlaceList, topic: str, kept: Owner | None
) -> list[Link]:
    items = [
        item
        for item in view.kinds
        if zone[0] <= item.start and item.end <= zone[1] and not is_noise(view, item)
    ]
    near = [item for item in items if min(abs(plist.start - item.end), abs(item.start - plist.end)) < _REACH]
    links = find_operation(view, bounds, near, plist, topic)
    if links:
        return links
    links = find_post(view, bounds, near, plist, topic)
    dwelt = [item for item in near if is_dwelt_in(view, item)]
    near = [item for item in near if item not in dwelt and not is_left(view, item, plist)]
    for roles in (("site", "site_weak"), ("income",), ("noun", "verb", "member")):
        if links:
            return links
        items = [item for item in near if item.role in roles]
        chosen = [
            link
            for link in _owned(view, bounds, items, plist, topic, kept)
            if link.trigger.role != "member" or possessed(view, link, plist)
        ]
        links = coordinated(view, chosen, plist)
    stays = [replace(item, label="presence", role="verb") for item in dwelt if item.end <= plist.start]
    links = links or _owned(view, bounds, stays, plist, topic, kept)[-1:]
    return links or adjacent(view, plist, zone)


def _owned(
    view: View, bounds: list[int], items: Sequence[Item], plist: PlaceList, topic: str, kept: Owner | None
) -> list[Link]:
    links = []
    for item in items:
        hosts = plist.end <= item.start and view.fits("hosting", item.text)
        reach = item.end + _SHORT_GAP if hosts else max(plist.start, item.end)
        owner = find_owner(view, bounds, item, topic=topic, place_start=reach)
        if owner is None and kept is not None and item.role in ("site", "site_weak"):
            owner = Owner(kept.group, kept.item, "owner of the list before")
        if owner is None or not _is_its_own(view, item, owner):
            continue
        if only_speak(view, item) or (
            item.role in ("verb", "noun", "member") and taken_over(view, item, plist)
        ):
            continue
        if item.role == "verb" and not is_mapped(owner.group):
            owner = object_of(view, item, reach if hosts else plist.start) or owner
        if _is_area(view, item, plist):
            item = replace(item, label="presence", role="noun")
        links.append(Link(item.label, item, owner, f"{item.role} in the clause"))
    return share_owner(view, items, links)


def _is_its_own(view: View, item: Item, owner: Owner) -> bool:
    """Whether a noun of being or going says so of its owner: "its return", not "it condemned the return"."""
    if item.role != "noun" or not view.fits("going_noun", item.text):
        return True
    if owner.how == "possessor" and owner.item is not None:
        gap = view.between(owner.item.end, item.start)
        return not gap.strip() or bool(view.find("own_genitive", gap))
    return owner.how == NAMED_AFTER


def _is_area(view: View, item: Item, plist: PlaceList) -> bool:
    """Whether a shelter is the whole place: "Kunar is a haven for them", not "a haven in Kunar"."""
    if item.label != "safe_house" or not view.fits("area_haven", item.text):
        return False
    return plist.end <= item.start and bool(view.find("area_is", view.between(plist.end, item.start)))
