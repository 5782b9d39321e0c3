"""Whom a sentence credits, in languages for which only sources and verbs of saying are in tables.

The ways of naming a source are tried in one order, kept together here; those that
hang on the order of words are in `geo.claims.word_order`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.claims.according import cited_by
from geo.claims.cited import (
    DATE_GAP,
    NEXT_TO,
    SOURCES,
    SUBJECT_GAP,
    SUBJECTS,
    TAIL,
    credit,
    cue_words,
    is_bare,
    is_group_name,
    is_oblique,
    origin_of,
    points_back,
    verbs_of_saying,
)
from geo.claims.credit import AUTHOR, Attribution
from geo.claims.dates import DateRef
from geo.claims.groups import is_mapped
from geo.claims.speakers import NAME, known_speaker, place_speaker
from geo.claims.unlisted import unlisted_subject
from geo.claims.view import Item, View
from geo.claims.word_order import denied_last, said_last, said_later, speaker_after, speaks_after_verb
from geo.normalise import flatten

__all__ = ["credit_told", "find_citation", "sentence_opens_with", "speaker_met"]

_SUBJECT_LEAD = 40
_FAR_SUBJECT = 170
_NAMED_SPEAKER = re.compile(rf"({NAME.pattern})(?:\s+\([^)]*\))?:\s")
_AFTER_SAID = 90
_NO_SPEAKER = ("media", "author")


def find_citation(
    text: str,
    view: View,
    *,
    anchor: int,
    speakers: Mapping[str, str],
    last: Attribution,
    report: Attribution = AUTHOR,
    dates: Sequence[DateRef],
) -> Attribution | None:
    """Find who is credited with what a sentence says at ``anchor``.

    Returns
    -------
    Attribution or None
        ``None`` where the sentence itself credits nobody; the caller decides
        whether an earlier sentence's source goes on speaking.
    """
    view = _without_dateline(text, view)
    if view.find("authors_found", view.between(view.sentence.start, anchor)):
        return replace(AUTHOR, cue="the authors speak of what they found")
    found = (
        _headline(text, view, speakers)
        or denied_last(text, view, anchor)
        or _said_before(text, view, anchor, speakers, last, report)
        or _refers_back(view, last, report)
        or _cited(text, view, anchor, speakers, last, report)
        or said_last(text, view, anchor, last, report)
        or _said_after(text, view, anchor, speakers, last, report)
        or _cited_back(view, last, report)
        or _named_report(text, view)
    )
    if found is None:
        return None
    attribution, where = found
    if attribution.kind == "analyst" and report.kind == "un":
        words = attribution.attributed_to
        if view.fits("unnamed_expert", words):
            attribution = replace(report, cue=f"“{words}”, pointing back")
    if where < anchor and not view.find("beside_cue", flatten(attribution.cue)):
        dates = [date for date in dates if date.start < where]
    nearby = [d for d in dates if abs(d.start - where) < DATE_GAP and not d.aside and not _is_since(view, d)]
    dated = min(nearby, key=lambda d: abs(d.start - where), default=None)
    return replace(attribution, date=attribution.date or dated)


def _cited(
    text: str, view: View, anchor: int, speakers: Mapping[str, str], last: Attribution, report: Attribution
) -> tuple[Attribution, int] | None:
    """The source that words like "according to" bring in; a paper only relays whoever speaks behind.

    "…, said the spokesman, according to the paper" is the spokesman's.
    """
    cited = cited_by(text, view, anchor, speakers, last)
    if cited is None or cited[0].kind != "media":
        return cited
    spoken = said_last(text, view, anchor, last, report) or _said_after(
        text, view, anchor, speakers, last, report
    )
    if spoken is None or spoken[0].kind in _NO_SPEAKER:
        return cited
    return replace(spoken[0], relay=cited[0].attributed_to), spoken[1]


def speaker_met(text: str, view: View) -> Attribution | None:
    """Whom a sentence that quotes nobody is about, so that "he said" in the next one may mean him."""
    for source in (s for s in view.sources if s.role in SOURCES and s.label != "media"):
        before = view.between(view.sentence.start, source.start)
        bare = is_group_name(view, source) and not view.find("speaks_for", before[-50:])
        if not bare and view.find("speaker_met", before):
            return credit(text, view, source, "the sentence before is about this source")
    return None


def credit_told(text: str, view: View) -> Attribution | None:
    """Credit the first source of a sentence that only tells who gave the words before it."""
    for source in view.sources:
        if source.role in SOURCES and not is_group_name(view, source) and not is_oblique(view, source):
            return credit(text, view, source, text[source.start : source.end])
    return None


def sentence_opens_with(text: str, view: View) -> Attribution | None:
    """Whoever a sentence begins with, so that "he" in the next one may mean him."""
    source = next((s for s in view.sources if s.role in SOURCES), None)
    if source is None or source.label == "media" or is_group_name(view, source) or is_oblique(view, source):
        return None
    lead = view.between(view.sentence.start, source.start)
    if len(lead) > _SUBJECT_LEAD or view.find("content_begins", lead):
        return None
    return credit(text, view, source, "the sentence before is about this source")


def _is_since(view: View, date: DateRef) -> bool:
    """Whether a date opens a span of time ("since 2007") and so dates no report."""
    return bool(view.find("opens_span", view.between(date.start - 12, date.start)))


def _headline(text: str, view: View, speakers: Mapping[str, str]) -> tuple[Attribution, int] | None:
    """A source set before a colon: "UN: al-Qaeda running …"."""
    if named := _NAMED_SPEAKER.match(text[view.sentence.start : view.sentence.end]):
        surname = named.group(1).split()[-1].casefold()
        if surname in speakers:
            return Attribution(
                named.group(1), speakers[surname], cue=named.group().strip()
            ), view.sentence.start
    first = next((s for s in view.sources if s.role in SOURCES), None)
    lead = view.between(view.sentence.start, first.start).strip(" \"'“") if first else ""
    if first is None or (lead and not view.find("headline_lead", lead)):
        return None
    if not view.find("source_colon", view.between(first.end, first.end + 16)):
        return None
    if first.label == "media" and _relays_speech(text, view, first):
        return None
    return Attribution(
        text[first.start : first.end], first.label, cue=text[first.start : first.end + 1]
    ), first.start


def _relays_speech(text: str, view: View, medium: Item) -> bool:
    """Whether somebody else speaks in the words behind a medium and its colon."""
    others = [s for s in view.sources if s.role in SOURCES and s.start > medium.end and s.label != "media"]
    first = next((s for s in others if not is_group_name(view, s)), None)
    cues = [s for s in view.sources if s.role not in SOURCES and s.start > medium.end]
    return any(first is not None or unlisted_subject(text, view, cue, AUTHOR) for cue in cues)


def _named_report(text: str, view: View) -> tuple[Attribution, int] | None:
    """A report named with its author: "a Pentagon study of 2022", "the ministry's dossier"."""
    for source in (s for s in view.sources if s.role in SOURCES and not is_group_name(view, s)):
        after = view.between(source.end, min(source.end + 30, view.sentence.end))
        before = view.between(view.sentence.start, source.start)[-40:]
        if view.find("report_after", after) or view.find("report_of", before):
            return credit(text, view, source, "report named with its author"), source.start
    return None


def _said_before(
    text: str, view: View, anchor: int, speakers: Mapping[str, str], last: Attribution, report: Attribution
) -> tuple[Attribution, int] | None:
    for verb in reversed([item for item in verbs_of_saying(view, anchor) if item.end <= anchor]):
        if subject := speaker_after(text, view, verb, last, report):
            return subject, verb.start
        inverted = speaks_after_verb(text, view, verb)
        if subject := inverted or _subject(text, view, verb, speakers, last, report):
            return _relayed(text, view, subject, verb), verb.start
    return None


def _subject(
    text: str, view: View, verb: Item, speakers: Mapping[str, str], last: Attribution, report: Attribution
) -> Attribution | None:
    """The source that stands before a verb of saying as its subject."""
    low = view.sentence.start
    sources = [s for s in view.sources if s.role in SUBJECTS and s.end <= verb.start]
    for source in reversed(sources):
        gap = view.between(source.end, verb.start)
        if len(gap) > (_FAR_SUBJECT if "verb_final" in view.grammar else SUBJECT_GAP):
            break
        if said_later(view, source, verb):
            break
        if "frame" in view.grammar and _is_denied_words(view, source, verb):
            continue
        if _speaks_on(view, source, verb, last):
            return replace(last, cue=f"“{source.text}”, pointing back")
        pointing = view.fits("unnamed_source", source.text) and view.grammar["pointing_article"].search(
            view.between(low, source.start)
        )
        if last.kind != "author" and pointing:
            return replace(last, cue=f"“the {source.text}”, pointing back")
        if report.kind == "un" and view.fits("unnamed_expert", view.between(source.start - 4, source.end)):
            return replace(report, cue=f"“{source.text}”, pointing back")
        official = _holds_office(view, source, verb) or bool(view.find("own_genitive", gap))
        official = official or ("frame" in view.grammar and _heads_group(view, source))
        bare = (source.role == "state" or is_bare(view, source)) and not official
        clear = bool(view.find("resumes", gap)) or (
            not view.find("content_begins", gap)
            and not view.find("somebody", gap)
            and not view.find("said_of", gap)
        )
        fits = clear and (not bare or bool(view.find("speaks_itself", gap)))
        if fits and not is_oblique(view, source) and not _is_told_of(view, source, verb):
            source = _inside_body(view, source)
            return credit(text, view, source, cue_words(text, source, verb))
    return (
        unlisted_subject(text, view, verb, last)
        or points_back(text, view, verb, last, report)
        or known_speaker(text, view, verb, speakers)
    )


def _speaks_on(view: View, source: Item, verb: Item, last: Attribution) -> bool:
    """Whether "the officials add" means those of an office who spoke before."""
    adds = view.fits("adds_to_it", verb.text) and " " not in source.text
    return adds and source.label == "government" and last.kind == "taliban"


def _is_told_of(view: View, source: Item, verb: Item) -> bool:
    """Whether the mapped group's own people are named where somebody else tells of a killing or raid."""
    own = any(is_mapped(g.label) and g.start < source.end and source.start < g.end for g in view.groups)
    return own and any(k.role == "event" and k.end <= verb.start for k in view.kinds)


def _holds_office(view: View, source: Item, verb: Item) -> bool:
    """Whether somebody in a group's office speaks, and is not one to whom something was done."""
    suffers = any(k.role == "event" and source.end <= k.start < verb.start for k in view.kinds)
    before = view.between(view.sentence.start, source.start)
    return not suffers and bool(view.find("official_of", before))


def _is_denied_words(view: View, source: Item, verb: Item) -> bool:
    """Whether a source stands in what somebody denies: "the Taliban have findings of the UN rejected"."""
    before = view.between(view.sentence.start, source.start)[-60:]
    denies = view.cued("denial", low=verb.start, high=verb.end)
    return bool(denies) and bool(view.find("report_of", before))


def _heads_group(view: View, source: Item) -> bool:
    """Whether a source is somebody of the group that its own words name: "a spokesman of the Taliban"."""
    return any(source.start < g.start and g.end <= source.end and not is_mapped(g.label) for g in view.groups)


def _inside_body(view: View, source: Item) -> Item:
    """The body that a nameless source sits in, which is named before it: "in the ministry a source said"."""
    if source.label != "anonymous":
        return source
    bodies = [s for s in view.sources if s.role in SOURCES and s.label != "anonymous"]
    inside = [s for s in bodies if view.find("inside_body", view.between(s.end, source.start))]
    return inside[-1] if inside else source


def _relayed(text: str, view: View, subject: Attribution, verb: Item) -> Attribution:
    """Take the origin for a relay: "X, citing a UN report, said", "told Reuters"."""
    others = [
        s
        for s in view.sources
        if s.role in SOURCES and s.label != subject.kind and not is_group_name(view, s)
    ]
    return origin_of(text, view, subject, verb, others, credit)


def _without_dateline(text: str, view: View) -> View:
    """The sentence without the agency of a dateline, which only relays."""
    low, high = view.sentence.start, view.sentence.end
    line = view.grammar["raw_dateline"].match(text[low:high])
    if line is None:
        return view
    return replace(view, sources=tuple(s for s in view.sources if s.start >= low + line.end()))


def _cited_back(view: View, last: Attribution, report: Attribution) -> tuple[Attribution, int] | None:
    """Credit the source quoted before: "according to the report", "in his words"."""
    match = view.find("according_back", view.between(view.sentence.start, view.sentence.end))
    if match is None or last.kind == "author":
        return None
    written = report.kind != "author" and view.fits("report_noun", match.group(1))
    cue = f"“{match.group().strip()}”, pointing back"
    return replace(report if written else last, cue=cue), view.sentence.start + match.start()


def _refers_back(view: View, last: Attribution, report: Attribution) -> tuple[Attribution, int] | None:
    """Words that name no source but the one quoted before: "it says there", "in his words"."""
    words = view.between(view.sentence.start, view.sentence.end)
    for name, origin in (("report_again", report), ("speaker_again", last)):
        match = view.find(name, words)
        chosen = origin if origin.kind != "author" else last
        if match and chosen.kind != "author" and not _source_follows(view, view.sentence.start + match.end()):
            cue = f"“{match.group().strip()}”, pointing back"
            return replace(chosen, cue=cue), view.sentence.start + match.start()
    return None


def _source_follows(view: View, position: int) -> bool:
    """Whether a source is named right behind a position, other than a paper that relays it."""
    return any(
        s.role in SOURCES and s.label != "media" and 0 <= s.start - position < NEXT_TO for s in view.sources
    )


def _said_after(
    text: str, view: View, anchor: int, speakers: Mapping[str, str], last: Attribution, report: Attribution
) -> tuple[Attribution, int] | None:
    for verb in (item for item in verbs_of_saying(view, anchor) if item.start >= anchor):
        before = view.between(view.sentence.start, verb.start).rstrip()
        inverted = before.endswith((",", "”", '"', "'")) or bool(
            re.search(r"[,;”\"]\s*+(?:[\w.'’]++\s*+){0,14}$", before)
        )
        quoted = bool(view.find("quotation_ends", before))
        if not inverted and not quoted:
            continue
        after = [s for s in view.sources if s.role in SOURCES and 0 <= s.start - verb.end <= _AFTER_SAID]
        if after and (quoted or re.search(r"[,”\"']\s*$", before)):
            spoken = [s for s in after if not view.find("hearer_before", view.between(verb.end, s.start))]
            source = (spoken or after)[0]
            if "said_inverted" in view.grammar and source.label == "media" and view.fits("told", verb.text):
                source = next((s for s in after if s.label != "media"), source)
            return credit(text, view, source, cue_words(text, verb, source)), verb.start
        tail = view.between(verb.end, view.sentence.end).strip(" .”\"'")
        if len(tail) > TAIL:
            continue
        if "inverts_speech" not in view.grammar and (
            subject := _subject(text, view, verb, speakers, last, report)
        ):
            return _relayed(text, view, subject, verb), verb.start
        start = verb.end + len(text[verb.end : verb.end + 2]) - len(text[verb.end : verb.end + 2].lstrip())
        named = NAME.match(text, start)
        if named and (person := place_speaker(text, view, start, named.group(), speakers)):
            return person, verb.start
        if "inverts_speech" in view.grammar and (
            subject := _subject(text, view, verb, speakers, last, report)
        ):
            return _relayed(text, view, subject, verb), verb.start
    return None
