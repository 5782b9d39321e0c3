"""The commands that draw a table of claims: ``geo atlas`` and ``geo figure``."""

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
    say_written,
    split_list,
)
from geo.errors import UsageError
from geo.output import check_file, generated_now

if TYPE_CHECKING:
    from geo.render.figure import FigureOptions

__all__ = ["add_atlas", "add_figure"]


def add_atlas(commands: Any) -> None:
    """Add ``geo atlas``."""
    one = add_command(
        commands, "atlas", _atlas,
        text="Draw the interactive map from a table of claims. Review marks in the table count.",
        example="geo atlas maps/claims.csv -o atlas.html --title 'Reports of 2021'",
    )  # fmt: skip
    add_claims(one)
    add_out(one, metavar="FILE.html", text="page to write")
    one.add_argument("--title", default="", help="heading of the page")
    add_boundaries(one)


def add_figure(commands: Any) -> None:
    """Add ``geo figure``."""
    one = add_command(
        commands, "figure", _figure,
        text="Draw one map for a report from a table of claims. "
        "Its caption, alternative text and numbers are written beside it.",
        example="geo figure maps/claims.csv -o camps.png --type training_camp --year 2019-2021",
    )  # fmt: skip
    add_claims(one)
    add_out(one, metavar="FILE", text="a .png, .svg or .pdf")
    add_filters(one)
    one.add_argument(
        "--by", type=split_list, default=(), metavar="ROWS,COLUMNS",
        help="small maps by one or two facets: source, publisher, type, year, published, stance",
    )  # fmt: skip
    one.add_argument("--title", default="", help="headline instead of the generated one")
    one.add_argument("--dpi", type=int, default=300, help="dots per inch of a .png (300)")
    add_boundaries(one)


def _atlas(args: argparse.Namespace) -> int:
    check_file(args.out, (".html", ".htm"), inputs=[args.claims])
    from geo.boundaries import boundary_note, read_boundaries
    from geo.pipeline import DEFAULT_TITLE
    from geo.render.atlas import AtlasInfo, write_atlas
    from geo.saved import read_saved

    saved = read_saved(args.claims)
    shapes = read_boundaries(args.boundaries or None, id_column=args.id_column or None, detail="page")
    info = AtlasInfo(
        title=args.title or DEFAULT_TITLE,
        generated=generated_now(),
        tool_version=__version__,
        corpus_sha256=saved.corpus_sha256,
        boundary_note=boundary_note(args.boundaries or None),
    )
    write_atlas(saved.claims, saved.documents, boundaries=shapes, info=info, path=args.out)
    say_written([args.out], complete=saved.complete)
    return 0


def _figure(args: argparse.Namespace) -> int:
    check_file(args.out, (".png", ".svg", ".pdf"), inputs=[])
    numbers = args.out.with_suffix(".csv")
    if numbers.exists() and not args.out.exists():
        raise UsageError(
            f"{numbers}: is there already, and the figure's numbers would replace it. Choose another name."
        )
    from geo.boundaries import boundary_note, read_boundaries
    from geo.render.figure import write_figure_set
    from geo.saved import read_saved

    saved = read_saved(args.claims)
    shapes = read_boundaries(args.boundaries or None, id_column=args.id_column or None)
    options = _figure_options(args, saved.corpus_sha256, boundary_note(args.boundaries or None))
    written = write_figure_set(
        args.out.with_suffix(""),
        saved.claims,
        saved.documents,
        shapes,
        options=options,
        formats=(args.out.suffix[1:].lower(),),
    )
    say_written(written, complete=saved.complete)
    return 0


def _figure_options(args: argparse.Namespace, corpus: str, note: str) -> FigureOptions:
    from geo.render.figure import FigureOptions

    return FigureOptions(
        claim_type=args.type,
        attribution_kind=args.source,
        publisher=tuple(args.publisher),
        year_from=args.year[0],
        year_to=args.year[1],
        stance=args.stance,
        by=args.by,
        title=args.title,
        date=generated_now()[:10],
        tool_version=__version__,
        corpus_hash=corpus,
        boundary_note=note,
        dpi=args.dpi,
    )
