"""What names a province and claims nothing of it: datelines, bylines, metonyms, offices that speak."""

from __future__ import annotations

import re

from geo.claims.places import PlaceList
from geo.claims.view import View

__all__ = ["is_boilerplate", "is_nonclaim", "is_title"]

_BOILERPLATE = re.compile(
    r"^\W*(?:read (?:more|also|next|full)|also read|related(?: articles?| stor(?:y|ies)| news)?"
    r"|see also|watch|must read|"
    r"more on|recommended|advertisement|photo|image|file photo|picture|in pictures|caption|click here"
    r"|subscribe|"
    r"follow us|share this|tags?|topics|don't miss|you may also like|trending|most read"
    r"|editor's picks)\b\s*[:|–—-]?"
)
_DATELINE = re.compile(
    r"^[\"“]?(?:[A-Z][\w.'’-]+|[A-Z]{3,})(?:[ -][A-Z][\w.'’-]+){0,3}(?:,\s+[A-Z][\w.]+){0,2}"
    r"(?:,?\s+\(?[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?\)?)?\s*(?:[(\[][^)\]]{2,40}[)\]])?\s*(?:—|–"
    r"|--?|:|/)\s*"
)
_BYLINE = re.compile(
    r"^\s*(?:by\s+[\w.,|' ]{3,60}$|reporting by|reported by|additional reporting"
    r"|with reporting|edited by|contributed)\b"
)
_CONTRIBUTED = re.compile(r"\bcontributed (?:to (?:this|the)|reporting)\b")
_GOVERNMENT = re.compile(
    r"^(?:'s)?\s+(?:government|regime|administration|authorities|rulers|accord|conference|summit|talks"
    r"|process|"
    r"university|zoo|museum|international airport|airport (?:attack|bombing|blast)|attack|bombing|blast"
    r"|shura)\b"
)
_RULERS = re.compile(
    r"\b(?:rulers of|government (?:of|in)|regime in|authorities in|power in|takeover of|fall of"
    r"|capture of|control of|withdrawal from|evacuation (?:of|from)|embassy in|talks in|negotiations in"
    r"|meeting with officials in|speaking in|told (?:a )?(?:news|press) conference in|reporters in"
    r"|journalists in|press conference in|news conference in|march on|advance on|returned from|fled"
    r"|born in|native of|originally from|hails from|escaped from|prison in|jail in)\s+$"
)
_OFFICE = re.compile(
    r"^(?:'s)?\s+(?:provincial\s+|deputy\s+|police\s+|province\s+|province's\s+|security\s+|district\s+"
    r"|local\s+)*"
    r"(?:governor|police|council|officials?|spokes\w+|resident|residents|elders?|chief|mayor|lawmaker"
    r"|senator|mp|authorities)\b"
)
_OFFICE_OF = re.compile(
    r"\b(?:governor|chief|police|spokes\w+|officials?|head|council|director|resident|residents|elders?"
    r"|mayor|lawmaker|senator|"
    r"representative|mp|official|journalist|correspondent|commander of us forces)s?\s+(?:of|for|in"
    r"|from)\s+(?:the\s+|eastern\s+|southern\s+|western\s+|northern\s+)*$"
)
_SAYS = re.compile(
    r"^[^.;]{0,60}?\b(?:said|says|told|confirmed|added|announced|claimed|reported|denied|rejected|tells"
    r"|warned|stated|according)\b"
)
_SPEAKS = re.compile(
    r"^(?:\s+(?:has|have|had|also|again))*\s+(?:denies|denied|says|said|rejects|rejected|insists"
    r"|accuses|accused|claims|"
    r"claimed|wants|wanted|blames|blamed|warned|announced|fears|hopes|agreed|refused|argues)\b"
)
_TITLE = re.compile(
    r"\b(?:emir|amir|leader|commander|chief|head|deputy|responsible|envoy|representative|in charge)\s+"
    r"(?:for|of)\s+"
    r"(?:the\s+)?(?:provinces? of\s+)?$"
)
_RANK_REACH = 14
_PRISON = re.compile(r"^(?:'s)?\s+(?:\w+[ -]){0,3}?(?:prison|jail|detention (?:centre|center|facility))\b")
_OTHER_HEAD = re.compile(
    r"\b(?:like|unlike|similar to|compared with|compared to|than in|as far as|distance from|border with"
    r"|bordering|north of|south of|east of|west of|km from|kilomet(?:er|re)s from|miles from|highway"
    r"|road (?:to|from|between))\s+(?:the\s+)?$"
)


def is_boilerplate(flat_sentence: str) -> bool:
    """Whether a sentence is navigation, a related headline, an advert or a credit line."""
    return bool(
        _BOILERPLATE.match(flat_sentence)
        or _BYLINE.match(flat_sentence)
        or _CONTRIBUTED.search(flat_sentence)
    )


def is_title(view: View, plist: PlaceList) -> bool:
    """Whether a place only belongs to a rank: "the emir for eastern Afghanistan" may be anywhere."""
    before = view.between(view.sentence.start, plist.start)[-60:]
    posts = [item for item in view.kinds if item.role == "post" and 0 <= plist.start - item.end < _RANK_REACH]
    return bool(_TITLE.search(before)) and not posts


def is_nonclaim(text: str, view: View, plist: PlaceList, claim_type: str) -> bool:
    """Whether a place list cannot carry a claim where it stands.

    Datelines, a capital standing for a government, prisons, ranges and routes,
    and the seat of an office that only speaks.
    """
    low, high = view.sentence.start, view.sentence.end
    dateline = _DATELINE.match(text[low:high])
    if dateline and plist.end <= low + dateline.end() and view.between(plist.end, plist.end + 1) != ":":
        return True
    before, after = view.between(low, plist.start)[-70:], view.between(plist.end, high)[:90]
    if claim_type == "official_post":
        return False
    if _OFFICE.match(after) and (_SAYS.match(after) or plist.lead == ""):
        return True
    if plist.lead in ("", ".", ",", ";", "and") and _SPEAKS.match(after):
        return True
    if _OFFICE_OF.search(before) and _SAYS.match(after):
        return True
    return bool(
        _GOVERNMENT.match(after)
        or _RULERS.search(before)
        or _OTHER_HEAD.search(before)
        or (claim_type == "presence" and _PRISON.match(after))
    )
