"""Words one letter off: distances, the index, the pattern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.spelling import edit_distance, index_misspellings, misspelling_pattern, without_one

WORDS = st.text(alphabet="abcdefgh", min_size=6, max_size=9)


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [
        ("helmand", "helmand", 0),
        ("helmnad", "helmand", 1),
        ("helmad", "helmand", 1),
        ("helmond", "helmand", 1),
    ],
)
def test_distances(left: str, right: str, distance: int) -> None:
    assert edit_distance(left, right, 2) == edit_distance(right, left, 2) == distance


def test_a_distance_above_the_limit_is_only_known_to_be_above() -> None:
    assert edit_distance("kabul", "herat", 1) > 1


@given(name=WORDS, at=st.integers(1, 8), letter=st.sampled_from("abcdefgh"), kind=st.sampled_from("dirs"))
def test_every_word_one_letter_off_shares_a_form(name: str, at: int, letter: str, kind: str) -> None:
    at = min(at, len(name) - 1)
    swapped = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    word = {
        "d": name[:at] + name[at + 1 :],
        "i": name[:at] + letter + name[at:],
        "r": name[:at] + letter + name[at + 1 :],
        "s": swapped,
    }[kind]
    index = index_misspellings([name])
    assert any(name in index.get(form, ()) for form in (word, *without_one(word)))


def test_the_pattern_finds_capitalised_words_that_begin_as_the_names_do() -> None:
    pattern = misspelling_pattern(index_misspellings(["helmand", "ghazni"]))
    text = "Helmnad and Gahzni, not helmnad, HELMNAD or London"
    assert pattern.findall(text) == ["Helmnad", "Gahzni"]


def test_without_names_the_pattern_finds_nothing() -> None:
    assert misspelling_pattern({}).search("Helmand Kabul") is None
