"""Draw the figures that docs/figures.md shows, from the seeds, into docs/img/figures/.

Usage: ``python scripts/make_figures_gallery.py [NAME ...]``

Each is made by the command that stands beside it in the page; names (``matrix``)
limit the run to some. The date on them is fixed, so they change only when the
claims, the drawing or matplotlib do. Exit status 1: a picture is too large.
"""

from __future__ import annotations

import argparse
import io
import os
import shlex
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from geo.cli import main as run_geo  # noqa: E402

__all__ = ["FIGURES", "FOLDER", "MOST_BYTES", "main"]

FOLDER = ROOT / "docs" / "img" / "figures"
MOST_BYTES = 150_000
MADE_AT = "1767225600"
"""The first second of 2026, as SOURCE_DATE_EPOCH."""
DPI = "85"

FIGURES = {
    "map": "",
    "camps": "--type training_camp --title 'Where training camps are claimed'",
    "grid": "--by source,year",
    "types": "--by type --size a5-landscape",
    "change": "--compare year:2019-2021 year:2022-2024 --timeline",
    "sources": "--compare source:un source:taliban,author --theme greyscale",
    "timeline": "--kind timeline --by source",
    "matrix": "--kind matrix",
    "regions": "--kind matrix --by source --sort region --provinces all --theme greyscale --size a4",
    "slide": "--timeline --theme screen --size slide",
    "dari": "--language fa --size a5",
    "pashto": "--compare year:2019-2021 year:2022-2024 --language ps",
}
"""Options of each figure, by its name; `docs/figures.md` has the same."""


def main(argv: list[str] | None = None) -> int:
    """Draw the figures named, or all of them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args(argv)
    unknown = set(options.names) - set(FIGURES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}. Known: {', '.join(FIGURES)}")
    os.environ["SOURCE_DATE_EPOCH"] = MADE_AT
    FOLDER.mkdir(parents=True, exist_ok=True)
    too_large = 0
    with tempfile.TemporaryDirectory() as folder:
        maps = Path(folder) / "maps"
        with redirect_stdout(io.StringIO()):
            status = run_geo(["map", str(ROOT / "seeds"), "-o", str(maps), "--no-figures"])
        if status != 0:
            raise SystemExit("seeds/ could not be mapped; the reason stands above")
        for name in options.names or FIGURES:
            drawn = Path(folder) / f"{name}.png"
            command = ["figure", str(maps / "claims.csv"), "-o", str(drawn), "--dpi", DPI]
            with redirect_stdout(io.StringIO()):
                if run_geo([*command, *shlex.split(FIGURES[name])]) != 0:
                    raise SystemExit(f"{name}: could not be drawn; the reason stands above")
            content = drawn.read_bytes()
            (FOLDER / f"{name}.png").write_bytes(content)
            large = len(content) > MOST_BYTES
            too_large += large
            print(f"docs/img/figures/{name}.png: {len(content):,} bytes{', too large' if large else ''}")
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main())
