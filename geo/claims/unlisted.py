"""Speakers whom no table has, in languages whose sources are listed: people by name, officers, villagers.

Patterns of the language say where such a speaker stands, and the name of the
group that matches is the kind to credit: ``speaker_before`` a verb of saying,
``speaker_behind`` it where the verb stands first, ``speaker_beside`` the words
that cite him and ``speaker_cited`` before them. ``person_says`` tells the verbs
that only people speak with.
"""

from __future__ import annotations

from dataclasses import replace

from geo.claims.credit import Attribution
from geo.claims.view import Item, View

__all__ = ["named_behind", "named_beside", "named_cited", "unlisted_subject"]

_EARLIER = 1500
_SHORTEST = 3


def unlisted_subject(text: str, view: View, verb: Item, last: Attribution) -> Attribution | None:
    """Whoever stands before a verb of saying and is in no table.

    A name that the text has used before, while somebody was quoted, is taken for
    that speaker; so is anybody who "adds".
    """
    if not view.fits("person_says", verb.text):
        return None
    if last.kind != "author" and view.fits("adds_to_it", verb.text):
        return None
    return _read(text, view, "speaker_before", view.sentence.start, verb.start, last)


def named_behind(text: str, view: View, low: int, high: int, last: Attribution) -> Attribution | None:
    """Whoever stands right behind his verb, up to where what he said begins at ``high``."""
    return _read(text, view, "speaker_behind", low, high, last)


def named_beside(text: str, view: View, cue: Item, last: Attribution) -> Attribution | None:
    """Whoever stands right behind the words that cite him: "according to Latif Habibi, …"."""
    return _read(text, view, "speaker_beside", cue.end, view.sentence.end, last)


def named_cited(text: str, view: View, cue: Item, last: Attribution) -> Attribution | None:
    """Whoever stands right before the words that cite him, as in languages with postpositions."""
    return _read(text, view, "speaker_cited", view.sentence.start, cue.start, last)


def _read(text: str, view: View, pattern: str, low: int, high: int, last: Attribution) -> Attribution | None:
    match = view.grammar[pattern].search(view.between(low, high))
    if match is None or match.lastgroup is None:
        return None
    kind = match.lastgroup
    start, end = low + match.start(kind), low + match.end(kind)
    if any(g.role != "actor" and g.start < end and start < g.end for g in view.groups):
        return None
    words = " ".join(text[start:end].split())
    if kind == "analyst":
        taken = [(m.start, m.end) for m in view.mentions] + [(k.start, k.end) for k in view.kinds]
        if any(a < end and start < b for a, b in taken):
            return None
        if last.kind != "author" and _was_named(view, match.group(kind)):
            return replace(last, cue=f"{words}, named before")
        if " " not in words:
            return None
    return Attribution(words, kind, cue=f"{words}, in no table", office=_is_local(view, start, end, kind))


def _is_local(view: View, start: int, end: int, kind: str) -> bool:
    """Whether somebody in office serves whoever rules Afghanistan: no former one, none of another state."""
    abroad = any(s.start < end and start < s.end and s.role == "source" for s in view.sources)
    return kind == "government" and not abroad and not view.find("former_holder", view.between(start, end))


def _was_named(view: View, name: str) -> bool:
    """Whether the last word of a name stands in the text shortly before the sentence."""
    surname = name.split()[-1]
    low = view.sentence.start
    return len(surname) >= _SHORTEST and f" {surname} " in f" {view.flat[max(0, low - _EARLIER) : low]} "
