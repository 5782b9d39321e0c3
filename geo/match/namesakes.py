"""Names of small places that a larger place abroad bears: Charsadda of Ghor, Golestan of Farah."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.match.hits import FAR, Hit, Verdict
from geo.match.reader import Reader
from geo.normalise import fold_name

__all__ = ["NAMESAKE", "accept_namesakes", "is_namesake"]

NAMESAKE = "a larger place abroad has this name"
"""How the reason of a refused name of this kind begins."""


def is_namesake(reader: Reader, hit: Hit) -> bool:
    """Tell whether a larger place abroad has the spelling of a hit (``namesake`` rows of ``cues.csv``)."""
    return fold_name(reader.text[hit.start : hit.end]) in reader.gazetteer.cue("namesake")


def accept_namesakes(
    reader: Reader,
    hits: Sequence[Hit],
    unsure: Iterable[int],
    verdicts: dict[int, Verdict],
) -> None:
    """Let such a name stand beside a place of its own province, and then all through the text.

    "In", "district" or "police" beside it tell nothing: the place abroad has them
    too. Only its province, or another place of it, in the same sentence does.

    Parameters
    ----------
    reader
        Of the text that the hits are in.
    hits
        Sorted by start, not overlapping.
    unsure
        Indexes of undecided hits; those that are no such names are passed over.
    verdicts
        What stands by now; gets the names that stand.
    """
    places = reader.gazetteer.places
    waiting = [index for index in unsure if index not in verdicts and is_namesake(reader, hits[index])]
    if not waiting:
        return
    spots: dict[tuple[str, ...], list[Hit]] = {}
    for hit, name, _ in verdicts.values():
        spots.setdefault(places[name.place_id].provinces, []).append(hit)
    settled = set()
    for index in waiting:
        hit = hits[index]
        name = hit.names[0]
        low, high = reader.sentence(hit)
        near = spots.get(places[name.place_id].provinces, [])
        if any(low <= other.start <= high and abs(other.start - hit.start) < FAR for other in near):
            verdicts[index] = (hit, name, f"{name.strength}, in a sentence with a place of its province")
            settled.add(name.place_id)
    for index in waiting:
        name = hits[index].names[0]
        if index not in verdicts and name.place_id in settled:
            verdicts[index] = (hits[index], name, f"{name.strength}, clearly the place elsewhere in the text")
