"""What a reader carries from sentence to sentence: who is meant, who speaks, which list is open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from geo.claims.credit import AUTHOR, Attribution
from geo.claims.dates import DateRef
from geo.claims.grammar import Grammar
from geo.claims.groups import Link, actors, is_mapped
from geo.claims.kinds import link_place, pending_links
from geo.claims.lexicon import Phrase
from geo.claims.naming import SPEAKING
from geo.claims.places import PlaceList
from geo.claims.view import Item, View
from geo.model import Claim, Mention
from geo.normalise import flatten

__all__ = [
    "Memory",
    "keep_pronouns",
    "opening_topic",
    "places_meant",
    "remember",
    "resolve_anaphors",
    "tie",
]

_TOPIC_LASTS = 4
_SPEAKER_KNOWN = 8
_SHORTEST_NAME = 5
_PAST_LASTS = 2
_APPOSED = 2
_OF_WHOM = 30
_VERB = 15


@dataclass(frozen=True, slots=True)
class Memory:
    """What carries over from the sentences before.

    ``topic`` is the group talked about, ``latter`` the one named last; ``links``
    are the claims last made, ``lead`` those that a colon announced; ``speaker``
    and ``report`` who was last quoted; ``past`` the date of a story told of
    former years; ``places`` the mentions of the last sentence that had any;
    ``outsiders`` tells that soldiers, villagers or the speaker's own side were the
    subject last, so that "they" means them; ``day`` is the date that stands alone
    before the sentences of a paragraph, as in a chronicle.
    """

    topic: str = ""
    topic_age: int = 0
    latter: str = ""
    links: tuple[Link, ...] = ()
    lead: tuple[Link, ...] = ()
    speaker: Attribution = AUTHOR
    speaker_age: int = 0
    speaking: bool = False
    subject: Attribution = AUTHOR
    report: Attribution = AUTHOR
    paragraph: int = -1
    past: DateRef | None = None
    past_age: int = 0
    places: tuple[Mention, ...] = ()
    lead_date: DateRef | None = None
    outsiders: bool = False
    listing: bool = False
    day: DateRef | None = None

    def past_date(self, view: View, anchor: int) -> DateRef | None:
        """The date of the story being told, unless the sentence turns to the present."""
        if view.sentence.bullet and self.lead_date is not None:
            return self.lead_date
        if self.day is not None and view.sentence.paragraph == self.paragraph:
            return self.day
        reach = max(anchor, view.sentence.start) + (_VERB if "frame" in view.grammar else 0)
        reach = view.sentence.end if "verb_final" in view.grammar else reach
        present = view.find("now", view.between(view.sentence.start, reach))
        return None if present or self.past_age > _PAST_LASTS else self.past


def opening_topic(title: str, phrases: Sequence[Phrase]) -> str:
    """The group that the headline names, when it names just one."""
    flat = f" {flatten(title)} "
    groups = {
        phrase.label
        for phrase in phrases
        if phrase.table == "groups"
        and phrase.role == "name"
        and len(phrase.text) >= _SHORTEST_NAME
        and _as_a_word(phrase.text) in flat
    }
    return next(iter(groups)) if len(groups) == 1 else ""


@cache
def _as_a_word(name: str) -> str:
    return f" {flatten(name)} "


def resolve_anaphors(view: View, memory: Memory) -> View:
    """Let "the group" stand as the group it means.

    That is the last one named before it in the sentence. The Taliban yield to
    the group talked about: a text that says "the Taliban deny that the network
    has camps" does not mean their own.
    """
    added = []
    for cue in view.cued("anaphor", "latter"):
        before = [g.label for g in view.groups if g.end <= cue.start and g.role == "name"]
        label = before[-1] if before else memory.topic
        if label == "taliban" and is_mapped(memory.topic):
            label = memory.topic
        if cue.label == "latter":
            label = memory.latter
        apposed = any(0 <= g.start - cue.end <= _APPOSED and g.role == "name" for g in view.groups)
        apposed = apposed or bool(view.find("anaphor_of", view.between(cue.end, cue.end + _OF_WHOM)))
        if label and not apposed and not any(g.start < cue.end and cue.start < g.end for g in view.groups):
            added.append(Item(cue.start, cue.end, label, "name", cue.text))
    if is_mapped(memory.topic):
        added += _bare_members(view, memory.topic)
    if not added:
        return view
    return replace(view, groups=tuple(sorted((*view.groups, *added), key=lambda item: item.start)))


def _bare_members(view: View, topic: str) -> list[Item]:
    """The people of the group talked about where they are only counted: "fewer than 200 members remain"."""
    low, high = view.sentence.start, view.sentence.end
    if "inverts_speech" not in view.grammar and any(group.role != "actor" for group in view.groups):
        return []
    others = [g.end for g in view.groups if g.role != "person" and not is_mapped(g.label)]
    theirs = min(others, default=high) if "inverts_speech" in view.grammar else high
    return [
        Item(*match.span(match.lastindex or 0), topic, "name", match.group(match.lastindex or 0))
        for match in view.grammar["bare_members"].finditer(view.flat, low, high)
        if match.start() < theirs
    ]


def keep_pronouns(view: View, memory: Memory) -> View:
    """Drop the pronouns that mean somebody else: "our troops are there; they train"."""
    kept = []
    for cue in view.cues:
        if cue.label in ("pronoun", "person_pronoun"):
            named = any(group.end <= cue.start for group in view.groups)
            ours = view.find("we", view.between(view.sentence.start, cue.start))
            if not named and (ours or memory.outsiders):
                continue
        kept.append(cue)
    return replace(view, cues=tuple(kept))


def places_meant(view: View, memory: Memory) -> View:
    """Let "this province" stand as the province named before it, where only one was."""
    match = view.grammar["here"].search(view.flat, view.sentence.start, view.sentence.end)
    if match is None and not view.mentions and view.sentence.paragraph - memory.paragraph <= 1:
        match = _same_event(view)
    if match is None or any(
        mention.start > match.start()
        and not (
            "inverts_speech" in view.grammar
            and view.find("clause_boundary", view.between(match.end(), mention.start))
        )
        for mention in view.mentions
    ):
        return view
    before = [mention for mention in view.mentions if mention.start < match.start()]
    named = before or memory.places
    if len({mention.province_id for mention in named}) != 1 or not named[0].province_id:
        return view
    reason = f"points back to {named[-1].surface}"
    meant = replace(
        named[-1], start=match.start(match.lastindex or 0), end=match.end(match.lastindex or 0), reason=reason
    )
    return replace(view, mentions=tuple(sorted((*view.mentions, meant), key=lambda item: item.start)))


def _same_event(view: View) -> re.Match[str] | None:
    """The words that point back to a raid or strike just told of; it happened where that did."""
    return view.grammar["same_event"].search(view.flat, view.sentence.start, view.sentence.end)


def tie(
    view: View,
    bounds: list[int],
    lists: Sequence[PlaceList],
    at: int,
    *,
    memory: Memory,
    earlier: Sequence[Link],
) -> list[Link]:
    """Tie a place list to its triggers, or to those of the sentence before where it goes on with them."""
    links = link_place(view, bounds, lists, at, topic=memory.topic, earlier=earlier)
    such = view.cued("such", high=lists[at].start)
    if links and such and memory.links and not earlier and all(_only_locates(view, link) for link in links):
        return [replace(link, how="goes on from the sentence before") for link in memory.links]
    if links or earlier:
        return links
    inherited = memory.lead if view.sentence.bullet or view.sentence.heading else ()
    goes_on = view.cued("such", "continuation", high=lists[at].start)
    stated = any(kind.role in ("event", "post", "site", "income") for kind in view.kinds)
    if not inherited and goes_on and not stated and not actors(view):
        inherited = memory.links
    return [replace(link, how="goes on from the sentence before") for link in inherited]


def _only_locates(view: View, link: Link) -> bool:
    """Whether a trigger only says where: "these are located in", "others are in"."""
    return (
        link.trigger.role == "verb"
        and link.owner.item is None
        and bool(view.find("locates", flatten(link.trigger.text)))
    )


def remember(
    view: View,
    memory: Memory,
    bounds: list[int],
    links: Sequence[Link],
    speaker: Attribution | None,
    subject: Attribution | None,
    claims: Sequence[Claim],
    dates: Sequence[DateRef],
    *,
    goes_on: bool,
) -> Memory:
    """Return what the next sentence may lean on."""
    topic, age = _next_topic(view, memory, links)
    names = [group.label for group in view.groups if group.role == "name"]
    opens_list = view.flat[view.sentence.start : view.sentence.end].rstrip().endswith(":")
    lead = memory.lead if view.sentence.bullet else ()
    stated = tuple(links) if claims else ()
    if not stated and not links and not view.cued("hypothetical", "wish", "irrealis"):
        stated = tuple(pending_links(view, bounds, topic=memory.topic))
    if not stated and view.find("credits_before", view.between(view.sentence.start, view.sentence.end)):
        stated = memory.links
    if opens_list:
        lead = stated
    spoken = speaker is not None
    kept = memory.speaker if memory.speaker_age < _SPEAKER_KNOWN else AUTHOR
    past = _past(claims, memory)
    return Memory(
        topic=topic,
        topic_age=age,
        latter=names[-1] if names else memory.latter,
        links=stated,
        lead=lead,
        speaker=speaker if speaker is not None else kept,
        speaker_age=0 if spoken else memory.speaker_age + 1,
        speaking=(spoken and not view.sentence.heading) or goes_on,
        subject=AUTHOR if spoken else subject or AUTHOR,
        report=_report(view.grammar, speaker, claims) or memory.report,
        paragraph=view.sentence.paragraph,
        past=past,
        past_age=0 if past is not memory.past else memory.past_age + 1,
        places=view.mentions or memory.places,
        outsiders=_are_outsiders(view, memory),
        listing=opens_list or (memory.listing and view.sentence.bullet),
        lead_date=_lead_date(dates) if opens_list else memory.lead_date if view.sentence.bullet else None,
        day=_day(view, memory, dates),
    )


def _are_outsiders(view: View, memory: Memory) -> bool:
    subjects = actors(view)
    if subjects:
        return subjects[0].role == "actor"
    if any(group.role == "name" for group in view.groups):
        return bool(view.find("we", view.between(view.sentence.start, view.groups[0].start)))
    return memory.outsiders


def _day(view: View, memory: Memory, dates: Sequence[DateRef]) -> DateRef | None:
    """The date that a sentence consists of, for the rest of its paragraph."""
    words = view.between(view.sentence.start, view.sentence.end)
    if len(dates) == 1 and view.fits("bare_date", words):
        return dates[0]
    return memory.day if view.sentence.paragraph == memory.paragraph else None


def _lead_date(dates: Sequence[DateRef]) -> DateRef | None:
    return next((date for date in dates if not date.aside), None)


def _report(grammar: Grammar, speaker: Attribution | None, claims: Sequence[Claim]) -> Attribution | None:
    """The report that a sentence cites, or whose claim somebody in it denies."""
    if speaker is not None and _is_report(grammar, speaker):
        return speaker
    cited = next((claim for claim in claims if claim.attribution_kind == "un"), None)
    return Attribution(cited.attributed_to, "un", cue=cited.attributed_to) if cited else None


def _is_report(grammar: Grammar, speaker: Attribution) -> bool:
    words = f"{speaker.attributed_to} {speaker.cue}"
    return speaker.kind == "un" or bool(grammar["report_words"].search(words))


def _past(claims: Sequence[Claim], memory: Memory) -> DateRef | None:
    dated = [claim for claim in claims if claim.year_basis == "stated" and claim.year is not None]
    if not dated:
        return memory.past if memory.past_age < _PAST_LASTS else None
    claim = dated[-1]
    return DateRef(claim.start, claim.start, claim.year or 0, claim.year_end, "stated")


def _next_topic(view: View, memory: Memory, links: Sequence[Link]) -> tuple[str, int]:
    named = [group for group in actors(view) if group.role != "actor" and not _only_speaks(view, group)]
    mapped_link = next((link for link in links if is_mapped(link.owner.group)), None)
    if mapped_link:
        return mapped_link.owner.group, 0
    if named:
        beside = [group for group in named if is_mapped(group.label)]
        passed = bool(beside) and view.fits("yields", named[0].text)
        return (beside[0] if passed else named[0]).label, 0
    aside = [group for group in view.groups if group.role == "name" and not _only_speaks(view, group)]
    goes_on = bool(memory.topic) and bool(view.cued("pronoun", "anaphor"))
    for group in aside:
        if (is_mapped(group.label) and not goes_on) or view.find(
            "about", view.between(view.sentence.start, group.start)
        ):
            return group.label, 0
    age = memory.topic_age + 1
    return (memory.topic if age <= _TOPIC_LASTS else ""), age


def _only_speaks(view: View, group: Item) -> bool:
    """Whether a group stands in a sentence only as the source of what is said."""
    return any(
        source.role in SPEAKING
        and source.start < group.end
        and group.start < source.end
        and any(
            verb.role == "verb"
            and 0 <= verb.start - source.end < 40
            and not view.find("somebody", view.between(source.end, verb.start))
            for verb in view.sources
        )
        for source in view.sources
    )
