"""Who speaks where a language puts the verb of saying first, last or before its subject."""

from __future__ import annotations

from dataclasses import replace

from geo.claims.cited import (
    ADJACENT,
    NEXT_TO,
    SOURCES,
    SUBJECT_GAP,
    credit,
    cue_words,
    is_group_name,
    is_oblique,
    points_back,
    verbs_of_saying,
)
from geo.claims.credit import AUTHOR, Attribution
from geo.claims.groups import is_mapped
from geo.claims.unlisted import named_behind, unlisted_subject
from geo.claims.view import Item, View

__all__ = ["denied_last", "said_last", "said_later", "speaker_after", "speaks_after_verb"]

_NEAR_VERB = 45


def said_later(view: View, source: Item, verb: Item) -> bool:
    """Whether a verb behind a comma has its subject after it, so that a source before it only acts."""
    if "said_inverted" not in view.grammar:
        return False
    gap = view.between(source.end, verb.start)
    between = any(source.end <= k.start < verb.start for k in (*view.kinds, *view.groups))
    return gap.rstrip().endswith(",") and between


def speaker_after(
    text: str, view: View, verb: Item, last: Attribution, report: Attribution
) -> Attribution | None:
    """The source right after its verb, where the language puts it there: "said the spokesman that …".

    A chain of nouns is one source, known by its last noun ("an official in the ministry of …").
    Without any subject, or with a definite one ("the official") or a name that is no
    source of its own, the one quoted before goes on.
    """
    if "verb_first" not in view.grammar or _named_just_before(view, verb):
        return None
    words = view.between(verb.end, min(verb.end + SUBJECT_GAP, view.sentence.end))
    begins = view.find("content_begins", words)
    end = verb.end + (begins.start() if begins else len(words))
    named = [s for s in view.sources if s.role in SOURCES and verb.end <= s.start and s.end <= end]
    near = [s for s in named if s.start - verb.end <= _NEAR_VERB and _may_follow(view, verb, s)]
    back = view.find("report_back", view.between(verb.end, end)) if begins or near else None
    origin = report if back and view.fits("report_noun", back.group(1)) and report.kind != "author" else last
    first = near[0] if near else None
    definite = first is not None and back is not None and back.end() >= first.end - verb.end
    participle = view.fits("says_too", verb.text)
    bare = first is None and begins and view.find("no_speaker", words[: begins.start()])
    if (participle or bare) and (own := _said_earlier(text, view, verb)):
        return own
    leans = (first is None and begins) or (definite and back and back.start() < ADJACENT)
    if first is None and begins and (other := named_behind(text, view, verb.end, end, last)):
        return other
    if origin.kind != "author" and leans:
        return replace(origin, cue=f"“{text[verb.start : end].strip()}”, pointing back")
    if first is None:
        return None
    relay, source = "", first
    for following in named[named.index(first) + 1 :]:
        gap = view.between(source.end, following.start)
        if source.label == "media" and view.find("relays", gap):
            relay, source, first = text[first.start : source.end], following, following
        elif following.label != "media" and _chained(view, source, following):
            source = following
        else:
            break
    return Attribution(
        " ".join(text[first.start : source.end].split()),
        source.label,
        relay=relay,
        cue=cue_words(text, verb, source),
        office=source.role == "office",
    )


def _said_earlier(text: str, view: View, verb: Item) -> Attribution | None:
    """Who spoke before in the same sentence: "an official said that …, adding that …"."""
    for earlier in reversed([s for s in view.sources if s.role == "verb" and s.end <= verb.start]):
        if found := speaker_after(text, view, earlier, AUTHOR, AUTHOR):
            return found
    return None


def _chained(view: View, source: Item, following: Item) -> bool:
    """Whether two nouns belong to one source; a deed or site between them begins what is said."""
    stated = any(k.role != "member" and source.end <= k.start < following.start for k in view.kinds)
    return not stated and bool(view.find("speaker_chain", view.between(source.end, following.start)))


def _may_follow(view: View, verb: Item, source: Item) -> bool:
    """Whether a source after its verb can be its subject: not the one told, nor a group further on."""
    gap = view.between(verb.end, source.start)
    bare = is_group_name(view, source) and bool(gap.strip(" “”\"'")) and not view.find("speaks_for", gap)
    return not (bare or view.find("hearer_before", gap) or is_oblique(view, source))


def _named_just_before(view: View, verb: Item) -> bool:
    """Whether a source stands right before the verb, as it may where verbs mostly stand first."""
    return any(
        s.role in SOURCES
        and 0 <= verb.start - s.end < ADJACENT
        and view.find("speaks_itself", view.between(s.end, verb.start))
        for s in view.sources
    )


def speaks_after_verb(text: str, view: View, verb: Item) -> Attribution | None:
    """The source right after its verb of saying, where a language puts it there without a quotation."""
    if "said_inverted" not in view.grammar:
        return None
    sources = (s for s in view.sources if s.role in SOURCES and s.start >= verb.end)
    source = next(sources, None)
    if source is None or not view.find("said_inverted", view.between(verb.end, source.start)):
        return None
    earlier = [s for s in view.sources if s.role in SOURCES and s.end <= verb.start]
    if earlier and verb.start - earlier[-1].end < NEXT_TO and not said_later(view, earlier[-1], verb):
        return None
    bare = is_group_name(view, source) and not any(
        s.start < source.end and source.start < s.end and s.role == "source" for s in view.sources
    )
    return None if bare else credit(text, view, source, cue_words(text, verb, source))


def denied_last(text: str, view: View, anchor: int) -> tuple[Attribution, int] | None:
    """Who denies what is said at the anchor, where the verb of denial stands last."""
    if "verb_final" not in view.grammar:
        return None
    denials = [
        cue
        for cue in view.cued("denial", low=anchor)
        if view.find("denied_after", view.between(anchor, cue.start))
    ]
    for verb in (item for item in view.sources if item.role == "verb"):
        denies = any(verb.start < cue.end and cue.start < verb.end for cue in denials)
        if denies and (found := _first_subject(text, view, verb, anchor)):
            return found
    return None


def said_last(
    text: str, view: View, anchor: int, last: Attribution, report: Attribution
) -> tuple[Attribution, int] | None:
    """Who speaks of what is said at the anchor, where the verb of saying stands last: "X of Y news gave"."""
    if "verb_final" not in view.grammar:
        return None
    ends = anchor >= view.sentence.end
    for verb in (item for item in verbs_of_saying(view, anchor) if ends or item.start >= anchor):
        if found := _first_subject(text, view, verb, anchor):
            return found
        between = view.between(anchor, verb.start)
        if view.find("content_begins", between) or view.find("clause_closed", between):
            continue
        if subject := unlisted_subject(text, view, verb, last) or points_back(text, view, verb, last, report):
            return subject, verb.start
    return None


def _first_subject(text: str, view: View, verb: Item, anchor: int) -> tuple[Attribution, int] | None:
    """The first source of a verb's clause; those nearer to a final verb belong to what is told."""
    for source in (s for s in view.sources if s.role in SOURCES and s.end <= min(anchor, verb.start)):
        own = any(is_mapped(g.label) and g.start < source.end and source.start < g.end for g in view.groups)
        gap = view.between(source.end, verb.start)
        before = view.between(view.sentence.start, source.start)[-40:]
        told = view.find("report_of", before) or view.find("report_after", gap)
        closed = view.find("content_begins", gap) or view.find("clause_closed", gap)
        if own or closed or view.find("somebody", gap[:ADJACENT]) or is_oblique(view, source):
            continue
        if told and view.cued("denial", low=verb.start, high=verb.end):
            continue
        return credit(text, view, source, cue_words(text, source, verb)), source.start
    return None
