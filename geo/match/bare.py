"""Directions that name no country: "fighters in the south", when the south is Afghanistan's.

Accepted only where the last country spoken of is Afghanistan, where nothing says
"south of" something, and where no province beside the direction is meant by it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from geo.gazetteer import Gazetteer
from geo.match.reader import end_of_sentence
from geo.model import Mention
from geo.normalise import fold, fold_name

__all__ = ["is_afghan_by_context"]

_REACH = 600
"""Code points back in which the last country counts; about five sentences."""
_NEXT = re.compile(r"\s*([^\w\s]|\w[\w'’]*|$)")
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_HYPHENS = frozenset("-\u2010\u2011")
_OCCIDENT = ("DIRECTION:west", "DIRECTION:east")
_EXPLAINS = re.compile(r"\s*(?:,|\(|:|[—–-])\s*(?:(?:in|en|dans|à|في|در|په)\s+)?(?:the\s+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*)$")
_OF_A_PLACE_BEFORE = re.compile(r"\bد\s+\S+(?:\s+\S+)?\s+$|\s(?:کے|کی|کا)\s+$")


def is_afghan_by_context(
    gazetteer: Gazetteer,
    text: str,
    span: tuple[int, int],
    frame_span: tuple[int, int],
    named: Sequence[Mention],
    afghan_at: Sequence[int],
) -> bool:
    """Tell whether a direction without a country is a part of Afghanistan.

    Parameters
    ----------
    span, frame_span
        Of the direction, and of the words that it stands in.
    named
        The other mentions, sorted by start.
    afghan_at
        Sorted positions of the words that name the country, its people or its rulers.
    """
    start, end = span
    name = gazetteer.directions[fold_name(text[start:end])]
    if name.place_id in _OCCIDENT and text[start].isupper() and text[start + 1 : start + 2].islower():
        return False
    if _OF_A_PLACE_BEFORE.search(text[max(0, frame_span[0] - 40) : start]):
        return False
    if not _ends_phrase(gazetteer, text, max(end, frame_span[1])):
        return False
    after = max(end, frame_span[1])
    if _is_explained(text, after, name.place_id, gazetteer, named) or _is_topic(text, frame_span, named):
        return False
    return _last_country_is_afghan(gazetteer, text, start, named, afghan_at)


def _ends_phrase(gazetteer: Gazetteer, text: str, end: int) -> bool:
    """Tell whether what follows does not go on with the phrase, as "in the south Pacific" does."""
    if text[end : end + 1] in _HYPHENS and text[end + 1 : end + 2].isalpha():
        return False
    following = _NEXT.match(text, end)
    word = fold_name(following.group(1)) if following else ""
    return not word or not word[0].isalnum() or word in gazetteer.cue("bare_next")


def _is_explained(text: str, end: int, place_id: str, gazetteer: Gazetteer, named: Sequence[Mention]) -> bool:
    """Tell whether the provinces of the direction follow it: "in the south, in Helmand"."""
    gap = _EXPLAINS.match(text, end)
    if gap is None:
        return False
    at = bisect_left(named, end, key=lambda mention: mention.start)
    if at == len(named) or named[at].start != gap.end():
        return False
    return bool(set(named[at].provinces) & set(gazetteer.places[place_id].provinces))


def _is_topic(text: str, frame_span: tuple[int, int], named: Sequence[Mention]) -> bool:
    """Tell whether a direction only begins what provinces go on with: "In the north, it acts in Kunduz"."""
    if not _SENTENCE_START.search(text[max(0, frame_span[0] - 4) : frame_span[0]]):
        return False
    at = bisect_left(named, frame_span[1], key=lambda mention: mention.start)
    if at == len(named) or named[at].start > end_of_sentence(text, frame_span[1]):
        return False
    return named[at].basis == "named" and text.endswith(" in ", 0, named[at].start)


def _last_country_is_afghan(
    gazetteer: Gazetteer, text: str, start: int, named: Sequence[Mention], afghan_at: Sequence[int]
) -> bool:
    """Tell whether Afghanistan, or a place in it, was the last country named, up to the sentence's end."""
    at = bisect_left(named, start, key=lambda mention: mention.start)
    marks = [named[at - 1].start] if at else []
    before = bisect_right(afghan_at, start)
    marks += [afghan_at[before - 1]] if before else []
    low = max([mark for mark in marks if start - mark <= _REACH], default=-1)
    if low < 0:
        return False
    stop = end_of_sentence(text, start)
    return not _names_abroad(gazetteer, text[low:stop])


def _names_abroad(gazetteer: Gazetteer, passage: str) -> bool:
    """Tell whether a passage names another country, its people, or a town abroad."""
    words = [word.removesuffix("'s") for word in _WORD.findall(fold(passage).text)]
    forms = {*words, *(f"{one} {two}" for one, two in pairwise(words))}
    return any(forms & gazetteer.cue(kind) for kind in ("country_after", "foreign_adjective", "abroad"))
