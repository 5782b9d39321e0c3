"""Which of a page's text is the article.

Never shown, so never text: scripts, styles, templates, drawings, form controls,
``hidden`` elements. Left out as page furniture: navigation, header (outside an
article), footer, aside, forms, comment sections, unless one of them holds more
than half of all text: then the markup is broken or the whole page is one form,
and it is kept. Where one ``<article>`` or ``<main>`` holds a substantial part of
what is left, that is the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["TextSink"]

_UNSEEN = frozenset(
    "script style noscript template svg math head title iframe object canvas audio video map "
    "button select datalist textarea option dialog frameset".split()
)
_FURNITURE = frozenset("nav header footer aside form menu".split())
_FURNITURE_ROLES = frozenset("navigation banner contentinfo complementary search".split())
_COMMENT_MARKS = frozenset(
    "comments comments-area comments-section comment-section comment-list commentlist comment-respond "
    "disqus_thread fb-comments respond".split()
)
_ARTICLE = frozenset(("article", "main"))
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary "
    "table tbody tfoot thead tr ul".split()
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_MANY_SPACES = re.compile(r" {2,}")
_MANY_BREAKS = re.compile(r"\n{3,}")

SUBSTANTIAL_CHARACTERS = 250
SUBSTANTIAL_SHARE = 1 / 3
NESTED_SHARE = 0.8


@dataclass(slots=True)
class _Span:
    """A stretch of ``pieces`` that one element holds."""

    kind: str
    start: int
    end: int = -1


class TextSink:
    """Collects text from parser events; memory and time grow with the page, not with its depth."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._spans: list[_Span] = []
        self._open: list[tuple[str, _Span | None]] = []
        self._unseen = self._pre = self._articles = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if tag == "br":
            self._break("\n")
        if tag in _VOID:
            if tag == "hr":
                self._break("\n\n")
            return
        if self._unseen or tag in _UNSEEN or "hidden" in attributes:
            self._unseen += 1
            self._open.append((tag, None))
            return
        if tag in _BLOCKS:
            self._break("\n\n")
        self._pre += tag == "pre"
        span = None
        if kind := self._kind(tag, attributes):
            span = _Span(kind, len(self._pieces))
            self._spans.append(span)
            self._articles += kind == "article"
        self._open.append((tag, span))

    def end(self, tag: str) -> None:
        """Take the end of an element; events come balanced."""
        if tag in _VOID or not self._open:
            return
        _, span = self._open.pop()
        if self._unseen:
            self._unseen -= 1
            return
        self._pre -= tag == "pre"
        if tag in _BLOCKS:
            self._break("\n\n")
        elif tag in ("td", "th"):
            self._break("\t")
        if span is not None:
            span.end = len(self._pieces)
            self._articles -= span.kind == "article"

    def data(self, data: str) -> None:
        """Take a stretch of character data."""
        if not self._unseen:
            self._pieces.append(data if self._pre else _SPACE.sub(" ", data))

    def result(self) -> str:
        """Return the article's text, blocks parted by a blank line."""
        for span in self._spans:
            if span.end < 0:
                span.end = len(self._pieces)
        kept = self._without_furniture()
        start, end = self._article(_running_total(kept))
        return _tidy("".join(kept[start:end]))

    def _break(self, mark: str) -> None:
        self._pieces.append(mark)

    def _kind(self, tag: str, attributes: dict[str, str]) -> str:
        role = attributes.get("role") or ""
        if tag in _ARTICLE or role == "main":
            return "article"
        if tag in ("html", "body"):
            return ""
        if tag == "header":
            return "" if self._articles else "furniture"
        if tag in _FURNITURE or role in _FURNITURE_ROLES:
            return "furniture"
        marks = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".lower().split()
        return "furniture" if _COMMENT_MARKS.intersection(marks) else ""

    def _without_furniture(self) -> list[str]:
        kept = self._pieces.copy()
        total = _running_total(kept)
        done = 0
        for span in self._spans:
            small = 2 * (total[span.end] - total[span.start]) <= total[-1]
            if span.kind == "furniture" and span.start >= done and small:
                kept[span.start : span.end] = [""] * (span.end - span.start)
                done = span.end
        return kept

    def _article(self, total: list[int]) -> tuple[int, int]:
        """Return the stretch of pieces that is the article: all of them unless one element stands out."""
        best, best_size = (0, len(total) - 1), 0
        outer_end = 0
        for span in self._spans:
            size = total[span.end] - total[span.start]
            substantial = size >= SUBSTANTIAL_CHARACTERS and size >= SUBSTANTIAL_SHARE * total[-1]
            if span.kind != "article" or not substantial:
                continue
            if span.start >= outer_end:
                if best_size:
                    return 0, len(total) - 1
                best, best_size, outer_end = (span.start, span.end), size, span.end
            elif size >= NESTED_SHARE * best_size:
                best, best_size = (span.start, span.end), size
        return best


def _running_total(pieces: list[str]) -> list[int]:
    total = [0]
    for piece in pieces:
        total.append(total[-1] + len(piece.strip()))
    return total


def _tidy(text: str) -> str:
    text = _MANY_SPACES.sub(" ", text)
    lines = (line.strip(" \t") for line in text.split("\n"))
    return _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip("\n")
