"""What a source is worth where it stands: the credit for it, and whether it can be a subject at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from geo.claims.credit import Attribution
from geo.claims.view import Item, View

__all__ = [
    "ADJACENT",
    "DATE_GAP",
    "NEXT_TO",
    "SOURCES",
    "SUBJECTS",
    "SUBJECT_GAP",
    "TAIL",
    "credit",
    "cue_words",
    "is_bare",
    "is_group_name",
    "is_oblique",
    "origin_of",
    "points_back",
    "verbs_of_saying",
]

SOURCES = ("source", "office")
SUBJECTS = (*SOURCES, "state")
SUBJECT_GAP = 90
DATE_GAP = 60
ADJACENT = 14
NEXT_TO = 20
TAIL = 80
"""Roles and distances, in characters, that all readers of sources in tables share."""


_BRACKETS = re.compile(r"\([^()]*\)")


def verbs_of_saying(view: View, anchor: int) -> list[Item]:
    """The verbs of saying; one in brackets speaks only of what stands in the same brackets."""
    low = view.sentence.start
    brackets = [
        (low + m.start(), low + m.end()) for m in _BRACKETS.finditer(view.between(low, view.sentence.end))
    ]
    return [
        item
        for item in view.sources
        if item.role == "verb"
        and not any(a <= item.start < b and not a <= anchor < b for a, b in brackets)
        and not _is_noun(view, item)
    ]


def _is_noun(view: View, verb: Item) -> bool:
    """Whether no verb of saying is meant: "Arab states", "the claims", "confirmed dead"."""
    if view.find("passive_after", view.between(verb.end, view.sentence.end)):
        return True
    if view.fits("keeps_or_says", verb.text) and not view.find(
        "says_that", view.between(verb.end, view.sentence.end)
    ):
        return True
    before = view.between(view.sentence.start, verb.start)[-40:]
    if view.fits("plural_verb", verb.text) and view.find("singular_before", before):
        return True
    return view.fits("noun_or_verb", verb.text) and bool(view.find("noun_before", before))


def credit(text: str, view: View, source: Item, cue: str, relay: str = "") -> Attribution:
    """Credit a source in the words of the text; an office of the Taliban's government is theirs."""
    source = _body_behind(view, source)
    words = _noun_phrase(text, view, source)
    ruled = view.find(
        "taliban_office_before", view.between(view.sentence.start, source.start)[-40:]
    ) or view.find("taliban_office_after", view.between(source.end, source.end + 60))
    kind = "taliban" if ruled and source.label == "government" else source.label
    return Attribution(words, kind, relay=relay, cue=cue, office=source.role == "office")


def _body_behind(view: View, source: Item) -> Item:
    """The body that a nameless source sits in, where it is named behind it: "a source in the ministry"."""
    if source.label != "anonymous" or "body_behind" not in view.grammar:
        return source
    bodies = (s for s in view.sources if s.role in ("source", "office") and s.start >= source.end)
    return next(
        (
            replace(body, start=source.start)
            for body in bodies
            if body.label in ("government", "un", "taliban")
            and view.find("body_behind", view.between(source.end, body.start))
        ),
        source,
    )


def is_group_name(view: View, source: Item) -> bool:
    """Whether a source is the name of a group."""
    return any(g.start < source.end and source.start < g.end and g.role == "name" for g in view.groups)


def is_bare(view: View, source: Item) -> bool:
    """Whether a source is only a group's name, which stands in a text for much but who speaks."""
    if "verb_final" not in view.grammar:
        return is_group_name(view, source)
    before = view.between(view.sentence.start, source.start)
    named = any(g.start <= source.start and source.end <= g.end and g.role == "name" for g in view.groups)
    return named and not view.find("official_of", before)


def is_oblique(view: View, source: Item) -> bool:
    """Whether the words around a source keep it from being a subject: "with the ministry"."""
    before = view.between(view.sentence.start, source.start)[-50:]
    if view.find("speaks_for", before):
        return False
    after = view.between(source.end, min(source.end + TAIL, view.sentence.end))
    return bool(view.find("source_oblique", before) or view.find("source_oblique_after", after))


def cue_words(text: str, first: Item, second: Item) -> str:
    """The words from one item to another, at most 120 characters."""
    low, high = min(first.start, second.start), max(first.end, second.end)
    return " ".join(text[low:high].split())[:120]


def _noun_phrase(text: str, view: View, source: Item) -> str:
    """The source with the words that describe it, back to its article."""
    start = source.start
    said = [s.end for s in view.sources if s.role in ("verb", "according") and s.end <= start]
    spoken = max(said, default=0) if "inverts_speech" in view.grammar else 0
    offset = max(view.sentence.start, start - 50, spoken)
    words = list(re.finditer(r"[\w’'.-]+", text[offset:start]))
    for word in reversed(words):
        if text[offset + word.end() : start].strip(" ") or view.fits("title_stop", word.group()):
            break
        if _is_verb(view, offset + word.start(), offset + word.end()):
            break
        start = offset + word.start()
    end = source.end
    tail = view.grammar["source_tail"].search(view.between(end, end + 20))
    if tail:
        end += tail.end()
    return " ".join(text[start:end].split())


def _is_verb(view: View, low: int, high: int) -> bool:
    """Whether a word is a verb of what is told, which belongs to no name of a source."""
    follows = "inverts_speech" in view.grammar or "frame" in view.grammar
    return follows and any(
        kind.role in ("event", "verb") and kind.start < high and low < kind.end for kind in view.kinds
    )


def points_back(
    text: str, view: View, verb: Item, last: Attribution, report: Attribution
) -> Attribution | None:
    """A pronoun or "the report" as subject: the source that was quoted before."""
    low = view.sentence.start
    before = view.between(low, verb.start)
    if last.kind != "author" and view.find("speaker_pronoun", before):
        return replace(last, cue=f"“{text[verb.start : verb.end]}”, pointing back")
    back = list(view.grammar["report_back"].finditer(before))
    if (
        not back
        or len(before) - back[-1].end() >= SUBJECT_GAP
        or view.find("content_begins", before[back[-1].end() :])
    ):
        return None
    noun = view.fits("report_noun", back[-1].group(1))
    origin = report if noun and report.kind != "author" else last
    if origin.kind == "author":
        return None
    words = text[low + back[-1].start() : low + back[-1].end()]
    return replace(origin, cue=f"“{words}”, pointing back")


def origin_of(
    text: str,
    view: View,
    subject: Attribution,
    verb: Item,
    others: Sequence[Item],
    name: Callable[..., Attribution],
) -> Attribution:
    """Take the origin for a relay: "X, citing a UN report, said", "told Reuters".

    ``others`` are the sources of the sentence of another kind than the subject,
    ``name`` credits one of them.
    """
    citing = [i for i in view.sources if i.role == "according" and view.fits("citing", i.text)]
    quoted = [s for s in others if s.label == "media" and citing and s.end <= citing[-1].start <= verb.start]
    if citing and view.find("passive_before", view.between(view.sentence.start, citing[-1].start)):
        quoted = [s for s in others if s.label == "media" and s.start >= citing[-1].end]
    if quoted and subject.kind != "media":
        return replace(subject, relay=text[quoted[0].start : quoted[0].end])
    if citing:
        cited = [s for s in others if 0 <= s.start - citing[-1].end <= SUBJECT_GAP]
        if cited:
            origin = cited[0]
            return name(text, view, origin, cue_words(text, citing[-1], origin), subject.attributed_to)
    heard = [s for s in others if s.label == "media" and 0 <= s.start - verb.end <= 40]
    if heard and view.fits("told", verb.text):
        return replace(subject, relay=text[heard[0].start : heard[0].end])
    if subject.kind == "media":
        within = [s for s in others if s.start > verb.end and s.label in ("un", "government", "analyst")]
        if within and view.find("report_within", view.between(verb.end, within[0].start + 60)):
            origin = within[0]
            return name(text, view, origin, cue_words(text, verb, origin), subject.attributed_to)
    return subject
