"""Which hits stand: strong names, then weak and doubtful ones by the words around them.

Strong names come first; they fall only to a sign that no place is meant. Weak
ones lean on an Afghan text, doubtful ones on a sign beside them, on their list
or on a place of their province; names that several provinces have go to the one
that is named beside them (`geo.match.shared`). The words that speak for or
against are rows of ``cues.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.match.against import (
    ABROAD,
    THING,
    has_foreign_sign,
    other_thing,
    speaks_against,
    speaks_against_strong,
)
from geo.match.group_context import beside_group
from geo.match.hits import Hit, Verdict
from geo.match.lists import find_pairs, is_listed, is_ranged, is_same_province
from geo.match.namesakes import NAMESAKE, accept_namesakes, is_namesake
from geo.match.orphans import refuse_orphans
from geo.match.reader import STOPS, Around, Reader
from geo.match.senses import accept_repeated, keep_one_sense
from geo.match.shared import share_out
from geo.normalise import fold_name

__all__ = ["judge_hits"]


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
        if sign := other_thing(reader, hit, around):
            against[index] = f"{THING}, beside {sign!r}"
        elif hit.names[0].strength != "strong":
            waiting.append((index, around))
        elif sign := speaks_against_strong(reader, hit, around):
            against[index] = f"strong, but {sign}"
        else:
            verdicts[index] = (hit, hit.names[0], "strong")
    if not afghan:
        refuse_orphans(reader, verdicts, against)
        for index, name in find_pairs(reader, hits, [index for index, _ in waiting]).items():
            verdicts[index] = (hits[index], name, f"{name.strength}, a place and its province side by side")
        for index, around in waiting:
            if index not in verdicts and (group := beside_group(reader, hits[index], around)):
                verdicts[index] = (hits[index], hits[index].names[0], f"weak, in a sentence about {group!r}")
        waiting = [(index, around) for index, around in waiting if index not in verdicts]
    unsure, shared = _accept_weak(reader, hits, waiting, verdicts, against, afghan=afghan or bool(verdicts))
    accept_namesakes(reader, hits, unsure, verdicts)
    unsure = [index for index in unsure if not is_namesake(reader, hits[index])]
    _accept_listed(reader, hits, unsure, verdicts, against)
    accept_repeated(hits, unsure, verdicts, against)
    keep_one_sense(reader, hits, verdicts, against)
    share_out(reader, hits, shared, verdicts, against, afghan=afghan)
    if refused is not None:
        refused.update((hits[index], rule) for index, rule in against.items() if index not in verdicts)
    return [verdict for _, verdict in sorted(verdicts.items())]


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
        if stands is None or ABROAD in rule:
            unsure.append(index)
    return unsure, shared


def _accept_listed(
    reader: Reader,
    hits: Sequence[Hit],
    unsure: Sequence[int],
    verdicts: dict[int, Verdict],
    against: Mapping[int, str],
) -> None:
    """Let undecided names stand beside accepted places of their list or province, or three in a list.

    A name refused as a town's abroad stands only in a list with another place.
    """
    for order in (unsure, unsure[::-1]):
        for index in order:
            if index not in verdicts and (rule := _listing(reader, hits, index, verdicts, against)):
                verdicts[index] = (hits[index], hits[index].names[0], rule)
    waiting = frozenset(index for index in unsure if ABROAD not in against[index]) - verdicts.keys()
    for index in sorted(waiting):
        run = (index, index + 1, index + 2)
        if all(i in waiting for i in run) and all(is_listed(reader, hits, i, i + 1) for i in run[:2]):
            for i in run:
                verdicts[i] = (hits[i], hits[i].names[0], "doubtful, in a list of three such names")


def _listing(
    reader: Reader,
    hits: Sequence[Hit],
    index: int,
    verdicts: Mapping[int, Verdict],
    against: Mapping[int, str],
) -> str:
    """Return the rule by which an accepted neighbour lets an undecided name stand; empty if none does."""
    rule = ""
    spelling = fold_name(reader.text[hits[index].start : hits[index].end])
    for near in (index - 1, index + 1):
        if near not in verdicts:
            continue
        if is_listed(reader, hits, index, near):
            rule = "doubtful, in a list with another place"
        elif is_ranged(reader, hits, index, near):
            rule = "doubtful, an end of a way to or from another place"
        elif ABROAD in against[index] or spelling in reader.gazetteer.cue("everyday"):
            continue
        elif is_same_province(reader, hits[index], verdicts[near]):
            rule = "doubtful, beside a place of the same province"
    return rule


def _owners(reader: Reader, hit: Hit) -> set[tuple[str, ...]]:
    return {reader.gazetteer.places[name.place_id].provinces for name in hit.names}


def _weigh(reader: Reader, hit: Hit, around: Around, *, afghan: bool) -> tuple[bool | None, str]:
    """Weigh a weak or doubtful name: whether it stands (``None``: undecided), and by which rule."""
    name = hit.names[0]
    province = reader.gazetteer.places[name.place_id].kind == "province"
    sign = reader.cue("province_word", around.after) or reader.cue(
        "province_before", around.before, backwards=True
    )
    if is_namesake(reader, hit) and not (sign and province):
        return None, f"{NAMESAKE}, and no place of its province is named beside it"
    if sign and (afghan or province):
        return True, f"{name.strength}, beside {sign!r}"
    if not afghan:
        return _weigh_alone(reader, hit, around)
    if against := speaks_against(reader, hit, around):
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


def _weigh_alone(reader: Reader, hit: Hit, around: Around) -> tuple[bool, str]:
    """Weigh a name in a text that nothing else ties to Afghanistan: a weak one stands as a district.

    So do entries of lists of events written: "Andar district, 12 March 2010".
    """
    name, sign = hit.names[0], around.after[:1]
    place = reader.gazetteer.places[name.place_id]
    district = sign and sign[0] in ("district", "districts") and place.kind == "place"
    if name.strength != "weak" or not district or around.possessive:
        return False, f"{name.strength}, and nothing else shows that the text is about Afghanistan"
    if against := speaks_against(reader, hit, around):
        return False, f"{name.strength}, and {against}"
    if foreign := has_foreign_sign(reader, name.place_id, reader.text):
        return False, f"{name.strength}, and {ABROAD}, by {foreign!r} in the text"
    return True, f"{name.strength}, beside {sign[0]!r}"
