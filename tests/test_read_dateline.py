from __future__ import annotations

from pathlib import Path

import pytest

from geo.reading import find_published, find_title
from geo.reading.dateline import parse_day
from geo.reading.dates import agree, make_iso, parse_stamp

SEEDS = Path(__file__).parent.parent / "seeds"
PROSE = (
    "Al-Qaeda keeps a camp in Ghazni, officials said on Tuesday. The Taliban deny it, as they long have, "
    "and say no foreigners remain."
)
HEAD = "Al-Qaeda still runs camps in Ghazni"

TAKEN = [
    (f"Published: 5 March 2021\n{PROSE}", "2021-03-05", "label"),
    (
        f"{HEAD}\n\nPublished on March 5th, 2021 at 14:30 GMT\n\n{PROSE}",
        "2021-03-05",
        "a clock time after a label",
    ),
    (f"{HEAD}\nPosted on: Friday, 5 March 2021\n{PROSE}", "2021-03-05", "a weekday after a label"),
    (f"{HEAD}\nPublication date: 2021-03-05\n{PROSE}", "2021-03-05", "ISO"),
    (f"{HEAD}\nPublished March 2021\n{PROSE}", "2021-03", "a month is a date too"),
    (f"{HEAD}\nPublished: 25/01/2023\n{PROSE}", "2023-01-25", "there is no month 25"),
    (
        f"{HEAD}\nPublished: 1 Sept. 2020 | Updated: 3 Sept. 2020\n{PROSE}",
        "2020-09-01",
        "the update is not it",
    ),
    (
        f"Tuesday, November 12, 2024\n{HEAD}\nPublished: 5 March 2021\n{PROSE}",
        "2021-03-05",
        "a label beats a visit",
    ),
    (f"{HEAD}\n\nBy Susannah George\n\nDec. 8, 2020\n\n{PROSE}", "2020-12-08", "under the byline"),
    (
        f"{HEAD}\nBy A. Writer\nKabul correspondent\n8 December 2020\n{PROSE}",
        "2020-12-08",
        "two lines under it",
    ),
    (f"{HEAD}\nBy Bill Writer | January 25, 2023 | @writer\n{PROSE}", "2023-01-25", "in the byline"),
    (f"{HEAD}\nBy Bill Writer, 25 January 2023\n{PROSE}", "2023-01-25", "in the byline, after a comma"),
    (f"{HEAD}\nKABUL, Feb 3, 2019 (Reuters) - {PROSE}", "2019-02-03", "agency"),
    (f"KABUL, Afghanistan, Feb. 3, 2019 — {PROSE}", "2019-02-03", "agency without its name"),
    (f"GARDEZ, Afghanistan, March 5, 2002 (TP) -- {PROSE}", "2002-03-05", "an agency that nobody listed"),
    (f"SHARANA (Transmontane, June 14, 2014): {PROSE}", "2014-06-14", "the agency first"),
    (
        f"{HEAD}\nSouth Asia Brief, 19 December 2025\n{PROSE}",
        "2025-12-19",
        "a masthead that ends in its date",
    ),
    (f"{HEAD}\nJanuary 25, 2023\n{PROSE}", "2023-01-25", "under the headline, before prose"),
    (
        f"{HEAD}\n25 January 2023\nBy A. Writer\n{PROSE}",
        "2023-01-25",
        "under the headline, before the byline",
    ),
    (f"{HEAD}\r\nJanuary 25, 2023\r\n{PROSE}", "2023-01-25", "other line ends"),
    (f"{HEAD}\nBy A. Writer\nMarch 2021\n5 March 2021\n{PROSE}", "2021-03-05", "the finer of two that agree"),
]

EMPTY = [
    (PROSE, "no date"),
    ("", "no text"),
    (f"Tuesday, November 12, 2024\n\n{HEAD}\n\n{PROSE}", "a visit date above the headline"),
    (f"| Welcome to Global News\n\nTuesday, November 12, 2024\n\n{HEAD}\n\n{PROSE}", "under the site's name"),
    (
        f"The daily news of all South Asia\nTuesday, November 12, 2024\n{PROSE}",
        "weekday under a line like a headline",
    ),
    (f"The daily news of all South Asia\nNovember 12, 2024\n{HEAD}\n{PROSE}", "the headline comes after it"),
    (f"Sun Jun 23 2024, 04:29 AM\n{HEAD}\n{PROSE}", "with a clock time"),
    (f"{HEAD}\nBy A. Writer\nDecember 8, 2020 at 4:30 p.m.\n{PROSE}", "a clock time under the byline"),
    (
        f"( 11 Dec 2020, Reprints.Com)\n{HEAD}\nBy A. Writer\nDec. 8, 2020\n{PROSE}",
        "reprint and original compete",
    ),
    (f"{HEAD}\nBy A. Writer\nDec. 8, 2020\n12 January 2021\n{PROSE}", "two dates under the byline"),
    (f"Published: 5 March 2021\nPosted: 6 March 2021\n{PROSE}", "two labels that disagree"),
    (f"{HEAD}\nPublished: 05/03/2021\n{PROSE}", "day or month first?"),
    (f"{HEAD}\nUpdated: 5 March 2021\n{PROSE}", "an update"),
    (f"{HEAD}\nLast modified 5 March 2021\n{PROSE}", "a change"),
    (f"{HEAD}\nAccessed on 5 March 2021\n{PROSE}", "a visit"),
    (f"{HEAD}\nOriginally published: 5 March 2015\n{PROSE}", "another text's date"),
    (f"{HEAD}\nRetrieved 5 March 2021\n© 2021\n{PROSE}", "copyright"),
    (f"{HEAD}\nPublished: 31 February 2021\n{PROSE}", "no such day"),
    (f"{HEAD}\n{PROSE}\nOn 5 March 2021 a camp was raided.", "a date in the prose"),
    (f"KABUL - On Feb 3, 2019, {PROSE}", "a date in a sentence"),
    (f"KABUL, Feb 3 (Reuters) - {PROSE}", "without its year"),
    (f"{PROSE}\n" * 40 + "Published: 5 March 2021", "far below the top"),
    ("Published by the United Nations in 2021.", "a year in a sentence"),
    (f"{HEAD}\nBy A. Writer\n2021\n{PROSE}", "a number alone may be anything"),
    (f"{HEAD}\nPosted by A. Reader on 5 March 2021\n{PROSE}", "a reader's comment"),
]


@pytest.mark.parametrize(("text", "published", "why"), TAKEN, ids=[c[2] for c in TAKEN])
def test_dates_that_are_safe_are_taken(text: str, published: str, why: str) -> None:
    found, reason = find_published(text)
    assert (found, why) == (published, why), reason
    assert reason.split(":")[0] in {"label", "byline", "agency", "masthead", "headline"}


@pytest.mark.parametrize(("text", "why"), EMPTY, ids=[c[1] for c in EMPTY])
def test_when_in_doubt_it_stays_empty(text: str, why: str) -> None:
    found, reason = find_published(text)
    assert found == "", why
    assert reason


def test_the_seeds_yield_no_date() -> None:
    for path in SEEDS.glob("*.txt"):
        assert find_published(path.read_text(encoding="utf-8"))[0] == "", path.name
    text = next(SEEDS.glob("003*")).read_text(encoding="utf-8")
    assert find_published(text)[1] == "several dates compete: 2020-12-08, 2020-12-11"


def test_seed_000_without_its_first_line_still_has_no_date() -> None:
    text = next(SEEDS.glob("000*")).read_text(encoding="utf-8")
    assert find_published(text.split("\n", 1)[1])[0] == ""
    assert (
        find_published(text.replace("| Welcome to Global Village Space", "News of the global village"))[0]
        == ""
    )


@pytest.mark.parametrize("filler", [" ", "?", "\n", "By ", "1", "May 1, ", "AB, ", "5 March 2021\n"])
def test_long_tops_take_bounded_time(filler: str) -> None:
    assert find_published(filler * 10**5)[0] == ""
    assert find_title(filler * 10**5) == ""


TITLES = [
    (f"{HEAD}\n\n{PROSE}", HEAD, "a headline and a blank line"),
    (f"\n\n{HEAD}\nBy A. Writer\n{PROSE}", HEAD, "a byline follows"),
    (f"{HEAD}\nand goes on in the next line", "", "wrapped prose"),
    (f"{PROSE}\n\n{PROSE}", "", "prose"),
    (f"Home | News | World | Asia\n\n{HEAD}", "", "a menu"),
    (f"Welcome to the Global Village\n\n{HEAD}", "", "a greeting"),
    (f"New Age Islam\n\n{HEAD}", "", "three words may be the site's name"),
    ("Tuesday, November 12, 2024\n\nText", "", "a date"),
    (f"By A. Writer and B. Author\n\n{PROSE}", "", "a byline"),
    (HEAD, "", "a line alone may be the whole text"),
]


@pytest.mark.parametrize(("text", "title", "why"), TITLES, ids=[c[2] for c in TITLES])
def test_titles(text: str, title: str, why: str) -> None:
    assert find_title(text) == title, why


DAYS = [
    ("5 March 2021", "2021-03-05"),
    ("5th of March, 2021", "2021-03-05"),
    ("Mar. 5, 2021", "2021-03-05"),
    ("MARCH 5 2021", "2021-03-05"),
    ("Friday, March 5, 2021", "2021-03-05"),
    ("May 2021", "2021-05"),
    ("2021-03-05", "2021-03-05"),
    ("2021", "2021"),
    ("13.01.2023", "2023-01-13"),
    ("01/13/2023", "2023-01-13"),
    ("02/02/2022", "2022-02-02"),
    ("02/03/2022", ""),
    ("Marching 5 2021", ""),
    ("5 March 21", ""),
    ("35 March 2021", ""),
    ("5 March 2021 and more", ""),
    ("", ""),
]


@pytest.mark.parametrize(("words", "iso"), DAYS, ids=[c[0] for c in DAYS])
def test_a_date_in_words(words: str, iso: str) -> None:
    assert parse_day(words) == iso


def test_stamps_put_the_year_first_or_are_not_read() -> None:
    assert (
        parse_stamp("2021-03-05T10:00:00Z")
        == parse_stamp("2021/3/5")
        == parse_stamp("20210305")
        == "2021-03-05"
    )
    assert parse_stamp("05-03-2021") == parse_stamp("2021-03-05x") == parse_stamp("2021-14") == ""


def test_what_dates_agree_on() -> None:
    assert agree(["2021-03", "2021-03-05", ""]) == "2021-03-05"
    assert agree(["2021-03-05", "2021-03-06"]) == "2021-03"
    assert agree(["2021-03-05", "2021-04-05"]) == "2021"
    assert agree(["2021", "2020"]) == agree([]) == ""


def test_days_that_do_not_exist_are_not_written() -> None:
    assert make_iso(2021, 3, 5) == "2021-03-05"
    assert make_iso(2021) == "2021"
    assert {make_iso(2021, 2, 30), make_iso(1066, 10, 14), make_iso(2021, 0), make_iso(2021, 13)} == {""}
