"""The gold sets and their splits, and what the engine answers on their texts."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from geo.errors import ReadError
from geo.evaluate.tables import Row
from geo.extraction import analyse_document
from geo.model import Document
from geo.reading import read_documents

__all__ = [
    "DEVELOPMENT",
    "HELD_OUT",
    "SPLITS",
    "USED",
    "Answers",
    "Part",
    "count_right_cases",
    "find_answers",
    "read_parts",
]

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
CASES = ROOT / "tests" / "cases" / "claims"

USED, DEVELOPMENT, HELD_OUT = "used for the rules", "development", "held out"
SPLITS = (USED, DEVELOPMENT, HELD_OUT)

_USED_SETS = ("english", "english_d", "english_f")
_UNREAD_SETS = ("english_e",)
_SECOND = "_b"
"""Second sets were all read while the rules were mended."""
_NO_TEXTS = ("seeds",)
_CLAIM_COLUMNS = (
    *("doc_id", "province_id", "claim_type", "group", "stance", "location_basis"),
    *("attribution_kind", "year", "sentence"),
)
_MENTION_COLUMNS = ("doc_id", "start", "end", "province_id")


@dataclass(frozen=True, slots=True)
class Part:
    """The texts of one gold set that are in one split; shows none of them when it is printed.

    Parameters
    ----------
    name
        Folder of the set.
    split
        One of `SPLITS`.
    documents
        As the program reads them, with what ``sources.csv`` says of each.
    claims, mentions
        Rows of gold for these documents. Left out are those without a claim type and the
        mentions of regions and directions, which have no province.
    """

    name: str
    split: str
    documents: tuple[Document, ...] = field(repr=False)
    claims: tuple[Row, ...] = field(repr=False)
    mentions: tuple[Row, ...] = field(repr=False)

    @property
    def in_english(self) -> bool:
        """Whether the texts are in English."""
        return self.name.startswith("english")


@dataclass(frozen=True, slots=True)
class Answers:
    """What one run of the engine found, as rows of strings by document id."""

    claims: Mapping[str, Sequence[Row]] = field(repr=False)
    mentions: Mapping[str, Sequence[Row]] = field(repr=False)

    def claims_of(self, parts: Iterable[Part]) -> list[Row]:
        """Return the claims found in the texts of these parts."""
        return [row for part in parts for document in part.documents for row in self.claims[document.doc_id]]

    def mentions_of(self, parts: Iterable[Part]) -> list[Row]:
        """Return the mentions found in the texts of these parts."""
        return [
            row for part in parts for document in part.documents for row in self.mentions[document.doc_id]
        ]


def read_parts(folder: Path = GOLD) -> list[Part]:
    """Read all sets of a folder, English first; odd and even texts are parts of their own.

    Raises
    ------
    ReadError
        If a text cannot be read or ``sources.csv`` has a fault.
    """
    sets = [path for path in folder.iterdir() if path.is_dir() and path.name not in _NO_TEXTS]
    parts = []
    for path in sorted(sets, key=lambda path: (not path.name.startswith("english"), path.name)):
        used = path.name in _USED_SETS or path.name.endswith(_SECOND)
        splits = (USED,) if used else (DEVELOPMENT, HELD_OUT)
        if path.name in _UNREAD_SETS:
            splits = (HELD_OUT,)
        parts += [_read_part(path, split) for split in splits]
    return parts


def _read_part(folder: Path, split: str) -> Part:
    files = [
        path
        for path in sorted(folder.glob("*_*.txt"))
        if split == USED or folder.name in _UNREAD_SETS or split == _split_of(path.stem)
    ]
    result = read_documents(files)
    if faults := [*result.skipped, *result.problems]:
        raise ReadError(f"{folder}: {faults[0]}. Mend the set, then measure again.")
    ids = {document.doc_id for document in result.documents}
    claims, mentions = (
        tuple(row for row in _read_rows(folder / f"{name}.csv") if row["doc_id"] in ids and row[needs])
        for name, needs in (("claims", "claim_type"), ("mentions", "province_id"))
    )
    return Part(folder.name, split, result.documents, claims, mentions)


def _split_of(stem: str) -> str:
    return DEVELOPMENT if int(stem.rpartition("_")[2]) % 2 else HELD_OUT


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as handle:
        return list(csv.DictReader(handle))


def find_answers(parts: Iterable[Part], advance: Callable[[], None]) -> Answers:
    """Run the engine as it stands now on every text once; ``advance`` is called after each."""
    claims: dict[str, list[Row]] = {}
    mentions: dict[str, list[Row]] = {}
    for document in (document for part in parts for document in part.documents):
        found = analyse_document(document)
        claims[document.doc_id] = [_to_row(claim, _CLAIM_COLUMNS) for claim in found.claims]
        mentions[document.doc_id] = [_to_row(mention, _MENTION_COLUMNS) for mention in found.mentions]
        advance()
    return Answers(claims, mentions)


def _to_row(record: object, names: Iterable[str]) -> dict[str, str]:
    values = {name: getattr(record, name) for name in names}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def count_right_cases(names: Iterable[str] | None = None) -> dict[str, tuple[int, int]]:
    """Count the cases of each case file, and those that come out exactly as they expect.

    Parameters
    ----------
    names
        Stems of the files; all of them by default.

    Returns
    -------
    dict
        File stem to the numbers of right and of all cases.
    """
    helper = _load_case_helper()
    stems = sorted(path.stem for path in CASES.glob("*.yml")) if names is None else names
    counts = {}
    for stem in stems:
        cases = helper.load_cases(stem)
        right = sum(not helper.differences(case["expect"], helper.claims_of_case(case)) for case in cases)
        counts[stem] = (right, len(cases))
    return counts


def _load_case_helper() -> Any:
    """The tests' own comparison of cases, so that there is one of it."""
    if str(ROOT / "tests") not in sys.path:
        sys.path.append(str(ROOT / "tests"))
    return import_module("claims_helper")
