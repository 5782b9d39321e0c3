"""Measure how many spellings of the provinces are known, and how well shared names are told apart.

    python benchmarks/names.py            print the tables as Markdown
    python benchmarks/names.py --write    write them between the markers of docs/names.md
    python benchmarks/names.py --check    exit 1 if those in docs/names.md are others
    python benchmarks/names.py --errors   list the errors of the development split

Errors of the test split are never shown, only totals. The numbers are the same on every run.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from benchmarks.pages import fill, settle  # noqa: E402
from geo.errors import GeoError  # noqa: E402
from geo.gazetteer import load_gazetteer  # noqa: E402
from geo.match import find_mentions  # noqa: E402
from geo.model import Document  # noqa: E402

__all__ = ["DEV", "SPLITS", "TITLES", "Case", "Outcome", "judge", "main", "make_tables", "read_cases"]

GOLD = ROOT / "tests" / "gold_names"
PAGE = ROOT / "docs" / "names.md"
DEV, TEST = SPLITS = ("dev", "test")

TITLES = {
    "form-languages": "Spellings found, by language",
    "form-sources": "Spellings found, by source",
    "context-kinds": "Names in context, all together",
    "context-names": "Names in context, by name",
}
"""Names of the tables and their headings, in the order of the page."""

_NONE = "–"


@dataclass(frozen=True, slots=True)
class Case:
    """A text with one span and the province that the span names.

    Parameters
    ----------
    text
        A carrier sentence with a spelling in it, or a context.
    start, end
        Half-open span in code points.
    province_id
        ISO 3166-2 code; empty where the span names no single province.
    kind
        ``form`` or ``context``.
    group
        Language of a form, ambiguous name of a context.
    language
        BCP 47 code.
    source
        Where a form is from, or why a context is right.
    split
        ``dev`` or ``test``.
    """

    text: str
    start: int
    end: int
    province_id: str
    kind: str
    group: str
    language: str
    source: str
    split: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case and the provinces of the mentions that touch its span; none is an empty set."""

    case: Case
    found: frozenset[str]

    @property
    def right(self) -> bool:
        """Whether exactly the province meant was found, or none where none is meant."""
        return self.found == ({self.case.province_id} if self.case.province_id else frozenset())


def read_cases(folder: Path = GOLD) -> list[Case]:
    """Read the spellings, each put into the carrier sentence of its language, then the contexts.

    Parameters
    ----------
    folder
        With ``surface_forms.csv``, ``carriers.csv`` and ``contexts.csv``; see its README.
    """
    carriers = {row["language"]: row["sentence"] for row in _read(folder / "carriers.csv")}
    cases = []
    for row in _read(folder / "surface_forms.csv"):
        before, after = carriers[row["language"]].split("{}")
        text, start = before + row["form"] + after, len(before)
        row |= {"group": row["language"], "text": text}
        cases.append(_make_case(row, "form", start, start + len(row["form"])))
    for row in _read(folder / "contexts.csv"):
        row |= {"group": row["ambiguous_name"], "source": row["why"]}
        cases.append(_make_case(row, "context", int(row["start"]), int(row["end"])))
    return cases


def _make_case(row: dict[str, str], kind: str, start: int, end: int) -> Case:
    told = {key: row[key] for key in ("text", "province_id", "group", "language", "source", "split")}
    return Case(start=start, end=end, kind=kind, **told)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def judge(cases: Iterable[Case]) -> list[Outcome]:
    """Find the mentions of each text and keep the provinces of those that touch the span."""
    gazetteer = load_gazetteer()
    outcomes = []
    for case in cases:
        mentions = find_mentions(Document("case", case.text), gazetteer)
        touching = (m.province_id for m in mentions if m.start < case.end and m.end > case.start)
        outcomes.append(Outcome(case, frozenset(touching) - {""}))
    return outcomes


def make_tables(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Make every table of `TITLES`, as Markdown without a heading."""
    forms = [outcome for outcome in outcomes if outcome.case.kind == "form"]
    contexts = [outcome for outcome in outcomes if outcome.case.kind == "context"]
    sources = sorted({outcome.case.source for outcome in forms})
    kinds: dict[str, Callable[[Outcome], bool]] = {
        "all": lambda outcome: outcome.case.kind == "context",
        "the province is meant": lambda outcome: bool(outcome.case.province_id),
        "something else is meant": lambda outcome: not outcome.case.province_id,
        "English": lambda outcome: outcome.case.language == "en",
        "other languages": lambda outcome: outcome.case.language != "en",
    }
    return {
        "form-languages": _by_group(forms, "language", _recall_cells, ("forms", "R", "wrong")),
        "form-sources": _table(
            "source",
            ("forms", "R", "wrong"),
            [
                (name.replace(" ", " and "), [one for one in forms if one.case.source == name])
                for name in sources
            ],
            _recall_cells,
        ),
        "context-kinds": _table(
            "contexts",
            ("number", "right", "P", "R"),
            [(name, [one for one in contexts if chosen(one)]) for name, chosen in kinds.items()],
            _context_cells,
        ),
        "context-names": _by_group(contexts, "name", _context_cells, ("number", "right", "P", "R")),
    }


def _by_group(
    outcomes: Sequence[Outcome],
    head: str,
    cells: Callable[[Sequence[Outcome]], list[str]],
    heads: Sequence[str],
) -> str:
    groups = list(dict.fromkeys(outcome.case.group for outcome in outcomes))
    rows = [(name, [one for one in outcomes if one.case.group == name]) for name in groups]
    return _table(head, heads, [("**all**", list(outcomes)), *rows], cells)


def _table(
    head: str,
    heads: Sequence[str],
    rows: Iterable[tuple[str, Sequence[Outcome]]],
    cells: Callable[[Sequence[Outcome]], list[str]],
) -> str:
    """A Markdown table: a word, then the same columns for each split."""
    columns = [head, *(f"{split} {name}" for split in SPLITS for name in heads)]
    lines = [columns, [":--", *("--:" for _ in columns[1:])]]
    for name, some in rows:
        parts = ([one for one in some if one.case.split == split] for split in SPLITS)
        lines.append([name, *(cell for part in parts for cell in cells(part))])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _recall_cells(outcomes: Sequence[Outcome]) -> list[str]:
    wrong = sum(bool(one.found) and not one.right for one in outcomes)
    return [
        str(len(outcomes)),
        _percent(sum(one.right for one in outcomes), len(outcomes)),
        str(wrong) if outcomes else _NONE,
    ]


def _context_cells(outcomes: Sequence[Outcome]) -> list[str]:
    found = sum(bool(one.found) for one in outcomes)
    meant = sum(bool(one.case.province_id) for one in outcomes)
    hits = sum(one.right and bool(one.case.province_id) for one in outcomes)
    right = _percent(sum(one.right for one in outcomes), len(outcomes))
    return [str(len(outcomes)), right, _percent(hits, found) if meant else _NONE, _percent(hits, meant)]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else _NONE


def _list_errors(outcomes: Iterable[Outcome]) -> str:
    """One line an error of the development split: what was meant, what was found, the text."""
    lines = []
    for one in outcomes:
        case = one.case
        if case.split == DEV and not one.right:
            marked = f"{case.text[: case.start]}[{case.text[case.start : case.end]}]{case.text[case.end :]}"
            what = f"{case.province_id or _NONE} found {' '.join(sorted(one.found)) or _NONE}"
            lines.append(f"{case.kind} {case.group}: {what}: {marked} ({case.source})")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print, write or check the tables, or list errors; return the exit status."""
    parser = argparse.ArgumentParser(description="Measure the names of the gazetteer.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--write", action="store_true", help="write the tables into docs/names.md")
    choice.add_argument("--check", action="store_true", help="exit 1 if docs/names.md has other tables")
    choice.add_argument("--errors", action="store_true", help="list the errors of the development split")
    options = parser.parse_args(arguments)
    try:
        outcomes = judge(read_cases())
        if options.errors:
            print(_list_errors(outcomes))
            return 0
        tables = make_tables(outcomes)
        if not (options.write or options.check):
            print("\n\n".join(f"## {TITLES[name]}\n\n{table}" for name, table in tables.items()))
            return 0
        page = PAGE.read_text(encoding="utf-8")
        filled = fill(page, tables)
    except GeoError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return settle(PAGE, filled, write=options.write)


if __name__ == "__main__":
    sys.exit(main())
