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
    filter_fields,
    say_written,
    split_list,
)
from geo.output import check_figure, check_file, generated_now

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
        text="Draw a figure for a report from a table of claims. A map, small maps, two choices compared, "
        "bars by year or a table of dots; its caption, alternative text and numbers are written beside it.",
        example="geo figure maps/claims.csv -o camps.png --type training_camp --year 2019-2021\n"
        "         geo figure maps/claims.csv -o change.pdf --compare year:2019-2021 year:2022-2024 --size a4",
    )  # fmt: skip
    add_claims(one)
    add_out(one, metavar="FILE", text="a .png, .svg or .pdf")
    add_filters(one.add_argument_group("what is counted"))
    _add_kind(one.add_argument_group("what is drawn"))
    _add_look(one.add_argument_group("how it looks"))


def _add_kind(group: Any) -> None:
    """Options that choose the kind of figure and what it shows."""
    group.add_argument(
        "--kind", default="", metavar="KIND",
        help="map, grid (small maps), difference, timeline or matrix (dots by province and type); "
        "without it, --compare makes a difference, --by a grid, and neither a map",
    )  # fmt: skip
    group.add_argument(
        "--by", type=split_list, default=(), metavar="ROWS,COLUMNS",
        help="facets: source, publisher, type, year, published, stance, basis, group; "
        "a grid has one or two, the rows of a timeline and the columns of a matrix are one",
    )  # fmt: skip
    group.add_argument(
        "--compare", nargs=2, default=(), metavar=("A", "B"),
        help="two choices, each FACET:VALUES of year, published, source, publisher, type or group: "
        "year:2019-2021, source:un,taliban, 'publisher:One|Two', 'type:presence;year:2021'",
    )  # fmt: skip
    group.add_argument("--timeline", action="store_true", help="add bars by year to a map or a difference")
    group.add_argument("--measure", default="sources", metavar="WHAT", help="of the bars: sources or claims")
    group.add_argument(
        "--sort", default="number", metavar="ORDER", help="of a matrix: number, region or name"
    )
    group.add_argument(
        "--provinces", default="claimed", metavar="WHICH",
        help="rows of a matrix: claimed (with a claim) or all 34",
    )  # fmt: skip


def _add_look(group: Any) -> None:
    """Options that choose the look."""
    group.add_argument("--theme", default="print", metavar="NAME", help="print, screen (dark) or greyscale")
    group.add_argument(
        "--size", default="fit", metavar="SIZE",
        help="fit (as high as needed), a4, a4-landscape, a5, a5-landscape or slide (16:9)",
    )  # fmt: skip
    group.add_argument(
        "--language", default="en", metavar="CODE",
        help="names of provinces in English (en), Dari (fa) or Pashto (ps)",
    )  # fmt: skip
    group.add_argument("--title", default="", help="headline instead of the generated one")
    group.add_argument("--subtitle", default="", help="line below it instead of the generated one")
    group.add_argument("--dpi", type=int, default=300, help="dots per inch of a .png (300)")
    add_boundaries(group)


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
    check_figure(args.out, (".png", ".svg", ".pdf"))
    options = _figure_options(args)
    from dataclasses import replace

    from geo.boundaries import boundary_note, read_boundaries
    from geo.filters import check_publishers
    from geo.render.figure import write_figure_set
    from geo.render.figure_compare import list_sides
    from geo.saved import read_saved

    saved = read_saved(args.claims)
    for one in (options, *(side for side, _ in list_sides(options))):
        check_publishers(one.publisher, saved.documents, saved.claims)
    shapes = read_boundaries(args.boundaries or None, id_column=args.id_column or None)
    note = boundary_note(args.boundaries or None)
    written = write_figure_set(
        args.out.with_suffix(""),
        saved.claims,
        saved.documents,
        shapes,
        options=replace(options, corpus_hash=saved.corpus_sha256, boundary_note=note),
        formats=(args.out.suffix[1:].lower(),),
    )
    say_written(written, complete=saved.complete)
    _say_missing_letters(options)
    return 0


def _say_missing_letters(options: FigureOptions) -> None:
    """Tell of letters in the user's own words that the figure's font does not have."""
    from geo.render.figure_measure import missing_letters

    missing = missing_letters(options.title + options.subtitle)
    if missing:
        print(f"note: the figure's font has no {' '.join(missing)}; an empty box stands for each.")


def _figure_options(args: argparse.Namespace) -> FigureOptions:
    from geo.render.figure import FigureOptions

    return FigureOptions(
        kind=args.kind,
        **filter_fields(args),
        by=args.by,
        compare=tuple(args.compare),
        timeline=args.timeline,
        measure=args.measure,
        sort=args.sort,
        provinces=args.provinces,
        theme=args.theme,
        size=args.size,
        language=args.language,
        title=args.title,
        subtitle=args.subtitle,
        date=generated_now()[:10],
        tool_version=__version__,
        dpi=args.dpi,
    )
