"""Events and offices: a member killed, a site struck, a post held by a member."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.claims.clauses import clause_at
from geo.claims.event_words import (
    acts_itself,
    becomes,
    is_abroad,
    joined_to_struck,
    object_described,
    only_dates,
    runs_site_between,
    site_behind,
    site_hit,
    takes_other,
)
from geo.claims.groups import (
    NAMED_AFTER,
    Link,
    Owner,
    actors,
    find_owner,
    is_linked,
    is_mapped,
    member_noun,
    only_linked,
    says_linked,
    subject_before,
)
from geo.claims.other_subject import has_own_place
from geo.claims.places import PlaceList
from geo.claims.view import Item, View
from geo.normalise import flatten

__all__ = ["find_operation", "find_post", "struck_after"]

_SHORT_GAP = 60
_OBJECT_REACH = 130
_PAST_PLACE = 40
_BY_WHOM = 30
_RIGHT_BEFORE = 2
_NAME_REACH = 70
_NEXT_WORD = 14
_BESIDE_VERB = 12
_OWN, _SITES = ("member", "site", "site_weak"), ("site", "site_weak")


def _suffers(view: View, event: Item, before: str) -> bool:
    """Whether the subject of an event word suffers it: a passive, or a verb like "died"."""
    passive = view.find("passive", before)
    return bool(passive or view.fits("intransitive", event.text))


def _is_nominal(view: View, event: Item) -> bool:
    """Whether an event word is a noun; a French participle ends in an accent, which folding takes away."""
    return not event.text.rstrip("s").endswith("é") and bool(view.find("nominal", flatten(event.text)))


def struck_after(
    view: View, bounds: list[int], zone: tuple[int, int], plist: PlaceList, topic: str
) -> list[Link]:
    """A site named with its place and then struck: "camps of al-Qaeda in Khost were hit"."""
    for event in view.kinds:
        if event.role != "event" or not zone[0] <= event.start < zone[1]:
            continue
        before = view.between(plist.end, event.start)
        suffers = "verb_final" in view.grammar or _suffers(view, event, before)
        suffers = suffers and not view.find("second_subject", before)
        if len(before) < _struck_reach(view, before) and suffers and not has_own_place(view, event):
            patient = _patient(view, bounds, event, plist, topic)
            return [Link("operation", event, patient, "struck, killed or taken")] if patient else []
    return []


def _struck_reach(view: View, before: str) -> int:
    """How far behind its place a site may be struck: to the clause's end where the verb waits there."""
    waits = "split_event" in view.grammar and not view.find("statement_break", before)
    return _OBJECT_REACH if waits else _SHORT_GAP


def find_operation(
    view: View, bounds: list[int], items: Sequence[Item], plist: PlaceList, topic: str
) -> list[Link]:
    """Tie a place to a member killed or captured there, or to a site struck there.

    A site that was struck is stated as a site too, so it gives a link of its own type as well.
    """
    for event in (item for item in items if item.role == "event" and not _is_backdrop(view, item, plist)):
        patient = _patient(view, bounds, event, plist, topic) or _owner_behind(view, bounds, event, plist)
        if patient is None or is_abroad(view, event.end, plist.start):
            continue
        links = [Link("operation", event, patient, "struck, killed or taken")]
        object_last = "frame" in view.grammar or "inverts_speech" in view.grammar
        reach = _BESIDE_VERB if object_last else 0 if "verb_first" in view.grammar else None
        behind = patient.item.end + reach if reach is not None and patient.item else 0
        for item in (*items, *(k for k in view.kinds if plist.end <= k.start < behind and k not in items)):
            if item.role in _SITES and is_mapped(patient.group) and not becomes(view, item):
                owner = find_owner(view, bounds, item, topic="", place_start=plist.start)
                direct = owner is not None and owner.how in ("possessor", NAMED_AFTER)
                if direct and owner is not None and is_mapped(owner.group):
                    links.append(Link(item.label, item, owner, "site that was struck"))
                elif joined_to_struck(view, patient.item, item, links) or (
                    patient.how == "“its”" and item.start > event.end
                ):
                    links.append(Link(item.label, item, patient, "site that was struck"))
        if site := site_behind(view, patient.item, plist) or site_hit(view, event, patient.item, plist):
            links.append(Link(site.label, site, patient, "site that was struck"))
        return links
    return []


def _owner_behind(view: View, bounds: list[int], event: Item, plist: PlaceList) -> Owner | None:
    """The owner of the site struck, told behind the place: "bombed camps in X that it ran"."""
    if "relative_closed" not in view.grammar or _suffers(view, event, view.between(event.start, event.start)):
        return None
    for site in (k for k in view.kinds if k.role in _SITES and event.end <= k.start):
        owner = find_owner(view, bounds, site, topic="", place_start=plist.start)
        told = owner is not None and owner.how == NAMED_AFTER and is_mapped(owner.group)
        if told and site.end <= plist.start:
            return owner
    return None


def _is_backdrop(view: View, event: Item, plist: PlaceList) -> bool:
    """Whether an event only says when: "after the death of the leader, its men moved to X"."""
    told = view.find("backdrop_before", view.between(view.sentence.start, event.start)[-_BY_WHOM:])
    told = told or view.find("backdrop_after", view.between(event.end, event.end + _BY_WHOM))
    if told and plist.mentions and plist.end <= event.start:
        return _is_nominal(view, event) and only_dates(view, event)
    low, high = sorted((event.end, plist.start))
    behind = view.sentence.end if "verb_final" in view.grammar else high
    moved = any(k.role == "verb" and low <= k.start < behind for k in view.kinds)
    moved = moved or (
        "backdrop_ends" in view.grammar and bool(view.find("backdrop_ends", view.between(low, high)))
    )
    return bool(told) and moved and event.end <= plist.start


def _patient(view: View, bounds: list[int], event: Item, plist: PlaceList, topic: str) -> Owner | None:
    """Al-Qaeda as the one killed, captured or struck; never as the one who strikes."""
    low, high = clause_at(bounds, event.start)
    before, after = view.between(low, event.start), view.between(event.end, high)
    passive = _suffers(view, event, before) and not view.find("other_victims", after)
    if not passive and (taken := _object_first(view, low, event)):
        return taken
    nominal = _is_nominal(view, event)
    participle = bool(view.find("no_object", after)) and not nominal
    if (passive or participle) and (subject := _sufferer(view, low, event, topic, passive=passive)):
        return subject
    if passive and not ("verb_first" in view.grammar or view.find("subject_after", after)):
        return None
    described = _described_to(view, bounds, high)
    later = [
        g
        for g in view.groups
        if is_mapped(g.label) and event.end <= g.start < described and g.start - event.end < _OBJECT_REACH
    ]
    for group in later:
        past_place = plist.mentions and event.end <= plist.start and _past(view, plist.end, group.start)
        gap = view.between(event.end, group.start)
        by = (
            view.find("by_agent", gap)
            and not view.find("sent_by", gap)
            and not runs_site_between(view, event, group)
        ) or ("verb_first" in view.grammar and not nominal and view.find("subject_follows", gap))
        friend = view.find("related_to", gap) and group.role == "person"
        strange = plist.mentions and plist.end <= group.start and not _belongs(view, group)
        strange = strange or takes_other(view, event, group.start)
        if not says_linked(view, group) and not past_place and not by and not friend and not strange:
            return Owner(group.label, group, "patient")
    return _its_own(view, event, high, topic) or _deprived(view, low, event)


def _described_to(view: View, bounds: list[int], high: int) -> int:
    """The end of a clause, or of the relative clause behind it: "killed X, who was a leader of the group"."""
    relative = view.find("describes", view.between(high, view.sentence.end))
    return clause_at(bounds, high)[1] if relative and high < view.sentence.end else high


def _belongs(view: View, group: Item) -> bool:
    """Whether a group behind the place is named with its people or site, where verbs stand first."""
    if "verb_first" not in view.grammar or group.role == "person" or member_noun(view, group, view.kinds):
        return True
    return any(
        kind.role in _OWN
        and kind.end <= group.start
        and view.find("of_group", view.between(kind.end, group.start))
        for kind in view.kinds
    )


def _object_first(view: View, low: int, event: Item) -> Owner | None:
    """The group as object before an active verb, where the language puts it there.

    Either a word marks it as the object (``object_mark``), or somebody else
    stands before it as the one who acts.
    """
    if "verb_final" not in view.grammar or _is_nominal(view, event):
        return None
    before = [group for group in view.groups if low <= group.start and group.end <= event.start]
    if not before and (taken := object_described(view, low, event)):
        return taken
    for at, group in enumerate(reversed(before)):
        if not is_mapped(group.label) or is_linked(view, group):
            continue
        gap = view.between(group.end, event.start)
        others = before[len(before) - at :]
        rivals = [item for item in others if item.role == "actor"]
        marked = [view.find("object_mark", view.between(group.end, item.start)) for item in rivals]
        if view.find("object_mark", gap) and all(marked):
            return Owner(group.label, group, "object before the verb")
        doers = [item for item in before[: len(before) - at - 1] if not is_mapped(item.label)]
        agent = view.find("agent_mark", view.between(low, group.start))
        if (doers or agent) and view.find("bare_object", gap):
            return Owner(group.label, group, "object before the verb")
    return None


def _past(view: View, low: int, high: int) -> bool:
    """Whether a group is too far behind the place to be what is struck there."""
    if "frame" in view.grammar and high - low < 2 * _PAST_PLACE:
        return "," in view.between(low, high)
    return high - low > _PAST_PLACE


def _sufferer(view: View, low: int, event: Item, topic: str, *, passive: bool) -> Owner | None:
    """The subject of a passive: "an al-Qaeda member was killed", "he was captured"."""
    others = [g for g in actors(view) if low <= g.start and g.end <= event.start]
    if not others and low > view.sentence.start:
        low = view.sentence.start
        others = [g for g in actors(view) if low <= g.start and g.end <= event.start]
    subject = subject_before(view, low, event.start)
    if subject is not None and is_mapped(subject.label) and not passive and acts_itself(view, subject, event):
        return None
    if subject is not None and is_mapped(subject.label) and not only_linked(view, subject):
        return Owner(subject.label, subject, "patient")
    earlier = [
        g
        for g in view.groups
        if is_mapped(g.label) and low <= g.start and g.end <= event.start and not is_linked(view, g)
    ]
    if earlier and not passive and acts_itself(view, earlier[-1], event):
        return None
    if earlier and not (others and others[-1].start > earlier[-1].end and passive):
        return Owner(earlier[-1].label, earlier[-1], "patient")
    pronouns = view.cued("person_pronoun", "pronoun", low=low, high=event.start)
    if passive and pronouns and not others and is_mapped(topic):
        return Owner(topic, None, f"“{pronouns[-1].text}”")
    opens = view.between(view.sentence.start, event.end + _NEXT_WORD)
    if passive and not others and is_mapped(topic) and view.find("subject_in_verb", opens):
        return Owner(topic, None, "topic, in a sentence without a subject")
    return None


def _its_own(view: View, event: Item, high: int, topic: str) -> Owner | None:
    """The group's people or sites as object: "killed one of its commanders", "clearing two of its camps"."""
    named = [g for g in actors(view) if g.end <= event.start and g.role == "name"]
    group = named[-1].label if named else topic
    for item in (k for k in view.kinds if k.role in _OWN and event.end <= k.start < high):
        others = any(
            g.start >= item.end
            and not is_mapped(g.label)
            and view.find("member_of", view.between(item.end, g.start))
            for g in view.groups
        )
        if others:
            continue
        gap = view.between(event.end, item.start)
        again = not named and item.role != "member" and view.find("own_again", gap)
        if is_mapped(group) and (again or view.find("one_of_its", gap)):
            return Owner(group, None, "“its”")
    return None


def _deprived(view: View, low: int, event: Item) -> Owner | None:
    """The group before a noun of loss: "al-Qaeda's defeat", "the leader's death"."""
    earlier = [g for g in view.groups if is_mapped(g.label) and low <= g.start and g.end <= event.start]
    if earlier and _is_nominal(view, event) and not only_linked(view, earlier[-1]):
        gap = view.between(earlier[-1].end, event.start)
        if len(gap) < _SHORT_GAP and (view.find("own_genitive", gap) or view.find("genitive_chain", gap)):
            return Owner(earlier[-1].label, earlier[-1], "patient")
    return None


def _is_passed_over(view: View, plist: PlaceList, verb: Item) -> bool:
    """Whether a verb of saying after an office's place has another subject than the office."""
    gap = view.between(plist.end, verb.start)
    if "verb_first" in view.grammar and view.find("content_begins", gap):
        return True
    if "source_apposition" in view.grammar:
        return not view.find("source_apposition", gap)
    between = any(plist.end <= group.start < verb.start for group in view.groups)
    return bool(view.find("passive", gap)) or ("frame" in view.grammar and between)


def _speaks(view: View, post: Item) -> bool:
    """Whether an office stands right after a verb of saying where verbs stand first, else right before it."""
    verbs = [item for item in view.sources if item.role in ("verb", "according_after")]
    if "verb_final" in view.grammar:
        near = [verb for verb in verbs if 0 <= verb.start - post.end < _BY_WHOM]
        return any(
            verb.start - post.end <= _RIGHT_BEFORE
            or (
                "turn_break" in view.grammar
                and view.find("speaks_itself", view.between(post.end, verb.start))
            )
            for verb in near
        )
    return "verb_first" in view.grammar and any(
        verb.role == "verb" and 0 <= post.start - verb.end < _BESIDE_VERB for verb in verbs
    )


def _introduces(view: View, post: Item) -> bool:
    """Whether an office and the name of its holder stand before a verb of saying: "its governor, X, said"."""
    return any(
        verb.role == "verb"
        and 0 <= verb.start - post.end < _NAME_REACH
        and view.find("holder_says", view.between(post.end, verb.start))
        for verb in view.sources
    )


def _tied_to(view: View) -> Owner | None:
    """The group that a sentence says officials are affiliated to, before it names their provinces."""
    low, high = view.sentence.start, view.sentence.end
    for group in (group for group in view.groups if is_mapped(group.label)):
        before = view.between(low, group.start)
        around = f"{before}¦{view.between(group.end, high)}"
        if view.find("tied_office", before) or view.find("tied_office_around", around):
            return Owner(group.label, group, "officials are affiliated to it")
    return None


def _speaks_behind(view: View, plist: PlaceList, verb: Item) -> bool:
    """Whether somebody behind the verb speaks: "a member is governor of X, said the minister"."""
    if "frame" not in view.grammar or not view.between(plist.end, verb.start).strip().startswith(","):
        return False
    return any(s.role != "verb" and 0 < s.start - verb.end < _BESIDE_VERB for s in view.sources)


def find_post(
    view: View, bounds: list[int], items: Sequence[Item], plist: PlaceList, topic: str
) -> list[Link]:
    """Tie a place to an office there that the text says a member holds."""
    for post in (item for item in items if item.role == "post"):
        source_of = any(
            s.role == "verb"
            and 0 <= s.start - plist.end < _SHORT_GAP
            and not (_is_passed_over(view, plist, s) or view.fits("said_passively", s.text))
            and not _speaks_behind(view, plist, s)
            for s in view.sources
        )
        source_of = source_of or _speaks(view, post) or _introduces(view, post)
        low, high = clause_at(bounds, post.start)
        groups = [g for g in actors(view) if is_mapped(g.label) and low <= g.start < high]
        told = "said_inverted" in view.grammar and any(
            s.role == "verb"
            and 0 <= post.start - s.end < _BY_WHOM
            and "," not in view.between(s.end, post.start)
            for s in view.sources
        )
        if source_of or told:
            continue
        tied = _tied_to(view)
        if tied is not None and not any(tied.item and group.start < tied.item.start for group in groups):
            return [Link("official_post", post, tied, "post held by a member")]
        if not groups and is_mapped(topic) and view.find("holder_is_its", view.between(post.end, high)):
            holder = Owner(topic, None, "one of its own holds the post")
            return [Link("official_post", post, holder, "post held by a member")]
        if not groups:
            continue
        group = min(groups, key=lambda g: abs(g.start - post.start))
        first, second = sorted((group, post), key=lambda item: item.start)
        words = view.between(first.end, second.start)
        member = member_noun(view, group, view.kinds)
        if len(words) < 120 and (
            view.find("holds_office", words) or (member and re.match(r"^[\s\w,']{0,30}$", words))
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
