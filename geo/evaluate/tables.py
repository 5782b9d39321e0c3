"""The tables of both sides, read as rows of strings, and the small questions asked of a row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.errors import ReadError, UsageError
from geo.files import unguard_formula
from geo.schema import MAPPED_GROUPS

__all__ = [
    "MENTION_NEEDS",
    "NOT_STATED",
    "STRICT",
    "Row",
    "Tables",
    "evidence",
    "is_point",
    "key_of",
    "plain_value",
    "read_tables",
    "share_sentence",
    "take_mapped",
]

Row = Mapping[str, str]

STRICT = ("doc_id", "province_id", "claim_type", "stance")
"""Columns that must agree for a claim to be right."""

NOT_STATED = "not stated"
"""What an empty cell is shown as."""

MENTION_NEEDS = ("doc_id", "start", "end", "province_id")
_CLAIM_NEEDS = (*STRICT, "group", "location_basis", "attribution_kind", "year")
_POINT = ("named", "place")


@dataclass(frozen=True, slots=True)
class Tables:
    """Both sides of a comparison.

    Parameters
    ----------
    gold, found
        Claims of the documents in ``docs``, of every group.
    gold_mentions, found_mentions
        ``None`` where there is no such table.
    docs
        Ids of the documents that are compared.
    languages
        Document id to language, where that is known.
    read
        Ids of the documents that the run read, ``None`` if it does not say.
    """

    gold: Sequence[Row]
    found: Sequence[Row]
    gold_mentions: Sequence[Row] | None
    found_mentions: Sequence[Row] | None
    docs: frozenset[str]
    languages: Mapping[str, str]
    read: frozenset[str] | None


def read_tables(gold: Path, out: Path, *, prefix: str = "") -> Tables:
    """Read the tables of a gold folder and of a run; see `geo.evaluate.evaluate_folders`."""
    wanted = _read_table(gold, "claims", _CLAIM_NEEDS, prefix=prefix)
    docs = {row["doc_id"] for row in wanted}
    listed = gold / f"{prefix}docs.txt"
    if listed.is_file():
        docs |= set(listed.read_text(encoding="utf-8").split())
    found = _read_table(out, "claims", _CLAIM_NEEDS)
    has_gold_mentions = (gold / f"{prefix}mentions.csv").is_file()
    gold_mentions = _read_mentions(gold, prefix=prefix) if has_gold_mentions else None
    found_mentions = None
    if has_gold_mentions or any((out / f"mentions.{kind}").is_file() for kind in ("csv", "parquet")):
        found_mentions = [row for row in _read_mentions(out) if row["doc_id"] in docs]
    run_languages = _read_run_languages(out)
    return Tables(
        gold=[row for row in wanted if row["claim_type"]],
        found=[row for row in found if row["doc_id"] in docs],
        gold_mentions=gold_mentions,
        found_mentions=found_mentions,
        docs=frozenset(docs),
        languages=(run_languages or {}) | _read_gold_languages(gold, prefix),
        read=None if run_languages is None else frozenset(run_languages),
    )


def _read_table(folder: Path, name: str, needs: Sequence[str], *, prefix: str = "") -> list[dict[str, str]]:
    """Rows of ``<prefix>name.csv`` or ``.parquet``, every value a string."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder. Check the spelling.")
    path, other = folder / f"{prefix}{name}.csv", folder / f"{prefix}{name}.parquet"
    if path.is_file():
        rows, columns = _read_csv(path)
    elif other.is_file():
        import pandas as pd

        frame = pd.read_parquet(other).astype("string").fillna("")
        columns, path = list(frame.columns), other
        rows = [dict(zip(columns, cells, strict=True)) for cells in frame.itertuples(index=False, name=None)]
    else:
        near = sorted(one.name.removesuffix(f"{name}.csv") for one in folder.glob(f"*{name}.csv"))
        hint = f" Or give the prefix of its tables: {', '.join(near)}." if near else ""
        raise UsageError(f"{path}: no such table. Expected a folder with {path.name} in it.{hint}")
    missing = [column for column in needs if column not in columns]
    if missing:
        raise ReadError(f"{path}: missing column(s) {', '.join(missing)}. Add them, or name another folder.")
    return rows


def _read_csv(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as handle:
            reader = csv.DictReader(handle, restval="")
            rows = []
            for row in reader:
                if None in row:
                    raise ReadError(
                        f"{path}: line {reader.line_num} has more cells than the header. "
                        "Put cells with a comma in quotation marks."
                    )
                rows.append(row)
            return rows, list(reader.fieldnames or ())
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"{path}: cannot be read as a UTF-8 table ({error}). Save it as such.") from error


def _read_mentions(folder: Path, *, prefix: str = "") -> list[dict[str, str]]:
    rows = _read_table(folder, "mentions", MENTION_NEEDS, prefix=prefix)
    for row in rows:
        if not (row["start"].isdecimal() and row["end"].isdecimal()):
            raise ReadError(
                f"{folder / (prefix + 'mentions')}: a mention in {row['doc_id']!r} has the span "
                f"{row['start']!r} to {row['end']!r}. Expected whole numbers."
            )
    return rows


def _read_run_languages(out: Path) -> dict[str, str] | None:
    """Language of every document of a run, empty where not known; ``None`` without such a table."""
    from geo.saved import read_documents_table

    table = read_documents_table(out)
    return None if table is None else dict(zip(table["doc_id"], table["language"], strict=True))


def _read_gold_languages(gold: Path, prefix: str) -> dict[str, str]:
    """Languages that the ``sources.csv`` beside the hand-made tables states, by document id."""
    for path in (gold / f"{prefix}sources.csv", gold / "sources.csv"):
        if path.is_file():
            rows, _ = _read_csv(path)
            stated = {Path(row.get("file", "")).stem: row.get("language", "").strip() for row in rows}
            return {doc: language for doc, language in stated.items() if language}
    return {}


def key_of(row: Row, columns: Sequence[str] = STRICT) -> tuple[str, ...]:
    """Return the cells of a row in some columns."""
    return tuple(row[column] for column in columns)


def is_point(row: Row) -> bool:
    """Say whether a claim is for a province named outright or through a place inside it."""
    return row["location_basis"] in _POINT


def take_mapped(rows: Iterable[Row], *, point: bool | None = None) -> list[Row]:
    """Return the claims of al-Qaeda and AQIS: those for provinces, the areal ones, or (``None``) all."""
    return [
        row for row in rows if row["group"] in MAPPED_GROUPS and (point is None or is_point(row) is point)
    ]


def plain_value(text: str) -> str:
    """Compare a year written as 2021.0 as what it is."""
    return text.strip().removesuffix(".0")


def evidence(row: Row) -> str:
    """Return the words a claim rests on, empty where the table gives none."""
    return unguard_formula(row.get("snippet") or row.get("sentence") or "")


def share_sentence(one: Row, other: Row) -> bool:
    """Say whether two claims rest on the same words; a gold snippet may leave some out with an ellipsis."""
    parts, others = (
        [words for part in evidence(row).split("…") if (words := " ".join(part.split()))]
        for row in (one, other)
    )
    return one["doc_id"] == other["doc_id"] and any(a in b or b in a for a in parts for b in others)
