"""Provinces by type of claim, or by another facet: what the dots of a matrix stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geo import aggregate, schema
from geo.render.figure_cells import CellGrid, fill_cells
from geo.render.figure_options import FigureOptions
from geo.resources import read_table

__all__ = ["Dot", "Matrix", "count_dots", "order_provinces", "read_regions"]

MOST_COLUMNS = 9

_UNAMA = ("east", "south-east", "south", "central", "central-highlands", "west", "north", "north-east")


@dataclass(frozen=True, slots=True)
class Dot:
    """Independent sources in one cell of a matrix, by what they say of the province."""

    affirmed: int
    hedged: int
    denied: int
    region: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Dots by (province, column).

    ``groups`` are the rows in order, under headings that may be empty; ``totals``
    the independent sources that affirm a province, over all columns, each counted
    once; ``unread`` the columns that have no document.
    """

    columns: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    dots: dict[tuple[str, str], Dot]
    totals: dict[str, int]
    unread: frozenset[str]


def read_regions() -> dict[str, tuple[str, ...]]:
    """Regions of the United Nations mission with their provinces, by English name, in its order."""
    rows = {row["place_id"]: row for row in read_table("gazetteer", "places.csv")}
    found = [rows[f"DIRECTION:{name}"] for name in _UNAMA]
    return {
        row["name"].removesuffix(" Afghanistan").removesuffix(" of"): tuple(row["provinces"].split())
        for row in found
    }


def count_dots(
    claims: pd.DataFrame,
    shown: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: tuple[str, ...],
    options: FigureOptions,
) -> tuple[Matrix, CellGrid]:
    """Count independent sources by province and one facet; rows are not ordered yet.

    Parameters
    ----------
    claims, shown, documents, by, options
        As for `geo.render.figure_cells.fill_cells`; ``by`` has one facet.
    """
    grid = fill_cells(claims, shown, documents, by=by, options=options, limits=(1, MOST_COLUMNS))
    column = by[0]
    dots = {}
    for line in grid.numbers[grid.numbers["claims"].fillna(0) > 0].to_dict("records"):
        dot = Dot(*(int(line[name]) for name in ("sources", "uncertain", "denied", "sources_region")))
        dots[line["province_id"], line[column]] = dot
    counted = aggregate.count_cells(shown, ["province_id"])
    totals = dict(zip(counted["province_id"], counted["sources"].astype(int), strict=True))
    unread = frozenset(cell.column for cell in grid.cells.values() if not cell.documents)
    columns = grid.columns if any(grid.columns) else ()
    return Matrix(columns, (), dots, totals, unread), grid


def order_provinces(
    matrix: Matrix, names: Mapping[str, str], *, sort: str, provinces: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Rows of a matrix under their headings.

    Parameters
    ----------
    names
        By which equal rows are sorted, by province; an id stands for itself.
    sort
        ``number`` (most independent sources first), ``region`` or ``name``.
    provinces
        ``claimed``: those with a claim; ``all``: all 34.
    """
    claimed = {province for province, _ in matrix.dots}
    kept = [p for p in schema.PROVINCE_IDS if provinces == "all" or p in claimed]
    kept.sort(key=lambda p: names.get(p, p))
    if sort == "number":
        weight = dict.fromkeys(kept, 0)
        for (province, _), dot in matrix.dots.items():
            weight[province] += dot.affirmed + dot.hedged + dot.denied + dot.region
        kept.sort(key=lambda p: (-matrix.totals.get(p, 0), -weight[p]))
    if sort != "region":
        return (("", tuple(kept)),)
    groups = ((name, tuple(p for p in kept if p in members)) for name, members in read_regions().items())
    return tuple((name, members) for name, members in groups if members)
