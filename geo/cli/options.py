"""What several commands share: how a command is added, and the options that mean the same everywhere."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

__all__ = [
    "add_boundaries",
    "add_claims",
    "add_command",
    "add_filters",
    "add_out",
    "add_paths",
    "add_workers",
    "filter_fields",
    "parse_years",
    "say_written",
    "split_list",
]

_INPUTS = "files and folders: .txt .md .html .pdf .docx, and tables .jsonl .csv .parquet with a column 'text'"
_MOST_WORKERS = 8


def add_command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], *, text: str, example: str
) -> Any:
    """Add a command and return its parser.

    Parameters
    ----------
    commands
        What ``ArgumentParser.add_subparsers`` returned.
    name, run
        The command's word, and the function that does it and returns the exit status.
    text
        One sentence that becomes the short help, and more if needed for the long one.
    example
        A command line that works.
    """
    parser = commands.add_parser(
        name,
        help=text[0].lower() + text[1:].split(". ")[0].rstrip("."),
        description=text,
        epilog=f"example: {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    parser.add_argument("--debug", action="store_true", help="show the traceback when something breaks")
    return parser


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add the texts to read."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_INPUTS)


def add_claims(parser: argparse.ArgumentParser) -> None:
    """Add the table of claims to read."""
    parser.add_argument("claims", type=Path, metavar="CLAIMS", help="claims.csv, .parquet, .gpkg or .geojson")


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add which claims are shown: type, source, stance, publisher and years."""
    lists = {
        "type": "claim types, with commas: presence,training_camp",
        "source": "whom the texts credit: un, government, taliban, militant, analyst, media, ...",
        "stance": "affirmed, denied, uncertain",
    }
    for name, text in lists.items():
        parser.add_argument(f"--{name}", type=split_list, default=(), metavar="LIST", help=text)
    parser.add_argument(
        "--publisher", action="append", default=[], metavar="NAME", help="who printed it; may be repeated"
    )
    parser.add_argument(
        "--year", type=parse_years, default=(None, None), metavar="YEAR", help="2021, 2019-2021, 2019-"
    )
    parser.add_argument(
        "--published", type=parse_years, default=(None, None), metavar="YEAR",
        help="year it was printed, written as --year",
    )  # fmt: skip


def filter_fields(args: argparse.Namespace) -> dict[str, Any]:
    """Return what `add_filters` read, by the names of the options of figures and reports."""
    return {
        "claim_type": args.type,
        "attribution_kind": args.source,
        "publisher": tuple(args.publisher),
        "year_from": args.year[0],
        "year_to": args.year[1],
        "published_from": args.published[0],
        "published_to": args.published[1],
        "stance": args.stance,
    }


def add_out(
    parser: argparse.ArgumentParser, *, metavar: str = "OUT", text: str = "folder to write to"
) -> None:
    """Add where to write."""
    parser.add_argument("-o", "--out", type=Path, required=True, metavar=metavar, help=text)


def add_boundaries(parser: argparse.ArgumentParser) -> None:
    """Add the boundaries to draw."""
    parser.add_argument(
        "--boundaries", metavar="FILE", default="",
        help="a vector file with the 34 provinces to draw instead of the one that comes along",
    )  # fmt: skip
    parser.add_argument(
        "--id-column", metavar="COL", default="",
        help="its column of province codes, if that is not recognised by itself",
    )  # fmt: skip


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Add the number of processes."""
    parser.add_argument(
        "--workers", metavar="N", type=int, default=min(os.cpu_count() or 1, _MOST_WORKERS),
        help="processes to use (here: %(default)s); the result does not depend on it",
    )  # fmt: skip


def split_list(text: str) -> tuple[str, ...]:
    """Read a list with commas; empty parts are left out, and an empty list is no choice."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r}: expected one value or several, with commas")
    return found


def parse_years(text: str) -> tuple[int | None, int | None]:
    """Read ``2021``, ``2019-2021``, ``2019-`` or ``-2021`` as first and last year; ``None`` is open."""
    first, dash, last = text.partition("-")
    try:
        low = int(first) if first else None
        high = (int(last) if last else None) if dash else low
    except ValueError:
        low = high = None
    if low is None and high is None:
        raise argparse.ArgumentTypeError(f"{text!r}: expected 2021, 2019-2021, 2019- or -2021")
    return low, high


def say_written(paths: Sequence[Path], *, complete: bool) -> None:
    """Print what was written, and whether documents without a claim are missing from it."""
    for path in paths:
        print(f"wrote {path}")
    if not complete:
        print(
            "note: the documents were put together from the claims, for no claims.gpkg or documents.csv of "
            "the run is beside them; documents without a claim are not counted."
        )
