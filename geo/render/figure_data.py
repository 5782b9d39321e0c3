"""What a figure shows, worked out before anything is drawn.

Claims and documents become cells (one map each) and, in every cell, a state
for each of the 34 provinces.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo import aggregate, schema
from geo.errors import UsageError
from geo.render import style

__all__ = ["Cell", "FigureData", "FigureOptions", "prepare_data"]

_YEARS = ("year", "published_year")
_MAX_ROWS, _MAX_COLUMNS, _MAX_ALONE = 8, 6, 12
_OTHER = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOptions:
    """What to draw and what to print around it; written to ``run.json`` as it is.

    Parameters
    ----------
    claim_type, attribution_kind, publisher, stance, group, location_basis, year_from, year_to
        As in `geo.aggregate.filter_claims`.
    by
        Nothing for one map, else one or two facets: rows, then columns
        (one facet alone makes columns). See `geo.aggregate.resolve_facets`.
    title, subtitle
        Replace the generated ones.
    date
        Day of making, ISO 8601, printed as it is; empty prints none.
    tool_version, corpus_hash
        Printed in the last line; an empty hash is computed from the documents.
    boundary_note
        Source of the boundaries and the disclaimer.
    dpi
        Dots per inch of the PNG.
    """

    claim_type: tuple[str, ...] = ()
    attribution_kind: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    stance: tuple[str, ...] = ()
    group: tuple[str, ...] = schema.MAPPED_GROUPS
    location_basis: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    title: str = ""
    subtitle: str = ""
    date: str = ""
    tool_version: str = ""
    corpus_hash: str = ""
    boundary_note: str = style.BOUNDARY_NOTE
    dpi: int = 300


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
class FigureData:
    """Everything a figure needs but the shapes.

    ``claims`` are the filtered ones, ``numbers`` one line for each cell and
    province, ``rows`` and ``columns`` the facet values as plain words in order
    (``("",)`` where there is no such facet), ``cells`` by (row, column).
    """

    options: FigureOptions
    by: tuple[str, ...]
    claims: pd.DataFrame
    documents: pd.DataFrame
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    numbers: pd.DataFrame
    corpus: str


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
        room = limit - (len(years) < len(found))
        if years and years[-1] - years[0] < room:  # a gap in time is shown as one
            found = [*map(str, range(years[0], years[-1] + 1)), *found[len(years) :]]
            return {value: style.label_facet(column, value) for value in found}
        step = next(n for n in itertools.count(1) if len({year // n for year in years}) <= room)
        return {value: _span_label(value, step) for value in found}
    if len(found) <= limit:
        return {value: style.label_facet(column, value) for value in found}
    kept = sorted(found, key=lambda value: (-counts[value], value))[: limit - 1]
    labels = {value: style.label_facet(column, value) for value in found if value in kept}
    return labels | dict.fromkeys((value for value in found if value not in kept), _OTHER)


def _span_label(value: str, step: int) -> str:
    if not value:
        return style.label_facet("year", value)
    first = int(value) // step * step
    return value if step == 1 else f"{first}–{first + step - 1}"


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


def prepare_data(claims: pd.DataFrame, documents: pd.DataFrame, options: FigureOptions) -> FigureData:
    """Filter and count for one figure.

    Parameters
    ----------
    claims
        All claims; the options say which are drawn.
    documents
        All documents read, also those without a claim.
    options
        What to draw.

    Raises
    ------
    UsageError
        If an option holds a value that is not known, or more than two facets.
    """
    by = aggregate.resolve_facets(options.by)
    if len(by) > 2:
        raise UsageError(f"facets {', '.join(by)}: a figure has rows and columns only. Name one or two.")
    shown = aggregate.filter_claims(
        claims,
        claim_type=options.claim_type,
        attribution_kind=options.attribution_kind,
        publisher=options.publisher,
        year_from=options.year_from,
        year_to=options.year_to,
        stance=options.stance,
        group=options.group,
        location_basis=options.location_basis,
    )
    cells, numbers, rows, columns = _fill_cells(claims, shown, documents, by, options)
    corpus = options.corpus_hash or aggregate.corpus_hash(documents["text_sha256"])
    return FigureData(options, by, shown, documents, rows, columns, cells, numbers, corpus)


def _covered(
    claims: pd.DataFrame, documents: pd.DataFrame, by: Sequence[str], options: FigureOptions
) -> pd.DataFrame:
    """Documents and their facet cells, only those that lie inside the filter.

    Type, stance, group and basis take no document away: all were read for them.
    """
    limits = {"attribution_kind": options.attribution_kind, "publisher": options.publisher}
    extra = [column for column, chosen in limits.items() if chosen]
    if options.year_from is not None or options.year_to is not None:
        extra.append("year")
    cells = aggregate.list_coverage(documents, claims, by=tuple(dict.fromkeys([*by, *extra])))
    keep = pd.Series(True, index=cells.index)
    for column, chosen in limits.items() | {("claim_type", options.claim_type), ("stance", options.stance)}:
        if chosen and column in cells.columns:
            keep &= cells[column].isin(chosen)
    if options.year_from is not None:
        keep &= (cells["year"] >= options.year_from).fillna(False).astype(bool)
    if options.year_to is not None:
        keep &= (cells["year"] <= options.year_to).fillna(False).astype(bool)
    return cells.loc[keep]


def _labelled(
    tables: Sequence[pd.DataFrame], by: Sequence[str]
) -> tuple[list[pd.DataFrame], tuple[str, ...], tuple[str, ...]]:
    """Add the labels of its row and column to every table, and list all labels in order."""
    facets = {"_row": by[0] if len(by) == 2 else "", "_column": by[-1] if by else ""}
    order: list[tuple[str, ...]] = []
    for name, column in facets.items():
        if not column:
            tables = [table.assign(**{name: ""}) for table in tables]
            order.append(("",))
            continue
        values = [_facet_values(table, column) for table in tables]
        limit = _MAX_ALONE if len(by) == 1 else _MAX_ROWS if name == "_row" else _MAX_COLUMNS
        labels = _bins(column, pd.concat(values), limit)
        tables = [table.assign(**{name: v.map(labels)}) for table, v in zip(tables, values, strict=True)]
        order.append(tuple(dict.fromkeys(labels.values())) or ("",))
    return list(tables), order[0], order[1]


def _fill_cells(
    claims: pd.DataFrame,
    shown: pd.DataFrame,
    documents: pd.DataFrame,
    by: tuple[str, ...],
    options: FigureOptions,
) -> tuple[dict[tuple[str, str], Cell], pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """Count every cell of the grid, the empty ones as well."""
    source = [aggregate.add_facets(shown), _covered(claims, documents, by, options)]
    (faceted, covered), rows, columns = _labelled(source, by)
    found: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    for record in aggregate.count_cells(faceted, ["_row", "_column", "province_id"]).to_dict("records"):
        numbers = {name: int(record[name]) for name in aggregate.COUNT_COLUMNS}
        found.setdefault((record["_row"], record["_column"]), {})[record["province_id"]] = numbers
    documents_in = covered.groupby(["_row", "_column"])["doc_id"].nunique().to_dict()
    cells = {
        key: _cell(*key, int(documents_in.get(key, 0)), found.get(key, {}))
        for key in itertools.product(rows, columns)
    }
    return cells, _numbers(cells, found, by), rows, columns


def _numbers(
    cells: Mapping[tuple[str, str], Cell],
    found: Mapping[tuple[str, str], Mapping[str, Mapping[str, int]]],
    by: tuple[str, ...],
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
