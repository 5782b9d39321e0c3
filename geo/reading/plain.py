"""Plain text and Markdown: the text is the decoded file, nothing added and nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from geo.reading.decode import decode_text, read_bytes
from geo.reading.records import BadRecord, RawRecord, ReadOptions

__all__ = ["read_markdown", "read_plain"]

_HEADING = re.compile(r"^#[ \t]+(\S[^\n\r]{0,300})", re.MULTILINE)


def read_plain(path: Path, options: ReadOptions) -> Iterator[RawRecord | BadRecord]:
    """Read a ``.txt`` file: exactly its decoded characters, but for a dropped byte order mark."""
    text, encoding = decode_text(read_bytes(path, limit=options.max_file_bytes))
    yield RawRecord(text=text, warnings=_warn(encoding))


def read_markdown(path: Path, options: ReadOptions) -> Iterator[RawRecord | BadRecord]:
    """Read a ``.md`` file as it stands, marks included; its first ``# heading`` is the title."""
    text, encoding = decode_text(read_bytes(path, limit=options.max_file_bytes))
    heading = _HEADING.search(text[:20_000])
    fields = {"title": heading.group(1).rstrip("# \t")} if heading else {}
    yield RawRecord(text=text, fields=fields, warnings=_warn(encoding))


def _warn(encoding: str) -> tuple[str, ...]:
    if encoding == "windows-1256":
        return ("read as Windows-1256, because it is not UTF-8 and its letters are Arabic script",)
    return ()
