"""Try whether small learned models, asked after the rules, judge claims better than the rules alone.

    python benchmarks/second_opinion.py    print the tables of docs/decisions/0007-no-second-opinion.md

Needs the project's whole history: the models learn from the errors that earlier engines made on texts
nobody had read for them yet, since today's rules were mended on every text that one may learn from.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from benchmarks.evidence import (  # noqa: E402
    CLAIM,
    POINT,
    Key,
    claim_choices,
    key_of_claim,
    source_choices,
)
from benchmarks.gold_sets import GOLD, HELD_OUT, Part, read_parts  # noqa: E402
from benchmarks.learning import Case, Weights, learn, weigh  # noqa: E402
from benchmarks.seen import Claimed, Text, see, see_with  # noqa: E402
from geo.evaluate.tables import Row, key_of, take_mapped  # noqa: E402
from geo.schema import MAPPED_GROUPS  # noqa: E402

__all__ = ["FIRST_CONTACT", "Sample", "agreement", "main", "strict_counts"]

_OTHERS = ("arabic", "french", "german", "pashto", "persian", "russian", "spanish", "urdu")
FIRST_CONTACT = {
    "05:36": ("dc39569", ("english_c",)),
    "05:45": ("8428bb9", ("english_d",)),
    "07:05": ("7b3532c", tuple(f"{name}_b" for name in _OTHERS)),
    "08:30": ("fdfbe00", ("english_f", *(f"{name}_c" for name in _OTHERS))),
}
"""The last engine before each set was read (all of the project's first day, by the hour of the commit),
and the sets, whose odd texts are what one may learn from."""

_PENALTIES = (1.0, 3.0)
"""For the model of sources and the model of claims, chosen on the development texts."""
_LIMITS = ((0.3, 1.0), (0.0, 0.5), (0.0, 0.6))
"""How unlikely a claim must be to be dropped, and how likely to be added (1: never)."""
_HEADS = ("rules", "with it", "±", "95 % of ±", "texts better", "texts worse")
_FOLDS, _SAMPLES, _SEED = 8, 4_000, 20_261_122

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts as one engine reads them, what gold says of them, and how much they weigh in learning."""

    texts: Sequence[Text] = field(repr=False)
    gold: Sequence[Row] = field(repr=False)
    weight: float = 1.0

    def kinds(self) -> dict[Key, set[str]]:
        """The kinds of source that gold has for each claim."""
        kinds: defaultdict[Key, set[str]] = defaultdict(set)
        for row in self.gold:
            kinds[_key(row)].add(row["attribution_kind"])
        return kinds

    def only(self, doc_ids: frozenset[str]) -> Sample:
        """The same of some of the texts."""
        return replace(self, texts=[text for text in self.texts if text.doc_id in doc_ids])


def _key(row: Row) -> Key:
    document, province, claim_type, stance = key_of(row)
    return document, province, claim_type, stance


def _source_cases(sample: Sample, *, every: bool) -> list[Case]:
    kinds = sample.kinds()
    asked = (one for text in sample.texts for one in source_choices(text, every=every))
    choices = [one for one in asked if one.key in kinds]
    per_text = Counter(one.doc_id for one in choices)
    return [
        (one, [kind in kinds[one.key] for kind in one.options], sample.weight / per_text[one.doc_id] ** 0.5)
        for one in choices
    ]


def _claim_cases(sample: Sample) -> list[Case]:
    wanted = {_key(row) for row in sample.gold}
    choices = [one for text in sample.texts for one in claim_choices(text)]
    return [
        (one, [(option == CLAIM) is (one.key in wanted) for option in one.options], sample.weight)
        for one in choices
    ]


def _shown(text: Text) -> list[Claimed]:
    """The claims that are compared: those of al-Qaeda and AQIS for provinces."""
    return [one for one in text.claims if one.group in MAPPED_GROUPS and one.basis in POINT]


def agreement(sample: Sample, weights: Weights, *, every: bool = False) -> Counts:
    """Count, per text, the matched rows of gold and those whose kind of source is right.

    The second opinion is asked where the rules credit the author, or of ``every`` claim.

    Returns
    -------
    ndarray
        (texts, 3): matched, right by the rules alone, right with the second opinion.
    """
    rows = []
    for text in sample.texts:
        revised = {
            (one.key, one.start, one.ruled): _likeliest(weigh(weights, one))
            for one in source_choices(text, every=every)
        }
        before, after = defaultdict(set), defaultdict(set)
        for claim in _shown(text):
            key = key_of_claim(text, claim)
            before[key].add(claim.kind)
            after[key].add(revised.get((key, claim.start, claim.kind), claim.kind))
        matched = [row for row in sample.gold if row["doc_id"] == text.doc_id and _key(row) in before]
        right = [
            sum(row["attribution_kind"] in kinds[_key(row)] for row in matched) for kinds in (before, after)
        ]
        rows.append([len(matched), *right])
    return np.array(rows, dtype=np.float64).reshape(-1, 3)


def _likeliest(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda answer: shares[answer])


def strict_counts(sample: Sample, weights: Weights, *, drop: float, add: float) -> Counts:
    """Count, per text, what the strict score rests on.

    Parameters
    ----------
    drop, add
        A claim of the rules is dropped where it is less likely than ``drop``; one that they do not
        make is added where it is likelier than ``add``.

    Returns
    -------
    ndarray
        (texts, 5): in gold, found and right by the rules alone, found and right with the second opinion.
    """
    rows = []
    for text in sample.texts:
        wanted = {_key(row) for row in sample.gold if row["doc_id"] == text.doc_id}
        ruled = {key_of_claim(text, claim) for claim in _shown(text)}
        likely: dict[Key, float] = {}
        for one in claim_choices(text):
            likely[one.key] = max(likely.get(one.key, 0.0), weigh(weights, one)[CLAIM])
        kept = {key for key in ruled if likely.get(key, 1.0) >= drop}
        kept |= {key for key, share in likely.items() if share > add and key not in ruled}
        rows.append([len(wanted), len(ruled), len(ruled & wanted), len(kept), len(kept & wanted)])
    return np.array(rows, dtype=np.float64).reshape(-1, 5)


def _folds(samples: Iterable[Sample]) -> list[frozenset[str]]:
    """The texts of all samples in eight parts, the same text always in the same one."""
    names = np.array(sorted({text.doc_id for sample in samples for text in sample.texts}))
    np.random.default_rng(_SEED).shuffle(names)
    return [frozenset(names[start::_FOLDS].tolist()) for start in range(_FOLDS)]


Cases = Callable[[Sample], list[Case]]
Measure = Callable[[Sample, Weights], Counts]


def _cross_validate(
    asked: Sample, taught: Sequence[Sample], cases: Cases, measure: Measure, penalty: float
) -> Counts:
    """Judge each text by what was learned from the others."""
    every = frozenset(text.doc_id for sample in (asked, *taught) for text in sample.texts)
    counts = []
    for fold in _folds((asked, *taught)):
        rest = [case for sample in taught for case in cases(sample.only(every - fold))]
        counts.append(measure(asked.only(fold), learn(rest, penalty=penalty)))
    return np.concatenate(counts)


def _accuracy(counts: Counts) -> tuple[Counts, Counts]:
    matched, before, after = np.moveaxis(counts, -1, 0)
    return before / matched, after / matched


def _f1(counts: Counts) -> tuple[Counts, Counts]:
    gold, ruled, before, kept, after = np.moveaxis(counts, -1, 0)
    return 2 * before / np.maximum(gold + ruled, 1), 2 * after / np.maximum(gold + kept, 1)


def _cells(counts: Counts, score: Callable[[Counts], tuple[Counts, Counts]]) -> list[str]:
    """Before, after, their difference, where it falls in 95 of 100 drawings, and how many texts changed."""
    before, after = score(counts.sum(axis=0))
    draws = np.random.default_rng(_SEED).integers(len(counts), size=(_SAMPLES, len(counts)))
    first, second = score(counts[draws].sum(axis=1))
    low, high = np.quantile(second - first, (0.025, 0.975))
    own = counts[counts[:, 0] + counts[:, 1] > 0]
    one, other = score(own)
    return [
        *(f"{100 * value:.1f}" for value in (before, after)),
        f"{100 * (after - before):+.1f}",
        f"{100 * low:+.1f} to {100 * high:+.1f}",
        *(str(int(number)) for number in ((other > one).sum(), (other < one).sum())),
    ]


def _read(parts: Sequence[Part]) -> tuple[dict[str, Sample], Sample, Sample]:
    """The odd texts at first contact, by the set in English or their letter; today; the held-out texts."""
    rows = [row for part in parts for row in take_mapped(part.claims, point=True)]
    names = sorted({part.name for part in parts} - {"english_e"})
    contact = {
        when: Sample(see_with(_odd(sets), commit), rows) for when, (commit, sets) in FIRST_CONTACT.items()
    }
    held = [part for part in parts if part.split == HELD_OUT]
    unseen = see(GOLD / part.name / f"{one.doc_id}.txt" for part in held for one in part.documents)
    return contact, Sample(see(_odd(names)), rows, weight=0.4), Sample(unseen, rows)


def _odd(sets: Iterable[str]) -> list[Path]:
    paths = (path for name in sets for path in sorted((GOLD / name).glob("*_*.txt")))
    return [path for path in paths if int(path.stem.rpartition("_")[2]) % 2]


def _show_sources(contact: Mapping[str, Sample], known: Sample, unseen: Sample) -> None:
    rows = []
    old = list(contact.values())
    for every, taught in ((False, old), (True, old), (True, [*old, known])):
        cases, measure = partial(_source_cases, every=every), partial(agreement, every=every)
        titles = (
            "every claim" if every else "the author's",
            "first contact" + " and today" * (known in taught),
        )
        asked = {"first contact": _together(old), "today": known}
        if known in taught:
            asked |= {f"first contact, {when}": one for when, one in contact.items()}
        for name, sample in asked.items():
            counts = _cross_validate(sample, taught, cases, measure, _PENALTIES[0])
            rows.append([*titles, f"development, {name}", *_cells(counts, _accuracy)])
        weights = learn([case for one in taught for case in cases(one)], penalty=_PENALTIES[0])
        rows.append([*titles, "held out", *_cells(measure(unseen, weights), _accuracy)])
    _print(("decides", "learned from", "texts", *_HEADS), rows)


def _together(samples: Sequence[Sample]) -> Sample:
    return replace(samples[0], texts=[text for one in samples for text in one.texts])


def _show_claims(contact: Sample, unseen: Sample) -> None:
    rows = []
    weights = learn(_claim_cases(contact), penalty=_PENALTIES[1])
    for drop, add in _LIMITS:
        measure = partial(strict_counts, drop=drop, add=add)
        title = f"below {drop:.1f}" if drop else "nothing", f"above {add:.1f}" if add < 1 else "nothing"
        counts = _cross_validate(contact, [contact], _claim_cases, measure, _PENALTIES[1])
        rows.append([*title, "development, first contact", *_cells(counts, _f1)])
        rows.append([*title, "held out", *_cells(measure(unseen, weights), _f1)])
    _print(("drops", "adds", "texts", *_HEADS), rows)


def _print(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    for row in (heads, [":--"] * len(heads), *rows):
        print(f"| {' | '.join(row)} |")
    print()


def main() -> int:
    """Print the tables; return the exit status."""
    try:
        contact, known, unseen = _read(read_parts())
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    sizes = len(_together(list(contact.values())).texts), len(known.texts), len(unseen.texts)
    print("{} development texts at first contact, {} today, {} held-out texts.\n".format(*sizes))
    print("Share of right sources, where the model decides what the rules credit to the author, or all:\n")
    _show_sources(contact, known, unseen)
    print("Strict F1, where the model drops claims of the rules and adds others:\n")
    _show_claims(_together(list(contact.values())), unseen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
