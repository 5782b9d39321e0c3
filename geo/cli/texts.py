"""The commands that read texts: ``geo map`` and ``geo extract``."""

from __future__ import annotations

import argparse
from typing import Any

from geo.cli.options import add_boundaries, add_command, add_out, add_paths, add_workers

__all__ = ["add_extract", "add_map"]


def add_map(commands: Any) -> None:
    """Add ``geo map``."""
    one = add_command(
        commands, "map", _map,
        text="Read texts and write maps, tables and figures. All goes into one folder: open its atlas.html.",
        example="geo map seeds -o maps",
    )  # fmt: skip
    add_paths(one)
    add_out(one)
    add_boundaries(one)
    add_workers(one)
    one.add_argument("--no-figures", action="store_true", help="leave out figures/, which takes longest")
    one.add_argument("--title", default="", help="heading of the atlas")


def add_extract(commands: Any) -> None:
    """Add ``geo extract``."""
    one = add_command(
        commands, "extract", _extract,
        text="Read texts and write only the tables. They are mentions, claims and documents.",
        example="geo extract articles.jsonl -o tables --format parquet",
    )  # fmt: skip
    add_paths(one)
    add_out(one)
    one.add_argument("--format", choices=("csv", "parquet"), default="csv", help="kind of table (csv)")
    one.add_argument(
        "--engine", choices=("local",), default="local",
        help="where to work: local is this machine, and the only one there is",
    )  # fmt: skip
    add_workers(one)


def _map(args: argparse.Namespace) -> int:
    from geo.pipeline import DEFAULT_TITLE, PipelineOptions, run_map
    from geo.summary import print_map_summary, show_progress

    options = PipelineOptions(
        boundaries=args.boundaries,
        id_column=args.id_column,
        workers=args.workers,
        figures=not args.no_figures,
        title=args.title or DEFAULT_TITLE,
    )
    with show_progress() as progress:
        report = run_map(args.paths, args.out, options=options, progress=progress)
    print_map_summary(report)
    return 1 if report.needs_attention else 0


def _extract(args: argparse.Namespace) -> int:
    from geo.pipeline import PipelineOptions, run_extract
    from geo.summary import print_map_summary, show_progress

    options = PipelineOptions(workers=args.workers)
    with show_progress() as progress:
        report = run_extract(
            args.paths, args.out, options=options, table_format=args.format, progress=progress
        )
    print_map_summary(report)
    return 1 if report.needs_attention else 0
