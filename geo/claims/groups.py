"""Whose camp, house or presence it is: which group owns a trigger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.claims.clauses import clause_at
from geo.claims.places import PlaceList
from geo.claims.view import Item, View
from geo.schema import MAPPED_GROUPS

__all__ = [
    "NAMED_AFTER",
    "Link",
    "Owner",
    "actors",
    "find_owner",
    "is_linked",
    "is_mapped",
    "member_noun",
    "object_of",
    "only_linked",
    "possessed",
    "says_linked",
    "subject_before",
]

NAMED_AFTER = "owner named after it"
"""How a group is tied to a site before it: "camps of al-Qaeda", "camps run by al-Qaeda"."""

_AGENT_REACH = 60
_OBJECT_REACH = 60
_AROUND = 40
_BESIDE_VERB = 40
_POSSESSED_REACH = 60
_STANDING = ("training_camp", "weapons_depot", "madrasa")


@dataclass(frozen=True, slots=True)
class Owner:
    """The group a trigger belongs to, the words that say so, and how they were linked."""

    group: str
    item: Item | None
    how: str


@dataclass(frozen=True, slots=True)
class Link:
    """A place list tied to a trigger: the claim type, the phrase, the owner and how they were tied."""

    claim_type: str
    trigger: Item
    owner: Owner
    how: str


def is_mapped(group: str) -> bool:
    """Whether claims of this group are the ones the maps show."""
    return group in MAPPED_GROUPS


def only_linked(view: View, item: Item) -> bool:
    """Whether a group's name only qualifies somebody else: "al-Qaeda-linked militants"."""
    return any(not view.between(item.end, cue.start).strip() for cue in view.cued("linked", low=item.end))


def is_linked(view: View, item: Item) -> bool:
    """Whether a group's name says only whom others are linked to."""
    if not is_mapped(item.label) or item.role == "person" or view.fits("both_groups", item.text):
        return False
    if only_linked(view, item):
        return True
    before = view.between(view.sentence.start, item.start)[-60:]
    if view.find("linked_around", _around(view, item)):
        return True
    return bool(view.find("linked_before", before)) and not view.find("members_of", before)


def _around(view: View, item: Item) -> str:
    """The words before and after a group, with the sign ¦ in its place."""
    before = view.between(view.sentence.start, item.start)[-_AROUND:]
    return f"{before}¦{view.between(item.end, view.sentence.end)[:_AROUND]}"


def _oblique(view: View, item: Item) -> bool:
    before = view.between(view.sentence.start, item.start)[-70:]
    around = _around(view, item)
    other = "verb_final" not in view.grammar and not is_mapped(item.label) and item.role == "name"
    if other and view.find("oblique_before", before):
        return True
    if not is_mapped(item.label) and view.find("other_oblique", before):
        return True
    if (
        view.find("members_of", before)
        or view.find("granted_group", before)
        or view.fits("both_groups", item.text)
    ):
        return False
    if view.find("granted_around", around):
        return False
    if view.find("oblique_around", around):
        return True
    if any(view.find(name, before) for name in ("oblique_before", "related_to", "object_before")):
        return True
    at = view.groups.index(item)
    if not at or not view.find("also_named", view.between(view.groups[at - 1].end, item.start)):
        return False
    return _oblique(view, view.groups[at - 1])


def says_linked(view: View, item: Item) -> bool:
    """Whether a group only qualifies another: by a word after its name, or in some languages before it."""
    order = any(name in view.grammar for name in ("verb_final", "verb_first", "speaks_for_body"))
    return is_linked(view, item) if order else only_linked(view, item)


def actors(view: View) -> list[Item]:
    """The groups of a sentence that act in it: not "under Taliban protection", not "al-Qaeda-linked"."""
    return [item for item in view.groups if not _oblique(view, item) and not is_linked(view, item)]


def member_noun(view: View, item: Item, kinds: Sequence[Item]) -> Item | None:
    """The noun that makes a group's name its people: "al-Qaeda fighters", "members of al-Qaeda"."""
    for kind in kinds:
        if kind.role != "member":
            continue
        after = view.between(item.end, kind.start)
        before = view.between(kind.end, item.start)
        if kind.start >= item.end and view.find("owner_gap", after):
            return kind
        if kind.end <= item.start and view.find("member_of", before):
            return kind
    return None


def find_owner(view: View, bounds: list[int], trigger: Item, *, topic: str, place_start: int) -> Owner | None:
    """Say which group a trigger belongs to, or ``None`` when the text does not tell.

    In this order: a name right before ("al-Qaeda's camps") or right after it
    ("camps run by al-Qaeda"), the subject of the clause, a pronoun or "the
    group" (then the group talked about, ``topic``), the subject of an earlier
    clause, and last the topic where the sentence has no subject of its own
    ("such camps", "there are").
    """
    return (
        _possessor(view, trigger)
        or _in_reduced(view, trigger)
        or _owned_by(view, trigger, topic)
        or _inverted(view, bounds, trigger, topic)
        or _subject(view, bounds, trigger, topic)
        or object_of(view, trigger, place_start)
        or _continued(view, trigger, topic)
    )


def _with_partners(view: View, item: Item) -> Item:
    """Of groups joined by "and", the one the maps show, so that joint sites are not lost."""
    if is_mapped(item.label):
        return item
    at = view.groups.index(item)
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(view.groups):
            left, right = sorted((view.groups[near], view.groups[near - step]), key=lambda g: g.start)
            if not view.find("partners", view.between(left.end, right.start)):
                break
            if is_mapped(view.groups[near].label) and not is_linked(view, view.groups[near]):
                return view.groups[near]
            near += step
    return item


def _possessor(view: View, trigger: Item) -> Owner | None:
    for item in reversed([g for g in view.groups if g.end <= trigger.start]):
        gap = view.between(item.end, trigger.start)
        if not view.find("owner_gap", gap) or is_linked(view, item) or trigger.role in ("verb", "event"):
            return None
        if any(k.role in ("verb", "event") and item.end <= k.start < trigger.start for k in view.kinds):
            return None
        chosen = _with_partners(view, item)
        return Owner(chosen.label, chosen, "possessor")
    return None


def _in_reduced(view: View, trigger: Item) -> Owner | None:
    """The people right before a participle, whatever they are in the main clause: "hunting X hiding in"."""
    if trigger.role != "verb" or not view.fits("reduced_verb", trigger.text):
        return None
    before = [item for item in view.groups if item.end <= trigger.start and item.role != "actor"]
    if not before or not is_mapped(before[-1].label) or only_linked(view, before[-1]):
        return None
    member = member_noun(view, before[-1], view.kinds)
    head = member if member is not None and before[-1].end <= member.start < trigger.start else before[-1]
    if head is before[-1] and is_linked(view, head):
        return None
    fits = view.find("reduced_gap", view.between(head.end, trigger.start))
    return Owner(before[-1].label, before[-1], "people beside the participle") if fits else None


def _owned_by(view: View, trigger: Item, topic: str) -> Owner | None:
    if trigger.role in ("verb", "event"):
        return None
    for pronoun in view.cued("pronoun", low=trigger.end, high=trigger.end + _AGENT_REACH):
        if topic and view.find("owned_by", view.between(trigger.end, pronoun.start)):
            return Owner(topic, None, f"by “{pronoun.text}”")
    for item in (g for g in view.groups if g.start >= trigger.end):
        gap = view.between(trigger.end, item.start)
        paid = "inverts_speech" in view.grammar and view.find("owned_by", gap)
        if (is_linked(view, item) and not paid) or _is_trained(view, item):
            return None
        given = f"{gap}¦{view.between(item.end, view.sentence.end)[:_AROUND]}"
        enriched = trigger.role == "income" and view.find("enriches", gap)
        owned = view.find("of_group", gap) or view.find("owned_by", gap) or view.find("given_to", given)
        if owned or enriched:
            chosen = _with_partners(view, item)
            if "turn_break" in view.grammar and not is_mapped(chosen.label) and _mapped_before(view, trigger):
                return None
            return Owner(chosen.label, chosen, NAMED_AFTER)
        if len(gap) > 80:
            return None
    return None


def _mapped_before(view: View, trigger: Item) -> bool:
    """Whether the subject before a site is a group of interest, so that who is named after it is a guest."""
    subject = subject_before(view, view.sentence.start, trigger.start)
    return subject is not None and is_mapped(subject.label)


def _is_trained(view: View, item: Item) -> bool:
    """Whether another group is marked as the object of what happens at a site, so that it owns nothing."""
    after = view.between(item.end, min(item.end + _AROUND, view.sentence.end))
    return not is_mapped(item.label) and bool(view.find("object_mark", after))


def _inverted(view: View, bounds: list[int], trigger: Item, topic: str) -> Owner | None:
    """The subject after its verb, where a language allows it: "in X operate fighters of al-Qaeda"."""
    if "subject_follows" not in view.grammar or trigger.role not in ("verb", "noun"):
        return None
    low, high = clause_at(bounds, trigger.start)
    before = subject_before(view, low, trigger.start)
    if before is not None and is_mapped(before.label):
        return None
    for pronoun in view.cued("pronoun", low=trigger.end, high=high):
        if before is None and view.find("pronoun_follows", view.between(trigger.end, pronoun.start)):
            return _antecedent(view, pronoun, low, topic)
    for item in view.groups:
        if not trigger.end <= item.start < high:
            continue
        if "pronoun_follows" in view.grammar and not is_mapped(item.label) and _oblique(view, item):
            continue
        if not view.find("subject_follows", view.between(trigger.end, item.start)) or is_linked(view, item):
            return None
        if "inverts_speech" in view.grammar and _oblique(view, item):
            return None
        if "frame" in view.grammar and view.find("object_before", view.between(trigger.start, item.start)):
            return None
        chosen = _with_partners(view, item)
        if before is not None and ("inverts_speech" in view.grammar or not is_mapped(chosen.label)):
            return None
        return Owner(chosen.label, chosen, "subject after its verb")
    return None


def subject_before(view: View, low: int, high: int) -> Item | None:
    """The last group between two offsets that can be a subject."""
    inside = [item for item in actors(view) if item.start >= low and item.end <= high]
    return _with_partners(view, inside[-1]) if inside else None


def _first_subject(view: View, low: int, last: Item) -> Item:
    """The subject of the first of several verbs: "its leader met the Taliban and operated in X"."""
    named = [item for item in actors(view) if low <= item.start <= last.start and is_mapped(item.label)]
    return named[0] if named else last


def _subject(view: View, bounds: list[int], trigger: Item, topic: str) -> Owner | None:
    low, _ = clause_at(bounds, trigger.start)
    while True:
        item = subject_before(view, low, trigger.start)
        if item and trigger.role == "verb" and view.find("and_then", view.between(low, trigger.start)[-40:]):
            item = _first_subject(view, low, item)
        pronouns = view.cued("pronoun", low=low, high=trigger.start)
        granted = bool(pronouns) and bool(view.find("granted", view.between(low, pronouns[-1].start)[-14:]))
        if item and not (granted and pronouns[-1].start > item.end):
            return Owner(item.label, item, "subject")
        if pronouns and (granted or pronouns[0].start - low < 90):
            return _antecedent(view, pronouns[-1], low, topic)
        if low <= view.sentence.start or view.find("new_subject", view.between(low, trigger.start)):
            return None
        if view.find("relative", view.between(low, low + 12)):
            near = [
                g
                for g in view.groups
                if g.end <= low and view.find("antecedent_gap", view.between(g.end, low))
            ]
            if near and not is_linked(view, near[-1]):
                chosen = _with_partners(view, near[-1])
                return Owner(chosen.label, chosen, "antecedent")
        low, _ = clause_at(bounds, low - 1)


def _antecedent(view: View, pronoun: Item, low: int, topic: str) -> Owner | None:
    """The group that a pronoun stands for: the subject before it in the sentence, else the topic."""
    before = [item for item in view.groups if item.end <= pronoun.start and item.role != "actor"]
    if before and view.find("granted", view.between(view.sentence.start, pronoun.start)[-14:]):
        return Owner(before[-1].label, before[-1], f"“{pronoun.text}”")
    earlier = subject_before(view, view.sentence.start, low) or (before[-1] if before else None)
    if earlier is not None and earlier.role == "actor":
        earlier = None
    if earlier is not None and "inverts_speech" in view.grammar and is_mapped(topic):
        earlier = None if earlier.label == "taliban" and earlier not in actors(view) else earlier
    group = earlier.label if earlier else topic
    return Owner(group, earlier, f"“{pronoun.text}”") if group else None


def object_of(view: View, verb: Item, place_start: int) -> Owner | None:
    """The group as what somebody else hosts or meets: "they sheltered al-Qaeda fighters in …"."""
    if verb.role != "verb" or view.find("first_person", view.between(view.sentence.start, verb.start)):
        return None
    for item in view.groups:
        near = verb.end <= item.start < place_start and item.start - verb.end < _OBJECT_REACH
        aimed = near and view.find("against_before", view.between(verb.end, item.start))
        linked = is_linked(view, item) if "verb_first" in view.grammar else only_linked(view, item)
        if near and is_mapped(item.label) and not linked and not aimed:
            return Owner(item.label, item, "object")
    if "verb_final" in view.grammar:
        for item in reversed([group for group in view.groups if group.end <= verb.start]):
            if not is_mapped(item.label) or is_linked(view, item):
                continue
            if not view.find("clause_closed", view.between(item.end, verb.start)):
                return Owner(item.label, item, "object before the verb")
    return None


def possessed(view: View, link: Link, plist: PlaceList) -> bool:
    """Whether people stand as what the group has somewhere: "the network has men in X"."""
    low = link.owner.item.end if link.owner.item else view.sentence.start
    has = view.find("possesses", view.between(low, link.trigger.start))
    if view.fits("clitic", view.between(plist.start, plist.end)):
        return bool(has) and low <= plist.start
    return bool(has) and link.trigger.end <= plist.start and plist.start - link.trigger.end < _POSSESSED_REACH


def _points(view: View, trigger: Item) -> re.Pattern[str]:
    """The words that point back to a site of this kind: the weaker the noun, the clearer they must be."""
    if trigger.role == "site":
        return view.grammar["definite"]
    return view.grammar["pointed" if trigger.label in _STANDING else "these"]


def _own_people(view: View, verb: Item) -> bool:
    """Whether people marked as the group's own by an ending stand beside a verb as its subject."""
    return verb.role == "verb" and any(
        item.role == "member"
        and view.fits("own_suffix", item.text)
        and (abs(item.start - verb.end) < _BESIDE_VERB or abs(verb.start - item.end) < _BESIDE_VERB)
        for item in view.kinds
    )


def _continued(view: View, trigger: Item, topic: str) -> Owner | None:
    if topic and view.find("pro_drop", view.between(view.sentence.start, trigger.start)):
        return None if actors(view) else Owner(topic, None, "topic, in a sentence without a subject")
    if topic and view.find("null_subject", view.between(view.sentence.start, trigger.end)):
        return Owner(topic, None, "topic, in a sentence without a subject")
    if not topic or any(item.end <= trigger.start for item in actors(view)):
        return None
    if view.fits("own_suffix", trigger.text) or _own_people(view, trigger):
        return Owner(topic, None, "“its”, as an ending")
    before = view.between(view.sentence.start, trigger.start)
    if trigger.role in ("site", "noun") and view.find("enumerates", before):
        return Owner(topic, None, "topic, in an enumeration")
    if view.find("there_is", before) and view.fits("standing", trigger.text) and not view.groups:
        return (
            Owner(topic, None, "topic, in a sentence that says what is there") if is_mapped(topic) else None
        )
    if trigger.role not in ("site", "site_weak"):
        return None
    if trigger.role == "site" and is_mapped(topic) and not view.groups and not view.cued("linked"):
        return Owner(topic, None, "the only group talked about")
    listed = view.sentence.bullet
    if (
        listed
        or _points(view, trigger).search(before)
        or (
            trigger.role == "site"
            and view.find("exists", view.between(view.sentence.start, trigger.end + 30))
        )
    ):
        return Owner(topic, None, "topic of the sentences before")
    return None
