"""The claim as a record, with its evidence, its id and the chain of reasons."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geo.claims.clauses import clause_at
from geo.claims.credit import AUTHOR, Attribution
from geo.claims.dates import DateRef, choose_year, with_own_event
from geo.claims.groups import Link
from geo.claims.memory import Memory
from geo.claims.quantity import find_quantity
from geo.claims.stance import Stance
from geo.claims.view import View
from geo.model import Claim, Document, Mention

__all__ = ["Context", "make_claim"]


@dataclass(frozen=True, slots=True)
class Context:
    """What all sentences of one document share, and what is known at this point of it.

    ``speakers`` maps surnames to kinds of source, ``introduced`` parts of names to
    credits, ``turns`` who has the floor in each sentence of a transcript, ``written``
    is the report that the document is about.
    ``memory`` is what the sentences before left, ``ahead`` the source that the
    next sentence names for this one, ``coming`` the next few sentences, ``closing``
    the one that ends a quotation left open here, ``floor`` who has the floor.
    """

    document: Document
    flat: str
    sha: str
    speakers: Mapping[str, str] = field(default_factory=dict)
    introduced: Mapping[str, Attribution] = field(default_factory=dict)
    turns: tuple[Attribution | None, ...] = ()
    written: Attribution = AUTHOR
    blanked: str = ""
    memory: Memory = field(default_factory=Memory)
    ahead: Attribution = AUTHOR
    coming: tuple[View, ...] = ()
    closing: View | None = None
    floor: Attribution | None = None


def make_claim(
    context: Context,
    view: View,
    bounds: list[int],
    mention: Mention,
    province: str,
    link: Link,
    stance: Stance,
    attribution: Attribution,
    dates: Sequence[DateRef],
    basis: str = "",
) -> Claim:
    """Make the record of one claim in one province.

    ``basis`` replaces the mention's own, for claims about the whole country.
    The id hashes the text, the span, the province, the type and the stance, so
    it is the same on every run and machine. Long only because a claim has many columns.
    """
    document, sentence = context.document, view.sentence
    here = link.trigger.start >= sentence.start and link.trigger.end <= sentence.end
    anchor = link.trigger.start if here else mention.start
    trigger = (link.trigger.start, link.trigger.end)
    dated = choose_year(
        with_own_event(view.grammar, context.flat, dates, trigger) if here else dates,
        clause=clause_at(bounds, anchor),
        anchor=anchor,
        carried=attribution.date or context.memory.past_date(view, anchor),
        published=document.published,
    )
    basis = basis or mention.basis
    quantity = (
        find_quantity(
            view.grammar, context.flat, document.text, sentence.start, link.trigger.start, link.trigger.end
        )
        if here
        else ""
    )
    if basis == "country" and mention.surface:
        quantity = mention.surface
    key = "|".join(
        (context.sha, str(mention.start), str(mention.end), province, link.claim_type, stance.stance)
    )
    return Claim(
        claim_id=hashlib.sha256(key.encode()).hexdigest()[:16],
        doc_id=document.doc_id,
        province_id=province,
        location_basis=basis,
        place_name=mention.surface if basis in ("place", "region", "direction") else "",
        claim_type=link.claim_type,
        group=link.owner.group,
        stance=stance.stance,
        attributed_to=attribution.attributed_to,
        attribution_kind=attribution.kind,
        year=dated.year,
        year_basis=dated.basis,
        quantity=quantity,
        sentence=document.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
        mention_start=mention.start,
        mention_end=mention.end,
        trigger=document.text[link.trigger.start : link.trigger.end],
        trigger_start=link.trigger.start,
        trigger_end=link.trigger.end,
        reason=_reason(link, stance, attribution, dated.why, document.text),
        year_end=dated.year_end,
        relay=attribution.relay,
        group_mention=document.text[link.owner.item.start : link.owner.item.end] if link.owner.item else "",
    )


def _reason(link: Link, stance: Stance, attribution: Attribution, dated: str, text: str) -> str:
    group = text[link.owner.item.start : link.owner.item.end] if link.owner.item else link.owner.group
    parts = [
        f"phrase “{text[link.trigger.start : link.trigger.end]}” ({link.trigger.label}, {link.how})",
        f"group “{group}” ({link.owner.how})",
        f"stance {stance.stance}" + (f" (“{stance.cue}”)" if stance.cue else ""),
        f"attribution {attribution.kind} ({attribution.cue})",
        f"year from {dated}",
    ]
    return "; ".join(parts)
