"""From a document to the places it names: hits, then evidence, then mentions.

One automaton pass finds every spelling. What overlaps is settled by length,
what looks like a name only by the words around it: each hit looks at a bounded
stretch of text, so the work grows linearly with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from geo.automaton import Found
from geo.gazetteer import STRENGTHS, Frame, Gazetteer
from geo.match.directions import find_directions
from geo.match.evidence import judge_hits
from geo.match.hits import Hit, HitReason, make_mention, merge_hits, trim_span
from geo.match.reader import Reader
from geo.match.respell import find_respelled
from geo.model import Document, Mention, Name
from geo.normalise import flatten, fold, fold_name

__all__ = ["explain_hits", "find_mentions"]


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
    if hits is None:
        hits = gazetteer.scan(fold(document.text))
    return _find(document, gazetteer, hits, None) if hits else ()


def explain_hits(document: Document, gazetteer: Gazetteer) -> tuple[HitReason, ...]:
    """Say of every spelling of a place in a document what it was taken for, or why for none.

    Parameters
    ----------
    document
        Read only.
    gazetteer
        Names, places and cues.

    Returns
    -------
    tuple of HitReason
        Sorted by start. Those with a mention hold just the mentions of
        `find_mentions`. The others may overlap them: a name inside a longer one
        is refused for it. The country alone is refused too.
    """
    text = document.text
    hits = gazetteer.scan(fold(text))
    refused: dict[Hit, str] = {}
    mentions = {(m.start, m.end): m for m in _find(document, gazetteer, hits, refused)}
    names = _names_by_span(text, hits, gazetteer)
    rules = {(hit.start, hit.end): rule for hit, rule in refused.items()}
    for start, end in _direction_spans(text, gazetteer):
        names.setdefault((start, end), (gazetteer.directions[fold_name(text[start:end])],))
        rules.setdefault((start, end), _why_no_direction(text, start, hits, gazetteer))
    for start, end in mentions.keys() - names.keys():
        folded = fold_name(text[start:end])
        row = gazetteer.directions.get(folded)
        names[start, end] = (row,) if row else gazetteer.near_names(folded)[:1]
    reasons = []
    for (start, end), rows in sorted(names.items()):
        mention = mentions.get((start, end))
        if mention is not None:
            reason = mention.reason
        elif rows[0].place_id == "COUNTRY:AF":
            reason = "the country as a whole, no place in it"
        else:
            reason = rules.get((start, end)) or _why_dropped(text, start, end, names)
        ranked = tuple(sorted(rows, key=lambda row: STRENGTHS.index(row.strength)))
        reasons.append(HitReason(start, end, text[start:end], ranked, mention, reason))
    return tuple(reasons)


def _names_by_span(
    text: str, hits: Sequence[Found], gazetteer: Gazetteer
) -> dict[tuple[int, int], tuple[Name, ...]]:
    """Return the names that each span may be, without a word like "valley" at its end."""
    raw: dict[tuple[int, int], tuple[Name, ...]] = {}
    for hit in hits:
        if hit.phrase < len(gazetteer.names):
            span = (hit.start, hit.end)
            raw[span] = (*raw.get(span, ()), gazetteer.names[hit.phrase])
    found: dict[tuple[int, int], tuple[Name, ...]] = {}
    for (start, end), rows in raw.items():
        low, high, rows = trim_span(text, start, end, rows, gazetteer)
        span = (low, high)
        found[span] = (*found.get(span, ()), *(row for row in rows if row not in found.get(span, ())))
    return found


def _direction_spans(text: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    for found in gazetteer.direction_pattern.finditer(flatten(text)):
        if fold_name(text[found.start() : found.end()]) in gazetteer.directions:
            yield found.span()


def _why_no_direction(text: str, start: int, hits: Sequence[Found], gazetteer: Gazetteer) -> str:
    """Say why a direction at ``start`` would be no mention, if it is none."""
    around = [one for one in _sort_hits(hits, gazetteer)[1] if one[0].start <= start < one[0].end]
    for found, frame in sorted(around, key=lambda one: one[1].bare):
        phrase = text[found.start : found.end]
        if frame.bare:
            return f"in {phrase!r}, but not clearly Afghanistan's, or only where a place named there lies"
        return f"in {phrase!r}, but of another country, or only where a place named there lies"
    return "a direction, and no phrase shows that it is a part of Afghanistan"


def _why_dropped(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> str:
    """Say why a span that no rule refused is no mention: a longer name, or its provinces behind it."""
    for low, high in spans:
        if low < end and start < high and (low, -high) < (start, -end):
            return f"part of the longer name {text[low:high]!r}"
    return "its provinces follow it in brackets and are taken instead"


def _find(
    document: Document, gazetteer: Gazetteer, hits: Sequence[Found], refused: dict[Hit, str] | None
) -> tuple[Mention, ...]:
    """Find the mentions among the hits; ``refused`` gets the other hits with the rule that refused each."""
    text = document.text
    plain, frames, afghan_at = _sort_hits(hits, gazetteer)
    afghan = bool(afghan_at)
    reader, merged = Reader(text, gazetteer), merge_hits(plain, gazetteer, text)
    verdicts = judge_hits(reader, merged, afghan=afghan, refused=refused)
    verdicts = sorted([*verdicts, *find_respelled(reader, merged, verdicts)], key=lambda one: one[0].start)
    mentions = [make_mention(document, gazetteer, verdict) for verdict in verdicts]
    if frames and (afghan or mentions):
        mentions += find_directions(document, gazetteer, frames, mentions, afghan_at=afghan_at)
    starts = frozenset(mention.start for mention in mentions)
    kept = (mention for mention in mentions if not _is_spelled_out(text, mention, starts))
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _sort_hits(
    hits: Sequence[Found], gazetteer: Gazetteer
) -> tuple[list[Found], list[tuple[Found, Frame]], list[int]]:
    """Part the hits into names, direction frames, and where words say "this text is about Afghanistan"."""
    plain: list[Found] = []
    frames: list[tuple[Found, Frame]] = []
    afghan_at: list[int] = []
    first_frame = len(gazetteer.names)
    first_cue = first_frame + len(gazetteer.frames)
    for hit in hits:
        if hit.phrase < first_frame:
            if gazetteer.names[hit.phrase].place_id == "COUNTRY:AF":
                afghan_at.append(hit.start)
            else:
                plain.append(hit)
        elif hit.phrase < first_cue:
            frames.append((hit, gazetteer.frames[hit.phrase - first_frame]))
        elif hit.phrase < len(gazetteer.phrases):
            afghan_at.append(hit.start)
    return plain, frames, sorted(afghan_at)


def _is_spelled_out(text: str, mention: Mention, starts: frozenset[int]) -> bool:
    """Tell whether a region's provinces follow it in brackets: "loya region (Paktia & Paktika)"."""
    opening = re.compile(r"\s*\(").match(text, mention.end)
    return mention.basis == "region" and opening is not None and opening.end() in starts
