"""The columns of every table that is written: order and type from the code, meaning from ``columns.csv``."""

from __future__ import annotations

import csv
from pathlib import Path

from sphinx.errors import ExtensionError

from geo import schema
from geo.aggregate import COUNT_COLUMNS
from geo.boundaries import BOUNDARY_COLUMNS
from geo.render.style import STATES
from geo_docs.commands import escape

__all__ = ["TABLES", "read_meanings", "write_columns", "write_values"]

MEANINGS = Path(__file__).resolve().parents[2] / "reference" / "columns.csv"

TABLES = {
    "claims": schema.CLAIM_COLUMNS,
    "mentions": schema.MENTION_COLUMNS,
    "documents": schema.DOCUMENT_COLUMNS,
    "provinces": (*BOUNDARY_COLUMNS, *COUNT_COLUMNS),
    "figure": ("state", *COUNT_COLUMNS),
}
"""Table to its columns, in order. A figure's table has its facets and the province before them."""

_NUMBERS = {*schema.INTEGER_COLUMNS, *COUNT_COLUMNS}
_TYPES = {"geometry": "polygon", "area_km2": "number"}


def read_meanings() -> dict[tuple[str, str], str]:
    """Return what each (table, column) means."""
    with MEANINGS.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {(row["table"], row["column"]): row["meaning"] for row in rows}


def write_columns(table: str) -> str:
    """Return the columns of one table with type and meaning.

    Raises
    ------
    ExtensionError
        If a column has no meaning in ``columns.csv``.
    """
    meanings = read_meanings()
    if missing := [name for name in TABLES[table] if (table, name) not in meanings]:
        raise ExtensionError(f"{MEANINGS}: no row for {', '.join(missing)} of {table}. Say what they mean.")
    lines = ["| column | type | meaning |", "|---|---|---|"]
    for name in TABLES[table]:
        kind = _TYPES.get(name, "whole number" if name in _NUMBERS else "text")
        lines.append(f"| `{name}` | {kind} | {meanings[table, name]}{_allowed(name)} |")
    return "\n".join(lines)


def _allowed(column: str) -> str:
    values = () if column == "province_id" else {**schema._ALLOWED, "state": STATES}.get(column, ())
    return "; one of " + ", ".join(f"`{value}`" for value in values) if values else ""


def write_values() -> str:
    """Return the codes of the 34 provinces with their names."""
    from geo.gazetteer import load_gazetteer

    places = load_gazetteer().places
    lines = ["| `province_id` | name |", "|---|---|"]
    lines += [f"| `{code}` | {escape(places[code].name)} |" for code in schema.PROVINCE_IDS]
    return "\n".join(lines)
