"""PDF files, through pypdf, refused where their text cannot be had whole."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ReadError
from geo.reading.decode import read_bytes, unpaired_surrogate
from geo.reading.records import BadRecord, RawRecord, ReadOptions

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["read_pdf"]

_FREE_INFLATION = 8 * 1024**2
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\ufffd]")
_LETTER = re.compile(r"[^\W\d_]")
_FILE_NAME_TITLE = re.compile(
    r"^(microsoft word|untitled|document\d*$)|\.(docx?|pdf|indd|qxd|rtf|odt)$", re.I
)


def read_pdf(path: Path, options: ReadOptions) -> Iterator[RawRecord | BadRecord]:
    """Read a ``.pdf`` file: the text layer of its pages, parted by a blank line.

    The file's creation date is not its publication date and is not used; nor
    is its author field, which mostly names a computer's owner.

    Raises
    ------
    ReadError
        If the file is no PDF, truncated, encrypted, unpacks beyond the limits,
        or has no text (a scan) or none that maps to letters.
    """
    from pypdf.errors import PyPdfError

    data = read_bytes(path, limit=options.max_file_bytes)
    _check_frame(data)
    with _overheard() as remarks:
        try:
            reader = _open(data)
            pages = _page_texts(reader, len(data), options)
            title = _title(reader)
        except (ReadError, MemoryError):
            raise
        except PyPdfError as error:
            raise ReadError(f"not readable as PDF: {error}. Open it and print it to a new PDF.") from error
        except Exception as error:  # pypdf warns in its own words that broken files may raise anything
            raise ReadError(
                f"damaged PDF ({type(error).__name__}: {error}). Open it and print it to a new PDF."
            ) from error
    text = "\n\n".join(pages)
    _check_text(text, len(pages))
    yield RawRecord(text=text, fields=title, warnings=_warnings(pages, remarks))


def _check_frame(data: bytes) -> None:
    if b"%PDF-" not in data[:1024]:
        raise ReadError("not a PDF: the mark %PDF- is missing at its start.")
    if b"%%EOF" not in data[-2048:]:
        raise ReadError("truncated PDF: the end mark %%EOF is missing. Fetch the file again.")


def _open(data: bytes) -> PdfReader:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise ReadError("encrypted PDF. Save a copy without a password.")
    return reader


def _page_texts(reader: PdfReader, size: int, options: ReadOptions) -> list[str]:
    from pypdf.errors import LimitReachedError

    count = len(reader.pages)
    if count > options.max_members:
        raise ReadError(f"{count:,} pages, more than the {options.max_members:,} allowed. Split the file.")
    texts, inflated = [], 0
    allowed = min(options.max_inflated_bytes, max(_FREE_INFLATION, size * options.max_inflation_ratio))
    for number, page in enumerate(reader.pages, start=1):
        try:
            contents = page.get_contents()
            inflated += len(contents.get_data()) if contents is not None else 0
            if inflated > allowed:
                raise LimitReachedError(f"{inflated:,} bytes")
            texts.append(page.extract_text())
            inflated += len(texts[-1])
        except LimitReachedError as error:
            raise ReadError(
                f"PDF bomb: page {number} brings {size:,} packed bytes to more than may be unpacked "
                f"({error}; allowed {allowed:,}). Print the pages you need to a new PDF."
            ) from error
    return texts


def _check_text(text: str, pages: int) -> None:
    letters = len(_LETTER.findall(text))
    if not letters:
        raise ReadError(f"no text in {pages} page(s): a scan without a text layer. Run OCR on it first.")
    if 3 * len(_PRIVATE_USE.findall(text)) > letters:
        raise ReadError("its fonts do not say which letters they show. Run OCR on it first.")
    if "\0" in text or unpaired_surrogate(text) is not None:
        raise ReadError("its text layer holds characters that are no text. Run OCR on it first.")


def _warnings(pages: list[str], remarks: list[str]) -> tuple[str, ...]:
    notes = []
    if empty := [str(number) for number, text in enumerate(pages, start=1) if not text.strip()]:
        shown = ", ".join(empty[:10]) + (", …" if len(empty) > 10 else "")
        notes.append(f"no text on page(s) {shown} of {len(pages)}: blank, or scanned without a text layer")
    if remarks:
        notes.append(f"the PDF library remarked: {'; '.join(dict.fromkeys(remarks))}"[:400])
    return tuple(notes)


def _title(reader: PdfReader) -> dict[str, str]:
    info = reader.metadata
    title = " ".join(str(info.title or "").split()) if info else ""
    return {} if not title or _FILE_NAME_TITLE.search(title) else {"title": title}


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.heard) < 20:
            self.heard.append(record.getMessage())


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """Listen to what pypdf logs while it reads, so that its doubts reach the result and not the terminal."""
    ear, logger = _Ear(), logging.getLogger("pypdf")
    logger.addHandler(ear)
    try:
        yield ear.heard
    finally:
        logger.removeHandler(ear)
