"""``sources.csv``: what a person knows about the files beside it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ReadError
from geo.reading.dates import is_iso_date
from geo.reading.decode import decode_text, read_bytes
from geo.reading.paths import SOURCES_NAME
from geo.reading.records import METADATA_FIELDS, printable, to_fields

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

__all__ = ["SOURCES_COLUMNS", "Sources", "read_sources"]

SOURCES_COLUMNS = ("file", *METADATA_FIELDS)
"""The header of ``sources.csv``, in any order."""

_LARGEST = 64 * 1024**2
_MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Sources:
    """The usable rows of one ``sources.csv`` and, in one message, everything wrong with it.

    Parameters
    ----------
    rows
        File name (NFC) to the metadata fields that hold something.
    problem
        Empty, or every fault with its line number and what to do.
    """

    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problem: str = ""

    def fields_for(self, file_name: str) -> Mapping[str, str]:
        """Return what is known about a file of this folder; nothing if it is not listed."""
        return self.rows.get(unicodedata.normalize("NFC", file_name), {})


def read_sources(folder: Path) -> Sources:
    """Read the ``sources.csv`` of one folder; without one, nothing is known and nothing is wrong.

    A row with a fault in its ``file`` is not used; a bad date leaves only the
    date empty; of two rows for one file the first counts; with a column
    missing or twice no row is used.
    """
    path = folder / SOURCES_NAME
    if not path.is_file():
        return Sources()
    try:
        text, _ = decode_text(read_bytes(path, limit=_LARGEST))
    except ReadError as error:
        return _with_faults({}, path, [f"{error}"])
    csv.field_size_limit(max(csv.field_size_limit(), _LARGEST))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    faults: list[str] = []
    rows: dict[str, Mapping[str, str]] = {}
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if header_faults := _check_header(names):
            faults += header_faults
        if not set(SOURCES_COLUMNS) <= set(names) or len(set(names)) < len(names):
            return _with_faults({}, path, faults)
        _read_rows(reader, names, folder, rows, faults)
    except csv.Error as error:
        faults.append(f"line {reader.line_num}: not CSV ({error}); lines from here on are not used")
    return _with_faults(rows, path, faults)


def _check_header(names: list[str]) -> list[str]:
    faults = []
    if missing := [name for name in SOURCES_COLUMNS if name not in names]:
        faults.append(f"line 1: missing column(s) {', '.join(missing)}; no row is used")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        faults.append(f"line 1: column(s) {', '.join(map(repr, twice))} twice; no row is used")
    if unknown := sorted({name for name in names if name not in SOURCES_COLUMNS}):
        faults.append(
            f"line 1: unknown column(s) {', '.join(repr(printable(name)[:40]) for name in unknown)}"
        )
    return faults


def _read_rows(
    reader: CsvReader, names: list[str], folder: Path, rows: dict[str, Mapping[str, str]], faults: list[str]
) -> None:
    first_line: dict[str, int] = {}
    present = {unicodedata.normalize("NFC", entry.name) for entry in folder.iterdir() if entry.is_file()}
    while True:
        line = reader.line_num + 1
        cells = next(reader, None)
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            faults.append(f"line {line}: {len(cells)} cells, expected {len(names)}; row not used")
            continue
        row = dict(zip(names, cells, strict=True))
        file_name = unicodedata.normalize("NFC", row["file"].strip())
        shown = repr(printable(file_name)[:100])
        published = row["published"].strip()
        if published and not is_iso_date(published):
            faults.append(
                f"line {line}: published {printable(published)[:40]!r} is not a date as YYYY, YYYY-MM "
                "or YYYY-MM-DD; left empty"
            )
            row["published"] = ""
        if file_name in first_line:
            faults.append(
                f"line {line}: file {shown} again (first on line {first_line[file_name]}); row not used"
            )
        elif file_name not in present or file_name == SOURCES_NAME:
            faults.append(f"line {line}: unknown file {shown}, not in this folder; row not used")
        else:
            rows[file_name] = to_fields(row)
        first_line.setdefault(file_name, line)


def _with_faults(rows: dict[str, Mapping[str, str]], path: Path, faults: list[str]) -> Sources:
    if not faults:
        return Sources(rows)
    named = faults[:_MOST_NAMED]
    if len(faults) > len(named):
        named.append(f"and {len(faults) - len(named)} more of the kind")
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return Sources(
        rows,
        f"{printable(str(path))}: {count}: {'; '.join(named)}. "
        f"Expected the columns {','.join(SOURCES_COLUMNS)} and one row a file; correct it and run again.",
    )
