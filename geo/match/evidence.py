"""Which hits stand: strong names, then weak and doubtful ones by the words around them.

Strong names come first. Weak ones lean on an Afghan text, doubtful ones on a
sign beside them, on their list or on a place of their province; names that
several provinces have go to the one that is named beside them. The words that
speak for or against are rows of ``cues.csv``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import takewhile

from geo.match.against import foreign_sign, person_sign
from geo.match.hits import FAR, LIST_GAP, Hit, Verdict
from geo.match.reader import STOPS, Around, Reader
from geo.model import Name
from geo.normalise import fold, fold_name

__all__ = ["judge_hits"]

_APPOSED = frozenset({", ", " (", " in ", "، "})
"""Between a place and the province right behind it that places it: "Arghandab, Zabul"."""
_ASIDE = re.compile(r"\([^()]{0,40}\)")


def judge_hits(
    reader: Reader, hits: Sequence[Hit], *, afghan: bool, refused: dict[Hit, str] | None = None
) -> list[Verdict]:
    """Decide hit by hit: strong first, then what leans on an Afghan text, then lists, then shared names.

    Parameters
    ----------
    reader
        Of the text that the hits are in.
    hits
        Sorted by start, not overlapping.
    afghan
        Whether the text says in other words that it is about Afghanistan.
    refused
        If given, gets every hit that does not stand, with the rule that refused it.

    Returns
    -------
    list
        The hits that stand, sorted by start.
    """
    verdicts: dict[int, Verdict] = {}
    against: dict[int, str] = {}
    waiting: list[tuple[int, Around]] = []
    for index, hit in enumerate(hits):
        if not reader.is_written_as_name(hit):
            against[index] = "in small letters, or part of an address or file name"
            continue
        around = reader.around(hit)
        if sign := _other_thing(reader, hit, around):
            against[index] = f"names another thing, beside {sign!r}"
        elif hit.names[0].strength == "strong":
            verdicts[index] = (hit, hit.names[0], "strong")
        else:
            waiting.append((index, around))
    unsure, shared = _accept_weak(reader, hits, waiting, verdicts, against, afghan=afghan or bool(verdicts))
    _accept_listed(reader, hits, unsure, verdicts)
    _share_out(reader, hits, shared, verdicts, against, afghan=afghan)
    if refused is not None:
        refused.update((hits[index], rule) for index, rule in against.items() if index not in verdicts)
    return [verdict for _, verdict in sorted(verdicts.items())]


def _other_thing(reader: Reader, hit: Hit, around: Around) -> str:
    """Return the word that makes a name part of another one, as in "Kabul River"; empty if none does."""
    sign = reader.cue("against_after", around.after) or reader.cue("against_before", around.before[:1])
    own = reader.gazetteer.cue("against_after", hit.names[0].place_id)
    return sign or next(iter(own.intersection(around.after[:1])), "")


def _accept_weak(
    reader: Reader,
    hits: Sequence[Hit],
    waiting: Sequence[tuple[int, Around]],
    verdicts: dict[int, Verdict],
    against: dict[int, str],
    *,
    afghan: bool,
) -> tuple[list[int], list[int]]:
    """Add the names that the words beside them support; return the undecided and the shared ones.

    ``against`` gets the reason of each name that is not added here.
    """
    unsure: list[int] = []
    shared: list[int] = []
    for index, around in waiting:
        hit = hits[index]
        if len(_owners(reader, hit)) > 1:
            shared.append(index)
            continue
        stands, rule = _weigh(reader, hit, around, afghan=afghan)
        if stands:
            verdicts[index] = (hit, hit.names[0], rule)
            continue
        against[index] = rule
        if stands is None:
            unsure.append(index)
    return unsure, shared


def _accept_listed(
    reader: Reader, hits: Sequence[Hit], unsure: Sequence[int], verdicts: dict[int, Verdict]
) -> None:
    """Let undecided names stand beside accepted places of their list or province, or three in a list."""
    for order in (unsure, unsure[::-1]):
        for index in order:
            if index in verdicts:
                continue
            rule = ""
            for near in (index - 1, index + 1):
                if near in verdicts and _listed(reader, hits, index, near):
                    rule = "doubtful, in a list with another place"
                elif near in verdicts and _same_province(reader, hits[index], verdicts[near]):
                    rule = "doubtful, beside a place of the same province"
            if rule:
                verdicts[index] = (hits[index], hits[index].names[0], rule)
    waiting = frozenset(unsure) - verdicts.keys()
    for index in sorted(waiting):
        run = (index, index + 1, index + 2)
        if all(i in waiting for i in run) and all(_listed(reader, hits, i, i + 1) for i in run[:2]):
            for i in run:
                verdicts[i] = (hits[i], hits[i].names[0], "doubtful, in a list of three such names")


def _same_province(reader: Reader, hit: Hit, verdict: Verdict) -> bool:
    other, name, _ = verdict
    places = reader.gazetteer.places
    low, high = reader.sentence(hit)
    return (
        places[name.place_id].provinces == places[hit.names[0].place_id].provinces
        and low <= other.start
        and other.end <= high
        and max(other.start - hit.end, hit.start - other.end) < LIST_GAP
    )


def _owners(reader: Reader, hit: Hit) -> set[tuple[str, ...]]:
    return {reader.gazetteer.places[name.place_id].provinces for name in hit.names}


def _weigh(reader: Reader, hit: Hit, around: Around, *, afghan: bool) -> tuple[bool | None, str]:
    """Weigh a weak or doubtful name: whether it stands (``None``: undecided), and by which rule."""
    name = hit.names[0]
    sign = reader.cue("province_word", around.after) or reader.cue(
        "province_before", around.before, backwards=True
    )
    if sign and (afghan or reader.gazetteer.places[name.place_id].kind == "province"):
        return True, f"{name.strength}, beside {sign!r}"
    if not afghan:
        return False, f"{name.strength}, and nothing else shows that the text is about Afghanistan"
    if against := _speaks_against(reader, hit, around):
        return False, f"{name.strength}, and {against}"
    sign = reader.cue("place_after", around.after) or reader.cue(
        "place_before", around.before, backwards=True
    )
    if fold_name(reader.text[hit.start : hit.end]) in reader.gazetteer.cue("common"):
        sign = sign if sign in reader.gazetteer.cue("district_word") else ""
        if sign:
            return True, f"an everyday word, beside {sign!r}"
        return None, "an everyday word, without a word for a district beside it"
    if sign:
        return True, f"{name.strength}, beside {sign!r}"
    if name.strength == "weak":
        return True, "weak, in a text about Afghanistan"
    before = around.before[1:] if around.before[:1] == ("the",) else around.before
    for kind in ("preposition", "verb"):
        sign = reader.cue(kind, before, backwards=True)
        if sign:
            return True, f"doubtful, after {sign!r}"
    country = [word.strip(STOPS) for word in around.country.split()[:1]]
    sign = reader.cue("postposition", around.after) or reader.cue("country_behind", country)
    if sign:
        return True, f"doubtful, before {sign!r}"
    return None, "doubtful, and no word beside it shows that a place is meant"


def _speaks_against(reader: Reader, hit: Hit, around: Around) -> str:
    """Say what makes a name one of another country or of a person; empty if nothing does."""
    if sign := foreign_sign(reader, hit, around):
        return f"a place of another country, by {sign!r}"
    sign = person_sign(reader, hit, around)
    return f"a person, by {sign!r} beside it" if sign else ""


def _listed(reader: Reader, hits: Sequence[Hit], left: int, right: int) -> bool:
    """Tell whether only list words stand between two neighbouring hits."""
    left, right = min(left, right), max(left, right)
    between = reader.text[hits[left].end : hits[right].start]
    if len(between) > LIST_GAP or "\n\n" in between:
        return False
    words = re.findall(r"[^\W\d_][\w'’]*|[^\w\s]", _ASIDE.sub(",", fold(between).text))
    gazetteer = reader.gazetteer
    allowed = gazetteer.cue("joiner") | gazetteer.cue("province_word") | frozenset(("the", "of", "in"))
    return bool(words or "-" in between) and all(w in allowed or w in gazetteer.directions for w in words)


def _best_known(reader: Reader, hit: Hit) -> Verdict | None:
    """Give a shared name to the one place that it is a less doubtful name of than of all others.

    No place of another country and no person: the same words speak against it
    as against a name that one province has.
    """
    known = [name for name in hit.names if name.strength != "doubtful"]
    around = reader.around(hit)
    if len(known) != 1 or _speaks_against(reader, hit, around):
        return None
    return hit, known[0], "shared name, the best known of its places"


def _share_out(
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
    text; one never settled goes to its best known place in a text about
    Afghanistan, or to none.
    """
    single = [verdict for _, verdict in sorted(verdicts.items())]
    settled: dict[frozenset[str], set[Name]] = {}
    left = []
    for index in shared:
        hit = hits[index]
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
    for index in left:
        hit = hits[index]
        known = settled.get(frozenset(name.place_id for name in hit.names), set())
        if len(known) == 1:
            verdicts[index] = (
                hit,
                next(iter(known)),
                "shared name, the place it means elsewhere in the text",
            )
        elif not known and (afghan or single) and (best := _best_known(reader, hit)) is not None:
            verdicts[index] = best
        else:
            against[index] = "shared name, " + _why_unsettled(
                reader, hit, known, afghan=afghan or bool(single)
            )


def _why_unsettled(reader: Reader, hit: Hit, known: set[Name], *, afghan: bool) -> str:
    if known:
        return "it means several places elsewhere in the text"
    if not afghan:
        return "and nothing else shows that the text is about Afghanistan"
    return _speaks_against(reader, hit, reader.around(hit)) or "nothing beside it tells which of its places"


def _nearest_province(reader: Reader, hit: Hit, verdicts: Sequence[Verdict]) -> tuple[Name | None, str]:
    """Return the name whose province is named nearest in the sentence; a rule alone says two are as near."""
    places = reader.gazetteer.places
    low, high = reader.sentence(hit)
    distances: dict[str, int] = {}
    first = bisect_left(verdicts, low, key=lambda verdict: verdict[0].start)
    for other, name, _ in takewhile(lambda verdict: verdict[0].end <= high, verdicts[first : first + 100]):
        if places[name.place_id].kind == "province":
            gap = max(other.start - hit.end, hit.start - other.end)
            apposed = reader.text[hit.end : other.start] in _APPOSED
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
        if near not in verdicts or not _listed(reader, hits, index, near):
            continue
        neighbour = places[verdicts[near][1].place_id]
        for name in hits[index].names:
            if places[name.place_id].provinces == neighbour.provinces:
                return name, f"shared name, listed with {neighbour.name}"
    return None, ""
