"""Claims by year: what the bars of a timeline stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo import aggregate
from geo.render.figure_cells import cover_documents, label_facets
from geo.render.figure_options import FigureOptions

__all__ = ["Bar", "BarRow", "Timeline", "count_years"]

_MOST_BARS = 48
_UNDATED = ""
_STANCES = ("affirmed", "uncertain", "denied")


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of one row.

    ``affirmed``, ``hedged`` and ``denied`` are independent sources or claims; of
    sources, those that also affirm are not among the hedged. ``documents`` is 0
    where no document could have said anything.
    """

    affirmed: int = 0
    hedged: int = 0
    denied: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class BarRow:
    """Bars by year, and the one of what has no year."""

    label: str
    bars: dict[str, Bar]
    undated: Bar


@dataclass(frozen=True, slots=True)
class Timeline:
    """All rows of a timeline.

    ``years`` are the labels along it, without gaps: single years, or spans of
    equal length where there are too many.
    """

    years: tuple[str, ...]
    rows: tuple[BarRow, ...]

    @property
    def tallest(self) -> tuple[int, int]:
        """Most sources or claims above and below the line, undated ones included."""
        bars = [bar for row in self.rows for bar in (*row.bars.values(), row.undated)]
        return max(bar.affirmed + bar.hedged for bar in bars), max(bar.denied for bar in bars)


def _label_years(years: pd.Series) -> dict[int, str]:
    """Label of every year from the first to the last; spans if there are too many."""
    found = [int(year) for year in years.dropna().unique()]
    if not found:
        return {}
    first, last = min(found), max(found)
    step = -(-(last - first + 1) // _MOST_BARS)
    if step == 1:
        return {year: str(year) for year in range(first, last + 1)}
    starts = {year: first + (year - first) // step * step for year in range(first, last + 1)}
    return {year: f"{start}–{start + step - 1}" for year, start in starts.items()}


def _kinds(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    """What is counted, and under which stance: claims, or voices with one stance for each year."""
    if measure == "claims":
        return table.assign(_what=table["claim_id"], _stance=table["stance"])
    counted = table.assign(_what=aggregate.voices(table), _stance=table["stance"])
    keys = ["_column", "_year", "_what"]
    firm = counted.loc[counted["_stance"] == "affirmed", keys].drop_duplicates().assign(_firm=True)
    joined = counted.merge(firm, on=keys, how="left")
    return joined[~((joined["_stance"] == "uncertain") & joined["_firm"].fillna(False).astype(bool))]


def count_years(
    claims: pd.DataFrame,
    shown: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: tuple[str, ...],
    options: FigureOptions,
    rows: int,
    within: Sequence[FigureOptions] = (),
) -> tuple[Timeline, pd.DataFrame]:
    """Count claims or independent sources by year and, where ``by`` names one, by a facet.

    Claims about regions and the whole country count as well; a claim for a range
    of years stands at its first. A source that says different things counts once
    under affirmed or hedged, and once under denied.

    Parameters
    ----------
    claims, shown, documents, options
        As for `geo.render.figure_cells.fill_cells`.
    by
        No facet or one: the rows.
    within
        Options of which any must take in a document for a year to have it; nothing for ``options``.
    rows
        Most rows; the rarest are put together.

    Returns
    -------
    tuple
        The timeline and its numbers: facet, ``year`` (empty for undated),
        ``affirmed``, ``uncertain``, ``denied``, ``documents``.
    """
    parts = [cover_documents(claims, documents, (*by, "year"), one) for one in within or (options,)]
    covered = pd.concat(parts, ignore_index=True)
    (faceted, covered), _, labels = label_facets([aggregate.add_facets(shown), covered], by, (1, rows))
    years = _label_years(pd.concat([faceted["year"], covered["year"]]))
    dated = [t.assign(_year=t["year"].map(years).astype("string").fillna(_UNDATED))
             for t in (faceted, covered)]  # fmt: skip
    counted = _kinds(dated[0], options.measure)
    numbers: dict[Any, int] = counted.groupby(["_column", "_year", "_stance"])["_what"].nunique().to_dict()
    read: dict[Any, int] = dated[1].groupby(["_column", "_year"])["doc_id"].nunique().to_dict()
    spans = tuple(dict.fromkeys(years.values()))
    made = [
        BarRow(label, {y: _bar(numbers, read, label, y) for y in spans}, _bar(numbers, read, label, _UNDATED))
        for label in labels
    ]
    return Timeline(spans, tuple(made)), _list_numbers(made, by, options.measure)


def _bar(
    numbers: Mapping[tuple[str, str, str], int], read: Mapping[tuple[str, str], int], label: str, year: str
) -> Bar:
    affirmed, hedged, denied = (numbers.get((label, year, stance), 0) for stance in _STANCES)
    return Bar(affirmed, hedged, denied, read.get((label, year), 0))


def _list_numbers(rows: list[BarRow], by: tuple[str, ...], measure: str) -> pd.DataFrame:
    lines = []
    for row in rows:
        facet = dict.fromkeys(by, row.label)
        for year, bar in {**row.bars, _UNDATED: row.undated}.items():
            empty = not bar.documents
            counts = {"affirmed": bar.affirmed, "uncertain": bar.hedged, "denied": bar.denied}
            told = {name: None if empty else n for name, n in counts.items()}
            lines.append({**facet, "year": year, "measure": measure, **told, "documents": bar.documents})
    whole = ("affirmed", "uncertain", "denied", "documents")
    return pd.DataFrame(lines).astype({**dict.fromkeys(whole, "Int64"), "year": "string"})
