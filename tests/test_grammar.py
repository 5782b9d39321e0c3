"""The patterns of every language: known, explained, and never slow."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from geo.claims import Grammar, guess_language, known_languages, load_grammar
from geo.claims.grammar import _any_blanks, _make_atomic
from geo.errors import GazetteerError
from geo.normalise import flatten

LANGUAGES = known_languages()
SECONDS = 10
"""Far more than any search takes, far less than one that tries every combination."""


class StuckError(Exception):
    """A search that does not come to an end."""


def stop(_number: int, _frame: FrameType | None) -> None:
    raise StuckError


def hostile_words(pattern: re.Pattern[str]) -> Iterator[str]:
    """Texts made of a pattern's own words, over and over, that end so that nothing fits."""
    yield ", " * 60
    yield "9" * 150
    words = sorted(set(re.findall(r"[^\W\d_]+", pattern.pattern)))[:40]
    for word in words:
        yield f"{word} " * 30 + "!"
        yield f"{word}, " * 30 + "!"
        yield word * 30 + "!"
    yield " ".join(words) + "!"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_gets_stuck(language: str) -> None:
    grammar = load_grammar(language)
    stuck = []
    previous = signal.signal(signal.SIGALRM, stop)
    try:
        for name, pattern in grammar.patterns.items():
            for words in hostile_words(pattern):
                signal.setitimer(signal.ITIMER_REAL, SECONDS)
                try:
                    pattern.search(words)
                except StuckError:
                    stuck.append(f"{name} on {words[:40]!r}")
                    break
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    assert stuck == []


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        (r"(?:a|b)*", r"(?>a|b)*"),
        (r"(?:(?:a|b)\s+)*$", r"(?>(?:a|b)\s+)*$"),
        (r"(?:a){0,3}b", r"(?>a){0,3}b"),
        (r"(?:a)*?b", r"(?:a)*?b"),
        (r"(?:a)?b", r"(?:a)?b"),
        (r"(a)*", r"(a)*"),
        (r"[(?:]*(?:a)*", r"[(?:]*(?>a)*"),
        (r"\((?:a\))*", r"\((?>a\))*"),
    ],
)
def test_repeated_groups_become_atomic(regex: str, expected: str) -> None:
    assert _make_atomic(regex) == expected


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        (r"a b", r"a +b"),
        (r"a ?b", r"a ?b"),
        (r"(?:a )+b", r"(?:a +)+b"),
        (r"[a ]b c", r"[a ]b +c"),
        (r"[] ] b", r"[] ] +b"),
        (r"(?<=a b) c", r"(?<=a b) +c"),
        (r"(?<!a (?:b|c) )d e", r"(?<!a (?:b|c) )d +e"),
        (r"\\ b", r"\\ +b"),
    ],
)
def test_a_blank_matches_several_outside_of_lookbehinds(regex: str, expected: str) -> None:
    assert _any_blanks(regex) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The group has camps in the east of the country.", "en"),
        ("القاعده در ولایت غزنی اردوگاه دارد و از طالبان حمایت می‌کند.", "fa"),
        ("د القاعدې غړي په کونړ ولایت کې مېشت دي او له طالبانو سره اړیکې لري.", "ps"),
        ("Боевики находятся в провинции Кунар, об этом говорится в докладе.", "ru"),
        ("Das Netzwerk unterhält in der Provinz Kunar ein Lager und wird von den Taliban geschützt.", "de"),
        ("Le réseau dispose de camps dans la province de Kunar, selon les experts.", "fr"),
        ("La red tiene campos en la provincia de Kunar, según los expertos.", "es"),
        ("", "en"),
        ("12345", "en"),
    ],
)
def test_language_is_told_from_common_words(text: str, language: str) -> None:
    assert guess_language(flatten(text).replace("\u200c", " ")) == language


def test_language_without_a_table_is_an_error_that_names_the_file() -> None:
    with pytest.raises(GazetteerError, match=r"patterns\.csv"):
        load_grammar("xx")


def test_a_pattern_that_a_language_lacks_never_matches() -> None:
    grammar = Grammar("xx", {"known": re.compile("a"), "absent": re.compile(r"(?!)")})
    assert "known" in grammar
    assert "absent" not in grammar
    assert grammar["absent"].search("anything") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_months_are_known(language: str) -> None:
    grammar = load_grammar(language)
    months = [name for name in grammar.patterns if re.fullmatch(r"month_\d\d", name) and name in grammar]
    assert len(months) == 12
