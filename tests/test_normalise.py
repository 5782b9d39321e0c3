from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.normalise import flatten, fold, fold_name, script_of

ODD = (
    "\u0301\u0340\u200c\u200d\u200e\u202b\u2066\ufeff\u00ad\u0640\U0001f600\U00010400İßŉǰﬁ\r\n\t\u00a0\u2028"
)
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=())), max_size=60)


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        ("Kandahār", "kandahar", "diacritics and case"),
        ("Kandaha\u0304r", "Kandahār", "a combining mark is the composed letter"),
        ("Sar-e Pul", "Sar\u2011e\u00a0Pul", "hyphens and blanks of all kinds"),
        ("Nur\u200cistan", "Nuristan", "a zero-width non-joiner is nothing"),
        ("\u202bننگرهار\u202c", "ننگرهار", "bidi marks are nothing"),
        ("كابل", "کابل", "Arabic and Persian kaf"),
        ("غزني", "غزنی", "Arabic and Persian yeh"),
        ("هرات", "هـرات", "a tatweel only stretches"),
        ("قُندوز", "قندوز", "vowel marks"),
        ("Qur’an", "Qur'an", "typographic apostrophe"),
        ("Kan­dahar", "Kandahar", "a soft hyphen"),
        ("١٢٣", "123", "Arabic digits"),
        ("۱۲۳", "123", "Persian digits"),
        ("Loya\r\nPaktia", "Loya Paktia", "a line break within a name"),
        ("İstanbul", "istanbul", "a letter that grows when lowered"),
    ],
)
def test_variants_fold_alike(left: str, right: str, why: str) -> None:
    assert fold_name(left) == fold_name(right) != "", why


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        ("Paktia", "Paktika", "two provinces"),
        ("Herat", "Merat", "two letters"),
        ("Loya\n\nPaktia", "Loya Paktia", "a paragraph break is no blank"),
        ("10", "1O", "a digit is no letter"),
    ],
)
def test_other_words_stay_apart(left: str, right: str, why: str) -> None:
    assert fold(left).text != fold(right).text, why


def test_a_paragraph_break_is_kept_as_one_mark() -> None:
    assert fold("a \r\n \r\n\r\n b").text == "a\nb"
    assert fold("a \r\n b").text == "a b"


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_flatten_keeps_every_offset(text: str) -> None:
    flat = flatten(text)
    assert len(flat) == len(text)
    flat.encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_flatten_is_the_same_in_a_text_of_any_script(text: str) -> None:
    assume("Σ" not in text)  # its small letter depends on the place in the word
    latin, arabic = "a-B_c " * 200, "ولایت کنر " * 200
    assert flatten(latin + text).removeprefix(flatten(latin)) == flatten(text)
    assert flatten(arabic + text).removeprefix(flatten(arabic)) == flatten(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_lie_in_the_text_and_follow_each_other(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) <= len(text)
    origins = [folded.origin(position) for position in range(len(folded.text))]
    assert origins == sorted(set(origins)) and all(0 <= origin < len(text) for origin in origins)
    for start, origin in enumerate(origins):
        assert folded.span(start, start + 1) == (origin, origin + 1)
        low, high = folded.span(0, start + 1)
        assert 0 <= low < high <= len(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_span_folds_to_what_was_found(text: str) -> None:
    folded = fold(text)
    for start, char in enumerate(folded.text):
        if not char.isspace():
            low, high = folded.span(start, start + 1)
            assert fold(text[low:high]).text == char


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_folding_a_name_twice_changes_nothing(text: str) -> None:
    once = fold_name(text)
    assert once == once.strip()
    assert fold_name(once) == once


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(min_codepoint=0xC0, max_codepoint=0x24F), max_size=20))
def test_composed_and_decomposed_latin_fold_alike(text: str) -> None:
    assert fold_name(unicodedata.normalize("NFD", text)) == fold_name(unicodedata.normalize("NFC", text))


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    assert flatten("a\ud800b\udfff") == "a\ufffdb\ufffd"


@pytest.mark.parametrize("char", [" ", "\n", "\u0301", "\u200c", "?", "ü"])
def test_long_runs_end(char: str) -> None:
    folded = fold("x" + char * 100_000 + "Ghazni")
    start = folded.text.index("ghazni")
    assert folded.span(start, start + 6) == (100_001, 100_007)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Ghazni", "Latn"),
        ("غزنی", "Arab"),
        ("Газни", "Cyrl"),
        ("«12» 喀布尔", "Hani"),
        ("काबुल", "Deva"),
        ("Γκάζνι", "Grek"),
        ("123 ?!", "Zyyy"),
        ("", "Zyyy"),
    ],
)
def test_script_of(text: str, script: str) -> None:
    assert script_of(text) == script
