"""Clauses: the stretch of a sentence within which a subject, a trigger and a place belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geo.claims.view import Item, View

__all__ = ["blank_asides", "clause_at", "clause_bounds", "find_asides", "own_turn", "without_asides"]

_BESIDE = 3
_OPENS_TURN = 30
_CREDITING = ("verb", "according", "according_after")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")


def clause_bounds(view: View) -> list[int]:
    """Return the offsets at which a new clause begins, the sentence's own start and end included."""
    low, high = view.sentence.start, view.sentence.end
    cuts = {low, high}
    words = view.between(low, high)
    for match in view.grammar["clause_boundary"].finditer(words):
        cuts.add(low + match.end() if match.group().strip() in (";", "—") else low + match.start())
    for match in _PARENTHESIS.finditer(words):
        inside = (low + match.start(1), low + match.end(1))
        if any(inside[0] <= item.start < inside[1] for item in (*view.kinds, *view.sources)):
            cuts.update(inside)
    return sorted(cuts)


def find_asides(view: View) -> list[tuple[int, int]]:
    """Return the spans of what is only set in: ", who asked not to be named," or "(not listed)".

    Brackets count where they hold no place and no group but the one named right before them.
    """
    low, high = view.sentence.start, view.sentence.end
    words = view.between(low, high)
    spans = [
        (low + match.start(), low + match.end())
        for match in view.grammar["aside"].finditer(words)
        if not _describes(view, low + match.start(), low + match.end())
        and not _of_place(view, low + match.start(), low + match.end())
    ]
    for match in _PARENTHESIS.finditer(words):
        start, end = low + match.start(), low + match.end()
        named = [group.label for group in view.groups if start <= group.start < end]
        before = [group.label for group in view.groups if start - _BESIDE <= group.end <= start]
        places = any(start <= mention.start < end for mention in view.mentions)
        if not places and all(label in before for label in named):
            spans.append((start, end))
    return spans


def _describes(view: View, start: int, end: int) -> bool:
    """Whether what is set in says whose man the subject is: ", described as a member of al-Qaeda,"."""
    named = any(start <= group.start < end and group.role == "name" for group in view.groups)
    placed = any(start <= mention.start < end for mention in view.mentions)
    return named and not placed and bool(view.find("describes", view.between(start, end)))


def _of_place(view: View, start: int, end: int) -> bool:
    """Whether what is set in tells what is at the place named right before it: ", where …,"."""
    beside = any(start - _BESIDE <= mention.end <= start for mention in view.mentions)
    told = any(start <= item.start < end for item in (*view.groups, *view.kinds))
    return beside and told and bool(view.find("where", view.between(start, end)))


def blank_asides(flat: str, asides: Iterable[tuple[int, int]]) -> str:
    """Return the folded document with blanks where something is only set in; offsets stay what they are."""
    pieces: list[str] = []
    last = 0
    for start, end in sorted(asides):
        if start >= last:
            pieces += (flat[last:start], " " * (end - start))
            last = end
    return "".join((*pieces, flat[last:]))


def without_asides(view: View, asides: Sequence[tuple[int, int]], blanked: str) -> View:
    """Return the main clauses of a sentence: what was found in its asides is left out."""
    if not asides:
        return view

    def seen(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(item for item in items if not any(a <= item.start < b for a, b in asides))

    return replace(
        view,
        flat=blanked,
        groups=seen(view.groups),
        kinds=seen(view.kinds),
        cues=seen(view.cues),
        sources=seen(view.sources),
    )


def clause_at(bounds: list[int], position: int) -> tuple[int, int]:
    """Return the half-open clause that holds a position."""
    low = max((cut for cut in bounds if cut <= position), default=bounds[0])
    high = min((cut for cut in bounds if cut > position), default=bounds[-1])
    return low, high


def own_turn(view: View, anchor: int) -> View:
    """The sentence without the sources and cues of another speaker's turn in it.

    "A says …, while according to B …": pattern ``turn_break`` says where the next
    one may begin. Sources are parted where both sides name who speaks, or where
    the second begins with it; cues where the second tells of something of its own.
    """
    if "turn_break" not in view.grammar:
        return view
    low, high = view.sentence.start, view.sentence.end
    sources, cues = view.sources, view.cues
    for match in view.grammar["turn_break"].finditer(view.flat, low, high):
        cut = match.start()
        speaks, tells = _speaks_in(view, cut, high), _tells_in(view, cut, high)
        if speaks and (_speaks_in(view, low, cut) or (tells and _opens_with_source(view, match.end()))):
            sources = tuple(s for s in sources if (s.start >= cut) == (anchor >= cut))
        parted = [c for c in cues if tells or (speaks and _hedges_own(view, c))]
        cues = tuple(c for c in cues if c not in parted or (c.start >= cut) == (anchor >= cut))
    return replace(view, sources=sources, cues=cues)


def _speaks_in(view: View, low: int, high: int) -> bool:
    """Whether a stretch of a sentence names a source and credits it with something."""
    inside = [item for item in view.sources if low <= item.start < high]
    named = [item for item in inside if item.role in ("source", "office")]
    return any(item.role in _CREDITING and named and named[0].start <= item.start for item in inside)


def _opens_with_source(view: View, start: int) -> bool:
    """Whether a source stands right at the beginning of a stretch."""
    return any(
        item.role in ("source", "office") and 0 <= item.start - start < _OPENS_TURN for item in view.sources
    )


def _tells_in(view: View, low: int, high: int) -> bool:
    """Whether a stretch of a sentence has a place and a deed, site or verb of its own."""
    told = any(low <= kind.start < high and kind.role != "member" for kind in view.kinds)
    told = told or any(cue.start < high for cue in view.cued("such", low=low))
    return told and any(low <= mention.start < high for mention in view.mentions)


def _hedges_own(view: View, cue: Item) -> bool:
    """Whether a cue hedges what its own speaker says, and not that somebody else's words are unconfirmed."""
    return cue.label == "hedge" and not view.find("not_verified", cue.text)
