"""From a document to the places it names: hits, then evidence, then mentions.

One automaton pass finds every spelling. What overlaps is settled by length,
what looks like a name only by the words around it: each hit looks at a bounded
stretch of text, so the work grows linearly with the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.automaton import Found
from geo.gazetteer import Frame, Gazetteer
from geo.match.directions import find_directions
from geo.match.evidence import judge_hits
from geo.match.hits import make_mention, merge_hits
from geo.match.reader import Reader
from geo.model import Document, Mention
from geo.normalise import fold

__all__ = ["find_mentions"]


def find_mentions(
    document: Document, gazetteer: Gazetteer, *, hits: Sequence[Found] | None = None
) -> tuple[Mention, ...]:
    """Find every place of Afghanistan that a document names.

    Parameters
    ----------
    document
        Read only.
    gazetteer
        Names, places and cues.
    hits
        Hits of ``gazetteer.phrases`` in the document, if a caller has them already
        (a larger automaton whose first phrases are these may have made them);
        indexes beyond ``gazetteer.phrases`` are ignored.

    Returns
    -------
    tuple of Mention
        Sorted by start, not overlapping, ``text[start:end] == surface``. Mentions
        of regions and directions have no ``province_id`` but ``provinces``. The
        country alone is no mention.
    """
    text = document.text
    if hits is None:
        hits = gazetteer.scan(fold(text))
    if not hits:
        return ()
    plain, frames, afghan = _sort_hits(hits, gazetteer)
    verdicts = judge_hits(Reader(text, gazetteer), merge_hits(plain, gazetteer), afghan=afghan)
    mentions = [make_mention(document, gazetteer, verdict) for verdict in verdicts]
    if frames and (afghan or mentions):
        mentions += find_directions(document, gazetteer, frames, mentions)
    starts = frozenset(mention.start for mention in mentions)
    kept = (mention for mention in mentions if not _is_spelled_out(text, mention, starts))
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _sort_hits(
    hits: Sequence[Found], gazetteer: Gazetteer
) -> tuple[list[Found], list[tuple[Found, Frame]], bool]:
    """Part the hits into names, direction frames, and "this text is about Afghanistan"."""
    plain: list[Found] = []
    frames: list[tuple[Found, Frame]] = []
    afghan = False
    first_frame = len(gazetteer.names)
    first_cue = first_frame + len(gazetteer.frames)
    for hit in hits:
        if hit.phrase < first_frame:
            if gazetteer.names[hit.phrase].place_id == "COUNTRY:AF":
                afghan = True
            else:
                plain.append(hit)
        elif hit.phrase < first_cue:
            frames.append((hit, gazetteer.frames[hit.phrase - first_frame]))
        elif hit.phrase < len(gazetteer.phrases):
            afghan = True
    return plain, frames, afghan


def _is_spelled_out(text: str, mention: Mention, starts: frozenset[int]) -> bool:
    """Tell whether a region's provinces follow it in brackets: "loya region (Paktia & Paktika)"."""
    opening = re.compile(r"\s*\(").match(text, mention.end)
    return mention.basis == "region" and opening is not None and opening.end() in starts
