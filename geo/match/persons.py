"""Whether a name is a person's: by a title, a given name, a calling or an age beside it."""

from __future__ import annotations

import re

from geo.match.hits import Hit
from geo.match.reader import NEAR, Around, Reader
from geo.normalise import fold_name

__all__ = ["is_placed", "person_sign", "sure_person_sign"]

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)\.?\s+$")
_WORD_AFTER = re.compile(r"\s+([^\W\d_][\w'’-]*)")
_AGE = re.compile(r",\s+(?:aged\s+)?\d{1,2}(?=,|\.|\s+and\b)")
_WHO = re.compile(r",?\s+(?:who|whose|whom)\b")
_SOMEBODY = re.compile(r",\s+(?:an?|the|un|une|der|die|ein|eine)\s+((?:[\w'’-]+\s+){0,2}[\w'’-]+)")
_SOLEMN = ("AF-KAB", "AF-KAN")
"""Capitals that speak: "Kabul said" is its government, "Kandahar said" the Taliban's leaders."""
_NO_GIVEN = frozenset({"said", "wali"})
"""Given names that are also a word before a place: "said Kabul police", "wali Kandahar" (the governor of)."""


def is_placed(reader: Reader, around: Around) -> bool:
    """Tell whether the words before a name say that it is a place: "in", "governor of"."""
    before = around.before[1:] if around.before[:1] == ("the",) else around.before
    return any(reader.cue(kind, before, backwards=True) for kind in ("preposition", "place_before"))


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
    if speech := _speech_sign(reader, hit, around):
        return speech
    if text[hit.start : hit.end].isupper() or hit.names[0].script != "Latn":
        return ""
    previous = _word_before(reader, hit) if before else ""
    if previous and _may_be_given_name(reader, previous):
        return previous
    if not doubtful or around.possessive or is_placed(reader, around):
        return ""
    following = _WORD_AFTER.match(text, hit.end)
    return following.group(1) if following and _may_be_given_name(reader, following.group(1)) else ""


def sure_person_sign(reader: Reader, hit: Hit, around: Around) -> str:
    """Return what makes even a strong name a person's; empty if nothing does.

    A capitalised word before it is not enough ("Serena Kabul"): there must be a
    title, a known given name, a calling ("the boxer Lewis Kandahar") or an age.
    """
    text, before = reader.text, around.before
    if text[max(0, hit.start - 3) : hit.start].lower() in ("al-", "el-"):
        return text[hit.start - 3 : hit.start]
    if hit.names[0].script != "Latn" or text[hit.start : hit.end].isupper():
        return ""
    titles = reader.gazetteer.cue("title_sure")
    if before and before[0] in titles:
        return before[0]
    previous = _word_before(reader, hit) if before else ""
    if previous and (sign := _named_before(reader, hit, around, previous)):
        return sign
    if is_placed(reader, around) or around.possessive:
        return ""
    return _named_behind(reader, hit, around) or _speech_sign(reader, hit, around)


def _named_before(reader: Reader, hit: Hit, around: Around, previous: str) -> str:
    """Return the sign that the capitalised word before a name and the name are one person's."""
    text, before, gazetteer = reader.text, around.before, reader.gazetteer
    word = fold_name(previous)
    if not previous[0].isupper() or previous.isupper() or gazetteer.candidates(" ".join(before[1::-1])):
        return ""
    if word in gazetteer.cue("given") - gazetteer.cue("surname") - _NO_GIVEN:
        return previous
    if not _may_be_given_name(reader, previous):
        return ""
    earlier = before[1] if len(before) > 1 else ""
    if earlier in gazetteer.cue("title_sure") or earlier in gazetteer.cue("calling"):
        return f"{earlier} {previous}"
    age = _AGE.match(text, hit.end)
    somebody = _somebody_behind(reader, hit.end)
    return previous + text[hit.end : age.end()] if age else f"{previous}, {somebody}" if somebody else ""


def _named_behind(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the sign that a name and the capitalised word behind it are one person's."""
    following = _WORD_AFTER.match(reader.text, hit.end)
    if following is None or not following.group(1)[0].isupper():
        return ""
    word = following.group(1)
    if fold_name(word) in reader.gazetteer.cue("surname"):
        return word
    if not _may_be_given_name(reader, word) or reader.cue("place_after", around.after):
        return ""
    if around.before and around.before[0] in reader.gazetteer.cue("calling"):
        return f"{around.before[0]}, {word}"
    if who := _WHO.match(reader.text, following.end()):
        return word + who.group()
    age = _AGE.match(reader.text, following.end())
    somebody = _somebody_behind(reader, following.end())
    return word + age.group() if age else f"{word}, {somebody}" if somebody else ""


def _somebody_behind(reader: Reader, position: int) -> str:
    """Return the calling in an apposition: "Raj Kunar, an engineer from Chennai"."""
    behind = _SOMEBODY.match(reader.text, position)
    words = fold_name(behind.group(1)).split() if behind else []
    return next((word for word in words if word in reader.gazetteer.cue("calling")), "")


def _speech_sign(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the verb of saying behind a name that no word before it makes a place."""
    if around.possessive or hit.names[0].place_id in _SOLEMN or is_placed(reader, around):
        return ""
    speech = reader.cue("speech_sure", around.after)
    if not speech or (around.before and around.before[0] in reader.gazetteer.cue("joiner")):
        return ""
    left = reader.text[max(0, hit.start - NEAR) : hit.start].rstrip()
    words = re.findall(r"[\w'’-]+", left)
    if left.endswith((",", "،")) and words and reader.gazetteer.candidates(words[-1]):
        return ""
    previous = words[-1] if words and around.before else ""
    return "" if previous.isupper() or previous.islower() else speech


def _word_before(reader: Reader, hit: Hit) -> str:
    found = _WORD_BEFORE.search(reader.text, max(0, hit.start - NEAR), hit.start)
    return found.group(1) if found else ""


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
        "thing",
        "calling",
    )
    if any(folded in reader.gazetteer.cue(kind) for kind in kinds) or folded in reader.gazetteer.directions:
        return False
    return " " not in folded and not reader.gazetteer.candidates(folded)
