"""The small words of a language that tie places, groups and sources together, read from tables.

Each row of ``data/lexicon/<language>/patterns.csv`` is a regular expression
over folded text, named after the question it answers; ``<<name>>`` stands for
another row. English has them all and ``data/lexicon/README.md`` explains them;
where another language lacks one, nothing matches. Rows whose names begin with
``part_`` are a language's own fragments for its other rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from geo.errors import GazetteerError
from geo.normalise import flatten
from geo.resources import data_path, read_table

__all__ = ["PUNCTUATION", "REFERENCE", "Grammar", "guess_language", "known_languages", "load_grammar"]

REFERENCE = "en"
"""The language whose table names every pattern; texts of unknown languages are read as this one."""

PUNCTUATION = str.maketrans("،؛«»\u0654", ",;“” ")
"""Signs that mean the same in other scripts, one form for texts and patterns alike."""

_NEVER = re.compile(r"(?!)")
_FRAGMENT = re.compile(r"<<(\w+)>>")
_REPEATED = re.compile(r"(?:\*|\+|\{\d*,\d*\})(?!\?)")
_AS_PRINTED = "raw_"
_FRAGMENTS = "part_"
_COMMON = "function_words"
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one language, compiled; ``grammar[name]`` gives one, which may match nothing."""

    language: str
    patterns: Mapping[str, re.Pattern[str]] = field(repr=False)

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """Return a pattern by name; a name unknown in the reference language is a KeyError."""
        return self.patterns[name]

    def __contains__(self, name: str) -> bool:
        """Whether the language has a pattern of this name that can match."""
        return self.patterns.get(name, _NEVER).pattern != _NEVER.pattern

    def number_of(self, prefix: str, words: str) -> int | None:
        """Return the number n for which the pattern ``prefix_n`` matches all the words, else ``None``."""
        for name, pattern in self.patterns.items():
            head, _, tail = name.rpartition("_")
            if head == prefix and tail.isdigit() and pattern.fullmatch(words):
                return int(tail)
        return None


def known_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a lexicon, the reference language first."""
    codes = sorted(path.name for path in data_path("lexicon").iterdir() if path.is_dir())
    return (REFERENCE, *(code for code in codes if code != REFERENCE))


@cache
def load_grammar(language: str = REFERENCE) -> Grammar:
    """Load the patterns of one language.

    Raises
    ------
    GazetteerError
        Names every row whose pattern is unknown, is broken or gives no reason.
    """
    rows = _rows(language)
    names = _rows(REFERENCE).keys()
    own = {name for name in rows if name.startswith(_FRAGMENTS)}
    faults = [name for name, row in rows.items() if name not in names | own or not row["why"]]
    patterns = dict.fromkeys(names, _NEVER)
    for name in rows:
        try:
            patterns[name] = _compile(name, rows)
        except (re.error, KeyError, RecursionError) as error:
            faults.append(f"{name} ({error})")
    if faults:
        raise GazetteerError(
            f"data/lexicon/{language}/patterns.csv: unknown, broken or unexplained: {', '.join(faults)}. "
            f"Patterns are those of data/lexicon/{REFERENCE}/patterns.csv, each with a reason."
        )
    return Grammar(language, patterns)


def _compile(name: str, rows: Mapping[str, Mapping[str, str]]) -> re.Pattern[str]:
    regex = _any_blanks(_make_atomic(_expand(rows[name]["regex"], rows)))
    return re.compile(regex if name.startswith(_AS_PRINTED) else _fold_letters(regex))


@cache
def _common_words(language: str) -> re.Pattern[str]:
    """The one pattern that telling the language needs; compiling all of every language takes long."""
    return _compile(_COMMON, _rows(language))


@cache
def _rows(language: str) -> dict[str, dict[str, str]]:
    return {row["pattern"]: row for row in read_table("lexicon", language, "patterns.csv")}


def _expand(regex: str, rows: Mapping[str, Mapping[str, str]]) -> str:
    return _FRAGMENT.sub(lambda match: _expand(rows[match.group(1)]["regex"], rows), regex)


def _make_atomic(regex: str) -> str:
    """Make every repeated group atomic: ``(?:…)*`` becomes ``(?>…)*``.

    A word that two alternatives of such a group share would otherwise be tried
    both ways at every place it stands, which takes exponential time.
    """
    opened: list[int] = []
    atomic = list(regex)
    at, in_class = 0, False
    while at < len(regex):
        char = regex[at]
        if char == "\\":
            at += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
            at += regex[at + 1 : at + 2] in "^]"
        elif char == "(":
            opened.append(at)
        elif char == ")":
            start = opened.pop()
            if regex.startswith("(?:", start) and _REPEATED.match(regex, at + 1):
                atomic[start + 2] = ">"
        at += 1
    return "".join(atomic)


def _any_blanks(regex: str) -> str:
    """Let a blank of an expression match several, as pages print them; lookbehinds keep their one width."""
    parts = [""]
    depth, behind, at, in_class = 0, 0, 0, False
    while at < len(regex):
        char = regex[at]
        if char == "\\":
            parts.append(regex[at : at + 2])
            at += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
            if regex[at + 1 : at + 2] in "^]":
                parts.append(char)
                at, char = at + 1, regex[at + 1]
        elif char == "(":
            depth += 1
            behind = behind or (depth if regex.startswith(("(?<=", "(?<!"), at) else 0)
        elif char == ")":
            behind = 0 if behind == depth else behind
            depth -= 1
        elif char == " " and not behind and regex[at + 1 : at + 2] not in ("?", "*", "+", "{"):
            char = " +"
        parts.append(char)
        at += 1
    return "".join(parts)


def _fold_letters(regex: str) -> str:
    """Fold the letters beyond ASCII as texts are folded, and leave the signs of the expression alone."""
    folded = "".join(flatten(char) if char.isalpha() and not char.isascii() else char for char in regex)
    return folded.translate(PUNCTUATION)


def guess_language(flat: str, languages: Sequence[str] = ()) -> str:
    """Say which of the languages with a lexicon a folded text is written in.

    The one whose common words (pattern ``function_words``) are the most
    frequent in the first 20,000 characters; the reference language when none
    is found.
    """
    counts = {
        code: sum(1 for _ in _common_words(code).finditer(flat, 0, _SAMPLE))
        for code in languages or known_languages()
    }
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else REFERENCE
