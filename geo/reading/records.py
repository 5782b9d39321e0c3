"""What a reader hands on, and the limits it keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geo.model import Document, Skipped

__all__ = [
    "METADATA_FIELDS",
    "BadRecord",
    "RawRecord",
    "ReadOptions",
    "ReadResult",
    "Reader",
    "printable",
    "to_fields",
]

METADATA_FIELDS = ("publisher", "title", "author", "published", "url", "language", "note")
"""Fields of a document that metadata may fill, as named in ``sources.csv`` and in tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """Limits for reading; they bound memory and time, and a file over one is refused by name.

    Parameters
    ----------
    max_file_bytes
        Largest single text, page, PDF or Word file, and longest single line of a JSONL file.
        Tables (``.jsonl .csv .parquet``) are streamed and may be larger.
    max_inflated_bytes
        How much a PDF's pages or a Word file's members may unpack to, in total.
    max_inflation_ratio
        How many times its packed size an unpacked Word member or a PDF may reach;
        only asked above 8 MiB, because small files compress well for honest reasons.
    max_members
        How many members a Word file, or pages a PDF, may have.
    fill_from_text
        Whether an empty ``published`` or ``title`` may be read from the text where that is safe.
    batch_characters
        About how many characters :func:`geo.reading.read_batches` puts in one batch.
    """

    max_file_bytes: int = 256 * 1024**2
    max_inflated_bytes: int = 256 * 1024**2
    max_inflation_ratio: int = 200
    max_members: int = 10_000
    fill_from_text: bool = True
    batch_characters: int = 16 * 1024**2


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What came of reading, all in input order.

    Parameters
    ----------
    documents
        One per text, with unique ``doc_id``.
    skipped
        Inputs (a file, or ``file:line`` of a table) that were not read, and why.
    warnings
        Things to know that lost no text, one sentence each.
    problems
        Faults in ``sources.csv`` files, one message for each such file.
    """

    documents: tuple[Document, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One text as a format reader found it, before ``sources.csv`` and the text itself add to it.

    ``own_metadata_wins`` is set for rows of a table, which know more than the
    one line that ``sources.csv`` has for the whole table.
    """

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    doc_id: str = ""
    number: int = 0
    own_metadata_wins: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRecord:
    """One row of a table that could not be read; ``number`` is its line or row, from 1."""

    number: int
    reason: str


Reader = Callable[[Path, ReadOptions], Iterator[RawRecord | BadRecord]]
"""Reads one file; raises :class:`geo.errors.ReadError` when it refuses the whole file."""


def to_fields(values: Mapping[str, object]) -> dict[str, str]:
    """Keep the metadata fields that hold something, as stripped strings."""
    kept = {}
    for name in METADATA_FIELDS:
        value = values.get(name)
        if value is not None and (text := " ".join(str(value).split())):
            kept[name] = text
    return kept


def printable(name: str) -> str:
    """Return a file name or id that can be written as UTF-8 and shown on one line.

    Control characters and bytes that are no text in the file system's encoding become U+FFFD.
    """
    return "".join(
        "\ufffd" if ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or 0xD800 <= ord(char) < 0xE000 else char
        for char in name
    )
