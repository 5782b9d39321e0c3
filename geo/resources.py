"""Where the tables under ``data/`` are, in a checkout and in a wheel."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from geo.errors import GazetteerError

__all__ = ["data_path", "read_table"]


@cache
def _data_root() -> Path:
    packaged = Path(__file__).parent / "_data"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "data"


def data_path(*parts: str) -> Path:
    """Return the path of one data file, e.g. ``data_path("gazetteer", "names.csv")``.

    Raises
    ------
    GazetteerError
        If the file is not there, which means a broken installation.
    """
    path = _data_root().joinpath(*parts)
    if not path.exists():
        raise GazetteerError(
            f"{path}: data file missing. The installation is incomplete; install the package again."
        )
    return path


def read_table(*parts: str) -> list[dict[str, str]]:
    """Read a UTF-8 CSV table with a header as a list of rows, every value a string."""
    with data_path(*parts).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))
