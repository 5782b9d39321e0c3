"""Figures in words, for readers who cannot see them: everything that the drawing says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.render import style
from geo.render.figure_cells import Cell
from geo.render.figure_compare import Comparison
from geo.render.figure_data import FigureData
from geo.render.figure_dots import Matrix
from geo.render.figure_words import clean_text, count_words, join_words, upper_first
from geo.render.figure_years import Bar, Timeline

__all__ = ["describe_aloud", "sign_number"]

_ALL = 34
_KINDS = {
    "map": "Map of the 34 provinces of Afghanistan.",
    "grid": "Small maps of the 34 provinces of Afghanistan.",
    "difference": "Map of the 34 provinces of Afghanistan, two choices compared.",
    "timeline": "Bars by year.",
    "matrix": "Table of dots, provinces of Afghanistan in rows.",
}


def describe_aloud(data: FigureData, title: str, names: Mapping[str, str]) -> str:
    """Say in one paragraph what a figure shows.

    Parameters
    ----------
    data
        What is drawn.
    title
        Its headline.
    names
        Province names by id.
    """
    parts = [_KINDS[data.kind], title if title.endswith((".", "?", "!")) else f"{title}."]
    if data.comparison is not None:
        parts.append(_tell_comparison(data.comparison, names))
    elif data.matrix is not None:
        parts.append(_tell_matrix(data.matrix, names))
    else:
        parts += [_tell_cell(cell, names) for cell in data.cells.values()]
    if data.timeline is not None:
        parts.append(_tell_timeline(data.timeline, data.options.measure))
    return " ".join(parts)


def _tell_cell(cell: Cell, names: Mapping[str, str]) -> str:
    """State of all provinces in words, strongest first; the unnamed as a number."""
    where = ", ".join(filter(None, (clean_text(cell.row), clean_text(cell.column))))
    if not cell.documents:
        return f"{where}: no document." if where else "No document."
    parts = [
        f"{look.label.lower()}: {_tell_provinces(cell.states, state, names)}"
        for state, look in style.STATE_STYLES.items()
        if state in cell.states.values()
    ]
    parts += _tell_disputed(cell.disputed, names)
    words = "; ".join(parts) + "."
    return f"{where}: {words}" if where else upper_first(words)


def _tell_provinces(states: Mapping[str, str], state: str, names: Mapping[str, str]) -> str:
    provinces = [names[p] for p, found in states.items() if found == state]
    if state in ("not_named", "neither", "no_document"):
        return count_words(len(provinces), "province")
    return join_words(provinces, _ALL)


def _tell_disputed(disputed: Iterable[str], names: Mapping[str, str]) -> list[str]:
    found = sorted(names[p] for p in disputed)
    return [f"also denied by a source: {join_words(found, _ALL)}"] if found else []


def _tell_comparison(comparison: Comparison, names: Mapping[str, str]) -> str:
    first, second = (clean_text(label) for label in comparison.labels)
    words = {
        "both": f"affirmed in both {first} and {second}",
        "only_a": f"only in {first}",
        "only_b": f"only in {second}",
        "weaker": "only hedged, denied or part of a region",
        "neither": "named in neither",
        "no_document": "no document",
    }
    parts = [
        f"no document for {label}"
        for label, documents in zip((first, second), comparison.documents, strict=True)
        if not documents
    ]
    for state, told in words.items():
        provinces = [p for p, found in comparison.states.items() if found == state]
        if not provinces:
            continue
        if state in ("both", "only_a", "only_b"):
            listed = [
                f"{names[p]} ({sign_number(comparison.change[p])})" if p in comparison.change else names[p]
                for p in provinces
            ]
            parts.append(f"{told}: {join_words(listed, _ALL)}")
        else:
            parts.append(f"{told}: {_tell_provinces(comparison.states, state, names)}")
    return upper_first("; ".join([*parts, *_tell_disputed(comparison.disputed, names)])) + "."


def sign_number(number: int) -> str:
    """A difference with its sign: ``+2``, ``−1``, ``±0``."""
    return f"{'+' if number > 0 else '−' if number < 0 else '±'}{abs(number)}"


def _tell_matrix(matrix: Matrix, names: Mapping[str, str]) -> str:
    lines = []
    for _, members in matrix.groups:
        for province in members:
            cells = []
            for column in matrix.columns:
                dot = matrix.dots.get((province, column))
                if dot is None:
                    continue
                region = 0 if dot.affirmed or dot.hedged else dot.region
                told = (
                    (dot.affirmed, ""),
                    (dot.hedged, " hedged"),
                    (dot.denied, " denied"),
                    (region, " for a region"),
                )
                said = ", ".join(f"{n}{word}" for n, word in told if n)
                cells.append(f"{clean_text(column)} {said}")
            lines.append(f"{names[province]}: {', '.join(cells) or 'no claim'}")
    return ("Independent sources: " + "; ".join(lines) + ".") if lines else "No claim names a province."


def _tell_timeline(timeline: Timeline, measure: str) -> str:
    what = "Independent sources" if measure == "sources" else "Claims"
    told = []
    for row in timeline.rows:
        bars = [f"{year}: {_tell_bar(bar)}" for year, bar in row.bars.items()]
        if row.undated != Bar():
            bars.append(f"undated: {_tell_bar(row.undated)}")
        label = f"{clean_text(row.label)}, " if row.label else ""
        told.append(f"{what} by year: {label}{'; '.join(bars) or 'none'}.")
    return " ".join(told)


def _tell_bar(bar: Bar) -> str:
    said = ((bar.affirmed, "affirm"), (bar.hedged, "hedge"), (bar.denied, "deny"))
    words = ", ".join(f"{n} {word}" for n, word in said if n)
    return words or ("none" if bar.documents else "no document")
