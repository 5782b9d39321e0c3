from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import matplotlib as mpl
import pandas as pd
import pytest
import shapely
from figure_helper import BASE, make_claims, make_documents
from PIL import Image

from geo import schema
from geo.errors import UsageError
from geo.render import figure, figure_text, style
from geo.render.figure import FigureOptions
from geo.render.figure_data import FigureData, prepare_data
from geo.render.figure_geometry import INSET_PROVINCES
from geo.render.figure_measure import measure_text, wrap_text
from geo.render.figure_themes import DIFFERENCE_STATES, THEMES

STATES = {
    "AF-HEL": "sources_3",
    "AF-GHA": "sources_2",
    "AF-KAB": "sources_1",
    "AF-KHO": "region",
    "AF-ZAB": "uncertain",
    "AF-TAK": "denied",
    "AF-BAL": "not_named",
}


@pytest.fixture(scope="module")
def boundaries() -> gpd.GeoDataFrame:
    """34 squares in a grid; the small provinces around Kabul lie beside each other."""
    order = [*INSET_PROVINCES, *(p for p in schema.PROVINCE_IDS if p not in INSET_PROVINCES)]
    squares = [shapely.box(60 + 2 * (i % 6), 30 + i // 6, 62 + 2 * (i % 6), 31 + i // 6) for i in range(34)]
    names = [f"Name {code[3:].title()}" for code in order]
    return gpd.GeoDataFrame(
        {"province_id": order, "name_en": names, "name_fa": names},
        geometry=squares,
        crs=schema.CRS_GEOGRAPHIC,
    )


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    return make_claims()


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return make_documents()


def data_of(claims: pd.DataFrame, documents: pd.DataFrame, **options: Any) -> FigureData:
    return prepare_data(claims, documents, FigureOptions(**options))


def test_each_province_gets_the_strongest_state(claims: pd.DataFrame, documents: pd.DataFrame) -> None:
    (cell,) = data_of(claims, documents).cells.values()
    assert {p: cell.states[p] for p in STATES} == STATES
    assert cell.disputed == {"AF-HEL"}
    assert len(cell.states) == 34


def luminance(colour: str) -> float:
    red, green, blue = (
        v / 12.92 if v <= 0.04 else ((v + 0.055) / 1.055) ** 2.4 for v in mpl.colors.to_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """Ratio of two colours as WCAG 2 has it, 1 to 21."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_classes_stand_out_and_labels_can_be_read(name: str) -> None:
    theme = THEMES[name]
    steps = [contrast(theme.states[state].fill, theme.page) for state in style.CLASS_STATES]
    assert all(b > 1.3 * a for a, b in itertools.pairwise([1.0, *steps])), "more sources, more contrast"
    for state, look in theme.states.items():
        assert contrast(look.fill, look.text) >= 4.5, state
    assert contrast(theme.page, theme.ink) >= 7
    assert contrast(theme.page, theme.muted) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_differences_can_be_read_in_grey(name: str) -> None:
    states = THEMES[name].states
    drawn = {state: (states[state].hatch, luminance(states[state].fill)) for state in DIFFERENCE_STATES[:-1]}
    for (one, (a, light)), (two, (b, dark)) in itertools.combinations(drawn.items(), 2):
        assert a != b or abs(light - dark) > 0.15, (one, two)


@pytest.mark.parametrize(("n", "expect"), [(0, 0), (1, 1), (2, 2), (3, 3), (40, 3)])
def test_classify(n: int, expect: int) -> None:
    assert style.classify(n) == expect


def test_every_type_has_words() -> None:
    assert set(style.TYPE_LABELS) == set(schema.CLAIM_TYPES) == set(style.HEADLINES) - {""}
    assert set(style.KIND_LABELS) == set(schema.ATTRIBUTION_KINDS)


def test_no_document_is_not_the_same_as_not_named(claims: pd.DataFrame, documents: pd.DataFrame) -> None:
    data = data_of(claims, documents, by=("source", "year"))
    assert data.rows == ("United Nations", "Taliban", "The article's author")
    assert data.columns == ("2021", "2022", "2023", "2024"), "years in between are shown as gaps"
    states = {key: set(cell.states.values()) for key, cell in data.cells.items()}
    assert states["United Nations", "2024"] == {"no_document"}
    assert states["The article's author", "2022"] == {"not_named"}
    assert states["United Nations", "2021"] == {"sources_1", "not_named"}
    numbers = data.numbers.set_index(["attribution_kind", "year", "province_id"])
    assert pd.isna(numbers.loc[("United Nations", "2024", "AF-HEL"), "sources"])
    assert numbers.loc[("The article's author", "2022", "AF-HEL"), "sources"] == 0


@pytest.mark.parametrize(
    ("options", "state"),
    [
        ({"claim_type": ("madrasa",)}, "not_named"),
        ({"publisher": ("Nobody",)}, "no_document"),
        ({"year_from": 1990, "year_to": 1991}, "no_document"),
        ({"attribution_kind": ("militant",)}, "no_document"),
    ],
)
def test_empty_maps_say_which_kind_of_empty(
    options: dict[str, Any], state: str, claims: pd.DataFrame, documents: pd.DataFrame
) -> None:
    (cell,) = data_of(claims, documents, **options).cells.values()
    assert set(cell.states.values()) == {state}


def test_many_years_become_spans_and_many_publishers_others(documents: pd.DataFrame) -> None:
    rows = [
        {**BASE, "claim_id": f"c{i}", "province_id": "AF-HEL", "year": 2001 + i, "publisher": f"P{i:02}"}
        for i in range(20)
    ]
    claims = schema.make_frame(rows, schema.CLAIM_COLUMNS)
    data = data_of(claims, documents, by=("publisher", "year"))
    assert len(data.rows) == 8
    assert data.rows[-1] == "15 others"
    assert data.columns == ("2001–2004", "2005–2009", "2010–2014", "2015–2019", "2020–2024")
    assert data.numbers["claims"].sum() == 20


def test_more_than_two_facets_are_refused(claims: pd.DataFrame, documents: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="rows and columns"):
        data_of(claims, documents, by=("source", "year", "type"))


@pytest.mark.parametrize(
    ("options", "title"),
    [
        ({}, "Claims about al-Qaeda name 4 of 34 provinces"),
        ({"claim_type": ("safe_house",)}, "Claims of al-Qaeda safe houses name 1 of 34 provinces"),
        ({"claim_type": ("madrasa",)}, "Claims of al-Qaeda madrasas name none of 34 provinces"),
        ({"stance": ("denied",)}, "Claims about al-Qaeda denied for 2 of 34 provinces"),
        ({"group": ("ttp",)}, "Claims about TTP name 1 of 34 provinces"),
        ({"by": ("source", "year")}, "Claims about al-Qaeda, by source and year"),
        ({"publisher": ("Nobody",)}, "Claims about al-Qaeda: no document"),
    ],
)
def test_titles_speak_of_claims(
    options: dict[str, Any],
    title: str,
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
) -> None:
    data = data_of(claims, documents, **options)
    assert figure_text.describe_figure(data, boundaries).title == title


def test_texts_say_what_the_map_says(
    claims: pd.DataFrame, documents: pd.DataFrame, boundaries: gpd.GeoDataFrame
) -> None:
    text = figure_text.describe_figure(data_of(claims, documents, date="2026-11-22"), boundaries)
    assert "3 or more sources: Name Hel; 2 sources: Name Gha;" in text.alt
    assert "only denied: Name Tak; not named in these texts: 28 provinces;" in text.alt
    assert "also denied by a source: Name Hel." in text.alt
    assert "Not on the map: 1 claim for the whole country (1 affirmed)." in text.caption
    for needed in (style.BOUNDARY_NOTE, style.METHOD_NOTE, "2026-11-22", "corpus sha256", "Albers"):
        assert needed in text.caption
    assert "\u202e" not in text.caption


def test_clean_text_is_one_harmless_line() -> None:
    assert figure_text.clean_text("a\n\tb\u202ec\x00d\u2028e") == "a b c d e"
    assert len(figure_text.clean_text("x" * 500)) == 160
    assert figure_text.clean_text("می\u200cگوید") == "می\u200cگوید", "spelled with a joiner"


def test_wrapped_lines_fit() -> None:
    lines = wrap_text("seven words that are to be wrapped here", 8, 60).split("\n")
    assert len(lines) > 2
    assert all(measure_text(line, 8)[0] <= 60 for line in lines)


@pytest.mark.parametrize(
    ("kind", "by"),
    [("png", ()), ("svg", ()), ("pdf", ()), ("svg", ("type",)), ("png", ("publisher", "year"))],
)
def test_equal_input_gives_equal_bytes(
    kind: str,
    by: tuple[str, ...],
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    tmp_path: Path,
) -> None:
    before = dict(mpl.rcParams)
    files = [tmp_path / f"{n}.{kind}" for n in range(2)]
    for path in files:
        drawn = figure.draw_figure(claims, documents, boundaries, options=FigureOptions(by=by, dpi=60))
        figure.write_figure(drawn, path)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert dict(mpl.rcParams) == before, "matplotlib's own state is left alone"
    content = files[0].read_bytes()
    if kind == "svg":
        words = "".join(ElementTree.fromstring(content).itertext())
        assert "$x^2$ \\frac_{a} </svg><script>" in words, "text stays text, and literal"
    if kind == "pdf":
        assert b"/Type3" not in content
        assert b"CIDFontType2" in content


@pytest.mark.parametrize("dpi", [93, 110])
def test_a_picture_of_any_resolution_is_straight(
    dpi: int, claims: pd.DataFrame, documents: pd.DataFrame, boundaries: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    drawn = figure.draw_figure(claims, documents, boundaries, options=FigureOptions(dpi=dpi))
    figure.write_figure(drawn, tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        pixels = image.convert("L")
        columns = [pixels.getpixel((image.width - 2, y)) for y in range(image.height)]
    assert set(columns) == {255}, "a line that is one pixel off leans over the margin"


def test_png_resolution(
    claims: pd.DataFrame, documents: pd.DataFrame, boundaries: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    drawn = figure.draw_figure(claims, documents, boundaries)
    figure.write_figure(drawn, tmp_path / "a.png")
    with Image.open(io.BytesIO((tmp_path / "a.png").read_bytes())) as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert image.width == round(drawn.get_figwidth() * 300)
        drawn_colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24)}
    for state in ("sources_1", "sources_2", "sources_3", "not_named"):
        fill = style.STATE_STYLES[state].fill
        assert tuple(bytes.fromhex(fill[1:])) in drawn_colours, f"{state} has its exact colour"


def test_unknown_format_is_refused(
    claims: pd.DataFrame, documents: pd.DataFrame, boundaries: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"a\.gif"):
        figure.write_figure(figure.draw_figure(claims, documents, boundaries), tmp_path / "a.gif")


def test_a_figure_leaves_its_words_and_numbers(
    claims: pd.DataFrame, documents: pd.DataFrame, boundaries: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    options = FigureOptions(by=("publisher", "year"), dpi=50)
    paths = figure.write_figure_set(
        tmp_path / "v1.0", claims, documents, boundaries, options=options, formats=("svg",)
    )
    assert [path.name for path in paths] == ["v1.0.svg", "v1.0.txt", "v1.0.alt.txt", "v1.0.csv"]
    assert sorted(tmp_path.iterdir()) == sorted(paths)
    with paths[-1].open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["publisher"][:2] for row in rows} == {"'=", "Pa"}, "no formula for a spreadsheet"
    assert {row["province"] for row in rows} == set(boundaries["name_en"])


@pytest.mark.parametrize("empty", [False, True])
def test_the_set_of_a_run(
    empty: bool,
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    boundaries: gpd.GeoDataFrame,
    tmp_path: Path,
) -> None:
    some = claims.iloc[:0] if empty else claims
    read = documents.iloc[:0] if empty else documents
    paths = figure.draw_figure_set(tmp_path, some, read, boundaries, options=FigureOptions(dpi=40))
    stems = {path.stem for path in paths if path.suffix == ".png"}
    types = set() if empty else {"presence", "safe_house"}
    assert stems == {"all_claims", "source_by_year", *types}
    assert {path.suffix for path in paths} == {".png", ".svg", ".txt", ".csv"}
