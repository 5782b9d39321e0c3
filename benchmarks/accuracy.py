"""Measure how well claims are judged and what each component of the engine is worth.

    python benchmarks/accuracy.py            print the tables as Markdown
    python benchmarks/accuracy.py --write    write them between the markers of docs/accuracy.md
    python benchmarks/accuracy.py --check    exit 1 if those in docs/accuracy.md are others

Of held-out texts only totals are shown, never a text, a sentence or a claim.
The numbers are the same on every run: nothing but resampling uses chance, with a fixed seed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from rich.console import Console  # noqa: E402
from rich.progress import Progress  # noqa: E402

from benchmarks.gold_sets import Answers, Part, count_right_cases, find_answers, read_parts  # noqa: E402
from benchmarks.pages import fill, settle  # noqa: E402
from benchmarks.switches import BASELINE, SWITCHES, Switch, switched_off  # noqa: E402
from benchmarks.tables import TITLES, Runs, make_tables  # noqa: E402
from geo.errors import GeoError  # noqa: E402

__all__ = ["main", "measure"]

PAGE = ROOT / "docs" / "accuracy.md"


def measure(
    parts: Sequence[Part],
    *,
    switches: Sequence[Switch] = (*SWITCHES, BASELINE),
    cases: Sequence[str] | None = None,
    advance: Callable[[], None] = lambda: None,
) -> dict[str, str]:
    """Run the engine as it is, then once without each component, and make the tables.

    Parameters
    ----------
    parts
        See `benchmarks.gold_sets.read_parts`.
    switches
        What to do without, one at a time.
    cases
        Stems of case files; all of them by default.
    advance
        Called after each text that was judged.

    Returns
    -------
    dict
        Name of a table, as in `benchmarks.tables.TITLES`, to Markdown without a heading.
    """
    full = find_answers(parts, advance)
    without: dict[str, Answers] = {}
    for switch in switches:
        with switched_off(switch):
            without[switch.title] = find_answers(parts, advance)
    return make_tables(Runs(parts, full, without), count_right_cases(cases))


def _show(tables: Mapping[str, str]) -> str:
    return "\n\n".join(f"## {TITLES[name]}\n\n{table}" for name, table in tables.items())


def _measure_with_progress() -> dict[str, str]:
    parts = read_parts()
    texts = sum(len(part.documents) for part in parts)
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Judging texts", total=texts * (len(SWITCHES) + 2))
        return measure(parts, advance=lambda: progress.advance(task))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print, write or check the tables; return the exit status."""
    parser = argparse.ArgumentParser(description="Measure how well claims are judged.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--write", action="store_true", help="write the tables into docs/accuracy.md")
    choice.add_argument("--check", action="store_true", help="exit 1 if docs/accuracy.md has other tables")
    options = parser.parse_args(arguments)
    try:
        if not (options.write or options.check):
            print(_show(_measure_with_progress()))
            return 0
        page = PAGE.read_text(encoding="utf-8")
        fill(page, dict.fromkeys(TITLES, ""))  # so that a page without its markers is told at once
        filled = fill(page, _measure_with_progress())
    except GeoError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return settle(PAGE, filled, write=options.write)


if __name__ == "__main__":
    sys.exit(main())
