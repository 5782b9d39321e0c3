"""How wide words are in the figures' font, and how they are broken into lines."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import bidirectional

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

__all__ = [
    "FONT",
    "LINE_SPACING",
    "fit_text",
    "measure_lines",
    "measure_text",
    "missing_letters",
    "wrap_text",
]

FONT = "DejaVu Sans"
"""Comes with matplotlib, so that every machine draws the same; it has Latin and Arabic script."""

LINE_SPACING = 1.3

_EM = 100.0
_JOINING = 0x0590
"""From here on letters may join or combine (Hebrew, Arabic and further scripts)."""


def _font(*, bold: bool) -> FT2Font:
    return get_font(findfont(FontProperties(family=FONT, weight="bold" if bold else "normal")))


@lru_cache(maxsize=2048)
def _advance(letter: str, bold: bool) -> float:
    """Width of one letter as a share of the size of the letters."""
    font = _font(bold=bold)
    font.set_size(_EM, 72)
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / _EM


@lru_cache(maxsize=8192)
def measure_text(text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Width and height of one line in the figures' font, in points.

    Letters that stand by themselves are added up, without kerning, which is fast;
    scripts whose letters join are shaped as they will be drawn.
    """
    if text.isascii() or all(ord(c) < _JOINING or 0x2000 <= ord(c) < 0x2C00 for c in text):
        return size * sum(_advance(c, bold) for c in text), size
    font = _font(bold=bold)
    font.set_size(size, 72)
    font.set_text(text, 0.0)
    width, _ = font.get_width_height()
    return width / 64, size


def measure_lines(text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Width of the longest line and height of all lines, in points."""
    lines = text.split("\n")
    width = max(measure_text(line, size, bold=bold)[0] for line in lines)
    return width, len(lines) * size * LINE_SPACING


def wrap_text(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Break a text into lines no wider than ``width`` points; a longer word is broken as well."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if measure_text(longer, size, bold=bold)[0] <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        *whole, rest = _break_word(word, size, width, bold=bold)
        lines[-1:] = [*whole, rest]
    return "\n".join(_keep_direction(lines))


def _keep_direction(lines: list[str]) -> list[str]:
    """Let a line that begins with an Arabic name run on as the text does that it is part of."""
    if len(lines) == 1 or _leads_right_to_left(" ".join(lines)):
        return lines
    return ["\u200e" + line if _leads_right_to_left(line) else line for line in lines]


def _leads_right_to_left(text: str) -> bool:
    """Whether the first letter is one of a script that runs from right to left."""
    first = next((kind for c in text if (kind := bidirectional(c)) in ("L", "R", "AL")), "L")
    return first != "L"


def _break_word(word: str, size: float, width: float, *, bold: bool) -> list[str]:
    """Cut a word into pieces that fit; one piece if it fits as it is."""
    pieces = []
    while len(word) > 1 and measure_text(word, size, bold=bold)[0] > width:
        length = _longest_prefix(word, size, width, bold=bold)
        pieces.append(word[:length])
        word = word[length:]
    return [*pieces, word]


def _longest_prefix(word: str, size: float, width: float, *, bold: bool) -> int:
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if measure_text(word[:middle], size, bold=bold)[0] <= width:
            low = middle
        else:
            high = middle - 1
    return low


def fit_text(text: str, size: float, width: float, *, lines: int = 1, bold: bool = False) -> str:
    """Break a text into at most so many lines, the last one cut with an ellipsis if need be."""
    broken = wrap_text(text, size, width, bold=bold).split("\n")
    if len(broken) <= lines:
        return "\n".join(broken)
    last = broken[lines - 1]
    while last and measure_text(last + "…", size, bold=bold)[0] > width:
        last = last[:-1]
    return "\n".join([*broken[: lines - 1], last.rstrip() + "…"])


def missing_letters(text: str) -> str:
    """Letters of a text that the figures' font lacks: they are drawn as empty boxes."""
    known = _font(bold=False).get_charmap()
    return "".join(dict.fromkeys(c for c in text if ord(c) not in known and not c.isspace()))
