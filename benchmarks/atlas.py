"""Measure the atlas in a browser with the network cut: its size, its first paint, and how fast it answers.

    python benchmarks/atlas.py             500 and 5,000 made-up claims
    python benchmarks/atlas.py 500 20000   other numbers of claims

Prints a Markdown table with the goals beside the numbers; exits 1 if a goal is missed. Times are those of the
machine at hand: changes of filters, searches and switches are made with the page's own controls and measured
inside the page, layout included, drawing on the screen not.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from browser import ARGUMENTS, INFO, find_browser, make_many, visit  # noqa: E402

from geo.boundaries import boundary_note, read_boundaries  # noqa: E402
from geo.render.atlas import write_atlas  # noqa: E402

__all__ = ["GOALS", "Goal", "main", "make_table", "measure", "percentile"]

SIZES = (500, 5000)
LOADS = 5
KB = 1000


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that a measure may be.

    Parameters
    ----------
    measure
        Name of a row of the table.
    claims
        The goal holds up to this number of claims.
    most
        In the unit that the row's name ends with.
    """

    measure: str
    claims: int
    most: float


GOALS = (
    Goal("file, KB", 500, 600),
    Goal("file, KB", 5000, 3000),
    Goal("first paint, ms", 5000, 1000),
    Goal("filter change, median, ms", 5000, 100),
    Goal("filter change, 95 %, ms", 5000, 100),
    Goal("filter change in the table, median, ms", 5000, 100),
    Goal("filter change in the comparison, median, ms", 5000, 100),
)

# Each returns milliseconds. Reading a height makes the browser lay the page out, which belongs to a change.
TIMED = """
const timed = (act) => {
  const start = performance.now();
  act();
  document.body.getBoundingClientRect();
  return performance.now() - start;
};
const each = (selector) => [...document.querySelectorAll(selector)];
"""
FILTERS = """
const boxes = ["type", "stance", "basis", "publisher", "who"].flatMap((facet) =>
  each(`[data-facet="${facet}"] input[type=checkbox]`).slice(0, 8));
const years = each('select[aria-label="From year"] option').slice(1, 9).map((option) => option.value);
const from = document.querySelector('select[aria-label="From year"]');
return [
  ...boxes.flatMap((box) => [timed(() => box.click()), timed(() => box.click())]),
  ...years.map((year) => timed(() => { from.value = year; from.dispatchEvent(new Event("change")); })),
];
"""
SEARCHES = """
// The page waits for a pause in the typing; here it is not to wait.
const wait = window.setTimeout;
window.setTimeout = (run) => { run(); return 0; };
const input = document.getElementById("search");
const words = ["training", "number 43", "source 12", "paper 7", "no such words", "valleys", "x", "report 2"]
  .flatMap((text) => [text, text + "1"]);
const took = words.map((text) =>
  timed(() => { input.value = text; input.dispatchEvent(new Event("input")); }));
input.value = "";
input.dispatchEvent(new Event("input"));
window.setTimeout = wait;
return took;
"""
SWITCHES = """
const button = (mode) => document.querySelector(`[data-mode=${mode}]`);
const took = [];
for (let i = 0; i < 8; i += 1) {
  took.push(timed(() => button(MODE).click()));
  button("map").click();
}
return took;
"""
PAINT = """() => new Promise((found) => {
  const look = (list) => {
    const entry = list.getEntriesByName("first-contentful-paint")[0];
    if (entry) found(entry.startTime);
  };
  new PerformanceObserver(look).observe({type: "paint", buffered: true});
})"""
READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of the values that at least ``share`` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(share * 100) * len(ordered) // 100) - 1)]


def measure(browser: Any, path: Path) -> dict[str, float]:
    """Return the measures of one atlas, by the names of the rows.

    Raises
    ------
    RuntimeError
        If the page asked for something or complained.
    """
    paints, readies = [], []
    for _ in range(LOADS):
        with visit(browser, path) as seen:
            paints.append(seen.page.evaluate(PAINT))
            readies.append(seen.page.evaluate(READY))
    with visit(browser, path) as seen:

        def run(script: str) -> list[float]:
            taken: list[float] = seen.page.evaluate(f"() => {{ {TIMED} {script} }}")
            return taken

        filters, searches = run(FILTERS), run(SEARCHES)
        tables = run(SWITCHES.replace("MODE", '"table"'))
        comparisons = run(SWITCHES.replace("MODE", '"compare"'))
        seen.page.click("[data-mode=table]")
        in_table = run(FILTERS)
        seen.page.click("[data-mode=compare]")
        in_comparison = run(FILTERS)
        if seen.requests or seen.console:
            raise RuntimeError(f"{path.name}: requests {seen.requests}, console {seen.console}")
    return {
        "file, KB": path.stat().st_size / KB,
        "first paint, ms": statistics.median(paints),
        "ready to use, ms": statistics.median(readies),
        "filter change, median, ms": statistics.median(filters),
        "filter change, 95 %, ms": percentile(filters, 0.95),
        "filter change in the table, median, ms": statistics.median(in_table),
        "filter change in the comparison, median, ms": statistics.median(in_comparison),
        "search, median, ms": statistics.median(searches),
        "search, slowest (the first), ms": max(searches),
        "switch to the table, median, ms": statistics.median(tables),
        "switch to the comparison, median, ms": statistics.median(comparisons),
    }


def find_goal(name: str, claims: int) -> Goal | None:
    """Return the goal for a measure at a number of claims, or None where there is none."""
    fitting = [goal for goal in GOALS if goal.measure == name and claims <= goal.claims]
    return min(fitting, key=lambda goal: goal.claims, default=None)


def make_table(measures: Mapping[int, Mapping[str, float]]) -> tuple[str, list[str]]:
    """Return the Markdown table and the goals that were missed, in words.

    Parameters
    ----------
    measures
        For each number of claims the measures by name.
    """
    head = ["measure", *(part for claims in measures for part in (f"{claims:,} claims", "goal"))]
    lines = [f"| {' | '.join(head)} |", "|---|" + "---:|" * (len(head) - 1)]
    missed = []
    for name in next(iter(measures.values())):
        cells = [name]
        for claims, found in measures.items():
            goal = find_goal(name, claims)
            cells += [f"{found[name]:,.0f}", f"{goal.most:,.0f}" if goal else ""]
            if goal and found[name] > goal.most:
                missed.append(f"{name}, {claims:,} claims: {found[name]:,.0f}, not {goal.most:,.0f}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines), missed


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(description="Measure the atlas in a browser.")
    parser.add_argument("claims", nargs="*", type=int, default=SIZES, help="numbers of made-up claims")
    options = parser.parse_args(arguments)
    executable = find_browser()
    if executable is None:
        print("error: no Chromium or Chrome is installed; GEO_BROWSER may name one", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    boundaries = read_boundaries(None, detail="page")
    info = replace(INFO, boundary_note=boundary_note(None))
    measures = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        for claims in options.claims:
            path = Path(folder, f"atlas-{claims}.html")
            write_atlas(*make_many(claims), boundaries=boundaries, info=info, path=path)
            measures[claims] = measure(browser, path)
        browser.close()
    table, missed = make_table(measures)
    print(table)
    for line in missed:
        print(f"missed: {line}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
