"""Claims and documents sorted into cells, and in every cell a state for each of the 34 provinces."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo import aggregate, schema
from geo.filters import filter_by_options
from geo.render import style
from geo.render.figure_options import FigureOptions

__all__ = ["Cell", "CellGrid", "cover_documents", "fill_cells", "label_facets", "select_claims"]

_YEARS = ("year", "published_year")


@dataclass(frozen=True, slots=True)
class Cell:
    """One map: its facet values, number of documents, and the state of every province.

    ``disputed`` holds the provinces that some source affirms and some source denies.
    """

    row: str
    column: str
    documents: int
    states: dict[str, str]
    disputed: frozenset[str]


@dataclass(frozen=True, slots=True)
class CellGrid:
    """Cells by (row, column), the labels of rows and columns in order, and all numbers.

    ``numbers`` has one line for each cell and province; without such a facet the
    labels are ``("",)``.
    """

    cells: dict[tuple[str, str], Cell]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: pd.DataFrame


def select_claims(claims: pd.DataFrame, options: FigureOptions) -> pd.DataFrame:
    """Return the claims that meet all conditions of the options."""
    return filter_by_options(claims, options)


def cover_documents(
    claims: pd.DataFrame, documents: pd.DataFrame, by: Sequence[str], options: FigureOptions
) -> pd.DataFrame:
    """Documents and their facet cells, only those that lie inside the conditions.

    Type, stance, group and basis take no document away: all were read for them.
    """
    limits = {"attribution_kind": options.attribution_kind, "publisher": options.publisher}
    spans = {
        "year": (options.year_from, options.year_to),
        "published_year": (options.published_from, options.published_to),
    }
    extra = [column for column, chosen in limits.items() if chosen]
    extra += [column for column, span in spans.items() if span != (None, None)]
    cells = aggregate.list_coverage(documents, claims, by=tuple(dict.fromkeys([*by, *extra])))
    keep = pd.Series(True, index=cells.index)
    for column, chosen in limits.items() | {("claim_type", options.claim_type), ("stance", options.stance)}:
        if chosen and column in cells.columns:
            keep &= cells[column].isin(chosen)
    for column, span in spans.items():
        if column in cells.columns:
            keep &= aggregate.between_years(cells[column], *span)
    return cells.loc[keep]


def _facet_values(table: pd.DataFrame, column: str) -> pd.Series:
    """Facet values as text, the empty text for missing."""
    return table[column].astype("string").fillna("")


def _order(column: str, value: str) -> tuple[bool, int, str]:
    """Sort key of a facet value: the vocabulary's order, else the alphabet; missing last."""
    words = {
        "attribution_kind": style.KIND_LABELS,
        "claim_type": style.TYPE_LABELS,
        "stance": style.STANCE_LABELS,
    }
    known = list(words.get(column, ()))
    return value == "", known.index(value) if value in known else len(known), value


def _bins(column: str, values: pd.Series, limit: int) -> dict[str, str]:
    """Map facet values, in order, to the labels of at most ``limit`` rows or columns.

    Too many years become spans of equal length; of other facets the most
    frequent stay and the rest is put together.
    """
    counts = values.value_counts()
    found = sorted(counts.index, key=lambda value: _order(column, value))
    if column in _YEARS:
        years = [int(value) for value in found if value]
        room = max(1, limit - (len(years) < len(found)))
        if years and years[-1] - years[0] < room:  # a gap in time is shown as one
            found = [*map(str, range(years[0], years[-1] + 1)), *found[len(years) :]]
            return {value: style.label_facet(column, value) for value in found}
        step = next(n for n in itertools.count(1) if len({year // n for year in years}) <= room)
        return {value: _span_label(value, step, years) for value in found}
    if len(found) <= limit:
        return {value: style.label_facet(column, value) for value in found}
    kept = sorted(found, key=lambda value: (-counts[value], value))[: limit - 1]
    labels = {value: style.label_facet(column, value) for value in found if value in kept}
    rest = [value for value in found if value not in kept]
    return labels | dict.fromkeys(rest, f"{len(rest)} others")


def _span_label(value: str, step: int, years: Sequence[int]) -> str:
    """Label of the span that a year lies in; it promises no year before the first or after the last."""
    if not value:
        return style.label_facet("year", value)
    start = int(value) // step * step
    first, last = max(start, years[0]), min(start + step - 1, years[-1])
    return str(first) if first == last else f"{first}–{last}"


def label_facets(
    tables: Sequence[pd.DataFrame], by: Sequence[str], limits: Sequence[int]
) -> tuple[list[pd.DataFrame], tuple[str, ...], tuple[str, ...]]:
    """Add the labels of its row and column to every table, and list all labels in order.

    Parameters
    ----------
    tables
        With the columns ``by``; they get ``_row`` and ``_column``.
    by
        No facet, one (the columns) or two (rows, columns).
    limits
        Most rows, and most columns.
    """
    facets = {"_row": by[0] if len(by) == 2 else "", "_column": by[-1] if by else ""}
    order: list[tuple[str, ...]] = []
    for (name, column), limit in zip(facets.items(), limits, strict=True):
        if not column:
            tables = [table.assign(**{name: ""}) for table in tables]
            order.append(("",))
            continue
        values = [_facet_values(table, column) for table in tables]
        labels = _bins(column, pd.concat(values), limit)
        tables = [table.assign(**{name: v.map(labels)}) for table, v in zip(tables, values, strict=True)]
        order.append(tuple(dict.fromkeys(labels.values())) or ("",))
    return list(tables), order[0], order[1]


def fill_cells(
    claims: pd.DataFrame,
    shown: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: Sequence[str],
    options: FigureOptions,
    limits: Sequence[int],
) -> CellGrid:
    """Count every cell, the empty ones as well.

    Parameters
    ----------
    claims, documents
        All of a run: they say where there are documents.
    shown
        The claims that are counted, from `select_claims`.
    by, limits
        As for `label_facets`.
    options
        Their conditions say which documents count.
    """
    source = [aggregate.add_facets(shown), cover_documents(claims, documents, by, options)]
    (faceted, covered), rows, columns = label_facets(source, by, limits)
    found: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    for record in aggregate.count_cells(faceted, ["_row", "_column", "province_id"]).to_dict("records"):
        numbers = {name: int(record[name]) for name in aggregate.COUNT_COLUMNS}
        found.setdefault((record["_row"], record["_column"]), {})[record["province_id"]] = numbers
    documents_in = covered.groupby(["_row", "_column"])["doc_id"].nunique().to_dict()
    cells = {
        key: _cell(*key, int(documents_in.get(key, 0)), found.get(key, {}))
        for key in itertools.product(rows, columns)
    }
    return CellGrid(cells, rows, columns, _numbers(cells, found, by))


def _cell(row: str, column: str, documents: int, found: Mapping[str, Mapping[str, int]]) -> Cell:
    """States of all provinces from the counts of one cell, by province."""
    nothing = dict.fromkeys(aggregate.COUNT_COLUMNS, 0)
    states, disputed = {}, set()
    for province in schema.PROVINCE_IDS:
        n = found.get(province, nothing)
        states[province] = style.choose_state(
            sources=n["sources"],
            uncertain=n["uncertain"],
            sources_region=n["sources_region"],
            denied=n["denied"] + n["denied_region"],
            has_documents=documents > 0,
        )
        if n["sources"] and n["denied"]:
            disputed.add(province)
    return Cell(row, column, documents, states, frozenset(disputed))


def _numbers(
    cells: Mapping[tuple[str, str], Cell],
    found: Mapping[tuple[str, str], Mapping[str, Mapping[str, int]]],
    by: Sequence[str],
) -> pd.DataFrame:
    """One line a cell and province: facet labels, state, counts; no counts where no document is."""
    measures = aggregate.COUNT_COLUMNS
    lines = []
    for key, cell in cells.items():
        facets = dict(zip(by, key[-len(by) :] if by else (), strict=True))
        for province, state in cell.states.items():
            counts = found.get(key, {}).get(province, dict.fromkeys(measures, 0 if cell.documents else None))
            numbers = {name: counts[name] for name in measures}
            lines.append({**facets, "province_id": province, "state": state, **numbers})
    return pd.DataFrame(lines).astype(dict.fromkeys(measures, "Int64"))
