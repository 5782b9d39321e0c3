"""What names a province and claims nothing of it: datelines, bylines, metonyms, offices that speak."""

from __future__ import annotations

import re

from geo.claims.grammar import Grammar
from geo.claims.places import PlaceList
from geo.claims.view import View

__all__ = ["is_boilerplate", "is_nonclaim", "is_title"]

_DATELINE = re.compile(
    r"^[\"“]?[A-ZÀ-ÞА-ЯЁ][\w.'’-]+(?:[ /-][A-ZÀ-ÞА-ЯЁ][\w.'’-]+){0,3}(?:,\s+[A-Z][\w.]+){0,2}"
    r"(?:,?\s+\(?(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?|\d{1,2}\.?\s+[A-Zа-я]\w{2,9}\.?(?:\s+\d{4})?)\)?)?"
    r"\s*(?:[(\[][^)\]]{2,40}[)\]])?\s*(?:—|–|--?|:|/)\s*"
)
_WIRE = re.compile(r"^[A-ZÀ-ÞА-ЯЁ]{3,}(?:[ -][A-ZÀ-ÞА-ЯЁ]{2,}){0,2}\s\([^()]{3,70}\)\s+(?=[A-Z“\"])")
_RANK_REACH = 14
_RANK_AROUND = 40
_SAID_REACH = 60
_OPENING = 4
_LONG = 80


def is_boilerplate(grammar: Grammar, flat_sentence: str) -> bool:
    """Whether a sentence is navigation, a related headline, an advert or a credit line."""
    return bool(
        grammar["boilerplate"].match(flat_sentence)
        or grammar["byline"].match(flat_sentence)
        or grammar["contributed"].search(flat_sentence)
    )


def is_title(view: View, plist: PlaceList) -> bool:
    """Whether a place only belongs to a rank: "the emir for eastern Afghanistan" may be anywhere."""
    before = view.between(view.sentence.start, plist.start)[-60:]
    posts = [item for item in view.kinds if item.role == "post" and 0 <= plist.start - item.end < _RANK_REACH]
    around = f"{before}¦{view.between(plist.end, view.sentence.end)[:_RANK_AROUND]}"
    return bool(view.find("rank_before", before) or view.find("rank_around", around)) and not posts


def _has_spoken(view: View, plist: PlaceList) -> bool:
    """Whether a verb of saying stands before the office of a place: "as said the governor of X"."""
    return "said_inverted" in view.grammar and any(
        item.role in ("verb", "according") and 0 <= plist.start - item.end < _SAID_REACH
        for item in view.sources
    )


def _is_entry(text: str, view: View, plist: PlaceList) -> bool:
    """Whether a place before a colon opens an entry ("Kunar: two camps"): no dateline ("KABUL: A …")."""
    if view.between(plist.end, plist.end + 1) != ":":
        return False
    sentence = view.sentence
    opening = sentence.paragraph <= _OPENING and not sentence.bullet and sentence.end - sentence.start > _LONG
    return not (opening and text[plist.start : plist.end].isupper())


def is_nonclaim(text: str, view: View, plist: PlaceList, claim_type: str) -> bool:
    """Whether a place list cannot carry a claim where it stands.

    Datelines, a capital standing for a government, prisons, ranges and routes,
    and the seat of an office that only speaks.
    """
    low, high = view.sentence.start, view.sentence.end
    dateline = (
        _DATELINE.match(text[low:high])
        or _WIRE.match(text[low:high])
        or view.grammar["raw_dateline"].match(text[low:high])
    )
    if dateline and plist.end <= low + dateline.end() and not _is_entry(text, view, plist):
        return True
    own_form = view.grammar["raw_dateline"].match(text[low:high])
    if own_form and plist.end <= low + own_form.end():
        return True
    if any(
        verb.role == "verb"
        and not view.fits("situates", verb.text)
        and view.find("said_in", view.between(verb.end, plist.start))
        for verb in view.sources
        if 0 <= plist.start - verb.end < _SAID_REACH
        and not view.find("said_of", view.between(low, verb.start)[-_SAID_REACH:])
    ):
        return True
    before, after = view.between(low, plist.start)[-70:], view.between(plist.end, high)[:90]
    if claim_type == "official_post":
        return bool(view.find("rulers_before", before)) and "said_by_office" in view.grammar
    if view.find("office_after", after) and (view.find("office_says", after) or plist.lead == ""):
        return True
    if view.fits("bare_lead", plist.lead) and view.find("capital_speaks", after):
        return True
    if view.find("said_by_office", before):
        return True
    if view.find("office_before", before) and (view.find("office_says", after) or _has_spoken(view, plist)):
        return True
    beside = view.find("direction_of", before) and any(
        low <= mention.end <= plist.start and plist.start - mention.end < _SAID_REACH
        for mention in view.mentions
    )
    return bool(
        beside
        or view.find("government_after", after)
        or view.find("rulers_before", before)
        or view.find("elsewhere_before", before)
        or (claim_type == "presence" and view.find("prison_after", after))
    )
