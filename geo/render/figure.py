"""Report figures: maps, small maps, differences, timelines and tables of dots, as PNG, SVG and PDF.

Equal input gives equal bytes: no clock and no random number goes into a file.
The state of matplotlib, the user's own settings included, is neither used nor changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from geo.errors import UsageError
from geo.files import write_bytes
from geo.render.batch import plan_figures
from geo.render.figure_data import FigureOptions, prepare_data
from geo.render.figure_draw import draw_kind
from geo.render.figure_geometry import MapGeometry, prepare_geometry
from geo.render.figure_text import describe_figure
from geo.render.figure_write import FORMATS, own_settings, write_figure, write_numbers

__all__ = [
    "FORMATS",
    "FigureOptions",
    "ReadyFigure",
    "draw_figure",
    "draw_figure_set",
    "make_figure",
    "write_figure",
    "write_figure_set",
]


@dataclass(frozen=True, slots=True)
class ReadyFigure:
    """A drawn figure with its words and numbers.

    Parameters
    ----------
    figure
        Not known to pyplot, so nothing has to be closed; its label is the title.
    title, caption, alt
        Headline; headline, subtitle and notes in lines; the whole figure in words.
    numbers
        What is drawn, as a table: one line for each province, of each map or column,
        or for each bar.
    """

    figure: Figure
    title: str
    caption: str
    alt: str
    numbers: pd.DataFrame


def make_figure(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame | None = None,
    *,
    options: FigureOptions | None = None,
    geometry: MapGeometry | None = None,
) -> ReadyFigure:
    """Draw a figure and return it with its caption, alternative text and numbers.

    Parameters
    ----------
    claims, documents
        The tables of a run, unfiltered; the options choose what is drawn.
    boundaries
        34 rows with ``province_id``, ``name_en`` and polygons, any CRS, drawn in
        `schema.CRS_PROJECTED`; those that come along if not given.
    options
        What to draw; everything, on one map, by default.
    geometry
        From `prepare_geometry(boundaries)`, to share it between figures.

    Raises
    ------
    UsageError
        If an option holds a value that is not known, or the boundaries have no
        names in the language asked for.
    """
    chosen = options or FigureOptions()
    if boundaries is None:
        from geo.boundaries import read_boundaries

        boundaries = read_boundaries()
    shapes = geometry or prepare_geometry(boundaries)
    if chosen.language not in shapes.names:
        raise UsageError(
            f"language {chosen.language!r}: the boundaries have no column name_{chosen.language}. "
            f"Expected one of {', '.join(shapes.names)}, or boundaries read by read_boundaries."
        )
    data = prepare_data(claims, documents, chosen, names=shapes.names["en"])
    text = describe_figure(data, boundaries)
    with own_settings():
        figure = draw_kind(data, text, shapes)
    figure.set_dpi(chosen.dpi)
    figure.set_label(text.title)
    return ReadyFigure(figure, text.title, text.caption, text.alt, _add_names(data.numbers, boundaries))


def _add_names(numbers: pd.DataFrame, boundaries: gpd.GeoDataFrame) -> pd.DataFrame:
    """Put the English name behind every province id."""
    if "province_id" not in numbers.columns:
        return numbers
    names = boundaries[["province_id", "name_en"]].rename(columns={"name_en": "province"})
    named = numbers.merge(pd.DataFrame(names), on="province_id", how="left")
    named.insert(list(numbers.columns).index("province_id") + 1, "province", named.pop("province"))
    return named


def draw_figure(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame | None = None,
    *,
    options: FigureOptions | None = None,
) -> Figure:
    """Draw a figure: a map, small maps, a difference, a timeline or a table of dots.

    Parameters
    ----------
    claims, documents, boundaries, options
        As for `make_figure`.

    Returns
    -------
    matplotlib.figure.Figure
        Not known to pyplot, so nothing has to be closed.

    Raises
    ------
    UsageError
        If an option holds a value that is not known.
    """
    return make_figure(claims, documents, boundaries, options=options).figure


def write_figure_set(
    stem: Path | str,
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame | None = None,
    *,
    options: FigureOptions | None = None,
    formats: Sequence[str] = ("png", "svg"),
    geometry: MapGeometry | None = None,
) -> list[Path]:
    """Draw a figure and write it with its caption, alternative text and numbers.

    Parameters
    ----------
    stem
        Path without ending: ``figures/presence`` gives ``presence.png``,
        ``presence.svg``, ``presence.txt`` (caption), ``presence.alt.txt`` and
        ``presence.csv`` (every number that is drawn).
    claims, documents, boundaries, options, geometry
        As for `make_figure`.
    formats
        Any of `FORMATS`.

    Returns
    -------
    list of pathlib.Path
        What was written.
    """
    made = make_figure(claims, documents, boundaries, options=options, geometry=geometry)
    base = Path(stem)
    paths = [base.with_name(f"{base.name}.{kind}") for kind in formats]
    for path in paths:
        write_figure(made.figure, path)
    sides = {"txt": made.caption.encode(), "alt.txt": made.alt.encode(), "csv": write_numbers(made.numbers)}
    for ending, content in sides.items():
        paths.append(base.with_name(f"{base.name}.{ending}"))
        write_bytes(content, paths[-1])
    return paths


def say_chosen(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    options: FigureOptions,
    words: str,
) -> FigureOptions:
    """Return options whose subtitle also tells how else the claims were chosen, in ``words``.

    A subtitle that somebody wrote stays as it is.
    """
    if not words or options.subtitle:
        return options
    subtitle = describe_figure(prepare_data(claims, documents, options), boundaries).subtitle
    return replace(options, subtitle=f"{subtitle} Chosen: {words}.")


def draw_figure_set(
    folder: Path | str,
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame | None = None,
    *,
    options: FigureOptions | None = None,
    formats: Sequence[str] = ("png", "svg"),
) -> list[Path]:
    """Write the figures of a run, those of `geo.render.batch.plan_figures`, one after the other.

    Parameters
    ----------
    folder
        Gets ``all_claims.*``, ``<claim type>.*`` and ``source_by_year.*``.
    claims, documents, boundaries
        As for `make_figure`.
    options
        What all figures share; type and facets are set here. 150 dpi by default.
    formats
        Any of `FORMATS`.

    Returns
    -------
    list of pathlib.Path
        What was written.
    """
    if boundaries is None:
        from geo.boundaries import read_boundaries

        boundaries = read_boundaries()
    geometry = prepare_geometry(boundaries)
    written = []
    for name, one in plan_figures(claims, options or FigureOptions(dpi=150)).items():
        stem = Path(folder) / name
        written += write_figure_set(
            stem, claims, documents, boundaries, options=one, formats=formats, geometry=geometry
        )
    return written
