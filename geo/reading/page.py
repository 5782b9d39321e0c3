"""HTML pages: the text a reader sees, and what the page says about itself.

The parser reports events instead of building a tree, because libxml2 cuts a
tree that is nested deeper than 2,048 elements; events have no such limit, so
text is kept at any depth and in nodes of any size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from geo.errors import ReadError
from geo.reading.decode import decode_text, read_bytes
from geo.reading.page_meta import PageMeta, page_fields
from geo.reading.page_text import TextSink
from geo.reading.records import BadRecord, RawRecord, ReadOptions

__all__ = ["read_page", "visible_text"]

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})"""
    rb"""|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{2,40})""",
    re.IGNORECASE,
)
_LIMIT_FAULTS = ("ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY", "ERR_ENTITY_LOOP", "ERR_INTERNAL_ERROR")


def read_page(path: Path, options: ReadOptions) -> Iterator[RawRecord | BadRecord]:
    """Read a ``.html`` file: its visible text, and the metadata it declares.

    An empty file is an empty document; a page with markup and no visible text
    (a frame set, a page that a script fills) is refused.
    """
    data = read_bytes(path, limit=options.max_file_bytes)
    found = _DECLARED.search(data[:4096])
    declared = (found.group(1) or found.group(2)).decode("ascii") if found else ""
    markup, encoding = decode_text(data, declared=declared)
    text, fields = visible_text(markup)
    if not text and markup.strip():
        raise ReadError("no visible text: the page may be filled by a script. Save it as text or PDF.")
    notes = () if encoding.startswith("utf") else (f"read as {encoding}",)
    yield RawRecord(text=text, fields=fields, warnings=notes)


def visible_text(markup: str) -> tuple[str, dict[str, str]]:
    """Return a page's visible text and its metadata fields.

    Paragraphs and other blocks end with a blank line, ``<br>`` with a line
    break, table cells with a tab; runs of white space are one space except in
    ``<pre>``. What is left out is told in :mod:`geo.reading.page_text`.

    Raises
    ------
    ReadError
        If the parser stopped at a limit, so that the text would be shorter than the page.
    """
    from lxml import etree

    if not markup.strip():
        return "", {}
    sink = _Sink()
    parser = etree.HTMLParser(target=sink, encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        parser.feed(markup.encode("utf-8"))
        parser.close()
    except etree.XMLSyntaxError as error:
        if not sink.is_closed:
            raise ReadError(f"not readable as HTML ({error.msg}). Save it again or as text.") from error
    stopped = [entry for entry in parser.feed_error_log if entry.type_name in _LIMIT_FAULTS]
    if stopped:
        raise ReadError(
            f"truncated by the HTML parser at line {stopped[0].line} ({stopped[0].message}). "
            "Save the page as text."
        )
    return sink.text.result(), page_fields(sink.meta)


class _Sink:
    """Takes the parser's events and shares them between text and metadata."""

    def __init__(self) -> None:
        self.text = TextSink()
        self.meta = PageMeta()
        self.is_closed = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.text.start(tag, attributes)
        self.meta.start(tag, attributes)

    def end(self, tag: str) -> None:
        self.text.end(tag)
        self.meta.end(tag)

    def data(self, data: str) -> None:
        self.text.data(data)
        self.meta.data(data)

    def comment(self, text: str) -> None:
        """Comments are not shown by a browser."""

    def close(self) -> None:
        self.is_closed = True
