"""One sense a text: a name introduced as a person's, or as a town's abroad, stays that.

Unless a word beside one of its uses says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geo.match.against import ABROAD, PERSON, THING, has_foreign_sign
from geo.match.hits import Hit, Verdict
from geo.match.lists import is_listed
from geo.match.persons import is_placed
from geo.match.reader import STOPS, Reader
from geo.normalise import fold_name

__all__ = ["accept_repeated", "keep_one_sense"]

_CLEAR = ("doubtful, beside '", "doubtful, after", "doubtful, before")
"""How rules begin that rest on a word beside the name which only places have."""
_LEANING = ("doubtful, after", "doubtful, clearly the place elsewhere")
"""How rules begin that rest on a word which places abroad have too."""
_FOLLOWS = re.compile(r"\s[A-Z][\w'’]+")
_SAID = {PERSON: "clearly a person", ABROAD: "clearly abroad", THING: "clearly another thing"}
_BY_TEXT = "weak, in a text about Afghanistan"
_UNSUPPORTED = ("strong", _BY_TEXT)
"""Rules that rest on no word beside the name."""


def keep_one_sense(
    reader: Reader, hits: Sequence[Hit], verdicts: dict[int, Verdict], against: dict[int, str]
) -> None:
    """Drop the bare repetitions of a name whose every clear use in the text is another one's.

    "Harinder Takhar ... Takhar moved": the second has no sign of its own. Weak
    names fall likewise where the text has a sign of their namesake abroad (Logar
    in a text about Slovenia). If any use of the name is clearly the place, bare
    ones stay.
    """
    _drop_abroad(reader, verdicts, against)
    other: dict[str, list[str]] = {}
    for index, reason in sorted(against.items()):
        kind = next((kind for kind in (PERSON, ABROAD, THING) if kind in reason), "")
        if kind and index not in verdicts:
            other.setdefault(hits[index].names[0].place_id, []).append(kind)
    if other:
        _drop_same_names(reader, hits, verdicts, against)
    uses: dict[str, list[int]] = {}
    for index, (_, name, rule) in verdicts.items():
        if name.place_id in other or rule == _BY_TEXT:
            uses.setdefault(name.place_id, []).append(index)
    for place_id in uses.keys() - other.keys():
        if has_foreign_sign(reader, place_id, reader.text):
            other[place_id] = [PERSON]
    for place_id, kinds in other.items():
        standing = uses.get(place_id, [])
        if set(kinds) == {THING} and len(standing) > 3 * len(kinds):
            continue
        if any(_supported(reader, hits, index, verdicts, kinds[0]) for index in standing):
            continue
        for index in standing:
            del verdicts[index]
            against[index] = f"{_SAID[kinds[0]]} elsewhere in the text, and nowhere this place"


def _drop_abroad(reader: Reader, verdicts: dict[int, Verdict], against: dict[int, str]) -> None:
    """Drop doubtful places that only "in" speaks for, if the text has a sign of their namesake abroad.

    "In Rustaq" in a text that names Oman, and no other place of Takhar.
    """
    places = reader.gazetteer.places
    leaning: dict[str, list[int]] = {}
    for index, (_, name, rule) in verdicts.items():
        if rule.startswith(_LEANING) and places[name.place_id].kind == "place":
            leaning.setdefault(name.place_id, []).append(index)
    for place_id, indexes in leaning.items():
        sign = has_foreign_sign(reader, place_id, reader.text)
        provinces = places[place_id].provinces
        near = any(
            name.place_id != place_id and places[name.place_id].provinces == provinces
            for _, name, _ in verdicts.values()
        )
        for index in indexes if sign and not near else ():
            del verdicts[index]
            against[index] = f"doubtful, and {ABROAD}, by {sign!r} in the text"


def accept_repeated(
    hits: Sequence[Hit],
    unsure: Sequence[int],
    verdicts: dict[int, Verdict],
    against: Mapping[int, str],
) -> None:
    """Let bare repetitions of a doubtful name stand whose every clear use in the text is the place.

    "Fighting in Farah ... Farah fell": no use may be a person's or another thing's,
    and everyday words never stand so.
    """
    clear = {name.place_id for _, name, rule in verdicts.values() if rule.startswith(_CLEAR)}
    other = {
        hits[index].names[0].place_id
        for index, reason in against.items()
        if index not in verdicts and any(kind in reason for kind in (PERSON, ABROAD, THING))
    }
    for index in unsure:
        hit = hits[index]
        place_id = hit.names[0].place_id
        if index in verdicts or place_id not in clear - other or hit.names[0].script not in ("Latn", "Cyrl"):
            continue
        verdicts[index] = (hit, hit.names[0], "doubtful, clearly the place elsewhere in the text")


def _drop_same_names(
    reader: Reader, hits: Sequence[Hit], verdicts: dict[int, Verdict], against: dict[int, str]
) -> None:
    """Drop the names that have the same capitalised word behind them as one refused: "Kabul City" again."""
    longer = {
        (hits[index].names[0].place_id, fold_name(follow.group()))
        for index, reason in against.items()
        if any(kind in reason for kind in (PERSON, ABROAD, THING))
        and (follow := _FOLLOWS.match(reader.text, hits[index].end))
        and fold_name(follow.group()) not in reader.gazetteer.cue("province_word")
    }
    for index, (hit, name, rule) in list(verdicts.items()) if longer else ():
        follow = _FOLLOWS.match(reader.text, hit.end)
        if rule in _UNSUPPORTED and follow and (name.place_id, fold_name(follow.group())) in longer:
            del verdicts[index]
            against[index] = f"{THING}, {hit.names[0].name + follow.group()!r}, as elsewhere in the text"


def _supported(
    reader: Reader, hits: Sequence[Hit], index: int, verdicts: Mapping[int, Verdict], kind: str
) -> bool:
    """Tell whether words beside a name show the Afghan place; "in" does not for towns abroad."""
    if verdicts[index][2] not in _UNSUPPORTED:
        return True
    if any(near in verdicts and is_listed(reader, hits, index, near) for near in (index - 1, index + 1)):
        return True
    around = reader.around(hits[index])
    country = around.country.split()[:1]
    if country and country[0].rstrip(STOPS) in reader.gazetteer.cue("country_behind"):
        return True
    if reader.cue("province_word", around.after) or reader.cue(
        "province_before", around.before, backwards=True
    ):
        return True
    if kind == ABROAD and hits[index].names[0].strength != "strong":
        return False
    before = around.before[1:] if around.before[:1] == ("the",) else around.before
    if kind == THING and (around.possessive or before[:1] in (("of",), ("to",))):
        return True
    return bool(
        is_placed(reader, around)
        or reader.cue("verb", before, backwards=True)
        or reader.cue("place_after", around.after)
        or hits[index].names[0].script != "Latn"
    )
