"""Document, mentions and phrases in; claims out.

The pass goes sentence by sentence and remembers what readers remember: which
group is being talked about, who was speaking, and which list is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.automaton import Found
from geo.claims.anaphora import keep_pronouns, opening_topic, resolve_anaphors
from geo.claims.clauses import blank_asides, clause_bounds, find_asides, own_turn, without_asides
from geo.claims.counted import country_claims, settle
from geo.claims.credit import AUTHOR, Attribution
from geo.claims.crediting import (
    credit_claim,
    credit_rejected,
    find_speaker,
    last_speaker,
    look_ahead,
    with_speakers,
)
from geo.claims.dates import DateRef, find_dates
from geo.claims.deeds import TOLD_BEFORE, told_next
from geo.claims.denier import find_denier
from geo.claims.discourse import remember, tie
from geo.claims.going_on import goes_on_speaking
from geo.claims.grammar import PUNCTUATION, Grammar
from geo.claims.groups import Link, is_mapped
from geo.claims.lexicon import Phrase
from geo.claims.members import add_members
from geo.claims.memory import Memory, keep_counted
from geo.claims.nonclaims import is_boilerplate, is_nonclaim, is_title
from geo.claims.persons import member_met, resolve_he
from geo.claims.places import PlaceList, contained, list_places, paired_groups, without_bearings
from geo.claims.pointing import POINTS_BACK, places_meant
from geo.claims.record import Context, make_claim
from geo.claims.sentences import split_sentences
from geo.claims.speakers import add_speakers
from geo.claims.stance import Stance, judge_stance
from geo.claims.titles import as_printed, without_title_dots
from geo.claims.view import Item, View, build_views, pass_over
from geo.model import Claim, Document, Mention
from geo.normalise import flatten

__all__ = ["judge_claims"]

_AREAL = ("region", "direction")
_JOINER = "\u200c"


def judge_claims(
    document: Document,
    mentions: Sequence[Mention],
    hits: Sequence[Found],
    phrases: Sequence[Phrase],
    grammar: Grammar,
) -> tuple[Claim, ...]:
    """Find the claims of one document.

    Parameters
    ----------
    mentions
        The document's mentions, sorted and without overlaps.
    hits
        Where phrases of the lexicon stand, sorted by start then length;
        ``hits[i].phrase`` counts into ``phrases``.
    grammar
        The patterns of the language that the document is written in.

    Returns
    -------
    tuple of Claim
        In the order of the text; one per document, province, type, stance,
        attribution and evidence sentence. Documents in which no group of
        interest is named have none.
    """
    if not any(
        phrases[hit.phrase].table == "groups" and is_mapped(phrases[hit.phrase].label) for hit in hits
    ):
        return ()
    printed, document = document, without_title_dots(document, grammar)
    flat = flatten(document.text).replace(_JOINER, " ").translate(PUNCTUATION)
    flat = pass_over(grammar, flat, [hit for hit in hits if phrases[hit.phrase].table == "groups"])
    sentences = split_sentences(document.text, grammar)
    views = build_views(document.text, flat, sentences, mentions, hits, phrases, grammar)
    views = add_speakers(flat, add_members(document.text, flat, views))
    context = with_speakers(Context(document, flat, printed.text_sha256), views)
    memory = Memory(topic=opening_topic(document.title, phrases))
    claims: dict[tuple[object, ...], Claim] = {}
    asides = [find_asides(view) for view in views]
    context = replace(context, blanked=blank_asides(flat, (span for spans in asides for span in spans)))
    for number, (view, set_in) in enumerate(zip(views, asides, strict=True)):
        here = look_ahead(replace(context, memory=memory), views, number)
        following = views[number + 1] if number + 1 < len(views) else None
        found, memory = _judge_sentence(here, view, set_in, following)
        for claim in found:
            key = (
                claim.province_id,
                claim.claim_type,
                claim.group,
                claim.stance,
                claim.attribution_kind,
                claim.attributed_to,
                claim.start,
            )
            known = claims.get(key)
            if known is None or (known.location_basis in _AREAL and claim.location_basis not in _AREAL):
                claims[key] = claim
    if document is printed:
        return tuple(claims.values())
    return tuple(as_printed(claim, printed, grammar) for claim in claims.values())


def _judge_sentence(
    context: Context, view: View, asides: Sequence[tuple[int, int]], following: View | None
) -> tuple[list[Claim], Memory]:
    memory, text = context.memory, context.document.text
    if is_boilerplate(view.grammar, view.flat[view.sentence.start : view.sentence.end]):
        return [], memory
    if _only_asks(view):
        return [], memory
    view = resolve_he(text, places_meant(view, memory), memory)
    view = keep_pronouns(resolve_anaphors(view, memory), memory)
    bounds = clause_bounds(view)
    dates = find_dates(
        view.grammar, context.flat, view.sentence.start, view.sentence.end, context.document.published
    )
    lists = [plist for plist in list_places(view) if not (plist.origin or is_title(view, plist))]
    lists = without_bearings(view, lists)
    claims: list[Claim] = []
    earlier: list[Link] = []
    main = without_asides(view, asides, context.blanked)
    outside = [p for p in lists if not any(low <= p.start < high for low, high in asides)]
    outer = clause_bounds(main) if asides and len(outside) < len(lists) else bounds
    inner = sorted({*bounds, *(cut for span in asides for cut in span)})
    for plist in lists:
        seen, cuts, beside = (main, outer, outside) if plist in outside else (view, inner, lists)
        if view.find("deed_where", view.between(view.sentence.start, plist.start)):
            seen, cuts, beside = view, bounds, lists
        links = tie(seen, cuts, beside, beside.index(plist), memory=memory, earlier=earlier)
        if all(link.owner.group == "state" for link in links):
            links = told_next(seen, cuts, plist, following) or links
        links = [link for link in links if not is_nonclaim(text, seen, plist, link.claim_type)]
        if claims and "verb_final" in view.grammar and plist.mentions[0].reason.startswith(POINTS_BACK):
            links = [link for link in links if link.claim_type != "presence"]
        for link in links:
            claims += _claims_of(context, seen, cuts, plist, link, dates)
        earlier = links or earlier
    country, counted = country_claims(context, view, bounds, earlier, dates)
    claims += country
    speaker, subject = last_speaker(context, view, main, dates)
    goes_on = speaker is None and goes_on_speaking(text, view, memory, view.sentence.end)
    after = remember(view, memory, bounds, earlier, speaker, subject, claims, dates, goes_on=goes_on)
    after = keep_counted(after, memory, counted)
    return claims, replace(after, member=member_met(text, view))


def _only_asks(view: View) -> bool:
    """Whether a sentence is a bare question ("And where?"), which what follows answers."""
    words = view.between(view.sentence.start, view.sentence.end)
    told = view.groups or view.kinds or view.mentions or view.sources
    return "frame" in view.grammar and not told and words.rstrip().endswith("?")


def _is_unconfirmed(context: Context, view: View) -> bool:
    """Whether the next sentence of the paragraph calls what this one says unconfirmed."""
    near = (later for later in context.coming if later.sentence.paragraph - view.sentence.paragraph <= 1)
    if any(later.find("all_unconfirmed", _words(later)) for later in near):
        return True
    return any(
        later.sentence.paragraph == view.sentence.paragraph
        and later.find("unconfirmed_before", context.blanked[later.sentence.start : later.sentence.end])
        for later in context.coming[:1]
    )


def _words(view: View) -> str:
    """The folded words of a sentence."""
    return view.between(view.sentence.start, view.sentence.end)


def _claims_of(
    context: Context, view: View, bounds: list[int], plist: PlaceList, link: Link, dates: Sequence[DateRef]
) -> list[Claim]:
    if not link.owner.group or link.owner.group in ("state", "aq-elsewhere"):
        return []
    if not is_mapped(link.owner.group) and (
        link.claim_type in ("presence", "operation", "official_post")
        or link.owner.group in ("taliban", "resistance")
    ):
        return []
    here = link.trigger.start >= view.sentence.start and link.trigger.end <= view.sentence.end
    trigger = (
        link.trigger
        if here
        else Item(plist.start, plist.start, link.trigger.label, link.trigger.role, link.trigger.text)
    )
    owner_item = (
        link.owner.item if here and link.owner.item and link.owner.item.start >= view.sentence.start else None
    )
    view = own_turn(view, plist.start)
    judged = _past_negations(view, trigger) if link.how == TOLD_BEFORE else view
    stance = judge_stance(judged, bounds, trigger, (plist.start, plist.end), owner_item)
    if not stance.claimed:
        return []
    if stance.stance == "affirmed" and not stance.restated and _is_unconfirmed(context, view):
        stance = replace(stance, stance="uncertain", cue="the next sentence: not confirmed")
    attribution = credit_claim(context, view, trigger.start, dates, place=plist.start, carried=not here)
    if stance.hearsay:
        stance, attribution = settle(stance, find_speaker(context, view, trigger.start, dates))
    if attribution.kind == AUTHOR.kind and _denied_next(context, view):
        stance = Stance("denied", "the next sentence")
    if stance.restated:
        text = context.document.text
        named_by = max(trigger.start, stance.denied_at + 1)
        attribution = credit_rejected(text, view, stance.denied_at, named_by) or attribution
    claims = []
    pairs = paired_groups(view, plist)
    for number, mention in enumerate(_located(plist, view)):
        if pairs and not is_mapped(pairs[min(number, len(pairs) - 1)]):
            continue
        for province in (mention.province_id,) if mention.province_id else mention.provinces:
            claims.append(
                make_claim(context, view, bounds, mention, province, link, stance, attribution, dates)
            )
    if stance.restated:
        claims.append(_blanket_denial(context, view, bounds, link, dates))
    return claims


def _past_negations(view: View, trigger: Item) -> View:
    """The sentence without the negations before a deed known from before: "nobody was hurt in the raid"."""
    kept = (cue for cue in view.cues if cue.start >= trigger.start or cue.label != "negation")
    return replace(view, cues=tuple(kept))


def _denied_next(context: Context, view: View) -> bool:
    """Whether the author denies in the next sentence what this one reports: "… That is not so"."""
    following = context.coming[0] if context.coming else None
    if following is None or following.sentence.paragraph != view.sentence.paragraph:
        return False
    words = following.between(following.sentence.start, following.sentence.end)
    denied = following.find("denied_next", words)
    return bool(denied) and not any(source.role == "verb" for source in following.sources)


def _located(plist: PlaceList, view: View) -> list[Mention]:
    """The mentions that carry the claim: a direction beside a name only says where that name is."""
    named = any(mention.basis in ("named", "place") for mention in plist.mentions)
    kept = []
    for mention in contained(plist.mentions):
        explained = view.between(mention.end, mention.end + 3).lstrip().startswith("(")
        if named and (mention.basis == "direction" or (mention.basis == "region" and explained)):
            continue
        kept.append(mention)
    return kept


def _denier(context: Context, view: View, denial: Item) -> Attribution | None:
    """The one whose side denies, where the verb stands last: the first named before the denial."""
    sides = [s for s in view.sources if s.label in ("taliban", "militant") and s.end <= denial.start]
    if "verb_final" not in view.grammar or not sides:
        return None
    words = context.document.text[sides[0].start : sides[0].end]
    return Attribution(words, sides[0].label, cue=f"{words}, who denies it")


def _blanket_denial(
    context: Context, view: View, bounds: list[int], link: Link, dates: Sequence[DateRef]
) -> Claim:
    denial = view.cued("denial")[0]
    named = find_denier(view, link.trigger.start) and credit_claim(context, view, link.trigger.start, dates)
    denier = named or _denier(context, view, denial) or credit_claim(context, view, denial.end, dates)
    mention = Mention(context.document.doc_id, denial.start, denial.end, "", "", "", "", "country", "")
    presence = replace(link, claim_type="presence", trigger=replace(denial, label="presence"))
    return make_claim(
        context, view, bounds, mention, "", presence, Stance("denied", denial.text), denier, dates, "country"
    )
