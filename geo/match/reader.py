"""Answers about the words around a hit; bounded stretches of text, no decisions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.gazetteer import Gazetteer
from geo.match.hits import FAR, POSSESSIVE, Hit
from geo.normalise import fold

__all__ = ["NEAR", "STOPS", "Around", "Reader", "end_of_sentence"]

NEAR = 56
_ATTACHED = re.compile(r"(?<!\w)[وف]?[بل]?$(?<=\w)")
"""Arabic letters written onto a name, a conjunction and a preposition: "and", "in"."""
_URL_SIDES = frozenset("/._-@=&?%:+~")
_URL = re.compile(
    r"://|www\.|@\w+[.\w-]*$|^@|\w@\w|\.(?:com|org|net|info|gov|edu|af|ir|pk|uk|de|html?|php|pdf|jpe?g|png)(?!\w)",
    re.IGNORECASE,
)
_UNSPACED = frozenset({"Hani", "Hira", "Kana"})
_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
_SENTENCE_END = re.compile(r"[.!?؟۔。]['\"”’)\]]*\s+|\n\s*\n")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Brig|Sgt|Prof|St|No|Prov))\.\s+$"
)
STOPS = ',;:!?()[]{}"“”«»،؛؟.|'


def end_of_sentence(text: str, start: int) -> int:
    """Return where the sentence around a position ends, at most ``FAR`` on."""
    high = min(len(text), start + FAR)
    after = _SENTENCE_END.search(text, start, high)
    return after.start() if after else high


@dataclass(frozen=True, slots=True)
class Around:
    """Folded words beside a hit, nearest first, up to the first stop; and what breaks them."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    possessive: bool
    country: str


class Reader:
    """Answers questions about the words around a hit; holds the text, decides nothing."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self._caseless: bool | None = None

    def cue(self, kind: str, words: Sequence[str], *, backwards: bool = False, of: str = "*") -> str:
        """Return the cue of this kind (``of`` one place, or all) that the nearest words make up, or ""."""
        cues = self.gazetteer.cue(kind, of)
        for count in range(min(4, len(words)), 0, -1) if cues else ():
            phrase = " ".join(reversed(words[:count]) if backwards else words[:count])
            if phrase in cues:
                return phrase
        return ""

    def is_written_as_name(self, hit: Hit) -> bool:
        """Capital where the script has them, and no part of an address or file name."""
        text, name = self.text, hit.names[0]
        first = text[hit.start]
        if first.islower() and name.script in _CASED and name.name[0].isupper():
            if self._caseless is None:
                self._caseless = not any(char.isupper() for char in text)
            if not self._caseless:
                return False
        left = text[hit.start - 1] if hit.start else " "
        right = text[hit.end] if hit.end < len(text) else " "
        if left not in _URL_SIDES and right not in _URL_SIDES:
            return True
        low = hit.start - len(
            text[max(0, hit.start - 200) : hit.start].rpartition(" ")[2].rpartition("\n")[2]
        )
        token = re.match(r"\S*", text[low : hit.end + 200])
        return token is None or not _URL.search(token.group())

    def around(self, hit: Hit) -> Around:
        """Fold and split the words beside a hit."""
        left = fold(self.text[max(0, hit.start - NEAR) : hit.start]).text.rpartition("\n")[2]
        before: list[str] = []
        attached = _ATTACHED.search(left)
        if attached:
            before.append(attached.group())
            left = left[: attached.start()]
        if not left or left[-1] == " ":
            for word in reversed(left.split()):
                if word[-1] in STOPS and not (word[-1] == "." and word in self.gazetteer.cue("title")):
                    break
                before.append(word.lstrip(STOPS + "'"))
                if len(before) == 5 or word[0] in STOPS:
                    break
        rest = self.text[hit.end : hit.end + NEAR]
        possessive = POSSESSIVE.match(rest)
        rest = fold(rest[possessive.end() :] if possessive else rest).text.partition("\n")[0]
        after: list[str] = []
        if rest[:1] == " " or not rest[:1].isalnum():
            country = rest.lstrip(" ,(").removeprefix("in ") if rest[:1] in " ,(" else ""
            for word in rest.split()[:5] if rest[:1] == " " else ():
                bare = word.rstrip(STOPS + "'")
                if bare:
                    after.append(bare)
                if bare != word:
                    break
        else:
            country = ""
            if hit.names[0].script in _UNSPACED:
                after.append(rest[0])
        return Around(tuple(before), tuple(after), bool(possessive), country)

    def sentence(self, hit: Hit) -> tuple[int, int]:
        """Return the bounds of the sentence around a hit, at most ``FAR`` away on each side."""
        low = max(0, hit.start - FAR)
        for stop in _SENTENCE_END.finditer(self.text, low, hit.start):
            if not _ABBREVIATED.search(self.text[low : stop.end()]):
                low = stop.end()
        return low, end_of_sentence(self.text, hit.end)
