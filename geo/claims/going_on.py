"""Whether the source quoted before goes on speaking in a sentence that names none."""

from __future__ import annotations

import re

from geo.claims.memory import SPEAKER_KNOWN, Memory
from geo.claims.view import View

__all__ = ["goes_on_speaking", "opens_quotation"]

_SPEAKER_LASTS = 2
_REPORT_LASTS = 4
_NEXT = 2
_QUOTED_WORDS = re.compile(r"“[^“”]{25,}”|\"[^\"]{25,}\"")


def goes_on_speaking(text: str, view: View, memory: Memory, anchor: int) -> bool:
    """Whether the source quoted before still speaks.

    So it does in an open quotation, in a sentence that leans on it, and for some
    sentences where it is the United Nations: texts that relay their reports
    seldom name them again in every sentence.
    """
    if memory.speaker.kind == "author" or view.find(
        "told_apart", view.between(view.sentence.start, view.sentence.end)
    ):
        return False
    if _reports_itself(view) and not view.fits("report_noun", memory.speaker.attributed_to.split(" ")[-1]):
        return memory.speaker.kind == "un"
    if _in_quotation(text, view) and memory.speaker_age <= SPEAKER_KNOWN:
        return True
    near = view.sentence.paragraph - memory.paragraph <= 1
    if near and memory.speaking and "goes_on_list" in view.grammar and _quotes(text, view):
        return True
    indirect = view.find("indirect_speech", view.between(view.sentence.start, view.sentence.end))
    if indirect and memory.speaker_age <= _SPEAKER_LASTS:
        return True
    if (
        memory.speaker.kind == "un"
        and memory.speaker_age <= _REPORT_LASTS
        and not _turns_to_deeds(view, memory)
    ):
        return True
    if "goes_on_list" in view.grammar:
        return _goes_on_listing(view, memory, anchor)
    leans = view.cued("continuation", "such", "latter", "pronoun", high=anchor)
    if "frame" in view.grammar and not leans:
        same = view.find("same_event", view.between(view.sentence.start, anchor))
        return (
            near
            and memory.speaker_age <= _SPEAKER_LASTS
            and bool(same or view.cued("person_pronoun", high=anchor) or view.sentence.bullet)
        )
    return near and memory.speaker_age <= _SPEAKER_LASTS and bool(leans or view.sentence.bullet)


def _reports_itself(view: View) -> bool:
    """Whether a sentence credits "the report", so that whoever spoke before does not go on."""
    back = view.grammar["report_back"].search(view.flat, view.sentence.start, view.sentence.end)
    return (
        back is not None
        and view.fits("report_noun", back.group(1))
        and any(verb.role == "verb" and 0 < verb.start - back.end() <= _NEXT for verb in view.sources)
    )


def _turns_to_deeds(view: View, memory: Memory) -> bool:
    """Whether a raid or killing is told of, dated or in a new paragraph, as monitors seldom do."""
    words = view.between(view.sentence.start, view.sentence.end)
    dated = "frame" not in view.grammar and memory.speaker_age > 0 and view.find("stated_year", words)
    later = view.sentence.paragraph != memory.paragraph or bool(dated)
    return later and any(kind.role == "event" for kind in view.kinds)


def _goes_on_listing(view: View, memory: Memory, anchor: int) -> bool:
    """Whether the last source goes on in a list, before "others" or "these", or after "also"."""
    if not memory.speaking or view.sentence.paragraph - memory.paragraph > 1:
        return False
    if view.find("goes_on_list", view.between(view.sentence.start, view.sentence.end)):
        return True
    if view.sentence.paragraph == memory.paragraph:
        return memory.speaker.kind != "anonymous" and bool(view.cued("continuation", high=anchor))
    return view.sentence.bullet and memory.listing


def _quotes(text: str, view: View) -> bool:
    """Whether a sentence holds a longer quotation: the words of whoever spoke just before."""
    return _QUOTED_WORDS.search(text, view.sentence.start, view.sentence.end) is not None


def _in_quotation(text: str, view: View) -> bool:
    start = view.sentence.start
    if text[start] in '“«„"':
        return True
    paragraph = text[text.rfind("\n", 0, start) + 1 : start]
    return _is_open(paragraph)


def opens_quotation(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text begins with a quotation that it does not close."""
    return text[start] in '“«"' and _is_open(text[start:end])


def _is_open(words: str) -> bool:
    opened = any(words.count(left) > words.count(right) for left, right in ("“”", "«»"))
    return opened or words.count('"') % 2 == 1
