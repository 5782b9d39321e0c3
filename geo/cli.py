"""The command ``geo``: parse, call, print, exit.

Exit status: 0 all done; 1 done, but the user must know something, or the work
failed; 2 the command was wrong; 130 stopped with Ctrl-C.

Longer than most modules because each option carries its own help and example.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import __version__
from geo.errors import GeoError, UsageError
from geo.names_cli import add_gazetteer_options, add_lookup_options, run_gazetteer, run_lookup
from geo.output import check_file, generated_now

if TYPE_CHECKING:
    from geo.render.figure import FigureOptions

__all__ = ["build_parser", "main"]

_INPUTS = "files and folders: .txt .md .html .pdf .docx, and tables .jsonl .csv .parquet with a column 'text'"
_MOST_WORKERS = 8

_EXAMPLES = {
    "map": "geo map seeds -o maps",
    "extract": "geo extract articles.jsonl -o tables --format parquet",
    "atlas": "geo atlas maps/claims.csv -o atlas.html --title 'Reports of 2021'",
    "figure": "geo figure maps/claims.csv -o camps.png --type training_camp --year 2019-2021",
    "lookup": "geo lookup Nangrahar 'Loya Paktia' --text 'Clashes in Nangrahar'",
    "gazetteer": "geo gazetteer export -o places.geojson",
    "explain": "geo explain 3f9a --claims maps/claims.csv",
    "evaluate": "geo evaluate --gold tests/gold/seeds --out maps",
}


def _add(commands: Any, name: str, run: Callable[[argparse.Namespace], int], text: str) -> Any:
    parser = commands.add_parser(
        name,
        help=text[0].lower() + text[1:].split(". ")[0].rstrip("."),
        description=text,
        epilog=f"example: {_EXAMPLES[name]}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    parser.add_argument("--debug", action="store_true", help="show the traceback when something breaks")
    return parser


def _add_boundaries(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--boundaries", metavar="FILE", default="",
        help="a vector file with the 34 provinces to draw instead of the one that comes along",
    )  # fmt: skip
    parser.add_argument(
        "--id-column", metavar="COL", default="",
        help="its column of province codes, if that is not recognised by itself",
    )  # fmt: skip


def _add_workers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers", metavar="N", type=int, default=min(os.cpu_count() or 1, _MOST_WORKERS),
        help="processes to use (here: %(default)s); the result does not depend on it",
    )  # fmt: skip


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="geo",
        description="Maps what texts claim about al-Qaeda in the provinces of Afghanistan.",
        epilog="geo COMMAND --help explains a command. Begin with: geo map seeds -o maps",
    )
    parser.add_argument("--version", action="version", version=f"geo {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)

    one = _add(
        commands, "map", _map,
        "Read texts and write maps, tables and figures. All goes into one folder: open its atlas.html.",
    )  # fmt: skip
    one.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_INPUTS)
    one.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help="folder to write to")
    _add_boundaries(one)
    _add_workers(one)
    one.add_argument("--no-figures", action="store_true", help="leave out figures/, which takes longest")
    one.add_argument("--title", default="", help="heading of the atlas")

    one = _add(
        commands, "extract", _extract,
        "Read texts and write only the tables. They are mentions, claims and documents.",
    )  # fmt: skip
    one.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_INPUTS)
    one.add_argument("-o", "--out", type=Path, required=True, metavar="OUT", help="folder to write to")
    one.add_argument("--format", choices=("csv", "parquet"), default="csv", help="kind of table (csv)")
    one.add_argument(
        "--engine", choices=("local",), default="local",
        help="where to work: local is this machine, and the only one there is",
    )  # fmt: skip
    _add_workers(one)

    one = _add(
        commands, "atlas", _atlas,
        "Draw the interactive map from a table of claims. Review marks in the table count.",
    )  # fmt: skip
    one.add_argument("claims", type=Path, metavar="CLAIMS", help="claims.csv, .parquet, .gpkg or .geojson")
    one.add_argument("-o", "--out", type=Path, required=True, metavar="FILE.html", help="page to write")
    one.add_argument("--title", default="", help="heading of the page")
    _add_boundaries(one)

    _add_figure(commands)

    one = _add(
        commands, "lookup", run_lookup,
        "Say what the gazetteer makes of a name, and why. With --text, what it is in that text.",
    )  # fmt: skip
    add_lookup_options(one)

    one = _add(
        commands, "gazetteer", run_gazetteer,
        "Count the places and names of the gazetteer, or write them to a file. "
        "They are what the texts are searched for.",
    )  # fmt: skip
    add_gazetteer_options(one)

    one = _add(
        commands, "explain", _explain,
        "Show a claim with its sentence and why it was taken as a claim. "
        "In the sentence, [[...]] is the place and {{...}} the phrase that decided.",
    )  # fmt: skip
    one.add_argument("claim_id", metavar="CLAIM_ID", help="the claim's id; its beginning is enough")
    one.add_argument("--claims", type=Path, required=True, metavar="FILE", help="the table of claims")

    one = _add(
        commands, "evaluate", _evaluate,
        "Compare what was found with tables made by hand. Nothing is written without --json.",
    )  # fmt: skip
    one.add_argument("--gold", type=Path, required=True, metavar="DIR", help="folder of hand-made tables")
    one.add_argument("--out", type=Path, required=True, metavar="OUT", help="folder that geo wrote")
    one.add_argument("--prefix", default="", help="what the names of the hand-made tables begin with")
    one.add_argument("--errors", default="0", metavar="N", help="most errors to list a kind, or all (0)")
    one.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="to print (text)")
    one.add_argument("--json", type=Path, metavar="FILE", help="write all scores there as JSON")
    return parser


def _add_figure(commands: Any) -> None:
    one = _add(
        commands, "figure", _figure,
        "Draw one map for a report from a table of claims. "
        "Its caption, alternative text and numbers are written beside it.",
    )  # fmt: skip
    one.add_argument("claims", type=Path, metavar="CLAIMS", help="claims.csv, .parquet, .gpkg or .geojson")
    one.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help="a .png, .svg or .pdf")
    lists = {
        "type": "claim types, with commas: presence,training_camp",
        "source": "whom the texts credit: un, government, taliban, militant, analyst, media, ...",
        "stance": "affirmed, denied, uncertain",
    }
    for name, text in lists.items():
        one.add_argument(f"--{name}", type=_split, default=(), metavar="LIST", help=text)
    one.add_argument(
        "--publisher", action="append", default=[], metavar="NAME", help="who printed it; may be repeated"
    )
    one.add_argument(
        "--year", type=_years, default=(None, None), metavar="YEAR", help="2021, 2019-2021, 2019-"
    )
    one.add_argument(
        "--by", type=_split, default=(), metavar="ROWS,COLUMNS",
        help="small maps by one or two facets: source, publisher, type, year, published, stance",
    )  # fmt: skip
    one.add_argument("--title", default="", help="headline instead of the generated one")
    one.add_argument("--dpi", type=int, default=300, help="dots per inch of a .png (300)")
    _add_boundaries(one)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _years(text: str) -> tuple[int | None, int | None]:
    first, dash, last = text.partition("-")
    try:
        low = int(first) if first else None
        high = (int(last) if last else None) if dash else low
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: expected 2021, 2019-2021, 2019- or -2021") from None
    return low, high


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
    _say_written([args.out], complete=saved.complete)
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
    _say_written(written, complete=saved.complete)
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


def _say_written(paths: Sequence[Path], *, complete: bool) -> None:
    for path in paths:
        print(f"wrote {path}")
    if not complete:
        print(
            "note: the documents were put together from the claims, for no claims.gpkg or documents.csv of "
            "the run is beside them; documents without a claim are not counted."
        )


def _explain(args: argparse.Namespace) -> int:
    from geo.store import read_claims
    from geo.summary import print_claims

    claims = read_claims(args.claims)
    wanted = args.claim_id.strip().lower()
    found = claims[claims["claim_id"].str.startswith(wanted)] if wanted else claims[:0]
    exact = claims[claims["claim_id"] == wanted]
    found = exact if len(exact) else found
    ids = sorted(set(found["claim_id"]))
    if not ids:
        raise UsageError(
            f"{args.claim_id!r}: no such claim in {args.claims}. Expected an id of its claim_id."
        )
    if len(ids) > 1:
        shown = ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
        raise UsageError(f"{args.claim_id!r}: {len(ids)} claims begin so ({shown}). Give more of the id.")
    print_claims(found)
    return 0


def _evaluate(args: argparse.Namespace) -> int:
    from geo.evaluate import evaluate_folders, format_scores, parse_limit
    from geo.summary import visible

    most = parse_limit(args.errors)
    if args.json:
        check_file(args.json, (".json",), inputs=[])
    scores = evaluate_folders(args.gold, args.out, prefix=args.prefix)
    print(visible(format_scores(scores, kind=args.format, errors=most)))
    if args.json:
        from geo.store import write_json

        write_json(scores, args.json)
        print(f"wrote {args.json}", file=sys.stdout if args.format == "text" else sys.stderr)
    return 0


@contextlib.contextmanager
def _plain_streams() -> Iterator[None]:
    """Never fail for a letter that the terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    yield


def _fail(text: str, *, debug: bool) -> None:
    from geo.summary import visible

    if debug:
        traceback.print_exc()
    print(f"geo: {visible(text)}", file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; see the module for what each means."""
    with _plain_streams():
        try:
            args = build_parser().parse_args(argv)
        except SystemExit as stop:
            return stop.code if isinstance(stop.code, int) else 2
        try:
            status: int = args.run(args)
            sys.stdout.flush()
        except UsageError as error:
            _fail(str(error), debug=args.debug)
            return 2
        except GeoError as error:
            _fail(str(error), debug=args.debug)
            return 1
        except KeyboardInterrupt:
            print("geo: stopped.", file=sys.stderr)
            return 130
        except BrokenPipeError:
            # The reader of our output has gone; keep Python from complaining about it at exit.
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _fail(f"{where}{error.strerror or error}. Check the disk and the rights.", debug=args.debug)
            return 1
        except Exception as error:
            fault = f"{type(error).__name__}: {error}".splitlines()[0][:300]
            _fail(
                f"unexpected fault ({fault}). This is a bug: run again with --debug and report what it "
                f"shows, with geo {__version__}.",
                debug=args.debug,
            )
            return 1
        return status
