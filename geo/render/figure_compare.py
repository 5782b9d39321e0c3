"""Two choices of claims compared: which provinces only one of them names, and by how many sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from geo.errors import UsageError
from geo.render import style
from geo.render.figure_cells import Cell, fill_cells, select_claims
from geo.render.figure_options import FigureOptions

__all__ = ["SIDE_FACETS", "Comparison", "compare_sides", "list_sides", "parse_side"]

SIDE_FACETS = {
    "year": "year",
    "published": "published",
    "source": "attribution_kind",
    "publisher": "publisher",
    "type": "claim_type",
    "group": "group",
}
"""What the sides of a difference may differ in, and the option that each stands for.

Stance is none of them: it is what a side says of a province, and is shown as such.
"""

_CONDITIONS = re.compile(r";\s*(?=[a-z]+\s*:)")
_SPAN = re.compile(r"(\d{4})?\s*(-|–|\.\.)?\s*(\d{4})?")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two sides say of each province.

    Parameters
    ----------
    labels
        The two sides in words.
    documents
        How many documents each has; with none, nothing can be said of a change.
    states
        One of `geo.render.figure_themes.DIFFERENCE_STATES` by province: which
        sides affirm it, named outright or through a place.
    change
        Independent sources of the second side less those of the first, for
        provinces that a side affirms; empty where a side has no document.
    disputed
        Provinces that a source affirms and a source denies, on either side or between them.
    """

    labels: tuple[str, str]
    documents: tuple[int, int]
    states: dict[str, str]
    change: dict[str, int]
    disputed: frozenset[str]


def _fail(text: str, why: str) -> UsageError:
    return UsageError(
        f"compare {text!r}: {why} Expected conditions such as 'year:2019-2021', 'source:un,taliban', "
        f"'publisher:A|B' or 'type:presence;year:2021'; facets are {', '.join(SIDE_FACETS)}."
    )


def parse_side(text: str) -> tuple[dict[str, Any], str]:
    """Read one side of a difference.

    Parameters
    ----------
    text
        ``facet:values``, several with semicolons. Years are ``2021``,
        ``2019-2021``, ``2019-`` or ``-2021``; other values are separated by commas,
        publishers by ``|``, for their names may have commas.

    Returns
    -------
    tuple
        Fields of `FigureOptions` that make this choice, and its label.

    Raises
    ------
    UsageError
        If a facet or a year is not understood.
    """
    fields: dict[str, Any] = {}
    labels = []
    for condition in _CONDITIONS.split(text):
        facet, colon, rest = (part.strip() for part in condition.partition(":"))
        if not colon or not rest or facet not in SIDE_FACETS:
            raise _fail(text, f"{condition.strip()!r} is not understood.")
        if SIDE_FACETS[facet] in fields or f"{facet}_from" in fields:
            raise _fail(text, f"{facet} stands twice.")
        if facet in ("year", "published"):
            first, last, label = _read_span(text, rest)
            fields |= {f"{facet}_from": first, f"{facet}_to": last}
            labels.append(f"published {label}" if facet == "published" else label)
            continue
        mark = "|" if facet == "publisher" else ","
        values = tuple(dict.fromkeys(value.strip() for value in rest.split(mark) if value.strip()))
        fields[SIDE_FACETS[facet]] = values
        labels.append(" or ".join(style.label_facet(SIDE_FACETS[facet], value) for value in values))
    return fields, ", ".join(labels)


def _read_span(text: str, years: str) -> tuple[int | None, int | None, str]:
    found = _SPAN.fullmatch(years)
    if found is None or not (found[1] or found[3]):
        raise _fail(text, f"{years!r} is no year.")
    first, last = (int(found[n]) if found[n] else None for n in (1, 3))
    if not found[2]:
        if first is None or last is not None:
            raise _fail(text, f"{years!r} is no year.")
        return first, first, str(first)
    if first is None:
        return None, last, f"{last} and earlier"
    if last is None:
        return first, None, f"{first} and later"
    if first > last:
        raise _fail(text, f"{first} is after {last}.")
    return first, last, str(first) if first == last else f"{first}–{last}"


def _side_options(options: FigureOptions, text: str) -> tuple[FigureOptions, str]:
    """Options that choose the claims of one side, and its label."""
    fields, label = parse_side(text)
    plain = FigureOptions()
    double = [name for name in fields if name != "group" and getattr(options, name) != getattr(plain, name)]
    if double:
        raise _fail(text, f"{double[0].rsplit('_', 1)[0]} is limited for the whole figure as well.")
    return replace(options, kind="map", compare=(), timeline=False, **fields), label


def list_sides(options: FigureOptions) -> list[tuple[FigureOptions, str]]:
    """Options of a map of each side alone, and the sides' labels."""
    return [_side_options(options, text) for text in options.compare]


def compare_sides(
    claims: pd.DataFrame, documents: pd.DataFrame, options: FigureOptions
) -> tuple[Comparison, pd.DataFrame, pd.DataFrame]:
    """Count both sides of a difference.

    Returns
    -------
    tuple
        The comparison; its numbers, one line a province, with ``sources``,
        ``uncertain``, ``denied`` and ``sources_region`` of both sides (missing
        where a side has no document); and the claims of either side.
    """
    labels, cells, tables, chosen = [], [], [], []
    for one, label in list_sides(options):
        shown = select_claims(claims, one)
        grid = fill_cells(claims, shown, documents, by=(), options=one, limits=(1, 1))
        (cell,) = grid.cells.values()
        labels.append(label)
        cells.append(cell)
        chosen.append(shown)
        tables.append(grid.numbers.set_index("province_id"))
    first, second = tables
    comparison = _judge((labels[0], labels[1]), (cells[0], cells[1]), first, second)
    union = claims.loc[claims.index.isin(chosen[0].index) | claims.index.isin(chosen[1].index)]
    return comparison, _numbers(comparison, first, second), union


def _judge(
    labels: tuple[str, str], cells: tuple[Cell, Cell], first: pd.DataFrame, second: pd.DataFrame
) -> Comparison:
    documents = (cells[0].documents, cells[1].documents)
    states, change, disputed = {}, {}, set()
    sides = [_side_counts(table) for table in (first, second)]
    for province in cells[0].states:
        a, b = (side[province] for side in sides)
        states[province] = _state(a, b, documents)
        if (a["sources"] or b["sources"]) and all(documents):
            change[province] = b["sources"] - a["sources"]
        if (a["sources"] or b["sources"]) and (a["denied"] or b["denied"]):
            disputed.add(province)
    return Comparison(labels, documents, states, change, frozenset(disputed))


def _side_counts(table: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Numbers of one side by province; a side without a document has none of anything."""
    wanted = ["sources", "uncertain", "denied", "denied_region", "sources_region"]
    whole = table[wanted].fillna(0).astype(int)
    return {str(province): {name: int(row[name]) for name in wanted} for province, row in whole.iterrows()}


def _state(a: Mapping[str, int], b: Mapping[str, int], documents: tuple[int, int]) -> str:
    if not any(documents):
        return "no_document"
    sides = (a["sources"] > 0, b["sources"] > 0)
    if any(sides):
        return {(True, True): "both", (True, False): "only_a", (False, True): "only_b"}[sides]
    return "weaker" if any(a.values()) or any(b.values()) else "neither"


def _numbers(comparison: Comparison, first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """One line a province: state, the numbers of both sides, and the difference."""
    provinces = list(comparison.states)
    columns: dict[str, Any] = {
        "side_a": comparison.labels[0],
        "side_b": comparison.labels[1],
        "state": [comparison.states[p] for p in provinces],
    }
    for measure in ("sources", "uncertain", "denied", "sources_region", "claims"):
        for side, table in (("a", first), ("b", second)):
            columns[f"{measure}_{side}"] = table[measure].reindex(provinces).to_numpy()
    difference = [comparison.change.get(p, 0 if all(comparison.documents) else None) for p in provinces]
    frame = pd.DataFrame({"province_id": provinces, **columns, "sources_difference": difference})
    whole = [name for name in frame.columns if name.endswith(("_a", "_b", "_difference"))]
    return frame.astype({name: "Int64" for name in whole if not name.startswith("side")})
