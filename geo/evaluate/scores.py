"""Precision, recall and agreement, over all and by type, stance, attribution, language and phenomenon."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from geo.evaluate.tables import NOT_STATED, STRICT, Row, is_point, key_of, plain_value, take_mapped

__all__ = ["break_down", "score_claims", "score_mentions"]

_LOOSE = ("doc_id", "province_id")
_REGION = "REGION"
_FACETS = {"attribution": "attribution_kind", "year": "year"}


def score_claims(gold: Sequence[Row], got: Sequence[Row]) -> dict[str, Any]:
    """Score claims; see `geo.evaluate` for what is compared.

    Returns
    -------
    dict
        ``strict``, ``loose`` and ``areal`` with ``precision``, ``recall``, ``f1``, ``gold``,
        ``found`` and ``hits``; ``attribution`` and ``year`` with ``accuracy`` and ``of``.
        Nothing found where nothing is to be found is 1.
    """
    point_gold, point_got = take_mapped(gold, point=True), take_mapped(got, point=True)
    areal_gold, areal_got = take_mapped(gold, point=False), take_mapped(got, point=False)
    return {
        "strict": _compare(point_gold, point_got, STRICT),
        "loose": _compare(point_gold, point_got, _LOOSE),
        "areal": _compare(areal_gold, areal_got, STRICT),
        **{facet: _agreement(point_gold, point_got, column) for facet, column in _FACETS.items()},
    }


def _compare(gold: Iterable[Row], got: Iterable[Row], columns: Sequence[str]) -> dict[str, Any]:
    """Precision, recall and F1 of the distinct keys of two sets of rows."""
    wanted, found = ({key_of(row, columns) for row in rows} for rows in (gold, got))
    return _ratio(len(wanted & found), len(wanted), len(found), empty=0.0 if wanted else 1.0)


def _ratio(hits: int, gold: int, found: int, *, empty: float) -> dict[str, Any]:
    """Ratios rounded to four decimals; ``empty`` is the precision where nothing was found."""
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


def _agreement(gold: Sequence[Row], got: Sequence[Row], column: str) -> dict[str, Any]:
    """Share of strictly matched gold claims for which a claim found has the same value."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in got:
        found[key_of(row)].add(plain_value(row[column]))
    matched = [plain_value(row[column]) in found[key_of(row)] for row in gold if key_of(row) in found]
    accuracy = sum(matched) / len(matched) if matched else 0.0
    return {"accuracy": round(accuracy, 4), "of": len(matched)}


def score_mentions(
    gold: Sequence[Row], got: Sequence[Row]
) -> tuple[dict[str, Any], dict[str, Sequence[Row]]]:
    """Score mentions of provinces; those of regions and directions are left out.

    Returns
    -------
    tuple
        The score, as `score_claims` has it; and the rows ``missed`` and ``extra``.
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
    score = _ratio(len(wanted) - len(missed), len(wanted), found, empty=0.0)
    return score, {"missed": missed, "extra": extra}


def break_down(gold: Sequence[Row], got: Sequence[Row], languages: Mapping[str, str]) -> dict[str, Any]:
    """Score the claims for provinces by what they are, and recall by what gold says a row tests.

    Parameters
    ----------
    gold, got
        Claims of both sides; other groups than al-Qaeda and AQIS are left out.
    languages
        Document id to language.

    Returns
    -------
    dict
        ``type``, ``stance``, ``attribution`` (the kind) and ``language``: value to a strict
        score of the claims that have it, as in `score_claims`, with ``attribution_accuracy``
        and ``year_accuracy`` (``None`` where no claim was matched). By attribution, a claim is
        right only if its kind is right too, so that its hits may be fewer than over all.
        ``phenomenon``: value to ``recall``, ``gold``, ``hits`` and ``missed`` of the rows
        of gold, areal ones among them; empty if gold names no phenomenon. A value that is
        empty is ``"not stated"``.
    """
    point_gold, point_got = take_mapped(gold, point=True), take_mapped(got, point=True)
    keys: dict[str, Callable[[Row], str]] = {
        "type": lambda row: row["claim_type"],
        "stance": lambda row: row["stance"],
        "attribution": lambda row: row["attribution_kind"],
        "language": lambda row: languages.get(row["doc_id"], ""),
    }
    parts: dict[str, Any] = {}
    for name, key in keys.items():
        wanted, found = _group(point_gold, key), _group(point_got, key)
        facets = [facet for facet in _FACETS if facet != name]
        parts[name] = {
            value: _score_part(wanted.get(value, []), found.get(value, []), facets)
            for value in sorted({*wanted, *found})
        }
    parts["phenomenon"] = _recall_by_phenomenon(take_mapped(gold), take_mapped(got))
    return parts


def _group(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row).strip() or NOT_STATED].append(row)
    return dict(groups)


def _score_part(gold: Sequence[Row], got: Sequence[Row], facets: Iterable[str]) -> dict[str, Any]:
    score = _compare(gold, got, STRICT)
    for facet in facets:
        agreed = _agreement(gold, got, _FACETS[facet])
        score[f"{facet}_accuracy"] = agreed["accuracy"] if agreed["of"] else None
    return score


def _recall_by_phenomenon(gold: Sequence[Row], got: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Recall of distinct strict keys; a claim found is none for a phenomenon, so there is no precision."""
    if not any(row.get("phenomenon", "").strip() for row in gold):
        return {}
    found = {(is_point(row), *key_of(row)) for row in got}
    tested = {
        (row.get("phenomenon", "").strip() or NOT_STATED, (is_point(row), *key_of(row))) for row in gold
    }
    wanted = Counter(name for name, _ in tested)
    hits = Counter(name for name, key in tested if key in found)
    return {
        name: {
            "recall": round(hits[name] / number, 4),
            "gold": number,
            "hits": hits[name],
            "missed": number - hits[name],
        }
        for name, number in sorted(wanted.items())
    }
