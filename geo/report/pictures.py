"""The figures of a report: one map, and small maps by source and year where there are several."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from geo.filters import filters_of
from geo.render.figure import FigureOptions, say_chosen, write_figure_set
from geo.report.content import Picture
from geo.report.options import ReportOptions
from geo.report.prepare import filter_for_report
from geo.report.texts import clean

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["draw_pictures", "facets_of"]

DPI = 150
_FACETS = {"source": "attribution_kind", "year": "year"}


def facets_of(claims: pd.DataFrame) -> tuple[str, ...]:
    """Name the facets, of source and year, in which the claims differ."""
    return tuple(name for name, column in _FACETS.items() if len(set(claims[column].dropna())) > 1)


def draw_pictures(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    *,
    options: ReportOptions,
) -> tuple[Picture, ...]:
    """Draw the map of all claims of the report, and small maps if there is anything to tell apart.

    Parameters
    ----------
    claims, documents, boundaries
        As for `geo.render.figure.draw_figure`, unfiltered.
    options
        Which claims are drawn.

    Returns
    -------
    tuple of Picture
        One or two, PNG at `DPI` dots per inch.
    """
    facets = facets_of(filter_for_report(claims, options))
    pictures: list[Picture] = []
    for by in ((), facets) if facets else ((),):
        with tempfile.TemporaryDirectory() as folder:
            stem = Path(folder) / "figure"
            look = say_chosen(claims, documents, boundaries, _figure_options(options, by), options.chosen)
            write_figure_set(stem, claims, documents, boundaries, options=look, formats=("png",))
            caption = stem.with_suffix(".txt").read_text(encoding="utf-8").splitlines()[:2]
            alt = stem.with_suffix(".alt.txt").read_text(encoding="utf-8")
            png = stem.with_suffix(".png").read_bytes()
        number = len(pictures) + 1
        pictures.append(Picture(png, clean(f"Figure {number}. {' '.join(caption)}", 0), clean(alt, 0)))
    return tuple(pictures)


def _figure_options(options: ReportOptions, by: tuple[str, ...]) -> FigureOptions:
    return FigureOptions(
        **filters_of(options),
        by=by,
        date=options.generated[:10],
        tool_version=options.tool_version,
        corpus_hash=options.corpus_sha256,
        boundary_note=options.boundary_note,
        dpi=DPI,
    )
