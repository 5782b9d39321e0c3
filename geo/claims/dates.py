"""For which year a claim is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["DateRef", "Dated", "choose_year", "find_dates"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19[6-9]\d|20[0-4]\d)"
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "a couple of": 2, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_COUNT = "(?:" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r"|\d{1,2})"
_RANGE = re.compile(
    rf"\b(?:from|between)?\s*(?:{_MONTH}\s+)?({_YEAR})\s*(?:to|until|till|through|and|\s"
    rf"|/)\s*(?:{_MONTH}\s+)?"
    rf"({_YEAR}|\d\d)\b(?!\s*(?:{_MONTH}|%|per|people|fighters|km))"
)
_STATED = re.compile(
    rf"(?<![\d$.,])\b({_YEAR})(s)?\b(?![,.]?\d|\s*(?:fighters|militants|troops|soldiers|km|people))"
)
_ADVANCED = re.compile(
    rf"\b(?:in|on|of|since|by|until|during|early|late|mid|dated"
    rf"|last)\s+(?:the\s+)?(?:\d{{1,2}}\s+)?({_MONTH})(?!\s*\d{{0,2}},?\s*{_YEAR})(?:\s+\d{{1,2}}\b)?"
)
_DAY_MONTH = re.compile(rf"\b(?:\d{{1,2}}\s+({_MONTH})|({_MONTH})\s+\d{{1,2}})\b(?!,?\s*{_YEAR})")
_AGO = re.compile(
    rf"\b(?:some|about|nearly|almost|over|more than)?\s*({_COUNT})\s+(year|month|week|day"
    rf"|decade)s?\s+(?:ago|earlier)\b"
)
_RELATIVE: tuple[tuple[re.Pattern[str], int, int], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b"), years, months)
    for words, years, months in (
        ("the year before last", -2, 0),
        ("last year|previous year|the past year|a year earlier|the year before", -1, 0),
        ("this year|earlier this year|later this year|current year|so far this year", 0, 0),
        ("last month|previous month|the past month|late last month|early last month", 0, -1),
        ("this month|this week|today|yesterday|on (?:mon|tues|wednes|thurs|fri|satur|sun)day", 0, 0),
        ("last week|last night|(?:over|at) the weekend|in recent (?:days|weeks)|tonight|overnight", 0, 0),
    )
)
_OTHER_EVENT = re.compile(
    r"^\W{0,3}(?:\w+\W+){0,3}?(?:attacks?|doha|deal|agreement|accord|pact|invasion|withdrawal"
    r"|resolution|elections?|"
    r"takeover|collapse|treaty|embassy bombings?|war)\b"
)
_OTHER_EVENT_BEFORE = re.compile(
    r"(?:deal|agreement|accord|pact|invasion|invaded|attacks?|resolution|ousted|toppled|signed|born|"
    r"withdrawal|withdrew|fall of the taliban|founded|joined|formed|takeover|collapse|overthrow|overthrown|"
    r"return to power|seized power|came to power|took power|regained power|seized kabul|fall of kabul)"
    r"(?:\W+\w+){0,3}\W+$"
)
_WINDOW = 70


@dataclass(frozen=True, slots=True)
class DateRef:
    """A date expression: a half-open span, its year (or years) and where that comes from.

    ``aside`` marks a date that belongs to another event named with it.
    """

    start: int
    end: int
    year: int
    year_end: int | None
    basis: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """The year given to a claim; ``None`` and ``unknown`` when the text allows none."""

    year: int | None
    year_end: int | None
    basis: str
    why: str


def find_dates(flat: str, start: int, end: int, published: str) -> list[DateRef]:
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

    def keep(match: re.Match[str], year: int, year_end: int | None, basis: str) -> None:
        low, high = start + match.start(), start + match.end()
        if any(a < high and low < b for a, b in taken):
            return
        taken.append((low, high))
        aside = bool(
            _OTHER_EVENT.match(words[match.end() : match.end() + _WINDOW])
            or _OTHER_EVENT_BEFORE.search(words[max(0, match.start() - _WINDOW) : match.start()])
        )
        found.append(DateRef(low, high, year, year_end, basis, aside))

    for match in _RANGE.finditer(words):
        first = int(match.group(1))
        last = int(match.group(2)) if len(match.group(2)) == 4 else first // 100 * 100 + int(match.group(2))
        if first < last < first + 40:
            keep(match, first, last, "stated")
    for match in _STATED.finditer(words):
        year = int(match.group(1))
        keep(match, year, year + 9 if match.group(2) else None, "stated")
    if published:
        _find_relative(words, published, keep)
    return sorted(found, key=lambda ref: ref.start)


def _find_relative(words: str, published: str, keep: Callable[..., None]) -> None:
    year = int(published[:4])
    month = int(published[5:7]) if len(published) >= 7 else None
    for pattern, years, months in _RELATIVE:
        for match in pattern.finditer(words):
            keep(match, year + years - (1 if month and month + months < 1 else 0), None, "relative")
    for match in _AGO.finditer(words):
        count = _NUMBERS.get(match.group(1)) or int(match.group(1))
        keep(match, _years_back(year, month, count, match.group(2)), None, "relative")
    for pattern in (_ADVANCED, _DAY_MONTH):
        for match in pattern.finditer(words):
            named = _MONTHS[next(group for group in match.groups() if group).rstrip(".")]
            keep(match, year - 1 if month and named > month else year, None, "relative")


def _years_back(year: int, month: int | None, count: int, unit: str) -> int:
    if unit == "decade":
        return year - 10 * count
    if unit == "year":
        return year - count
    if unit == "month" and month:
        return year + (month - 1 - count) // 12
    return year


def choose_year(
    dates: Sequence[DateRef], *, clause: tuple[int, int], anchor: int, carried: DateRef | None, published: str
) -> Dated:
    """Choose the date that a claim is made for.

    A date in the claim's own clause comes first, the nearest to the trigger at
    ``anchor``; then any other of the sentence; then the date of the source that
    is credited; then the day of publication; else the year is unknown. Dates of
    other events ("the 2020 Doha agreement") do not count.
    """
    own = [ref for ref in dates if not ref.aside]
    inside = [ref for ref in own if clause[0] <= ref.start < clause[1]]
    for pool, why in ((inside, "date in the clause"), (own, "date in the sentence")):
        if pool:
            ref = min(pool, key=lambda item: (abs(item.start - anchor), item.start))
            return Dated(ref.year, ref.year_end, ref.basis, why)
    if carried is not None:
        return Dated(carried.year, carried.year_end, carried.basis, "date of the source")
    if published:
        return Dated(int(published[:4]), None, "published", "date of publication")
    return Dated(None, None, "unknown", "no date")
