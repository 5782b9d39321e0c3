"""Names that several provinces have: which of them is meant, by what stands beside each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import takewhile

from geo.match.against import PERSON, speaks_against
from geo.match.hits import FAR, LIST_GAP, Hit, Verdict
from geo.match.lists import IN_PROVINCE, is_listed
from geo.match.persons import is_placed, person_sign
from geo.match.reader import Reader
from geo.model import Name
from geo.normalise import fold_name

__all__ = ["share_out"]

_SAME_PASSAGE = 400
"""Code points; about three sentences."""


def _best_known(reader: Reader, hit: Hit) -> Verdict | None:
    """Give a shared name to the one place that it is a less doubtful name of than of all others.

    No place of another country and no person: the same words speak against it
    as against a name that one province has.
    """
    known = [name for name in hit.names if name.strength != "doubtful"]
    around = reader.around(hit)
    if len(known) != 1 or speaks_against(reader, hit, around):
        return None
    return hit, known[0], "shared name, the best known of its places"


def share_out(
    reader: Reader,
    hits: Sequence[Hit],
    shared: Sequence[int],
    verdicts: dict[int, Verdict],
    against: dict[int, str],
    *,
    afghan: bool,
) -> None:
    """Give names that several provinces have to one of them, by what stands beside each.

    That is the province named nearest in its sentence, else the province of a
    place listed with it. A name so settled means the same place all through the
    text; one never settled goes to the only one of its provinces that the text
    names, to its best known place in a text about Afghanistan, or to none.
    """
    single = [verdict for _, verdict in sorted(verdicts.items())]
    settled: dict[frozenset[str], set[Name]] = {}
    left = []
    for index in shared:
        hit = hits[index]
        if sign := _surname_sign(reader, hit):
            against[index] = f"shared name, and {sign}"
            continue
        choice, rule = _nearest_province(reader, hit, single)
        if choice is None and not rule:
            choice, rule = _listed_province(reader, hits, index, verdicts)
        if choice is not None:
            verdicts[index] = (hit, choice, rule)
            settled.setdefault(frozenset(name.place_id for name in hit.names), set()).add(choice)
        elif rule:
            against[index] = rule
        else:
            left.append(index)
    named = _named_provinces(reader, single) if left else {}
    for index in left:
        hit = hits[index]
        known = settled.get(frozenset(name.place_id for name in hit.names), set())
        if len(known) == 1:
            rule = "shared name, the place it means elsewhere in the text"
            verdicts[index] = (hit, next(iter(known)), rule)
        elif not known and (afghan or single) and (verdict := _by_text(reader, hit, named)) is not None:
            verdicts[index] = verdict
        else:
            why = _why_unsettled(reader, hit, known, afghan=afghan or bool(single))
            against[index] = f"shared name, {why}"


def _surname_sign(reader: Reader, hit: Hit) -> str:
    """Say what makes a shared name a surname; empty where a word beside it shows a place."""
    around = reader.around(hit)
    if is_placed(reader, around) or reader.cue("place_after", around.after):
        return ""
    sign = person_sign(reader, hit, around)
    return f"{PERSON}, by {sign!r} beside it" if sign else ""


def _named_provinces(reader: Reader, verdicts: Sequence[Verdict]) -> dict[str, list[int]]:
    """Return where each province is named in the text."""
    named: dict[str, list[int]] = {}
    for hit, name, _ in verdicts:
        if reader.gazetteer.places[name.place_id].kind == "province":
            named.setdefault(name.place_id, []).append(hit.start)
    return named


def _by_text(reader: Reader, hit: Hit, named: Mapping[str, Sequence[int]]) -> Verdict | None:
    """Settle a shared name by the only one of its provinces that the text names, or by its best known place.

    A province named close by wins over the best known place, one far off yields to it.
    """
    places = reader.gazetteer.places
    owners = [name for name in hit.names if places[name.place_id].provinces[0] in named]
    best = _best_known(reader, hit)
    around = reader.around(hit)
    sure = is_placed(reader, around) or bool(reader.cue("place_after", around.after))
    if len(owners) != 1 or not sure or _is_everyday(reader, hit) or speaks_against(reader, hit, around):
        return best
    province = places[owners[0].place_id].provinces[0]
    spots = named[province]
    at = bisect_left(spots, hit.start)
    near = min(abs(spots[i] - hit.start) for i in (at - 1, at) if 0 <= i < len(spots))
    if best is not None and best[1] != owners[0] and near > _SAME_PASSAGE:
        return best
    return hit, owners[0], f"shared name, {places[province].name} is the one of its provinces in the text"


def _is_everyday(reader: Reader, hit: Hit) -> bool:
    return fold_name(reader.text[hit.start : hit.end]) in reader.gazetteer.cue("common")


def _why_unsettled(reader: Reader, hit: Hit, known: set[Name], *, afghan: bool) -> str:
    if known:
        return "it means several places elsewhere in the text"
    if not afghan:
        return "and nothing else shows that the text is about Afghanistan"
    return speaks_against(reader, hit, reader.around(hit)) or "nothing beside it tells which of its places"


def _nearest_province(reader: Reader, hit: Hit, verdicts: Sequence[Verdict]) -> tuple[Name | None, str]:
    """Return the name whose province is named nearest in the sentence; a rule alone says two are as near."""
    places = reader.gazetteer.places
    low, high = reader.sentence(hit)
    distances: dict[str, int] = {}
    first = bisect_left(verdicts, low, key=lambda verdict: verdict[0].start)
    for other, name, _ in takewhile(lambda verdict: verdict[0].end <= high, verdicts[first : first + 100]):
        if places[name.place_id].kind == "province":
            gap = max(other.start - hit.end, hit.start - other.end)
            apposed = 0 < gap <= LIST_GAP and IN_PROVINCE.fullmatch(reader.text, hit.end, other.start)
            distances[name.place_id] = min(-FAR if apposed else gap, distances.get(name.place_id, gap))
    ranked = sorted(
        (distances[province], name.name, province)
        for name in hit.names
        for province in places[name.place_id].provinces
        if province in distances
    )
    if not ranked:
        return None, ""
    if len(ranked) > 1 and ranked[1][0] - ranked[0][0] < 10:
        return None, "shared name, two of its provinces are as near"
    chosen = next(name for name in hit.names if places[name.place_id].provinces == (ranked[0][2],))
    return chosen, f"shared name, {places[ranked[0][2]].name} is named beside it"


def _listed_province(
    reader: Reader, hits: Sequence[Hit], index: int, verdicts: Mapping[int, Verdict]
) -> tuple[Name | None, str]:
    """Return the name whose province a place listed right beside it lies in."""
    places = reader.gazetteer.places
    for near in (index + 1, index - 1):
        if near not in verdicts or not is_listed(reader, hits, index, near):
            continue
        neighbour = places[verdicts[near][1].place_id]
        for name in hits[index].names:
            if places[name.place_id].provinces == neighbour.provinces:
                return name, f"shared name, listed with {neighbour.name}"
    return None, ""
