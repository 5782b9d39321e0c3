"""What a reader carries from sentence to sentence: who is meant, who speaks, which list is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.claims.cited import is_oblique
from geo.claims.counted import named_with_count
from geo.claims.credit import AUTHOR, Attribution
from geo.claims.dates import DateRef
from geo.claims.deeds import deed_again, sites_struck, struck_there
from geo.claims.grammar import Grammar
from geo.claims.groups import TOPIC_BEFORE, TOPIC_ONLY, Link, actors, find_owner, is_mapped
from geo.claims.holders import holds_post, says_officials
from geo.claims.kinds import link_place, pending_deeds, pending_links
from geo.claims.memory import PAST_LASTS, SPEAKER_KNOWN, Memory, site_topic
from geo.claims.naming import SPEAKING
from geo.claims.places import PlaceList
from geo.claims.view import Item, View
from geo.model import Claim
from geo.normalise import flatten

__all__ = ["remember", "tie"]

_FACILITIES = frozenset(["training_camp", "safe_house", "weapons_depot", "madrasa", "media"])
_TOPIC_LASTS = 4
_DEEDS_LAST = 3
_RIVALS_LAST = 3
_STRUCK = ("struck, killed or taken", "site where the victim was", "site that was struck")
_SAYS_MORE = ("post", "site", "income")
_VERB = 15
_OF_WHOM = 14
_OFFICE_SAYS = 120


def _span(view: View) -> tuple[int, int]:
    return view.sentence.start, view.sentence.end


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
    links = link_place(view, bounds, lists, at, topic=site_topic(view, memory), earlier=earlier)
    links = [_of_its_kind(view, link, (*memory.links, *earlier)) for link in links]
    links = [link for link in links if not _may_be_rivals(view, link, memory)]
    links += struck_there(view, links, memory)
    such = view.cued("such", high=lists[at].start)
    if links and such and memory.links and not earlier and all(_only_locates(view, link) for link in links):
        return [replace(link, how="goes on from the sentence before") for link in memory.links]
    if links and (ones := _ones(view, lists[at], links[0], memory)):
        return ones
    there = [link for link in links if is_mapped(link.owner.group)]
    untold = not earlier and all(link.claim_type == "presence" for link in there)
    if memory.deeds and untold and view.find("event_there", view.between(*_span(view))):
        return [replace(link, how="where the deed told before took place") for link in memory.deeds] + there
    if not links and (posts := holds_post(view, lists[at], memory.officials)):
        return posts
    if not links and not earlier:
        links = named_with_count(view, bounds, lists[at], memory)
    if links or earlier:
        return links
    anew = memory.deeds_age and view.find("deed_in", view.between(view.sentence.start, lists[at].start))
    if not anew and (again := deed_again(view, bounds, lists[at], memory.deeds, memory.topic)):
        return again
    listed = view.sentence.bullet or (view.sentence.heading and memory.listing)
    inherited = memory.lead if listed else ()
    goes_on = view.cued("such", "continuation", high=lists[at].start)
    stated = any(kind.role in ("event", "post", "site", "income") for kind in view.kinds)
    owners = {link.owner.group for link in memory.links} if such and "verb_first" in view.grammar else ()
    others = any(item.label not in owners for item in actors(view))
    if not inherited and not others:
        more = view.find("elliptic", view.between(view.sentence.start, lists[at].start + 1))
        if (goes_on and not stated) or (more and not any(kind.role in _SAYS_MORE for kind in view.kinds)):
            inherited = memory.links
    if view.cued("negation"):
        inherited = tuple(link for link in inherited if link.how not in _STRUCK)
    return [replace(link, how="goes on from the sentence before") for link in inherited]


def _ones(view: View, plist: PlaceList, link: Link, memory: Memory) -> list[Link]:
    """What a bare number stands for: "it runs one in X", where the sentence before speaks of camps."""
    sites = [told for told in memory.links if told.claim_type in _FACILITIES]
    if not sites or link.claim_type != "presence":
        return []
    if not view.find("has_one", view.between(view.sentence.start, plist.start)):
        return []
    return [replace(sites[0], owner=link.owner, how="one of what the sentence before speaks of")]


def _of_its_kind(view: View, link: Link, known: Sequence[Link]) -> Link:
    """A site by a word that fits any, as the kind told before: "another such place is in"."""
    words = view.between(max(view.sentence.start, link.trigger.start - _VERB), link.trigger.end + _VERB)
    sites = [item for item in known if item.trigger.role in ("site", "site_weak")]
    if not sites or not view.fits("any_site", link.trigger.text) or not view.find("one_more", words):
        return link
    return replace(link, claim_type=sites[-1].claim_type)


def _may_be_rivals(view: View, link: Link, memory: Memory) -> bool:
    """Whether a site without an owner may be another group's, who was just told to have such sites."""
    guessed = link.owner.item is None and link.owner.how in (TOPIC_ONLY, TOPIC_BEFORE)
    if not guessed or memory.rivals_age > _RIVALS_LAST or link.claim_type not in memory.rival_sites:
        return False
    return not view.find("these", view.between(view.sentence.start, link.trigger.start))


def _rival_sites(view: View, bounds: list[int], memory: Memory) -> tuple[frozenset[str], int]:
    """The kinds of sites that other groups are told to have, and how many sentences ago."""
    rivals = [g for g in actors(view) if g.role == "name" and not is_mapped(g.label) and g.label != "taliban"]
    theirs = set()
    for site in (kind for kind in view.kinds if rivals and kind.role == "site"):
        owner = find_owner(view, bounds, site, topic="", place_start=view.sentence.end)
        if owner is not None and owner.group in {rival.label for rival in rivals}:
            theirs.add(site.label)
    if theirs:
        return frozenset(theirs), 0
    return memory.rival_sites, memory.rivals_age + 1


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
    if opens_list or (view.sentence.heading and not view.mentions):
        lead = stated
    deeds = _deeds(view, bounds, memory, links, claims, topic)
    spoken = speaker is not None
    kept = memory.speaker if memory.speaker_age < SPEAKER_KNOWN else AUTHOR
    past = _past(claims, memory)
    rival_sites, rivals_age = _rival_sites(view, bounds, memory)
    return Memory(
        topic=topic,
        topic_age=age,
        latter=names[-1] if names else memory.latter,
        links=stated,
        deeds=deeds,
        deeds_age=0 if deeds is not memory.deeds else memory.deeds_age + 1,
        struck=(sites_struck(view, deeds) if deeds is not memory.deeds else ())
        or (memory.struck if deeds else ()),
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
        officials=_officials(view, memory, claims),
        rival_sites=rival_sites,
        rivals_age=rivals_age,
    )


def _deeds(
    view: View,
    bounds: list[int],
    memory: Memory,
    links: Sequence[Link],
    claims: Sequence[Claim],
    topic: str,
) -> tuple[Link, ...]:
    """The operation last told of, with its place or without; another group's puts an end to it."""
    own = [link for link in links if link.claim_type == "operation" and is_mapped(link.owner.group)]
    if own and claims:
        return (own[0],)
    if not links and not view.cued("hypothetical", "wish", "irrealis", "negation", "denial"):
        told = pending_deeds(view, bounds, topic=topic)
        if told:
            return (told[0],)
    others = [group for group in actors(view) if group.role == "name" and not is_mapped(group.label)]
    events = any(kind.role == "event" for kind in view.kinds)
    if view.sentence.heading and view.sentence.paragraph > memory.paragraph >= 0 and memory.deeds_age < 2:
        return memory.deeds
    stopped = (bool(others) and (bool(view.mentions) or events)) or (events and view.mentions and not links)
    return () if stopped or memory.deeds_age >= _DEEDS_LAST else memory.deeds


def _are_outsiders(view: View, memory: Memory) -> bool:
    subjects = actors(view)
    if subjects:
        return subjects[0].role == "actor"
    if any(group.role == "name" for group in view.groups):
        return bool(view.find("we", view.between(view.sentence.start, view.groups[0].start)))
    ours = not view.groups and view.find("we", view.between(view.sentence.start, view.sentence.end))
    return memory.outsiders or bool(ours)


def _day(view: View, memory: Memory, dates: Sequence[DateRef]) -> DateRef | None:
    """The date that a sentence consists of, for the rest of its paragraph."""
    words = view.between(view.sentence.start, view.sentence.end)
    opens = view.sentence.paragraph != memory.paragraph and view.find("entry_date", words)
    if (len(dates) == 1 and view.fits("bare_date", words)) or (dates and opens):
        return dates[0]
    return memory.day if view.sentence.paragraph == memory.paragraph else None


def _officials(view: View, memory: Memory, claims: Sequence[Claim]) -> str:
    """The group whose people are said to hold offices, in this sentence or in the ones it goes on from."""
    listed = memory.officials and any(claim.claim_type == "official_post" for claim in claims)
    return says_officials(view) or (memory.officials if listed else "")


def _lead_date(dates: Sequence[DateRef]) -> DateRef | None:
    return next((date for date in dates if not date.aside), None)


def _report(grammar: Grammar, speaker: Attribution | None, claims: Sequence[Claim]) -> Attribution | None:
    """The report that a sentence cites, or whose claim somebody in it denies."""
    if speaker is not None and _is_report(grammar, speaker):
        return speaker
    cited = next((claim for claim in claims if claim.attribution_kind == "un"), None)
    return Attribution(cited.attributed_to, "un", cue=cited.attributed_to) if cited else None


def _is_report(grammar: Grammar, speaker: Attribution) -> bool:
    words = speaker.attributed_to if speaker.kind == "media" else f"{speaker.attributed_to} {speaker.cue}"
    return speaker.kind == "un" or bool(grammar["report_words"].search(words))


def _past(claims: Sequence[Claim], memory: Memory) -> DateRef | None:
    dated = [claim for claim in claims if claim.year_basis == "stated" and claim.year is not None]
    if not dated:
        return memory.past if memory.past_age < PAST_LASTS else None
    claim = dated[-1]
    return DateRef(claim.start, claim.start, claim.year or 0, claim.year_end, "stated")


def _next_topic(view: View, memory: Memory, links: Sequence[Link]) -> tuple[str, int]:
    named = [group for group in actors(view) if group.role != "actor" and not _only_speaks(view, group)]
    mapped_link = next((link for link in links if is_mapped(link.owner.group)), None)
    if mapped_link:
        return mapped_link.owner.group, 0
    if named and not is_mapped(named[0].label) and _takes_up(view, memory.topic):
        return memory.topic, 0
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
    age = memory.topic_age + (0 if view.sentence.bullet else 1)
    return (memory.topic if age <= _TOPIC_LASTS else ""), age


def _takes_up(view: View, topic: str) -> bool:
    """Whether a sentence about somebody else speaks of the group again: "the rulers house the group"."""
    anaphors = {(cue.start, cue.end) for cue in view.cued("anaphor")}
    return is_mapped(topic) and any(
        group.label == topic and (group.start, group.end) in anaphors for group in view.groups
    )


def _in_office(view: View, group: Item, source: Item) -> bool:
    """Whether a group's name stands in a longer name of an office of its, where verbs stand last."""
    longer = source.end - source.start > group.end - group.start
    return longer and "verb_final" in view.grammar and not is_mapped(group.label)


def _only_speaks(view: View, group: Item) -> bool:
    """Whether a group stands in a sentence only as the source of what is said, not as whose death is told."""
    if "frame" in view.grammar and any(
        kind.role == "event" and 0 < group.start - kind.end < _OF_WHOM for kind in view.kinds
    ):
        return False
    return any(
        source.role in SPEAKING
        and source.start < group.end
        and group.start < source.end
        and not ("verb_final" in view.grammar and is_oblique(view, source))
        and any(
            verb.role == "verb"
            and 0 <= verb.start - source.end < (_OFFICE_SAYS if _in_office(view, group, source) else 40)
            and not view.find("somebody", view.between(source.end, verb.start))
            and not ("frame" in view.grammar and _pronoun_behind(view, verb))
            for verb in view.sources
        )
        for source in view.sources
    )


def _pronoun_behind(view: View, verb: Item) -> bool:
    """Whether a pronoun right behind a verb of saying is its subject: "al-Qaeda, says he, …"."""
    after = view.between(verb.end, min(verb.end + _OF_WHOM, view.sentence.end)).lstrip()
    return bool(view.grammar["somebody"].match(after))
