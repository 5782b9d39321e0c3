"""Small words of figures: untrusted text made harmless, lists and plurals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["clean_text", "count_words", "join_words", "upper_first"]

_LONGEST = 160
_JOINER = "\u200c"


def clean_text(text: str, limit: int = _LONGEST) -> str:
    """Return one line without control and direction characters, cut to ``limit`` characters.

    The joiner that Persian words are spelled with stays.
    """
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    shown = "".join(" " if unicodedata.category(c) in hidden and c != _JOINER else c for c in text)
    line = re.sub(r"\s+", " ", shown).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def join_words(words: Sequence[str], limit: int = 6) -> str:
    """Join words as a person would: "a, b and c", or "a, b and 7 more"."""
    if len(words) > limit:
        words = [*words[: limit - 1], f"{len(words) - limit + 1} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def count_words(n: int, word: str) -> str:
    """A number and a noun in the plural that it needs."""
    many = word[:-1] + "ies" if word.endswith("y") else word + "s"
    return f"{n} {word if n == 1 else many}"


def upper_first(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
