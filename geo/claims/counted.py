"""Claims about a number of provinces or the whole country, and the provinces that are named after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.claims.credit import AUTHOR, Attribution
from geo.claims.crediting import credit_claim, find_speaker
from geo.claims.dates import DateRef
from geo.claims.groups import Link, actors, is_mapped
from geo.claims.kinds import link_place
from geo.claims.memory import Memory
from geo.claims.nobody import nobody_there
from geo.claims.places import PlaceList
from geo.claims.quantity import find_country_count
from geo.claims.record import Context, make_claim
from geo.claims.stance import Stance, judge_stance
from geo.claims.view import View
from geo.model import Claim, Mention

__all__ = ["country_claims", "named_with_count", "settle"]

_NAMED_AT_ONCE = 3
_AT_LEAST = 2


def settle(stance: Stance, own: Attribution | None) -> tuple[Stance, Attribution]:
    """A hearsay conditional is its source's plain statement where the sentence names one, else a rumour."""
    return (replace(stance, stance="affirmed"), own) if own else (stance, AUTHOR)


def named_with_count(view: View, bounds: list[int], plist: PlaceList, memory: Memory) -> list[Link]:
    """What is said of a number of provinces, for those that this sentence or the next ones name."""
    return _after_count(view, bounds, plist, memory.topic) or _of_those(view, plist, memory.counted)


def _after_count(view: View, bounds: list[int], plist: PlaceList, topic: str) -> list[Link]:
    """What is said of a number of provinces, for those named behind it: "in four provinces, X and Y".

    Nothing but "including" or the like may stand between (pattern ``counted_named``).
    """
    span = find_country_count(view.grammar, view.flat, view.sentence.start, view.sentence.end)
    if span is None or not view.find("counted_named", view.between(span[1], plist.start)):
        return []
    if span[1] > plist.start:
        return []
    place = PlaceList(span[0], span[1], (), "in")
    links = link_place(view, bounds, [place], 0, topic=topic, earlier=())
    return [link for link in links if is_mapped(link.owner.group)]


def _of_those(view: View, plist: PlaceList, counted: Sequence[Link]) -> list[Link]:
    """What a sentence before says of so many provinces, where this one names them: "He named X and Y".

    ``counted`` are the links of that sentence; somebody else's provinces are never meant.
    """
    if not counted or len(plist.mentions) < _AT_LEAST or actors(view):
        return []
    if not view.find("names_provinces", view.between(view.sentence.start, plist.start)):
        return []
    return [replace(link, how="the provinces that the sentence before counts") for link in counted]


def _says_there(view: View, link: Link) -> bool:
    """Whether a trigger is about being or having something there, not about any other doing."""
    return bool(view.fits("says_there", link.trigger.text)) or link.trigger.role in (
        "noun",
        "site",
        "member",
        "name",
    )


def _names_follow(view: View, end: int) -> bool:
    """Whether the provinces that were counted are named right after: "in three provinces Kunar, …"."""
    return any(0 <= mention.start - end < _NAMED_AT_ONCE for mention in view.mentions)


def _nobody(context: Context, view: View, bounds: list[int], link: Link, dates: Sequence[DateRef]) -> Claim:
    """The denial for the whole country that nobody there has to do with the group."""
    start, end = link.trigger.start, link.trigger.end
    mention = Mention(context.document.doc_id, start, end, "", "", "", "", "country", "Latn")
    denier = credit_claim(context, view, start, dates)
    stance = Stance("denied", link.trigger.text)
    return make_claim(context, view, bounds, mention, "", link, stance, denier, dates, "country")


def country_claims(
    context: Context, view: View, bounds: list[int], earlier: Sequence[Link], dates: Sequence[DateRef]
) -> tuple[list[Claim], list[Link]]:
    """Claims about the whole country, and the links of those that count its provinces.

    Such a claim gives a number of provinces, or denies something for all of them.
    """
    sentence = view.sentence
    if not earlier and (nobody := nobody_there(view)):
        return [_nobody(context, view, bounds, nobody, dates)], []
    span = find_country_count(view.grammar, context.flat, sentence.start, sentence.end)
    counted = span is not None
    if span is None:
        match = view.grammar["country"].search(context.flat, sentence.start, sentence.end)
        if match is None or earlier:
            return [], []
        span = match.span(1)
    elif (
        ":" in context.flat[span[1] : span[1] + 3]
        or _names_follow(view, span[1])
        or (
            view.find("vague_count", context.flat[span[0] : span[1]])
            and any(mention.start >= span[1] and mention.basis != "direction" for mention in view.mentions)
        )
    ):
        return [], []
    place = PlaceList(span[0], span[1], (), "in")
    links = [
        link
        for link in link_place(
            view, bounds, [place], 0, topic=context.memory.topic if counted else "", earlier=()
        )
        if is_mapped(link.owner.group)
    ]
    text = context.document.text
    claims = []
    for link in links:
        stance = judge_stance(view, bounds, link.trigger, span, link.owner.item)
        if stance.restated and not counted and "verb_final" in view.grammar:
            stance = Stance("denied", stance.cue)
        if not stance.claimed or not (counted or (stance.stance == "denied" and _says_there(view, link))):
            continue
        attribution = credit_claim(context, view, link.trigger.start, dates)
        if stance.hearsay:
            stance, attribution = settle(stance, find_speaker(context, view, link.trigger.start, dates))
        surface = text[span[0] : span[1]] if counted else ""
        mention = Mention(context.document.doc_id, *span, surface, "", "", "", "country", "Latn")
        claims.append(
            make_claim(context, view, bounds, mention, "", link, stance, attribution, dates, "country")
        )
    return claims, links if counted else []
