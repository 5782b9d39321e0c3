"""From paths to documents: the front door of :mod:`geo.reading`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from geo.errors import ReadError
from geo.model import Document, Skipped
from geo.reading.dateline import find_published, find_title
from geo.reading.paths import InputFile, find_files
from geo.reading.records import BadRecord, RawRecord, Reader, ReadOptions, ReadResult, printable
from geo.reading.sources import Sources, read_sources

__all__ = ["EXTENSIONS", "read_batches", "read_documents", "read_rows"]

EXTENSIONS = {
    ".txt": "plain:read_plain",
    ".md": "plain:read_markdown",
    ".html": "page:read_page",
    ".htm": "page:read_page",
    ".pdf": "pdf:read_pdf",
    ".docx": "word:read_word",
    ".jsonl": "tables:read_jsonl",
    ".csv": "tables:read_csv",
    ".parquet": "tables:read_parquet",
}
"""File name ending to the reader's module and function; loaded when first needed."""

_TABLES = frozenset((".jsonl", ".csv", ".parquet"))
_MOST_WARNINGS = 5
_DEFAULTS = ReadOptions()


def read_documents(paths: Sequence[Path], *, options: ReadOptions = _DEFAULTS) -> ReadResult:
    """Read files and folders into documents.

    One unreadable input does not stop the others: it is in ``skipped`` with the
    reason. ``published`` and ``title``, where neither ``sources.csv`` nor the
    file states them, are read from the text where that is safe (``note`` then
    says from which words) and otherwise stay empty.

    Parameters
    ----------
    paths
        Files and folders; a folder stands for all files below it, in sorted order.
    options
        Limits and choices.

    Raises
    ------
    UsageError
        If a path does not exist.

    See Also
    --------
    read_batches : The same for corpora larger than memory.
    """
    batches = list(read_batches(paths, options=options))
    return ReadResult(
        documents=tuple(item for batch in batches for item in batch.documents),
        skipped=tuple(item for batch in batches for item in batch.skipped),
        warnings=tuple(item for batch in batches for item in batch.warnings),
        problems=tuple(item for batch in batches for item in batch.problems),
    )


def read_batches(paths: Sequence[Path], *, options: ReadOptions = _DEFAULTS) -> Iterator[ReadResult]:
    """Read like :func:`read_documents`, but hand on about ``options.batch_characters`` at a time.

    The paths are checked at once, before the first batch is asked for. Ids are
    unique over all batches.

    Yields
    ------
    ReadResult
        One batch; there is always at least one. Problems of a ``sources.csv``
        come with the first file of its folder.
    """
    found, warnings = find_files(paths)
    return _read_all(found, warnings, paths, options)


def read_rows(
    rows: Iterable[Mapping[str, Any]], *, name: str, options: ReadOptions = _DEFAULTS
) -> ReadResult:
    """Read rows that are in memory as `read_documents` reads those of a table.

    Parameters
    ----------
    rows
        Each with ``text`` and, if known, ``id`` or ``doc_id`` and the metadata fields;
        ``None`` is not stated.
    name
        What the rows are called: for ids where there are none (``name-1``) and in messages.
    options
        Limits and choices.
    """
    from geo.reading.tables import row_to_record

    desk, notes = _Desk(options), _Notes()
    file = InputFile(Path(name), name="", shown=name)
    for number, row in enumerate(rows, start=1):
        record = row_to_record(row, number)
        if isinstance(record, BadRecord):
            desk.skipped.append(Skipped(f"{name}:{number}", record.reason))
        else:
            desk.add(record, file, {}, notes)
    desk.warn(file, notes)
    return desk.take()


def _read_all(
    found: list[InputFile | Skipped], warnings: list[str], paths: Sequence[Path], options: ReadOptions
) -> Iterator[ReadResult]:
    desk = _Desk(options)
    desk.warnings += warnings
    for path in paths:  # an empty folder's sources.csv has faults to tell as well
        desk.sources_of(path if path.is_dir() else path.parent)
    for entry in found:
        if isinstance(entry, Skipped):
            desk.skipped.append(entry)
            continue
        for _ in desk.read(entry):
            if desk.characters >= options.batch_characters:
                yield desk.take()
    yield desk.take()


@dataclass(slots=True)
class _Notes:
    """The first few warnings about one file, and how many more there were."""

    first: list[str] = field(default_factory=list)
    more: int = 0

    def add(self, note: str) -> None:
        """Keep a warning, or count it."""
        if len(self.first) < _MOST_WARNINGS:
            self.first.append(note)
        else:
            self.more += 1


@dataclass(slots=True)
class _Desk:
    """What one run of reading has gathered since the last batch, and which ids are taken."""

    options: ReadOptions
    documents: list[Document] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    characters: int = 0
    ids: dict[str, int] = field(default_factory=dict)
    sources: dict[Path, Sources] = field(default_factory=dict)

    def take(self) -> ReadResult:
        """Return what was gathered and start anew."""
        batch = ReadResult(
            tuple(self.documents), tuple(self.skipped), tuple(self.warnings), tuple(self.problems)
        )
        self.documents, self.skipped, self.warnings, self.problems = [], [], [], []
        self.characters = 0
        return batch

    def sources_of(self, folder: Path) -> Sources:
        """Read a folder's ``sources.csv`` once."""
        key = folder.resolve()
        if key not in self.sources:
            self.sources[key] = read_sources(folder)
            if problem := self.sources[key].problem:
                self.problems.append(problem)
        return self.sources[key]

    def read(self, file: InputFile) -> Iterator[None]:
        """Read one file, one step a record."""
        known = self.sources_of(file.path.parent).fields_for(file.path.name)
        ending = file.path.suffix.lower()
        if ending not in EXTENSIONS:
            known_endings = " ".join(EXTENSIONS)
            self.skipped.append(
                Skipped(file.shown, f"unknown kind of file {printable(ending)!r}; known: {known_endings}")
            )
            return
        notes = _Notes()
        count = 0
        try:
            for record in _reader(ending)(file.path, self.options):
                count += 1
                if isinstance(record, BadRecord):
                    self.skipped.append(Skipped(f"{file.shown}:{record.number}", record.reason))
                else:
                    self.add(record, file, known, notes)
                yield
        except ReadError as error:
            self.skipped.append(Skipped(file.shown, str(error)))
        except OSError as error:
            self.skipped.append(Skipped(file.shown, f"cannot be read: {error.strerror or error}"))
        except Exception as error:  # one file in a hundred must not stop the other 99, whatever is in it
            self.skipped.append(
                Skipped(file.shown, f"reader failed ({type(error).__name__}: {error}). Save it as text.")
            )
        else:
            if not count:
                notes.add("no rows")
        self.warn(file, notes)

    def warn(self, file: InputFile, notes: _Notes) -> None:
        """Keep what there was to warn of in one file."""
        more = [f"{notes.more:,} more of such warnings"] if notes.more else []
        self.warnings += [
            f"{file.shown}{'' if note.startswith(':') else ': '}{note}" for note in notes.first + more
        ]

    def add(self, record: RawRecord, file: InputFile, known: Mapping[str, str], notes: _Notes) -> None:
        """Make a document of a record and of what is known about its file."""
        place = f":{record.number}: " if record.number else ""
        doc_id = self._unique_id(record, file, place, notes)
        for note in record.warnings:
            notes.add(place + note)
        if not record.text.strip():
            notes.add(f"{place}empty: no text in it")
        fields = {**known, **record.fields} if record.own_metadata_wins else {**record.fields, **known}
        if self.options.fill_from_text:
            fields = _filled(fields, record.text)
        self.documents.append(Document(doc_id=doc_id, text=record.text, path=file.name, **fields))
        self.characters += len(record.text) + 1000

    def _unique_id(self, record: RawRecord, file: InputFile, place: str, notes: _Notes) -> str:
        stem = printable(file.path.stem)
        wanted = printable(record.doc_id) or (f"{stem}-{record.number}" if record.number else stem)
        self.ids[wanted] = count = self.ids.get(wanted, 0) + 1
        if count == 1:
            return wanted
        doc_id = f"{wanted}~{count}"
        while doc_id in self.ids:
            count += 1
            doc_id = f"{wanted}~{count}"
        self.ids[wanted], self.ids[doc_id] = count, 1
        notes.add(
            f"{place}doc_id {wanted[:80]!r} is taken by an earlier document; this one is {doc_id[:90]!r}"
        )
        return doc_id


def _reader(ending: str) -> Reader:
    module, name = EXTENSIONS[ending].split(":")
    reader: Reader = getattr(import_module(f"geo.reading.{module}"), name)
    return reader


def _filled(fields: Mapping[str, str], text: str) -> dict[str, str]:
    """Add what the text itself states safely to what is known; never replace anything."""
    filled = dict(fields)
    if not filled.get("published"):
        published, why = find_published(text)
        if published:
            filled["published"] = published
            filled["note"] = "; ".join(
                filter(None, (filled.get("note"), f"published read from the text, {why}"))
            )
    if not filled.get("title") and (title := find_title(text)):
        filled["title"] = title
    return filled
