"""What speaks against a name: a place of another country, a person."""

from __future__ import annotations

import re

from geo.match.hits import Hit
from geo.match.reader import NEAR, STOPS, Around, Reader
from geo.normalise import fold, fold_name

__all__ = ["is_foreign", "is_person"]

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)\.?\s+$")
_WORD_AFTER = re.compile(r"\s+([^\W\d_][\w'’-]*)")
_NO_WORD = re.compile(r"[^\w.]+")


def is_foreign(reader: Reader, hit: Hit, around: Around) -> bool:
    """Tell by the country behind a name, or by its place's own foreign signs in the sentence."""
    gazetteer = reader.gazetteer
    words = around.country.replace("'s", "").split()
    if any(" ".join(words[:n]).rstrip(STOPS) in gazetteer.cue("country_after") for n in (1, 2, 3)):
        return True
    if around.before and around.before[0] in gazetteer.cue("foreign_adjective"):
        return True
    signs = gazetteer.cue("foreign", hit.names[0].place_id)
    if not signs:
        return False
    low, high = reader.sentence(hit)
    padded = " " + _NO_WORD.sub(" ", fold(reader.text[low:high]).text) + " "
    return any(f" {sign} " in padded or f" {sign}. " in padded for sign in signs)


def is_person(reader: Reader, hit: Hit, around: Around) -> bool:
    """Tell a surname or given name from a place by the words beside it."""
    text, before = reader.text, around.before
    if text[max(0, hit.start - 3) : hit.start].lower() in ("al-", "el-"):
        return True
    if before and (before[0] in reader.gazetteer.cue("title") or before[0] in reader.gazetteer.cue("given")):
        return True
    if not around.possessive and around.after and around.after[0] in reader.gazetteer.cue("surname"):
        return True
    doubtful = hit.names[0].strength == "doubtful"
    if doubtful and not around.possessive and reader.cue("speech", around.after):
        return True
    if text[hit.start : hit.end].isupper() or hit.names[0].script != "Latn":
        return False
    previous = _WORD_BEFORE.search(text, max(0, hit.start - NEAR), hit.start) if before else None
    if previous and _may_be_given_name(reader, previous.group(1)):
        return True
    placed = any(reader.cue(kind, before, backwards=True) for kind in ("preposition", "place_before"))
    if not doubtful or around.possessive or placed:
        return False
    following = _WORD_AFTER.match(text, hit.end)
    return following is not None and _may_be_given_name(reader, following.group(1))


def _may_be_given_name(reader: Reader, word: str) -> bool:
    """Tell whether a capitalised word beside a name is no word or name that the gazetteer knows."""
    if not word[0].isupper() or word.isupper():
        return False
    folded = fold_name(word).removesuffix("'s")
    kinds = (
        "function",
        "preposition",
        "verb",
        "place_before",
        "place_after",
        "joiner",
        "document",
        "province_word",
    )
    if any(folded in reader.gazetteer.cue(kind) for kind in kinds) or folded in reader.gazetteer.directions:
        return False
    return " " not in folded and not reader.gazetteer.candidates(folded)
