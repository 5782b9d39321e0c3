"""What names a province and claims nothing of it: datelines, bylines, metonyms, offices that speak."""

from __future__ import annotations

import re

from geo.claims.grammar import Grammar
from geo.claims.places import PlaceList
from geo.claims.view import View

__all__ = ["is_boilerplate", "is_nonclaim", "is_title"]

_DATELINE = re.compile(
    r"^[\"“]?(?:[A-Z][\w.'’-]+|[A-Z]{3,})(?:[ -][A-Z][\w.'’-]+){0,3}(?:,\s+[A-Z][\w.]+){0,2}"
    r"(?:,?\s+\(?[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?\)?)?\s*(?:[(\[][^)\]]{2,40}[)\]])?\s*(?:—|–"
    r"|--?|:|/)\s*"
)
_RANK_REACH = 14


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
    return bool(view.find("rank_before", before)) and not posts


def is_nonclaim(text: str, view: View, plist: PlaceList, claim_type: str) -> bool:
    """Whether a place list cannot carry a claim where it stands.

    Datelines, a capital standing for a government, prisons, ranges and routes,
    and the seat of an office that only speaks.
    """
    low, high = view.sentence.start, view.sentence.end
    dateline = _DATELINE.match(text[low:high])
    if dateline and plist.end <= low + dateline.end() and view.between(plist.end, plist.end + 1) != ":":
        return True
    own_form = view.grammar["raw_dateline"].match(text[low:high])
    if own_form and plist.end <= low + own_form.end():
        return True
    before, after = view.between(low, plist.start)[-70:], view.between(plist.end, high)[:90]
    if claim_type == "official_post":
        return False
    if view.find("office_after", after) and (view.find("office_says", after) or plist.lead == ""):
        return True
    if plist.lead in ("", ".", ",", ";", "and") and view.find("capital_speaks", after):
        return True
    if view.find("office_before", before) and view.find("office_says", after):
        return True
    return bool(
        view.find("government_after", after)
        or view.find("rulers_before", before)
        or view.find("elsewhere_before", before)
        or (claim_type == "presence" and view.find("prison_after", after))
    )
