"""Which neighbouring names stand in one list, or close beside a place of their province."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.match.hits import LIST_GAP, Hit, Verdict
from geo.match.reader import Reader
from geo.model import Name
from geo.normalise import fold

__all__ = ["IN_PROVINCE", "are_list_words", "find_pairs", "is_listed", "is_ranged", "is_same_province"]

IN_PROVINCE = re.compile(
    r"(?:\s+(?:district|city|town|area|valley|village)(?:\s+cent(?:er|re))?)?(?:,|،|\s+in|\s+of|\s*\()\s*(?:the\s+)?",
    re.IGNORECASE,
)
"""Between a place and the province behind it: "Arghandab, Zabul", "Arghandab district of Zabul"."""
_OWNS = re.compile(r"['’]s\s+")
_ASIDE = re.compile(r"\([^()]{0,40}\)")


def is_listed(reader: Reader, hits: Sequence[Hit], left: int, right: int) -> bool:
    """Tell whether only list words stand between two neighbouring hits."""
    left, right = min(left, right), max(left, right)
    return are_list_words(reader, hits[left].end, hits[right].start)


def are_list_words(reader: Reader, start: int, end: int) -> bool:
    """Tell whether only list words stand between two positions, not too far from each other."""
    between = reader.text[start:end]
    if len(between) > LIST_GAP or "\n\n" in between:
        return False
    words = re.findall(r"[^\W\d_][\w'’]*|[^\w\s]", _ASIDE.sub(",", fold(between).text))
    gazetteer = reader.gazetteer
    allowed = gazetteer.cue("joiner") | gazetteer.cue("province_word") | frozenset(("the", "of", "in"))
    return bool(words or "-" in between) and all(w in allowed or w in gazetteer.directions for w in words)


def is_ranged(reader: Reader, hits: Sequence[Hit], left: int, right: int) -> bool:
    """Tell whether two neighbouring hits are the ends of one way: "from Herat to Farah"."""
    left, right = min(left, right), max(left, right)
    between = fold(reader.text[hits[left].end : hits[right].start]).text.strip()
    if between not in reader.gazetteer.cue("range_to"):
        return False
    before = reader.around(hits[left]).before[:1]
    return bool(before) and before[0] in reader.gazetteer.cue("range_from")


def is_same_province(reader: Reader, hit: Hit, verdict: Verdict) -> bool:
    """Tell whether an accepted place of the hit's province stands close by in the same sentence."""
    other, name, _ = verdict
    places = reader.gazetteer.places
    low, high = reader.sentence(hit)
    return (
        places[name.place_id].provinces == places[hit.names[0].place_id].provinces
        and low <= other.start
        and other.end <= high
        and max(other.start - hit.end, hit.start - other.end) < LIST_GAP
    )


def find_pairs(reader: Reader, hits: Sequence[Hit], indexes: Sequence[int]) -> dict[int, Name]:
    """Find places that stand right beside their province, and say which name each of the two then is.

    "Tani district, Khost" and "Zabul's Arghandab" need no other word about
    Afghanistan: each half is doubtful alone, the two together are not.
    """
    places, found = reader.gazetteer.places, dict[int, Name]()
    waiting = frozenset(indexes)
    for index in indexes:
        if index + 1 not in waiting:
            continue
        between = reader.text[hits[index].end : hits[index + 1].start]
        if IN_PROVINCE.fullmatch(between):
            inner, outer = index, index + 1
        elif _OWNS.fullmatch(between):
            inner, outer = index + 1, index
        else:
            continue
        province = hits[outer].names[0]
        for name in hits[inner].names:
            place = places[name.place_id]
            if place.kind == "place" and place.provinces == (province.place_id,):
                found |= {inner: name, outer: province}
                break
    return found
