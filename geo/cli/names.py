"""The commands that tell what the gazetteer holds: ``geo lookup`` and ``geo gazetteer``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.cli.options import add_command
from geo.errors import UsageError
from geo.normalise import fold_name
from geo.output import check_file

if TYPE_CHECKING:
    from geo.match.hits import HitReason

__all__ = ["add_gazetteer", "add_lookup"]

_ENDINGS = {"csv": (".csv",), "geojson": (".geojson", ".json"), "geonames": (".tsv", ".txt")}


def add_lookup(commands: Any) -> None:
    """Add ``geo lookup``."""
    parser = add_command(
        commands, "lookup", _lookup,
        text="Say what the gazetteer makes of a name, and why. With --text, what it is in that text.",
        example="geo lookup Nangrahar 'Loya Paktia' --text 'Clashes in Nangrahar'",
    )  # fmt: skip
    parser.add_argument("names", nargs="+", metavar="NAME", help="a place, in any spelling or script")
    parser.add_argument(
        "--text", metavar="TEXT",
        help="say what each name is in these words: its candidates, the one chosen or why none, and why",
    )  # fmt: skip


def add_gazetteer(commands: Any) -> None:
    """Add ``geo gazetteer`` with its actions, each with its options."""
    parser = add_command(
        commands, "gazetteer", _gazetteer,
        text="Count the places and names of the gazetteer, or write them to a file. "
        "They are what the texts are searched for.",
        example="geo gazetteer export -o places.geojson",
    )  # fmt: skip
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    text = "count the places and the names"
    stats = actions.add_parser("stats", help=text, description=text[0].upper() + text[1:] + ".")
    stats.add_argument("--format", choices=("text", "json"), default="text", help="to print (text)")
    text = "write all places with their names to a file"
    export = actions.add_parser("export", help=text, description=text[0].upper() + text[1:] + ".")
    export.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help="file to write")
    export.add_argument(
        "--format", choices=tuple(_ENDINGS),
        help="csv: one row a name; geojson: points; geonames: the 19 columns of GeoNames, with tabs, no "
        "header (by the ending of FILE: .csv, .geojson or .json, .tsv or .txt)",
    )  # fmt: skip
    for action in (stats, export):
        # Without a default here, --debug before the action is not undone by its absence behind it.
        action.add_argument(
            "--debug", action="store_true", default=argparse.SUPPRESS,
            help="show the traceback when something breaks",
        )  # fmt: skip


def _lookup(args: argparse.Namespace) -> int:
    """Print what each name is; 1 if the gazetteer has no such name."""
    from geo.gazetteer import explain_name
    from geo.summary import print_lookup

    if args.text is not None:
        return _lookup_in_text(args.names, args.text)
    results = [explain_name(name) for name in args.names]
    for result in results:
        print_lookup(result)
    return 0 if all(result.rows for result in results) else 1


def _lookup_in_text(names: list[str], text: str) -> int:
    from geo.gazetteer import explain_name, load_gazetteer
    from geo.match import explain_hits
    from geo.model import Document
    from geo.summary import print_context, print_lookup

    gazetteer = load_gazetteer()
    reasons = explain_hits(Document("text", text), gazetteer)
    unknown = False
    for query in names:
        form = fold_name(query)
        own = [found for found in reasons if _is_about(found, form)]
        if not own and form not in gazetteer.spellings and form not in gazetteer.directions:
            unknown = True
            print_lookup(explain_name(query, gazetteer))
            continue
        print_context(query, own, gazetteer)
    return 1 if unknown else 0


def _is_about(found: HitReason, form: str) -> bool:
    """Tell whether a span is spelled so, or is one of the names that are."""
    return fold_name(found.surface) == form or any(fold_name(name.name) == form for name in found.names)


def _gazetteer(args: argparse.Namespace) -> int:
    """Print counts of the gazetteer, or write it to a file."""
    return _print_stats(args.format) if args.action == "stats" else _export(args.out, args.format)


def _print_stats(kind: str) -> int:
    from geo.gazetteer_stats import count_gazetteer, format_counts
    from geo.summary import visible

    counts = count_gazetteer()
    print(
        json.dumps(counts, ensure_ascii=False, indent=2) if kind == "json" else visible(format_counts(counts))
    )
    return 0


def _export(out: Path, kind: str | None) -> int:
    from geo.resources import data_path

    endings = _ENDINGS[kind] if kind else tuple(ending for some in _ENDINGS.values() for ending in some)
    shipped = [path for folder in ("gazetteer", "boundaries") for path in data_path(folder).iterdir()]
    check_file(out, endings, inputs=[])
    if any(out.exists() and out.samefile(path) for path in shipped):
        raise UsageError(f"{out}: is a table that the gazetteer is read from. Name another file with -o.")
    kind = kind or next(name for name, some in _ENDINGS.items() if out.suffix.lower() in some)

    from geo.gazetteer_export import write_gazetteer

    written = write_gazetteer(out, kind=kind)
    print(f"wrote {out} ({written:,} {'names' if kind == 'csv' else 'places'})")
    return 0
