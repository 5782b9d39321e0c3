"""Compare the kinds of automaton on the gazetteer's own phrases: time to build, and speed of a search.

    python benchmarks/automaton.py

All kinds run in one process on the same phrases and the same text, the texts of ``seeds/`` many times over,
in turn, and the median of the rounds counts. Ratios are to the kind in use.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from geo.gazetteer import load_gazetteer  # noqa: E402
from geo.normalise import fold, fold_name  # noqa: E402

__all__ = ["main"]

ROUNDS = 5
COPIES = 20
KINDS = {
    "contiguous NFA (in use)": Implementation.ContiguousNFA,
    "DFA": Implementation.DFA,
    "noncontiguous NFA": Implementation.NoncontiguousNFA,
}


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that one call takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    """Print the table; always 0, since times are those of the machine at hand."""
    phrases = sorted({fold_name(phrase) for phrase in load_gazetteer().phrases} - {""})
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    text = fold("\n\n".join(texts * COPIES)).text
    builds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    searches: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(ROUNDS):
        for kind, implementation in KINDS.items():
            made: list[AhoCorasick] = []

            def build(to: list[AhoCorasick] = made, implementation: Implementation = implementation) -> None:
                to.append(AhoCorasick(phrases, matchkind=MatchKind.Standard, implementation=implementation))

            builds[kind].append(seconds(build))
            search = made[0].find_matches_as_indexes
            searches[kind].append(seconds(lambda search=search: search(text, overlapping=True)))  # type: ignore[misc]
    base_build, base_search = (statistics.median(times[next(iter(KINDS))]) for times in (builds, searches))
    print(f"{len(phrases):,} phrases, {len(text) / 1e6:.1f} million characters, {ROUNDS} rounds")
    print()
    print("| automaton | build, ms | ratio | search, MB/s | ratio of time |")
    print("| :-- | --: | --: | --: | --: |")
    for kind in KINDS:
        built, searched = statistics.median(builds[kind]), statistics.median(searches[kind])
        speed = len(text) / 1e6 / searched
        print(
            f"| {kind} | {1000 * built:.0f} | {built / base_build:.1f} "
            f"| {speed:.0f} | {searched / base_search:.2f} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
