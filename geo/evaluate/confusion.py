"""What was taken for what: type, stance and attribution kind where gold has another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from geo.evaluate.tables import NOT_STATED, STRICT, Row, share_sentence, take_mapped

__all__ = ["find_confusions"]

_QUESTIONS = {
    "type": (("doc_id", "province_id"), "claim_type"),
    "stance": (("doc_id", "province_id", "claim_type"), "stance"),
    "attribution": (STRICT, "attribution_kind"),
}

_Groups = dict[tuple[str, ...], dict[str, list[Row]]]


def find_confusions(gold: Sequence[Row], got: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Find what was taken for what, among claims of al-Qaeda and AQIS for provinces.

    Returns
    -------
    dict
        ``type`` (compared where document and province agree), ``stance`` (and type) and
        ``attribution`` (and stance), each with ``right``, the number of values that both sides
        have, and ``confused``: dicts of ``gold``, ``found``, ``how`` and ``claims``, most first.
        ``how`` is ``instead`` where gold's value was not found and ``beside`` where it was, and
        the other one too. A value found is counted once: against one of the same sentence
        if there is one, then of the same stance. Claims with no counterpart are no confusion.
    """
    mapped, found = take_mapped(gold, point=True), take_mapped(got, point=True)
    return {name: _confuse(mapped, found, at=at, of=of) for name, (at, of) in _QUESTIONS.items()}


def _confuse(gold: Iterable[Row], got: Iterable[Row], *, at: Sequence[str], of: str) -> dict[str, Any]:
    wanted, found = _group(gold, at, of), _group(got, at, of)
    right, pairs = 0, Counter[tuple[str, str, str]]()
    for where in wanted.keys() & found.keys():
        right += len(wanted[where].keys() & found[where].keys())
        pairs.update(_pair(wanted[where], found[where]))
    ordered = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
    confused = [
        {"gold": first, "found": second, "how": how, "claims": number}
        for (first, second, how), number in ordered
    ]
    return {"right": right, "confused": confused}


def _group(rows: Iterable[Row], at: Sequence[str], of: str) -> _Groups:
    groups: _Groups = defaultdict(lambda: defaultdict(list))
    for row in rows:
        groups[tuple(row[column] for column in at)][row[of].strip() or NOT_STATED].append(row)
    return groups


def _pair(
    wanted: Mapping[str, Sequence[Row]], found: Mapping[str, Sequence[Row]]
) -> Iterator[tuple[str, str, str]]:
    """Yield (gold, found, how) for each value found that gold lacks, the likeliest pairs first."""

    def rank(pair: tuple[str, str]) -> tuple[bool, bool, str, str]:
        both = list(product(wanted[pair[0]], found[pair[1]]))
        together = any(share_sentence(a, b) for a, b in both)
        alike = any(a["stance"] == b["stance"] for a, b in both)
        return not together, not alike, *pair

    missed = wanted.keys() - found.keys()
    extra = found.keys() - wanted.keys()
    for first, second in sorted(product(missed, extra), key=rank):
        if first in missed and second in extra:
            missed, extra = missed - {first}, extra - {second}
            yield first, second, "instead"
    for second in sorted(extra):
        first = min(((value, second) for value in wanted), key=rank)[0]
        yield first, second, "beside"
