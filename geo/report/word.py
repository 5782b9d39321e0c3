"""A report as a Word file, through python-docx: headings, captions, header rows, alternative texts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.table import _Cell

from geo.render import style
from geo.report.content import ClaimLine, ClaimTable, Passage, Printer, ProvinceLine, Reference, Report
from geo.report.texts import fence, is_rtl
from geo.report.word_parts import (
    add_bookmark,
    add_field,
    add_link,
    add_text,
    describe_table,
    mark_rtl,
    pack,
    set_properties,
    set_size,
    set_widths,
    shade,
)
from geo.report.wording import CLAIM_HEADS, PROVINCE_HEADS, PROVINCE_NOTE

__all__ = ["make_word"]

_PAGE = (Mm(210), Mm(297))
_MARGIN = Mm(18)
_TEXT_WIDTH = Mm(174)
_CLAIM_WIDTHS = (24, 23, 25, 25, 21, 56)
_PROVINCE_WIDTHS = (26, 28, 58, 34, 28)
_SMALL = 8.0
_WORD_VERSION = "15"  # that of Word 2013 and newer; an older one opens in "compatibility mode"
_CELL_STYLE = "TableText"
_FONTS = {"ascii": "Calibri", "hAnsi": "Calibri", "eastAsia": "Calibri", "cs": "Arial"}
_SOFT = RGBColor(0x5C, 0x5C, 0x5C)
_INK = RGBColor(0x1A, 0x1A, 0x1A)
_SHADED = ("sources_1", "sources_2", "sources_3", "uncertain")
_STYLES = {"Normal": 10.5, "Title": 20, "Heading 1": 14, "Heading 2": 11.5, "Caption": 9, "List Bullet": 10.5}


def make_word(report: Report) -> bytes:
    """Return the file; the same report gives the same bytes."""
    document = docx.Document()
    _set_up(document)
    set_properties(document, title=report.title, generated=report.generated)
    _paragraph(document, report.title, "Title")
    _paragraph(document, report.subtitle)
    _facts(document, report.facts, label_mm=32)
    _section(document, "Summary", report.summary)
    _section(document, "How to read it", report.reading, "List Bullet")
    _pictures(document, report)
    _provinces(document, report)
    if report.tables:
        _section(document, "Claims", (report.claims_note,) if report.claims_note else ())
        _claims(document, report.tables)
    _section(document, "Method", report.method)
    _section(document, "Caveats", report.caveats, "List Bullet")
    _section(document, "Review", (report.review,))
    _section(document, "Documents", (report.reference_note,))
    for one in report.references:
        _reference(document, one)
    if report.annex:
        _section(document, "Annex: the run", ())
        _facts(document, report.annex, label_mm=66)
    return pack(document)


def _set_up(document: Any) -> None:
    """A4, page numbers, plain dark headings, a font for Arabic script, English as the language."""
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    for name, size in _STYLES.items():
        font = document.styles[name].font
        set_size(font, size)
        font.color.rgb = _INK
    cell = document.styles.add_style(_CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = document.styles["Normal"]
    cell.paragraph_format.space_after = Mm(0.4)
    set_size(cell.font, _SMALL)
    document.styles["Caption"].font.bold = False
    document.styles["Caption"].paragraph_format.space_after = Mm(1.5)
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for script, font_name in _FONTS.items():
            fonts.set(qn(f"w:{script}"), font_name)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-GB")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_VERSION)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(footer, "PAGE", size=_SMALL)
    add_text(footer, " / ", size=_SMALL)
    add_field(footer, "NUMPAGES", size=_SMALL)


def _paragraph(document: Any, text: str, style_name: str | None = None) -> Any:
    """Add a paragraph in the direction of its first letter."""
    paragraph = document.add_paragraph(style=style_name)
    rtl = is_rtl(text)
    add_text(paragraph, text, rtl=rtl)
    if rtl:
        mark_rtl(paragraph)
    return paragraph


def _section(document: Any, title: str, paragraphs: Iterable[str], style_name: str | None = None) -> None:
    document.add_heading(title, 1)
    for text in paragraphs:
        _paragraph(document, text, style_name)


def _facts(document: Any, facts: Iterable[tuple[str, str]], *, label_mm: float) -> None:
    """Names and values, one pair a line."""
    for name, value in facts:
        paragraph = document.add_paragraph()
        shape = paragraph.paragraph_format
        shape.space_after, shape.left_indent, shape.first_line_indent = Mm(0.5), Mm(label_mm), -Mm(label_mm)
        shape.tab_stops.add_tab_stop(Mm(label_mm))
        add_text(paragraph, name, colour=_SOFT)
        paragraph.add_run("\t")
        add_text(paragraph, value)


def _pictures(document: Any, report: Report) -> None:
    heading = document.add_heading("Maps" if len(report.pictures) > 1 else "Map", 1)
    heading.paragraph_format.page_break_before = True
    for picture in report.pictures:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        drawn = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=_TEXT_WIDTH)
        drawn._inline.docPr.set("descr", picture.alt)
        _paragraph(document, picture.caption, "Caption")


def _provinces(document: Any, report: Report) -> None:
    document.add_heading("Provinces", 1)
    if report.provinces:
        size = len(report.provinces)
        rows = _table(document, PROVINCE_HEADS, size, _PROVINCE_WIDTHS, "Provinces", PROVINCE_NOTE)
        for row, line in zip(rows, report.provinces, strict=True):
            _province_row(row, line)
    if report.not_named:
        document.add_paragraph().paragraph_format.space_after = Mm(0)
        _paragraph(document, report.not_named)


def _province_row(row: Sequence[_Cell], line: ProvinceLine) -> None:
    look = style.STATE_STYLES[line.state]
    texts = (line.name, line.state_label, line.types, line.sources, line.years)
    for cell, text in zip(row, texts, strict=True):
        shown = line.state in _SHADED and cell is row[1]
        if shown:
            shade(cell, look.fill)
        colour = RGBColor.from_string(look.text[1:].upper()) if shown else None
        _write(cell, text, bold=cell is row[0], colour=colour)


def _table(
    document: Any, heads: Sequence[str], rows: int, widths: Sequence[float], title: str, note: str
) -> list[list[_Cell]]:
    """Add a table with its caption and heads; return the cells of its empty rows."""
    caption = _paragraph(document, note, "Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=rows + 1, cols=len(heads))
    set_widths(table, widths)
    describe_table(table, title, note)
    cells = [[_Cell(tc, table) for tc in row.tc_lst] for row in table._tbl.tr_lst]
    for cell, head in zip(cells[0], heads, strict=True):
        _write(cell, head, bold=True)
    return cells[1:]


def _write(cell: _Cell, text: str, **marks: Any) -> None:
    paragraph, rtl = _empty(cell), is_rtl(text)
    add_text(paragraph, text, rtl=rtl, **marks)
    if rtl:
        mark_rtl(paragraph)


def _empty(cell: _Cell) -> Any:
    """The first paragraph of a cell if nothing is in it, else a new one."""
    first = cell.paragraphs[0]
    paragraph = cell.add_paragraph() if first._p.r_lst or first.hyperlinks else first
    paragraph._p.style = _CELL_STYLE
    return paragraph


def _claims(document: Any, tables: Iterable[ClaimTable]) -> None:
    for table in tables:
        document.add_heading(table.title, 2)
        if table.left_out:
            _paragraph(document, table.left_out)
        if not table.lines:
            continue
        first = "Provinces" if table.key == "area" else CLAIM_HEADS[0]
        heads = (first, *CLAIM_HEADS[1:])
        rows = _table(document, heads, len(table.lines), _CLAIM_WIDTHS, table.title, table.note)
        for row, line in zip(rows, table.lines, strict=True):
            _claim_row(row, line)


def _claim_row(row: Sequence[_Cell], line: ClaimLine) -> None:
    where, claim, credited, printed, year, quote = row
    _write(where, line.where, bold=True)
    _write(claim, f"{line.claim}, {line.stance}")
    _write(credited, line.credited)
    _write(year, line.year)
    details = (line.place, line.detail, line.kind, line.year_basis)
    for cell, more in zip((where, claim, credited, year), details, strict=True):
        if more:
            _write(cell, more, colour=_SOFT)
    _printers(printed, line.printed)
    _quote(quote, line.quote)


def _printers(cell: _Cell, printers: Sequence[Printer]) -> None:
    for number, one in enumerate(printers):
        paragraph = _empty(cell)
        if number == 1:
            add_text(paragraph, "also printed by ")
        add_text(paragraph, fence(one.name))
        add_text(paragraph, " ")
        add_link(paragraph, f"[{one.number}]", bookmark=f"ref_{one.number}")


def _quote(cell: _Cell, passage: Passage) -> None:
    paragraph = _empty(cell)
    for piece in passage.pieces:
        add_text(
            paragraph,
            piece.text,
            bold=piece.place,
            underline=piece.trigger,
            language=passage.language,
            rtl=passage.rtl,
        )
    if passage.rtl:
        mark_rtl(paragraph)


def _reference(document: Any, one: Reference) -> None:
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent, shape.first_line_indent, shape.space_after = Mm(9), -Mm(9), Mm(1)
    shape.tab_stops.add_tab_stop(Mm(9))
    paragraph.add_run(f"[{one.number}]\t")
    add_bookmark(paragraph, f"ref_{one.number}", one.number)
    if one.author:
        add_text(paragraph, f"{fence(one.author)}: ")
    add_text(paragraph, fence(one.title), italic=True, language=one.language)
    printed = ", ".join(part for part in (fence(one.publisher), one.published) if part)
    add_text(paragraph, f"{one.stop} {printed}.")
    if one.link:
        add_text(paragraph, " ")
        add_link(paragraph, one.url, address=one.link)
    elif one.url:
        add_text(paragraph, f" (address given, not one of the web: {one.url})", colour=_SOFT)
