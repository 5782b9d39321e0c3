"""Clauses: the stretch of a sentence within which a subject, a trigger and a place belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geo.claims.view import Item, View

__all__ = ["blank_asides", "clause_at", "clause_bounds", "find_asides", "without_asides"]

_BESIDE = 3
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
