"""The command that writes a report to hand on: ``geo report``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from geo import __version__
from geo.cli.options import (
    add_boundaries,
    add_claims,
    add_command,
    add_filters,
    add_out,
    filter_fields,
    say_written,
)
from geo.output import check_file, generated_now, hash_file, read_record

if TYPE_CHECKING:
    from geo.report import ReportOptions
    from geo.saved import SavedRun

__all__ = ["add_report"]

_ENDINGS = (".docx", ".html", ".htm")
_MOST_CLAIMS = 200


def add_report(commands: Any) -> None:
    """Add ``geo report``."""
    one = add_command(
        commands, "report", _report,
        text="Write a report from a table of claims, for Word or as a page. "
        "It has maps, quotes, documents, method and caveats; its claims are written beside it as CSV.",
        example="geo report maps/claims.csv -o report.docx --year 2019-2024",
    )  # fmt: skip
    add_claims(one)
    add_out(one, metavar="FILE", text="a .docx or .html")
    add_filters(one)
    one.add_argument("--title", default="", help="heading of the report")
    one.add_argument(
        "--max-claims", type=_number, default=_MOST_CLAIMS, metavar="N",
        help="most rows in its tables of claims (%(default)s); it says what is left out",
    )  # fmt: skip
    add_boundaries(one)


def _number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a whole number from 1")
    return number


def _report(args: argparse.Namespace) -> int:
    check_file(args.out, _ENDINGS, inputs=[args.claims])
    check_file(args.out.with_name(f"{args.out.name}.claims.csv"), (".csv",), inputs=[args.claims])
    from geo.boundaries import read_boundaries
    from geo.filters import check_publishers
    from geo.report import write_report
    from geo.saved import read_saved

    saved = read_saved(args.claims)
    check_publishers(args.publisher, saved.documents, saved.claims)
    shapes = read_boundaries(args.boundaries or None, id_column=args.id_column or None)
    written = write_report(
        saved.claims, saved.documents, shapes, options=_report_options(args, saved), path=args.out
    )
    say_written(written, complete=saved.complete)
    return 0


def _report_options(args: argparse.Namespace, saved: SavedRun) -> ReportOptions:
    from geo.boundaries import boundary_note
    from geo.report import DEFAULT_TITLE, ReportOptions, describe_run

    record = read_record(args.claims.parent)
    return ReportOptions(
        **filter_fields(args),
        title=args.title or DEFAULT_TITLE,
        max_claims=args.max_claims,
        generated=generated_now(),
        tool_version=__version__,
        corpus_sha256=saved.corpus_sha256,
        boundary_note=boundary_note(args.boundaries or None),
        complete=saved.complete,
        run=describe_run(record, table=args.claims.name, table_sha256=hash_file(args.claims)),
    )
