"""For which year a claim is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from geo.claims.grammar import Grammar

__all__ = ["DateRef", "Dated", "choose_year", "find_dates", "with_own_event"]

_RELATIVE = (
    ("year_before_last", -2, 0),
    ("last_year", -1, 0),
    ("this_year", 0, 0),
    ("last_month", 0, -1),
    ("recently", 0, 0),
)
_YEARS_OF_HIJRI = 621
_FIRST_GREGORIAN = 1900
_WINDOW = 70
_PREPOSITION = 14
_SPAN_REACH = 12
_SINCE = 34
_MONTH_BESIDE = 14


@dataclass(frozen=True, slots=True)
class DateRef:
    """A date expression: a half-open span, its year (or years) and where that comes from.

    ``aside`` marks a date that belongs to another event named with it, ``holds``
    one since when something has held, up to the day of the text, ``weak`` a weekday
    or the like, which often tells only when something was said.
    """

    start: int
    end: int
    year: int
    year_end: int | None
    basis: str
    aside: bool = False
    opens: bool = False
    closes: bool = False
    holds: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """The year given to a claim; ``None`` and ``unknown`` when the text allows none."""

    year: int | None
    year_end: int | None
    basis: str
    why: str


def find_dates(grammar: Grammar, flat: str, start: int, end: int, published: str) -> list[DateRef]:
    """Find the date expressions of one sentence.

    Parameters
    ----------
    flat
        The folded document; offsets are those of the document.
    published
        ISO date of any precision; relative dates resolve against it and are
        left out when it is empty.
    """
    words = flat[start:end]
    found: list[DateRef] = []
    taken: list[tuple[int, int]] = []

    def keep(
        match: re.Match[str], year: int, year_end: int | None, basis: str, *, weak: bool = False
    ) -> None:
        low, high = start + match.start(), start + match.end()
        if any(a < high and low < b for a, b in taken):
            return
        taken.append((low, high))
        aside = bool(
            grammar["other_event_after"].match(words[match.end() : match.end() + _WINDOW])
            or grammar["other_event_before"].search(words[max(0, match.start() - _WINDOW) : match.start()])
        )
        if aside and grammar["event_frame"].search(words[max(0, match.start() - _WINDOW) : match.start()]):
            aside = grammar["now"].search(words[match.end() :]) is not None
        before = words[max(0, match.start() - _PREPOSITION) : match.start()]
        opens, closes = (grammar[name].search(before) is not None for name in ("opens_span", "until"))
        holds = bool(
            grammar["since"].search(words[max(0, match.start() - _SINCE) : match.start()])
            and not grammar["since_of_source"].match(words[match.end() : match.end() + _WINDOW])
        )
        found.append(DateRef(low, high, year, year_end, basis, aside, opens, closes, holds, weak))

    for match in grammar["year_range"].finditer(words):
        first = int(match.group(1))
        last = int(match.group(2)) if len(match.group(2)) == 4 else first // 100 * 100 + int(match.group(2))
        if first < _FIRST_GREGORIAN:
            first, last = first + _YEARS_OF_HIJRI, last + _YEARS_OF_HIJRI
        if first < last < first + 40:
            keep(match, first, last, "stated")
    for match in grammar["stated_year"].finditer(words):
        year = _gregorian(grammar, words, match)
        keep(match, year, year + 9 if match.group(2) else None, "stated")
    if published:
        _find_relative(grammar, words, published, keep)
    return sorted(found, key=lambda ref: ref.start)


def _gregorian(grammar: Grammar, words: str, match: re.Match[str]) -> int:
    """The year of a match; one of the Solar Hijri calendar begins in March of the year it is turned into.

    Its last three months, named beside it, fall (but for ten days) in the next Gregorian year.
    """
    year = int(match.group(1))
    if year >= _FIRST_GREGORIAN:
        return year
    beside = words[max(0, match.start() - _MONTH_BESIDE) : match.end() + _MONTH_BESIDE]
    return year + _YEARS_OF_HIJRI + (1 if grammar["late_month"].search(beside) else 0)


def _find_relative(grammar: Grammar, words: str, published: str, keep: Callable[..., None]) -> None:
    year = int(published[:4])
    month = int(published[5:7]) if len(published) >= 7 else None
    for name, years, months in _RELATIVE:
        for match in grammar[name].finditer(words):
            if _is_word(words, match):
                weak = name == "recently"
                keep(
                    match,
                    year + years - (1 if month and month + months < 1 else 0),
                    None,
                    "relative",
                    weak=weak,
                )
    for match in grammar["ago"].finditer(words):
        count = grammar.number_of("number", match.group(1))
        if count is None:
            count = int(match.group(1)) if match.group(1).isdigit() else 1
        keep(match, _years_back(grammar, year, month, count, match.group(2)), None, "relative")
    for name in () if grammar["year_heads"].match(words) else ("month_named", "day_and_month"):
        for match in grammar[name].finditer(words):
            words_of_month = next(group for group in match.groups() if group).rstrip(". ")
            named = grammar.number_of("month", words_of_month)
            if named is not None and not _has_year(grammar, words[match.end() :]):
                keep(match, year - 1 if month and named > month else year, None, "relative")


def _has_year(grammar: Grammar, after: str) -> bool:
    """Whether a month goes on with words that give its year: "in September last year"."""
    found = grammar["year_follows"].match(after)
    return found is not None


def _is_word(words: str, match: re.Match[str]) -> bool:
    low, high = match.span()
    inside = low and words[low - 1].isalnum() and words[low].isalnum()
    return not (inside or (high < len(words) and words[high].isalnum() and words[high - 1].isalnum()))


def _years_back(grammar: Grammar, year: int, month: int | None, count: int, unit: str) -> int:
    if grammar["unit_decade"].fullmatch(unit):
        return year - 10 * count
    if grammar["unit_year"].fullmatch(unit):
        return year - count
    if grammar["unit_month"].fullmatch(unit) and month:
        return year + (month - 1 - count) // 12
    return year


def with_own_event(
    grammar: Grammar, flat: str, dates: Sequence[DateRef], trigger: tuple[int, int]
) -> list[DateRef]:
    """Count the date of an event that is the claim's own phrase: "joined the attack on X in 2015"."""
    start, end = trigger
    return [
        replace(ref, aside=False)
        if ref.aside
        and end <= ref.start < start + _WINDOW
        and grammar["other_event_before"].search(flat[start : ref.start])
        and not grammar["other_event_before"].search(flat[end : ref.start])
        and not grammar["other_event_after"].match(flat[ref.end : ref.end + _WINDOW])
        else ref
        for ref in dates
    ]


def _span_start(dates: Sequence[DateRef], end: DateRef) -> DateRef:
    """The date that opens a span of time, where the nearest only closes it: "from 1997 until last month"."""
    opening = [date for date in dates if date.opens and 0 <= end.start - date.end < _SPAN_REACH]
    return opening[-1] if end.closes and opening else end


def choose_year(
    dates: Sequence[DateRef], *, clause: tuple[int, int], anchor: int, carried: DateRef | None, published: str
) -> Dated:
    """Choose the date that a claim is made for.

    A date in the claim's own clause comes first, the nearest to the trigger at
    ``anchor``; then any other of the sentence; then the date of the source that
    is credited; then the day of publication; else the year is unknown. Dates of
    other events ("the 2020 Doha agreement") do not count, nor does a date since when
    something has held, where the day of the text is known.
    """
    own = [ref for ref in dates if not ref.aside and not (ref.holds and published)]
    inside = [ref for ref in own if clause[0] <= ref.start < clause[1]]
    for pool, why in ((inside, "date in the clause"), (own, "date in the sentence")):
        if pool:
            ref = min(pool, key=lambda item: (abs(item.start - anchor), item.start))
            if ref.weak:
                ref = next((item for item in pool if item.basis == "relative" and not item.weak), ref)
            ref = _span_start(pool, ref)
            return Dated(ref.year, ref.year_end, ref.basis, why)
    if carried is not None:
        return Dated(carried.year, carried.year_end, carried.basis, "date of the source")
    if published:
        return Dated(int(published[:4]), None, "published", "date of publication")
    return Dated(None, None, "unknown", "no date")
