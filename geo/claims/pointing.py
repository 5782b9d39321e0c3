"""Which place "this province", "the same raid" or "the compound" points back to."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.claims.memory import Memory
from geo.claims.view import View

__all__ = ["POINTS_BACK", "places_meant"]

POINTS_BACK = "points back to"
"""How the reason of a mention begins that stands for a place named before it."""
_SITE_BEFORE = 160


def places_meant(view: View, memory: Memory) -> View:
    """Let "this province" stand as the province named before it, where only one was."""
    match = view.grammar["here"].search(view.flat, view.sentence.start, view.sentence.end)
    if match is None and not view.mentions and view.sentence.paragraph - memory.paragraph <= 1:
        match = _same_event(view) or _same_site(view, memory)
    if match is None or any(
        mention.start > match.start()
        and not (
            "inverts_speech" in view.grammar
            and view.find("clause_boundary", view.between(match.end(), mention.start))
        )
        for mention in view.mentions
    ):
        return view
    before = [mention for mention in view.mentions if mention.start < match.start()]
    if before and "split_verb" in view.grammar and not any(k.start > match.end() for k in view.kinds):
        return view
    named = before or memory.places
    if len({mention.province_id for mention in named}) != 1 or not named[0].province_id:
        return view
    reason = f"{POINTS_BACK} {named[-1].surface}"
    meant = replace(
        named[-1], start=match.start(match.lastindex or 0), end=match.end(match.lastindex or 0), reason=reason
    )
    return replace(view, mentions=tuple(sorted((*view.mentions, meant), key=lambda item: item.start)))


def _same_event(view: View) -> re.Match[str] | None:
    """The words that point back to a raid or strike just told of; it happened where that did."""
    return view.grammar["same_event"].search(view.flat, view.sentence.start, view.sentence.end)


def _same_site(view: View, memory: Memory) -> re.Match[str] | None:
    """The words that point back to a site named with its place: "a compound in X … the compound"."""
    if not memory.places:
        return None
    last = memory.places[-1]
    said = view.between(max(0, last.start - _SITE_BEFORE), view.sentence.start)
    for match in view.grammar["site_again"].finditer(view.flat, view.sentence.start, view.sentence.end):
        for earlier in re.finditer(rf"\b{re.escape(match.group(1))}\b", said):
            if view.find("brought_in", said[: earlier.start()]):
                return match
    return None
