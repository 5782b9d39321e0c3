"""One folded form for names and texts alike, with the way back to the original.

Folding lower-cases, drops diacritics and invisible characters, and makes one
form of the many hyphens, apostrophes, spaces and Arabic letter variants. Most
characters map one to one; where something is dropped or squeezed, the folded
text remembers the shift, so that every span can be given in the original's
code points.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache

__all__ = ["Folded", "flatten", "fold", "fold_name", "script_of"]

_FOLDED_RANGES = (
    (0x00C0, 0x0590),  # Latin with diacritics, IPA, Greek, Cyrillic, Armenian
    (0x0622, 0x06FF),  # Arabic letters and digits
    (0x1E00, 0x2000),  # Latin and Greek additions
    (0xFB1D, 0xFE00),  # Arabic presentation forms A
    (0xFE70, 0xFF00),  # Arabic presentation forms B
)
_SINGLE = {
    **dict.fromkeys("\u2018\u2019\u201b\u2032\u00b4\u0060\u02b9\u055a\uff07", "'"),
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2212_\ufe63\uff0d", " "),
    **dict.fromkeys("\t\x0b\x0c\r\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006", " "),
    **dict.fromkeys("\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u2028\u2029", "\n"),
    **{"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ħ": "h", "ŧ": "t", "ə": "a", "æ": "a"},
    **dict.fromkeys("يىېۍئ", "ی"),
    **{"ك": "ک", "ڪ": "ک", "ګ": "گ", "ة": "ه", "ۀ": "ه", "ھ": "ه", "ہ": "ه", "ۂ": "ه"},
    **dict.fromkeys("أإآٱ", "ا"),
    **{"ؤ": "و", "ټ": "ت", "ٹ": "ت", "ډ": "د", "ڈ": "د", "ړ": "ر", "ڑ": "ر", "ڼ": "ن", "ں": "ن"},
}
_SQUEEZED = re.compile(
    "[ \n]{2,}"
    "|[\u00ad\u02bb-\u02bf\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+"
)
_NOT_ASCII = re.compile("([^\x00-\x7f]+)")
_MOSTLY_ASCII = 0.95


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for low, high in _FOLDED_RANGES:
        for code in range(low, high):
            char = chr(code)
            base = unicodedata.normalize("NFKD", char)
            letters = [c for c in base if not unicodedata.combining(c)]
            if len(letters) == 1 and letters[0] != char:
                table[code] = _SINGLE.get(letters[0], letters[0])
    for digit in range(10):
        table[0x0660 + digit] = table[0x06F0 + digit] = str(digit)
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))  # lone surrogates, which no matcher accepts
    table.update({ord(char): folded for char, folded in _SINGLE.items()})
    return table


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the shifts that lead back to the original.

    ``shift_at[i]`` is the first folded position that lies ``shift[i]`` code
    points further on in the original.
    """

    text: str
    shift_at: tuple[int, ...] = field(default=(0,), repr=False)
    shift: tuple[int, ...] = field(default=(0,), repr=False)

    def origin(self, position: int) -> int:
        """Return the original position of one folded character."""
        return position + self.shift[bisect_right(self.shift_at, position) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original half-open span of ``text[start:end]`` (``start < end``)."""
        return self.origin(start), self.origin(end - 1) + 1


@cache
def _ascii_table() -> bytes:
    """What each byte of ASCII folds to; `bytes.translate` wants 256 of them."""
    lowered = (ord(chr(code).lower()) for code in range(128))
    return bytes(ord(_table().get(code, chr(code))) for code in lowered).ljust(256, b"?")


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower()[0] for char in text)


def flatten(text: str) -> str:
    """Fold character by character: the same length, so offsets stay those of the text."""
    if text.isascii():  # the same by way of bytes, in a fraction of the time
        return text.encode().translate(_ascii_table()).decode()
    flat = _lower(text)
    if len(text.encode("ascii", "ignore")) < _MOSTLY_ASCII * len(text):
        return flat.translate(_table())
    parts = _NOT_ASCII.split(flat)  # every second part is not ASCII
    parts[1::2] = [part.translate(_table()) for part in parts[1::2]]
    ascii_table = _ascii_table()
    parts[::2] = [part.encode().translate(ascii_table).decode() for part in parts[::2]]
    return "".join(parts)


def fold(text: str) -> Folded:
    r"""Fold a text; the result's length is at most the original's.

    A run of blanks becomes one space, a run with two or more line breaks one
    ``\n``: no name is found across a paragraph break, any is across a line
    break. Runs in time linear in the text.
    """
    flat = flatten(text)
    squeezed = _SQUEEZED.search(flat)
    if squeezed is None:
        return Folded(flat.replace("\n", " "))
    pieces: list[str] = []
    shift_at, shift = [0], [0]
    last = length = 0
    for match in _SQUEEZED.finditer(flat):
        run = match.group()
        piece = flat[last : match.start()].replace("\n", " ")
        kept = "" if run[0] not in " \n" else "\n" if run.count("\n") > 1 else " "
        pieces += (piece, kept)
        length += len(piece) + len(kept)
        last = match.end()
        if shift_at[-1] == length:
            shift[-1] = last - length
        else:
            shift_at.append(length)
            shift.append(last - length)
    pieces.append(flat[last:].replace("\n", " "))
    return Folded("".join(pieces), tuple(shift_at), tuple(shift))


def fold_name(name: str) -> str:
    """Fold one name or phrase, without blanks around it."""
    if name.isascii() and name.isalnum():
        return name.lower()
    return fold(name).text.replace("\n", " ").strip()


def script_of(text: str) -> str:
    """Return the ISO 15924 code of the first letter's script: Latn, Arab, Cyrl, ….

    ``Zyyy`` where there is no letter or its script is none of the known ones.
    """
    scripts = (
        ("LATIN", "Latn"),
        ("ARABIC", "Arab"),
        ("CYRILLIC", "Cyrl"),
        ("DEVANAGARI", "Deva"),
        ("CJK", "Hani"),
        ("HANGUL", "Hang"),
        ("HIRAGANA", "Hira"),
        ("KATAKANA", "Kana"),
        ("GREEK", "Grek"),
        ("HEBREW", "Hebr"),
        ("ARMENIAN", "Armn"),
        ("GEORGIAN", "Geor"),
        ("BENGALI", "Beng"),
        ("THAI", "Thai"),
    )
    for char in text:
        if char.isalpha():
            name = unicodedata.name(char, "")
            return next((code for prefix, code in scripts if name.startswith(prefix)), "Zyyy")
    return "Zyyy"
