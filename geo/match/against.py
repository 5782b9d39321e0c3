"""What speaks against a name: another thing of that name, a place of another country, a person.

A weak or doubtful name yields to any of these signs. A strong one yields only
to what says outright that no place of Afghanistan is meant: "Kandahar Road in
Leicester", "Samangan in Iran", "Mr Herat".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.match.hits import Hit
from geo.match.persons import is_placed, person_sign, sure_person_sign
from geo.match.reader import STOPS, Around, Reader
from geo.normalise import fold, fold_name

__all__ = [
    "ABROAD",
    "PERSON",
    "THING",
    "has_foreign_sign",
    "other_thing",
    "speaks_against",
    "speaks_against_strong",
    "thing_beside",
]

ABROAD = "a place of another country"
PERSON = "a person"
THING = "names another thing"
"""How reasons of these three kinds begin."""
_NO_WORD = re.compile(r"[^\w.]+")
_IN = re.compile(r"\s+(?:in|en|im|in der|в)\s+(?:the\s+)?")
_SPOT = re.compile(
    r"(?:,|\b(?:in|at|near|of|on|à|en|au|de|bei|im|em)\b)\s+(?:the\s+|der\s+|l['’])?"
    r"([A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,2})"
)
_SPOT_FAR = 70
_WORK = re.compile(r"(\w+),?\s+[\"“„«]$")
_TOLD = re.compile(r"(?:,|\s+(?:is|was|remains))\s+(?:an?|the|one of the)\s+((?:[\w'’-]+\s+){0,5}[\w'’-]+)")
_CLOSING = frozenset('"”“»')
_CHAIN = re.compile(r"(?:\s+[A-Z][\w'’-]*){0,3}(?:\s+[^\W\d_][\w'’-]*)?")
"""Capitalised words behind a name, and one more word: "City Restaurant", "Palace restaurant"."""


def other_thing(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the word that makes a name part of another one, as in "Kabul River"; empty if none does."""
    for of in ("*", hit.names[0].place_id):
        sign = reader.cue("against_after", around.after, of=of) or reader.cue(
            "against_before", around.before, backwards=True, of=of
        )
        if sign:
            return sign
    if sign := _work_sign(reader, hit) or _what_it_is(reader, hit, around):
        return sign
    if around.possessive or reader.text[hit.start : hit.end].isupper():
        return ""
    sign = reader.cue("name_after", around.after)
    if sign and reader.text[hit.end : hit.end + 4].lstrip()[:1].isupper():
        return sign
    return _firm_sign(reader, hit)


def _work_sign(reader: Reader, hit: Hit) -> str:
    """Return the word for a work of art whose title in quotation marks a name is: the film "Kandahar"."""
    if reader.text[hit.end : hit.end + 1] not in _CLOSING:
        return ""
    work = _WORK.search(reader.text, max(0, hit.start - 40), hit.start)
    return work.group(1) if work and fold_name(work.group(1)) in reader.gazetteer.cue("work") else ""


def _what_it_is(reader: Reader, hit: Hit, around: Around) -> str:
    """Return what a sentence says a name is: "Kandahar, a destroyer", "the Helmand runs south"."""
    if around.possessive or hit.names[0].script != "Latn":
        return ""
    if is_placed(reader, around):
        return ""
    told = _TOLD.match(reader.text, hit.end)
    words = fold_name(told.group(1)).split() if told else ()
    things = reader.gazetteer.cue("work") | reader.gazetteer.cue("something")
    if sign := next((word for word in words if word in things), ""):
        return sign
    own = reader.gazetteer.cue("the", hit.names[0].place_id)
    if (
        around.before[:1] == ("the",)
        and own
        and (around.after[:1] or ("",))[0] in reader.gazetteer.cue("the_next")
    ):
        return "the"
    return ""


def _firm_sign(reader: Reader, hit: Hit) -> str:
    """Return the end of a firm's name that capitalised words lead to: "Baghlan Sugar Trading LLC"."""
    for word in reader.text[hit.end : hit.end + _SPOT_FAR].split()[:4]:
        if fold_name(word.rstrip(",;)")) in reader.gazetteer.cue("firm"):
            return word
        if not word[0].isupper():
            break
    return ""


def speaks_against(reader: Reader, hit: Hit, around: Around) -> str:
    """Say what makes a weak name one of another country or of a person; empty if nothing does."""
    if sign := _foreign_sign(reader, hit, around) or _thing_abroad(reader, hit, around):
        return f"{ABROAD}, by {sign!r}"
    sign = person_sign(reader, hit, around)
    return f"{PERSON}, by {sign!r} beside it" if sign else ""


def speaks_against_strong(reader: Reader, hit: Hit, around: Around) -> str:
    """Say what makes even a strong name one of another country or of a person; empty if nothing does."""
    if reader.cue("province_word", around.after) or reader.cue(
        "province_before", around.before, backwards=True
    ):
        return ""
    if sign := _in_country(reader, hit) or _own_sign(reader, hit) or _thing_abroad(reader, hit, around):
        return f"{ABROAD}, by {sign!r}"
    sign = sure_person_sign(reader, hit, around)
    return f"{PERSON}, by {sign!r} beside it" if sign else ""


def _foreign_sign(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the country behind a name, or its place's own foreign sign in the sentence; empty if none."""
    words = around.country.replace("'s", "").split()
    for country in (" ".join(words[:n]).rstrip(STOPS) for n in (1, 2, 3)):
        if country in reader.gazetteer.cue("country_after"):
            return country
    if around.before and around.before[0] in reader.gazetteer.cue("foreign_adjective"):
        return around.before[0]
    return _own_sign(reader, hit)


def _in_country(reader: Reader, hit: Hit) -> str:
    """Return the country that a name lies in, as in "Samangan in Iran"; a possessive begins another place."""
    inside = _IN.match(reader.text, hit.end)
    if inside is None:
        return ""
    words = fold(reader.text[inside.end() : inside.end() + 40]).text.split()[:3]
    for country in (" ".join(words[:n]).rstrip(STOPS) for n in range(len(words), 0, -1)):
        if country in reader.gazetteer.cue("country_after"):
            return country
    return ""


def _own_sign(reader: Reader, hit: Hit) -> str:
    """Return the sign in the sentence that the place's namesake abroad is meant; empty if there is none."""
    place_id = hit.names[0].place_id
    if not reader.gazetteer.cue("foreign", place_id):
        return ""
    low, high = reader.sentence(hit)
    return has_foreign_sign(reader, place_id, reader.text[low:high])


def has_foreign_sign(reader: Reader, place_id: str, passage: str) -> str:
    """Return the sign in a passage that a place's namesake abroad is meant; empty if there is none."""
    signs = reader.gazetteer.cue("foreign", place_id)
    if not signs:
        return ""
    padded = " " + _NO_WORD.sub(" ", fold(passage).text) + " "
    return next((sign for sign in sorted(signs) if f" {sign} " in padded or f" {sign}. " in padded), "")


def _thing_abroad(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the town abroad that a street, restaurant or school named after the place lies in, or ""."""
    if not thing_beside(reader, hit, around):
        return ""
    owner = around.before[0].removesuffix("'s") if around.before else ""
    if owner in reader.gazetteer.cue("abroad"):
        return owner
    return next(_spots_abroad(reader, hit.end), "")


def thing_beside(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the word beside a name for a thing often named after places: "Kabul City Restaurant"."""
    things = reader.gazetteer.cue("thing")
    if around.before and around.before[0] in things:
        return around.before[0]
    chain = _CHAIN.match(reader.text, hit.end)
    words = chain.group().split() if chain and not around.possessive else []
    return next((word for word in words if fold_name(word) in things), "")


def _spots_abroad(reader: Reader, start: int) -> Iterator[str]:
    """Yield the towns and countries abroad that the rest of the clause says something lies in."""
    text = reader.text
    clause = re.split(r"[;:!?]|\n\s*\n|\.\s", text[start : start + _SPOT_FAR], maxsplit=1)[0]
    for spot in _SPOT.finditer(clause):
        words = fold_name(spot.group(1)).removesuffix("'s").split()
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count]).rstrip(STOPS)
            if name in reader.gazetteer.cue("abroad") or name in reader.gazetteer.cue("country_after"):
                yield name
                break
