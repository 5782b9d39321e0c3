"""The tables of docs/accuracy.md, made from what runs of the engine found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.gold_sets import DEVELOPMENT, HELD_OUT, SPLITS, USED, Answers, Part
from geo.evaluate import break_down, find_confusions, score_claims, score_mentions
from geo.evaluate.tables import Row, key_of, take_mapped

__all__ = ["TITLES", "Runs", "make_tables"]

TITLES = {
    "sets": "Every set and split",
    "pooled": "All sets of a split together",
    "types": "Held out: by claim type",
    "stances": "Held out: by stance",
    "attributions": "Held out: by kind of source",
    "confusions": "Held out: types taken for others",
    "cases": "Cases that come out fully right",
    "phenomena": "Recall by phenomenon",
    "held-out-without": "Held out: what each component is worth",
    "development-without": "Development: what each component is worth",
}
"""Names of the tables and their headings, in the order of the page."""

_SAMPLES = 2000
_SEED = 20_010
_PHENOMENA = ("attribution", "discourse", "kinds", "lists", "plain", "stance", "time")
_GAPS = "known_gaps"
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Runs:
    """The parts that were judged, what the whole engine found, and what it found without a component."""

    parts: Sequence[Part]
    full: Answers
    without: Mapping[str, Answers]

    def split(self, name: str) -> list[Part]:
        """Return the parts of one split."""
        return [part for part in self.parts if part.split == name]


def make_tables(runs: Runs, cases: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """Make every table of `TITLES`, as Markdown.

    Parameters
    ----------
    cases
        Case file to the numbers of right and of all cases.
    """
    parts = _show_parts(runs.split(HELD_OUT), runs.full)
    return {
        "sets": _show_sets(runs),
        "pooled": _show_pooled(runs),
        **parts,
        "cases": _show_cases(cases),
        "phenomena": _show_phenomena(runs),
        "held-out-without": _show_without(runs, HELD_OUT),
        "development-without": _show_without(runs, DEVELOPMENT),
    }


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> str:
    """A Markdown table whose first columns are words, the others numbers."""
    rule = [":--" if place < words else "--:" for place in range(len(columns))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, rule, *rows))


def _percent(value: float | None) -> str:
    return _NONE if value is None else f"{100 * value:.1f}"


def _change(value: float) -> str:
    points = round(100 * value, 1)
    return f"{points:+.1f}".replace("-", "−") if points else "0"


def _gold_of(parts: Iterable[Part]) -> list[Row]:
    return [row for part in parts for row in part.claims]


def _score(parts: Sequence[Part], answers: Answers) -> dict[str, Any]:
    scores = score_claims(_gold_of(parts), answers.claims_of(parts))
    gold_mentions = [row for part in parts for row in part.mentions]
    scores["mentions"], _ = score_mentions(gold_mentions, answers.mentions_of(parts))
    return scores


def _size_cells(parts: Sequence[Part]) -> list[str]:
    return [str(sum(len(part.documents) for part in parts)), str(len(take_mapped(_gold_of(parts))))]


def _score_cells(scores: Mapping[str, Any]) -> list[str]:
    areal = scores["areal"]
    compared = areal["gold"] or areal["found"]
    return [
        *(_percent(scores["strict"][name]) for name in ("precision", "recall", "f1")),
        _percent(scores["loose"]["f1"]),
        *(
            _percent(scores[name]["accuracy"] if scores[name]["of"] else None)
            for name in ("attribution", "year")
        ),
        _percent(areal["f1"] if compared else None),
        *(_percent(scores["mentions"][name]) for name in ("precision", "recall")),
    ]


_SIZE_HEADS = ("texts", "gold claims")
_SCORE_HEADS = (
    *("strict P", "strict R", "strict F1", "loose F1", "source right", "year right"),
    *("areal F1", "mentions P", "mentions R"),
)


def _show_sets(runs: Runs) -> str:
    rows = [
        [part.name, part.split, *_size_cells([part]), *_score_cells(_score([part], runs.full))]
        for part in sorted(runs.parts, key=lambda part: SPLITS.index(part.split))
    ]
    return _table(("set", "split", *_SIZE_HEADS, *_SCORE_HEADS), rows, words=2)


def _show_pooled(runs: Runs) -> str:
    rows = []
    for split in SPLITS:
        parts = runs.split(split)
        chosen = {"all": parts}
        if split != USED:
            chosen["English"] = [part for part in parts if part.in_english]
            chosen["other languages"] = [part for part in parts if not part.in_english]
        for name, some in chosen.items():
            span = _span(_resample(_count_by_text(some, runs.full)))
            cells = [*_size_cells(some), *_score_cells(_score(some, runs.full))]
            rows.append([split, name, *cells[:5], span, *cells[5:]])
    columns = (*_SIZE_HEADS, *_SCORE_HEADS[:3], "95 %", *_SCORE_HEADS[3:])
    return _table(("split", "texts in", *columns), rows, words=2)


def _show_parts(parts: Sequence[Part], answers: Answers) -> dict[str, str]:
    """The tables by type, stance and kind of source, and of types taken for others."""
    gold, found = _gold_of(parts), answers.claims_of(parts)
    whole = break_down(gold, found, {})
    confused = find_confusions(gold, found)["type"]
    rows = [[row["gold"], row["found"], row["how"], str(row["claims"])] for row in confused["confused"]]
    return {
        "types": _show_values(whole["type"], "claim type"),
        "stances": _show_values(whole["stance"], "stance"),
        "attributions": _show_values(whole["attribution"], "kind of source"),
        "confusions": _table(
            ("gold", "found", "how", "claims"), [["right", "", "", str(confused["right"])], *rows], words=3
        ),
    }


def _show_values(scores: Mapping[str, Mapping[str, Any]], head: str) -> str:
    facets = {"attribution_accuracy": "source right", "year_accuracy": "year right"}
    shown = [name for name in facets if all(name in score for score in scores.values())]
    ratios = ("precision", "recall", "f1", *shown)
    rows = [
        [
            value,
            *(str(score[name]) for name in ("gold", "found", "hits")),
            *(_percent(score[n]) for n in ratios),
        ]
        for value, score in sorted(scores.items(), key=lambda item: (-item[1]["gold"], item[0]))
    ]
    return _table((head, "gold", "found", "right", "P", "R", "F1", *(facets[name] for name in shown)), rows)


def _show_cases(cases: Mapping[str, tuple[int, int]]) -> str:
    rows = []
    for name, (right, number) in sorted(cases.items(), key=lambda item: (item[0] == _GAPS, item[0])):
        rows.append([f"`{name}`", str(number), str(right), _percent(right / number if number else None)])
    kept = [counts for name, counts in cases.items() if name != _GAPS]
    right, number = sum(counts[0] for counts in kept), sum(counts[1] for counts in kept)
    place = len(rows) - (_GAPS in cases)
    rows.insert(
        place, ["all but known gaps", str(number), str(right), _percent(right / number if number else None)]
    )
    return _table(("case file", "cases", "fully right", "share"), rows)


def _show_phenomena(runs: Runs) -> str:
    """Recall by what gold says a row tests, where the set uses the seven names for it."""
    development = runs.split(DEVELOPMENT)
    columns = {
        "used for the rules, English": [part for part in runs.split(USED) if _names_phenomena(part)],
        "development, English": [part for part in development if part.in_english],
        "development, other languages": [part for part in development if not part.in_english],
    }
    scores = [
        break_down(_gold_of(parts), runs.full.claims_of(parts), {})["phenomenon"]
        for parts in columns.values()
    ]
    heads = [head for name in columns for head in (name, "gold")]
    rows = [
        [name, *(cell for score in scores for cell in _recall_cells(score.get(name)))] for name in _PHENOMENA
    ]
    return _table(("phenomenon", *heads), rows)


def _names_phenomena(part: Part) -> bool:
    return {row.get("phenomenon") for row in part.claims} <= set(_PHENOMENA)


def _recall_cells(score: Mapping[str, Any] | None) -> tuple[str, str]:
    return (_percent(score["recall"]), str(score["gold"])) if score else (_NONE, "0")


def _show_without(runs: Runs, split: str) -> str:
    """Scores without each component, and how far they are from those of the whole engine."""
    parts = runs.split(split)
    english, others = ([part for part in parts if part.in_english is wanted] for wanted in (True, False))
    whole = _score(parts, runs.full)
    counts = _count_by_text(parts, runs.full)
    rows = [["nothing: the whole engine", *_full_cells(whole)]]
    for title, answers in runs.without.items():
        scores = _score(parts, answers)
        changes = _resample(_count_by_text(parts, answers)) - _resample(counts)
        by_language = [
            _change(_score(some, answers)["strict"]["f1"] - _score(some, runs.full)["strict"]["f1"])
            for some in (english, others)
        ]
        rows.append(
            [
                title,
                _percent(scores["strict"]["f1"]),
                _change(scores["strict"]["f1"] - whole["strict"]["f1"]),
                _span(changes, signed=True),
                *by_language,
                _percent(scores["loose"]["f1"]),
                _change(scores["loose"]["f1"] - whole["loose"]["f1"]),
                _percent(scores["attribution"]["accuracy"]),
                _change(scores["attribution"]["accuracy"] - whole["attribution"]["accuracy"]),
                str(scores["attribution"]["of"]),
            ]
        )
    heads = ("strict F1", "±", "95 % of ±", "± English", "± others")
    return _table(("switched off", *heads, "loose F1", "±", "source right", "±", "of"), rows)


def _full_cells(scores: Mapping[str, Any]) -> list[str]:
    return [
        *(_percent(scores["strict"]["f1"]), "", "", "", ""),
        *(_percent(scores["loose"]["f1"]), ""),
        *(_percent(scores["attribution"]["accuracy"]), "", str(scores["attribution"]["of"])),
    ]


def _count_by_text(parts: Sequence[Part], answers: Answers) -> NDArray[np.int64]:
    """Strict hits, gold and found of each text, one row a text: (texts, 3)."""
    wanted = {key_of(row) for row in take_mapped(_gold_of(parts), point=True)}
    found = {key_of(row) for row in take_mapped(answers.claims_of(parts), point=True)}
    counts = [Counter(key[0] for key in keys) for keys in (wanted & found, wanted, found)]
    texts = [document.doc_id for part in parts for document in part.documents]
    return np.array([[count[text] for count in counts] for text in texts], dtype=np.int64).reshape(-1, 3)


def _resample(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Strict F1 of samples of the texts, drawn with replacement; the same texts for the same number of them.

    Nothing found where nothing is to be found is 1. The percentile bootstrap
    (Efron 1979), with texts as units since claims of one text are not independent.
    """
    draws = np.random.default_rng(_SEED).integers(len(counts), size=(_SAMPLES, len(counts)))
    hits, gold, found = np.moveaxis(counts[draws].sum(axis=1), -1, 0)
    total = gold + found
    scores: NDArray[np.float64] = np.where(total, 2 * hits / np.maximum(total, 1), 1.0)
    return scores


def _span(values: NDArray[np.float64], *, signed: bool = False) -> str:
    """The middle 95 % of values, in per cent."""
    low, high = np.quantile(values, (0.025, 0.975))
    if signed:
        return f"{_change(float(low))} to {_change(float(high))}"
    return f"{100 * low:.0f}–{100 * high:.0f}"
