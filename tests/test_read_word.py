from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from geo.reading import ReadOptions, ReadResult, read_documents

LINE = "Al-Qaeda runs a camp in Ghazni."


def make_docx(*paragraphs: str, title: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def altered(data: bytes, extra: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Copy an archive, adding members or putting others in their place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for member in old.infolist():
            if member.filename not in extra:
                new.writestr(member, old.read(member))
        for name, content in extra.items():
            new.writestr(name, content)
    return out.getvalue()


def member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def read(folder: Path, data: bytes, options: ReadOptions | None = None) -> ReadResult:
    (folder / "report.docx").write_bytes(data)
    return read_documents([folder], options=options or ReadOptions())


def refusal(folder: Path, data: bytes, options: ReadOptions | None = None) -> str:
    result = read(folder, data, options)
    assert result.documents == ()
    return result.skipped[0].reason


def test_paragraphs_tables_and_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("A headline about Ghazni", 1)
    document.add_paragraph("Before\tthe table")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ghazni", "two"
    document.add_paragraph("After\nthe table")
    text = read(tmp_path, saved(document)).documents[0].text
    assert text == ("A headline about Ghazni\n\nBefore\tthe table\n\nGhazni\n\ttwo\n\t\n\nAfter\nthe table")


def test_title_is_kept_and_the_template_s_is_not(tmp_path: Path) -> None:
    assert read(tmp_path, make_docx(LINE, title="A report")).documents[0].title == "A report"
    found = read(tmp_path, make_docx(LINE, title="Word Document")).documents[0]
    assert (found.title, found.author, found.published) == ("", "", "")


def test_text_boxes_links_and_tracked_changes(tmp_path: Path) -> None:
    document = docx.Document()
    w = nsdecls("w")
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
    body = document.element.body
    for xml in (
        f"<w:p {w}><w:ins><w:r><w:t>new </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>old</w:delText><w:t>older</w:t></w:r></w:del><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink></w:p>",
        f"<w:p {w} {mc}><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        f"<w:sdt {w}><w:sdtContent><w:p><w:r><w:t>control</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    ):
        body.insert(len(body) - 1, parse_xml(xml))
    text = read(tmp_path, saved(document)).documents[0].text
    assert text.split() == ["new", "linked", "boxed", "control"]


def test_footnotes_are_read(tmp_path: Path) -> None:
    data = make_docx(LINE)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    rels = member(data, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode(),
    )
    note = "<w:footnote><w:p><w:r><w:t>Note on Farah</w:t></w:r></w:p></w:footnote>"
    notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    data = altered(data, {"word/_rels/document.xml.rels": rels, "word/footnotes.xml": notes.encode()})
    assert read(tmp_path, data).documents[0].text == f"{LINE}\n\nNote on Farah"


GOOD = make_docx(LINE)
DOCUMENT = member(GOOD, "word/document.xml")
ENTITY = b'<!DOCTYPE x [<!ENTITY a "lol">]>'


def with_prolog(prolog: bytes) -> bytes:
    return DOCUMENT.replace(b"<w:document", prolog + b"<w:document", 1)


REFUSED = [
    (b"", "damaged or truncated", "empty"),
    (b"not a zip", "damaged or truncated", "no archive"),
    (GOOD[: len(GOOD) // 2], "damaged or truncated", "cut in half"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old .doc file", "an encrypted or old Word file"),
    (altered(GOOD, {"../../evil.txt": b"x"}), "lies outside", "a member above the archive"),
    (altered(GOOD, {"word/..\\..\\evil.txt": b"x"}), "lies outside", "with backslashes"),
    (altered(GOOD, {"/etc/evil": b"x"}), "lies outside", "an absolute path"),
    (altered(GOOD, {"C:/evil": b"x"}), "lies outside", "a drive"),
    (altered(GOOD, {"word/document.xml": with_prolog(ENTITY)}), "XML entities", "entities"),
    (
        altered(
            GOOD,
            {
                "word/document.xml": with_prolog(ENTITY)
                .decode()
                .replace('encoding="UTF-8"', 'encoding="UTF-16"')
                .replace("encoding='UTF-8'", "encoding='UTF-16'")
                .encode("utf-16")
            },
        ),
        "XML entities",
        "entities in UTF-16",
    ),
    (
        altered(GOOD, {"word/document.xml": DOCUMENT.replace(b"UTF-8", b"UTF-7", 1)}),
        "encoding Word does not write",
        "an encoding that could hide them",
    ),
    (
        altered(GOOD, {"word/styles.xml": b" " * (1024**2 - 5) + ENTITY}),
        "XML entities",
        "entities across two chunks",
    ),
    (
        altered(GOOD, {"word/media/a.bin": b"\0" * 40_000_000}),
        "zip bomb",
        "a member that inflates 1000 times",
    ),
    (altered(GOOD, {"word/document.xml": b"<x/>"}), "not readable as a Word document", "another XML"),
    (
        altered(GOOD, {"[Content_Types].xml": b"<Types/>"}),
        "not readable as a Word document",
        "another package",
    ),
    (
        altered(GOOD, {"word/document.xml": DOCUMENT[:-30]}),
        "not readable as a Word document",
        "XML cut short",
    ),
    (make_docx(""), "no text", "an empty document"),
]


@pytest.mark.parametrize(("data", "message", "why"), REFUSED, ids=[c[2] for c in REFUSED])
def test_refused_with_the_reason(tmp_path: Path, data: bytes, message: str, why: str) -> None:
    assert message in refusal(tmp_path, data), why


def test_the_limits_hold_over_all_members(tmp_path: Path) -> None:
    data = altered(GOOD, {f"word/media/{n}.bin": bytes(1000) for n in range(50)})
    assert len(read(tmp_path, data).documents) == 1
    assert "members, more than the 40" in refusal(tmp_path, data, ReadOptions(max_members=40))
    assert "zip bomb" in refusal(tmp_path, data, ReadOptions(max_inflated_bytes=50_000))


def test_a_size_that_lies_does_not_open_the_door(tmp_path: Path) -> None:
    data = bytearray(altered(GOOD, {"word/media/a.bin": b"\0" * 40_000_000}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert refusal(tmp_path, bytes(data))


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(GOOD)
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert "encrypted" in refusal(tmp_path, bytes(data))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_twice_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", DOCUMENT)
    assert "is there twice" in refusal(tmp_path, out.getvalue())


def test_deeply_nested_xml_is_read_or_refused(tmp_path: Path) -> None:
    deep = (
        b"<w:p>"
        + b"<w:smartTag>" * 3000
        + b"<w:r><w:t>DEEP</w:t></w:r>"
        + b"</w:smartTag>" * 3000
        + b"</w:p>"
    )
    result = read(
        tmp_path, altered(GOOD, {"word/document.xml": DOCUMENT.replace(b"<w:body>", b"<w:body>" + deep)})
    )
    assert result.skipped or "DEEP" in result.documents[0].text


def test_a_long_text_node_is_read_or_refused(tmp_path: Path) -> None:
    words = "Ghazni " * 1_600_000
    result = read(tmp_path, make_docx(words), ReadOptions(max_inflation_ratio=10**6))
    assert result.skipped or result.documents[0].text == words
