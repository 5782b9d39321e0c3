"""Options that choose claims, as figures and reports share them."""

from __future__ import annotations

import inspect
from dataclasses import fields

import pandas as pd
import pytest

from geo import aggregate, filters
from geo.errors import UsageError
from geo.render.figure import FigureOptions
from geo.report import ReportOptions

TABLE = pd.DataFrame({"publisher": ["Paper", "Other, Inc.", ""]})


def test_they_are_the_arguments_of_the_filter() -> None:
    arguments = set(inspect.signature(aggregate.filter_claims).parameters) - {"claims", "review"}
    assert set(filters.FILTERS) == arguments
    assert arguments <= {one.name for one in fields(FigureOptions)}
    assert arguments - {one.name for one in fields(ReportOptions)} == {"location_basis"}


def test_a_publisher_that_nobody_has_is_refused_with_a_near_one() -> None:
    with pytest.raises(UsageError, match=r"'Papr': none has it here. Did you mean 'Paper'\? Expected Other"):
        filters.check_publishers(["Paper", "Papr"], TABLE)


def test_publishers_that_are_there_pass_and_none_can_be_known_of_nothing() -> None:
    filters.check_publishers(["Other, Inc.", ""], TABLE.iloc[:1], TABLE)
    filters.check_publishers(["Anybody"], TABLE.iloc[:0])


def test_words_and_lists_become_tuples() -> None:
    report = ReportOptions(claim_type="media", stance=["denied"])  # type: ignore[arg-type]
    assert (report.claim_type, report.stance, report.publisher) == (("media",), ("denied",), ())
