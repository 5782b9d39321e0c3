"""Untrusted text made fit for a report: no control characters, marked, cut, its direction known.

What a file of XML cannot hold and what turns the writing direction is shown as
U+FFFD, so that a reader sees that something stood there.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from urllib.parse import quote, urlsplit

from geo.report.content import Passage, Piece

__all__ = ["clean", "fence", "is_rtl", "language_tag", "make_passage", "split_directions", "web_address"]

LONGEST_QUOTE = 600
"""Characters of a sentence that are shown whole; of a longer one, the parts around what is marked."""

_LONGEST_LINE = 300
_LONGEST_URL = 2000
_AROUND = 120
_GAP = " […] "
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff]|[\U0001fffe\U0001ffff\U000e0000-\U000e007f]"
)
_RTL = "\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_LTR = "A-Za-z\u00c0-\u058f"
_RTL_RUN = re.compile(f"([{_RTL}](?:[^{_LTR}]*[{_RTL}])?)")
_LTR_RUN = re.compile(f"([{_LTR}](?:[^{_RTL}]*[{_LTR}0-9])?)")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?")


def clean(text: str, limit: int = _LONGEST_LINE) -> str:
    """Return one line that every format can hold, cut to ``limit`` characters (0: not cut)."""
    line = _one_line(text).strip()
    return line if not limit or len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", _UNSEEN.sub("\ufffd", text))


def is_rtl(text: str) -> bool:
    """Tell whether the first letter with a direction goes from right to left."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def fence(text: str) -> str:
    """End a text that holds words from right to left with a mark, so that it does not turn what follows.

    Without it, a date behind an Arabic name is shown with its parts exchanged.
    """
    return text + "\u200e" if _RTL_RUN.search(text) else text


def split_directions(text: str, *, rtl: bool = False) -> list[tuple[str, bool]]:
    """Split a text into runs, each with whether it goes from right to left.

    What has no direction of its own goes with ``rtl``, the direction of the whole text.

    Examples
    --------
    >>> split_directions("in کابل today")
    [('in ', False), ('کابل', True), (' today', False)]
    >>> split_directions("کابل (AB-12)", rtl=True)
    [('کابل (', True), ('AB-12', False), (')', True)]
    """
    parts = (_LTR_RUN if rtl else _RTL_RUN).split(text)
    # The pattern is one group, so that every second part is a run of the other direction.
    return [(part, rtl != bool(number % 2)) for number, part in enumerate(parts) if part]


def language_tag(language: str) -> str:
    """Return a language tag as it is if it is well formed, else nothing."""
    return language if _TAG.fullmatch(language) else ""


def web_address(url: str) -> str:
    """Return an address that may be a link, percent-encoded where it must be, else nothing.

    Only ``http`` and ``https`` with a plain host: no user name before it, which
    is how one address is made to look like another.
    """
    text = url.strip()
    if len(text) > _LONGEST_URL or re.search(r'[\x00-\x20\x7f-\x9f\\<>"`{}|^]', text) or _UNSEEN.search(text):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        return ""
    return quote(text, safe="%/:?#[]@!$&'()*+,;=-._~")


def make_passage(
    sentence: str,
    start: int,
    *,
    place: tuple[int, int] | None = None,
    trigger: tuple[int, int] | None = None,
    language: str = "",
) -> Passage:
    """Mark the place and the trigger of a sentence and shorten it if it is very long.

    Parameters
    ----------
    sentence, start
        The sentence and where it begins in its document.
    place, trigger
        Half-open spans in the document; one that is not wholly inside the sentence is not marked.
        They may overlap.
    language
        What the document says of its language.
    """
    spans = [_inside(span, start, len(sentence)) for span in (place, trigger)]
    cuts = sorted({0, len(sentence), *(edge for span in spans if span for edge in span)})
    pieces = []
    for low, high in pairwise(cuts):
        marks = [bool(span and span[0] <= low and high <= span[1]) for span in spans]
        pieces.append(Piece(_one_line(sentence[low:high]), *marks))
    if len(sentence) > LONGEST_QUOTE:
        last = len(pieces) - 1
        pieces = [_shorten(piece, first=i == 0, last=i == last) for i, piece in enumerate(pieces)]
    return Passage(tuple(pieces), language_tag(language), is_rtl(sentence))


def _inside(span: tuple[int, int] | None, start: int, length: int) -> tuple[int, int] | None:
    if span is None or not start <= span[0] < span[1] <= start + length:
        return None
    return span[0] - start, span[1] - start


def _shorten(piece: Piece, *, first: bool, last: bool) -> Piece:
    """Keep of a long piece what stands next to its neighbours."""
    text = piece.text
    if len(text) <= 2 * _AROUND + len(_GAP):
        return piece
    head = "" if first and not last and not piece.place and not piece.trigger else text[:_AROUND]
    tail = "" if last and not piece.place and not piece.trigger else text[-_AROUND:]
    if first and last:
        head, tail = text[: LONGEST_QUOTE - len(_GAP)], ""
    return Piece(head + _GAP + tail, piece.place, piece.trigger)
