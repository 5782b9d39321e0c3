"""Clauses: the stretch of a sentence within which a subject, a trigger and a place belong together."""

from __future__ import annotations

import re

from geo.claims.view import View

__all__ = ["clause_at", "clause_bounds"]

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


def clause_at(bounds: list[int], position: int) -> tuple[int, int]:
    """Return the half-open clause that holds a position."""
    low = max((cut for cut in bounds if cut <= position), default=bounds[0])
    high = min((cut for cut in bounds if cut > position), default=bounds[-1])
    return low, high
