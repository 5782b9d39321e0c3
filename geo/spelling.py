"""Words one letter off a name: distances, and an index that finds such names without trying all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

__all__ = ["edit_distance", "index_misspellings", "misspelling_pattern", "without_one"]


def without_one(word: str) -> Iterator[str]:
    """Yield the word without each of its letters but the first.

    Two words that are one letter more, less, other or swapped apart, not in the
    first, share one of these forms or are one of them (the method of SymSpell,
    Wolf Garbe, 2012).
    """
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))


def index_misspellings(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Map each name, and each name without one of its letters, to the names it may stand for."""
    found: dict[str, set[str]] = {}
    for name in names:
        for form in (name, *without_one(name)):
            found.setdefault(form, set()).add(name)
    return {form: tuple(sorted(owners)) for form, owners in found.items()}


def misspelling_pattern(index: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """Return a pattern for capitalised words that begin as one of the names does, or nearly so."""
    names = {name for owners in index.values() for name in owners}
    heads = sorted({name[0].upper() + name[i] for name in names for i in (1, 2)})
    least = min(map(len, names), default=3)
    return re.compile(rf"\b(?:{'|'.join(heads)})[a-z]{{{least - 3},12}}\b" if heads else r"(?!)")


def edit_distance(left: str, right: str, most: int) -> int:
    """Levenshtein distance with swapped neighbours as one edit; stops above ``most``."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return row[-1]
