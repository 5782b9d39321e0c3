from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.claims import load_grammar
from geo.claims.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text, load_grammar())]


@pytest.mark.parametrize(
    ("text", "sentences", "why"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"], "the usual marks"),
        ("Gen. Karim met Lt. Col. Amin. He left.", ["Gen. Karim met Lt. Col. Amin.", "He left."], "ranks"),
        (
            "The U.S. army left. The U.N. stayed.",
            ["The U.S. army left.", "The U.N. stayed."],
            "dotted acronyms",
        ),
        (
            "He spoke for the U.N. The team agreed.",
            ["He spoke for the U.N.", "The team agreed."],
            "acronym at the end",
        ),
        ("It cost $2.5 million. Nobody paid.", ["It cost $2.5 million.", "Nobody paid."], "a decimal point"),
        ("“It is true.” He left.", ["“It is true.”", "He left."], "a closing quotation mark"),
        ("He said (in Dari.) Then he left.", ["He said (in Dari.)", "Then he left."], "a closing bracket"),
        ("J. R. Ahmadi came. He sat.", ["J. R. Ahmadi came.", "He sat."], "initials"),
        ("Wait... they came. Then left.", ["Wait... they came.", "Then left."], "dots and a small letter"),
        ("او آمد؟ بلی۔", ["او آمد؟", "بلی۔"], "marks of Arabic script"),
        (
            "یہ ہوا ہے۔پھر وہ گئے۔",
            ["یہ ہوا ہے۔", "پھر وہ گئے۔"],
            "an Urdu full stop without a blank",
        ),
        ("First line\n\nSecond line", ["First line", "Second line"], "a paragraph without a stop"),
        ("Title\r\n\r\nBody text.", ["Title", "Body text."], "Windows line breaks"),
        ("- one\n- two", ["- one", "- two"], "list items"),
        (
            "12. The group left. It came back.",
            ["12. The group left.", "It came back."],
            "a numbered paragraph",
        ),
        ("", [], "nothing"),
        (" \n\t\u00a0\n ", [], "blanks only"),
    ],
)
def test_cases(text: str, sentences: list[str], why: str) -> None:
    assert split(text) == sentences, why


def test_hard_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The monitors wrote that the group has kept training camps in\n"
        "Ghazni, Laghman and Parwan, and that it moved its people to\n"
        "Kabul.\nTheir next report is due in June."
    )
    assert len(split(text)) == 2
    assert split(text)[0].endswith("Kabul.")


def test_a_headline_before_a_line_far_longer_than_itself_is_not_wrapped() -> None:
    headline = "Related: the council will vote on the new budget next week"
    text = f"{headline}\nThe monitors wrote that {'the group has kept its camps, ' * 6}and left."
    assert split(text)[0] == headline


def test_a_list_item_after_a_long_line_is_not_a_wrap() -> None:
    text = "The monitors wrote that the group has kept the following places over the years\n- Ghazni\n- Kabul"
    assert split(text)[1:] == ["- Ghazni", "- Kabul"]


def test_headings_bullets_and_paragraphs_are_told() -> None:
    text = "A heading\n\nA sentence. Another.\n\n- An item\n1) A second"
    heading, first, second, item, numbered = split_sentences(text, load_grammar())
    assert heading.heading and not first.heading and not item.heading
    assert item.bullet and numbered.bullet and not first.bullet
    assert first.paragraph == second.paragraph != heading.paragraph


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.one_of(
            st.sampled_from(' .?!\n\r\t"”)(-aBé\u200c\U0001f600۔؟'), st.characters(exclude_categories=())
        ),
        max_size=80,
    )
)
def test_every_visible_character_is_in_one_sentence(text: str) -> None:
    covered: set[int] = set()
    end = 0
    for sentence in split_sentences(text, load_grammar()):
        assert end <= sentence.start < sentence.end <= len(text)
        words = text[sentence.start : sentence.end]
        assert not words[0].isspace() and not words[-1].isspace()
        covered.update(range(sentence.start, sentence.end))
        end = sentence.end
    assert all(text[at].isspace() for at in range(len(text)) if at not in covered)


@pytest.mark.parametrize("run", [" ", "?", ". ", "\n", "\r\n", "U.S. ", "a. ", "”", "(", "- \n", "word "])
def test_long_runs_end(run: str) -> None:
    text = run * (100_000 // len(run))
    sentences = split_sentences(f"First one.\n\n{text}\n\nThe last one.", load_grammar())
    last = sentences[-1]
    assert f"First one.\n\n{text}\n\nThe last one."[last.start : last.end].endswith("The last one.")
