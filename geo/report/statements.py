"""Claims folded into statements: copies of a story together, provinces of one region together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo import schema

__all__ = ["SORTS", "Statement", "choose_statements", "fold_claims", "owner_of", "sort_of"]

SORTS = ("province", "denied", "area", "country", "undated")
"""The tables of a report; every statement is in exactly one."""

_AREAL = ("region", "direction")
_SAME = ("claim_type", "stance", "group", "attribution_kind", "location_basis")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one story.

    ``claims`` are rows of the claims table, one for each document that carries the
    statement, the earliest first; ``provinces`` are the names of the provinces it
    concerns, several only for a region or direction, none for the whole country.
    """

    claims: tuple[Mapping[str, Any], ...]
    provinces: tuple[str, ...]

    @property
    def first(self) -> Mapping[str, Any]:
        """The row of the earliest document."""
        return self.claims[0]


def sort_of(claim: Mapping[str, Any]) -> str:
    """Say which table of the report a claim belongs to, one of `SORTS`."""
    if claim["location_basis"] == "country":
        return "country"
    if claim["location_basis"] in _AREAL:
        return "area"
    if claim["stance"] == "denied":
        return "denied"
    return "undated" if pd.isna(claim["year"]) else "province"


def fold_claims(claims: pd.DataFrame) -> list[Statement]:
    """Fold the rows of a claims table into statements, as the cards of the atlas do.

    Rows of one region in one sentence are one statement. Documents of one story
    that say the same of the same place, credited alike and for the same year,
    are copies of it; a document that says a thing twice keeps both.

    Parameters
    ----------
    claims
        Columns of `geo.schema.CLAIM_COLUMNS`; already filtered.

    Returns
    -------
    list of Statement
        By province, type, year (the newest first, undated last), document and place in it.
    """
    rows: list[dict[str, Any]] = claims.to_dict("records")  # type: ignore[assignment]
    rows.sort(key=_printed)
    turns: dict[Hashable, int] = {}
    copies: dict[Hashable, list[tuple[Mapping[str, Any], tuple[str, ...]]]] = {}
    for claim, provinces in _join_areas(rows):
        same = (claim["story_id"] or claim["doc_id"], provinces, *_what(claim))
        own = (same, claim["doc_id"])
        turns[own] = turns.get(own, 0) + 1
        key = (same, turns[own])
        copies.setdefault(key, []).append((claim, provinces))
    found = [Statement(tuple(claim for claim, _ in group), group[0][1]) for group in copies.values()]
    return sorted(found, key=_order)


def _printed(claim: Mapping[str, Any]) -> tuple[Any, ...]:
    return claim["published"] or "9", claim["doc_id"], claim["start"], claim["claim_id"]


def _what(claim: Mapping[str, Any]) -> tuple[Hashable, ...]:
    """What has to agree for two rows to say the same."""
    year = None if pd.isna(claim["year"]) else int(claim["year"])
    credited = " ".join(str(claim["attributed_to"]).split()).casefold()
    return (*(claim[name] for name in _SAME), credited, year)


def _join_areas(
    rows: Iterable[Mapping[str, Any]],
) -> Iterable[tuple[Mapping[str, Any], tuple[str, ...]]]:
    """Give every row with its province, and those of one region or direction in one sentence together."""
    joined: dict[Hashable, tuple[Mapping[str, Any], list[str]]] = {}
    for number, claim in enumerate(rows):
        key: Hashable = number
        if claim["location_basis"] in _AREAL:
            key = (claim["doc_id"], claim["start"], claim["mention_start"], claim["place_name"], _what(claim))
        provinces = joined.setdefault(key, (claim, []))[1]
        if claim["province"] and claim["province"] not in provinces:
            provinces.append(claim["province"])
    for claim, provinces in joined.values():
        yield claim, tuple(sorted(provinces))


def _order(statement: Statement) -> tuple[Any, ...]:
    claim = statement.first
    year = 1 if pd.isna(claim["year"]) else -int(claim["year"])
    kind = schema.CLAIM_TYPES.index(claim["claim_type"])
    place = claim["place_name"] if len(statement.provinces) > 1 else ""
    return statement.provinces, place, kind, year, claim["doc_id"], claim["start"], claim["claim_id"]


def choose_statements(statements: Sequence[Statement], limit: int) -> list[Statement]:
    """Keep at most ``limit`` statements, in their order.

    They are taken in turn from every province of every table, and within one
    in turn from every type of claim.

    Parameters
    ----------
    statements
        As `fold_claims` orders them; of each province and type the first ones are kept.
    limit
        How many to keep.
    """
    owners: dict[Hashable, list[tuple[int, int]]] = {}
    turns: Counter[Hashable] = Counter()
    for place, statement in enumerate(statements):
        owner = (sort_of(statement.first), statement.provinces)
        kind = (owner, statement.first["claim_type"])
        turns[kind] += 1
        owners.setdefault(owner, []).append((turns[kind], place))
    ranked = sorted(
        (rank, place) for places in owners.values() for rank, (_, place) in enumerate(sorted(places))
    )
    kept = {place for _, place in ranked[:limit]}
    return [statement for place, statement in enumerate(statements) if place in kept]


def owner_of(statement: Statement) -> str:
    """Name the province, the region or "the whole country" that a statement is about."""
    claim = statement.first
    if claim["location_basis"] == "country":
        return "the whole country"
    if claim["location_basis"] in _AREAL or not statement.provinces:
        return str(claim["place_name"] or "a region")
    return statement.provinces[0]
