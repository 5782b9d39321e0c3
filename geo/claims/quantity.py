"""The number words that qualify a claim: "at least 15 provinces", "three", "over $25 million"."""

from __future__ import annotations

import re

__all__ = ["find_country_count", "find_quantity"]

_ABOUT = (
    r"(?:at least|no fewer than|more than|less than|fewer than|over|about|around|some|nearly|almost|up to|"
    r"as many as|an estimated|approximately|roughly|between)\s+"
)
_NUMBER = (
    r"(?:(?!(?:19|20)\d\d\b)\d[\d,.]*(?:\s*(?:to|-|and)\s*\d[\d,.]*)?(?:\s+(?:million|billion|thousand"
    r"|hundred|dozen))?"
    r"|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|"
    r"thirty|forty|fifty|sixty|hundreds|dozens|scores|thousands|several|numerous|a dozen|two dozen"
    r"|half a dozen|a handful|"
    r"a hundred|multiple|a number)"
)
_BEFORE = re.compile(
    rf"((?:{_ABOUT})?\b{_NUMBER})(?:\s+of)?(?:\s+(?!(?:in|at|to|from|by|and|or|with|for"
    rf"|on)\b)[\w'/.]+){{0,5}}\s*$"
)
_MONEY = re.compile(rf"(?:{_ABOUT})?[$€£]\s?\d[\d,.]*(?:\s*(?:million|billion|thousand|m|bn))?")
_COUNTRY = re.compile(
    rf"\b(?:in|across|over|throughout|inside|within|covering|spanning)\s+"
    rf"((?:{_ABOUT})?(?:{_NUMBER}|half|most|many|all|a third|a majority)(?:\s+of)?"
    r"(?:\s+(?:the|afghanistan's|afghan|its|country's|\d+|different|of|other)){0,4}\s+provinces)\b"
)


def find_quantity(flat: str, original: str, low: int, trigger_start: int, trigger_end: int) -> str:
    """Return the number words before a trigger, or the sum of money near it, as printed; else ''."""
    if money := _MONEY.search(flat[low : trigger_end + 40]):
        return original[low + money.start() : low + money.end()]
    start = max(low, trigger_start - 60)
    if match := _BEFORE.search(flat[start:trigger_start]):
        return original[start + match.start(1) : start + match.end(1)].strip()
    return ""


def find_country_count(flat: str, low: int, high: int) -> tuple[int, int] | None:
    """Return the span of "at least 15 Afghan provinces" in a sentence, if it stands there."""
    match = _COUNTRY.search(flat, low, high)
    return match.span(1) if match else None
