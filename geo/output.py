"""The output folder: checked before anything is read, filled only with whole files.

A run makes its files in ``OUT/.staging-<process id>`` and moves them into
place when all are there. Nothing outside OUT is ever written. ``run.json`` goes
last and lists the hash of every other file, so that a run that was killed in
the middle of the moves can be told from a complete one.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import Any

from geo import __version__
from geo.errors import UsageError
from geo.reading.paths import SOURCES_NAME, InputFile, find_files

__all__ = [
    "RUN_RECORD",
    "check_figure",
    "check_file",
    "describe_tool",
    "generated_now",
    "hash_file",
    "hash_folder",
    "hash_inputs",
    "open_out",
    "publish",
    "read_record",
    "staging",
]

RUN_RECORD = "run.json"
"""Name of the file that says how the others were made."""

_STAGING = ".staging-"
_PACKAGES = (
    "ahocorasick_rs",
    "branca",
    "datasketch",
    "folium",
    "geopandas",
    "lxml",
    "matplotlib",
    "numpy",
    "pandas",
    "pyarrow",
    "pyogrio",
    "pypdf",
    "python-docx",
    "shapely",
)


def open_out(out: Path | str, *, inputs: Sequence[Path] = (), names: Sequence[str] = ()) -> Path:
    """Check an output folder, make it if it is not there, and return its real path.

    A link to a folder is followed, because the user named it; from then on
    nothing leaves the folder it leads to.

    Parameters
    ----------
    out
        The folder as the user named it.
    inputs
        What will be read; none of it may be overwritten or read back as a text.
    names
        Names directly below ``out`` that the run will write.

    Raises
    ------
    UsageError
        If ``out`` is a file or a link to nothing, lies inside an input folder, holds an
        input file under a name of an output, or cannot be made or written.
    """
    path = Path(out)
    if path.is_symlink() and not path.exists():
        raise UsageError(f"{path}: a link that leads nowhere. Remove it or name another output folder.")
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path}: a file, expected a folder for the output. Name another one with -o.")
    folder = path.resolve()
    for given in inputs:
        real = given.resolve()
        if given.is_dir() and (folder == real or real in folder.parents):
            raise UsageError(
                f"{path}: lies in the input folder {given}, so the next run would read its own output. "
                "Name an output folder outside of it."
            )
        if real.parent == folder and real.name in names:
            raise UsageError(f"{given}: is an input and would be overwritten. Name another output folder.")
    _check_entries(folder, path, names)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: cannot be made ({error.strerror}). Name another output folder.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"{path}: cannot be written to. Name another output folder, or change its rights.")
    return folder


def check_file(out: Path, endings: Sequence[str], *, inputs: Sequence[Path]) -> None:
    """Refuse an output file that cannot be written, or that is one of the inputs.

    Raises
    ------
    UsageError
        If its name has none of the ``endings``, its folder is not there, or it is an input.
    """
    if out.suffix.lower() not in endings:
        raise UsageError(f"{out}: cannot write that kind of file. Expected {', '.join(endings)}.")
    if out.is_dir():
        raise UsageError(f"{out}: is a folder. Expected a file; name another one.")
    if not out.parent.is_dir():
        raise UsageError(f"{out}: {out.parent} is not there. Expected a folder that exists; make it first.")
    if any(out.exists() and path.exists() and out.samefile(path) for path in inputs):
        raise UsageError(f"{out}: is the input. Name another file with -o.")


def check_figure(out: Path, endings: Sequence[str]) -> None:
    """Refuse a figure that cannot be written, or whose numbers would replace another table.

    Raises
    ------
    UsageError
        As `check_file`; or there is a ``.csv`` of the figure's name and no figure of that name.
    """
    check_file(out, endings, inputs=[])
    numbers = out.with_suffix(".csv")
    if numbers.exists() and not any(out.with_suffix(ending).exists() for ending in endings):
        raise UsageError(
            f"{numbers}: is there already, and the figure's numbers would replace it. Choose another name."
        )


def _check_entries(folder: Path, shown: Path, names: Sequence[str]) -> None:
    """Refuse to replace a folder by a file, or to follow a link out of the folder."""
    for name in names:
        entry = folder / name
        if PurePosixPath(name).suffix:
            if entry.is_dir() and not entry.is_symlink():
                raise UsageError(f"{shown / name}: a folder, but a file goes there. Move it away.")
        elif entry.is_symlink() or (entry.exists() and not entry.is_dir()):
            raise UsageError(f"{shown / name}: a file or a link, expected a folder. Move it away.")


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give a fresh folder inside ``folder`` to write to; it is gone afterwards, whatever happens."""
    for old in folder.glob(f"{_STAGING}*"):
        if not _is_alive(old.name.removeprefix(_STAGING)):
            shutil.rmtree(old, ignore_errors=True)
    place = folder / f"{_STAGING}{os.getpid()}"
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _is_alive(process: str) -> bool:
    if not process.isdecimal() or int(process) == os.getpid():
        return False
    if os.name != "posix":
        return True
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def publish(staged: Path, folder: Path) -> tuple[str, ...]:
    """Move every staged file to its place below ``folder``, `RUN_RECORD` last.

    Figures of an earlier run that this one did not make are removed, if that
    run's record lists them; all else in the folder stays.

    Returns
    -------
    tuple of str
        Paths relative to ``folder``, with ``/``, sorted.
    """
    names = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    stale = _listed_figures(folder) - set(names)
    for name in sorted(names, key=lambda name: name == RUN_RECORD):
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        (staged / name).replace(target)
    for name in stale:
        (folder / name).unlink(missing_ok=True)
    figures = folder / "figures"
    if stale and figures.is_dir() and not any(figures.iterdir()):
        figures.rmdir()
    return tuple(names)


def _listed_figures(folder: Path) -> set[str]:
    listed = read_record(folder).get("outputs", {})
    paths = [PurePosixPath(name) for name in listed] if isinstance(listed, Mapping) else []
    return {str(path) for path in paths if len(path.parts) == 2 and path.parts[0] == "figures"} - {
        "figures/.."
    }


def read_record(folder: Path) -> dict[str, Any]:
    """Return what ``run.json`` in a folder says, nothing if it is not there or not readable."""
    try:
        record = json.loads((folder / RUN_RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def hash_file(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def hash_folder(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path relative to it, with ``/``."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hash_file(path) for path in files}


def hash_inputs(paths: Sequence[Path]) -> dict[str, str]:
    """SHA-256 of every input file and every ``sources.csv``; empty where one cannot be read."""
    entries = [entry for entry in find_files(paths)[0] if isinstance(entry, InputFile)]
    hashes = {entry.shown: _hash_or_nothing(entry.path) for entry in entries}
    for entry in entries:
        beside = entry.path.with_name(SOURCES_NAME)
        if beside.is_file():
            hashes.setdefault(str(Path(entry.shown).with_name(SOURCES_NAME)), _hash_or_nothing(beside))
    return hashes


def _hash_or_nothing(path: Path) -> str:
    try:
        return hash_file(path)
    except OSError:
        return ""


def generated_now() -> str:
    """Return the time in UTC, ISO 8601 to the second; ``SOURCE_DATE_EPOCH`` sets another, for equal bytes."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = time.gmtime(int(given) if given.isdecimal() else None)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)


def describe_tool() -> dict[str, Any]:
    """Return name and version of this tool, of Python and of the packages that shape the output."""
    return {
        "tool": {"name": "province-mention-mapper", "version": __version__},
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
