"""What can be asked of a figure, checked before anything is counted or drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo import aggregate, schema
from geo.errors import UsageError
from geo.filters import FILTERS, settle_values
from geo.render import style
from geo.render.figure_sizes import PAGE_SIZES
from geo.render.figure_themes import THEMES

__all__ = ["KINDS", "LANGUAGES", "MEASURES", "PROVINCES", "SORTS", "FigureOptions"]

KINDS = ("map", "grid", "difference", "timeline", "matrix")
"""What a figure can be."""

LANGUAGES = ("en", "fa", "ps")
"""Languages of the names of provinces: English, Dari, Pashto."""

MEASURES = ("sources", "claims")
"""What the bars of a timeline count."""

SORTS = ("number", "region", "name")
"""Orders of the provinces in a matrix."""

PROVINCES = ("claimed", "all")
"""Rows of a matrix: provinces with a claim, or all 34."""

_YEAR_FACETS = ("year", "published_year")
_DPI = (30, 1200)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOptions:
    """What to draw and what to print around it; a plain record that `dataclasses.asdict` can write out.

    Parameters
    ----------
    kind
        ``map`` (one map), ``grid`` (small maps by one or two facets), ``difference``
        (two choices compared), ``timeline`` (bars by year) or ``matrix`` (dots by
        province and facet). Empty takes ``difference`` where ``compare`` is given,
        ``grid`` where ``by`` is, and ``map`` otherwise.
    claim_type, attribution_kind, publisher, stance, group, location_basis, year_from, year_to
        As in `geo.aggregate.filter_claims`.
    published_from, published_to
        First and last year of publication; undated documents drop out with either.
    by
        Facets, see `geo.aggregate.resolve_facets`. A grid has one or two, rows and
        then columns (one alone makes columns); a timeline at most one, its rows; a
        matrix at most one, its columns, by default the type of claim.
    compare
        The two sides of a difference, each as ``facet:values``: ``year:2019-2021``,
        ``source:un,taliban``, ``publisher:A|B``, ``type:presence``; several conditions
        with semicolons. See `geo.render.figure_compare.parse_side`.
    timeline
        Whether a map or a difference has bars by year below it.
    measure
        What these bars and those of a timeline count: independent ``sources`` or ``claims``.
    sort, provinces
        Order of the rows of a matrix (``number``, ``region``, ``name``), and whether
        they are those with a claim (``claimed``) or ``all`` 34.
    theme
        ``print`` (colours on white), ``screen`` (light on dark, for slides) or ``greyscale``.
    size
        ``fit`` (9.2 inches wide, as high as needed), ``a4``, ``a4-landscape``, ``a5``,
        ``a5-landscape`` or ``slide`` (13.3 by 7.5 inches, larger letters).
    language
        Of the names of provinces on the figure: ``en``, ``fa`` (Dari), ``ps`` (Pashto).
        All other words, and the caption, stay English.
    title, subtitle
        Replace the generated ones; drawn as they are, never as mathematics.
    date
        Day of making, ISO 8601, printed as it is; empty prints none.
    tool_version, corpus_hash
        Printed in the last line; an empty hash is computed from the documents.
    boundary_note
        Source of the boundaries and the disclaimer.
    dpi
        Dots per inch of the PNG, 30 to 1200.

    Raises
    ------
    UsageError
        Names every option that cannot be, with the values that can.
    """

    kind: str = ""
    claim_type: tuple[str, ...] = ()
    attribution_kind: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    published_from: int | None = None
    published_to: int | None = None
    stance: tuple[str, ...] = ()
    group: tuple[str, ...] = schema.MAPPED_GROUPS
    location_basis: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    timeline: bool = False
    measure: str = "sources"
    sort: str = "number"
    provinces: str = "claimed"
    theme: str = "print"
    size: str = "fit"
    language: str = "en"
    title: str = ""
    subtitle: str = ""
    date: str = ""
    tool_version: str = ""
    corpus_hash: str = ""
    boundary_note: str = style.BOUNDARY_NOTE
    dpi: int = 300

    def __post_init__(self) -> None:
        settle_values(self, (*FILTERS, "by", "compare"))
        faults = [*self._unknown_words(), *self._contradictions()]
        if faults:
            raise UsageError(" ".join(faults))

    @property
    def chosen_kind(self) -> str:
        """One of `KINDS`: the one asked for, or the one that the other options imply."""
        if self.kind:
            return self.kind
        return "difference" if self.compare else "grid" if self.by else "map"

    def _unknown_words(self) -> list[str]:
        allowed: dict[str, Sequence[str]] = {
            "kind": ("", *KINDS),
            "theme": tuple(THEMES),
            "size": tuple(PAGE_SIZES),
            "language": LANGUAGES,
            "measure": MEASURES,
            "sort": SORTS,
            "provinces": PROVINCES,
        }
        faults = [
            f"{name} {getattr(self, name)!r}: not known. Expected {', '.join(filter(None, words))}."
            for name, words in allowed.items()
            if getattr(self, name) not in words
        ]
        if not _DPI[0] <= self.dpi <= _DPI[1]:
            faults.append(f"dpi {self.dpi}: expected {_DPI[0]} to {_DPI[1]}.")
        first, last = self.published_from, self.published_to
        if first is not None and last is not None and first > last:
            faults.append(f"published {first} to {last}: the first is after the last. Exchange them.")
        return faults

    def _contradictions(self) -> list[str]:
        kind, facets = self.chosen_kind, aggregate.resolve_facets(self.by)
        faults = []
        if kind == "difference" and len(self.compare) != 2:
            faults.append("difference: compare two sides, such as 'year:2019-2021' and 'year:2022-2023'.")
        if kind != "difference" and self.compare:
            faults.append(f"compare: makes a figure of kind difference, not {kind}. Leave one of them out.")
        most = {"map": 0, "difference": 0, "grid": 2, "timeline": 1, "matrix": 1}.get(kind, 2)
        if len(facets) > most:
            many = {0: "no facet", 1: "one facet", 2: "rows and columns only: one or two facets"}[most]
            faults.append(f"by {', '.join(facets)}: a {kind} has {many}.")
        if kind == "grid" and not facets:
            faults.append("grid: name one or two facets in by, such as source and year.")
        if kind == "timeline" and set(facets) & set(_YEAR_FACETS):
            faults.append("by year: a timeline has the years along it already. Name another facet, or none.")
        if len(self.compare) == 2 and self.compare[0] == self.compare[1]:
            faults.append(f"compare: both sides are {self.compare[0]!r}. Name two that differ.")
        if kind != "matrix":
            faults += [
                f"{name} {getattr(self, name)!r}: is of the rows of a matrix, not of a {kind}. Leave it out."
                for name, usual in (("sort", SORTS[0]), ("provinces", PROVINCES[0]))
                if getattr(self, name) != usual and kind in KINDS
            ]
        if self.measure != MEASURES[0] and kind != "timeline" and not self.timeline:
            faults.append(f"measure {self.measure!r}: is of bars by year. Add timeline, or leave it out.")
        if self.timeline and kind not in ("map", "difference", "timeline"):
            faults.append(f"timeline: goes below a map or a difference, not a {kind}.")
        return faults
