"""What figures and reports have in common: the options that choose claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import pandas as pd

from geo import aggregate
from geo.errors import UsageError

__all__ = ["FILTERS", "check_publishers", "filter_by_options", "filters_of", "settle_values"]

FILTERS = (
    "claim_type",
    "attribution_kind",
    "publisher",
    "year_from",
    "year_to",
    "published_from",
    "published_to",
    "stance",
    "group",
    "location_basis",
)
"""Arguments of `geo.aggregate.filter_claims` that figures and reports have among their options."""


def filter_by_options(
    claims: pd.DataFrame, options: object, *, review: Sequence[str] = aggregate.COUNTED_REVIEWS
) -> pd.DataFrame:
    """Return the rows that the options of a figure or a report choose: their fields named in `FILTERS`."""
    return aggregate.filter_claims(claims, review=review, **filters_of(options))


def settle_values(options: object, names: Iterable[str]) -> None:
    """Make fields of fresh, frozen options tuples where one word or a list was given."""
    for name in names:
        value = getattr(options, name, None)
        if isinstance(value, str):
            object.__setattr__(options, name, (value,))
        elif isinstance(value, list):
            object.__setattr__(options, name, tuple(value))


def filters_of(options: object) -> dict[str, Any]:
    """Return what options say of `FILTERS`, as far as they have such fields."""
    return {name: getattr(options, name) for name in FILTERS if hasattr(options, name)}


def check_publishers(wanted: Sequence[str], *tables: pd.DataFrame) -> None:
    """Refuse a publisher that no table has: a slip of the pen would draw an empty map.

    Raises
    ------
    UsageError
        Names it and those that there are.
    """
    known = sorted({str(name) for table in tables for name in table["publisher"]} - {""})
    for name in wanted:
        if known and name and name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            more = f" and {len(known) - 12} more" if len(known) > 12 else ""
            raise UsageError(
                f"publisher {name!r}: none has it here.{hint} Expected {', '.join(known[:12])}{more}."
            )
