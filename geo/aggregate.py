"""Count claims by province and facet; from here on, tables are data frames.

What is counted is *independent sources*, not lines of text: copies of one
story are one voice, and one UN report that many papers quote is one voice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import pandas as pd

from geo import schema
from geo.errors import UsageError

__all__ = [
    "COUNTED_REVIEWS",
    "COUNT_COLUMNS",
    "FACETS",
    "add_facets",
    "between_years",
    "corpus_hash",
    "count_cells",
    "count_claims",
    "count_rows",
    "coverage",
    "filter_claims",
    "list_coverage",
    "resolve_facets",
    "voices",
]

COUNT_COLUMNS = (
    "claims",
    "documents",
    "stories",
    "sources",
    "sources_region",
    "denied",
    "denied_region",
    "uncertain",
)
"""Measures of `count_claims`, in order; every one is a whole number."""

COUNTED_REVIEWS = ("unreviewed", "accepted", "corrected")
"""Review states that count: everything but what a person has rejected."""

FACETS = {
    "source": "attribution_kind",
    "type": "claim_type",
    "published": "published_year",
    "basis": "location_basis",
}
"""Short facet names of the command line and the columns that they stand for."""

_POINT = ("named", "place")
_AREAL = ("region", "direction")
_READING_FACETS = ("claim_type", "stance", "group", "location_basis", "review")


def resolve_facets(by: Sequence[str]) -> tuple[str, ...]:
    """Turn facet names as users write them into column names.

    Parameters
    ----------
    by
        Keys of `FACETS`, claim columns, or ``published_year``.

    Raises
    ------
    UsageError
        If a name is neither, or stands twice.
    """
    names = (by,) if isinstance(by, str) else tuple(by)
    columns = tuple(FACETS.get(name, name) for name in names)
    known = {*schema.CLAIM_COLUMNS, "published_year"} - {"province_id", "province"}
    unknown = [name for name, column in zip(names, columns, strict=True) if column not in known]
    if unknown or len(set(columns)) < len(columns):
        raise UsageError(
            f"facets {', '.join(map(repr, names))}: expected different ones of "
            f"{', '.join((*FACETS, 'publisher', 'year', 'stance', 'group'))}."
        )
    return columns


def _year_of(published: pd.Series) -> pd.Series:
    """Year of ISO dates of any precision, as ``Int64``; ``<NA>`` where undated."""
    digits = published.astype("string").fillna("").str.extract(r"^(\d{4})(?:-|$)", expand=False)
    return pd.to_numeric(digits).astype("Int64")


def add_facets(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with ``published_year`` (``Int64``, ``<NA>`` = undated) added."""
    return claims.assign(published_year=_year_of(claims["published"]))


def _story(claims: pd.DataFrame) -> pd.Series:
    """Story of each row; a document without one is a story of its own."""
    return claims["story_id"].where(claims["story_id"] != "", claims["doc_id"])


def voices(claims: pd.DataFrame) -> pd.Series:
    """Name the independent source behind each claim.

    A voice is a story and whom it credits. Reports of the United Nations are
    the exception: they are quoted by many, so all their claims for one year
    are one voice, whoever printed them.

    Parameters
    ----------
    claims
        Columns ``doc_id``, ``story_id``, ``attribution_kind``, ``attributed_to``, ``year``.

    Returns
    -------
    pandas.Series
        One ``string`` key a row, same index. Capitals and white space of the
        credited name make no difference, nor does the beginning that one credit of the
        story has and another lacks ("police chief Abdul Razaq", "Razaq"); an undated UN
        claim has year ``undated``.
    """
    credited = claims["attributed_to"].str.replace(r"\s+", " ", regex=True).str.strip()
    speaker = _story(claims) + "|" + claims["attribution_kind"]
    own = speaker + "|" + _full_names(speaker, credited).str.casefold()
    year = claims["year"].astype("string").fillna("undated")
    return own.mask(claims["attribution_kind"] == "un", "un|" + year).astype("string").rename("voice")


def _full_names(speaker: pd.Series, credited: pd.Series) -> pd.Series:
    """Replace a name that others of its story and kind only lead up to by the longest of them.

    Only names as printed with capitals are: "officials" may be others than "Afghan officials".
    """
    known = pd.DataFrame({"speaker": speaker, "name": credited}).drop_duplicates()
    known = known[known["speaker"].duplicated(keep=False)]
    full: dict[tuple[str, str], str] = {}
    for key, names in known.groupby("speaker")["name"]:
        for name in names:
            if name and all(word[:1].isupper() for word in name.split()):
                longer = [other for other in names if other.casefold().endswith(" " + name.casefold())]
                full[str(key), name] = max(longer, key=len, default=name)
    if not full:
        return credited
    pairs = zip(speaker, credited, strict=True)
    return pd.Series([full.get(pair, pair[1]) for pair in pairs], index=credited.index, dtype="string")


def _choices(name: str, values: Sequence[str], allowed: Sequence[str] = ()) -> tuple[str, ...]:
    """One value or several as a tuple, checked against the vocabulary if there is one."""
    chosen = (values,) if isinstance(values, str) else tuple(values)
    unknown = [value for value in chosen if allowed and value not in allowed]
    if unknown:
        raise UsageError(
            f"{name} {', '.join(map(repr, unknown))}: not known. Expected one of {', '.join(allowed)}."
        )
    return chosen


def filter_claims(
    claims: pd.DataFrame,
    *,
    claim_type: Sequence[str] = (),
    attribution_kind: Sequence[str] = (),
    publisher: Sequence[str] = (),
    year_from: int | None = None,
    year_to: int | None = None,
    published_from: int | None = None,
    published_to: int | None = None,
    stance: Sequence[str] = (),
    group: Sequence[str] = schema.MAPPED_GROUPS,
    location_basis: Sequence[str] = (),
    review: Sequence[str] = COUNTED_REVIEWS,
) -> pd.DataFrame:
    """Return the rows that meet every condition; the input is left as it is.

    Parameters
    ----------
    claims
        A claims table with the contract's columns.
    claim_type, attribution_kind, publisher, stance, group, location_basis, review
        Values to keep; nothing means all. By default only al-Qaeda and AQIS
        are kept, and what a reviewer rejected is dropped.
    year_from, year_to
        First and last year, both included. A range of years is kept when it
        overlaps. With either bound, undated claims are dropped.
    published_from, published_to
        First and last year of publication, both included; with either, documents without
        a date are dropped.

    Raises
    ------
    UsageError
        If a value is not in the contract's vocabulary, or the years are reversed.
    """
    _check_span("years", year_from, year_to)
    _check_span("published", published_from, published_to)
    wanted = {
        "claim_type": _choices("claim type", claim_type, schema.CLAIM_TYPES),
        "attribution_kind": _choices("source", attribution_kind, schema.ATTRIBUTION_KINDS),
        "publisher": _choices("publisher", publisher),
        "stance": _choices("stance", stance, schema.STANCES),
        "group": _choices("group", group),
        "location_basis": _choices("basis", location_basis, schema.LOCATION_BASES),
        "review": _choices("review state", review, schema.REVIEW_STATES),
    }
    keep = pd.Series(True, index=claims.index)
    for column, values in wanted.items():
        if values:
            keep &= claims[column].isin(values)
    if year_from is not None:
        keep &= (claims["year_end"].fillna(claims["year"]) >= year_from).fillna(False).astype(bool)
    if year_to is not None:
        keep &= (claims["year"] <= year_to).fillna(False).astype(bool)
    if published_from is not None or published_to is not None:
        keep &= between_years(_year_of(claims["published"]), published_from, published_to)
    return claims.loc[keep]


def _check_span(name: str, first: int | None, last: int | None) -> None:
    if first is not None and last is not None and first > last:
        raise UsageError(f"{name} {first} to {last}: the first is after the last. Exchange them.")


def between_years(years: pd.Series, first: int | None, last: int | None) -> pd.Series:
    """Say which years lie between two, both included; ``None`` is open, and no year lies in no bound."""
    keep = pd.Series(True, index=years.index)
    if first is not None:
        keep &= (years >= first).fillna(False).astype(bool)
    if last is not None:
        keep &= (years <= last).fillna(False).astype(bool)
    return keep


def count_claims(claims: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Count claims, documents, stories and independent sources by province and facet.

    Parameters
    ----------
    claims
        Claims that passed the filter. Rows without a province (the whole
        country) are in no count.
    by
        Facets before the province, see `resolve_facets`.

    Returns
    -------
    pandas.DataFrame
        Columns ``[*by, "province_id", *COUNT_COLUMNS]``, sorted, one row for each
        combination that occurs; one that is absent was not named there, or had
        no document: `coverage` tells which. ``sources`` counts voices that affirm
        the province or a place in it, ``sources_region`` voices that affirm or
        hedge a region or direction it lies in, ``denied`` and ``uncertain``
        voices about the province itself, ``denied_region`` denials for its region.
    """
    return count_cells(add_facets(claims), [*resolve_facets(by), "province_id"])


def count_cells(claims: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Count as `count_claims` does, by any columns of the table that the caller has put there.

    Parameters
    ----------
    claims
        Rows without a province are in no count.
    keys
        Columns to group by, in order; missing values are a group of their own.

    Returns
    -------
    pandas.DataFrame
        Columns ``[*keys, *COUNT_COLUMNS]``, sorted by the keys.
    """
    return count_rows(claims.loc[claims["province_id"] != ""], keys)


def count_rows(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Count as `count_cells` does, with the rows that have no province."""
    voice, story = voices(table), _story(table)
    point, areal = table["location_basis"].isin(_POINT), table["location_basis"].isin(_AREAL)
    stance = table["stance"]
    measures = {
        "claims": table["claim_id"],
        "documents": table["doc_id"],
        "stories": story,
        "sources": voice.where(point & (stance == "affirmed")),
        "sources_region": voice.where(areal & (stance != "denied")),
        "denied": voice.where(point & (stance == "denied")),
        "denied_region": voice.where(areal & (stance == "denied")),
        "uncertain": voice.where(point & (stance == "uncertain")),
    }
    # The measures get names of their own, for a key may be called as a measure is.
    marked = table[list(keys)].assign(**{f"#{name}": values for name, values in measures.items()})
    grouped = marked.groupby(list(keys), dropna=False, sort=True)
    counts = grouped[[f"#{name}" for name in COUNT_COLUMNS]].nunique().reset_index()
    counts = counts.rename(columns={f"#{name}": name for name in COUNT_COLUMNS})
    return counts.astype(dict.fromkeys(COUNT_COLUMNS, "int64"))


def list_coverage(documents: pd.DataFrame, claims: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """List every document with every facet cell that it lies in.

    A document lies in the cell of its publisher and year of publication, where
    it speaks in its own name (``author``), and in the cell of every source and
    year that one of its claims has. It was read for every claim type, stance,
    group and basis, so it lies in all cells of those.

    Parameters
    ----------
    documents
        Columns ``doc_id``, ``publisher``, ``published`` and others of the contract.
    claims
        *All* claims of these documents, not only the filtered ones.
    by
        Facets, see `resolve_facets`.

    Returns
    -------
    pandas.DataFrame
        Columns ``["doc_id", *by]``, distinct rows.
    """
    columns = resolve_facets(by)
    own = _year_of(documents["published"])
    base = documents.assign(published_year=own, year=own, attribution_kind="author", attributed_to="")
    cells = pd.concat([_cells(base, columns), _cells(add_facets(claims), columns)], ignore_index=True)
    for column in columns:
        if column in _READING_FACETS:
            values = sorted(set(claims[column]))
            cells = cells.merge(pd.DataFrame({column: pd.Series(values, dtype="string")}), how="cross")
    return cells[list(dict.fromkeys(["doc_id", *columns]))].drop_duplicates(ignore_index=True)


def coverage(documents: pd.DataFrame, claims: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Say which facet cells have documents, so that "not named" means something.

    Parameters
    ----------
    documents, claims, by
        As for `list_coverage`, which says when a document lies in a cell.

    Returns
    -------
    pandas.DataFrame
        Columns ``[*by, "documents"]``, sorted; only cells with a document. With
        no facet it is one row, or none if there is no document.
    """
    columns = resolve_facets(by)
    cells = list_coverage(documents, claims, by=by)
    if not columns:
        return pd.DataFrame({"documents": [cells["doc_id"].nunique()] if len(cells) else []}, dtype="int64")
    grouped = cells.groupby(list(columns), dropna=False, sort=True)
    return grouped["doc_id"].nunique().rename("documents").reset_index()


def _cells(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Document and facet columns of a table, without those for which it was read whole."""
    wanted = [column for column in columns if column not in _READING_FACETS]
    missing = {column: "" for column in wanted if column not in table.columns}
    return table.assign(**missing)[list(dict.fromkeys(["doc_id", *wanted]))]


def corpus_hash(text_hashes: Iterable[str]) -> str:
    """Hash a corpus: SHA-256 over the sorted, distinct SHA-256 values of its texts, in hexadecimal.

    The order of the files, their names and exact copies make no difference. Texts without
    a hash (empty) are passed over; empty if none has one, for then nothing is known to cite.
    """
    known = sorted({value for value in text_hashes if value})
    return hashlib.sha256("\n".join(known).encode("ascii")).hexdigest() if known else ""
