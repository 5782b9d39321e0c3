"""What the command line shows: progress, summaries, explanations.

Texts, file names and metadata are hostile: none of it is read as markup, and
characters that command a terminal or turn the writing direction are shown as U+FFFD.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    import pandas as pd

    from geo.gazetteer import Gazetteer, LookupResult
    from geo.match.hits import HitReason
    from geo.model import Place
    from geo.pipeline import Progress, RunReport

__all__ = [
    "describe_claim",
    "mark_sentence",
    "print_claims",
    "print_context",
    "print_lookup",
    "print_map_summary",
    "show_progress",
    "visible",
]

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MOST_SPELLINGS = 12
_PLAIN_WIDTH = 100


def visible(text: str) -> str:
    """Return a text that is safe to show: no control characters, no turning of directions."""
    return _UNSEEN.sub("\ufffd", text)


def _console() -> Console:
    """Console on standard output; without colours and of fixed width where that is no terminal."""
    width = None if sys.stdout.isatty() else _PLAIN_WIDTH
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=False, width=width)


def _say(console: Console, text: str, *, style: str = "") -> None:
    """Print one paragraph; lines are broken by the terminal only, so that paths stay whole."""
    console.print(Text(visible(text), style=style), soft_wrap=True)


@contextmanager
def show_progress() -> Iterator[Progress | None]:
    """Give a progress callback that shows a moving line, ``None`` if standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    console = Console(stderr=True, highlight=False, markup=False)
    with console.status("starting") as status:
        yield lambda stage, done: status.update(Text(f"{stage} ({done:,} documents)" if done else stage))


def print_map_summary(report: RunReport) -> None:
    """Print what a run read, found and wrote, and everything that needs attention."""
    console = _console()
    for number, text in _count_lines(report.counts):
        _say(console, f"{number:>7,}  {text}")
    for heading, lines in _attention(report):
        console.print()
        _say(console, heading, style="bold")
        for line in lines:
            _say(console, f"  {line}")
    console.print()
    if "atlas.html" in report.files:
        _say(console, f"open {report.out / 'atlas.html'}", style="bold")
        tables = "claims.csv, mentions.csv, claims.parquet, claims.gpkg, claims.geojson, run.json"
        figures = "; figures in figures/" if any(name.startswith("figures/") for name in report.files) else ""
        _say(console, f"tables in {report.out}: {tables}{figures}")
    else:
        _say(console, f"in {report.out}: {', '.join(report.files)}")


def _count_lines(counts: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    yield counts["documents"], "documents read"
    yield counts["skipped"], "inputs not read"
    yield counts["stories"], "stories (copies of one text are one story)"
    yield counts["mentions"], "mentions of places"
    yield counts["provinces_named"], "of the 34 provinces named in the texts"
    yield counts["claims"], "claims about al-Qaeda and its South Asian branch (AQIS), of them"
    for kind, number in counts["claims_by_type"].items():
        yield number, f"    {kind}"
    yield counts["independent_sources"], "independent sources behind them"
    yield counts["provinces_with_claims"], "provinces with a claim, named outright or through a place"


def _attention(report: RunReport) -> Iterator[tuple[str, list[str]]]:
    if report.skipped:
        yield "not read:", [f"{item.path}: {item.reason}" for item in report.skipped]
    if report.problems:
        yield "faults in sources.csv:", list(report.problems)
    if report.warnings:
        yield "to know:", list(report.warnings)


def print_lookup(result: LookupResult) -> None:
    """Print what a name is taken for, and why."""
    console = _console()
    if not result.rows:
        _say(console, f"{result.query}: not in the gazetteer")
        for spelling, place_id in result.suggestions:
            _say(console, f"  near it: {spelling} ({place_id})")
        return
    for place in result.places:
        _say(console, f"{result.query}: {place.name} ({_describe(place)})", style="bold")
    _say(console, f"  why: {result.reason}")
    if result.other_spellings:
        shown = result.other_spellings[:_MOST_SPELLINGS]
        more = len(result.other_spellings) - len(shown)
        _say(console, f"  also spelled: {', '.join(shown)}{f' and {more} more' if more > 0 else ''}")


def print_context(query: str, reasons: Sequence[HitReason], gazetteer: Gazetteer) -> None:
    """Print what one name is at each of its places in a text: its candidates, the choice, and why."""
    console = _console()
    if not reasons:
        _say(console, f"{query}: not in the text", style="bold")
    for found in reasons:
        chosen = found.mention.place_id if found.mention else ""
        place = gazetteer.places.get(chosen)
        taken = f"taken for {place.name} ({_describe(place)})" if place else "refused"
        spot = f"at {found.start} to {found.end}"
        _say(console, f"{query}: {found.surface!r} {spot}: {taken}", style="bold")
        _say(console, f"  why: {found.reason}")
        for name in found.names:
            candidate = gazetteer.places[name.place_id]
            mark = "chosen" if name.place_id == chosen else "candidate"
            _say(
                console,
                f"  {mark}: {candidate.name} ({_describe(candidate)}), {name.strength}, "
                f"{name.source}: {name.name}: {name.why}",
            )


def _describe(place: Place) -> str:
    covers = "" if place.provinces in ((), (place.place_id,)) else f", in {' '.join(place.provinces)}"
    return f"{place.kind} {place.place_id}{covers}"


def mark_sentence(sentence: str, start: int, spans: Mapping[str, tuple[int, int]]) -> str:
    """Put brackets around words of a sentence.

    Parameters
    ----------
    sentence, start
        The sentence and where it begins in its document.
    spans
        Two brackets, such as ``[[]]``, to a half-open span in the document. Spans
        that are not wholly inside the sentence are left out.

    Examples
    --------
    >>> mark_sentence("camps in Ghazni", 10, {"[[]]": (19, 25), "{{}}": (10, 15)})
    '{{camps}} in [[Ghazni]]'
    """
    marks: list[tuple[int, int, str]] = []
    for brackets, (low, high) in spans.items():
        if start <= low < high <= start + len(sentence):
            half = len(brackets) // 2
            marks.append((low - start, 1, brackets[:half]))
            marks.append((high - start, 0, brackets[half:]))
    for place, _, bracket in sorted(marks, reverse=True):
        sentence = sentence[:place] + bracket + sentence[place:]
    return sentence


def describe_claim(row: Mapping[str, Any]) -> dict[str, str]:
    """Say in words, by heading, what one claim is, who says so, who printed it, when, and why it was taken.

    Parameters
    ----------
    row
        One row of a claims table. In the sentence, ``[[...]]`` is the place and
        ``{{...}}`` the phrase that decided. What is not stated is left out.
    """
    spans = {
        "[[]]": (row["mention_start"], row["mention_end"]),
        "{{}}": (row["trigger_start"], row["trigger_end"]),
    }
    place = row["province"] or "the whole country"
    basis = f"{row['location_basis']}{': ' + row['place_name'] if row['place_name'] else ''}"
    credit = row["attributed_to"] or "the document itself"
    relay = f", passed on by {row['relay']}" if row["relay"] else ""
    year = "undated" if row["year"] is None or row["year"] != row["year"] else str(row["year"])
    lines = {
        "claim": row["claim_id"],
        "place": f"{place} {row['province_id']} ({basis})",
        "type": f"{row['claim_type']}, {row['group']}",
        "stance": row["stance"],
        "said by": f"{credit} ({row['attribution_kind']}){relay}",
        "printed by": f"{row['publisher'] or 'not stated'}, {row['published'] or 'undated'}",
        "document": f"{row['doc_id']}: {row['title']}" if row["title"] else row["doc_id"],
        "link": row["url"],
        "year": f"{year} ({row['year_basis']})",
        "number": row["quantity"],
        "sentence": mark_sentence(row["sentence"], row["start"], spans),
        "decided by": row["trigger"],
        "why": row["reason"],
        "review": f"{row['review']} {row['reviewer']} {row['review_note']}".strip(),
    }
    return {name: " ".join(str(text).split()) for name, text in lines.items() if text}


def print_claims(claims: pd.DataFrame) -> None:
    """Print claims one by one: what, who says so, who printed it, when, the sentence, and why."""
    console = _console()
    for row in claims.to_dict("records"):
        for name, text in describe_claim({str(key): value for key, value in row.items()}).items():
            _say(console, f"{name + ':':<12}{text}")
        console.print()
