"""Where a quotation is open, and which later sentence tells who speaks in it."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.view import View

__all__ = ["closing_view", "in_quotation", "quote_is_open"]

_OPENING = '“«„"'
_LONGEST_QUOTE = 8


def quote_is_open(text: str, at: int) -> bool:
    """Whether a quotation that began earlier in the paragraph is still open at an offset."""
    paragraph = text[text.rfind("\n", 0, at) + 1 : at]
    return paragraph.count("“") > paragraph.count("”") or paragraph.count('"') % 2 == 1


def in_quotation(text: str, view: View) -> bool:
    """Whether a sentence begins with a quotation or within one."""
    return text[view.sentence.start] in _OPENING or quote_is_open(text, view.sentence.start)


def closing_view(text: str, views: Sequence[View], at: int) -> View | None:
    """The sentence that ends the quotation left open at the end of sentence ``at``."""
    if not quote_is_open(text, views[at].sentence.end):
        return None
    for view in views[at + 1 : at + 1 + _LONGEST_QUOTE]:
        if view.sentence.paragraph != views[at].sentence.paragraph:
            return None
        if not quote_is_open(text, view.sentence.end):
            return view
    return None
