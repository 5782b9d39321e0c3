from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import shapely.affinity

from geo.boundaries import BOUNDARY_COLUMNS, BOUNDARY_NOTE, boundary_note, join_provinces, read_boundaries
from geo.errors import BoundaryError, UsageError
from geo.resources import data_path, read_table
from geo.schema import CRS_GEOGRAPHIC, CRS_PROJECTED, PROVINCE_IDS

DETAILS = ("full", "page")
PAGE_LIMIT_BYTES = 65 * 1024
EXPECTED = "Expected the 34 provinces of Afghanistan"
OTHER_EQUAL_AREA = "EPSG:6933"
"""A cylindrical equal-area system: not the one that the areas were measured in."""


@pytest.fixture(scope="module", params=DETAILS)
def shipped(request: pytest.FixtureRequest) -> gpd.GeoDataFrame:
    return read_boundaries(detail=request.param)


@pytest.fixture(scope="module")
def full() -> gpd.GeoDataFrame:
    return read_boundaries()


@pytest.fixture
def bare(full: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The shapes with ids only, so that no other column can stand in for a broken one."""
    return full[["province_id", "geometry"]].copy()


def write(frame: gpd.GeoDataFrame, folder: Path, name: str = "mine.gpkg") -> Path:
    path = folder / name
    frame.to_file(path)
    return path


def write_without_crs(frame: gpd.GeoDataFrame, folder: Path) -> Path:
    """A shapefile that lost its .prj; its column names hold ten characters at most."""
    path = write(frame.rename(columns={"province_id": "iso"}), folder, "mine.shp")
    path.with_suffix(".prj").unlink()
    return path


def refusal(path: Path, **options: str) -> str:
    """The message of the refusal, which must name the file."""
    with pytest.raises(BoundaryError) as caught:
        read_boundaries(path, **options)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    return message


def shape_of(frame: gpd.GeoDataFrame, code: str) -> shapely.Geometry:
    (shape,) = frame.loc[frame["province_id"] == code, "geometry"]
    return shape


def with_shape(frame: gpd.GeoDataFrame, code: str, shape: shapely.Geometry | None) -> gpd.GeoDataFrame:
    shapes = [
        shape if known == code else old
        for known, old in zip(frame["province_id"], frame.geometry, strict=True)
    ]
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))


def with_ids(frame: gpd.GeoDataFrame, changes: dict[str, str]) -> gpd.GeoDataFrame:
    return frame.assign(province_id=[changes.get(code, code) for code in frame["province_id"]])


def bow_tie(shape: shapely.Geometry) -> shapely.Polygon:
    west, south, east, north = shape.bounds
    return shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])


# What is shipped


def test_the_34_provinces_are_there_once_in_order(shipped: gpd.GeoDataFrame) -> None:
    assert len(PROVINCE_IDS) == 34
    assert tuple(shipped["province_id"]) == tuple(sorted(PROVINCE_IDS))
    assert tuple(shipped.columns) == BOUNDARY_COLUMNS
    assert shipped.crs == CRS_GEOGRAPHIC
    assert shipped.notna().all(axis=None)


def test_every_capital_lies_in_its_own_province_only(shipped: gpd.GeoDataFrame) -> None:
    rows = read_table("boundaries", "capitals.csv")
    assert sorted(row["province_id"] for row in rows) == sorted(PROVINCE_IDS)
    for row in rows:
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        assert list(shipped["province_id"][shipped.contains(point)]) == [row["province_id"]], row["capital"]


def test_neighbours_share_their_edges_exactly(shipped: gpd.GeoDataFrame) -> None:
    assert shipped.is_valid.all()
    assert set(shipped.geom_type) <= {"Polygon", "MultiPolygon"}
    assert shapely.coverage_is_valid(shipped.geometry.to_numpy())


def test_a_moved_vertex_would_break_the_coverage(full: gpd.GeoDataFrame) -> None:
    """Shows that the check above can fail."""
    moved = with_shape(full, "AF-KAB", shapely.affinity.translate(shape_of(full, "AF-KAB"), 0.0001, 0))
    assert not shapely.coverage_is_valid(moved.geometry.to_numpy())


@pytest.mark.parametrize(
    ("code", "capital", "why"),
    [
        ("AF-PAN", "Bazarak", "made out of Parwan in 2004"),
        ("AF-DAY", "Nili", "made out of Uruzgan in 2004"),
        ("AF-PIA", "Gardez", "its ISO code is easily taken for that of Paktika"),
        ("AF-PKA", "Sharan", "its ISO code is easily taken for that of Paktia"),
    ],
)
def test_provinces_that_sources_mix_up_hold_their_capital(
    shipped: gpd.GeoDataFrame, code: str, capital: str, why: str
) -> None:
    rows = [row for row in read_table("boundaries", "capitals.csv") if row["province_id"] == code]
    (row,) = rows
    assert capital in row["capital"], why
    assert shape_of(shipped, code).contains(shapely.Point(float(row["lon"]), float(row["lat"]))), why


@pytest.mark.parametrize(
    ("one", "other", "touches", "why"),
    [
        ("AF-PAN", "AF-KAP", True, "the Panjshir valley opens into Kapisa"),
        ("AF-PAN", "AF-BDS", True, "over the Anjuman pass"),
        ("AF-DAY", "AF-BAM", True, "both in the Hazarajat"),
        ("AF-DAY", "AF-GHO", True, "its western neighbour"),
        ("AF-PIA", "AF-PKA", True, "parted in two, still neighbours"),
        ("AF-PIA", "AF-KHO", True, "its eastern neighbour"),
        ("AF-PIA", "AF-ZAB", False, "Paktika reaches Zabul, Paktia does not"),
        ("AF-PKA", "AF-ZAB", True, "Paktika reaches Zabul, Paktia does not"),
        ("AF-PKA", "AF-LOG", False, "Paktia reaches Logar, Paktika does not"),
        ("AF-PIA", "AF-LOG", True, "Paktia reaches Logar, Paktika does not"),
    ],
)
def test_neighbours_are_those_on_the_ground(
    shipped: gpd.GeoDataFrame, one: str, other: str, touches: bool, why: str
) -> None:
    edge = shape_of(shipped, one).intersection(shape_of(shipped, other))
    assert (edge.length > 0.01) is touches, why


def test_names_go_with_the_ids(shipped: gpd.GeoDataFrame) -> None:
    names = shipped.set_index("province_id")["name_en"]
    assert names["AF-PIA"] == "Paktia"
    assert names["AF-PKA"] == "Paktika"
    assert names.is_unique


def test_areas_are_those_of_the_country(shipped: gpd.GeoDataFrame) -> None:
    measured = pd.Series(
        (shipped.to_crs(OTHER_EQUAL_AREA).area / 1e6).to_numpy(), index=shipped["province_id"]
    )
    assert 630_000 < measured.sum() < 655_000
    assert 630_000 < shipped["area_km2"].sum() < 655_000
    assert measured["AF-PKA"] > 2 * measured["AF-PIA"]
    assert measured.idxmax() == "AF-HEL"


def test_the_area_column_is_the_area_of_the_full_shapes(full: gpd.GeoDataFrame) -> None:
    measured = full.to_crs(OTHER_EQUAL_AREA).area / 1e6
    assert full["area_km2"].to_numpy() == pytest.approx(measured.to_numpy(), rel=1e-4, abs=0.2)
    assert list(read_boundaries(detail="page")["area_km2"]) == list(full["area_km2"])


def test_simplifying_for_the_page_moves_little(full: gpd.GeoDataFrame) -> None:
    page = read_boundaries(detail="page")
    assert shapely.get_num_coordinates(page.geometry.to_numpy()).sum() < (
        shapely.get_num_coordinates(full.geometry.to_numpy()).sum() / 2
    )
    assert overlap_ratios(full, page).min() > 0.9


def test_the_page_file_is_small() -> None:
    assert data_path("boundaries", "provinces_page.geojson").stat().st_size <= PAGE_LIMIT_BYTES


def test_the_committed_files_are_what_the_script_builds(root: Path) -> None:
    script = root / "scripts" / "build_boundaries.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"],
        cwd=root, capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    said = done.stdout.strip()
    assert done.returncode == 0, said + done.stderr
    if said.startswith("not checked: "):
        pytest.skip(said)
    assert said == "data/boundaries: the same as rebuilt"


# Refused


def test_an_unknown_detail_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match=r"'coarse' is not known\. Expected one of full, page"):
        read_boundaries(detail="coarse")


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "gone.geojson"
    with pytest.raises(UsageError, match=r"no such file\. Expected a vector file") as caught:
        read_boundaries(path)
    assert str(path) in str(caught.value)


def test_no_crs_is_refused(bare: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = write_without_crs(bare, tmp_path)
    assert gpd.read_file(path).crs is None
    message = refusal(path)
    assert "no coordinate system (CRS)" in message
    assert EXPECTED in message


@pytest.mark.parametrize(
    ("change", "words", "why"),
    [
        (
            lambda frame: frame[frame["province_id"] != "AF-PAN"],
            ["33 shapes, missing AF-PAN"],
            "an old file without a newer province",
        ),
        (
            lambda frame: pd.concat([frame, frame[frame["province_id"] == "AF-KAB"]]),
            ["more than one shape for AF-KAB"],
            "a province cut in two rows",
        ),
        (
            lambda frame: with_ids(frame, {"AF-PIA": "AF-PKA", "AF-PKA": "AF-PIA"}),
            [
                "Gardez, capital of AF-PIA, lies in AF-PKA",
                "Sharan, capital of AF-PKA, lies in AF-PIA",
            ],
            "swapped ids, all 34 there",
        ),
        (
            lambda frame: with_shape(frame, "AF-NIM", bow_tie(shape_of(frame, "AF-NIM"))),
            ["AF-NIM has an invalid ring (Self-intersection"],
            "a bow-tie",
        ),
        (
            lambda frame: with_ids(frame, {"AF-NIM": "AF-XXX", "AF-FRA": "IR-11"}),
            ["2 unknown id(s): 'AF-XXX', 'IR-11'", "missing AF-FRA, AF-NIM"],
            "ids that are not Afghan provinces",
        ),
        (
            lambda frame: with_shape(frame, "AF-LOG", shape_of(frame, "AF-LOG").buffer(0.05)),
            ["AF-LOG and AF-PIA overlap by ", "AF-KAB and AF-LOG overlap by ", " km²"],
            "a shape that covers part of its neighbours",
        ),
        (
            lambda frame: with_shape(frame, "AF-LOG", shape_of(frame, "AF-LOG").centroid),
            ["AF-LOG is a Point, not a polygon"],
            "a point among the polygons",
        ),
        (
            lambda frame: with_shape(frame, "AF-LOG", None),
            ["AF-LOG has no shape"],
            "a row without a shape",
        ),
        (
            lambda frame: with_shape(
                frame[frame["province_id"] != "AF-PAN"], "AF-NIM", bow_tie(shape_of(frame, "AF-NIM"))
            ),
            ["33 shapes, missing AF-PAN", "AF-NIM has an invalid ring"],
            "two faults, told at once",
        ),
    ],
)
def test_a_file_without_the_34_provinces_is_refused(
    bare: gpd.GeoDataFrame,
    tmp_path: Path,
    change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame],
    words: list[str],
    why: str,
) -> None:
    message = refusal(write(change(bare), tmp_path, "mine.geojson"))
    assert [part for part in words if part not in message] == [], why
    assert EXPECTED in message


def test_no_crs_and_a_missing_province_are_told_at_once(bare: gpd.GeoDataFrame, tmp_path: Path) -> None:
    message = refusal(write_without_crs(bare[bare["province_id"] != "AF-DAY"], tmp_path))
    assert "no coordinate system (CRS)" in message
    assert "33 shapes, missing AF-DAY" in message


@pytest.mark.parametrize(
    ("name", "content", "words", "why"),
    [
        ("notes.txt", b"Thirty-four provinces.\n", "not a vector file that can be read", "plain text"),
        ("half.geojson", b'{"type":"FeatureCollection","fea', "not a vector file", "a file cut short"),
        ("mine.gpkg", b"\x00" * 64, "not a vector file", "only the name is right"),
        ("table.csv", b"province_id,n\nAF-KAB,1\n", "holds no shapes. Expected 34 provinces", "no geometry"),
        (
            "empty.geojson",
            b'{"type":"FeatureCollection","features":[]}',
            "holds no shapes. Expected 34 provinces",
            "no rows",
        ),
    ],
)
def test_a_file_that_holds_no_shapes_is_refused(
    tmp_path: Path, name: str, content: bytes, words: str, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(path), why


def test_an_id_column_that_is_not_there_is_refused(bare: gpd.GeoDataFrame, tmp_path: Path) -> None:
    message = refusal(write(bare, tmp_path), id_column="PCODE")
    assert "no column 'PCODE'. It has: province_id, geometry" in message


@pytest.mark.parametrize("id_column", [None, "number"])
def test_a_column_that_identifies_nothing_is_refused(
    bare: gpd.GeoDataFrame, tmp_path: Path, id_column: str | None
) -> None:
    numbered = bare.assign(number=range(len(bare)))
    path = write(numbered if id_column else numbered.drop(columns="province_id"), tmp_path)
    message = refusal(path) if id_column is None else refusal(path, id_column=id_column)
    assert "Expected ISO 3166-2 codes (AF-KAB), OCHA p-codes (AF01) or English names" in message
    assert "--id-column" in message


# Accepted


def keyed(frame: gpd.GeoDataFrame, column: str, values: dict[str, str]) -> gpd.GeoDataFrame:
    """The shapes in another order, identified by one column alone."""
    codes = [values[code] for code in frame["province_id"]]
    return frame[["geometry"]].assign(**{column: codes}).iloc[::-1]


def pcodes() -> dict[str, str]:
    return {row["province_id"]: row["pcode"] for row in read_table("boundaries", "pcodes.csv")}


def english() -> dict[str, str]:
    return {row["province_id"]: row["name_en"] for row in read_table("boundaries", "gn_a1_to_iso.csv")}


def iso() -> dict[str, str]:
    return {code: code for code in PROVINCE_IDS}


@pytest.mark.parametrize(
    ("name", "column", "values", "why"),
    [
        ("mine.geojson", "province_id", iso, "the file shipped, in effect"),
        ("mine.gpkg", "ADM1_PCODE", pcodes, "humanitarian files carry p-codes"),
        ("mine.gpkg", "ADM1_EN", english, "names only"),
        ("mine.shp", "NAME_1", english, "a shapefile, names only"),
        ("mine.gpkg", "whatever", pcodes, "a column of no known name is found by what it holds"),
        (
            "mine.gpkg",
            "shapeName",
            lambda: {code: f" {name.upper()} Province" for code, name in english().items()},
            "the word province and the case do not matter",
        ),
    ],
)
def test_provinces_are_known_by_code_or_name(
    full: gpd.GeoDataFrame,
    tmp_path: Path,
    name: str,
    column: str,
    values: Callable[[], dict[str, str]],
    why: str,
) -> None:
    read = read_boundaries(write(keyed(full, column, values()), tmp_path, name))
    same_provinces(read, full, why)


def same_provinces(read: gpd.GeoDataFrame, full: gpd.GeoDataFrame, why: str) -> None:
    assert tuple(read.columns) == BOUNDARY_COLUMNS, why
    assert read.crs == CRS_GEOGRAPHIC, why
    for column in ("province_id", "name_en", "name_fa", "name_ps"):
        assert list(read[column]) == list(full[column]), why
    assert list(read["area_km2"]) == pytest.approx(list(full["area_km2"]), abs=0.2), why
    assert overlap_ratios(full, read).min() > 0.9999, why


def test_another_coordinate_system_is_taken_to_wgs84(full: gpd.GeoDataFrame, tmp_path: Path) -> None:
    projected = full[["province_id", "geometry"]].to_crs(CRS_PROJECTED)
    assert projected.total_bounds[2] > 1000
    same_provinces(read_boundaries(write(projected, tmp_path)), full, "metres in, degrees out")


def test_the_id_column_given_is_the_one_used(full: gpd.GeoDataFrame, tmp_path: Path) -> None:
    wrong = {"AF-PIA": "AF-PKA", "AF-PKA": "AF-PIA"}
    frame = with_ids(full[["province_id", "geometry"]].assign(code=list(full["province_id"])), wrong)
    path = write(frame, tmp_path)
    assert "Gardez" in refusal(path, id_column="province_id")
    same_provinces(read_boundaries(path, id_column="code"), full, "the other column is wrong")


def test_a_users_file_is_simplified_as_one_coverage(full: gpd.GeoDataFrame, tmp_path: Path) -> None:
    page = read_boundaries(write(full[["province_id", "geometry"]], tmp_path), detail="page")
    before, after = (
        int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum()) for frame in (full, page)
    )
    assert after < before / 2
    assert shapely.coverage_is_valid(page.geometry.to_numpy())


def overlap_ratios(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> pd.Series:
    """Intersection over union of each province in two layers, in equal-area."""
    left, right = (frame.set_index("province_id").to_crs(CRS_PROJECTED).geometry for frame in (one, other))
    return left.intersection(right, align=True).area / left.union(right, align=True).area


def test_the_file_of_another_project_is_read_and_agrees(shared: Path, full: gpd.GeoDataFrame) -> None:
    path = shared / "data" / "adm1_reference.geojson"
    if not path.is_file():
        pytest.skip("adm1_reference.geojson is not in the shared folder")
    ratios = overlap_ratios(full, read_boundaries(path))
    assert len(ratios) == 34
    assert ratios.mean() >= 0.93, ratios.nsmallest(3).to_dict()
    assert ratios.min() >= 0.87, ratios.nsmallest(3).to_dict()


# Joined


def test_provinces_without_a_row_stay_missing_not_zero(full: gpd.GeoDataFrame) -> None:
    counts = pd.DataFrame({"province_id": ["AF-NAN", "AF-KNR"], "claims": [3, 0]})
    joined = join_provinces(counts, full)
    assert isinstance(joined, gpd.GeoDataFrame)
    assert joined.crs == full.crs
    assert list(joined["province_id"]) == list(full["province_id"])
    claims = joined.set_index("province_id")["claims"]
    assert (claims["AF-NAN"], claims["AF-KNR"]) == (3, 0)
    assert set(claims[claims.isna()].index) == set(PROVINCE_IDS) - {"AF-NAN", "AF-KNR"}


def test_no_counts_at_all_leave_34_provinces(full: gpd.GeoDataFrame) -> None:
    counts = pd.DataFrame({"province_id": pd.Series([], dtype="str"), "claims": pd.Series([], dtype="int64")})
    joined = join_provinces(counts, full)
    assert len(joined) == 34
    assert joined["claims"].isna().all()


def test_joining_changes_neither_table(full: gpd.GeoDataFrame) -> None:
    counts = pd.DataFrame({"province_id": ["AF-ZAB", "AF-BAL"], "claims": [1, 2]})
    counts_before, full_before = counts.copy(deep=True), full.copy(deep=True)
    joined = join_provinces(counts, full)
    joined["claims"] = -1
    pd.testing.assert_frame_equal(counts, counts_before)
    pd.testing.assert_frame_equal(pd.DataFrame(full), pd.DataFrame(full_before))


def test_a_province_counted_twice_is_refused(full: gpd.GeoDataFrame) -> None:
    counts = pd.DataFrame({"province_id": ["AF-NAN", "AF-KAB", "AF-NAN"], "claims": [1, 2, 3]})
    with pytest.raises(BoundaryError, match=re.escape("more than one row for AF-NAN. Choose one facet")):
        join_provinces(counts, full)


def test_counts_without_provinces_are_refused(full: gpd.GeoDataFrame) -> None:
    with pytest.raises(BoundaryError, match=r"no column province_id\. Count by province first"):
        join_provinces(pd.DataFrame({"claims": [1]}), full)


# Credited


def test_the_note_says_whose_boundaries_are_shown() -> None:
    assert boundary_note() == BOUNDARY_NOTE
    assert "Natural Earth" in BOUNDARY_NOTE
    assert "do not imply endorsement" in BOUNDARY_NOTE


@pytest.mark.parametrize("kind", [str, Path])
def test_the_note_names_a_users_file_without_its_folder(kind: Callable[[str], Path | str]) -> None:
    note = boundary_note(kind("some/folder/mine.gpkg"))
    assert "mine.gpkg" in note
    assert "folder" not in note
    assert "Natural Earth" not in note
    assert "do not imply endorsement" in note


# Files as they are met


def test_the_layer_of_provinces_is_taken_from_a_file_of_several(
    full: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "mine.gpkg"
    full[["geometry"]].dissolve().to_file(path, layer="adm0")
    full[["province_id", "geometry"]].to_file(path, layer="adm1")
    same_provinces(read_boundaries(path), full, "administrative files begin with the country")


def test_geoparquet_is_read(full: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "mine.parquet"
    full[["province_id", "geometry"]].to_parquet(path)
    same_provinces(read_boundaries(path), full, "a format of geopandas that is not one of its drivers")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"AF-PAR": "Parwān", "AF-GHA": "Ghaznī"}, "diacritics"),
        ({"AF-KAB": "کابل", "AF-KAN": "ولایت کندهار"}, "Dari and Pashto, with the word for province"),
    ],
)
def test_names_are_known_in_more_than_plain_english(
    full: gpd.GeoDataFrame, tmp_path: Path, changes: dict[str, str], why: str
) -> None:
    path = write(keyed(full, "name", english() | changes), tmp_path)
    same_provinces(read_boundaries(path), full, why)


def test_a_column_that_tells_all_apart_beats_one_that_repeats_a_name(
    full: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    frame = keyed(full, "name", english() | {"AF-PAN": "Parwan", "AF-DAY": "Uruzgan"})
    frame = frame.assign(zz=list(full["province_id"])[::-1])
    same_provinces(read_boundaries(write(frame, tmp_path)), full, "Natural Earth's old names")


def test_fips_codes_are_not_taken_for_p_codes(bare: gpd.GeoDataFrame, tmp_path: Path) -> None:
    fips = {
        row["province_id"]: row["gn_a1_code"].replace(".", "")
        for row in read_table("boundaries", "gn_a1_to_iso.csv")
    }
    assert "no column identifies the provinces" in refusal(write(keyed(bare, "fips", fips), tmp_path))


def test_many_capitals_outside_are_told_in_one_line(bare: gpd.GeoDataFrame, tmp_path: Path) -> None:
    turned = [shapely.transform(shape, lambda points: points[:, ::-1]) for shape in bare.geometry]
    message = refusal(write(bare.set_geometry(gpd.GeoSeries(turned, crs=bare.crs)), tmp_path))
    assert "34 of 34 capitals lie outside" in message
    assert "order of longitude and latitude" in message
