"""The command ``geo``: parse, call, print, exit.

Exit status: 0 all done; 1 done, but the user must know something, or the work
failed; 2 the command was wrong; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import traceback
from collections.abc import Iterator, Sequence

from geo import __version__
from geo.cli import claims, drawing, names, report, texts
from geo.errors import GeoError, UsageError

__all__ = ["build_parser", "main"]


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="geo",
        description="Maps what texts claim about al-Qaeda in the provinces of Afghanistan.",
        epilog="geo COMMAND --help explains a command. Begin with: geo map seeds -o maps",
    )
    parser.add_argument("--version", action="version", version=f"geo {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    for add in (
        texts.add_map,
        texts.add_extract,
        drawing.add_atlas,
        drawing.add_figure,
        report.add_report,
        names.add_lookup,
        names.add_gazetteer,
        claims.add_explain,
        claims.add_evaluate,
    ):
        add(commands)
    return parser


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
