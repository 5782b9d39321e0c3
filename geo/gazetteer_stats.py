"""What the gazetteer holds, as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from geo.gazetteer import STRENGTHS, Gazetteer, load_gazetteer, read_rows
from geo.schema import PROVINCE_IDS

__all__ = ["count_gazetteer", "format_counts"]

_BY = ("language", "script", "strength", "source")
_MOST_SHOWN = 15


def count_gazetteer() -> dict[str, Any]:
    """Count the places and names of the tables under ``data/gazetteer``.

    Returns
    -------
    dict
        ``places``: ``total`` and ``by_kind``. ``names`` (rows of the tables; a
        spelling may be in several): ``total`` and ``by_language`` (BCP 47,
        ``mul`` for several), ``by_script`` (ISO 15924), ``by_strength``,
        ``by_source``, most first. ``provinces``: ``covered``, those of the 34
        that have a name, and ``places_inside``, how many places lie in each (0: none
        is known). ``shared_names``: spellings, folded, of more than one place
        (``total``), and those whose places lie in different provinces
        (``in_several_provinces``).

    Raises
    ------
    GazetteerError
        If the tables contradict themselves.
    """
    gazetteer = load_gazetteer()
    _, names = read_rows()
    places = gazetteer.places.values()
    named = {row["place_id"] for row in names}
    inside = Counter(place.provinces[0] for place in places if place.kind == "place")
    return {
        "places": {"total": len(places), "by_kind": _count(place.kind for place in places)},
        "names": {"total": len(names), **{f"by_{key}": _count(row[key] for row in names) for key in _BY}},
        "provinces": {
            "covered": sum(code in named for code in PROVINCE_IDS),
            "places_inside": {code: inside[code] for code in PROVINCE_IDS},
        },
        "shared_names": _count_shared(gazetteer),
    }


def _count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _count_shared(gazetteer: Gazetteer) -> dict[str, int]:
    """Count the spellings of several places; whether these lie in one province or not."""
    shared = [
        {gazetteer.places[row.place_id].provinces for row in rows}
        for rows in gazetteer.spellings.values()
        if len(rows) > 1
    ]
    return {"total": len(shared), "in_several_provinces": sum(len(provinces) > 1 for provinces in shared)}


def format_counts(counts: Mapping[str, Any]) -> str:
    """Return the counts of `count_gazetteer` as lines to read; rare languages are summed up."""
    provinces, names, shared = counts["provinces"], counts["names"], counts["shared_names"]
    lines = [*_block(f"{counts['places']['total']:,} places", counts["places"]["by_kind"])]
    lines += ["", f"{names['total']:,} names"]
    order = {strength: names["by_strength"].get(strength, 0) for strength in STRENGTHS}
    for key in _BY:
        lines += _block(f"  by {key}", order if key == "strength" else names[f"by_{key}"])
    inside = sorted(provinces["places_inside"].items(), key=lambda item: (-item[1], item[0]))
    lines += ["", f"{provinces['covered']} of {len(PROVINCE_IDS)} provinces covered; places inside each"]
    row = [f"{code} {number}" for code, number in inside]
    lines += ["  " + ", ".join(row[start : start + 9]) for start in range(0, len(row), 9)]
    several = f"{shared['in_several_provinces']:,} of them in several provinces"
    return "\n".join([*lines, "", f"{shared['total']:,} spellings of more than one place, {several}"])


def _block(heading: str, counts: Mapping[str, int]) -> list[str]:
    shown, rest = list(counts.items())[:_MOST_SHOWN], list(counts.items())[_MOST_SHOWN:]
    if rest:
        shown.append((f"{len(rest)} more", sum(number for _, number in rest)))
    return [heading, *(f"{number:>8,}  {name}" for name, number in shown)]
