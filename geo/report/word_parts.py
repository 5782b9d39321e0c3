"""What python-docx has no method for: links, bookmarks, fields, table marks, direction, equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from geo.report.texts import split_directions

__all__ = [
    "add_bookmark",
    "add_field",
    "add_link",
    "add_text",
    "describe_table",
    "mark_rtl",
    "pack",
    "set_properties",
    "set_size",
    "set_widths",
    "shade",
]

LINK_COLOUR = RGBColor(0x0B, 0x4F, 0x8A)
_NOT_OURS = ("/thumbnail", "/extended-properties")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_AFTER_BIDI = (
    "w:adjustRightInd w:snapToGrid w:spacing w:ind w:contextualSpacing w:mirrorIndents w:suppressOverlap "
    "w:jc w:textDirection w:textAlignment w:textboxTightWrap w:outlineLvl w:divId w:cnfStyle "
    "w:rPr w:sectPr w:pPrChange"
).split()
_AFTER_LANG = "w:eastAsianLayout w:specVanish w:oMath".split()
_AFTER_SHADE = "w:noWrap w:tcMar w:textDirection w:tcFitText w:vAlign w:hideMark".split()
_AFTER_BORDERS = "w:shd w:tblLayout w:tblCellMar w:tblLook w:tblCaption w:tblDescription".split()


def _make(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def add_text(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    underline: bool = False,
    italic: bool = False,
    colour: RGBColor | None = None,
    size: float | None = None,
    language: str = "",
    rtl: bool = False,
) -> list[Any]:
    """Add text as runs of one direction each and return them.

    ``language`` is a tag of BCP 47, ``rtl`` the direction of the paragraph.
    """
    runs = []
    for part, backwards in split_directions(text, rtl=rtl):
        run = paragraph.add_run(part)
        font = run.font
        if bold:
            font.bold = True
        if italic:
            font.italic = True
        if underline:
            font.underline = True
        if colour is not None:
            font.color.rgb = colour
        if size is not None:
            set_size(font, size)
        if backwards:
            font.rtl, font.cs_bold, font.cs_italic = True, bold or None, italic or None
        if language:
            lang = _make("w:lang", **{"bidi" if backwards else "val": language})
            run._r.get_or_add_rPr().insert_element_before(lang, *_AFTER_LANG)
        runs.append(run)
    return runs


def set_size(font: Any, points: float) -> None:
    """Set the size of a font, for Latin and for complex scripts."""
    font.size = Pt(points)
    properties = font._element.rPr
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.find(qn("w:sz")).addnext(_make("w:szCs", val=str(round(points * 2))))


def mark_rtl(paragraph: Any) -> None:
    """Set a paragraph from right to left."""
    paragraph._p.get_or_add_pPr().insert_element_before(_make("w:bidi"), *_AFTER_BIDI)


def add_link(paragraph: Any, text: str, *, address: str = "", bookmark: str = "") -> None:
    """Add a link to an address of the web (checked by the caller) or to a bookmark of the document."""
    link = OxmlElement("w:hyperlink")
    if address:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        link.set(qn("w:anchor"), bookmark)
    paragraph._p.append(link)
    for run in add_text(paragraph, text, underline=True, colour=LINK_COLOUR):
        link.append(run._r)


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """Put a bookmark around what a paragraph holds; ``number`` is its own in the document."""
    start = _make("w:bookmarkStart", id=str(number), name=name)
    children = [child for child in paragraph._p if child.tag != qn("w:pPr")]
    children[0].addprevious(start)
    paragraph._p.append(_make("w:bookmarkEnd", id=str(number)))


def add_field(paragraph: Any, instruction: str, *, size: float) -> None:
    """Add a field such as ``PAGE``, with 1 until the program that opens the file counts."""
    field = _make("w:fldSimple", instr=instruction)
    (run,) = add_text(paragraph, "1", size=size)
    paragraph._p.append(field)
    field.append(run._r)


def describe_table(table: Any, title: str, text: str) -> None:
    """Draw lines between the rows, repeat the first row on every page, keep rows whole, and add alt text."""
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_make(f"w:{side}", val="single", sz="4", space="0", color="BFBFBF"))
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    properties.append(_make("w:tblCaption", val=title))
    properties.append(_make("w:tblDescription", val=text))
    for number, row in enumerate(table._tbl.tr_lst):
        marks = row.get_or_add_trPr()
        marks.append(_make("w:cantSplit"))
        if number == 0:
            marks.append(_make("w:tblHeader"))


def shade(cell: Any, fill: str) -> None:
    """Fill a cell with a colour such as ``#fdd49e``."""
    shading = _make("w:shd", val="clear", color="auto", fill=fill.lstrip("#").upper())
    cell._tc.get_or_add_tcPr().insert_element_before(shading, *_AFTER_SHADE)


def set_properties(document: Any, *, title: str, generated: str) -> None:
    """Write the properties of the file; nobody is its author, and its date is ``generated`` or none.

    The template's own thumbnail and the name of the program that made it are left out.
    """
    own = document.core_properties
    own.title, own.author, own.last_modified_by, own.comments = title[:255], "", "", ""
    own.keywords, own.subject, own.language, own.revision = "", "", "en", 1
    try:
        own.created = own.modified = datetime.fromisoformat(generated).replace(tzinfo=None)
    except ValueError:
        for name in ("created", "modified"):
            for element in own._element.findall(qn(f"dcterms:{name}")):
                own._element.remove(element)
    package = document.part.package
    for key, one in list(package.rels.items()):
        if one.reltype.endswith(_NOT_OURS):
            package.rels.pop(key)


def pack(document: Any) -> bytes:
    """Return the file's bytes: the same document gives the same, for every member has the same date."""
    draft, packed = io.BytesIO(), io.BytesIO()
    document.save(draft)
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name), compresslevel=9)
    return packed.getvalue()


def set_widths(table: Any, millimetres: Sequence[float]) -> None:
    """Fix the widths of the columns, in every cell, as Word and LibreOffice each read another place."""
    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, millimetres, strict=True):
            cell.width = Mm(width)
