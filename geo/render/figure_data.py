"""What a figure shows, worked out before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from geo import aggregate
from geo.render.figure_cells import Cell, CellGrid, fill_cells, select_claims
from geo.render.figure_compare import Comparison, compare_sides, list_sides
from geo.render.figure_dots import Matrix, count_dots, order_provinces
from geo.render.figure_options import FigureOptions
from geo.render.figure_sizes import PAGE_SIZES
from geo.render.figure_years import Timeline, count_years

__all__ = ["Cell", "FigureData", "FigureOptions", "prepare_data"]

_MOST_BAR_ROWS = {"fit": 8, "a4": 9, "a4-landscape": 6, "a5": 6, "a5-landscape": 4, "slide": 4}


@dataclass(frozen=True, slots=True)
class FigureData:
    """Everything a figure needs but the shapes.

    ``claims`` are those that count. A map and a grid have ``cells`` by (row,
    column), ``rows`` and ``columns`` being the facet values as plain words in
    order (``("",)`` where there is no such facet); a difference has a
    ``comparison``, a timeline and a map with one a ``timeline``, a matrix a
    ``matrix``. ``numbers`` is the table that goes beside the figure.
    """

    options: FigureOptions
    kind: str
    by: tuple[str, ...]
    claims: pd.DataFrame
    documents: pd.DataFrame
    numbers: pd.DataFrame
    corpus: str
    rows: tuple[str, ...] = ("",)
    columns: tuple[str, ...] = ("",)
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    comparison: Comparison | None = None
    timeline: Timeline | None = None
    matrix: Matrix | None = None


def prepare_data(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    options: FigureOptions,
    *,
    names: Mapping[str, str] | None = None,
) -> FigureData:
    """Filter and count for one figure.

    Parameters
    ----------
    claims
        All claims; the options say which are drawn.
    documents
        All documents read, also those without a claim.
    options
        What to draw.
    names
        Of provinces, by which the rows of a matrix are sorted; their ids if not given.

    Raises
    ------
    UsageError
        If an option holds a value that is not known.
    """
    kind, by = options.chosen_kind, aggregate.resolve_facets(options.by)
    corpus = options.corpus_hash or aggregate.corpus_hash(documents["text_sha256"])
    if kind == "difference":
        comparison, numbers, union = compare_sides(claims, documents, options)
        data = FigureData(options, kind, by, union, documents, numbers, corpus, comparison=comparison)
        return _with_timeline(data, claims, union)
    shown = select_claims(claims, options)
    empty = FigureData(options, kind, by, shown, documents, pd.DataFrame(), corpus)
    if kind == "timeline":
        rows = _MOST_BAR_ROWS[options.size]
        timeline, numbers = count_years(claims, shown, documents, by=by, options=options, rows=rows)
        return replace(empty, timeline=timeline, numbers=numbers)
    if kind == "matrix":
        by = by or ("claim_type",)
        matrix, grid = count_dots(claims, shown, documents, by=by, options=options)
        groups = order_provinces(matrix, names or {}, sort=options.sort, provinces=options.provinces)
        return replace(_with_cells(empty, grid), by=by, matrix=replace(matrix, groups=groups))
    limits = _limits(options, by)
    grid = fill_cells(claims, shown, documents, by=by, options=options, limits=limits)
    return _with_timeline(_with_cells(empty, grid), claims, shown)


def _limits(options: FigureOptions, by: tuple[str, ...]) -> tuple[int, int]:
    size = PAGE_SIZES[options.size]
    return size.rows, size.alone if len(by) == 1 else size.columns


def _with_cells(data: FigureData, grid: CellGrid) -> FigureData:
    return replace(data, rows=grid.rows, columns=grid.columns, cells=grid.cells, numbers=grid.numbers)


def _with_timeline(data: FigureData, claims: pd.DataFrame, shown: pd.DataFrame) -> FigureData:
    """Add bars by year, where asked for; they are under the map's own conditions."""
    if not data.options.timeline:
        return data
    options = data.options
    within = [one for one, _ in list_sides(options)]
    timeline, _ = count_years(claims, shown, data.documents, by=(), options=options, rows=1, within=within)
    return replace(data, timeline=timeline)
