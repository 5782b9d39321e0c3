from __future__ import annotations

import io
import logging
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from geo.reading import ReadOptions, ReadResult, read_documents

LINE = "Al-Qaeda runs a camp in Ghazni, officials said."


def make_pdf(*streams: bytes, packed: bool = True, title: str = "") -> bytes:
    """Build a PDF of one page a content stream, by hand, so that streams may hold anything."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for stream in streams:
        data = zlib.compress(stream, 9) if packed else stream
        filters = b"/Filter /FlateDecode " if packed else b""
        objects.append(b"<< %b/Length %d >>\nstream\n%b\nendstream" % (filters, len(data), data))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< /Title (%b) /CreationDate (D:20241112000000Z) >>" % title.encode())
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    size = len(objects)
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size + 1, size, start)
    )
    return out.getvalue()


def page(*lines: str) -> bytes:
    shown = b"".join(b"(%b) Tj 0 -14 Td\n" % line.encode("latin-1") for line in lines)
    return b"BT /F1 12 Tf 72 720 Td\n" + shown + b"ET"


def read(folder: Path, data: bytes, options: ReadOptions | None = None) -> ReadResult:
    (folder / "report.pdf").write_bytes(data)
    (folder / "good.txt").write_text("Good text")
    result = read_documents([folder], options=options or ReadOptions())
    assert result.documents[0].doc_id == "good", "the other file is read whatever the PDF is"
    return result


def refusal(folder: Path, data: bytes, options: ReadOptions | None = None) -> str:
    result = read(folder, data, options)
    assert [d.doc_id for d in result.documents] == ["good"]
    assert [Path(s.path).name for s in result.skipped] == ["report.pdf"]
    return result.skipped[0].reason


def encrypted() -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(make_pdf(page(LINE)))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_text_of_the_pages_is_read(tmp_path: Path) -> None:
    result = read(tmp_path, make_pdf(page(LINE, "Second line"), page("Page two"), title="A report"))
    document = result.documents[1]
    assert [line for line in document.text.splitlines() if line] == [LINE, "Second line", "Page two"]
    assert (document.title, document.published, document.author) == ("A report", "", "")
    assert result.skipped == result.warnings == ()


@pytest.mark.parametrize("title", ["Microsoft Word - draft3", "report.docx", "Untitled", ""])
def test_file_names_in_the_title_field_are_no_titles(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, make_pdf(page(LINE), title=title)).documents[1].title == ""


WHOLE = make_pdf(page(LINE))
REFUSED = [
    (b"", "not a PDF", "empty"),
    (b"<html>not found</html>", "not a PDF", "an error page saved as .pdf"),
    (WHOLE[: len(WHOLE) // 2], "truncated", "cut in half"),
    (WHOLE[:-8], "truncated", "cut by a few bytes"),
    (b"%PDF-1.7\n%%EOF", "PDF", "no objects"),
    (b"%PDF-1.7\n" + b"\xff" * 5000 + b"\n%%EOF", "PDF", "noise"),
    (encrypted(), "encrypted", "with a password"),
    (make_pdf(b"0 0 m 100 100 l S"), "no text in 1 page(s)", "only a drawing, as a scan"),
    (make_pdf(b"", b""), "no text in 2 page(s)", "blank pages"),
    (make_pdf(page("12 34 --- 56")), "no text", "no letter at all"),
    (make_pdf(), "no text in 0 page(s)", "no pages"),
]


@pytest.mark.parametrize(("data", "message", "why"), REFUSED, ids=[c[2] for c in REFUSED])
def test_refused_with_the_reason(tmp_path: Path, data: bytes, message: str, why: str) -> None:
    assert message in refusal(tmp_path, data), why


def test_a_file_that_inflates_a_thousand_times_is_refused(tmp_path: Path) -> None:
    bomb = make_pdf(page(LINE) + b" " * 30_000_000)
    assert len(bomb) * 900 < 30_000_000
    assert "PDF bomb: page 1" in refusal(tmp_path, bomb)


def test_many_pages_may_not_inflate_beyond_the_limit_together(tmp_path: Path) -> None:
    bomb = make_pdf(*[page(LINE) + b" " * 1_000_000] * 12)
    assert "PDF bomb: page 8" in refusal(tmp_path, bomb, ReadOptions(max_inflated_bytes=7_500_000))


def test_a_stream_beyond_the_library_limit_is_refused(tmp_path: Path) -> None:
    assert "PDF bomb" in refusal(tmp_path, make_pdf(page(LINE) + b" " * 120_000_000))


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    assert "3 pages, more than the 2" in refusal(
        tmp_path, make_pdf(*[page("x")] * 3), ReadOptions(max_members=2)
    )


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    result = read(tmp_path, make_pdf(page(LINE), b"", page(LINE)))
    assert len(result.documents) == 2
    assert "no text on page(s) 2 of 3" in result.warnings[0]


def test_a_damaged_stream_is_refused_or_told(tmp_path: Path) -> None:
    packed = zlib.compress(page(*[f"Line {n} about Ghazni" for n in range(300)]), 9)
    whole = make_pdf(page(*[f"Line {n} about Ghazni" for n in range(300)]))
    assert packed in whole
    damaged = whole.replace(packed, packed[: len(packed) // 2] + b"\0" * (len(packed) - len(packed) // 2))
    result = read(tmp_path, damaged)
    assert result.skipped or any("PDF library remarked" in warning for warning in result.warnings)


def test_letters_that_map_to_nothing_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pypdf.PageObject.extract_text", lambda _: "\ue001\ue002 a \ufffd" * 50)
    assert "do not say which letters" in refusal(tmp_path, WHOLE)


def test_listening_to_the_library_leaves_no_handler(tmp_path: Path) -> None:
    before = list(logging.getLogger("pypdf").handlers)
    read(tmp_path, WHOLE)
    refusal(tmp_path, b"%PDF-1.7\n%%EOF")
    assert logging.getLogger("pypdf").handlers == before
