"""Claims and documents become the content of a report; pure, and nothing is laid out here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from geo import aggregate, schema
from geo.filters import filter_by_options
from geo.render import style
from geo.report import wording
from geo.report.content import Picture, ProvinceLine, Report
from geo.report.options import DEFAULT_TITLE, ReportOptions
from geo.report.statements import choose_statements, fold_claims
from geo.report.states import ProvinceState, find_states
from geo.report.summary import (
    describe_facts,
    describe_filters,
    describe_review,
    summarise,
    topic_of,
)
from geo.report.tables import list_references, make_tables
from geo.report.texts import clean

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["filter_for_report", "prepare_report"]

_MOST_SPANS = 5


def filter_for_report(
    claims: pd.DataFrame, options: ReportOptions, *, review: Sequence[str] = aggregate.COUNTED_REVIEWS
) -> pd.DataFrame:
    """Return the claims that a report holds; ``review`` names the states that are kept."""
    return filter_by_options(claims, options, review=review)


def prepare_report(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    *,
    options: ReportOptions,
    pictures: tuple[Picture, ...] = (),
    beside: str = "",
) -> Report:
    """Work out everything that a report says.

    Parameters
    ----------
    claims, documents
        The tables of a run, unfiltered; the options choose.
    boundaries
        For the names of the provinces: ``province_id``, ``name_en``.
    options
        What it shall hold.
    pictures
        The figures, see `geo.report.pictures.draw_pictures`.
    beside
        Name of the table beside the report that has all its claims.

    Raises
    ------
    UsageError
        If an option holds a value that is not known.
    """
    shown = filter_for_report(claims, options)
    names = {
        str(code): clean(str(name))
        for code, name in zip(boundaries["province_id"], boundaries["name_en"], strict=True)
    }
    states = find_states(shown)
    statements = fold_claims(shown)
    kept = choose_statements(statements, options.max_claims)
    languages = {
        str(doc): str(tag) for doc, tag in zip(documents["doc_id"], documents["language"], strict=True)
    }
    references = list_references(kept, languages)
    reviewed = filter_for_report(claims, options, review=schema.REVIEW_STATES)
    cited, all_cited = len(references), shown["doc_id"].nunique()
    return Report(
        title=clean(options.title) or DEFAULT_TITLE,
        subtitle=_subtitle(options),
        generated=options.generated,
        facts=describe_facts(shown, documents, options),
        summary=summarise(shown, documents, states, names, options),
        reading=wording.READING,
        pictures=pictures,
        provinces=_list_provinces(shown, states, names),
        not_named=_not_named(states, names),
        claims_note=_claims_note(len(shown), len(statements)),
        tables=make_tables(statements, kept, languages, beside=beside),
        method=wording.METHOD,
        caveats=(*wording.CAVEATS, clean(options.boundary_note)),
        review=describe_review(reviewed),
        references=references,
        reference_note=_reference_note(cited, all_cited, len(documents), options.complete),
        annex=tuple((clean(name), clean(value, 1000)) for name, value in options.run),
    )


def _subtitle(options: ReportOptions) -> str:
    narrowed = describe_filters(options)
    only = f"; only those {narrowed}" if narrowed else ""
    return f"A report on claims about {topic_of(options)}{only}"


def _claims_note(claims: int, rows: int) -> str:
    """Say why the tables have fewer rows than there are claims, where they do."""
    if claims == rows:
        return ""
    return (
        f"{wording.count(claims, 'claim')} are {wording.count(rows, 'row')} here: copies of one story, and "
        "the provinces of one region, stand in one row."
    )


def _reference_note(cited: int, with_claims: int, read: int, complete: bool) -> str:
    parts = [f"{wording.count(cited, 'document')} cited above, numbered in the order of the tables."]
    if with_claims > cited:
        parts.append(f"{with_claims - cited:,} more have only claims whose rows are left out above.")
    if complete and read > with_claims:
        parts.append(f"{read - with_claims:,} more were read and have no claim in this report.")
    return " ".join(parts)


def _list_provinces(
    shown: pd.DataFrame, states: Mapping[str, ProvinceState], names: Mapping[str, str]
) -> tuple[ProvinceLine, ...]:
    """One line for every province that some claim concerns, by name."""
    lines = []
    for code, found in shown[shown["province_id"] != ""].groupby("province_id"):
        one = states[str(code)]
        lines.append(
            ProvinceLine(
                name=names[str(code)],
                state=one.state,
                state_label=style.STATE_STYLES[one.state].label,
                types=_with_counts(found["claim_type"], style.TYPE_LABELS),
                sources=_sources(one.counts),
                years=_years(found["year"]),
            )
        )
    return tuple(sorted(lines, key=lambda line: line.name))


def _with_counts(values: pd.Series, labels: Mapping[str, str]) -> str:
    counts = values.value_counts()
    return ", ".join(f"{label} ({counts[key]:,})" for key, label in labels.items() if key in counts)


def _years(years: pd.Series) -> str:
    found = sorted({int(year) for year in years.dropna()})
    known = wording.years_in_words(found)
    if known.count(",") >= _MOST_SPANS:
        known = f"{wording.count(len(found), 'year')} from {found[0]} to {found[-1]}"
    return ", ".join(part for part in (known, "undated" if years.isna().any() else "") if part)


def _sources(counts: Mapping[str, int]) -> str:
    """Independent sources by stance, in words; those about a region apart."""
    words = {
        "sources": "affirm",
        "uncertain": "hedge",
        "denied": "deny",
        "sources_region": "about its region",
        "denied_region": "deny for its region",
    }
    return ", ".join(f"{counts[name]:,} {word}" for name, word in words.items() if counts[name])


def _not_named(states: Mapping[str, ProvinceState], names: Mapping[str, str]) -> str:
    silent = sorted(name for code, name in names.items() if code not in states)
    return f"No claim was found for {wording.listed(silent)}." if silent else ""
