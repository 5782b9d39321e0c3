"""Every error with the words behind it and, as far as the tables tell, its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from geo.evaluate.tables import (
    MENTION_NEEDS,
    NOT_STATED,
    STRICT,
    Row,
    Tables,
    evidence,
    is_point,
    key_of,
    plain_value,
    share_sentence,
    take_mapped,
)
from geo.schema import MAPPED_GROUPS

__all__ = ["list_claim_errors", "list_mention_errors"]

Errors = list[dict[str, str]]

_LONGEST = 200

_MISSED = {
    "basis": "found, but placed by {}",
    "group": "found, but for {}",
    "stance": "found, but {}",
    "type": "found as {}",
    "sentence": "its sentence gave claims for {} only",
}
_EXTRA = {
    "basis": "gold places it by {}",
    "group": "gold has it for {}",
    "stance": "gold has it {}",
    "type": "gold has {}",
    "sentence": "gold has this sentence for {} only",
}


def list_claim_errors(tables: Tables) -> dict[str, Errors]:
    """List the claims of al-Qaeda and AQIS that only one side has, and those credited or dated otherwise.

    Returns
    -------
    dict
        ``claims missed`` and ``claims extra`` (distinct strict keys, areal claims compared
        among themselves), ``claims wrongly attributed`` and ``claims wrongly dated`` (rows of
        gold for provinces that were matched strictly). Each row has the strict columns,
        ``location_basis``, ``snippet`` (at most 200 characters), ``reason``, ``claim_id`` (of the
        claim found, empty where there is none) and ``phenomenon`` (of gold, or empty).
    """
    gold, found = take_mapped(tables.gold), take_mapped(tables.found)
    gold_rows, found_rows = _by_document(tables.gold), _by_document(tables.found)
    return {
        "claims missed": [
            _entry(row, _explain(row, found_rows[row["doc_id"]], _MISSED) or _say_not_found(row, tables))
            for row in _only(gold, found)
        ],
        "claims extra": [
            _entry(row, _explain(row, gold_rows[row["doc_id"]], _EXTRA) or _say_not_in_gold(row, gold))
            for row in _only(found, gold)
        ],
        "claims wrongly attributed": _list_unlike(gold, found, "attribution_kind", "attributed_to"),
        "claims wrongly dated": _list_unlike(gold, found, "year", "year_basis"),
    }


def list_mention_errors(missed: Sequence[Row], extra: Sequence[Row]) -> dict[str, Errors]:
    """List the mentions that only one side has.

    Returns
    -------
    dict
        ``mentions missed`` and ``mentions extra``: rows with ``doc_id``, ``start``, ``end``,
        ``province_id``, ``surface`` and ``reason``, empty unless the other side has another
        province for the same words.
    """
    return {
        "mentions missed": _list_mentions(missed, extra, "found as {}"),
        "mentions extra": _list_mentions(extra, missed, "gold has {}"),
    }


def _list_mentions(rows: Iterable[Row], others: Iterable[Row], words: str) -> Errors:
    near, errors = _by_document(others), []
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        over = [one for one in near[row["doc_id"]] if start < int(one["end"]) and int(one["start"]) < end]
        provinces = sorted({one["province_id"] for one in over} - {row["province_id"]})
        cells = {name: row.get(name, "") for name in (*MENTION_NEEDS, "surface")}
        errors.append(cells | {"reason": words.format(", ".join(provinces)) if provinces else ""})
    return errors


def _by_document(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["doc_id"]].append(row)
    return groups


def _only(own: Iterable[Row], other: Iterable[Row]) -> list[Row]:
    """Rows with a strict key that the other side lacks, one a key, in order."""
    known = {(is_point(row), *key_of(row)) for row in other}
    mine: dict[tuple[object, ...], Row] = {}
    for row in own:
        key = (is_point(row), *key_of(row))
        if key not in known:
            mine.setdefault(key, row)
    return sorted(mine.values(), key=key_of)


def _explain(row: Row, others: Iterable[Row], words: Mapping[str, str]) -> str:
    """Name what comes nearest to a claim among the other side's claims of its document.

    ``others`` may hold claims of any group. Empty where nothing comes near.
    """
    near = list(others)
    here = [one for one in near if one["province_id"] == row["province_id"]]
    mine = take_mapped(here)
    same_type = [one for one in mine if one["claim_type"] == row["claim_type"]]
    together = [one for one in near if share_sentence(one, row)]
    foreign = [
        one
        for one in here
        if one["group"] not in MAPPED_GROUPS
        and (one["claim_type"] == row["claim_type"] or share_sentence(one, row))
    ]
    answers = {
        "basis": [one["location_basis"] for one in same_type if one["stance"] == row["stance"]],
        "group": [one["group"] for one in foreign],
        "stance": [one["stance"] for one in same_type],
        "type": [_label_type(one, row) for one in mine],
        "sentence": [one["province_id"] or "the country" for one in take_mapped(together)],
    }
    for name, values in answers.items():
        if values:
            return words[name].format(", ".join(sorted({value or NOT_STATED for value in values})))
    return ""


def _label_type(one: Row, row: Row) -> str:
    """Type of a claim, with its basis where only one of the two claims is for a province."""
    if is_point(one) is is_point(row):
        return one["claim_type"]
    return f"{one['claim_type']} (by {one['location_basis']})"


def _say_not_found(row: Row, tables: Tables) -> str:
    if tables.read is not None and row["doc_id"] not in tables.read:
        return "the run has not read this document"
    if not is_point(row):
        return "no claim found for this area"
    if tables.found_mentions is None:
        return "no claim found for this province"
    place = (row["doc_id"], row["province_id"])
    if place in {(one["doc_id"], one["province_id"]) for one in tables.found_mentions}:
        return "the place was found, but no claim for it"
    return "the place itself was not found"


def _say_not_in_gold(row: Row, gold: Iterable[Row]) -> str:
    if all(one["doc_id"] != row["doc_id"] for one in gold):
        return "gold has no claim in this document"
    return "gold has no claim for this place"


def _list_unlike(gold: Sequence[Row], found: Sequence[Row], column: str, detail: str) -> Errors:
    """Rows of gold for provinces, matched strictly, for which no claim found has the same value."""
    matches: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in found:
        if is_point(row):
            matches[key_of(row)].append(row)
    errors: Errors = []
    for row in filter(is_point, gold):
        pairs = matches.get(key_of(row), [])
        if pairs and plain_value(row[column]) not in {plain_value(one[column]) for one in pairs}:
            near = next((one for one in pairs if share_sentence(one, row)), pairs[0])
            reason = f"gold {_label(row, column, detail)}, found {_label(near, column, detail)}"
            errors.append(_entry(row, reason) | {"claim_id": near.get("claim_id", "")})
    return sorted(errors, key=key_of)


def _label(row: Row, column: str, detail: str) -> str:
    value, more = plain_value(row[column]) or NOT_STATED, row.get(detail, "").strip()
    return f"{value} ({more})" if more else value


def _entry(row: Row, reason: str) -> dict[str, str]:
    return {
        **dict(zip(STRICT, key_of(row), strict=True)),
        "location_basis": row["location_basis"],
        "snippet": _excerpt(row),
        "reason": reason,
        "claim_id": row.get("claim_id", ""),
        "phenomenon": row.get("phenomenon", ""),
    }


def _excerpt(row: Row) -> str:
    """The words behind a claim on one line, cut to what is around its place if they are long."""
    words = evidence(row)
    line = " ".join(words.split())
    if len(line) <= _LONGEST:
        return line
    first, place = row.get("start", ""), row.get("mention_start", "")
    offset = int(place) - int(first) if first.isdecimal() and place.isdecimal() else 0
    middle = len(" ".join(words[: max(offset, 0)].split()))
    low = min(max(middle - _LONGEST // 2, 0), len(line) - _LONGEST)
    high = low + _LONGEST
    return f"{'…' if low else ''}{line[low:high].strip()}{'…' if high < len(line) else ''}"
