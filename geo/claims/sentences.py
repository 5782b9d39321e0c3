"""Where sentences begin and end, with exact offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.claims.grammar import Grammar

__all__ = ["Sentence", "split_sentences"]

_BEFORE_NUMBER = frozenset(["no", "nos", "art", "para", "paras", "fig", "p", "pp", "vol"])
_TERMINAL = re.compile(
    r"(?:[.!?\u061f\u06d4\u0964\u3002]+|…)"
    r"(?:[\"'\u201d\u2019\u00bb)\]]|[ \u00a0\u202f]\u00bb|[(\[]\d{1,3}[)\]])*(?=\s|$)|[\u3002]|\u06d4(?=\w)"
)
_WORD_BEFORE = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")
_LINE_BREAK = re.compile(r"[ \t\r\x0b\x0c\u00a0]*\n[ \t\r\n\x0b\x0c\u00a0]*|[\u2028\u2029]+")
_BULLET = re.compile(
    r"[-*•·–—◦‣]\s|(?:19|20)\d\d(?:\s?[:–—]|\s-)\s|\d{1,2}:\d\d\s"
    r"|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s"
)
_OPENING = " \t\"'\u201c\u2018\u00ab(["
_ABBREVIATION_LOOKBACK = 24
_ENTRY = re.compile(r"[^\n:.]{2,60}:\s")
_LONGEST_ITEM = 160
_LONGEST = 1500
_WRAPPED_WIDTH = (45, 120)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A half-open span of a document.

    ``paragraph`` counts blocks set apart by line breaks, ``bullet`` tells a
    list item, ``heading`` a short line that ends without a full stop.
    """

    start: int
    end: int
    paragraph: int
    bullet: bool = False
    heading: bool = False


def split_sentences(text: str, grammar: Grammar) -> list[Sentence]:
    """Split a text into sentences, in order; the blanks between them belong to none.

    A line break ends a sentence unless the text is hard-wrapped there: the line
    is about as long as wrapped lines are, does not end like a sentence, and the
    next one is no list item and not far longer than a wrapped line.
    """
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(_blocks(text, grammar)):
        bullet = _is_bullet(text, start, end)
        spans = [piece for span in _sentences_in(text, grammar, start, end) for piece in _pieces(text, *span)]
        for low, high in spans:
            closed = text[low:high].rstrip("\"'”’)] ")[-1:] in ".!?؟۔。:…"
            heading = len(spans) == 1 and not closed and not bullet
            sentences.append(Sentence(low, high, number, bullet, heading))
    return sentences


def _is_bullet(text: str, start: int, end: int) -> bool:
    """Whether a block is an item of a list; a long one with a number is a numbered paragraph."""
    mark = _BULLET.match(text, start)
    return mark is not None and not (mark.group()[0].isdigit() and end - start > _LONGEST_ITEM)


def _blocks(text: str, grammar: Grammar) -> list[tuple[int, int]]:
    blocks = []
    start = line_start = 0
    for match in _LINE_BREAK.finditer(text):
        if match.group().count("\n") == 1 and _is_wrap(text, grammar, line_start, match.start(), match.end()):
            line_start = match.end()
            continue
        blocks.append((start, match.start()))
        start = line_start = match.end()
    blocks.append((start, len(text)))
    trimmed = ((low, low + len(text[low:high].rstrip())) for low, high in blocks)
    return [(low, high) for low, high in (_skip_blanks(text, *span) for span in trimmed) if low < high]


def _skip_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _is_wrap(text: str, grammar: Grammar, line_start: int, line_end: int, next_start: int) -> bool:
    if next_start >= len(text) or _BULLET.match(text, next_start):
        return False
    if text[next_start].islower() and line_end - line_start > _WRAPPED_WIDTH[0] // 3:
        return True
    if grammar["raw_line_goes_on"].search(text, line_start, line_end):
        return True
    if _is_entry(text, line_start) and _is_entry(text, next_start):
        return False
    closed = text[line_end - 1 : line_end] in '.!?:؟۔"”'
    next_end = text.find("\n", next_start)
    if (next_end if next_end > 0 else len(text)) - next_start > _WRAPPED_WIDTH[1] + _WRAPPED_WIDTH[0]:
        return False
    return _WRAPPED_WIDTH[0] <= line_end - line_start <= _WRAPPED_WIDTH[1] and not closed


def _is_entry(text: str, start: int) -> bool:
    """Whether a line of a script without capitals opens with a label and a colon, as entries of a list do."""
    letter = text[start]
    return not (letter.islower() or letter.isupper()) and _ENTRY.match(text, start) is not None


def _sentences_in(text: str, grammar: Grammar, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    low = start
    for match in _TERMINAL.finditer(text, start, end):
        if match.end() < end and not _ends_here(text, grammar, low, match.start(), match.end(), end):
            continue
        spans.append((low, match.end()))
        low, _ = _skip_blanks(text, match.end(), end)
    if low < end:
        spans.append((low, end))
    return spans


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut what is far too long for a sentence, at a blank, so that the work on it stays bounded."""
    pieces = []
    while end - start > _LONGEST:
        found = (text.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in ("; ", ", ", " "))
        cut = next((at + 1 for at in found if at > 0), start + _LONGEST)
        pieces.append((start, cut))
        start, _ = _skip_blanks(text, cut, end)
    return [*pieces, (start, end)] if start < end else pieces


def _ends_here(text: str, grammar: Grammar, start: int, mark: int, after: int, end: int) -> bool:
    following = after
    while following < end and text[following] in _OPENING:
        following += 1
    if following < end and text[following].islower():
        return False
    if text[mark] != "." or text[mark : mark + 2] == "..":
        return True
    word = _WORD_BEFORE.search(text, max(0, mark - _ABBREVIATION_LOOKBACK), mark)
    if word is None:
        return True
    last = word.group()
    if last.isdigit() and not text[start:mark].strip(f"({last}"):
        return False
    if last.casefold() in _BEFORE_NUMBER:
        return not text[following : following + 1].isdigit()
    if last.casefold() in ("u.s", "u.n", "u.k", "u.s.a"):
        return bool(
            re.match(r"\s+(?:The|A|In|It|He|She|They|But|And|On|At|This|That|Al)\b", text[after : after + 12])
        )
    known = grammar["raw_abbreviations"].fullmatch(last.casefold())
    return not (known or (len(last) == 1 and last.isupper() and last.isascii()))
