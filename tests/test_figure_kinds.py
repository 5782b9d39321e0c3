from __future__ import annotations

import io
import itertools
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import pytest
from figure_helper import EVIL, LONG, TEAM, make_claims, make_crowd, make_documents
from PIL import Image
from pypdf import PdfReader

import geo
from geo.boundaries import read_boundaries
from geo.errors import UsageError
from geo.render.figure import FigureOptions, ReadyFigure, make_figure, write_figure
from geo.render.figure_compare import parse_side
from geo.render.figure_data import FigureData, prepare_data
from geo.render.figure_dots import read_regions
from geo.render.figure_geometry import MapGeometry, prepare_geometry
from geo.render.figure_measure import missing_letters
from geo.schema import PROVINCE_IDS

ONE_OF_EACH: dict[str, dict[str, Any]] = {
    "map": {"timeline": True},
    "grid": {"by": ("stance", "type")},
    "difference": {"compare": ("source:un", "source:author,taliban")},
    "timeline": {"kind": "timeline", "by": ("source",)},
    "matrix": {"kind": "matrix"},
}


@pytest.fixture(scope="module")
def boundaries() -> gpd.GeoDataFrame:
    return read_boundaries()


@pytest.fixture(scope="module")
def geometry(boundaries: gpd.GeoDataFrame) -> MapGeometry:
    return prepare_geometry(boundaries)


@pytest.fixture
def make(boundaries: gpd.GeoDataFrame, geometry: MapGeometry) -> Any:
    def draw(**options: Any) -> ReadyFigure:
        return make_figure(
            make_claims(), make_documents(), boundaries, options=FigureOptions(**options), geometry=geometry
        )

    return draw


def data_of(claims: pd.DataFrame | None = None, **options: Any) -> FigureData:
    return prepare_data(
        make_claims() if claims is None else claims, make_documents(), FigureOptions(**options)
    )


# --- options --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, "map"),
        ({"by": ("source",)}, "grid"),
        ({"compare": ("year:2020", "year:2021")}, "difference"),
        ({"kind": "timeline", "by": ("source",)}, "timeline"),
        ({"kind": "matrix"}, "matrix"),
    ],
)
def test_the_kind_follows_from_the_options(options: dict[str, Any], kind: str) -> None:
    assert FigureOptions(**options).chosen_kind == kind


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"kind": "pie"}, "map, grid, difference, timeline, matrix"),
        ({"theme": "neon"}, "print, screen, greyscale"),
        ({"size": "a3"}, "a4-landscape, a5, a5-landscape, slide"),
        ({"language": "de"}, "en, fa, ps"),
        ({"measure": "words"}, "sources, claims"),
        ({"sort": "size"}, "number, region, name"),
        ({"provinces": "some"}, "claimed, all"),
        ({"dpi": 5}, "30 to 1200"),
        ({"kind": "grid"}, "one or two facets"),
        ({"kind": "map", "by": ("source",)}, "no facet"),
        ({"kind": "matrix", "by": ("source", "type")}, "one facet"),
        ({"kind": "timeline", "by": ("year",)}, "has the years along it"),
        ({"kind": "difference"}, "compare two sides"),
        ({"kind": "map", "compare": ("year:1", "year:2")}, "Leave one of them out"),
        ({"by": ("source",), "timeline": True}, "below a map or a difference"),
        ({"published_from": 2022, "published_to": 2021}, "Exchange them"),
        ({"compare": ("year:2021", "year:2021")}, "Name two that differ"),
        ({"sort": "name"}, "rows of a matrix"),
        ({"provinces": "all", "by": ("year",)}, "rows of a matrix, not of a grid"),
        ({"measure": "claims"}, "bars by year"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(options: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        FigureOptions(**options)


def test_one_word_and_lists_stand_for_tuples() -> None:
    one = FigureOptions(claim_type="presence", by=["source", "year"])  # type: ignore[arg-type]
    assert one == FigureOptions(claim_type=("presence",), by=("source", "year"))
    assert data_of(claim_type="safe_house").claims["claim_type"].to_list() == ["safe_house"]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(UsageError, match=r"theme 'neon'.*size 'a3'"):
        FigureOptions(theme="neon", size="a3")


def test_boundaries_without_names_in_a_language_are_refused(boundaries: gpd.GeoDataFrame) -> None:
    bare = boundaries.drop(columns="name_ps")
    with pytest.raises(UsageError, match="no column name_ps"):
        make_figure(make_claims(), make_documents(), bare, options=FigureOptions(language="ps"))


def test_the_python_door_needs_no_boundaries() -> None:
    drawn = geo.draw_figure(make_claims(), make_documents(), options=geo.FigureOptions(kind="timeline"))
    assert drawn.get_label() == "Claims about al-Qaeda, by year"


# --- differences ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fields", "label"),
    [
        ("year:2021", {"year_from": 2021, "year_to": 2021}, "2021"),
        ("year:2019-2021", {"year_from": 2019, "year_to": 2021}, "2019–2021"),
        ("year: 2019..2021", {"year_from": 2019, "year_to": 2021}, "2019–2021"),
        ("year:2022-", {"year_from": 2022, "year_to": None}, "2022 and later"),
        ("published:-2021", {"published_from": None, "published_to": 2021}, "published 2021 and earlier"),
        ("source:un,taliban", {"attribution_kind": ("un", "taliban")}, "United Nations or Taliban"),
        ("publisher:A, B: C|D", {"publisher": ("A, B: C", "D")}, "A, B: C or D"),
        ("type:madrasa; year:2020", {"claim_type": ("madrasa",), "year_from": 2020, "year_to": 2020},
         "madrasas, 2020"),
        ("group:iskp", {"group": ("iskp",)}, "ISKP"),
    ],
)  # fmt: skip
def test_sides_are_read(text: str, fields: dict[str, Any], label: str) -> None:
    assert parse_side(text) == (fields, label)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021",
        "year",
        "year:",
        "year:soon",
        "year:2022-2020",
        "year:-",
        "stance:denied",
        "year:2020;year:2021",
    ],
)
def test_sides_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"compare .*facets are year, published, source"):
        parse_side(text)


def test_a_condition_stands_in_one_place_only() -> None:
    with pytest.raises(UsageError, match="limited for the whole figure as well"):
        data_of(compare=("year:2021", "year:2024"), year_from=2020)


def test_a_difference_tells_who_affirms_what() -> None:
    data = data_of(compare=("source:un", "source:author,taliban"))
    found = data.comparison
    assert found is not None
    states = {"AF-HEL": "both", "AF-GHA": "both", "AF-KAB": "only_b", "AF-KHO": "weaker",
              "AF-ZAB": "weaker", "AF-TAK": "weaker", "AF-BAL": "neither"}  # fmt: skip
    assert {p: found.states[p] for p in states} == states
    assert found.change == {"AF-HEL": 1, "AF-GHA": 0, "AF-KAB": 1}
    assert found.disputed == {"AF-HEL"}
    numbers = data.numbers.set_index("province_id")
    assert list(numbers.loc["AF-HEL", ["sources_a", "sources_b", "sources_difference"]]) == [1, 2, 1]
    assert numbers.loc["AF-BAL", "sources_difference"] == 0


def test_bars_of_a_difference_have_the_documents_of_its_sides() -> None:
    timeline = data_of(compare=("source:un", "source:taliban"), timeline=True).timeline
    assert timeline is not None
    (row,) = timeline.rows
    assert {year: bar.documents for year, bar in row.bars.items()} == {
        "2021": 1, "2022": 0, "2023": 0, "2024": 1,
    }, "the author's own document of 2022 is on neither side"  # fmt: skip


def test_the_other_way_round_only_signs_and_sides_change() -> None:
    one = data_of(compare=("source:un", "source:author,taliban")).comparison
    two = data_of(compare=("source:author,taliban", "source:un")).comparison
    assert one is not None
    assert two is not None
    assert two.change == {province: -n for province, n in one.change.items()}
    turned = {"only_a": "only_b", "only_b": "only_a"}
    assert two.states == {province: turned.get(state, state) for province, state in one.states.items()}


def test_a_side_without_documents_is_no_change(make: Any) -> None:
    made = make(compare=("year:1999", "year:2024"))
    assert "nothing can be said of a difference" in made.caption
    assert "No document for 1999" in made.alt
    assert set(made.numbers["state"]) >= {"only_b", "neither"}
    assert made.numbers["sources_difference"].isna().all()
    assert made.numbers["sources_a"].isna().all()
    words = {text.get_text() for text in made.figure.texts}
    assert "1999: no document" in words
    assert not {"Both", "Only: 2024"} & words


def test_no_document_at_all_says_only_that() -> None:
    found = data_of(compare=("year:1998", "year:1999")).comparison
    assert found is not None
    assert set(found.states.values()) == {"no_document"}


# --- small maps -----------------------------------------------------------------------------------------

FACETS = ("source", "publisher", "type", "year", "published", "stance", "basis", "group")


@pytest.mark.parametrize("by", list(itertools.permutations(FACETS, 2)), ids=",".join)
def test_any_two_facets_make_rows_and_columns(by: tuple[str, str]) -> None:
    data = data_of(by=by)
    assert len(data.cells) == len(data.rows) * len(data.columns)
    assert data.numbers["claims"].sum() == (data.claims["province_id"] != "").sum()
    bare = data.numbers[data.numbers["documents"].isna()]
    assert set(bare["state"]) <= {"no_document"}


# --- timelines and tables of dots -----------------------------------------------------------------------


def test_bars_count_sources_once_and_keep_undated_apart() -> None:
    rows = [
        {"province_id": "AF-HEL"},
        {"province_id": "AF-GHA"},
        {"province_id": "AF-GHA", "stance": "uncertain"},
        {"province_id": "", "location_basis": "country", "attribution_kind": "taliban", "stance": "denied"},
        {"province_id": "AF-ZAB", "attribution_kind": "media", "stance": "uncertain"},
        {"province_id": "AF-HEL", **TEAM},
        {"province_id": "AF-HEL", "year": None, "year_basis": "unknown"},
    ]
    claims = make_claims(rows)
    data = data_of(claims, kind="timeline")
    assert data.timeline is not None
    (row,) = data.timeline.rows
    assert data.timeline.years == ("2021", "2022", "2023", "2024")
    bar = row.bars["2024"]
    assert (bar.affirmed, bar.hedged, bar.denied) == (1, 1, 1), "one voice that affirms is not also hedged"
    assert (row.undated.affirmed, row.bars["2021"].affirmed) == (1, 1)
    assert (row.bars["2022"].documents, row.bars["2023"].documents) == (1, 0), "read, and nothing read"
    numbers = data.numbers.set_index("year")
    assert numbers.loc["2022", "affirmed"] == 0
    assert pd.isna(numbers.loc["2023", "affirmed"])
    claimed = data_of(claims, kind="timeline", measure="claims").timeline
    assert claimed is not None
    assert claimed.rows[0].bars["2024"].affirmed == 2
    assert claimed.rows[0].bars["2024"].hedged == 2


def test_many_years_share_bars() -> None:
    rows = [{"province_id": "AF-HEL", "year": year} for year in (1900, 1950, 2024)]
    data = data_of(make_claims(rows), kind="timeline")
    assert data.timeline is not None
    assert len(data.timeline.years) <= 48
    assert sum(bar.affirmed for bar in data.timeline.rows[0].bars.values()) == 3


def test_dots_tell_stances_apart() -> None:
    matrix = data_of(kind="matrix", by=("source",)).matrix
    assert matrix is not None
    assert matrix.dots["AF-HEL", "Taliban"].affirmed == 1
    assert matrix.dots["AF-HEL", "Taliban"].denied == 1
    assert matrix.dots["AF-ZAB", "The article's author"].hedged == 1
    assert matrix.dots["AF-KHO", "The article's author"].region == 1
    assert matrix.totals["AF-HEL"] == 3
    assert ("AF-BAL", "The article's author") not in matrix.dots, "other groups are not shown"


def test_rows_of_a_matrix_are_ordered() -> None:
    order = data_of(kind="matrix").matrix
    assert order is not None
    ((_, rows),) = order.groups
    assert rows[:2] == ("AF-HEL", "AF-GHA"), "most sources first"
    assert "AF-BAL" not in rows
    whole = data_of(kind="matrix", provinces="all", sort="region").matrix
    assert whole is not None
    assert {province for _, members in whole.groups for province in members} == set(PROVINCE_IDS)
    assert [heading for heading, _ in whole.groups] == list(read_regions())


def test_regions_hold_every_province_once() -> None:
    members = [province for provinces in read_regions().values() for province in provinces]
    assert sorted(members) == sorted(PROVINCE_IDS)


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_empty_input_makes_an_empty_figure(
    kind: str, boundaries: gpd.GeoDataFrame, geometry: MapGeometry
) -> None:
    made = make_figure(
        make_claims().iloc[:0],
        make_documents().iloc[:0],
        boundaries,
        options=FigureOptions(**ONE_OF_EACH[kind]),
        geometry=geometry,
    )
    assert "No document was read" in made.caption


def test_years_of_publication_limit_claims_and_documents() -> None:
    assert set(data_of(published_from=2024).claims["published"]) == {"2024"}
    (cell,) = data_of(published_from=2030).cells.values()
    assert set(cell.states.values()) == {"no_document"}


# --- words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_titles_of_users_appear_as_they_are(kind: str, make: Any, tmp_path: Path) -> None:
    title = "5 $ of x_1^2 \\alpha $\\frac{1}{0}$\nand \u202edekrow\u202c & <b>"
    made = make(**ONE_OF_EACH[kind], title=title, dpi=40)
    assert made.title == "5 $ of x_1^2 \\alpha $\\frac{1}{0}$ and dekrow & <b>"
    for kind_of_file in ("png", "svg", "pdf"):
        write_figure(made.figure, tmp_path / f"a.{kind_of_file}")
    words = " ".join(ElementTree.fromstring((tmp_path / "a.svg").read_bytes()).itertext())
    assert "5 $ of x_1^2 \\alpha $\\frac{1}{0}$ and dekrow & <b>" in words
    assert not any(text.get_parse_math() for text in made.figure.texts)


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_every_kind_has_a_caption_and_words_for_it(kind: str, make: Any) -> None:
    made = make(**ONE_OF_EACH[kind], tool_version="9.9", date="2026-11-22")
    assert made.title.startswith("Claims about al-Qaeda")
    for needed in ("corpus sha256", "2026-11-22", "9.9", "not absence", "not verified"):
        assert needed in made.caption
    assert made.title in made.alt
    assert EVIL[1:11] in made.caption
    assert len(made.numbers) > 0
    drawn = kind in ("map", "grid", "difference")
    assert ("Albers" in made.caption) == drawn
    assert ("do not imply endorsement" in made.caption) == drawn


def test_names_in_dari_and_pashto_have_all_their_letters(geometry: MapGeometry) -> None:
    for language in ("fa", "ps"):
        assert len(geometry.names[language]) == 34
        assert missing_letters("".join(geometry.names[language].values())) == ""
    pashto = "ابپتټثجځچڅحخدډذرړزژږسشښصضطظعغفقکګلمنڼوهۀیېيۍئ۰۱۲۳۴۵۶۷۸۹ۓ"
    assert set(missing_letters(pashto)) == {"ۀ", "ۍ", "ۓ"}, "as docs/figures.md says"


# --- files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ONE_OF_EACH)
@pytest.mark.parametrize("language", ["en", "ps"])
def test_pdf_embeds_its_fonts(kind: str, language: str, make: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_figure(make(**ONE_OF_EACH[kind], language=language).figure, path)
    reader = PdfReader(path)
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Claims about al-Qaeda")
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].get_object().values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        assert font["/Subtype"] == "/Type0", "no Type 3"
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor, "embedded"
    if program := shutil.which("pdffonts"):
        shown = subprocess.run([program, str(path)], capture_output=True, text=True, check=True).stdout
        lines = shown.splitlines()[2:]
        assert lines
        assert all("Type 3" not in line and " yes " in line for line in lines)


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_files_are_equal_and_carry_their_title(kind: str, make: Any, tmp_path: Path) -> None:
    drawn = [make(**ONE_OF_EACH[kind], theme="screen", size="a5", dpi=40).figure for _ in range(2)]
    for ending in ("png", "svg", "pdf"):
        files = [tmp_path / f"{n}.{ending}" for n in range(2)]
        for figure, path in zip(drawn, files, strict=True):
            write_figure(figure, path)
        assert files[0].read_bytes() == files[1].read_bytes()
    with Image.open(io.BytesIO((tmp_path / "0.png").read_bytes())) as image:
        assert image.info["Title"].startswith("Claims about al-Qaeda")
        assert (image.width, image.height) == (233, 330), "A5 at 40 dots per inch"
    root = ElementTree.fromstring((tmp_path / "0.svg").read_bytes())
    assert str(root.findtext("{http://www.w3.org/2000/svg}title")).startswith("Claims about al-Qaeda")


def test_a_crowd_is_counted_whole(boundaries: gpd.GeoDataFrame, geometry: MapGeometry) -> None:
    claims, documents = make_crowd()
    options = FigureOptions(kind="matrix", provinces="all", title=LONG)
    made = make_figure(claims, documents, boundaries, options=options, geometry=geometry)
    in_provinces = claims[claims["province_id"] != ""]
    assert made.numbers["claims"].sum() == len(in_provinces)
    bars = FigureOptions(kind="timeline", measure="claims", by=("publisher",))
    counted = make_figure(claims, documents, boundaries, options=bars, geometry=geometry).numbers
    assert counted[["affirmed", "uncertain", "denied"]].sum().sum() == len(claims)
