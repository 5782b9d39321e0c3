"""Reading inputs: files, folders and tables become documents with metadata."""

from __future__ import annotations

from geo.reading.dateline import find_published, find_title
from geo.reading.documents import EXTENSIONS, read_batches, read_documents, read_rows
from geo.reading.records import METADATA_FIELDS, ReadOptions, ReadResult
from geo.reading.sources import SOURCES_COLUMNS, Sources, read_sources

__all__ = [
    "EXTENSIONS",
    "METADATA_FIELDS",
    "SOURCES_COLUMNS",
    "ReadOptions",
    "ReadResult",
    "Sources",
    "find_published",
    "find_title",
    "read_batches",
    "read_documents",
    "read_rows",
    "read_sources",
]
