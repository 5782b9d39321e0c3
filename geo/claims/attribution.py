"""Whom a text credits with a claim.

Longer than most modules: the ways of naming a source are tried in one order, kept together here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.claims.credit import AUTHOR, Attribution
from geo.claims.dates import DateRef
from geo.claims.groups import is_mapped
from geo.claims.speakers import NAME, known_speaker, place_speaker
from geo.claims.view import Item, View
from geo.normalise import flatten

__all__ = ["credit_between", "find_attribution"]


_SOURCES = ("source", "office")
_SUBJECT_GAP = 90
_TAIL = 80
_DATE_GAP = 60
_CITED_GAP = 30
_FAR_SUBJECT = 170
_ADJACENT = 14
_BEFORE_POSTPOSITION = 40
_NEXT_TO = 20
_NEAR_VERB = 45
_NAMED_SPEAKER = re.compile(rf"({NAME.pattern})(?:\s+\([^)]*\))?:\s")
_BRACKETS = re.compile(r"\([^()]*\)")
_AFTER_SAID = 90
_RANKED = ("un", "government", "taliban", "militant", "analyst", "anonymous", "media")


def find_attribution(
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
        or _denied_last(text, view, anchor)
        or _said_before(text, view, anchor, speakers, last, report)
        or _refers_back(view, last, report)
        or _according(text, view, anchor, last)
        or _said_last(text, view, anchor, last, report)
        or _said_after(text, view, anchor, speakers, last, report)
        or _cited_back(view, last, report)
        or _named_report(text, view)
    )
    if found is None:
        return None
    attribution, where = found
    if where < anchor and not view.find("beside_cue", flatten(attribution.cue)):
        dates = [date for date in dates if date.start < where]
    nearby = [d for d in dates if abs(d.start - where) < _DATE_GAP and not d.aside and not _is_since(view, d)]
    dated = min(nearby, key=lambda d: abs(d.start - where), default=None)
    return replace(attribution, date=attribution.date or dated)


def credit_between(text: str, view: View, low: int, high: int) -> Attribution | None:
    """Credit the source named between two offsets, as in "rejected a UN report that …"."""
    for source in view.sources:
        if (
            source.role in _SOURCES
            and low <= source.start < high
            and source.label not in ("taliban", "militant")
        ):
            return _credit(text, view, source, "the claim that is rejected")
    return None


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
    first = next((s for s in view.sources if s.role in _SOURCES), None)
    if first is None or view.between(view.sentence.start, first.start).strip(" \"'“"):
        return None
    if not view.find("source_colon", view.between(first.end, first.end + 16)):
        return None
    return Attribution(
        text[first.start : first.end], first.label, cue=text[first.start : first.end + 1]
    ), first.start


def _named_report(text: str, view: View) -> tuple[Attribution, int] | None:
    """A report named with its author: "a Pentagon study of 2022", "the ministry's dossier"."""
    for source in (s for s in view.sources if s.role in _SOURCES and not _is_group_name(view, s)):
        after = view.between(source.end, source.end + 30)
        before = view.between(view.sentence.start, source.start)[-40:]
        if view.find("report_after", after) or view.find("report_of", before):
            return _credit(text, view, source, "report named with its author"), source.start
    return None


def _verbs(view: View, anchor: int) -> list[Item]:
    """The verbs of saying; one in brackets speaks only of what stands in the same brackets."""
    low = view.sentence.start
    brackets = [
        (low + m.start(), low + m.end()) for m in _BRACKETS.finditer(view.between(low, view.sentence.end))
    ]
    return [
        item
        for item in view.sources
        if item.role == "verb" and not any(a <= item.start < b and not a <= anchor < b for a, b in brackets)
    ]


def _said_before(
    text: str, view: View, anchor: int, speakers: Mapping[str, str], last: Attribution, report: Attribution
) -> tuple[Attribution, int] | None:
    for verb in reversed([item for item in _verbs(view, anchor) if item.end <= anchor]):
        if subject := _speaker_after(text, view, verb, last, report):
            return subject, verb.start
        inverted = _speaks_after_verb(text, view, verb)
        if subject := inverted or _subject(text, view, verb, speakers, last, report):
            return _relayed(text, view, subject, verb), verb.start
    return None


def _subject(
    text: str, view: View, verb: Item, speakers: Mapping[str, str], last: Attribution, report: Attribution
) -> Attribution | None:
    """The source that stands before a verb of saying as its subject."""
    low = view.sentence.start
    sources = [s for s in view.sources if s.role in _SOURCES and s.end <= verb.start]
    for source in reversed(sources):
        gap = view.between(source.end, verb.start)
        if len(gap) > (_FAR_SUBJECT if "verb_final" in view.grammar else _SUBJECT_GAP):
            break
        if _said_later(view, source, verb):
            break
        pointing = view.fits("unnamed_source", source.text) and view.grammar["pointing_article"].search(
            view.between(low, source.start)
        )
        if last.kind != "author" and pointing:
            return replace(last, cue=f"“the {source.text}”, pointing back")
        if report.kind == "un" and view.fits("unnamed_expert", view.between(source.start - 4, source.end)):
            return replace(report, cue=f"“{source.text}”, pointing back")
        bare = _is_bare(view, source) and not view.find("own_genitive", gap)
        clear = bool(view.find("resumes", gap)) or (
            not view.find("content_begins", gap)
            and not view.find("somebody", gap)
            and not view.find("said_of", gap)
        )
        fits = clear and (not bare or bool(view.find("speaks_itself", gap)))
        if fits and not _is_oblique(view, source):
            return _credit(text, view, source, _cue(text, source, verb))
    return _points_back(text, view, verb, last, report) or known_speaker(text, view, verb, speakers)


def _said_later(view: View, source: Item, verb: Item) -> bool:
    """Whether a verb behind a comma has its subject after it, so that a source before it only acts."""
    if "said_inverted" not in view.grammar:
        return False
    gap = view.between(source.end, verb.start)
    between = any(source.end <= k.start < verb.start for k in (*view.kinds, *view.groups))
    return gap.rstrip().endswith(",") and between


def _speaker_after(
    text: str, view: View, verb: Item, last: Attribution, report: Attribution
) -> Attribution | None:
    """The source right after its verb, where the language puts it there: "said the spokesman that …".

    A chain of nouns is one source, known by its last noun ("an official in the ministry of …").
    Without any subject, or with a definite one ("the official") or a name that is no
    source of its own, the one quoted before goes on.
    """
    if "verb_first" not in view.grammar or _named_just_before(view, verb):
        return None
    words = view.between(verb.end, min(verb.end + _SUBJECT_GAP, view.sentence.end))
    begins = view.find("content_begins", words)
    end = verb.end + (begins.start() if begins else len(words))
    named = [s for s in view.sources if s.role in _SOURCES and verb.end <= s.start and s.end <= end]
    near = [s for s in named if s.start - verb.end <= _NEAR_VERB and _may_follow(view, verb, s)]
    back = view.find("report_back", view.between(verb.end, end)) if begins or near else None
    origin = report if back and view.fits("report_noun", back.group(1)) and report.kind != "author" else last
    first = near[0] if near else None
    definite = first is not None and back is not None and back.end() >= first.end - verb.end
    leans = (first is None and begins) or (definite and back and back.start() < _ADJACENT)
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
        cue=_cue(text, verb, source),
        office=source.role == "office",
    )


def _chained(view: View, source: Item, following: Item) -> bool:
    """Whether two nouns belong to one source; a deed or site between them begins what is said."""
    stated = any(k.role != "member" and source.end <= k.start < following.start for k in view.kinds)
    return not stated and bool(view.find("speaker_chain", view.between(source.end, following.start)))


def _may_follow(view: View, verb: Item, source: Item) -> bool:
    """Whether a source after its verb can be its subject: not the one told, nor a group further on."""
    gap = view.between(verb.end, source.start)
    bare = _is_group_name(view, source) and bool(gap.strip(" “”\"'"))
    return not (bare or view.find("hearer_before", gap) or _is_oblique(view, source))


def _named_just_before(view: View, verb: Item) -> bool:
    """Whether a source stands right before the verb, as it may where verbs mostly stand first."""
    return any(
        s.role in _SOURCES
        and 0 <= verb.start - s.end < _ADJACENT
        and view.find("speaks_itself", view.between(s.end, verb.start))
        for s in view.sources
    )


def _points_back(
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
        or len(before) - back[-1].end() >= _SUBJECT_GAP
        or view.find("content_begins", before[back[-1].end() :])
    ):
        return None
    noun = view.fits("report_noun", back[-1].group(1))
    origin = report if noun and report.kind != "author" else last
    if origin.kind == "author":
        return None
    words = text[low + back[-1].start() : low + back[-1].end()]
    return replace(origin, cue=f"“{words}”, pointing back")


def _credit(text: str, view: View, source: Item, cue: str, relay: str = "") -> Attribution:
    words = _noun_phrase(text, view, source)
    ruled = view.find(
        "taliban_office_before", view.between(view.sentence.start, source.start)[-40:]
    ) or view.find("taliban_office_after", view.between(source.end, source.end + 60))
    kind = "taliban" if ruled and source.label == "government" else source.label
    return Attribution(words, kind, relay=relay, cue=cue, office=source.role == "office")


def _is_group_name(view: View, source: Item) -> bool:
    return any(g.start < source.end and source.start < g.end and g.role == "name" for g in view.groups)


def _is_bare(view: View, source: Item) -> bool:
    """Whether a source is only a group's name, which stands in a text for much but who speaks."""
    if "verb_final" not in view.grammar:
        return _is_group_name(view, source)
    before = view.between(view.sentence.start, source.start)
    named = any(g.start <= source.start and source.end <= g.end and g.role == "name" for g in view.groups)
    return named and not view.find("official_of", before)


def _is_oblique(view: View, source: Item) -> bool:
    before = view.between(view.sentence.start, source.start)[-50:]
    if view.find("speaks_for", before):
        return False
    after = view.between(source.end, min(source.end + _TAIL, view.sentence.end))
    return bool(view.find("source_oblique", before) or view.find("source_oblique_after", after))


def _relayed(text: str, view: View, subject: Attribution, verb: Item) -> Attribution:
    """Take the origin for a relay: "X, citing a UN report, said", "told Reuters"."""
    others = [
        s
        for s in view.sources
        if s.role in _SOURCES and s.label != subject.kind and not _is_group_name(view, s)
    ]
    citing = [i for i in view.sources if i.role == "according" and view.fits("citing", i.text)]
    quoted = [s for s in others if s.label == "media" and citing and s.end <= citing[-1].start <= verb.start]
    if quoted and subject.kind != "media":
        return replace(subject, relay=text[quoted[0].start : quoted[0].end])
    if citing:
        cited = [s for s in others if 0 <= s.start - citing[-1].end <= _SUBJECT_GAP]
        if cited:
            origin = cited[0]
            return _credit(text, view, origin, _cue(text, citing[-1], origin), subject.attributed_to)
    heard = [s for s in others if s.label == "media" and 0 <= s.start - verb.end <= 40]
    if heard and view.fits("told", verb.text):
        return replace(subject, relay=text[heard[0].start : heard[0].end])
    if subject.kind == "media":
        within = [s for s in others if s.start > verb.end and s.label in ("un", "government", "analyst")]
        if within and view.find("report_within", view.between(verb.end, within[0].start + 60)):
            origin = within[0]
            return _credit(text, view, origin, _cue(text, verb, origin), subject.attributed_to)
    return subject


def _without_dateline(text: str, view: View) -> View:
    """The sentence without the agency of a dateline, which only relays."""
    low, high = view.sentence.start, view.sentence.end
    line = view.grammar["raw_dateline"].match(text[low:high])
    if line is None:
        return view
    return replace(view, sources=tuple(s for s in view.sources if s.start >= low + line.end()))


def _according(text: str, view: View, anchor: int, last: Attribution) -> tuple[Attribution, int] | None:
    cues = [item for item in view.sources if item.role == "according"]
    for cue in sorted(cues, key=lambda item: abs(item.start - anchor)):
        if last.kind != "author" and view.find("same_source", view.between(cue.end, cue.end + _DATE_GAP)):
            return replace(last, cue=_cue(text, cue, cue)), cue.start
        near = [
            s
            for s in view.sources
            if s.role in _SOURCES
            and 0 <= s.start - cue.end <= (_ADJACENT if _is_group_name(view, s) else _SUBJECT_GAP)
            and not ("inverts_speech" in view.grammar and _past_comma(view, cue, s))
        ]
        if "verb_final" in view.grammar:
            near = [s for s in near if not (_is_bare(view, s) and view.between(cue.end, s.start).strip())][:1]
        if near:
            best = min(
                near,
                key=lambda s: (
                    s.start - cue.end > 45,
                    _RANKED.index(s.label) if s.label in ("un", "media") else 1,
                    s.start,
                ),
            )
            relay = ""
            if best.label != "media":
                relay = next((text[s.start : s.end] for s in near if s.label == "media"), "")
            return _credit(text, view, best, _cue(text, cue, best), relay), cue.start
    return _according_after(text, view, anchor)


def _according_after(text: str, view: View, anchor: int) -> tuple[Attribution, int] | None:
    """A source before the words that cite it, as in languages with postpositions."""
    cues = [item for item in view.sources if item.role == "according_after"]
    for cue in sorted(cues, key=lambda item: abs(item.start - anchor)):
        near = [s for s in view.sources if s.role in _SOURCES and 0 <= cue.start - s.end <= _CITED_GAP]
        if near and not view.find("content_begins", view.between(near[-1].end, cue.start)):
            return _credit(text, view, near[-1], _cue(text, near[-1], cue)), near[-1].start
    return None


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
        s.role in _SOURCES and s.label != "media" and 0 <= s.start - position < _NEXT_TO for s in view.sources
    )


def _speaks_after_verb(text: str, view: View, verb: Item) -> Attribution | None:
    """The source right after its verb of saying, where a language puts it there without a quotation."""
    if "said_inverted" not in view.grammar:
        return None
    sources = (s for s in view.sources if s.role in _SOURCES and s.start >= verb.end)
    source = next(sources, None)
    if source is None or not view.find("said_inverted", view.between(verb.end, source.start)):
        return None
    earlier = [s for s in view.sources if s.role in _SOURCES and s.end <= verb.start]
    if earlier and verb.start - earlier[-1].end < _NEXT_TO and not _said_later(view, earlier[-1], verb):
        return None
    bare = _is_group_name(view, source) and not any(
        s.start < source.end and source.start < s.end and s.role == "source" for s in view.sources
    )
    return None if bare else _credit(text, view, source, _cue(text, verb, source))


def _past_comma(view: View, cue: Item, source: Item) -> bool:
    """Whether a group stands past the comma that closes "according to X, al-Qaeda …"."""
    return _is_group_name(view, source) and "," in view.between(cue.end, source.start)


def _said_after(
    text: str, view: View, anchor: int, speakers: Mapping[str, str], last: Attribution, report: Attribution
) -> tuple[Attribution, int] | None:
    for verb in (item for item in _verbs(view, anchor) if item.start >= anchor):
        before = view.between(view.sentence.start, verb.start).rstrip()
        inverted = before.endswith((",", "”", '"', "'")) or bool(
            re.search(r"[,”\"]\s*(?:[\w.'’]+\s*){0,14}$", before)
        )
        quoted = bool(view.find("quotation_ends", before))
        if not inverted and not quoted:
            continue
        after = [s for s in view.sources if s.role in _SOURCES and 0 <= s.start - verb.end <= _AFTER_SAID]
        if after and (quoted or re.search(r"[,”\"']\s*$", before)):
            spoken = [s for s in after if not view.find("hearer_before", view.between(verb.end, s.start))]
            source = (spoken or after)[0]
            if "said_inverted" in view.grammar and source.label == "media" and view.fits("told", verb.text):
                source = next((s for s in after if s.label != "media"), source)
            return _credit(text, view, source, _cue(text, verb, source)), verb.start
        tail = view.between(verb.end, view.sentence.end).strip(" .”\"'")
        if len(tail) > _TAIL:
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


def _denied_last(text: str, view: View, anchor: int) -> tuple[Attribution, int] | None:
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


def _said_last(
    text: str, view: View, anchor: int, last: Attribution, report: Attribution
) -> tuple[Attribution, int] | None:
    """Who speaks of what is said at the anchor, where the verb of saying stands last: "X of Y news gave"."""
    if "verb_final" not in view.grammar:
        return None
    ends = anchor >= view.sentence.end
    for verb in (item for item in _verbs(view, anchor) if ends or item.start >= anchor):
        if found := _first_subject(text, view, verb, anchor):
            return found
        between = view.between(anchor, verb.start)
        if view.find("content_begins", between) or view.find("clause_closed", between):
            continue
        if subject := _points_back(text, view, verb, last, report):
            return subject, verb.start
    return None


def _first_subject(text: str, view: View, verb: Item, anchor: int) -> tuple[Attribution, int] | None:
    """The first source of a verb's clause; those nearer to a final verb belong to what is told."""
    for source in (s for s in view.sources if s.role in _SOURCES and s.end <= min(anchor, verb.start)):
        own = any(is_mapped(g.label) and g.start < source.end and source.start < g.end for g in view.groups)
        gap = view.between(source.end, verb.start)
        before = view.between(view.sentence.start, source.start)[-40:]
        told = view.find("report_of", before) or view.find("report_after", gap)
        closed = view.find("content_begins", gap) or view.find("clause_closed", gap)
        if own or closed or view.find("somebody", gap[:_ADJACENT]) or _is_oblique(view, source):
            continue
        if told and view.cued("denial", low=verb.start, high=verb.end):
            continue
        return _credit(text, view, source, _cue(text, source, verb)), source.start
    return None


def _cue(text: str, first: Item, second: Item) -> str:
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
        start = offset + word.start()
    end = source.end
    tail = view.grammar["source_tail"].search(view.between(end, end + 20))
    if tail:
        end += tail.end()
    return " ".join(text[start:end].split())
