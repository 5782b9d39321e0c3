"""Sources that words like "according to" bring in, before them or behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.claims.cited import (
    ADJACENT,
    DATE_GAP,
    SOURCES,
    SUBJECT_GAP,
    SUBJECTS,
    credit,
    cue_words,
    is_bare,
    is_group_name,
)
from geo.claims.credit import Attribution
from geo.claims.groups import is_mapped
from geo.claims.speakers import NAME, place_speaker
from geo.claims.unlisted import named_beside, named_cited
from geo.claims.view import Item, View

__all__ = ["cited_by"]

_CITED_GAP = 30
_RANKED = ("un", "government", "taliban", "militant", "analyst", "anonymous", "media")


def cited_by(
    text: str, view: View, anchor: int, speakers: Mapping[str, str], last: Attribution
) -> tuple[Attribution, int] | None:
    """Credit the source that words like "according to" bring in nearest to ``anchor``, and say where."""
    cues = [item for item in view.sources if item.role == "according"]
    for cue in sorted(cues, key=lambda item: abs(item.start - anchor)):
        if last.kind != "author" and view.find("same_source", view.between(cue.end, cue.end + DATE_GAP)):
            return replace(last, cue=cue_words(text, cue, cue)), cue.start
        near = [
            s
            for s in view.sources
            if s.role in SOURCES
            and 0 <= s.start - cue.end <= (ADJACENT if _is_only_named(view, s) else SUBJECT_GAP)
            and not (cue.end + ADJACENT < s.start and _is_member_named(view, s))
            and not ("verb_first" in view.grammar and "," in view.between(cue.end, s.start))
            and not ("inverts_speech" in view.grammar and _past_comma(view, cue, s))
        ]
        if "verb_final" in view.grammar:
            near = [s for s in near if not (is_bare(view, s) and view.between(cue.end, s.start).strip())]
            near = near[_heads_body(view, near) :][:1]
        near = [s for s in near if s is near[0] or not _is_object(view, near[0], s)]
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
            return credit(text, view, best, cue_words(text, cue, best), relay), cue.start
        if other := named_beside(text, view, cue, last) or _name_beside(text, view, cue, speakers):
            return other, cue.start
    return _according_after(text, view, anchor, last)


def _is_object(view: View, first: Item, source: Item) -> bool:
    """Whether a source behind the comma that closes "according to X, …" is but an object of what is said."""
    if "," not in view.between(first.end, source.start):
        return False
    return bool(view.find("source_oblique", view.between(view.sentence.start, source.start)[-50:]))


def _is_only_named(view: View, source: Item) -> bool:
    """Whether a source is a group's name, and nobody in its office stands before it."""
    before = view.between(view.sentence.start, source.start)
    return is_group_name(view, source) and not view.find("official_of", before)


def _heads_body(view: View, near: Sequence[Item]) -> bool:
    """Whether the first source names the people of the body right behind it: "observers of the UN"."""
    return (
        len(near) > 1
        and near[0].label in ("analyst", "anonymous")
        and near[1].label not in ("media", "analyst", "anonymous")
        and not view.between(near[0].end, near[1].start).strip()
    )


def _name_beside(text: str, view: View, cue: Item, speakers: Mapping[str, str]) -> Attribution | None:
    """A name printed with capitals right behind "according to"."""
    if not view.fits("names_beside", cue.text):
        return None
    named = NAME.match(text, cue.end + 1)
    return place_speaker(text, view, cue.end + 1, named.group(), speakers) if named else None


def _is_member_named(view: View, source: Item) -> bool:
    """Whether a source is a member by name, whom a text that cites somebody is rather about."""
    return "verb_first" in view.grammar and any(
        is_mapped(g.label) and g.role == "person" and g.start < source.end and source.start < g.end
        for g in view.groups
    )


def _according_after(text: str, view: View, anchor: int, last: Attribution) -> tuple[Attribution, int] | None:
    """A source before the words that cite it, as in languages with postpositions."""
    cues = [item for item in view.sources if item.role == "according_after"]
    for cue in sorted(cues, key=lambda item: abs(item.start - anchor)):
        near = [s for s in view.sources if s.role in SUBJECTS and 0 <= cue.start - s.end <= _CITED_GAP]
        if near and "pronoun_follows" in view.grammar:
            near = [s for s in near if not _states(view, s.end, cue.start)]
        if near and not view.find("content_begins", view.between(near[-1].end, cue.start)):
            return credit(text, view, near[-1], cue_words(text, near[-1], cue)), near[-1].start
        if not near and (other := named_cited(text, view, cue, last)):
            return other, cue.start
    return None


def _past_comma(view: View, cue: Item, source: Item) -> bool:
    """Whether a group or its man stands past the comma that closes "according to X, al-Qaeda …"."""
    named = is_group_name(view, source) or any(
        is_mapped(g.label) and g.start <= source.start and source.end <= g.end for g in view.groups
    )
    return named and "," in view.between(cue.end, source.start)


def _states(view: View, low: int, high: int) -> bool:
    """Whether a verb of presence stands between two offsets, so that the first word is its subject."""
    return any(kind.role == "verb" and low <= kind.start < high for kind in view.kinds)
