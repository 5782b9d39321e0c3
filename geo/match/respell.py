"""Names one letter off: "Helmnad province", "Herat, Badghes and Ghor".

Only for the long names that `cues.csv` lists as ``respelled``, only in a text in
which other names stand, and only beside a word for a province, a list of places
or the country's name. A word that any table knows is never respelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.gazetteer import Gazetteer
from geo.match.hits import LIST_GAP, Hit, Verdict
from geo.match.lists import are_list_words
from geo.match.persons import sure_person_sign
from geo.match.reader import STOPS, Around, Reader
from geo.model import Name
from geo.normalise import fold_name

__all__ = ["find_respelled"]

_KNOWN_KINDS = (
    "function",
    "given",
    "surname",
    "title",
    "preposition",
    "verb",
    "thing",
    "abroad",
    "country_after",
)


def find_respelled(reader: Reader, hits: Sequence[Hit], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Find names one letter off beside the places that a text names.

    Parameters
    ----------
    reader
        Of the text.
    hits
        Every known spelling in the text, sorted by start: a respelled name overlaps none.
    verdicts
        Those that stand, sorted by start; without any, nothing is respelled.

    Returns
    -------
    list
        One verdict for each, with the known name that it is one letter off.
    """
    if not verdicts:
        return []
    taken = {hit.start for hit in hits}
    ends = {verdict[0].end: verdict[0] for verdict in verdicts}
    starts = {verdict[0].start: verdict[0] for verdict in verdicts}
    found = []
    for start, end, name in _near_names(reader.text, reader.gazetteer):
        if any(position in taken for position in range(start, end)):
            continue
        hit = Hit(start, end, (name,))
        around = reader.around(hit)
        if sign := _support(reader, hit, around, ends, starts):
            found.append((hit, name, f"one letter off {name.name!r}, {sign}"))
    return found


def _near_names(text: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int, Name]]:
    """Yield the capitalised words that are one letter off exactly one name, and no known word."""
    for word in gazetteer.respelling_pattern.finditer(text):
        folded = fold_name(word.group())
        if folded in gazetteer.spellings or any(folded in gazetteer.cue(kind) for kind in _KNOWN_KINDS):
            continue
        near = gazetteer.near_names(folded)
        if len({name.place_id for name in near}) == 1:
            yield *word.span(), near[0]


def _support(reader: Reader, hit: Hit, around: Around, ends: dict[int, Hit], starts: dict[int, Hit]) -> str:
    """Say what beside the word shows that a place of Afghanistan is meant; empty if nothing does."""
    if sure_person_sign(reader, hit, around):
        return ""
    for sign in (
        reader.cue("province_word", around.after),
        reader.cue("province_before", around.before, backwards=True),
    ):
        if sign:
            return f"beside {sign!r}"
    country = around.country.split()[:1]
    if country and country[0].rstrip(STOPS) in reader.gazetteer.cue("country_behind"):
        return f"before {country[0].rstrip(STOPS)!r}"
    text = reader.text
    left = next((ends[at] for at in range(hit.start, hit.start - LIST_GAP, -1) if at in ends), None)
    if left is not None and are_list_words(reader, left.end, hit.start):
        return f"in a list with {text[left.start : left.end]!r}"
    right = next((starts[at] for at in range(hit.end, hit.end + LIST_GAP) if at in starts), None)
    if right is not None and are_list_words(reader, hit.end, right.start):
        return f"in a list with {text[right.start : right.end]!r}"
    return ""
