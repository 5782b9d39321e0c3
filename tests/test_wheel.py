"""The built wheel works by itself: in an empty folder, with none of the checkout in reach."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import geo

ROOT = Path(__file__).resolve().parent.parent
TEXT = "A UN report dated January 2023 said that al-Qaeda runs training camps in Ghazni and Nangarhar.\n"


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without the variables that could lead it back to the checkout."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of a fresh environment with the wheel in it.

    It finds the dependencies in this environment. The file that makes this
    environment see the checkout has no effect there: such files are read in
    an environment's own folder only.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    (site_packages,) = home.glob("lib/python3*/site-packages")
    (site_packages / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    pip = run(
        sys.executable, "-m", "pip", "--python", home / "bin" / "python",
        "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=home,
    )  # fmt: skip
    assert pip.returncode == 0, pip.stderr
    return home / "bin"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def test_wheel_holds_the_program_its_data_and_its_licences_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"geo", "province_mention_mapper"}

    data = {
        path.relative_to(ROOT / "data").as_posix() for path in (ROOT / "data").rglob("*") if path.is_file()
    }
    assert {name.removeprefix("geo/_data/") for name in names if name.startswith("geo/_data/")} == data

    for folder in ("geo/render/assets/", "geo/report/assets/"):
        assets = {path.name for path in (ROOT / folder).iterdir() if path.is_file()}
        assert assets
        assert {name.rsplit("/", 1)[1] for name in names if name.startswith(folder)} == assets
    assert {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_program_runs_from_the_wheel_and_not_from_the_checkout(installed: Path, empty: Path) -> None:
    where = run(installed / "python", "-c", "import geo; print(geo.__file__)", cwd=empty)
    assert Path(where.stdout.strip()).is_relative_to(installed.parent), where.stdout + where.stderr

    version = run(installed / "geo", "--version", cwd=empty)
    assert version.returncode == 0, version.stderr
    assert geo.__version__ in version.stdout


def test_lookup_finds_the_packaged_gazetteer(installed: Path, empty: Path) -> None:
    lookup = run(installed / "geo", "lookup", "Nangrahar", cwd=empty)
    assert lookup.returncode == 0, lookup.stderr
    assert "AF-NAN" in lookup.stdout


def test_map_of_one_small_text(installed: Path, empty: Path) -> None:
    (empty / "note.txt").write_text(TEXT, encoding="utf-8")
    mapped = run(installed / "geo", "map", "note.txt", "-o", "maps", cwd=empty)
    assert mapped.returncode == 0, mapped.stdout + mapped.stderr
    expected = {
        "atlas.html",
        "claims.csv",
        "claims.geojson",
        "claims.gpkg",
        "figures",
        "mentions.csv",
        "run.json",
    }
    assert {path.name for path in (empty / "maps").iterdir()} >= expected
    claims = (empty / "maps" / "claims.csv").read_text(encoding="utf-8")
    assert "AF-GHA" in claims
    assert "AF-NAN" in claims
    assert {path.name for path in empty.iterdir()} == {"note.txt", "maps"}
