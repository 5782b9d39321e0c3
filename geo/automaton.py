"""One Aho-Corasick pass over a folded text for any number of phrases.

The search is overlapping, hits are then checked for word boundaries, and only
after that may a caller keep the longest. In the other order a longer phrase
that ends inside a word hides the shorter one that does not: leftmost-longest
search finds "Nimruz province" in "Nimruz provinces" and loses the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from geo.normalise import Folded, flatten, fold_name

__all__ = ["Found", "PhraseAutomaton", "keep_longest"]

_PROCLITICS = frozenset("و ب ل ف ال وال بال لل ول وب فال فب فل کال وبال ولل فی".split())
_CASE_ENDINGS = frozenset(flatten("а е у ы и ю я о ом ой ою ем ей ами ах ям ях ів і ові").split())
_UNSPACED = ("\u3040", "\u9fff")
_LONGEST_AFFIX = 4
_SHORTEST_STEM = 3


class Found(NamedTuple):
    """One hit: a half-open span in the original text and the phrase's index."""

    start: int
    end: int
    phrase: int


class PhraseAutomaton:
    """Finds phrases in folded text; built once, never changed.

    Parameters
    ----------
    phrases
        In any spelling; folded here. Two phrases that fold alike are both reported.
    inflected
        Whether Cyrillic phrases may carry a case ending and Arabic-script ones
        an attached conjunction or article.
    """

    def __init__(self, phrases: Sequence[str], *, inflected: bool = True) -> None:
        self._inflected = inflected
        owners: dict[str, list[int]] = {}
        for index, phrase in enumerate(phrases):
            folded = fold_name(phrase)
            if folded:
                owners.setdefault(folded, []).append(index)
        self._owners = tuple(tuple(indexes) for indexes in owners.values())
        self._patterns = tuple(owners)
        self._search = AhoCorasick(
            list(self._patterns), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def scan(self, folded: Folded) -> list[Found]:
        """Return every phrase that stands as whole words, overlapping ones too, by start then length."""
        text = folded.text
        found = []
        for pattern, start, end in self._search.find_matches_as_indexes(text, overlapping=True):
            stop = self._whole(text, start, end)
            if stop:
                span = folded.span(start, stop)
                found += [Found(*span, phrase) for phrase in self._owners[pattern]]
        found.sort(key=lambda hit: (hit.start, -hit.end, hit.phrase))
        return found

    def _whole(self, text: str, start: int, end: int) -> int:
        """Return where the word ends if the hit is whole words, else 0."""
        first, last = text[start], text[end - 1]
        if start and _joined(text[start - 1], first):
            if not (self._inflected and "\u0600" <= first <= "\u06ff"):
                return 0
            if _prefix(text, start) not in _PROCLITICS:
                return 0
        if end < len(text) and _joined(text[end], last):
            if end - start < _SHORTEST_STEM or not (self._inflected and "\u0400" <= last <= "\u04ff"):
                return 0
            ending = _suffix(text, end)
            return end + len(ending) if ending in _CASE_ENDINGS else 0
        return end


def _joins(char: str) -> bool:
    return char.isalnum()


def _joined(outside: str, edge: str) -> bool:
    """Whether a phrase's edge letter and its neighbour belong to one word."""
    return _joins(outside) and _joins(edge) and not _UNSPACED[0] <= edge <= _UNSPACED[1]


def _prefix(text: str, start: int) -> str:
    low = start
    while low and start - low <= _LONGEST_AFFIX and _joins(text[low - 1]):
        low -= 1
    return text[low:start]


def _suffix(text: str, end: int) -> str:
    high = end
    while high < len(text) and high - end <= _LONGEST_AFFIX and _joins(text[high]):
        high += 1
    return text[end:high]


def keep_longest(hits: Sequence[Found]) -> list[Found]:
    """Keep the hits that no longer hit covers or overlaps; equal spans all stay.

    Leftmost first, then longest, as a reader would take them. ``hits`` must be
    sorted as :meth:`PhraseAutomaton.scan` returns them.
    """
    kept: list[Found] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end or (hit.start, hit.end) == kept[-1][:2]:
            kept.append(hit)
    return kept
