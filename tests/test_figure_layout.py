from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from figure_helper import LONG, make_claims, make_crowd, make_documents
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from geo.boundaries import read_boundaries
from geo.errors import UsageError
from geo.render.figure import FigureOptions, make_figure
from geo.render.figure_data import prepare_data
from geo.render.figure_draw import draw_kind
from geo.render.figure_geometry import MapGeometry, prepare_geometry
from geo.render.figure_measure import wrap_text
from geo.render.figure_sizes import PAGE_SIZES
from geo.render.figure_text import describe_figure
from geo.render.figure_themes import THEMES
from geo.render.figure_write import own_settings

KINDS: dict[str, dict[str, Any]] = {
    "map": {},
    "map with bars": {"timeline": True},
    "grid of two": {"by": ("source", "year")},
    "grid of long names": {"by": ("publisher", "type")},
    "grid of one": {"by": ("type",)},
    "difference": {"compare": ("year:2001-2010", "year:2011-")},
    "difference with bars": {"compare": ("source:un", "source:taliban,militant"), "timeline": True},
    "difference with nothing": {"compare": ("year:1990", "year:2011-")},
    "timeline": {"kind": "timeline"},
    "timeline of rows": {"kind": "timeline", "by": ("publisher",), "measure": "claims"},
    "matrix": {"kind": "matrix"},
    "matrix of all": {"kind": "matrix", "provinces": "all", "sort": "region", "by": ("publisher",)},
}
SMALLEST = 6.5
TOLERANCE = 1.0
"""Pixels at 72 dots per inch, so points: letters have some air around them."""


@pytest.fixture(scope="module")
def boundaries() -> gpd.GeoDataFrame:
    return read_boundaries()


@pytest.fixture(scope="module")
def geometry(boundaries: gpd.GeoDataFrame) -> MapGeometry:
    return prepare_geometry(boundaries)


@pytest.fixture(scope="module")
def crowd() -> tuple[pd.DataFrame, pd.DataFrame]:
    return make_crowd()


def text_boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text of a figure and its box in points."""
    figure.set_dpi(72)
    with own_settings():
        renderer = FigureCanvasAgg(figure).get_renderer()
        return [(t.get_text(), t.get_window_extent(renderer)) for t in figure.texts if t.get_text().strip()]


def faults_of(figure: Figure) -> list[str]:
    """What is wrong with the texts of a figure: outside it, on one another, or too small."""
    width, height = figure.get_size_inches() * 72
    boxes = text_boxes(figure)
    faults = [
        f"outside: {text!r}"
        for text, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
    ]
    for (one, a), (two, b) in itertools.combinations(boxes, 2):
        common = Bbox.intersection(a, b)
        if common is not None and common.width > TOLERANCE and common.height > TOLERANCE:
            faults.append(f"overlap: {one!r} and {two!r}")
    faults += [f"small: {t.get_text()!r}" for t in figure.texts if t.get_fontsize() < SMALLEST]
    return faults


@pytest.mark.parametrize("size", PAGE_SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_words_lie_on_the_page_and_apart(
    kind: str,
    size: str,
    crowd: tuple[pd.DataFrame, pd.DataFrame],
    boundaries: gpd.GeoDataFrame,
    geometry: MapGeometry,
) -> None:
    options = FigureOptions(**KINDS[kind], size=size, date="2026-11-22")
    counted = prepare_data(*crowd, options, names=geometry.names["en"])
    for theme, title in zip(THEMES, ("", LONG, LONG), strict=True):
        data = replace(counted, options=replace(options, theme=theme, title=title))
        with own_settings():
            figure = draw_kind(data, describe_figure(data, boundaries), geometry)
        assert faults_of(figure) == [], (kind, size, theme)


@pytest.mark.parametrize("language", ["fa", "ps"])
@pytest.mark.parametrize("kind", ["map", "difference", "matrix"])
def test_names_in_other_languages_lie_apart(
    kind: str,
    language: str,
    crowd: tuple[pd.DataFrame, pd.DataFrame],
    boundaries: gpd.GeoDataFrame,
    geometry: MapGeometry,
) -> None:
    for size in ("a5", "slide"):
        options = FigureOptions(**KINDS[kind], size=size, language=language)
        figure = make_figure(*crowd, boundaries, options=options, geometry=geometry).figure
        shown = {line for text in figure.texts for line in text.get_text().split("\n")}
        assert geometry.names[language]["AF-HEL"] in shown
        assert faults_of(figure) == []


@pytest.mark.parametrize("size", PAGE_SIZES)
def test_every_province_bears_its_name(
    size: str, boundaries: gpd.GeoDataFrame, geometry: MapGeometry
) -> None:
    options = FigureOptions(size=size, timeline=True)
    figure = make_figure(
        make_claims(), make_documents(), boundaries, options=options, geometry=geometry
    ).figure
    shown = {text.get_text().replace("\n", " ").removesuffix(" †") for text in figure.texts}
    assert set(geometry.names["en"].values()) - shown == set()


def test_a_page_too_full_of_words_is_refused(boundaries: gpd.GeoDataFrame, geometry: MapGeometry) -> None:
    options = FigureOptions(
        size="a5-landscape",
        title=LONG,
        subtitle=LONG * 2,
        boundary_note=LONG * 2,
        compare=("publisher:" + "A|" * 40 + "B", "year:2011-"),
        timeline=True,
    )
    try:
        figure = make_figure(
            make_claims(), make_documents(), boundaries, options=options, geometry=geometry
        ).figure
    except UsageError as error:
        assert "no room" in str(error)
    else:
        assert faults_of(figure) == []


@pytest.mark.parametrize(
    ("text", "marks", "why"),
    [
        ("printed by one paper and روزنامه نمونه. Not on the map", [False, True], "its full stop stays"),
        ("روزنامه نمونه, printed by one and more papers", [False, False], "the whole runs right to left"),
        ("روزنامه نمونه", [False], "one line is not touched"),
        ("one paper and the other of two papers", [False, False], "no such letter"),
    ],
)
def test_a_line_that_begins_with_an_arabic_name_runs_on(text: str, marks: list[bool], why: str) -> None:
    width = 140.0 if len(marks) > 1 else 1000.0
    lines = wrap_text(text, 10, width).split("\n")
    assert [line.startswith("\u200e") for line in lines][: len(marks)] == marks, why
    assert " ".join(line.removeprefix("\u200e") for line in lines) == text, "not a letter is lost"
