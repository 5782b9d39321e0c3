"""The tables under ``data/`` that a reader may change: their columns, and how much is in them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

__all__ = ["read_rows", "write_cues", "write_languages", "write_table"]

DATA = Path(__file__).resolve().parents[3] / "data"


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table below ``data/``."""
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def write_table(name: str) -> str:
    """Return a table's header as it stands in the file, and how many rows it has."""
    rows = read_rows(name)
    return f"`data/{name}`, {len(rows):,} rows: {', '.join(f'`{column}`' for column in rows[0])}."


def write_cues() -> str:
    """Return the kinds of cues with the reason and number of their rows."""
    rows = read_rows("gazetteer/cues.csv")
    counts = Counter(row["kind"] for row in rows)
    lines = ["| kind | rows | an example, and why it is there |", "|---|--:|---|"]
    for kind in sorted(counts):
        first = next(row for row in rows if row["kind"] == kind)
        lines.append(f"| `{kind}` | {counts[kind]:,} | `{first['cue']}`: {first['why']} |")
    return "\n".join(lines)


def write_languages() -> str:
    """Return how many rows each language has in each table of the lexicon."""
    folders = sorted(path for path in (DATA / "lexicon").iterdir() if path.is_dir())
    names = sorted({path.name for folder in folders for path in folder.glob("*.csv")})
    lines = [
        "| language | " + " | ".join(f"`{name}`" for name in names) + " |",
        "|---|" + "--:|" * len(names),
    ]
    for folder in folders:
        numbers = (len(read_rows(f"lexicon/{folder.name}/{name}")) for name in names)
        lines.append(f"| `{folder.name}` | " + " | ".join(f"{number:,}" for number in numbers) + " |")
    return "\n".join(lines)
