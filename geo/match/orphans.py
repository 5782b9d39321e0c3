"""A lone strong name in a text that nothing else ties to Afghanistan."""

from __future__ import annotations

import re

from geo.match.against import thing_beside
from geo.match.hits import Hit, Verdict
from geo.match.persons import is_placed
from geo.match.reader import Around, Reader
from geo.normalise import fold_name

__all__ = ["refuse_orphans"]

_CAPITAL = re.compile(r"\s([A-Z][a-z][\w'’]*)")
_APPOSED = re.compile(r",\s+(?:an?|the)\s+((?:[\w'’-]+\s+){0,5}[\w'’-]+)")
_EATERIES = frozenset(("restaurant", "restaurants", "cafe", "takeaway", "kebab", "grill"))
"""Things that need no capital: no text that is not about Afghanistan tells of such in the town itself."""


def refuse_orphans(reader: Reader, verdicts: dict[int, Verdict], against: dict[int, str]) -> None:
    """Drop strong names of one province, alone in their text, that look like part of another name.

    Call it for texts without a word for the country or its people. Two provinces
    vouch for each other. One alone falls where a capitalised word that nobody
    knows stands right beside it ("Kabul Dreams"), or a word for a street, a
    restaurant, a firm in its sentence, and no word says that a place is meant.
    """
    places = reader.gazetteer.places
    if len({places[name.place_id].provinces for _, name, _ in verdicts.values()}) != 1:
        return
    for index, (hit, _, _) in list(verdicts.items()):
        if sign := _strange_sign(reader, hit):
            del verdicts[index]
            against[index] = f"strong, but alone in a text about elsewhere, beside {sign!r}"


def _strange_sign(reader: Reader, hit: Hit) -> str:
    text, around = reader.text, reader.around(hit)
    if hit.names[0].script != "Latn" or text[hit.start : hit.end].isupper() or around.possessive:
        return ""
    if reader.cue("province_word", around.after) or reader.cue("place_after", around.after):
        return ""
    thing = thing_beside(reader, hit, around)
    if thing and (thing[0].isupper() or thing in around.before or fold_name(thing) in _EATERIES):
        return thing
    if sign := _capital_behind(reader, hit, around):
        return sign
    if is_placed(reader, around) or reader.cue("verb", around.before, backwards=True):
        return ""
    behind = _APPOSED.match(text, hit.end)
    words = fold_name(behind.group(1)).split() if behind else []
    return next((word for word in words if word in reader.gazetteer.cue("thing")), "")


def _capital_behind(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the capitalised word right behind a name that is in no table; empty if there is none."""
    following = _CAPITAL.match(reader.text, hit.end)
    if following is None or not around.after:
        return ""
    word = around.after[0]
    kinds = ("function", "preposition", "verb", "place_after", "joiner", "document", "province_word")
    known = any(word in reader.gazetteer.cue(kind) for kind in kinds)
    return "" if known or reader.gazetteer.candidates(word) else following.group(1)
