"""Whom a text credits with a claim: the ways of naming a source, tried in one order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.claims.cited import cue_words, origin_of, verbs_of_saying
from geo.claims.credit import AUTHOR, Attribution, Heard
from geo.claims.dates import DateRef
from geo.claims.introduced import NAME, place_speaker
from geo.claims.naming import SPEAKING, is_group_name, name_source, phrase_of, speaking, unnamed
from geo.claims.quotes import in_quotation
from geo.claims.sayings import inverted_subject, same_again, subject_before
from geo.claims.view import Item, View

__all__ = ["find_attribution", "sentence_subject", "spoken_after"]


_SUBJECT_GAP = 90
_TAIL = 80
_BESIDE = ("according", "as per", "citing")
_DATE_GAP = 60
_ADJACENT = 14
_NAMED_SPEAKER = re.compile(rf"({NAME.pattern})(?:\s+\([^)]*\))?:\s")
_BESIDE_REACH = 45
_SUBJECT_LEAD = 40
_HEADLINE_SOURCE = 60
_SHORT_ENTRY = 40
_ABBREVIATED = 4


def find_attribution(
    text: str, view: View, *, anchor: int, heard: Heard, dates: Sequence[DateRef]
) -> Attribution | None:
    """Find who is credited with what a sentence says at ``anchor``.

    Returns
    -------
    Attribution or None
        ``None`` where the sentence itself credits nobody; the caller decides
        whether an earlier sentence's source goes on speaking.
    """
    found_there = view.find("authors_found", view.between(view.sentence.start, anchor))
    if found_there and not in_quotation(text, view):
        return replace(AUTHOR, cue="the authors speak of what they found")
    found = (
        _headline(text, view, heard)
        or _said_before(text, view, anchor, heard)
        or _according(text, view, anchor, heard)
        or _said_after(text, view, anchor, heard)
        or _named_report(text, view)
    )
    if found is None:
        return None
    attribution, where = found
    if where < anchor and not attribution.cue.casefold().startswith(_BESIDE):
        dates = [date for date in dates if date.start < where]
    nearby = [d for d in dates if abs(d.start - where) < _DATE_GAP and not d.aside and not _is_since(view, d)]
    dated = min(nearby, key=lambda d: abs(d.start - where), default=None)
    return replace(attribution, date=attribution.date or dated)


def spoken_after(text: str, view: View, anchor: int, heard: Heard) -> Attribution | None:
    """Find who is said, after ``anchor``, to have spoken the words before it."""
    found = _said_after(text, view, anchor, heard)
    return found[0] if found else None


def sentence_subject(text: str, view: View, heard: Heard) -> Attribution | None:
    """Whoever a sentence opens with, so that "he" in the next one may mean him."""
    low = view.sentence.start
    if in_quotation(text, view):
        return None
    back = view.grammar["report_back"].match(view.flat, low)
    if back and view.fits("report_noun", back.group(1)) and heard.text.kind != "author":
        return heard.text
    for source in speaking(view, low, view.sentence.end):
        lead = view.between(low, source.start)
        if len(lead) > _SUBJECT_LEAD or "," in lead.rstrip(" ,") or view.find("source_oblique", lead):
            break
        if source.label == "media" or source.role == "state":
            continue
        subject = name_source(text, view, source, "the sentence before is about this source")
        if not is_group_name(view, source) or len(phrase_of(view, source)) > 1:
            return subject
        if source.label == "taliban" and len(phrase_of(view, source)) == 1:
            return replace(subject, body=True)
    named = NAME.match(text, low)
    if named and named.group().split()[-1].casefold() in heard.named:
        return place_speaker(text, view, low, named.group(), heard.named)
    return None


def _is_since(view: View, date: DateRef) -> bool:
    """Whether a date opens a span of time ("since 2007") and so dates no report."""
    return bool(view.find("opens_span", view.between(date.start - 12, date.start)))


def _headline(text: str, view: View, heard: Heard) -> tuple[Attribution, int] | None:
    """A source set before a colon, "UN: al-Qaeda running …", or after it: "…: officials"."""
    low, high = view.sentence.start, view.sentence.end
    if named := _NAMED_SPEAKER.match(text[low:high]):
        surname = named.group(1).split()[-1].casefold()
        if surname in heard.named:
            speaker = replace(heard.named[surname], attributed_to=named.group(1))
            return replace(speaker, cue=named.group().strip()), low
    first = next((s for s in view.sources if s.role in SPEAKING), None)
    if first is None:
        return None
    labels = (
        first.role in ("office", "voice") and high - first.end < _SHORT_ENTRY and not view.sentence.heading
    )
    opens = not labels and not view.find("more_than_title", view.between(low, first.start))
    if first.role == "state" or is_group_name(view, first):
        surface = text[first.start : first.end]
        opens = opens and (first.label == "militant" or len(surface) <= _ABBREVIATED or not surface.isupper())
    if opens and view.find("source_colon", view.between(first.end, first.end + 40)):
        return name_source(text, view, first, text[first.start : first.end + 1]), first.start
    if view.sentence.heading and (ends := view.find("headline_source", view.between(low, high))):
        last = speaking(view, low + ends.start(), high)
        if last and high - last[0].start <= _HEADLINE_SOURCE:
            return name_source(text, view, last[0], text[low + ends.start() : high].strip()), last[0].start
    return None


def _named_report(text: str, view: View) -> tuple[Attribution, int] | None:
    """A report named with its author: "a Pentagon study of 2022", "the ministry's dossier"."""
    for source in (s for s in view.sources if s.role in SPEAKING and not is_group_name(view, s)):
        after = view.between(source.end, min(source.end + 30, view.sentence.end))
        before = view.between(view.sentence.start, source.start)[-40:]
        if view.find("report_after", after) or view.find("report_of", before):
            return name_source(text, view, source, "report named with its author"), source.start
    return None


def _said_before(text: str, view: View, anchor: int, heard: Heard) -> tuple[Attribution, int] | None:
    for verb in reversed([item for item in verbs_of_saying(view, anchor) if item.start <= anchor]):
        if view.find("backdrop", view.between(verb.start, anchor)):
            return None
        if subject := subject_before(text, view, verb, heard) or inverted_subject(text, view, verb, heard):
            return _relayed(text, view, subject, verb), verb.start
    return None


def _relayed(text: str, view: View, subject: Attribution, verb: Item) -> Attribution:
    """Take the origin for a relay: "X, citing a UN report, said", "told Reuters"."""
    others = [
        s
        for s in view.sources
        if s.role in SPEAKING and s.label != subject.kind and not is_group_name(view, s)
    ]
    return origin_of(text, view, subject, verb, others, name_source)


def _according(text: str, view: View, anchor: int, heard: Heard) -> tuple[Attribution, int] | None:
    cues = [item for item in view.sources if item.role == "according"]
    cues = [
        item
        for item in cues
        if item.start < anchor or not view.find("clause_joined", view.between(anchor, item.start))
    ]
    for cue in sorted(cues, key=lambda item: abs(item.start - anchor)):
        if quoted := _is_quoted(text, view, cue, heard):
            return quoted, cue.start
        if back := _report_beside(view, cue, heard):
            return back, cue.start
        near = [s for s in view.sources if s.role in SPEAKING and _stands_beside(view, cue, s)]
        pronoun = view.find("speaks_to_pronoun", view.between(cue.end + 1, view.sentence.end))
        if near and not pronoun:
            best = min(
                near, key=lambda s: (s.start - cue.end > _BESIDE_REACH, _rank(view, near[0], s), s.start)
            )
            if back := same_again(view, best, heard):
                return back, cue.start
            relay = ""
            if best.label != "media":
                relay = next((text[s.start : s.end] for s in near if s.label == "media"), "")
            return name_source(text, view, best, cue_words(text, cue, best), relay), cue.start
        if other := _other_beside(text, view, cue, heard):
            return other, cue.start
    return None


def _stands_beside(view: View, cue: Item, source: Item) -> bool:
    """Whether a source may be what "according to" names; a group only right after it."""
    gap = view.between(cue.end, source.start)
    if source.start < cue.end or len(gap) > _SUBJECT_GAP:
        return False
    if "," in gap and any(
        group.role == "name" and group.start < item.end and item.start < group.end
        for item in phrase_of(view, source)
        for group in view.groups
    ):
        return False
    return not is_group_name(view, source) or len(gap) <= _ADJACENT


def _rank(view: View, first: Item, source: Item) -> int:
    """The United Nations before others; a medium after whom it relays, and only after them."""
    if source.label == "un":
        return 0
    if source.label == "media":
        return 2
    if first.label != "media":
        return 1
    relayed = view.find("relays", view.between(first.end, source.start))
    speaks = any(v.role == "verb" and 0 <= v.start - source.end <= _BESIDE_REACH for v in view.sources)
    return 1 if relayed or speaks else 3


def _report_beside(view: View, cue: Item, heard: Heard) -> Attribution | None:
    """The report named before, where "according to the report" names nobody else."""
    after = view.flat[cue.end : view.sentence.end]
    start = cue.end + len(after) - len(after.lstrip())
    back = view.grammar["report_back"].match(view.flat, start)
    if back is None:
        return None
    origin = heard.text if view.fits("report_noun", back.group(1)) else heard.person
    if origin.kind == "author":
        return None
    own = [s for s in view.sources if s.role in SPEAKING and start <= s.start and s.end <= back.end()]
    if own or view.find("report_whose", view.between(back.end(), view.sentence.end)[:_ADJACENT]):
        return None
    return replace(origin, cue=f"“{cue.text} {back.group()}”, pointing back")


def _is_quoted(text: str, view: View, cue: Item, heard: Heard) -> Attribution | None:
    """Who "was quoted as saying": the one before the verb; the medium after it only relays."""
    passive = view.find("passive_before", view.between(view.sentence.start, cue.start))
    if passive is None or not view.fits("citing", cue.text):
        return None
    verb = replace(cue, start=view.sentence.start + passive.start())
    speaker = subject_before(text, view, verb, heard)
    media = [s for s in speaking(view, cue.end, view.sentence.end) if s.label == "media"]
    relay = text[media[0].start : media[0].end] if media else ""
    return replace(speaker, relay=relay) if speaker else None


def _other_beside(text: str, view: View, cue: Item, heard: Heard) -> Attribution | None:
    """Who stands beside "according to" and is in no table: a name, a pronoun, "two traders"."""
    start = cue.end + len(text[cue.end : cue.end + 2]) - len(text[cue.end : cue.end + 2].lstrip())
    after = view.between(start, min(start + _TAIL, view.sentence.end))
    if view.find("speaks_to_pronoun", after):
        meant = heard.last if heard.last.kind != "author" else heard.subject
        return None if meant.kind == "author" else replace(meant, cue=f"“{cue.text}”, pointing back")
    named = NAME.match(text, start)
    if named and (person := place_speaker(text, view, start, named.group(), heard.named)):
        return person
    people = view.find("people_beside", after)
    if people is None:
        return None
    return unnamed(text, view, start, start + people.end(1), cue=cue.text)


def _said_after(text: str, view: View, anchor: int, heard: Heard) -> tuple[Attribution, int] | None:
    for verb in (item for item in verbs_of_saying(view, anchor) if item.start >= anchor):
        before = view.between(view.sentence.start, verb.start).rstrip()
        inverted = before.endswith((",", "”", '"', "'")) or bool(
            re.search(r"[,”\"]\s*+(?:[\w.'’()-]++\s*+){0,14}$", before)
        )
        if not inverted:
            continue
        if subject := inverted_subject(text, view, verb, heard):
            return subject, verb.start
        tail = view.between(verb.end, view.sentence.end)
        if len(tail.strip(" .”\"'")) > _TAIL and not tail.startswith(","):
            continue
        if subject := subject_before(text, view, verb, heard):
            return _relayed(text, view, subject, verb), verb.start
    return None
