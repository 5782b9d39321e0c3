"""What people use in Python: `geo.read`, `geo.extract`, `geo.load`, and the tables and maps of claims."""

from __future__ import annotations

import base64
import doctest
import importlib
import pickle
import re
import subprocess
import sys
from dataclasses import FrozenInstanceError
from html.parser import HTMLParser
from pathlib import Path
from types import FunctionType
from typing import Any

import geopandas as gpd
import matplotlib.figure
import pandas as pd
import pytest
from browser import HOSTILE, visit

import geo
from geo import aggregate, schema
from geo.api.counts import MEASURES
from geo.boundaries import read_boundaries
from geo.errors import GeoError, SchemaError, UsageError

PNG = b"\x89PNG\r\n\x1a\n"
MODULES = ("geo", "geo.api.documents", "geo.api.claims", "geo.api.start")


@pytest.fixture(scope="module")
def docs(seeds: Path) -> geo.Documents:
    return geo.read(seeds)


@pytest.fixture(scope="module")
def claims(docs: geo.Documents) -> geo.Claims:
    return geo.extract(docs)


@pytest.fixture(scope="module")
def table(docs: geo.Documents) -> pd.DataFrame:
    """The claims as the pipeline has them, to compare with."""
    from geo.extraction import extract

    return extract(docs).claims


@pytest.fixture
def hostile() -> geo.Claims:
    text = "The UN said in 2021 that al-Qaeda runs a training camp in Ghazni."
    rows = {"text": [text], "title": [HOSTILE], "publisher": [HOSTILE], "author": [HOSTILE], "id": [HOSTILE]}
    return geo.extract(geo.read(pd.DataFrame(rows)))


# --- documentation --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_docstrings_run(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_examples_of_the_pages_run_from_top_to_bottom(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [(root / name).read_text(encoding="utf-8") for name in ("README.md", "docs/api.md")]
    blocks = re.findall(r"^```python\n(.*?)^```$", "\n".join(pages), re.MULTILINE | re.DOTALL)
    assert len(blocks) > 6
    (tmp_path / "seeds").symlink_to(root / "seeds")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, "docs/api.md", "exec"), names)


def test_every_method_is_documented_and_named_on_the_page(root: Path) -> None:
    page = (root / "docs" / "api.md").read_text(encoding="utf-8")
    for owner in (geo.Claims, geo.Documents):
        members = {name: one for base in owner.__mro__ for name, one in vars(base).items()}
        for name, member in members.items():
            if not name.startswith("_") and isinstance(member, FunctionType | property | classmethod):
                assert member.__doc__, name
                assert owner is geo.Documents or f".{name}" in page, name


# --- types and weight -----------------------------------------------------------------------------------

SCRIPT = """
import geo
import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure
from pathlib import Path

docs: geo.Documents = geo.read("seeds", Path("more"), pd.DataFrame({"text": ["a"]}))
more: geo.Documents = geo.read_texts(["a", "b"], publisher="P")
first: str = docs[0].doc_id
part: geo.Documents = docs[:2]
claims: geo.Claims = geo.extract(docs, workers=2)
again: geo.Claims = geo.load("maps/claims.csv")
camps: geo.Claims = claims.filter(type="training_camp", year=(2019, None))
here: geo.Claims = camps.filter(province=["Ghazni", "AF-KNR"])
table: pd.DataFrame = camps.frame
counts: pd.DataFrame = camps.count(by=["year", "attributed_to"])
shapes: gpd.GeoDataFrame = camps.geo()
figure: Figure = camps.plot(by=("source", "year"))
page: str = camps.to_html()
path: Path = camps.to_html("a.html")
picture: bytes = camps.to_image()
file: Path = camps.to_image("a.png", dpi=300)
camps.explore().save("b.html")
"""
WRONG = """
import geo

geo.read("seeds").no_such_thing
geo.extract("seeds").filter(yaer=2021)
geo.extract("seeds").filter(year="2021")
"""


def test_a_users_script_passes_the_strict_type_checker_and_a_wrong_one_does_not(
    root: Path, tmp_path: Path
) -> None:
    for name, script in (("right.py", SCRIPT), ("wrong.py", WRONG)):
        (tmp_path / name).write_text(script, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", str(root / "pyproject.toml"),
         str(tmp_path / "right.py"), str(tmp_path / "wrong.py")],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    faults = [line for line in run.stdout.splitlines() if ": error:" in line]
    assert [line for line in faults if "right.py" in line] == [], run.stdout + run.stderr
    assert {int(re.search(r":(\d+): error", line)[1]) for line in faults} == {4, 5, 6}, run.stdout


def test_import_loads_nothing_and_reading_loads_no_table_library(root: Path) -> None:
    code = (
        "import sys, geo; before = sorted(n for n in sys.modules if n.startswith('geo.')); "
        "docs = geo.read('seeds'); repr(docs); docs[0].text; "
        "print(before, [n for n in ('pandas', 'geopandas', 'matplotlib', 'folium') if n in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[] []"


def test_no_module_has_the_name_of_the_function(root: Path) -> None:
    old = re.compile(r"(from|import) geo\.read\b")
    for folder in ("geo", "tests", "scripts", "benchmarks"):
        for path in (root / folder).rglob("*.py"):
            assert not old.search(path.read_text(encoding="utf-8")), path


def test_reading_is_a_function_whatever_was_imported_before() -> None:
    importlib.import_module("geo.reading.documents")
    importlib.import_module("geo.extraction")
    assert callable(geo.read)
    assert callable(geo.extract)


# --- documents ------------------------------------------------------------------------------------------


def test_documents_are_a_sequence_with_a_table(docs: geo.Documents, seeds: Path) -> None:
    assert len(docs) == len(list(seeds.glob("*.txt"))) == len(docs.frame) == len(list(docs))
    assert docs[0] in docs
    assert [item.doc_id for item in docs] == docs.frame["doc_id"].to_list()
    assert isinstance(docs[1:3], geo.Documents)
    assert docs[1:3].items == docs.items[1:3]
    assert docs.frame["text"].to_list() == [item.text for item in docs]
    assert docs.frame["publisher"].ne("").all(), "sources.csv is read"


def test_what_is_not_read_has_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ghazni", encoding="utf-8")
    (tmp_path / "b.xyz").write_text("Ghazni", encoding="utf-8")
    found = geo.read(tmp_path)
    assert len(found) == 1
    assert found.skipped["path"].str.endswith("b.xyz").all()
    assert found.skipped["reason"].str.contains("unknown kind").all()
    assert "1 not read" in repr(found)
    assert geo.extract(found).skipped.equals(found.skipped)
    assert "1 input not read" in repr(geo.extract(found))


def test_a_frame_is_read_as_a_table_is(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        {
            "text": ["Al-Qaeda has a camp in Ghazni.", "Nothing.", None],
            "id": ["one", "two", "three"],
            "published": ["2021-05", None, "2022"],
            "publisher": ["Paper", float("nan"), "x"],
            "score": [1.5, 2.5, 3.5],
        }
    )
    rows.to_csv(tmp_path / "rows.csv", index=False)
    mine, file = geo.read(rows), geo.read(tmp_path / "rows.csv")
    assert mine.frame.drop(columns="path")[:2].equals(file.frame.drop(columns="path")[:2])
    assert mine.skipped["path"].to_list() == ["frame:3"]


def test_texts_in_memory() -> None:
    listed = geo.read_texts(["a", "b"], publisher="P", published="2020")
    assert [item.doc_id for item in listed] == ["text-1", "text-2"]
    assert {(item.publisher, item.published) for item in listed} == {("P", "2020")}
    assert [item.doc_id for item in geo.read_texts({"x": "a", "y": "b"})] == ["x", "y"]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: geo.read(), "nothing to read"),
        (lambda: geo.read("no such file"), "no such file"),
        (lambda: geo.read(pd.DataFrame({"body": ["a"]})), "expected one called text"),
        (lambda: geo.read(3), "int: cannot be read"),
        (lambda: geo.read(["a", "b"]), "geo.read(*paths)"),
        (lambda: geo.read_texts("one"), "read_texts([text])"),
        (lambda: geo.read_texts(["a"], publsher="x"), "Did you mean 'publisher'"),
        (lambda: geo.extract(["a", 3]), "expected documents"),
        (lambda: geo.extract(geo.read_texts(["a"]), workers=0), "workers 0"),
        (lambda: geo.load("nowhere.csv"), "no such file"),
        (lambda: geo.read(*[pd.DataFrame({"text": ["a"], "id": ["x"]})] * 2), "more than one source"),
    ],
)
def test_wrong_input_is_named(call: Any, says: str) -> None:
    with pytest.raises(UsageError, match=re.escape(says)):
        call()


# --- choosing -------------------------------------------------------------------------------------------


def test_at_first_the_claims_that_maps_show_are_chosen(claims: geo.Claims, table: pd.DataFrame) -> None:
    assert claims.frame.equals(aggregate.filter_claims(table).reset_index(drop=True))
    assert claims.filter(group="all", review="all").frame.equals(table)
    assert len(claims) == len(claims.frame) < len(table), "a claim of another group is in the seeds"


@pytest.mark.parametrize(
    ("mine", "same"),
    [
        ({"type": "training_camp"}, {"claim_type": ("training_camp",)}),
        ({"type": ["Training camp", "safe-house"]}, {"claim_type": ("training_camp", "safe_house")}),
        ({"source": "un", "year": 2021}, {"attribution_kind": ("un",), "year_from": 2021, "year_to": 2021}),
        ({"year": (2019, 2021)}, {"year_from": 2019, "year_to": 2021}),
        ({"year": range(2019, 2022)}, {"year_from": 2019, "year_to": 2021}),
        ({"year": (None, 2021)}, {"year_to": 2021}),
        ({"published": 2024}, {"published_from": 2024, "published_to": 2024}),
        ({"published": (None, 2021), "source": "un"}, {"published_to": 2021, "attribution_kind": ("un",)}),
        ({"publisher": "firstpost"}, {"publisher": ("Firstpost",)}),
        ({"stance": "denied", "basis": "country"}, {"stance": ("denied",), "location_basis": ("country",)}),
        ({"group": "aqis"}, {"group": ("aqis",)}),
    ],
)
def test_filters_are_those_of_the_command_line(
    claims: geo.Claims, table: pd.DataFrame, mine: dict[str, Any], same: dict[str, Any]
) -> None:
    expected = aggregate.filter_claims(table, **same)
    assert len(expected) > 0
    assert claims.filter(**mine).frame.equals(expected.reset_index(drop=True))


@pytest.mark.parametrize("name", ["Ghazni", "AF-GHA", "gha", "غزنی", "Ghazni province", "Ġazni"])
def test_a_province_may_be_written_in_many_ways(claims: geo.Claims, name: str) -> None:
    chosen = claims.filter(province=name)
    assert set(chosen.frame["province_id"]) == {"AF-GHA"}
    assert len(chosen) == (claims.frame["province_id"] == "AF-GHA").sum() > 0


def test_words_must_all_occur(claims: geo.Claims) -> None:
    chosen = claims.filter(text="CAMPS ghazní").frame
    assert len(chosen) > 0
    assert chosen["sentence"].str.casefold().str.contains("camps").all()
    assert len(claims.filter(text=["camps", "zzz"])) == 0


def test_filters_in_a_row_narrow(claims: geo.Claims) -> None:
    both = claims.filter(type="training_camp", source="author")
    assert claims.filter(type="training_camp").filter(source="author").frame.equals(both.frame)
    assert (
        claims.filter(type=["training_camp", "media"])
        .filter(type="training_camp", source="author")
        .frame.equals(both.frame)
    )
    assert len(claims.filter(type="media").filter(type="finance")) == 0
    assert len(claims.filter(year=2019).filter(year=2021)) == 0
    assert repr(claims.filter(published=2019).filter(published=2021)).endswith("chosen: published none>")
    everything = claims.filter(group="all")
    assert len(everything) > len(claims)
    assert everything.filter(group=["al-qaeda", "aqis"]).frame.equals(claims.frame)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"type": "training camps"}, "Did you mean 'training_camp'?"),
        ({"type": "camp"}, "Did you mean 'training_camp'?"),
        ({"source": "UNO"}, "Expected un, government"),
        ({"stance": "afirmed"}, "Did you mean 'affirmed'?"),
        ({"publisher": "First post"}, "Did you mean 'Firstpost'?"),
        ({"group": "ispk"}, "none has it here"),
        ({"province": "Gazny"}, "Did you mean 'Gaz"),
        ({"province": "Bagram"}, "It lies in Parwan"),
        ({"province": "Loya Paktia"}, "no province but a region"),
        ({"province": "Afghanistan"}, "no province but a country"),
        ({"year": "2021"}, "expected 2021, (2019, 2021)"),
        ({"year": True}, "expected 2021"),
        ({"year": (2021, 2019)}, "first is after the last"),
        ({"published": (2021, 2019)}, "published 2021 to 2019"),
        ({"published": "2021"}, "published '2021': expected"),
        ({"year": (None, None)}, "expected 2021"),
        ({"year": range(2021, 2019)}, "expected 2021"),
        ({"type": []}, "at least one"),
        ({"type": 3}, "a word or a list of words"),
        ({"text": " "}, "no word to look for"),
        ({"review": "maybe"}, "rejected, corrected, all"),
    ],
)
def test_an_unknown_value_is_an_error_with_what_was_expected(
    claims: geo.Claims, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(says)):
        claims.filter(**given)


# --- nothing changes ------------------------------------------------------------------------------------


def test_what_the_user_does_to_a_table_stays_there(claims: geo.Claims) -> None:
    before = claims.frame
    changed = claims.frame
    changed.loc[:, "province"] = "X"
    del changed["sentence"]
    changed.iloc[:, 0] = ""
    for frame in (claims.mentions, claims.documents):
        frame["doc_id"] = "X"
    shapes = claims.geo()
    shapes["name_en"] = "X"
    assert claims.frame.equals(before)
    assert not (claims.mentions["doc_id"] == "X").any()
    assert not (claims.documents["doc_id"] == "X").any()
    assert claims.geo()["name_en"].nunique() == 34
    assert claims.geo().geometry.notna().all()


def test_filtering_leaves_the_claims_as_they_are(claims: geo.Claims) -> None:
    before = (len(claims), repr(claims))
    claims.filter(type="media").filter(text="herat")
    assert (len(claims), repr(claims)) == before
    with pytest.raises(FrozenInstanceError):
        claims._choice = None  # type: ignore[misc, assignment]
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        claims.colour = "red"  # type: ignore[attr-defined]


def test_a_table_may_come_back_from_pandas(claims: geo.Claims) -> None:
    frame = claims.frame
    frame["review"] = frame["review"].mask(frame["claim_type"] == "presence", "rejected")
    frame["mine"] = range(len(frame))
    back = claims.with_frame(frame)
    assert len(back) == (claims.frame["claim_type"] != "presence").sum()
    assert back.filter(review="rejected").count()["claims"].item() == len(claims) - len(back)
    kept = back.frame["mine"].to_list()
    frame.loc[:, "mine"] = -1
    assert back.frame["mine"].to_list() == kept
    with pytest.raises(SchemaError, match="claim_type"):
        claims.with_frame(claims.frame.assign(claim_type="x"))
    with pytest.raises(UsageError, match="not read here"):
        claims.with_frame(claims.frame.assign(doc_id="x"))


def test_rejected_claims_can_be_drawn_when_asked_for(claims: geo.Claims) -> None:
    rejected = claims.with_frame(claims.frame.assign(review="rejected"))
    assert len(rejected) == 0
    assert "name none of 34" in rejected.plot().alt
    assert "name none of 34" not in rejected.filter(review="rejected").plot().alt


def test_pickling(claims: geo.Claims, docs: geo.Documents) -> None:
    chosen = claims.filter(type="training_camp")
    again = pickle.loads(pickle.dumps(chosen))
    assert repr(again) == repr(chosen)
    assert again.frame.equals(chosen.frame)
    assert pickle.loads(pickle.dumps(docs)).items == docs.items
    assert pickle.loads(pickle.dumps(chosen.plot())).alt == chosen.plot().alt


# --- counting -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [(), ("year",), ("source", "year"), ("type",), ("publisher",), ("published",)])
def test_counts_are_those_of_the_maps(claims: geo.Claims, by: tuple[str, ...]) -> None:
    expected = aggregate.count_claims(claims.frame, by=by)
    mine = claims.count(by=[*by, "province"])
    mine = mine[mine["province_id"] != ""].drop(columns=["province", "voices"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, expected, check_dtype=False)


@pytest.mark.parametrize(
    "by",
    ["year", "province", "type", "stance", "attributed_to", ("year", "attributed_to"), ("basis", "source")],
)
def test_every_claim_is_counted_once(claims: geo.Claims, by: Any) -> None:
    counts = claims.count(by=by)
    assert counts["claims"].sum() == claims.frame["claim_id"].nunique() == claims.count()["claims"].item()
    assert (counts["voices"] >= counts["sources"]).all()
    assert (counts["documents"] >= counts["stories"]).all()


def test_independent_sources_are_those_of_a_run(claims: geo.Claims) -> None:
    whole = claims.count().loc[0]
    assert whole["voices"] == aggregate.voices(claims.frame).nunique()
    assert whole["documents"] > whole["stories"], "two of the seeds are one story"


@pytest.mark.parametrize("by", ["yaer", ["year", "year"], ["type", "claim_type"], [3]])
def test_an_unknown_facet_is_an_error(claims: geo.Claims, by: Any) -> None:
    with pytest.raises(UsageError, match="facet"):
        claims.count(by=by)


# --- geography ------------------------------------------------------------------------------------------


def test_provinces_with_counts(claims: geo.Claims) -> None:
    provinces = claims.geo()
    assert isinstance(provinces, gpd.GeoDataFrame)
    assert provinces.crs == "EPSG:4326"
    assert tuple(provinces["province_id"]) == tuple(read_boundaries()["province_id"])
    expected = aggregate.count_claims(claims.frame).set_index("province_id")["sources"]
    assert provinces.set_index("province_id")["sources"].loc[expected.index].tolist() == expected.tolist()
    assert provinces[list(MEASURES)].notna().all(axis=None), "documents were read, so none is missing"
    assert (provinces["claims"] == 0).any()


def test_nothing_looked_at_is_missing_and_not_zero(claims: geo.Claims) -> None:
    one = claims.filter(province="Ghazni").geo().set_index("province_id")["claims"]
    assert one["AF-GHA"] > 0
    assert one.drop("AF-GHA").isna().all()
    assert geo.extract(geo.read_texts([])).geo()["claims"].isna().all()


def test_provinces_by_facet(claims: geo.Claims) -> None:
    long = claims.geo(by="type")
    assert long.crs == "EPSG:4326"
    assert long.geometry.notna().all()
    placed = claims.frame[claims.frame["province_id"] != ""]
    assert long["claims"].sum() == placed["claim_id"].nunique()
    with pytest.raises(UsageError, match="every row is one already"):
        claims.geo(by="province")


def test_points_lie_in_their_province(claims: geo.Claims) -> None:
    points = claims.points()
    assert points.crs == "EPSG:4326"
    assert len(points) == len(claims)
    assert points.geometry.isna().tolist() == claims.frame["province_id"].eq("").tolist()
    joined = points.dropna(subset="geometry").sjoin(read_boundaries()[["province_id", "geometry"]])
    assert (joined["province_id_left"] == joined["province_id_right"]).all()


def test_own_boundaries(claims: geo.Claims, tmp_path: Path) -> None:
    file = tmp_path / "mine.geojson"
    shapes = read_boundaries()
    shapes.assign(geometry=shapes.simplify_coverage(0.01)).rename(columns={"province_id": "code"}).to_file(
        file
    )
    mine = claims.with_boundaries(file, id_column="code")
    assert mine.geo()["claims"].tolist() == claims.geo()["claims"].tolist()
    assert not mine.geo().geometry.geom_equals(claims.geo().geometry).all()
    assert "mine.geojson" in mine.to_html()
    shapes[:30].to_file(file)
    with pytest.raises(GeoError, match=r"mine\.geojson"):
        claims.with_boundaries(file)


# --- maps -----------------------------------------------------------------------------------------------


def test_a_plot_is_a_matplotlib_figure_that_shows_itself(claims: geo.Claims) -> None:
    figure = claims.filter(type="training_camp").plot(title="Camps")
    assert isinstance(figure, matplotlib.figure.Figure)
    bundle, metadata = figure._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == figure.alt == bundle["text/plain"]
    assert base64.b64decode(bundle["image/png"]).startswith(PNG)
    assert "Camps" in bundle["text/plain"]
    assert "Ghazni" in bundle["text/plain"], "the text names what the map shows"


def test_a_plot_is_the_figure_of_the_command_line(claims: geo.Claims, table: pd.DataFrame) -> None:
    from geo.render.figure_data import prepare_data

    chosen = claims.filter(type="training_camp", source=["author", "taliban"], year=(2023, 2024))
    options = geo.FigureOptions(
        claim_type=("training_camp",), attribution_kind=("author", "taliban"),
        year_from=2023, year_to=2024, by=("source", "year"),
    )  # fmt: skip
    plan = chosen._plan({"by": ("source", "year")})
    mine = prepare_data(plan.claims, plan.documents, plan.options)
    same = prepare_data(table, claims.documents, options)
    assert mine.numbers.equals(same.numbers)
    assert mine.cells == same.cells


def test_a_map_says_what_was_chosen(claims: geo.Claims) -> None:
    plan = claims.filter(province="Ghazni", text="camps")._plan({})
    assert "province Ghazni" in plan.options.subtitle
    assert "words camps" in plan.options.subtitle
    assert claims._plan({}).options.subtitle == ""
    assert claims.filter(province="Ghazni")._plan({"subtitle": "Mine"}).options.subtitle == "Mine"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"kind": "timeline", "by": "source"}, "Bars by year"),
        ({"kind": "matrix"}, "Table of dots"),
        ({"compare": ("source:author", "source:taliban")}, "two choices compared"),
        ({"timeline": True, "theme": "greyscale", "language": "fa", "size": "a5"}, "Map of the 34 provinces"),
    ],
)
def test_every_kind_of_figure_shows_what_is_chosen(
    claims: geo.Claims, options: dict[str, Any], words: str
) -> None:
    figure = claims.filter(type="training_camp", text="al-qaeda").filter(province="Parwan").plot(**options)
    assert words in figure.alt
    assert "Ghazni" not in figure.alt, "a camp there is claimed, and was not chosen"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"tilte": "x"}, "Did you mean 'title'"),
        ({"claim_type": ("media",)}, "filter does first"),
        ({"year": 2021}, "filter does first"),
        ({"by": "yaer"}, "yaer"),
    ],
)
def test_options_of_a_plot_are_checked(claims: geo.Claims, given: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        claims.plot(**given)


def test_images(claims: geo.Claims, tmp_path: Path) -> None:
    assert claims.to_image().startswith(PNG)
    media = claims.filter(type="media")
    assert media.to_image(tmp_path / "a.png", dpi=80) == tmp_path / "a.png"
    assert (tmp_path / "a.png").read_bytes().startswith(PNG)
    assert {path.name for path in tmp_path.iterdir()} == {"a.png", "a.txt", "a.alt.txt", "a.csv"}
    assert b"<svg" in media.to_image(tmp_path / "a.svg").read_bytes()
    assert media.to_image(str(tmp_path / "a.pdf")).read_bytes().startswith(b"%PDF")
    with pytest.raises(UsageError, match=r"\.png, \.svg, \.pdf"):
        media.to_image(tmp_path / "a.gif")


def test_an_image_never_replaces_a_table(claims: geo.Claims, tmp_path: Path) -> None:
    claims.save(tmp_path)
    before = (tmp_path / "claims.csv").read_bytes()
    with pytest.raises(UsageError, match="would replace it"):
        claims.to_image(tmp_path / "claims.png")
    assert (tmp_path / "claims.csv").read_bytes() == before


def test_the_page_asks_for_nothing_outside(claims: geo.Claims, tmp_path: Path) -> None:
    page = claims.to_html(tmp_path / "atlas.html", title="Mine").read_text(encoding="utf-8")
    tags = Links()
    tags.feed(page)
    assert tags.found == []
    assert "<title>Mine</title>" in page
    assert "default-src 'none'" in page
    assert "type media" in claims.filter(type="media").to_html()
    with pytest.raises(UsageError, match=r"\.html"):
        claims.to_html(tmp_path / "atlas.txt")


class Links(HTMLParser):
    """Collects every address that a page would load by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            outside = name in ("src", "href", "srcset", "action", "data") and tag != "a"
            if outside and value and not value.startswith(("data:", "#")):
                self.found.append(value)


def test_the_view_has_a_page_a_picture_and_words(claims: geo.Claims, tmp_path: Path) -> None:
    view = claims.filter(type="training_camp").explore()
    bundle, metadata = view._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == view.alt
    assert set(bundle) == {"text/html", "image/png", "text/plain"}
    assert base64.b64decode(bundle["image/png"]).startswith(PNG)
    assert bundle["image/png"] in bundle["text/html"], "the picture stands where frames are taken out"
    assert 'sandbox="allow-scripts ' in bundle["text/html"]
    assert "allow-same-origin" not in bundle["text/html"]
    assert "Ghazni" in bundle["text/plain"] == repr(view)
    tags = Links()
    tags.feed(bundle["text/html"])
    assert tags.found == []
    assert view.save(tmp_path / "b.html").read_text(encoding="utf-8") == view.page
    assert view.page == claims.filter(type="training_camp").explore().page, "equal claims, equal page"


@pytest.mark.parametrize("height", [0, -3, 40, "700"])
def test_a_frame_without_height_is_refused(claims: geo.Claims, height: Any) -> None:
    with pytest.raises(UsageError, match="pixels from 100"):
        claims.explore(height=height)


@pytest.mark.browser
def test_the_page_runs_in_its_frame(
    claims: geo.Claims, hostile: geo.Claims, browser: Any, tmp_path: Path
) -> None:
    for number, some in enumerate((claims, hostile)):
        html = some.explore()._repr_mimebundle_()[0]["text/html"] + some._repr_html_()
        file = tmp_path / f"cell{number}.html"
        file.write_text(f"<!doctype html><meta charset='utf-8'><body>{html}</body>", encoding="utf-8")
        with visit(browser, file) as seen:
            frame = seen.page.frames[1]
            frame.wait_for_selector("path[aria-label]", state="attached")
            assert frame.locator("path[aria-label]").count() >= 34
            assert frame.locator("#copy-link").is_hidden(), "a frame has no address for others"
            frame.locator("path[aria-label*=Ghazni]").first.press("Enter")
            frame.wait_for_selector("blockquote, q, mark")
            frame.get_by_role("button", name="Table").click()
            frame.wait_for_selector("table")
            assert (seen.console, seen.requests, seen.dialogs) == ([], [], [])


# --- showing --------------------------------------------------------------------------------------------


def test_hostile_words_are_only_words(hostile: geo.Claims) -> None:
    docs = geo.read(pd.DataFrame({"text": ["a"], "title": [HOSTILE], "publisher": [HOSTILE]}))
    explained = hostile.explain(hostile.frame["claim_id"][0])
    assert len(hostile) == 1
    for shown in (hostile, docs, explained):
        page = shown._repr_html_()
        tags = Tags()
        tags.feed(page)
        assert tags.found <= {"div", "p", "table", "thead", "tbody", "tr", "th", "td"}
        assert "&lt;img src=x" in page
        for text in (page, repr(shown)):
            assert not re.search("[\x00-\x08\u202a-\u202e]", text)
    assert "\n" not in repr(hostile)
    assert "\n" not in repr(docs)


class Tags(HTMLParser):
    """Collects the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert {name for name, _ in attrs} <= {"dir", "style", "scope"}


def test_explaining(claims: geo.Claims) -> None:
    claim_id = claims.frame["claim_id"][0]
    assert str(claims.explain(claim_id)) == str(claims.explain(claim_id[:12]))
    assert claim_id in repr(claims.explain(claim_id))
    with pytest.raises(UsageError, match="no such claim"):
        claims.explain("zz")
    with pytest.raises(UsageError, match="no such claim"):
        claims.explain("")


# --- nothing found --------------------------------------------------------------------------------------


@pytest.mark.parametrize("texts", [[], ["Nothing is said here."]])
def test_nothing_found_keeps_its_columns_and_draws(texts: list[str], tmp_path: Path) -> None:
    nothing = geo.extract(geo.read_texts(texts))
    assert tuple(nothing.frame.columns) == schema.CLAIM_COLUMNS
    assert tuple(nothing.mentions.columns) == schema.MENTION_COLUMNS
    assert tuple(nothing.documents.columns) == schema.DOCUMENT_COLUMNS
    assert nothing.count()["claims"].item() == 0
    assert list(nothing.count(by=["year", "province"]).columns) == [
        "year",
        "province_id",
        "province",
        *MEASURES,
    ]
    assert len(nothing.geo()) == 34
    assert len(nothing.points()) == 0
    assert len(nothing.filter(type="media", year=2021)) == 0
    assert nothing.to_image().startswith(PNG)
    assert nothing.plot(by=("source", "year")).png().startswith(PNG)
    assert "<html" in nothing.to_html()
    assert repr(nothing).startswith("<Claims: 0 claims; ")
    assert len(geo.load(nothing.save(tmp_path / "out"))) == 0


def test_a_choice_of_nothing_draws(claims: geo.Claims) -> None:
    nothing = claims.filter(type="media").filter(type="finance", year=2019).filter(year=2021)
    assert nothing.frame.columns.equals(claims.frame.columns)
    assert "name none of 34 provinces" in nothing.plot().alt
    assert nothing.explore().picture.startswith(PNG)


# --- reports --------------------------------------------------------------------------------------------


def test_a_report_has_the_chosen_claims_and_says_how_they_were_chosen(
    claims: geo.Claims, tmp_path: Path
) -> None:
    chosen = claims.filter(type="training_camp", published=(2021, None), province="Ghazni")
    path = chosen.to_report(tmp_path / "camps.html", title="Camps")
    held = geo.read_claims(tmp_path / "camps.html.claims.csv")
    assert 0 < len(held) == len(chosen)
    assert set(held["claim_id"]) == set(chosen.frame["claim_id"])
    page = path.read_text(encoding="utf-8")
    for words in ("of the type training camps", "published in 2021 or later", "province Ghazni"):
        assert words in page
    assert page.count("Chosen: province Ghazni") >= 1, "under the maps as well"


def test_a_report_leaves_out_and_counts_what_was_rejected(claims: geo.Claims, tmp_path: Path) -> None:
    table = claims.frame
    table.loc[0, "review"] = "rejected"
    path = claims.with_frame(table).to_report(tmp_path / "a.html")
    assert len(geo.read_claims(tmp_path / "a.html.claims.csv")) == len(claims) - 1
    assert "1 was rejected" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["a.pdf", "nowhere/a.html"])
def test_a_report_that_cannot_be_written_is_refused(claims: geo.Claims, name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Expected"):
        claims.to_report(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


# --- saved runs -----------------------------------------------------------------------------------------


def test_what_is_saved_is_loaded_again(claims: geo.Claims, tmp_path: Path) -> None:
    folder = claims.save(tmp_path / "all")
    again = geo.load(folder)
    assert repr(again) == repr(claims)
    assert again.frame.equals(claims.frame)
    assert again.mentions.equals(claims.mentions)
    assert again.documents.equals(claims.documents)
    assert again.filter(group="all").frame.equals(claims.filter(group="all").frame)
    assert again.to_html(title="x")[-5000:] == claims.to_html(title="x")[-5000:]
    camps = claims.filter(type="training_camp")
    assert geo.load(camps.save(tmp_path / "camps") / "claims.csv").frame.equals(camps.frame)


def test_a_table_alone_can_be_loaded(claims: geo.Claims, tmp_path: Path) -> None:
    assert geo.write_claims(claims.frame, tmp_path / "some.csv") == tmp_path / "some.csv"
    alone = geo.load(tmp_path / "some.csv")
    assert alone.frame.equals(claims.frame)
    assert list(alone.mentions.columns) == list(schema.MENTION_COLUMNS)
    assert len(alone.documents) == claims.frame["doc_id"].nunique()
    assert alone.plot().png().startswith(PNG)


def test_what_a_run_wrote_can_be_loaded(seeds: Path, claims: geo.Claims, tmp_path: Path) -> None:
    geo.run_map([seeds], tmp_path / "maps", options=geo.PipelineOptions(figures=False))
    for name in ("claims.csv", "claims.gpkg", "claims.parquet"):
        loaded = geo.load(tmp_path / "maps" / name)
        assert loaded.frame.equals(claims.frame), name
        assert loaded.count().equals(claims.count())
        assert len(loaded.mentions) == len(claims.mentions)
