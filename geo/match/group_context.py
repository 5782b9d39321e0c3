"""A weak name whose sentence names al-Qaeda, in a text without a word for the country."""

from __future__ import annotations

import re

from geo.match.against import speaks_against
from geo.match.hits import FAR, Hit
from geo.match.reader import Around, Reader
from geo.normalise import fold

__all__ = ["beside_group"]

_NO_WORD = re.compile(r"(?:'s)?[^\w']+")


def beside_group(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the group by which a weak name means a place of Afghanistan; empty if none does.

    The group (cue kind ``armed_group``) stands in the name's sentence, a
    preposition or a word for a place right before the name, and no other country,
    nor a town abroad, near it: al-Qaeda is in many countries.
    """
    if hit.names[0].strength != "weak" or len({name.place_id for name in hit.names}) > 1:
        return ""
    before = around.before[1:] if around.before[:1] == ("the",) else around.before
    if not reader.cue("preposition", before, backwards=True) or speaks_against(reader, hit, around):
        return ""
    low, high = reader.sentence(hit)
    sentence = _padded(reader.text[low:high])
    groups = sorted(reader.gazetteer.cue("armed_group"))
    group = next((word for word in groups if f" {word} " in sentence), "")
    if not group:
        return ""
    near = _padded(reader.text[max(0, low - FAR) : high + FAR]).split()
    elsewhere = (reader.gazetteer.cue("country_after"), reader.gazetteer.cue("abroad"))
    names = (" ".join(near[at : at + count]) for at in range(len(near)) for count in (1, 2, 3))
    return "" if any(name in table for name in names for table in elsewhere) else group


def _padded(words: str) -> str:
    """The folded words with one blank between them and around them."""
    return f" {_NO_WORD.sub(' ', fold(words).text)} "
