"""The number words that qualify a claim: "at least 15 provinces", "three", "over $25 million"."""

from __future__ import annotations

from geo.claims.grammar import Grammar

__all__ = ["find_country_count", "find_quantity"]


def find_quantity(
    grammar: Grammar, flat: str, original: str, low: int, trigger_start: int, trigger_end: int
) -> str:
    """Return the number words before a trigger, or the sum of money near it, as printed; else ''."""
    if money := grammar["money"].search(flat[low : trigger_end + 40]):
        return original[low + money.start() : low + money.end()]
    start = max(low, trigger_start - 60)
    if match := grammar["number_before"].search(flat[start:trigger_start]):
        return original[start + match.start(1) : start + match.end(1)].strip()
    return ""


def find_country_count(grammar: Grammar, flat: str, low: int, high: int) -> tuple[int, int] | None:
    """Return the span of "at least 15 Afghan provinces" in a sentence, if it stands there."""
    match = grammar["province_count"].search(flat, low, high)
    return match.span(1) if match else None
