"""Word files (``.docx``), through python-docx, after the archive has been checked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.errors import ReadError
from geo.reading.decode import find_fault, read_bytes
from geo.reading.records import BadRecord, RawRecord, ReadOptions

__all__ = ["check_archive", "read_word"]

_FREE_INFLATION = 8 * 1024**2
_CHUNK = 1024**2
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([^"']{0,40})""")
_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = ("/footnotes", "/endnotes")
_DEFAULT_TITLES = frozenset(("word document", "untitled", "microsoft word document", "document"))


def read_word(path: Path, options: ReadOptions) -> Iterator[RawRecord | BadRecord]:
    """Read a ``.docx`` file: paragraphs, tables and text boxes in order, then foot- and endnotes.

    Deleted text of tracked changes is left out, inserted text kept; running
    headers and footers are left out. Dates and authors of the file's
    properties are not the text's own and not used.

    Raises
    ------
    ReadError
        If the archive is damaged, encrypted, unpacks beyond the limits, has
        members outside itself, or holds XML entities.
    """
    data = read_bytes(path, limit=options.max_file_bytes)
    check_archive(data, options)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        text = _text_of(document)
        title = " ".join((document.core_properties.title or "").split())
    except MemoryError:
        raise
    except Exception as error:  # python-docx raises KeyError, ValueError, lxml errors and its own alike
        raise ReadError(
            f"not readable as a Word document ({type(error).__name__}: {error}). Save it again as .docx."
        ) from error
    if fault := find_fault(text):
        raise ReadError(f"{fault} in its text. Save it again as .docx.")
    if not text.strip():
        raise ReadError("no text: the document is empty or holds only pictures.")
    yield RawRecord(
        text=text, fields={} if title.lower() in _DEFAULT_TITLES or not title else {"title": title}
    )


def check_archive(data: bytes, options: ReadOptions) -> None:
    """Unpack every member once, within the limits, and refuse what no honest Word file holds.

    Sizes are counted while unpacking, since the ones an archive declares may lie.

    Raises
    ------
    ReadError
        On the first fault, naming the member.
    """
    if data.startswith(_OLD_WORD):
        raise ReadError("encrypted, or an old .doc file. Save it as .docx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > options.max_members:
                raise ReadError(f"{len(members):,} members, more than the {options.max_members:,} allowed.")
            seen: set[str] = set()
            room = options.max_inflated_bytes
            for member in members:
                _check_name(member, seen)
                room -= _check_member(archive, member, room, options.max_inflation_ratio)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise ReadError(f"damaged or truncated archive ({error}). Fetch the file again.") from error
    except zlib.error as error:
        raise ReadError(f"damaged archive ({error}). Fetch the file again.") from error


def _check_name(member: zipfile.ZipInfo, seen: set[str]) -> None:
    name = member.orig_filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\0" in name:
        raise ReadError(f"member {name[:80]!r} lies outside the archive. Do not trust this file.")
    if name.lower() in seen:
        raise ReadError(f"member {name[:80]!r} is there twice. Do not trust this file.")
    seen.add(name.lower())
    if member.flag_bits & 0x1:
        raise ReadError("encrypted archive. Save it without a password.")


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int, ratio: int) -> int:
    """Unpack one member, look for entities if it is XML, and return its size."""
    size, tail = 0, b""
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    allowed = min(room, max(_FREE_INFLATION, member.compress_size * ratio))
    with archive.open(member) as handle:
        while chunk := handle.read(_CHUNK):
            if is_xml:
                _check_xml(member.filename, chunk, tail, first=size == 0)
                tail = chunk[-64:]
            size += len(chunk)
            if size > allowed:
                raise ReadError(
                    f"zip bomb: member {member.filename[:80]!r} unpacks to more than {allowed:,} bytes "
                    f"from {member.compress_size:,}. Do not trust this file."
                )
    return size


def _check_xml(name: str, chunk: bytes, tail: bytes, *, first: bool) -> None:
    plain = (tail + chunk).replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise ReadError(f"member {name[:80]!r} declares XML entities. Do not trust this file.")
    declared = (
        _XML_ENCODING.match(chunk.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")) if first else None
    )
    if declared and declared.group(1).lower() not in (b"utf-8", b"utf-16", b"us-ascii", b"ascii"):
        raise ReadError(
            f"member {name[:80]!r} is in an encoding Word does not write. Do not trust this file."
        )


def _text_of(document: Any) -> str:
    from lxml import etree

    pieces: list[str] = []
    _collect(document.element.body, pieces)
    for relation in document.part.rels.values():
        if relation.reltype.endswith(_NOTES) and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            pieces.append("\n\n")
            _collect(etree.fromstring(relation.target_part.blob, parser), pieces)
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip("\n")


def _collect(root: Any, pieces: list[str]) -> None:
    """Append the text below one element, without deleted text and second renderings."""
    from lxml import etree

    skipped = (_NAMESPACE + "del", _NAMESPACE + "moveFrom", _FALLBACK)
    marks = {_NAMESPACE + "tab": "\t", _NAMESPACE + "br": "\n", _NAMESPACE + "cr": "\n"}
    marks[_NAMESPACE + "noBreakHyphen"] = "-"
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in skipped:
                walker.skip_subtree()
            elif tag == _NAMESPACE + "t":
                pieces.append(element.text or "")
            elif tag in marks and element.getparent().tag == _NAMESPACE + "r":
                pieces.append(marks[tag])
            elif tag == _NAMESPACE + "txbxContent":
                pieces.append("\n")
        elif tag == _NAMESPACE + "p":
            in_cell = element.getparent().tag == _NAMESPACE + "tc"
            pieces.append("\n" if in_cell else "\n\n")
        elif tag == _NAMESPACE + "tc":
            pieces.append("\t")
        elif tag == _NAMESPACE + "tr":
            pieces.append("\n\n")
