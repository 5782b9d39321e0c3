"""The words around a figure: headline, notes, caption and alternative text.

Names of publishers and titles come from untrusted files: `clean_text` makes one
harmless line of them. They are drawn as plain text, never as mathematics.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo import schema
from geo.render import style
from geo.render.figure_data import Cell, FigureData, FigureOptions

__all__ = ["FigureText", "clean_text", "describe_figure"]

_NAMED = (*style.CLASS_STATES, "uncertain")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class FigureText:
    """All texts of one figure; ``notes`` are the lines below the map."""

    title: str
    subtitle: str
    notes: tuple[str, ...]
    caption: str
    alt: str


def clean_text(text: str, limit: int = _LONGEST) -> str:
    """Return one line without control and direction characters, cut to ``limit`` characters."""
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)
    line = re.sub(r"\s+", " ", shown).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _listed(words: Sequence[str], limit: int = 6) -> str:
    """Join words as a person would: "a, b and c", or "a, b and 7 more"."""
    if len(words) > limit:
        words = [*words[: limit - 1], f"{len(words) - limit + 1} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _plural(n: int, word: str) -> str:
    many = word[:-1] + "ies" if word.endswith("y") else word + "s"
    return f"{n} {word if n == 1 else many}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _topic(options: FigureOptions) -> str:
    """Say what the claims are about, in the name of the group."""
    kind = options.claim_type[0] if len(options.claim_type) == 1 else ""
    topic = style.HEADLINES[kind]
    if set(options.group) == set(schema.MAPPED_GROUPS):
        return topic
    names = [clean_text(style.GROUP_LABELS.get(group, group)) for group in options.group]
    return topic.replace("al-Qaeda", _listed(names) or "armed groups")


def _title(data: FigureData) -> str:
    options, topic = data.options, _topic(data.options)
    if options.title:
        return clean_text(options.title)
    head = _upper(topic)
    if data.by:
        facets = [style.FACET_LABELS.get(column, column.replace("_", " ")) for column in data.by]
        return f"{head}, by {' and '.join(facets)}"
    (cell,) = data.cells.values()
    if not cell.documents:
        return f"{head}: no document"
    states = list(cell.states.values())
    if options.stance == ("denied",):
        return f"{head} denied for {states.count('denied')} of 34 provinces"
    named = sum(state in _NAMED for state in states)
    return f"{head} name {named or 'none'} of 34 provinces"


def _period(claims: pd.DataFrame) -> str:
    years = claims["year"].dropna()
    if years.empty:
        return "undated"
    first, last = int(years.min()), int(years.max())
    undated = " and undated" if len(years) < len(claims) else ""
    return (str(first) if first == last else f"{first}–{last}") + undated


def _subtitle(data: FigureData) -> str:
    options = data.options
    if options.subtitle:
        return clean_text(options.subtitle, 300)
    filters = [
        *(
            [_listed([style.TYPE_LABELS[t] for t in options.claim_type])]
            if len(options.claim_type) > 1
            else []
        ),
        *(style.KIND_LABELS[kind] for kind in options.attribution_kind),
        *(clean_text(publisher, 60) for publisher in options.publisher),
        *(style.STANCE_LABELS[stance] for stance in options.stance),
    ]
    only = f" Only: {_listed(filters)}." if filters else ""
    period = f", {_period(data.claims)}" if len(data.claims) else ""
    return (
        f"Independent sources (a story and whom it credits) per province, Afghanistan{period}.{only} "
        "Claims as reported, not verified."
    )


def _off_map(claims: pd.DataFrame) -> str:
    """Claims that no province can show, in words; empty if there is none."""
    country = claims[claims["province_id"] == ""]
    stances = country["stance"].value_counts()
    parts = [f"{stances[s]} {style.STANCE_LABELS[s]}" for s in schema.STANCES if s in stances]
    if not parts:
        return ""
    return f"Not on the map: {_plural(len(country), 'claim')} for the whole country ({_listed(parts)})."


def _sources(data: FigureData) -> str:
    claims = data.claims
    if data.documents.empty:
        return "No document was read."
    if claims.empty:
        return f"No such claim in {_plural(len(data.documents), 'document')}."
    publishers = sorted({clean_text(name, 60) for name in claims["publisher"]} - {""}, key=str.casefold)
    stories = claims["story_id"].where(claims["story_id"] != "", claims["doc_id"]).nunique()
    documents = claims["doc_id"].nunique()
    printed = f", printed by {_listed(publishers, 5)}" if publishers else ""
    return (
        f"Source: {_plural(len(claims), 'claim')} in {_plural(documents, 'document')} "
        f"({_plural(stories, 'story')}) of {len(data.documents)} read{printed}."
    )


def _notes(data: FigureData) -> tuple[str, ...]:
    options = data.options
    tool = f"province-mention-mapper {options.tool_version}".strip()
    made = f"made {clean_text(options.date)}" if options.date else ""
    last = (style.PROJECTION_NOTE, made, tool, f"corpus sha256 {data.corpus[:12]}")
    lines = (
        " ".join(filter(None, (_sources(data), _off_map(data.claims)))),
        f"{clean_text(options.boundary_note, 300)} {style.METHOD_NOTE}",
        " · ".join(filter(None, last)),
    )
    return tuple(lines)


def _spoken(cell: Cell, names: dict[str, str]) -> str:
    """State of all provinces in words, strongest first; the unnamed as a number."""
    if not cell.documents:
        return "no document."
    parts = []
    for state, look in style.STATE_STYLES.items():
        provinces = [names[p] for p, found in cell.states.items() if found == state]
        if not provinces:
            continue
        what = _plural(len(provinces), "province") if state == "not_named" else _listed(provinces, 34)
        parts.append(f"{look.label.lower()}: {what}")
    return "; ".join(parts) + "."


def describe_figure(data: FigureData, boundaries: gpd.GeoDataFrame) -> FigureText:
    """Write the texts of a figure.

    Parameters
    ----------
    data
        From `geo.render.figure_data.prepare_data`.
    boundaries
        For the names of the provinces: ``province_id``, ``name_en``.

    Returns
    -------
    FigureText
        ``alt`` names every province that is named on the map, so that it says
        what the map says.
    """
    names = dict(zip(boundaries["province_id"], boundaries["name_en"], strict=True))
    title, subtitle, notes = _title(data), _subtitle(data), _notes(data)
    spoken = []
    for cell in data.cells.values():
        where = ", ".join(filter(None, (clean_text(cell.row), clean_text(cell.column))))
        spoken.append(f"{where}: {_spoken(cell, names)}" if where else _upper(_spoken(cell, names)))
    kind = "Small maps" if data.by else "Map"
    alt = f"{kind} of the 34 provinces of Afghanistan. {title}. " + " ".join(spoken)
    caption = "\n".join((f"{title}.", subtitle, *notes))
    return FigureText(title, subtitle, notes, caption + "\n", alt + "\n")
