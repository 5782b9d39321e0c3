"""The date of publication, as a text itself states it near its top.

A wrong date puts a claim in a wrong year, an empty one only leaves it undated.
So a date counts only in one of five places, all within the first lines:

``label``     a line "Published: 5 March 2021" (or Posted, Publication date, Issued on);
``byline``    a date alone on one of the two lines after "By ..." or on the same line;
``agency``    "KABUL, Feb 3, 2019 (Reuters) -" or "KABUL (Reuters, Feb 3, 2019):" opening a paragraph;
``masthead``  "South Asia Brief, 19 December 2025", a short line at the very top that ends in a date;
``headline``  a date without weekday alone on the line under the headline, with prose or a byline next.

Dates with a weekday or clock time are what many pages print for the day of the
visit; outside a label they are never used. Any other date among the top's short
lines competes: if it names another day, nothing is taken. The words "updated",
"accessed", "archived", "originally published" make a line no date of this text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.reading.dates import MONTHS, make_iso, parse_stamp

__all__ = ["find_published", "find_title", "looks_like_headline", "parse_day"]

TOP_CHARACTERS = 6_000
TOP_LINES = 30
LONGEST_SHORT_LINE = 120
_MASTHEAD = 4

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY_MONTH_YEAR = rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m1>{_MONTH})[\s,-]+(?P<y1>\d{{4}})"
_MONTH_DAY_YEAR = rf"(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
_MONTH_YEAR = rf"(?P<m3>{_MONTH}),?\s+(?P<y3>\d{{4}})"
_ISO = r"(?P<y4>\d{4})-(?P<m4>\d{2})-(?P<d4>\d{2})"
_DATE = rf"(?<![\w/.-])(?:{_DAY_MONTH_YEAR}|{_MONTH_DAY_YEAR}|{_ISO}|{_MONTH_YEAR})(?![\w/])"
_ANY_DATE = re.compile(_DATE, re.IGNORECASE | re.ASCII)
_NUMERIC = re.compile(r"(?<![\w/.-])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4})(?![\w/])", re.ASCII)
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\b|hrs|gmt|utc|\+|$)|\d{1,2}:\d{2}|\b\d{1,2}\s*[ap]\.?m\b", re.I
)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.I)
_LABEL = re.compile(
    r"\W{0,3}(?:date\s+published|date\s+of\s+publication|publication\s+date|published(?:\s+(?:on|date))?"
    r"|posted(?:\s+on)?|issued(?:\s+on)?|release\s+date|released\s+on)\s*[:|–—-]?\s*(?:on\s+)?",
    re.I,
)
_NOT_OURS = re.compile(
    r"\b(?:updated?|modified|accessed|retrieved|archived|visited|printed|originally|reprint\w*|republished"
    r"|first\s+(?:published|appeared)|today|copyright|©|expires?|deadline|event|until|effective)\b|©",
    re.I,
)
_BYLINE = re.compile(r"(?:by|written by|author:?|reported by)\s+(?=\S)", re.I)
_BYLINE_PARTS = re.compile(rf"\s*[|·•–—]\s*|,\s+(?={_MONTH}\s|\d{{1,2}}\s)", re.IGNORECASE)
_SITE_TALK = re.compile(r"(?:welcome|skip|share|click|follow|sign|log|subscribe) ", re.I)
_AGENCY = re.compile(
    rf"[A-Z][A-Z .'’-]{{2,40}}(?:,\s*[A-Z][\w .'-]{{2,30}})?,?\s+(?i:{_DATE})\s*"
    r"(?:\([A-Z][\w./ &-]{1,28}\)\s*)?(?:[–—:]|--?\s)",
    re.ASCII,
)
_AGENCY_FIRST = re.compile(
    rf"[A-Z][A-Z .'’-]{{2,40}}(?:,\s*[A-Z][\w .'-]{{2,30}})?\s+"
    rf"\([A-Z][\w./ &-]{{1,28}},\s+(?i:{_DATE})\)\s*(?:[–—:]|--?\s)",
    re.ASCII,
)
_HEADING = re.compile(rf"[A-Z][^.!?:;]{{3,70}}[,|·–—-]\s+(?i:{_DATE})", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Found:
    iso: str
    place: str
    words: str


def parse_day(words: str) -> str:
    """Read one date that fills the whole string, in English words or ISO, else an empty string.

    ``25/01/2023`` is read because no month has the number 25; ``05/03/2021``
    is not, since it names two different days to different readers.
    """
    words = words.strip().strip(".,;|()").strip()
    if stamp := parse_stamp(words):
        return stamp
    rest = re.sub(r"^(?:on\s+)", "", _WEEKDAY.sub("", words, count=1).lstrip(" ,."), flags=re.I)
    if found := _ANY_DATE.fullmatch(rest):
        return _to_iso(found)
    numeric = _NUMERIC.fullmatch(rest)
    return _numeric_iso(numeric) if numeric else ""


def find_published(text: str) -> tuple[str, str]:
    """Find the date of publication that a text states at its top.

    Parameters
    ----------
    text
        The text as read; only its first lines are looked at.

    Returns
    -------
    tuple of str
        ISO date and why it was taken, e.g. ``("2020-12-08", "byline: 'Dec. 8, 2020'")``.
        Without a date that is safe to take the first is empty and the second says why.
    """
    lines = _top_lines(text)
    labelled = {found for line in lines if (found := _labelled(line))}
    if labelled:
        return _decide(labelled, set())
    placed: set[_Found] = set()
    rivals: set[str] = set()
    for number, line in enumerate(lines):
        found = (
            _agency(line)
            or _under_byline(lines, number)
            or _under_headline(lines, number)
            or _masthead(line, number)
        )
        if found:
            placed.add(found)
        else:
            rivals.update(_rivals(line))
    return _decide(placed, rivals)


def find_title(text: str) -> str:
    """Return the first line if it looks like a headline that a blank line or a byline follows, else empty."""
    head = text[:TOP_CHARACTERS].lstrip("\ufeff \t\r\n").split("\n", 3)
    first = head[0].strip()
    if not looks_like_headline(first) or len(head) < 2:
        return ""
    after = head[1].strip()
    return first if not after or _BYLINE.match(after) or parse_day(after) else ""


def looks_like_headline(line: str) -> bool:
    """Whether a line could be a headline: 4 to 30 words, no full stop, no date, no site furniture."""
    words = line.split()
    if not 4 <= len(words) <= 30 or len(line) > 250 or line[-1] in ".:;,|" or "|" in line or "://" in line:
        return False
    if _BYLINE.match(line) or _SITE_TALK.match(line) or parse_day(line):
        return False
    return sum(word[0].isalpha() or word[0] in "\"'“‘«" for word in words) * 2 > len(words)


def _top_lines(text: str) -> list[str]:
    lines = (line.strip() for line in text[:TOP_CHARACTERS].splitlines())
    return [line for line in lines if line][:TOP_LINES]


def _labelled(line: str) -> _Found | None:
    label = _LABEL.match(line)
    if not label or len(line) > LONGEST_SHORT_LINE or _NOT_OURS.search(line[: label.end()]):
        return None
    rest = line[label.end() :]
    cut = re.split(r"\s+(?:[|·•–—-]|at|by|in)\s+|,?\s+\d{1,2}:\d{2}|[|·•]", rest, maxsplit=1)[0]
    iso = parse_day(cut)
    return _Found(iso, "label", line) if iso else None


def _agency(line: str) -> _Found | None:
    found = _AGENCY.match(line) or _AGENCY_FIRST.match(line)
    if not found or _CLOCK.search(found.group()):
        return None
    return _Found(_to_iso(found), "agency", found.group().strip())


def _under_byline(lines: list[str], number: int) -> _Found | None:
    line = lines[number]
    if len(line) > LONGEST_SHORT_LINE or _CLOCK.search(line) or _NOT_OURS.search(line):
        return None
    if _BYLINE.match(line):
        days = {iso for part in _BYLINE_PARTS.split(line)[1:] if len(iso := parse_day(part)) > 4}
        return _Found(days.pop(), "byline", line) if len(days) == 1 else None
    iso = parse_day(line)
    above = lines[max(0, number - 2) : number]
    if len(iso) <= 4 or not any(_BYLINE.match(other) and len(other) <= LONGEST_SHORT_LINE for other in above):
        return None
    return _Found(iso, "byline", line)


def _under_headline(lines: list[str], number: int) -> _Found | None:
    line = lines[number]
    if not 1 <= number <= 3 or number + 1 >= len(lines) or _WEEKDAY.search(line) or _CLOCK.search(line):
        return None
    after = lines[number + 1]
    prose = len(after) > LONGEST_SHORT_LINE and re.search(r"[.!?]['\"”’)]*(?:\s|$)", after)
    iso = parse_day(line)
    if len(iso) <= 4 or not looks_like_headline(lines[number - 1]) or not (prose or _BYLINE.match(after)):
        return None
    return _Found(iso, "headline", line)


def _masthead(line: str, number: int) -> _Found | None:
    found = _HEADING.fullmatch(line) if number < _MASTHEAD else None
    if found is None or any(sign.search(line) for sign in (_WEEKDAY, _CLOCK, _NOT_OURS)):
        return None
    return _Found(_to_iso(found), "masthead", line)


def _rivals(line: str) -> set[str]:
    """Return the days another short line at the top names, without those a page prints for the visit."""
    if len(line) > LONGEST_SHORT_LINE or (_CLOCK.search(line) and _WEEKDAY.search(line)):
        return set()
    days = {_to_iso(found) for found in _ANY_DATE.finditer(line)}
    numeric = {_numeric_iso(found) or "ambiguous" for found in _NUMERIC.finditer(line)}
    return (days | numeric) - {""}


def _decide(placed: set[_Found], rivals: set[str]) -> tuple[str, str]:
    days = {found.iso for found in placed}
    finest = max(days, key=len, default="")
    if not finest:
        return "", "no date stated where it is surely the text's own"
    rest = {day for day in days | rivals if not finest.startswith(day)}
    if rest:
        return "", f"several dates compete: {', '.join(sorted({finest, *rest}))}"
    why = min((found.place, found.words) for found in placed if found.iso == finest)
    return finest, f"{why[0]}: {why[1][:100]!r}"


def _to_iso(found: re.Match[str]) -> str:
    parts = found.groupdict()
    for form in "1234":
        if year := parts.get(f"y{form}"):
            month = parts[f"m{form}"]
            number = int(month) if month.isdigit() else MONTHS[month.rstrip(".").lower()]
            day = parts.get(f"d{form}")
            return make_iso(int(year), number, int(day) if day else None)
    return ""


def _numeric_iso(found: re.Match[str]) -> str:
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    if first > 12 >= second:
        return make_iso(year, second, first)
    if second > 12 >= first:
        return make_iso(year, first, second)
    return make_iso(year, first, second) if first == second else ""
