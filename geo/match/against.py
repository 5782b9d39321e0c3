"""What speaks against a name: a place of another country, a person."""

from __future__ import annotations

import re

from geo.match.hits import Hit
from geo.match.reader import NEAR, STOPS, Around, Reader
from geo.normalise import fold, fold_name

__all__ = ["foreign_sign", "person_sign"]

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)\.?\s+$")
_WORD_AFTER = re.compile(r"\s+([^\W\d_][\w'’-]*)")
_NO_WORD = re.compile(r"[^\w.]+")


def foreign_sign(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the country behind a name, or its place's own foreign sign in the sentence; empty if none."""
    gazetteer = reader.gazetteer
    words = around.country.replace("'s", "").split()
    for country in (" ".join(words[:n]).rstrip(STOPS) for n in (1, 2, 3)):
        if country in gazetteer.cue("country_after"):
            return country
    if around.before and around.before[0] in gazetteer.cue("foreign_adjective"):
        return around.before[0]
    signs = gazetteer.cue("foreign", hit.names[0].place_id)
    if not signs:
        return ""
    low, high = reader.sentence(hit)
    padded = " " + _NO_WORD.sub(" ", fold(reader.text[low:high]).text) + " "
    return next((sign for sign in sorted(signs) if f" {sign} " in padded or f" {sign}. " in padded), "")


def person_sign(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the word beside a name that makes it a surname or given name; empty if none does."""
    text, before = reader.text, around.before
    if text[max(0, hit.start - 3) : hit.start].lower() in ("al-", "el-"):
        return text[hit.start - 3 : hit.start]
    if before and (before[0] in reader.gazetteer.cue("title") or before[0] in reader.gazetteer.cue("given")):
        return before[0]
    if not around.possessive and around.after and around.after[0] in reader.gazetteer.cue("surname"):
        return around.after[0]
    doubtful = hit.names[0].strength == "doubtful"
    if doubtful and not around.possessive and (speech := reader.cue("speech", around.after)):
        return speech
    if text[hit.start : hit.end].isupper() or hit.names[0].script != "Latn":
        return ""
    previous = _WORD_BEFORE.search(text, max(0, hit.start - NEAR), hit.start) if before else None
    if previous and _may_be_given_name(reader, previous.group(1)):
        return previous.group(1)
    placed = any(reader.cue(kind, before, backwards=True) for kind in ("preposition", "place_before"))
    if not doubtful or around.possessive or placed:
        return ""
    following = _WORD_AFTER.match(text, hit.end)
    return following.group(1) if following and _may_be_given_name(reader, following.group(1)) else ""


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
