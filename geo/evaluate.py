"""Compare what was found with tables made by hand.

A claim is compared by what the maps rest on. *Strict*: document, province,
type and stance agree. *Loose*: document and province agree. Both take claims of
al-Qaeda and AQIS for provinces named outright or through a place; those for
regions, directions and the whole country are compared apart, as *areal*, in the
strict way. *Attribution* and *year*: the share of strictly matched gold claims
for which a claim found has the same. A mention is right when document and
province agree and the spans overlap, each mention found counting once.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geo.errors import ReadError, UsageError
from geo.schema import MAPPED_GROUPS

__all__ = ["evaluate_folders", "score_claims", "score_mentions"]

Row = Mapping[str, str]

_POINT = ("named", "place")
_STRICT = ("doc_id", "province_id", "claim_type", "stance")
_LOOSE = ("doc_id", "province_id")
_CLAIM_NEEDS = (*_STRICT, "group", "location_basis", "attribution_kind", "year")
_MENTION_NEEDS = ("doc_id", "start", "end", "province_id")
_REGION = "REGION"


def evaluate_folders(gold: Path, out: Path, *, prefix: str = "") -> dict[str, Any]:
    """Score the tables of a run against those made by hand.

    Parameters
    ----------
    gold
        Folder with ``<prefix>claims.csv`` and, if there are any, ``<prefix>mentions.csv``
        and ``<prefix>docs.txt``: ids, one a line, of documents that may have no claim.
        Documents not in any of these are left out of the comparison.
    out
        Folder with the tables that ``geo map`` or ``geo extract`` wrote.

    Returns
    -------
    dict
        ``claims`` and ``mentions`` as `score_claims` and `score_mentions` give them,
        ``breakdown`` (strict scores by type, stance and language) and ``errors``
        (claims ``missed`` and ``extra``, mentions alike).

    Raises
    ------
    UsageError
        If a folder or table is not there.
    ReadError
        If a table lacks columns.
    """
    wanted = _read_table(gold, f"{prefix}claims", _CLAIM_NEEDS)
    docs = {row["doc_id"] for row in wanted}
    listed = gold / f"{prefix}docs.txt"
    if listed.is_file():
        docs |= set(listed.read_text(encoding="utf-8").split())
    wanted = [row for row in wanted if row["claim_type"]]
    got = [row for row in _read_table(out, "claims", _CLAIM_NEEDS) if row["doc_id"] in docs]
    scores: dict[str, Any] = {
        "claims": score_claims(wanted, got),
        "breakdown": _break_down(wanted, got, _read_languages(out)),
        "errors": _list_claim_errors(wanted, got),
    }
    if (gold / f"{prefix}mentions.csv").is_file():
        gold_mentions = _read_table(gold, f"{prefix}mentions", _MENTION_NEEDS)
        found = [row for row in _read_table(out, "mentions", _MENTION_NEEDS) if row["doc_id"] in docs]
        scores["mentions"], pairs = score_mentions(gold_mentions, found)
        scores["errors"] |= pairs
    return scores


def _read_table(folder: Path, name: str, needs: Sequence[str]) -> list[dict[str, str]]:
    """Rows of ``name.csv`` or ``name.parquet``, every value a string."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder. Check the spelling.")
    path, other = folder / f"{name}.csv", folder / f"{name}.parquet"
    if path.is_file():
        with path.open(newline="", encoding="utf-8-sig") as handle:
            reader = csv.DictReader(handle)
            rows, columns = list(reader), list(reader.fieldnames or ())
    elif other.is_file():
        import pandas as pd

        frame = pd.read_parquet(other).astype("string").fillna("")
        rows, columns = frame.to_dict("records"), list(frame.columns)
        path = other
    else:
        raise UsageError(f"{path}: no such table. Expected a folder with {name}.csv in it.")
    missing = [column for column in needs if column not in columns]
    if missing:
        raise ReadError(f"{path}: missing column(s) {', '.join(missing)}. Add them, or name another folder.")
    return rows


def _read_languages(out: Path) -> dict[str, str]:
    """Language of every document of a run, where it is known."""
    from geo.saved import read_documents_table

    table = read_documents_table(out)
    return {} if table is None else dict(zip(table["doc_id"], table["language"], strict=True))


def _ratio(gold: Counter[Any], got: Counter[Any]) -> dict[str, Any]:
    """Precision, recall and F1 of two bags of keys, rounded to four decimals."""
    hits = sum((gold & got).values())
    return _ratio_of(hits, sum(gold.values()), sum(got.values()), empty=0.0 if gold else 1.0)


def _ratio_of(hits: int, gold: int, found: int, *, empty: float) -> dict[str, Any]:
    precision = hits / found if found else empty
    recall = hits / gold if gold else 1.0
    both = precision + recall
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / both, 4) if both else 0.0,
        "gold": gold,
        "found": found,
        "hits": hits,
    }


def _keys(rows: Iterable[Row], columns: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Distinct keys of rows."""
    return Counter({tuple(row[column] for column in columns) for row in rows})


def _mapped(rows: Iterable[Row], *, point: bool) -> list[Row]:
    return [
        row for row in rows if row["group"] in MAPPED_GROUPS and (row["location_basis"] in _POINT) is point
    ]


def score_claims(gold: Sequence[Row], got: Sequence[Row]) -> dict[str, Any]:
    """Score claims; see the module for what is compared.

    Returns
    -------
    dict
        ``strict``, ``loose`` and ``areal`` with ``precision``, ``recall``, ``f1``, ``gold``,
        ``found`` and ``hits``; ``attribution`` and ``year`` with ``accuracy`` and ``of``.
        Nothing found where nothing is to be found is 1.
    """
    point_gold, point_got = _mapped(gold, point=True), _mapped(got, point=True)
    areal_gold, areal_got = _mapped(gold, point=False), _mapped(got, point=False)
    return {
        "strict": _ratio(_keys(point_gold, _STRICT), _keys(point_got, _STRICT)),
        "loose": _ratio(_keys(point_gold, _LOOSE), _keys(point_got, _LOOSE)),
        "areal": _ratio(_keys(areal_gold, _STRICT), _keys(areal_got, _STRICT)),
        "attribution": _agreement(point_gold, point_got, "attribution_kind"),
        "year": _agreement(point_gold, point_got, "year"),
    }


def _agreement(gold: Sequence[Row], got: Sequence[Row], column: str) -> dict[str, Any]:
    """Share of strictly matched gold claims for which a claim found has the same value."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in got:
        found[tuple(row[name] for name in _STRICT)].add(_value(row[column]))
    keyed = [(tuple(row[name] for name in _STRICT), _value(row[column])) for row in gold]
    matched = [value in found[key] for key, value in keyed if key in found]
    accuracy = sum(matched) / len(matched) if matched else 0.0
    return {"accuracy": round(accuracy, 4), "of": len(matched)}


def _value(text: str) -> str:
    """Compare a year written as 2021.0 as what it is."""
    return text.strip().removesuffix(".0")


def score_mentions(
    gold: Sequence[Row], got: Sequence[Row]
) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    """Score mentions of provinces; those of regions and directions are left out.

    Returns
    -------
    tuple
        The score, as `score_claims` has it; and the rows ``mentions missed`` and ``mentions extra``.
    """
    waiting: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in got:
        if row["province_id"] and not row["province_id"].startswith(_REGION):
            waiting[row["doc_id"], row["province_id"]].append(row)
    wanted = [row for row in gold if not row["province_id"].startswith(_REGION)]
    found, missed = sum(map(len, waiting.values())), []
    for row in wanted:
        start, end = int(row["start"]), int(row["end"])
        rows = waiting[row["doc_id"], row["province_id"]]
        match = next((r for r in rows if start < int(r["end"]) and int(r["start"]) < end), None)
        if match is None:
            missed.append(row)
        else:
            rows.remove(match)
    extra = [row for rows in waiting.values() for row in rows]
    score = _ratio_of(len(wanted) - len(missed), len(wanted), found, empty=0.0)
    errors = {"mentions missed": _brief(missed), "mentions extra": _brief(extra)}
    return score, errors


def _brief(rows: Iterable[Row]) -> list[dict[str, str]]:
    names = (*_MENTION_NEEDS, "surface")
    return [{name: row.get(name, "") for name in names} for row in rows]


def _break_down(gold: Sequence[Row], got: Sequence[Row], languages: Mapping[str, str]) -> dict[str, Any]:
    """Strict scores by claim type, stance and language of the document."""
    point_gold, point_got = _mapped(gold, point=True), _mapped(got, point=True)
    keys: dict[str, Callable[[Row], str]] = {
        "type": lambda row: row["claim_type"],
        "stance": lambda row: row["stance"],
        "language": lambda row: languages.get(row["doc_id"], ""),
    }
    parts: dict[str, Any] = {}
    for name, key in keys.items():
        values = sorted({key(row) for row in (*point_gold, *point_got)})
        parts[name] = {
            value: _ratio(
                _keys((row for row in point_gold if key(row) == value), _STRICT),
                _keys((row for row in point_got if key(row) == value), _STRICT),
            )
            for value in values
        }
    return parts


def _list_claim_errors(gold: Sequence[Row], got: Sequence[Row]) -> dict[str, list[dict[str, str]]]:
    """Strict keys that only one side has, with the evidence where there is some."""
    errors: dict[str, list[dict[str, str]]] = {}
    first, second = _mapped(gold, point=True), _mapped(got, point=True)
    for name, own, other in (("claims missed", first, second), ("claims extra", second, first)):
        only = _keys(own, _STRICT) - _keys(other, _STRICT)
        evidence = {tuple(r[n] for n in _STRICT): r.get("snippet") or r.get("sentence") or "" for r in own}
        errors[name] = [
            {**dict(zip(_STRICT, key, strict=True)), "evidence": evidence[key]} for key in sorted(only)
        ]
    return errors
