"""The words around a figure: headline, notes, caption and alternative text.

Names of publishers and titles come from untrusted files: `clean_text` makes one
harmless line of them. They are drawn as plain text, never as mathematics.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo import schema
from geo.render import style
from geo.render.figure_alt import describe_aloud
from geo.render.figure_data import FigureData, FigureOptions
from geo.render.figure_themes import THEMES
from geo.render.figure_words import clean_text, count_words, join_words, upper_first

__all__ = ["FigureText", "clean_text", "describe_figure"]

_NAMED = (*style.CLASS_STATES, "uncertain")


@dataclass(frozen=True, slots=True)
class FigureText:
    """All texts of one figure; ``notes`` are the lines below the map."""

    title: str
    subtitle: str
    notes: tuple[str, ...]
    caption: str
    alt: str


def _topic(options: FigureOptions) -> str:
    """Say what the claims are about, in the name of the group."""
    kind = options.claim_type[0] if len(options.claim_type) == 1 else ""
    topic = style.HEADLINES[kind]
    if set(options.group) == set(schema.MAPPED_GROUPS):
        return topic
    names = [clean_text(style.GROUP_LABELS.get(group, group)) for group in options.group]
    return topic.replace("al-Qaeda", join_words(names) or "armed groups")


def _title(data: FigureData) -> str:
    options, topic = data.options, _topic(data.options)
    if options.title:
        return clean_text(options.title)
    head = upper_first(topic)
    facets = [style.FACET_LABELS.get(column, column.replace("_", " ")) for column in data.by]
    if data.comparison is not None:
        return f"{head}: {' against '.join(clean_text(label, 60) for label in data.comparison.labels)}"
    if data.kind == "timeline":
        return f"{head}, by {' and '.join(['year', *facets])}"
    if data.kind == "matrix":
        return f"{head}, by province and {facets[0]}"
    if data.by:
        return f"{head}, by {' and '.join(facets)}"
    return f"{head}{_named_by(data)}"


def _named_by(data: FigureData) -> str:
    """How many provinces a single map names."""
    (cell,) = data.cells.values()
    if not cell.documents:
        return ": no document"
    states = list(cell.states.values())
    if data.options.stance == ("denied",):
        return f" denied for {states.count('denied')} of 34 provinces"
    named = sum(state in _NAMED for state in states)
    return f" name {named or 'none'} of 34 provinces"


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
            [join_words([style.TYPE_LABELS[t] for t in options.claim_type])]
            if len(options.claim_type) > 1
            else []
        ),
        *(style.KIND_LABELS[kind] for kind in options.attribution_kind),
        *(clean_text(publisher, 60) for publisher in options.publisher),
        *(style.STANCE_LABELS[stance] for stance in options.stance),
    ]
    if options.published_from is not None or options.published_to is not None:
        filters.append(f"published {_span(options.published_from, options.published_to)}")
    only = f" Only: {join_words(filters)}." if filters else ""
    period = f", {_period(data.claims)}" if len(data.claims) else ""
    return f"{_measure(data)}, Afghanistan{period}.{only} Claims as reported, not verified."


def _span(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return f"up to {last}" if first is None else f"from {first} on"
    return str(first) if first == last else f"{first}–{last}"


def _measure(data: FigureData) -> str:
    """What is counted, in words."""
    voice = "Independent sources (a story and whom it credits)"
    if data.kind == "timeline":
        return f"{voice if data.options.measure == 'sources' else 'Claims'} by year"
    if data.comparison is None:
        return f"{voice} per province"
    missing = [
        clean_text(label, 60)
        for label, documents in zip(data.comparison.labels, data.comparison.documents, strict=True)
        if not documents
    ]
    if missing:
        return f"No document for {' and '.join(missing)}: nothing can be said of a difference. {voice}"
    first, second = (clean_text(label, 60) for label in data.comparison.labels)
    return (
        f"Signed numbers: independent sources (a story and whom it credits) of {second} less those of {first}"
    )


def _off_map(claims: pd.DataFrame, kind: str) -> str:
    """Claims that no province can show, in words; empty if there is none."""
    if kind == "timeline":
        return "Claims for regions and for the whole country are counted as well."
    country = claims[claims["province_id"] == ""]
    stances = country["stance"].value_counts()
    parts = [f"{stances[s]} {style.STANCE_LABELS[s]}" for s in schema.STANCES if s in stances]
    if not parts:
        return ""
    where = "in the table" if kind == "matrix" else "on the map"
    return f"Not {where}: {count_words(len(country), 'claim')} for the whole country ({join_words(parts)})."


def _sources(data: FigureData) -> str:
    claims = data.claims
    if data.documents.empty:
        return "No document was read."
    if claims.empty:
        return f"No such claim in {count_words(len(data.documents), 'document')}."
    publishers = sorted({clean_text(name, 60) for name in claims["publisher"]} - {""}, key=str.casefold)
    stories = claims["story_id"].where(claims["story_id"] != "", claims["doc_id"]).nunique()
    documents = claims["doc_id"].nunique()
    printed = f", printed by {join_words(publishers, 5)}" if publishers else ""
    return (
        f"Source: {count_words(len(claims), 'claim')} in {count_words(documents, 'document')} "
        f"({count_words(stories, 'story')}) of {len(data.documents)} read{printed}."
    )


def _notes(data: FigureData) -> tuple[str, ...]:
    options = data.options
    tool = f"province-mention-mapper {options.tool_version}".strip()
    made = f"made {clean_text(options.date)}" if options.date else ""
    drawn = data.kind in ("map", "grid", "difference")
    last = (
        style.PROJECTION_NOTE if drawn else "",
        made,
        tool,
        data.corpus and f"corpus sha256 {data.corpus[:12]}",
    )
    lines = (
        " ".join(filter(None, (_sources(data), _off_map(data.claims, data.kind)))),
        f"{clean_text(options.boundary_note, 300)} {_method(data)}" if drawn else _method(data),
        " · ".join(filter(None, last)),
    )
    return tuple(lines)


def _method(data: FigureData) -> str:
    """What an empty place means, in the words that fit the figure."""
    blank = {"timeline": "A year without a bar", "matrix": "An empty cell"}.get(data.kind)
    return style.METHOD_NOTE.replace("White", blank or THEMES[data.options.theme].blank, 1)


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
    caption = "\n".join((title if title.endswith((".", "?", "!")) else f"{title}.", subtitle, *notes))
    return FigureText(title, subtitle, notes, caption + "\n", describe_aloud(data, title, names) + "\n")
