"""The gazetteer: tables of places, of their names, and of the words around names.

Names have one of three strengths. A *strong* name stands for its place unless
the text speaks against it. A *weak* one also needs a text about Afghanistan. A
*doubtful* one (a given name, a foreign city, a common word) further needs a
sign beside it that a place is meant. Weak or doubtful spellings may belong to
several places; a strong spelling belongs to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

from geo.automaton import Found, PhraseAutomaton
from geo.errors import GazetteerError
from geo.model import Name, Place
from geo.normalise import Folded, flatten, fold_name, script_of
from geo.resources import data_path, read_table
from geo.schema import PROVINCE_IDS
from geo.spelling import edit_distance, index_misspellings, misspelling_pattern, without_one

__all__ = [
    "STRENGTHS",
    "Frame",
    "Gazetteer",
    "LookupResult",
    "build_gazetteer",
    "explain_name",
    "load_gazetteer",
    "read_rows",
]

STRENGTHS = ("strong", "weak", "doubtful")
_BLANK = r"[\s\u200c]*"
"""What may stand in a flattened text for the blank of a direction."""

_KINDS = ("province", "place", "region", "direction", "country")
_PLACE_TABLES = ("places.csv", "places_generated.csv")
_NAME_TABLES = ("names_manual.csv", "names_place.csv", "names_generated.csv")
_NEVER_SUGGESTED = frozenset({"AF-PIA", "AF-PKA"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A direction inside the words that make it a part of Afghanistan: "eastern provinces"."""

    phrase: str
    place_id: str
    bare: bool = False
    """Whether the words name no country: "in the south"."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places, names and cues, checked; never changed after it is built.

    Attributes
    ----------
    places
        Place id to place.
    names
        All rows except those of directions, strongest first for each spelling.
    frames
        Direction phrases.
    directions
        Folded form of a direction ("south eastern") to its row.
    direction_pattern
        Finds one direction, longest first, in a flattened text (`geo.normalise.flatten`).
    cues
        Kind of cue to the places it applies to (``*``: all) to its folded words.
    phrases
        What the automaton looks for: the names, then the frames, then the words
        that show a text to be about Afghanistan, in this order.
    respelled
        A long name, or one without one of its letters, to the folded names it may
        be a misspelling of (`near_names`).
    respelling_pattern
        Finds capitalised words that begin as one of these names do.
    """

    places: Mapping[str, Place]
    names: tuple[Name, ...]
    frames: tuple[Frame, ...] = field(repr=False)
    directions: Mapping[str, Name]
    direction_pattern: re.Pattern[str] = field(repr=False)
    cues: Mapping[str, Mapping[str, frozenset[str]]] = field(repr=False)
    phrases: tuple[str, ...] = field(repr=False)
    spellings: Mapping[str, tuple[Name, ...]] = field(repr=False)
    respelled: Mapping[str, tuple[str, ...]] = field(repr=False)
    respelling_pattern: re.Pattern[str] = field(repr=False)
    automaton: PhraseAutomaton = field(repr=False, compare=False)

    def candidates(self, text: str) -> tuple[Name, ...]:
        """Return the names whose folded spelling is that of ``text``, strongest first."""
        return self.spellings.get(fold_name(text), ())

    def cue(self, kind: str, applies_to: str = "*") -> frozenset[str]:
        """Return the folded cues of one kind for one place (``*``: for all), empty if none."""
        return self.cues.get(kind, {}).get(applies_to, frozenset())

    def near_names(self, folded: str) -> tuple[Name, ...]:
        """Return the names that one letter more, less, other or swapped would make of a folded word.

        Only names that ``cues.csv`` lists as ``respelled``; the word itself may be any.
        """
        forms = {folded, *without_one(folded)}
        near = {name for form in forms for name in self.respelled.get(form, ())}
        return tuple(self.spellings[name][0] for name in sorted(near) if edit_distance(folded, name, 1) == 1)

    def scan(self, folded: Folded) -> list[Found]:
        """Return every whole-word hit of ``phrases`` in a folded text, overlapping ones too."""
        return self.automaton.scan(folded)


def load_gazetteer(*, languages: Iterable[str] | None = None) -> Gazetteer:
    """Load the tables under ``data/gazetteer``; the result is cached.

    Parameters
    ----------
    languages
        BCP 47 codes of the names to keep; ``mul`` (several languages) and names
        made by hand for English are always kept. ``None`` keeps all.

    Raises
    ------
    GazetteerError
        If the tables contradict themselves; every fault in one message.
    """
    return _load(None if languages is None else frozenset(languages) | {"mul", "en"})


@cache
def _load(languages: frozenset[str] | None) -> Gazetteer:
    places, names = read_rows()
    kept = [row for row in names if languages is None or row["language"] in languages]
    return build_gazetteer(places, kept, read_table("gazetteer", "cues.csv"))


def read_rows() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Read the tables under ``data/gazetteer`` as they stand, unchecked: rows of places, rows of names.

    Unlike a `Gazetteer`, the rows keep coordinates (``lon`` and ``lat``, WGS84
    degrees, empty where not known) and every spelling, also those that fold alike.
    """
    places = [row for table in _PLACE_TABLES for row in _read_optional(table)]
    names = [row for table in _NAME_TABLES for row in _read_optional(table)]
    return places, names


def _read_optional(table: str) -> list[dict[str, str]]:
    if "_generated" in table and not data_path("gazetteer").joinpath(table).exists():
        return []
    return read_table("gazetteer", table)


def build_gazetteer(
    places: Iterable[Mapping[str, str]],
    names: Iterable[Mapping[str, str]],
    cues: Iterable[Mapping[str, str]],
) -> Gazetteer:
    """Check rows of the three tables and build a gazetteer of them.

    Raises
    ------
    GazetteerError
        Names every unknown place or province, bad strength or kind, and every
        spelling that two places own strongly, at once.
    """
    known, faults = _make_places(places)
    spellings: dict[str, list[Name]] = {}
    directions: list[Name] = []
    for row in names:
        name = Name(**{key: row[key] for key in Name.__slots__})
        if name.strength not in STRENGTHS:
            faults.append(f"{name.name!r}: strength {name.strength!r}, expected {' or '.join(STRENGTHS)}")
        if name.place_id not in known:
            faults.append(f"{name.name!r}: unknown place {name.place_id!r}")
        elif known[name.place_id].kind == "direction":
            directions.append(name)
        elif not fold_name(name.name):
            faults.append(f"{name.place_id}: an empty name")
        else:
            spellings.setdefault(fold_name(name.name), []).append(name)
    _add_joined(spellings)
    faults += _strong_conflicts(spellings)
    if faults:
        raise GazetteerError(
            f"data/gazetteer: {len(faults)} fault(s): {'; '.join(faults)}. Correct these rows of the tables."
        )
    table = _make_cues(cues)
    ordered = {key: _rank(rows) for key, rows in spellings.items()}
    flat = tuple(name for rows in ordered.values() for name in rows)
    frames = _make_frames(directions, table)
    phrases = (*(n.name for n in flat), *(f.phrase for f in frames), *sorted(table["document"]["*"]))
    respelled = index_misspellings(table.get("respelled", {}).get("*", frozenset()))
    cue_map = {kind: MappingProxyType(rows) for kind, rows in table.items()}
    forms = {fold_name(name.name): name for name in directions}
    return Gazetteer(
        places=MappingProxyType(known),
        names=flat,
        frames=frames,
        directions=MappingProxyType(forms),
        direction_pattern=_direction_pattern(name.name for name in directions),
        cues=MappingProxyType(cue_map),
        phrases=phrases,
        spellings=MappingProxyType(ordered),
        respelled=MappingProxyType(respelled),
        respelling_pattern=misspelling_pattern(respelled),
        automaton=PhraseAutomaton(phrases),
    )


def _make_places(rows: Iterable[Mapping[str, str]]) -> tuple[dict[str, Place], list[str]]:
    known: dict[str, Place] = {}
    faults: list[str] = []
    for row in rows:
        place = Place(row["place_id"], row["kind"], row["name"], tuple(row["provinces"].split()))
        if place.place_id in known:
            faults.append(f"place {place.place_id}: listed twice")
        if place.kind not in _KINDS:
            faults.append(f"place {place.place_id}: kind {place.kind!r}, expected one of {', '.join(_KINDS)}")
        unknown = [code for code in place.provinces if code not in PROVINCE_IDS]
        if unknown or (place.kind in ("province", "place") and len(place.provinces) != 1):
            faults.append(f"place {place.place_id}: provinces {row['provinces']!r}")
        known[place.place_id] = place
    return known, faults


def _add_joined(spellings: dict[str, list[Name]]) -> None:
    """Add names of two words in Arabic script as printed with a joiner, unless these are names too."""
    for spelling, rows in list(spellings.items()):
        joined = spelling.replace(" ", "")
        if spelling.count(" ") == 1 and rows[0].script == "Arab" and joined not in spellings:
            spellings[joined] = [replace(row, name=row.name.replace(" ", "\u200c")) for row in rows]


def _strong_conflicts(spellings: Mapping[str, list[Name]]) -> list[str]:
    faults = []
    for spelling, rows in spellings.items():
        owners = sorted({row.place_id for row in rows if row.strength == "strong"})
        if len(owners) > 1:
            faults.append(f"{spelling!r}: two strong owners, {' and '.join(owners)}")
    return faults


def _rank(rows: list[Name]) -> tuple[Name, ...]:
    best: dict[str, Name] = {}
    for row in sorted(
        rows, key=lambda row: (STRENGTHS.index(row.strength), row.source != "manual", row.name)
    ):
        best.setdefault(row.place_id, row)
    return tuple(best.values())


def _make_cues(rows: Iterable[Mapping[str, str]]) -> dict[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, set[str]]] = {"document": {"*": set()}}
    for row in rows:
        cue = row["cue"] if "{}" in row["cue"] else fold_name(row["cue"])
        found.setdefault(row["kind"], {}).setdefault(row["applies_to"], set()).add(cue)
    return {kind: {to: frozenset(cues) for to, cues in table.items()} for kind, table in found.items()}


def _make_frames(
    directions: Iterable[Name], cues: Mapping[str, Mapping[str, frozenset[str]]]
) -> tuple[Frame, ...]:
    frames = []
    scripts = {
        pattern: script_of(pattern)
        for kind in ("frame", "frame_noun", "frame_bare")
        for of in cues.get(kind, {}).values()
        for pattern in of
    }
    for name in directions:
        own = name.language if name.language in cues.get("frame", {}) else "*"
        patterns = set(cues.get("frame", {}).get(own, ()))
        if not name.name.endswith(("ern", "central")):
            patterns |= cues.get("frame_noun", {}).get(own, frozenset())
        bare = cues.get("frame_bare", {}).get(name.language, frozenset())
        if name.name.endswith(("ern", "central")):
            bare = frozenset()
        for pattern in sorted(patterns | bare):
            if scripts[pattern] in (name.script, "Zyyy"):
                phrase = pattern.replace("{}", name.name)
                frames.append(Frame(phrase, name.place_id, bare=pattern in bare))
    return tuple(frames)


def _direction_pattern(forms: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted({flatten(form) for form in forms}, key=lambda form: (-len(form), form))
    joined = "|".join(re.escape(form).replace(r"\ ", _BLANK) for form in ordered)
    return re.compile(rf"(?:(?<!\w)|(?<=\b[وبلف]))(?:{joined})(?!\w)" if joined else r"(?!)")


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What the gazetteer makes of one name.

    ``rows`` are the matching rows, strongest first; more than one place among
    the weak rows means that the text around the name must decide. ``suggestions``
    are spellings near an unknown name, with their place: never used for matching.
    """

    query: str
    places: tuple[Place, ...]
    rows: tuple[Name, ...]
    reason: str
    other_spellings: tuple[str, ...]
    suggestions: tuple[tuple[str, str], ...]


def explain_name(name: str, gazetteer: Gazetteer | None = None, *, max_suggestions: int = 5) -> LookupResult:
    """Say which place a name stands for and why, or which spellings come near it."""
    gazetteer = gazetteer or load_gazetteer()
    query = fold_name(name)
    rows = gazetteer.candidates(name)
    strong = tuple(row for row in rows if row.strength == "strong")
    places = tuple(gazetteer.places[row.place_id] for row in (strong or rows))
    ids = {place.place_id for place in places}
    others = sorted({row.name for row in gazetteer.names if row.place_id in ids} - {name})
    near = () if rows else _near(query, gazetteer, max_suggestions)
    return LookupResult(name, places, rows, _reason(rows, near), tuple(others), near)


def _reason(rows: tuple[Name, ...], near: tuple[tuple[str, str], ...]) -> str:
    if not rows:
        return "no such name" + ("; near it: " + ", ".join(spelling for spelling, _ in near) if near else "")
    first = rows[0]
    if first.strength == "strong":
        return f"{first.source}: {first.name} (strong): {first.why}"
    listed = "; ".join(f"{row.place_id} ({row.strength}): {row.why}" for row in rows)
    return f"the text around it decides: {listed}"


def _near(query: str, gazetteer: Gazetteer, limit: int) -> tuple[tuple[str, str], ...]:
    most = 1 if len(query) < 6 else 2
    found: list[tuple[int, str, str]] = []
    for spelling, rows in gazetteer.spellings.items():
        if abs(len(spelling) - len(query)) <= most:
            distance = edit_distance(query, spelling, most)
            if distance <= most:
                found += [(distance, row.name, row.place_id) for row in rows]
    found.sort()
    ids = {place_id for _, _, place_id in found}
    if ids >= _NEVER_SUGGESTED:
        nearest = found[0][0]
        sure = {place_id for distance, _, place_id in found if distance == nearest}
        if not sure >= _NEVER_SUGGESTED:
            found = [row for row in found if row[2] not in _NEVER_SUGGESTED - sure]
    return tuple((spelling, place_id) for _, spelling, place_id in found[:limit])
