from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.automaton import Found, PhraseAutomaton, keep_longest
from geo.normalise import fold, fold_name

ODD = "\u0301\u200c\u202b\ufeff\u00ad\U0001f600\r\n\t -’'"
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=())), max_size=40)
NAMES = ("Kandahar", "Sar-e Pul", "Loya Paktia", "ننگرهار", "Гильменд", "Farāh", "喀布尔")


def find(phrases: list[str], text: str, *, inflected: bool = True) -> list[tuple[str, int]]:
    hits = PhraseAutomaton(phrases, inflected=inflected).scan(fold(text))
    return [(text[hit.start : hit.end], hit.phrase) for hit in hits]


def test_boundaries_are_checked_before_length() -> None:
    phrases = ["Nimruz", "Nimruz province"]
    assert find(phrases, "in Nimruz provinces") == [("Nimruz", 0)]
    assert find(phrases, "in Nimruz province.") == [("Nimruz province", 1), ("Nimruz", 0)]


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("Khost, Khost. (Khost)", 3, "marks are no letters"),
        ("Khostis", 0, "a longer word"),
        ("AlKhost", 0, "the end of a word"),
        ("Khost2", 0, "a digit belongs to the word"),
        ("Khost's", 1, "the possessive"),
        ("pro-Khost", 1, "a hyphen parts words"),
        ("KHOST", 1, "capitals"),
        ("Kho\u0301st", 1, "an accent"),
    ],
)
def test_whole_words_only(text: str, found: int, why: str) -> None:
    assert len(find(["Khost"], text)) == found, why


@pytest.mark.parametrize(
    ("phrase", "text", "surface"),
    [
        ("Кандагар", "в Кандагаре сегодня", "Кандагаре"),
        ("Кандагар", "Кандагарский рынок", None),
        ("هلمند", "وهلمند", "هلمند"),
        ("هلمند", "xهلمند", None),
    ],
)
def test_inflection_can_be_switched_off(phrase: str, text: str, surface: str | None) -> None:
    assert [words for words, _ in find([phrase], text)] == ([surface] if surface else [])
    assert find([phrase], text, inflected=False) == []


def test_scripts_without_blanks_need_no_boundary() -> None:
    assert find(["喀布尔"], "在喀布尔市") == [("喀布尔", 0)]


def test_phrases_that_fold_alike_are_all_reported() -> None:
    assert find(["Sar-e Pul", "sar e pul", "Sar"], "Sar\u2010e Pul") == [
        ("Sar‐e Pul", 0),
        ("Sar‐e Pul", 1),
        ("Sar", 2),
    ]


def test_phrases_that_fold_to_nothing_are_never_found() -> None:
    assert find(["", " ", "\u0301", "Ghazni"], "in Ghazni \u0301") == [("Ghazni", 3)]


def test_no_name_across_a_paragraph() -> None:
    assert find(["Loya Paktia"], "Loya\nPaktia") == [("Loya\nPaktia", 0)]
    assert find(["Loya Paktia"], "Loya\n\nPaktia") == []


@settings(max_examples=250, deadline=None)
@given(TEXTS, st.sampled_from(NAMES), TEXTS)
def test_a_name_between_blanks_is_found_where_it_stands(before: str, name: str, after: str) -> None:
    text = f"{before} {name} {after}"
    start = len(before) + 1
    spans = {(hit.start, hit.end) for hit in PhraseAutomaton([name]).scan(fold(text))}
    assert (start, start + len(name)) in spans


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from([*NAMES, "Loya", "Paktia", " ", "\n\n", "\u200c"]), TEXTS), max_size=8)
)
def test_every_hit_folds_to_its_phrase(pieces: list[str]) -> None:
    text = "".join(pieces)
    phrases = [*NAMES, "Loya", "Paktia"]
    end = -1
    for hit in PhraseAutomaton(phrases, inflected=False).scan(fold(text)):
        assert 0 <= hit.start < hit.end <= len(text) and hit.start >= end
        assert fold_name(text[hit.start : hit.end]) == fold_name(phrases[hit.phrase])
        end = hit.start


@settings(max_examples=150, deadline=None)
@given(st.text("abc ", min_size=1, max_size=6), st.text("abc ", max_size=30))
def test_agrees_with_a_plain_search(phrase: str, text: str) -> None:
    wanted = " ".join(phrase.split())
    assume(wanted)
    words = f" {' '.join(text.split())} "
    found = PhraseAutomaton([phrase]).scan(fold(text))
    starts = [at for at in range(len(words)) if words.startswith(f" {wanted} ", at)]
    assert len(found) == len(starts)


def test_keep_longest_takes_the_leftmost_then_the_longest() -> None:
    hits = [
        Found(0, 9, 1),
        Found(0, 4, 0),
        Found(5, 9, 2),
        Found(8, 12, 3),
        Found(12, 14, 4),
        Found(12, 14, 5),
    ]
    assert keep_longest(hits) == [Found(0, 9, 1), Found(12, 14, 4), Found(12, 14, 5)]
    assert keep_longest([]) == []


@pytest.mark.parametrize("run", [" ", "?", "Ghazni ", "Loya "])
def test_long_runs_end(run: str) -> None:
    text = run * (100_000 // len(run)) + " Khost"
    assert find(["Khost", "Loya Paktia"], text) == [("Khost", 0)]
