"""Which phrase makes a place list a claim, of which type, and about whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.claims.clauses import clause_at
from geo.claims.groups import Owner, actors, find_owner, is_mapped, member_noun, subject_before
from geo.claims.places import PlaceList
from geo.claims.view import Item, View

__all__ = ["Link", "link_place", "pending_links"]

_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is|are|be|got|gets)\s+(?:\w+ly\s+|also\s+|then\s+|later\s+|himself\s+)?(?:\w+\s+and\s+)?$"
)
_NO_OBJECT = re.compile(
    r"^\s*(?:$|[,.;:)”\"]|(?:in|at|by|during|near|on|last|this|along|and|after|when|while|inside|outside|late|early|as|"
    r"alongside|following|yesterday|today|earlier|there|from|with|over|two|a\s+\w+\s+ago)\b)"
)
_NOMINAL = re.compile(
    r"(?:ing|tion|ment|death|deaths|capture|captures|arrest|arrests|raid|raids|strikes?|airstrikes?|operation|elimination)$"
)
_POSSESSES = re.compile(
    r"\b(?:has|have|had|keeps?|kept|retains?|retained|maintain\w*|placed?|put|sent|stationed|deploy\w*|left|lost|counts?|"
    r"got|moved|brought)\b"
)
_NEW_VERB = re.compile(
    r"\b(?:runs?|ran|operates?|operated|has|have|had|keeps?|kept|uses?|used|owns?|owned|maintains?|maintained|opened|"
    r"set up|built|holds?|held)\b"
)
_INTRANSITIVE = (
    "died",
    "dies",
    "was dead",
    "surrendered",
    "martyred",
    "was hit",
    "were hit",
    "been hit",
    "confirmed dead",
    "found dead",
    "dead in",
)
_INTO = re.compile(r"\b(?:into|as)\b")
_COORDINATED = re.compile(
    r"^\s*(?:,|/|,?\s*(?:and|or|&|as well as|plus|along with|in addition to))\s*(?:and\s+|also\s+)?"
    r"(?:(?!in\b|at\b|to\b|of\b|that\b|which\b|from\b)[\w'$.,]+\s+){0,4}$"
)
_LANDMINE = re.compile(
    r"\b(?:land|personnel|tank|planted|laid|laying|roadside|pressure|clearing|stepped on a|sea|store of|cache of|rockets and)\s+$"
)
_OFFICE_LINK = re.compile(
    r"\b(?:is|was|are|were|be|been|as|appoint\w*|named|made|serv\w+|holds?|held|holding|became|become|install\w*|given|"
    r"occup\w+|members?|belong\w*|includ\w+|identified|among|themselves|dual|post|position|both)\b"
)
_ADJACENT = re.compile(
    r"^(?:'s)?(?:\s+(?!and\b|or\b|that\b|who\b|which\b|has\b|had\b|have\b|said\b|says\b)[\w']+){0,3}\s*"
    r"(?:in|from|inside|across|throughout|of|near|within|around|\()\s*"
    r"(?:the\s+|parts of\s+|provinces? (?:of|such as|including)\s+|such as\s+|eastern\s+|southern\s+|afghanistan's\s+|"
    r"northern\s+|western\s+|mountainous\s+|remote\s+|both\s+|neighbou?ring\s+|districts? of\s+|areas of\s+|area of\s+)*$"
)
_REVERSED = re.compile(r"^(?:'s)?\s*(?:based)?\s*$")
_SOON = re.compile(
    r"^(?:'s)?\s*(?:provinces?|districts?)?\s*,?\s*(?:(?!and\b|that\b|said\b|says\b)\w+\s+){0,3}$"
)
_WHERE = re.compile(r"^\s*,?\s*(?:(?:is|are|was|were)\s+)?(?:where|which|whose)\b")
_FRONTED = re.compile(
    r"(?:^|[,;:.(“\"]|\band|\bbut|\bwhile)\s*(?:(?:also|meanwhile|and|but|elsewhere|further|separately|similarly|both|only|"
    r"today|now|here|likewise|the|a|of|as|for|its|province|provinces|district|city|eastern|southern|northern|western|"
    r"central|neighbou?ring|nearby|in|across|inside|within|from|at|throughout|around|near|places?|like|such|"
    r"regions?|areas?)[\s,]+)*$"
)
_CONTINUES = re.compile(
    r"^(?:'s)?\s*(?:provinces?|districts?|city|region)?\s*[,);]*\s*(?:and|as well as|with|plus|or|but also|including|while|in addition to)?\s*,?\s*"
    r"(?:(?:others?|another|more|also|one|two|three|four|five|six|seven|eight|nine|ten|\d+|further|some|several|both|"
    r"each|the|rest|of|them|these|are|is|were|was|located|in|at|to|a|an|lesser|extent|parts|across|province|provinces|"
    r"districts?|possibly|including|notably|mainly|particularly|especially|additional|few|dozen|smaller|likely|near|"
    r"eastern|western|northern|southern|largest|main|extending|latter|third|second|first|fourth|neighbou?ring)\s*,?\s+)*$"
)
_RANK = {"event": 0, "post": 1, "site": 2, "site_weak": 3, "income": 4, "noun": 5, "verb": 6, "member": 7}
_REACH = 260
_SHORT_GAP = 60
_ONE_OF = re.compile(r"\b(?:its|their|the group's|the network's)\s+(?:\w+\s+){0,2}$")
_OPERATION_WITH_SITE = ("site", "site_weak")


@dataclass(frozen=True, slots=True)
class Link:
    """A place list tied to a trigger: the claim type, the phrase, the owner and how they were tied."""

    claim_type: str
    trigger: Item
    owner: Owner
    how: str


def link_place(
    view: View, bounds: list[int], lists: Sequence[PlaceList], at: int, *, topic: str, earlier: Sequence[Link]
) -> list[Link]:
    """Tie one place list to the triggers that govern it.

    Triggers before the list in its clause come first, unless the list stands at
    the front ("In Ghazni, …"); a list without any of its own goes on with those
    of the list before (``earlier``); triggers after it come last.
    """
    plist = lists[at]
    low, high = clause_at(bounds, plist.start)
    previous = lists[at - 1].end if at else view.sentence.start
    following = lists[at + 1].start if at + 1 < len(lists) else view.sentence.end
    left = (max(low, previous), plist.start)
    if _WHERE.match(view.between(plist.end, plist.end + 12)):
        high = clause_at(bounds, min(plist.end + 3, view.sentence.end - 1))[1]
    right = (plist.end, min(high, following))
    fronted = bool(_FRONTED.search(view.between(left[0], left[1])))
    gap = view.between(previous, plist.start) if at else ""
    goes_on = bool(at and earlier and _CONTINUES.match(gap))
    zones = [left, right]
    if fronted and not goes_on:
        zones = [right, left]
    struck = _struck_after(view, bounds, right, plist, topic)
    kept = earlier[-1].owner if earlier and not _has_group(view, left) else None
    for zone in zones:
        if links := _links_in(view, bounds, zone, plist, topic, kept):
            return links + [link for link in struck if zone is left and links[0].claim_type != "operation"]
        if goes_on and zone is left:
            return _inherit(view, earlier, left)
    if at and earlier and low < previous and len(gap) < _SHORT_GAP and not _has_trigger(view, left):
        return _inherit(view, earlier, left)
    if low > view.sentence.start and not (at and previous > low):
        if view.between(low - 2, low).strip().endswith(";"):
            return []
        wider = (max(previous, clause_at(bounds, low - 1)[0]), plist.start)
        return _links_in(view, bounds, wider, plist, topic, None)
    return []


def _struck_after(
    view: View, bounds: list[int], zone: tuple[int, int], plist: PlaceList, topic: str
) -> list[Link]:
    """A site named with its place and then struck: "camps of al-Qaeda in Khost were hit"."""
    for event in view.kinds:
        if event.role != "event" or not zone[0] <= event.start < zone[1]:
            continue
        before = view.between(plist.end, event.start)
        if len(before) < _SHORT_GAP and (_PASSIVE.search(before) or event.text in _INTRANSITIVE):
            patient = _patient(view, bounds, event, plist, topic)
            return [Link("operation", event, patient, "struck, killed or taken")] if patient else []
    return []


def _has_group(view: View, zone: tuple[int, int]) -> bool:
    """Whether any group, in whatever role, is named between two offsets."""
    return any(zone[0] <= item.start < zone[1] for item in view.groups)


def _has_trigger(view: View, zone: tuple[int, int]) -> bool:
    return any(zone[0] <= item.start < zone[1] and item.role != "member" for item in view.kinds)


def pending_links(view: View, bounds: list[int], *, topic: str) -> list[Link]:
    """The sites and presences that a sentence states without a place, for a list that follows it."""
    zone = (view.sentence.start, view.sentence.end)
    end = PlaceList(view.sentence.end, view.sentence.end, (), "")
    return [
        link for link in _links_in(view, bounds, zone, end, topic, None) if link.claim_type != "operation"
    ]


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
        if zone[0] <= item.start and item.end <= zone[1] and not _is_noise(view, item)
    ]
    near = [item for item in items if min(abs(plist.start - item.end), abs(item.start - plist.end)) < _REACH]
    links = _operation(view, bounds, near, zone, plist, topic)
    if links:
        return links
    links = _post(view, bounds, near, plist, topic)
    for roles in (("site", "site_weak"), ("income",), ("noun", "verb", "member")):
        if links:
            return links
        items = [item for item in near if item.role in roles]
        chosen = [
            link
            for link in _owned(view, bounds, items, plist, topic, kept)
            if link.trigger.role != "member" or _possessed(view, link, plist)
        ]
        links = _coordinated(view, chosen, plist)
    return links or _adjacent(view, plist, zone)


def _possessed(view: View, link: Link, plist: PlaceList) -> bool:
    """Whether people stand as what the group has somewhere: "the network has men in X"."""
    low = link.owner.item.end if link.owner.item else view.sentence.start
    has = _POSSESSES.search(view.between(low, link.trigger.start))
    return bool(has) and link.trigger.end <= plist.start and plist.start - link.trigger.end < _SHORT_GAP


def _is_noise(view: View, item: Item) -> bool:
    before = view.between(view.sentence.start, item.start)[-30:]
    if item.label == "finance" and item.text in ("mine", "mines"):
        return bool(_LANDMINE.search(before))
    nearby = view.cued("noncontext", low=item.start - 25, high=item.end + 12)
    return item.role == "site_weak" and bool(nearby)


def _owned(
    view: View, bounds: list[int], items: Sequence[Item], plist: PlaceList, topic: str, kept: Owner | None
) -> list[Link]:
    links = []
    for item in items:
        owner = find_owner(view, bounds, item, topic=topic, place_start=max(plist.start, item.end))
        if owner is None and kept is not None and item.role in ("site", "site_weak"):
            owner = Owner(kept.group, kept.item, "owner of the list before")
        if owner is None:
            continue
        if item.role == "verb" and not is_mapped(owner.group):
            owner = _object_of(view, item, plist) or owner
        links.append(Link(item.label, item, owner, f"{item.role} in the clause"))
    return links


def _object_of(view: View, verb: Item, plist: PlaceList) -> Owner | None:
    """Al-Qaeda as what somebody else hosts, meets or fights there."""
    for group in view.groups:
        if verb.end <= group.start and group.end <= plist.start and is_mapped(group.label):
            gap = view.between(verb.end, group.start)
            after = view.between(group.end, group.end + 14)
            if len(gap) < 60 and not re.match(r"^\s*(?:linked|affiliated|inspired|allied)", after):
                return Owner(group.label, group, "object")
    return None


def _coordinated(view: View, links: Sequence[Link], plist: PlaceList) -> list[Link]:
    """Of several triggers keep those joined by "and"; otherwise the first, or the last after "into"."""
    if not links:
        return []
    strong = [link for link in links if link.trigger.role == "site"]
    if strong and links[0].trigger.role in ("site", "site_weak"):
        links = strong
    if links[0].trigger.role in ("noun", "verb"):
        mapped = [link for link in links if is_mapped(link.owner.group)]
        nearest = (
            mapped[-1] if mapped and links[-1].trigger.start - mapped[-1].trigger.start < 90 else links[-1]
        )
        return [nearest]
    groups: list[list[Link]] = [[links[0]]]
    for left, right in pairwise(links):
        between = view.between(left.trigger.end, right.trigger.start)
        if _COORDINATED.match(between) and not _NEW_VERB.search(between):
            groups[-1].append(right)
        else:
            groups.append([right])
    if len(groups) > 1 and _INTO.search(view.between(groups[0][-1].trigger.end, groups[-1][0].trigger.start)):
        return groups[-1]
    after = links[0].trigger.start >= plist.end
    return groups[0] if after or len(groups) == 1 else _governing(view, groups)


def _governing(view: View, groups: Sequence[Sequence[Link]]) -> list[Link]:
    """The first trigger of a chain ("a media wing in one of the safe houses in X"), unless a clause parts them."""
    for group in groups:
        rest = view.between(group[-1].trigger.end, groups[-1][0].trigger.start)
        if group is groups[-1] or not re.search(r"[,;]|\b(?:and|but|that|which)\b", rest):
            return list(group)
    return list(groups[-1])


def _operation(
    view: View, bounds: list[int], items: Sequence[Item], zone: tuple[int, int], plist: PlaceList, topic: str
) -> list[Link]:
    for event in (item for item in items if item.role == "event"):
        patient = _patient(view, bounds, event, plist, topic)
        if patient is None:
            continue
        links = [Link("operation", event, patient, "struck, killed or taken")]
        for item in items:
            if item.role in _OPERATION_WITH_SITE and is_mapped(patient.group):
                owner = find_owner(view, bounds, item, topic="", place_start=plist.start)
                direct = owner is not None and owner.how in ("possessor", "owner named after it")
                if direct and owner is not None and is_mapped(owner.group):
                    links.append(Link(item.label, item, owner, "site that was struck"))
        return links
    return []


def _patient(view: View, bounds: list[int], event: Item, plist: PlaceList, topic: str) -> Owner | None:
    """Al-Qaeda as the one killed, captured or struck; never as the one who strikes."""
    low, high = clause_at(bounds, event.start)
    before, after = view.between(low, event.start), view.between(event.end, high)
    groups = [
        g for g in view.groups if is_mapped(g.label) and low <= g.start < high and not _weakly_linked(view, g)
    ]
    earlier = [g for g in groups if g.end <= event.start]
    later = [g for g in groups if g.start >= event.end and g.start - event.end < 130]
    passive = bool(_PASSIVE.search(before)) or event.text in (
        "died",
        "dies",
        "was dead",
        "surrendered",
        "martyred",
        "was hit",
        "were hit",
    )
    participle = bool(_NO_OBJECT.match(after)) and not _NOMINAL.search(event.text)
    if passive or participle:
        others = [g for g in actors(view) if g.end <= event.start and g.start >= low]
        subject = subject_before(view, low, event.start)
        if subject is not None and is_mapped(subject.label) and not _weakly_linked(view, subject):
            return Owner(subject.label, subject, "patient")
        if earlier and not (others and others[-1].start > earlier[-1].end and passive):
            return Owner(earlier[-1].label, earlier[-1], "patient")
        pronouns = view.cued("person_pronoun", "pronoun", low=low, high=event.start)
        if passive and pronouns and not others and is_mapped(topic):
            return Owner(topic, None, f"“{pronouns[-1].text}”")
    if later and not re.search(r"\bby\s+(?:\w+\s+){0,3}$", view.between(event.end, later[0].start)):
        return Owner(later[0].label, later[0], "patient")
    for member in (k for k in view.kinds if k.role == "member" and event.end <= k.start < high):
        named = [g for g in actors(view) if g.end <= event.start and g.role == "name"]
        group = named[-1].label if named else topic
        if is_mapped(group) and _ONE_OF.search(view.between(event.end, member.start)):
            return Owner(group, None, "“its”")
    if _NOMINAL.search(event.text) and earlier:
        gap = view.between(earlier[-1].end, event.start)
        if len(gap) < 40 and re.match(r"^(?:'s)", gap):
            return Owner(earlier[-1].label, earlier[-1], "patient")
    return None


def _weakly_linked(view: View, group: Item) -> bool:
    return bool(
        re.match(
            r"^\s*(?:linked|affiliated|inspired|allied|aligned)\b", view.between(group.end, group.end + 14)
        )
    )


def _post(view: View, bounds: list[int], items: Sequence[Item], plist: PlaceList, topic: str) -> list[Link]:
    for post in (item for item in items if item.role == "post"):
        source_of = any(s.role == "verb" and 0 <= s.start - plist.end < _SHORT_GAP for s in view.sources)
        low, high = clause_at(bounds, post.start)
        groups = [g for g in actors(view) if is_mapped(g.label) and low <= g.start < high]
        if source_of or not groups:
            continue
        group = min(groups, key=lambda g: abs(g.start - post.start))
        first, second = sorted((group, post), key=lambda item: item.start)
        words = view.between(first.end, second.start)
        member = member_noun(view, group, view.kinds)
        if len(words) < 120 and (
            _OFFICE_LINK.search(words) or (member and re.match(r"^[\s\w,']{0,30}$", words))
        ):
            return [
                Link(
                    "official_post",
                    post,
                    Owner(group.label, group, "holder of the post"),
                    "post held by a member",
                )
            ]
    return []


def _adjacent(view: View, plist: PlaceList, zone: tuple[int, int]) -> list[Link]:
    """A group's name or its people right before "in X", or right after "X-based"."""
    for group in view.groups:
        if not is_mapped(group.label) or _weakly_linked(view, group):
            continue
        member = member_noun(view, group, view.kinds)
        head = member if member is not None and member.start > group.end else group
        owner = Owner(group.label, group, "named beside the place")
        if zone[0] <= head.end <= plist.start and _ADJACENT.match(view.between(head.end, plist.start)):
            return [Link("presence", head, owner, "people or group named in the place")]
        if member is None or min(group.start, member.start) < plist.end:
            continue
        after = view.between(plist.end, min(group.start, member.start))
        fronted = bool(_FRONTED.search(view.between(view.sentence.start, plist.start)))
        if _REVERSED.match(after) or (fronted and _SOON.match(after)):
            return [Link("presence", head, owner, "people or group named by the place")]
    return []
