"""From bytes to text by one stated rule.

1. A UTF-8, UTF-16 or UTF-32 byte order mark decides, and is dropped.
2. Bytes that are valid UTF-8 are UTF-8.
3. A charset the file itself declares (HTML) is used when the bytes are valid in it.
4. Windows-1256 is used when what comes out is plausibly Arabic script.
5. Anything else is refused: a guess would move no offset but could change names.

Text with NUL characters is refused too, since it is not text but a binary file or
UTF-16 without its mark. Line ends stay as they are.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from geo.errors import ReadError

__all__ = ["decode_text", "find_fault", "is_plausibly_arabic", "read_bytes", "unpaired_surrogate"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WEB_LABELS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"}
"""What browsers read these labels as (WHATWG Encoding Standard, table of names and labels)."""

_NOT_FOR_PAGES = re.compile(r"utf[-_]?(7|16|32)|escape|punycode|idna|undefined|mbcs|oem")
"""Codecs that a page in a byte encoding cannot truly be in, whatever it declares."""

_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff]")
_WORD = re.compile(r"[^\W\d_]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_bytes(path: Path, *, limit: int) -> bytes:
    """Read a whole file of at most ``limit`` bytes.

    Raises
    ------
    ReadError
        If it is larger, or the system refuses to read it.
    """
    try:
        with path.open("rb") as handle:
            data = handle.read(limit + 1)
    except OSError as error:
        raise ReadError(f"cannot be opened: {error.strerror or error}. Check the permissions.") from error
    if len(data) > limit:
        raise ReadError(
            f"larger than {limit:,} bytes, the limit for one document. "
            "Split it, or give it as a table (.jsonl) with one text a line."
        )
    return data


def decode_text(data: bytes, *, declared: str = "") -> tuple[str, str]:
    """Decode by the rule above.

    Parameters
    ----------
    data
        The whole file.
    declared
        Charset the file names itself, or empty.

    Returns
    -------
    tuple of str
        The text without its byte order mark, and the encoding used.

    Raises
    ------
    ReadError
        If no step of the rule gives text; the message says at which byte UTF-8 failed.
    """
    text, encoding = _decode(data, declared)
    if fault := find_fault(text):
        raise ReadError(f"{fault}: not a text file, or UTF-16 without its mark. Save it as UTF-8.")
    return text, encoding


def find_fault(text: str) -> str:
    """Say which character no text may hold (NUL, half a surrogate pair), or return an empty string."""
    position = text.find("\0")
    if position >= 0:
        return f"NUL character at position {position:,}"
    half = unpaired_surrogate(text)
    return "" if half is None else f"half a surrogate pair at position {half:,}"


def unpaired_surrogate(text: str) -> int | None:
    """Return the position of the first surrogate code point, which no encoder accepts."""
    found = _SURROGATE.search(text)
    return None if found is None else found.start()


def _decode(data: bytes, declared: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"begins with the {encoding} mark but byte {error.start + len(mark):,} is not "
                    f"{encoding}. The file is damaged; save it again as UTF-8."
                ) from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        fault = f"byte 0x{data[error.start]:02x} at {error.start:,} is not UTF-8"
    if found := _try_declared(data, declared):
        return found
    arabic = data.decode("cp1256", "replace")
    if b"\0" not in data and is_plausibly_arabic(arabic):
        return arabic, "windows-1256"
    also = f", nor the declared {_printable_label(declared)}," if declared else ""
    raise ReadError(
        f"{fault}{also} and read as Windows-1256 it is not plausible Arabic script. Save it as UTF-8."
    )


def _printable_label(label: str) -> str:
    """Return a charset label fit for a message."""
    return re.sub(r"[^A-Za-z0-9._:-]", "?", label)[:40]


def _try_declared(data: bytes, declared: str) -> tuple[str, str] | None:
    label = declared.strip().lower()
    if not label or not label.isascii() or _NOT_FOR_PAGES.search(label):
        return None
    try:
        name = codecs.lookup(_WEB_LABELS.get(label, label)).name
        return data.decode(name), name
    except (LookupError, UnicodeError, ValueError):
        return None


def is_plausibly_arabic(text: str) -> bool:
    """Whether text decoded as Windows-1256 reads like Arabic script.

    Other single-byte encodings (Windows-1251, 1252, 1253, 1255) decode to words that mix
    Arabic letters with Latin ones. So: at least 20 Arabic letters, at most 2 % of words with
    Arabic letters may mix, Arabic letters must outnumber accented Latin ones ten to one, and
    words must be two letters or longer on average.
    """
    words = mixed = letters = accented = 0
    for found in _WORD.finditer(text):
        word = found.group()
        arabic = len(_ARABIC.findall(word))
        if arabic:
            words += 1
            letters += arabic
            mixed += any(char < "\u0600" for char in word)
        elif not word.isascii():
            accented += sum(char > "\x7f" for char in word)
    if letters < 20 or "\ufffd" in text:
        return False
    return mixed * 50 <= words and letters >= 10 * accented and letters >= 2 * words
