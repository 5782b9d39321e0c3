from __future__ import annotations

import pytest
from claims_helper import find_claims
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.claims import load_grammar
from geo.claims.dates import DateRef, choose_year, find_dates
from geo.normalise import flatten


def dates(text: str, published: str = "") -> list[DateRef]:
    return find_dates(load_grammar(), flatten(text), 0, len(text), published)


@pytest.mark.parametrize(
    ("text", "published", "year", "basis"),
    [
        ("in 2019", "", 2019, "stated"),
        ("in January 2023", "", 2023, "stated"),
        ("on 25 January 2023", "2024", 2023, "stated"),
        ("early 1998", "", 1998, "stated"),
        ("last year", "2024-03", 2023, "relative"),
        ("last month", "2024-01", 2023, "relative"),
        ("last month", "2024-03", 2024, "relative"),
        ("this year", "2024-03", 2024, "relative"),
        ("two years ago", "2024", 2022, "relative"),
        ("14 months ago", "2024-02-01", 2022, "relative"),
        ("a decade ago", "2024", 2014, "relative"),
        ("in December", "2024-03-01", 2023, "relative"),
        ("in March", "2024-03-01", 2024, "relative"),
        ("since February", "2024-03-01", 2024, "relative"),
    ],
)
def test_one_date(text: str, published: str, year: int, basis: str) -> None:
    (found,) = dates(f"they came {text}.", published)
    assert (found.year, found.year_end, found.basis, found.aside) == (year, None, basis, False)


@pytest.mark.parametrize(
    "text",
    [
        "2,015 fighters",
        "2000 fighters",
        "$2010",
        "resolution 1267",
        "highway 12019",
        "may 5 cells",
        "1850",
        "2085",
        "the marching men",
        "a second decade",
    ],
)
def test_numbers_that_are_no_years(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize("text", ["last year", "two years ago", "in October", "yesterday"])
def test_relative_dates_need_a_date_of_publication(text: str) -> None:
    assert dates(text) == []
    assert len(dates(text, "2023-11-05")) == 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("between 2016 and 2019", 2016, 2019),
        ("from 2009 to 2014", 2009, 2014),
        ("2018-2020", 2018, 2020),
        ("2018–20", 2018, 2020),
        ("the 1990s", 1990, 1999),
    ],
)
def test_ranges(text: str, first: int, last: int) -> None:
    (found,) = dates(text)
    assert (found.year, found.year_end) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "the 2020 Doha agreement",
        "the invasion of 2001",
        "the 2001 attacks",
        "the Taliban takeover of 2021",
    ],
)
def test_dates_of_other_events_stand_aside(text: str) -> None:
    (found,) = dates(text)
    assert found.aside
    chosen = choose_year([found], clause=(0, 99), anchor=50, carried=None, published="2023")
    assert (chosen.year, chosen.basis) == (2023, "published")


@pytest.mark.parametrize("text", ["after the invasion of 2001", "before the Taliban takeover of 2001"])
def test_the_date_of_an_event_that_frames_what_is_told_is_its_year(text: str) -> None:
    (found,) = dates(text)
    assert not found.aside
    chosen = choose_year([found], clause=(0, 99), anchor=60, carried=None, published="2023")
    assert (chosen.year, chosen.basis) == (2001, "stated")


def test_the_order_of_choice() -> None:
    near, far, source = (
        DateRef(at, at + 4, year, None, "stated") for at, year in ((30, 2015), (60, 2018), (0, 2023))
    )
    options = {"anchor": 25, "published": "2024-02"}
    assert choose_year([near, far], clause=(20, 40), carried=source, **options).year == 2015
    assert choose_year([near, far], clause=(50, 90), carried=source, **options).year == 2018
    assert choose_year([near, far], clause=(90, 99), carried=source, **options).year == 2015
    assert choose_year([], clause=(0, 99), carried=source, **options).year == 2023
    assert choose_year([], clause=(0, 99), carried=None, **options).year == 2024
    unknown = choose_year([], clause=(0, 99), anchor=25, carried=None, published="")
    assert (unknown.year, unknown.year_end, unknown.basis) == (None, None, "unknown")
    assert unknown.why


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["2015", "1990s", "2016-19", "last year", "in May", "ago", " two weeks ", "-", " to ", "\n"]
            ),
            st.text(max_size=8),
        ),
        max_size=10,
    ).map(" ".join),
    st.sampled_from(["", "2023", "2023-01", "2023-01-25"]),
)
def test_spans_are_in_order_and_years_are_sane(text: str, published: str) -> None:
    end = 0
    for found in dates(text, published):
        assert end <= found.start < found.end <= len(text)
        assert 1900 < found.year < 2050
        assert found.year_end is None or found.year < found.year_end
        assert found.basis == "stated" or published
        end = found.end


@pytest.mark.parametrize(
    ("published", "year", "basis"),
    [("", None, "unknown"), ("2023", 2023, "published"), ("2023-01-25", 2023, "published")],
)
def test_precision_of_publication(published: str, year: int | None, basis: str) -> None:
    (claim,) = find_claims("Al-Qaeda has fighters in Kunar.", published)
    assert (claim.year, claim.year_end, claim.year_basis) == (year, None, basis)


def test_a_range_gives_both_years() -> None:
    (claim,) = find_claims("From 2016 to 2019 al-Qaeda ran a training camp in Uruzgan.", "2024")
    assert (claim.year, claim.year_end, claim.year_basis) == (2016, 2019, "stated")
