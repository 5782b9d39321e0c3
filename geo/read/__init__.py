"""Reading inputs: files, folders and tables become documents with metadata."""

from __future__ import annotations

from geo.read.dateline import find_published, find_title
from geo.read.documents import EXTENSIONS, read_batches, read_documents
from geo.read.records import METADATA_FIELDS, ReadOptions, ReadResult
from geo.read.sources import SOURCES_COLUMNS, Sources, read_sources

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
    "read_sources",
]
