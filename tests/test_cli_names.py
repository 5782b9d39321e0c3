"""What the gazetteer tells of itself: names in a text, counts, exports."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from geo import gazetteer_export, store
from geo.boundaries import read_boundaries
from geo.cli import main
from geo.gazetteer import load_gazetteer, read_rows
from geo.gazetteer_export import GEONAMES_COLUMNS, NAME_COLUMNS, make_names, make_points, write_gazetteer
from geo.gazetteer_stats import count_gazetteer
from geo.match import explain_hits, find_mentions
from geo.model import Document
from geo.schema import PROVINCE_IDS

ROOT = Path(__file__).parent.parent
GAZETTEER = load_gazetteer()
PLACE = dict.fromkeys(("place_id", "kind", "name", "provinces", "lon", "lat", "source", "why"), "")
NAME = dict.fromkeys(("name", "place_id", "strength", "language", "script", "source", "why"), "")

REASONS = [
    ("Raids in Ghazni", "Ghazni", "AF-GHA", "strong", "a strong name"),
    ("Clashes in Khost", "Khost", "", "nothing else shows", "a weak name and no word of Afghanistan"),
    ("Clashes in Khost, Afghanistan", "Khost", "AF-KHO", "in a text about Afghanistan", "a weak name"),
    ("The Kabul River rose", "Kabul", "", "names another thing, beside 'river'", "a river"),
    ("Raids in kabul by Mr A", "kabul", "", "in small letters", "no capital"),
    ("Afghan minister Mr Wardak spoke", "Wardak", "", "a person, by 'mr' beside it", "a title"),
    ("Afghans in Khost, Pakistan", "Khost", "", "another country, by 'pakistan'", "a country behind it"),
    ("Afghans and Farah", "Farah", "", "no word beside it shows", "a doubtful name, unsigned"),
    ("Arghandab, Zabul, Afghanistan", "Arghandab", "AFP:arghandab-zabul", "Zabul is named beside", "shared"),
    ("Afghans near Arghandab", "Arghandab", "", "nothing beside it tells which", "shared, undecided"),
    ("Clashes in Arghandab", "Arghandab", "", "nothing else shows", "shared, and no Afghan text"),
    ("Loya Paktia rose", "Paktia", "", "part of the longer name 'Loya Paktia'", "inside another name"),
    ("Loya Paktia (Paktia, Khost)", "Loya Paktia", "", "its provinces follow", "a region spelled out"),
    ("Raids in Afghanistan", "Afghanistan", "", "the country as a whole", "the country"),
    ("Raids in eastern Afghanistan", "eastern", "DIRECTION:east", "as in", "a direction"),
    ("Ghazni lies in the eastern part", "eastern", "", "no phrase shows", "a direction alone"),
    ("Mr Herat left Afghanistan", "Herat", "", "strong, but a person, by 'mr'", "a strong name, a title"),
    ("Afghans on Kunar Road, Leicester", "Kunar", "", "another country, by 'leicester'", "a street abroad"),
    ("Kunduz in Iran, Afghanistan", "Kunduz", "", "another country, by 'iran'", "a strong name abroad"),
    ("The band Kabul Dreams sang", "Kabul", "", "names another thing, beside 'dreams'", "a band"),
    ("Kabul Zzz played", "Kabul", "", "alone in a text about elsewhere, beside 'Zzz'", "an orphan"),
    ("Jo Takhar went, Afghans. Takhar won", "Takhar", "", "a person, by 'Jo'", "a given name"),
    ("Raids in Tani, Khost", "Tani", "AFP:tani", "a place and its province side by side", "a pair"),
    ("From Herat to Farah", "Farah", "AF-FRA", "an end of a way", "two ends of one way"),
    ("Kabul and Helmnad province", "Helmnad", "AF-HEL", "one letter off 'Helmand', beside", "misspelled"),
    ("Raids in Farah, Afghans. Farah fell", "Farah", "AF-FRA", "doubtful, after 'in'", "doubtful, signed"),
    ("Afghans in the south.", "south", "DIRECTION:south", "as in 'in the south'", "a bare direction"),
    ("Afghans in Rome, in the south.", "south", "", "not clearly Afghanistan's", "another country's south"),
    ("The Panjshir Valley, Afghanistan", "Panjshir", "AF-PAN", "Panjshir Valley (strong)", "a head noun"),
    ("Pakistan's eastern provinces, Ghazni", "eastern", "", "of another country", "another's direction"),
]


@pytest.mark.parametrize(("text", "surface", "chosen", "reason", "why"), REASONS)
def test_every_spelling_has_its_verdict_and_rule(
    text: str, surface: str, chosen: str, reason: str, why: str
) -> None:
    found = next(each for each in explain_hits(Document("d", text), GAZETTEER) if each.surface == surface)
    assert (found.mention.place_id if found.mention else "") == chosen, why
    assert reason in found.reason, why
    assert found.names and text[found.start : found.end] == surface


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.stem)
def test_verdicts_hold_the_mentions_and_a_reason_for_all_else(path: Path) -> None:
    document = Document("d", path.read_text(encoding="utf-8-sig"))
    found = explain_hits(document, GAZETTEER)
    assert tuple(each.mention for each in found if each.mention) == find_mentions(document, GAZETTEER)
    assert all(each.reason for each in found)
    assert [(each.start, each.end) for each in found] == sorted({(each.start, each.end) for each in found})


def test_lookup_in_a_text_tells_each_name(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Fighting in Arghandab, Zabul, Afghanistan. Mr Wardak spoke."
    assert main(["lookup", "Arghandab", "Wardak", "Herat", "--text", text]) == 0
    shown = capsys.readouterr().out
    assert "taken for Arghandab (Zabul) (place AFP:arghandab-zabul, in AF-ZAB)" in shown
    assert "  chosen: Arghandab (Zabul)" in shown
    assert "  candidate: Arghandab (Kandahar)" in shown and "weak, manual: Arghandab: needs" in shown
    assert "Wardak: 'Wardak' at 46 to 52: refused\n  why: doubtful, and a person, by 'mr'" in shown
    assert "Herat: not in the text" in shown


@pytest.mark.parametrize("text", ["", "Raids in Nangarhxr"])
def test_lookup_in_a_text_of_an_unknown_name(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "Nangarhxr", "Ghazni", "--text", text]) == 1
    shown = capsys.readouterr().out
    assert "Nangarhxr: not in the gazetteer" in shown
    assert "Ghazni: not in the text" in shown


def test_lookup_shows_a_hostile_text_safely(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "Ghazni", "--text", "[bold]Ghazni[/bold] \x1b[31m\u202e Ghazni"]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown and "\u202e" not in shown
    assert shown.count("'Ghazni' at ") == 2


@pytest.mark.parametrize("command", [["lookup", "Ghazni", "--text", "Ghazni"], ["gazetteer", "stats"]])
def test_what_only_reads_the_gazetteer_loads_no_heavy_library(command: list[str]) -> None:
    code = (
        f"import sys, geo.cli; geo.cli.main({command!r}); "
        "print([name for name in ('pandas', 'geopandas', 'matplotlib', 'folium') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


def test_counts_add_up() -> None:
    counts = count_gazetteer()
    places, names = read_rows()
    assert counts["places"]["total"] == len(places) == sum(counts["places"]["by_kind"].values())
    for key in ("language", "script", "strength", "source"):
        assert sum(counts["names"][f"by_{key}"].values()) == len(names), key
    provinces = counts["provinces"]
    assert provinces["covered"] == len(PROVINCE_IDS)
    assert sum(provinces["places_inside"].values()) == counts["places"]["by_kind"]["place"]
    shared = [rows for rows in GAZETTEER.spellings.values() if len(rows) > 1]
    assert counts["shared_names"]["total"] == len(shared) >= counts["shared_names"]["in_several_provinces"]


def test_stats_as_text_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "stats", "--format", "json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts == count_gazetteer()
    assert main(["gazetteer", "stats"]) == 0
    shown = capsys.readouterr().out
    assert f"{counts['names']['total']:,} names" in shown
    assert "34 of 34 provinces covered" in shown


def test_export_as_csv_has_every_name(tmp_path: Path) -> None:
    out = tmp_path / "names.csv"
    assert main(["gazetteer", "export", "-o", str(out)]) == 0
    with out.open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    places, names = read_rows()
    assert tuple(rows[0]) == NAME_COLUMNS
    assert sorted((row["place_id"], row["name"]) for row in rows) == sorted(
        (name["place_id"], name["name"]) for name in names
    )
    provinces = {place["place_id"]: place["provinces"] for place in places}
    assert all(row["provinces"] == provinces[row["place_id"]] for row in rows)


def test_csv_formulas_are_neutralised(tmp_path: Path) -> None:
    place = PLACE | {"place_id": "AFP:x", "kind": "place", "name": "x", "provinces": "AF-GHA"}
    names = make_names([place], [NAME | {"name": '=HYPERLINK("x")', "place_id": "AFP:x"}])
    store.write_csv(names, tmp_path / "a.csv")
    assert "\"'=HYPERLINK(" in (tmp_path / "a.csv").read_text(encoding="utf-8")


def test_export_as_geojson_says_how_exact_each_point_is(tmp_path: Path) -> None:
    out = tmp_path / "places.geojson"
    assert main(["gazetteer", "export", "-o", str(out), "--format", "geojson"]) == 0
    features = {row["id"]: row for row in json.loads(out.read_text(encoding="utf-8"))["features"]}
    places = {row["place_id"]: row for row in read_rows()[0]}
    assert features.keys() == places.keys()
    for place_id, feature in features.items():
        kind, precision = places[place_id]["kind"], feature["properties"]["precision"]
        if kind not in ("province", "place"):
            assert (feature["geometry"], precision) == (None, ""), place_id
        elif places[place_id]["lon"]:
            assert precision == "place", place_id
            expected = [float(places[place_id]["lon"]), float(places[place_id]["lat"])]
            assert feature["geometry"]["coordinates"] == pytest.approx(expected, abs=1e-6)
        else:
            assert feature["geometry"]["type"] == "Point", place_id
            assert precision == "province" or kind == "place", place_id
    assert "غزنی" in features["AF-GHA"]["properties"]["names"]


def test_points_of_provinces_lie_inside_them() -> None:
    points = make_points(*read_rows()).set_index("place_id").geometry
    shapes = read_boundaries().set_index("province_id").geometry
    assert [code for code in PROVINCE_IDS if not shapes[code].contains(points[code])] == []


def test_a_capital_without_a_coordinate_of_its_own_takes_the_known_one() -> None:
    row = PLACE | {"place_id": "AFP:m", "kind": "place", "name": "Mazar-e Sharif", "provinces": "AF-BAL"}
    elsewhere = row | {"place_id": "AFP:n", "provinces": "AF-GHA"}
    points = make_points([row, elsewhere], [])
    assert list(points["precision"]) == ["place", "province"]
    assert points.geometry[0].y == pytest.approx(36.70904)


def test_export_in_the_columns_of_geonames(tmp_path: Path) -> None:
    out = tmp_path / "places.tsv"
    assert main(["gazetteer", "export", "-o", str(out)]) == 0
    lines = out.read_text(encoding="utf-8").split("\n")[:-1]
    rows = [dict(zip(GEONAMES_COLUMNS, line.split("\t"), strict=True)) for line in lines]
    found = {row["geonameid"]: row for row in rows}
    assert len(rows) == len(found) == len(read_rows()[0])
    assert {row["country code"] for row in rows} == {"AF"}
    town = found["1120711"]
    assert (town["name"], town["asciiname"], town["admin1 code"]) == ("Zindah Jān", "Zindah Jan", "AF-HER")
    assert (town["latitude"], town["longitude"]) == ("34.34264", "61.74675")
    assert found["AF-GHA"]["feature code"] == "ADM1" and "غزنی" in found["AF-GHA"]["alternatenames"]
    assert found["REGION:loya-paktia"]["admin1 code"] == found["REGION:loya-paktia"]["latitude"] == ""
    vague = make_points(*read_rows()).query("kind == 'place' and precision == 'province'")["place_id"]
    assert [found[place_id.removeprefix("GN:")]["latitude"] for place_id in vague] == [""] * len(vague)


WRONG = [
    (["export"], "-o", "no file"),
    ([], "ACTION", "no action"),
    (["export", "-o", "a.xlsx"], "Expected .csv, .geojson, .json, .tsv, .txt", "an unknown kind of file"),
    (
        ["export", "-o", "a.csv", "--format", "geonames"],
        "Expected .tsv, .txt",
        "the ending of another format",
    ),
    (["export", "-o", "no/a.csv"], "a folder that exists", "a folder that is not there"),
    (["export", "-o", str(ROOT / "data/gazetteer/places.csv")], "read from", "the gazetteer itself"),
]


@pytest.mark.parametrize(("command", "message", "why"), WRONG)
def test_a_wrong_command_is_status_2(
    command: list[str], message: str, why: str,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    before = (ROOT / "data/gazetteer/places.csv").read_bytes()
    assert main(["gazetteer", *command]) == 2, why
    assert message in capsys.readouterr().err, why
    assert list(tmp_path.iterdir()) == []
    assert (ROOT / "data/gazetteer/places.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["a.csv", "a.geojson", "a.tsv"])
def test_an_export_that_breaks_leaves_the_old_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / name).write_text("mine")
    monkeypatch.setattr("os.fsync", full)
    assert main(["gazetteer", "export", "-o", str(tmp_path / name)]) == 1
    assert "No space left" in capsys.readouterr().err
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_an_unknown_format_is_refused_by_the_library(tmp_path: Path) -> None:
    with pytest.raises(gazetteer_export.UsageError, match="format 'kml' is not known"):
        write_gazetteer(tmp_path / "a.kml", kind="kml")
