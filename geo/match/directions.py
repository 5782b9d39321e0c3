"""Directions that stand for a part of Afghanistan: "eastern and southern provinces"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from geo.automaton import Found
from geo.gazetteer import Frame, Gazetteer
from geo.match.bare import is_afghan_by_context
from geo.match.hits import FAR, LIST_GAP, POSSESSIVE, Hit, make_mention
from geo.model import Document, Mention
from geo.normalise import flatten, fold, fold_name

__all__ = ["find_directions"]

_AND = (
    r"(?:and|or|et|ou|y|e|o|as well as|und|oder|sowie|и|или|а также|و|او|اور)\b"
    r"(?:\s+(?:im|in|на|в|dans|en)\b)?(?:\s+(?:le|el)\b|\s+l['’])?"
)
_BETWEEN_DIRECTIONS = re.compile(rf"\s*(?:[,،]\s*{_AND}|،\s*و?|,|\bو(?=[\u0600-\u06ff])|\b{_AND}|&|/)\s*")
_ITS = "ها"
"""An Arabic ending: the direction leans on the country named before it ("the south of X and its east")."""
_APPOSED = re.compile(
    r"\s*(?:\w+\s*)?(?:,\s*in|,|\sin)\s+(?:the\s+)?|\s*,\s*(?:an?\s+)?|\s*\(\s*(?:in\s+)?"
    r"|\s*(?:ولایت\s*)?(?:،\s*)?(?:در|په|د افغانستان په|د هېواد په)\s+",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\s+of\s+(?:the\s+)?(?!Afghan|country\b|Islamic Emirate)[A-Z]"
    r"|\s+(?:der|des|von)\s+(?:\w*[Pp]rovinz|(?:Haupts|S)tadt|Bezirke?s|Distrikte?s|Region)\b"
    r"|\s+(?:провинции|уезда|района|города|столицы)\b"
)
_NAMES_COUNTRY = re.compile("fgh?an|фган|افغان|أفغان|افغان")
_OWNER_BEFORE = re.compile(r"([A-Z]\w+)(?:['’]s?)\s+(?:\w+\s+)?$")


def find_directions(
    document: Document,
    gazetteer: Gazetteer,
    frames: Iterable[tuple[Found, Frame]],
    named: Sequence[Mention],
    *,
    afghan_at: Sequence[int] = (),
) -> list[Mention]:
    """Find directions inside their frames, and those listed with them, one mention each.

    Parameters
    ----------
    frames
        Hits of the gazetteer's frames.
    named
        The other mentions of the document, sorted by start: a direction that only
        says where one of them lies is no mention.
    afghan_at
        Sorted positions of words for the country and its people: what a direction
        without a country leans on.
    """
    frames = list(frames)
    if not frames:
        return []
    text, pattern = document.text, gazetteer.direction_pattern
    flat = flatten(text)
    spans: dict[tuple[int, int], str] = {}
    judged: set[tuple[int, int, bool, bool]] = set()
    for found, frame in frames:
        key = (found.start, found.end, frame.bare, _NAMES_COUNTRY.search(frame.phrase) is not None)
        if key in judged:
            continue
        judged.add(key)
        first = pattern.search(flat, found.start, found.end)
        if first is None or not _is_afghan_direction(gazetteer, text, first, found, frame, named):
            continue
        listed = list(_listed_with(pattern, first, found))
        if frame.bare:
            last = max([first.end(), found.end, *(span[1] for span in listed)])
            whole = (found.start, last)
            if not is_afghan_by_context(gazetteer, text, first.span(), whole, named, afghan_at):
                continue
        spans[first.span()] = frame.phrase
        for span in listed:
            spans.setdefault(span, frame.phrase)
    taken = {position for mention in named for position in range(mention.start, mention.end)}
    mentions = []
    for (start, end), phrase in sorted(spans.items(), key=lambda item: item[0][0] - item[0][1]):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            name = gazetteer.directions[fold_name(text[start:end])]
            verdict = (Hit(start, end, (name,)), name, f"as in {phrase!r}")
            mentions.append(make_mention(document, gazetteer, verdict))
    return mentions


def _listed_with(direction: re.Pattern[str], first: re.Match[str], found: Found) -> Iterator[tuple[int, int]]:
    """Yield the directions listed before one, and after it where it ends its frame."""
    text, start = first.string, first.start()
    while (more := _last_before(direction, text, start)) is not None:
        yield more.span()
        start = more.start()
    end = max(first.end(), found.end)
    while (between := _BETWEEN_DIRECTIONS.match(text, end)) is not None:
        further = direction.match(text, between.end())
        if further is None or (first.end() != found.end and not fold_name(further.group()).endswith(_ITS)):
            break
        yield further.span()
        end = further.end()


def _last_before(direction: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """Return the direction that only a comma or an "and" parts from ``end``."""
    fitting = (
        match
        for match in direction.finditer(text, max(0, end - 40), end)
        if _BETWEEN_DIRECTIONS.fullmatch(text, match.end(), end)
    )
    return next(fitting, None)


def _is_afghan_direction(
    gazetteer: Gazetteer,
    text: str,
    direction: re.Match[str],
    found: Found,
    frame: Frame,
    named: Sequence[Mention],
) -> bool:
    """Refuse directions of other countries and those that only place a named province."""
    start, end = direction.start(), found.end
    if _OF_ANOTHER.match(text, end):
        return False
    owner = _OWNER_BEFORE.search(text, max(0, start - 40), start)
    if owner and not owner.group(1).startswith("Afghan"):
        return False
    before = fold(text[max(0, start - 24) : start]).text.split()
    if before and before[-1] in gazetteer.cue("foreign_adjective"):
        return False
    if not _NAMES_COUNTRY.search(frame.phrase):
        after = text[end : end + 60].partition("\n")[0]
        beside = set(re.findall(r"\w+", fold(text[max(0, start - 100) : end] + after).text))
        if beside & gazetteer.cue("country_after"):
            return False
    at = bisect_left(named, start, key=lambda mention: mention.start)
    follows = named[at].start - end if at < len(named) else FAR
    possessive = POSSESSIVE.match(text, end)
    if follows <= 1 or (possessive and follows <= possessive.end() - end + 1):
        return False
    previous = named[at - 1] if at else None
    return not (
        previous and start - previous.end < LIST_GAP and _APPOSED.fullmatch(text, previous.end, start)
    )
