"""What one extraction gave, in tables and in words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo.aggregate import voices
from geo.api.choice import Choice
from geo.api.show import cut, did_you_mean, plural, render_pairs
from geo.errors import UsageError
from geo.model import Skipped
from geo.summary import describe_claim

__all__ = ["Explanation", "Run", "explain_claim", "summarise"]


@dataclass(frozen=True, slots=True)
class Run:
    """All that one extraction gave; shared by every choice of its claims.

    ``corpus`` is the hash of the texts, empty where it is not known. ``complete`` says
    whether ``documents`` are all that were read, or only those with a claim.
    """

    claims: pd.DataFrame
    mentions: pd.DataFrame
    documents: pd.DataFrame
    not_read: tuple[Skipped, ...] = ()
    corpus: str = ""
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Explanation:
    """One claim in words: what, where, who says so, who printed it, and why it was taken.

    Parameters
    ----------
    lines
        Headings and their text. In the sentence, ``[[...]]`` is the place and
        ``{{...}}`` the phrase that decided.
    """

    lines: dict[str, str]

    def __str__(self) -> str:
        return "\n".join(f"{name + ':':<12}{cut(text, 10_000)}" for name, text in self.lines.items())

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return render_pairs(self.lines)


def explain_claim(table: pd.DataFrame, claim_id: str) -> Explanation:
    """Explain the one claim whose id is, or begins with, what is given.

    Raises
    ------
    UsageError
        If no claim of the table has that id, or several begin so.
    """
    wanted = claim_id.strip().lower()
    found = table[table["claim_id"].str.startswith(wanted)] if wanted else table[:0]
    exact = found[found["claim_id"] == wanted]
    found = exact if len(exact) else found
    ids = sorted(set(found["claim_id"]))
    if not ids:
        near = did_you_mean(wanted, set(table["claim_id"]))
        raise UsageError(f"{cut(claim_id, 60)!r}: no such claim.{near} Expected an id of claim_id.")
    if len(ids) > 1:
        raise UsageError(f"{wanted!r}: {len(ids)} claims begin so ({', '.join(ids[:5])}). Give more of it.")
    row = found.iloc[0].to_dict()
    return Explanation(describe_claim({str(name): value for name, value in row.items()}))


def summarise(run: Run, table: pd.DataFrame, choice: Choice) -> str:
    """Say in one line what chosen claims are: how many, of how many documents, for which years."""
    years = table["year"].dropna()
    span = sorted({int(years.min()), int(years.max())}) if len(years) else []
    of_all = f"{table['doc_id'].nunique()} of {plural(len(run.documents), 'document')}"
    parts = [
        plural(len(table), "claim"),
        plural(len(set(table["province_id"]) - {""}), "province"),
        of_all if run.complete else plural(table["doc_id"].nunique(), "document"),
        plural(table["story_id"].nunique(), "story"),
        plural(voices(table).nunique(), "independent source"),
        *([" to ".join(map(str, span))] if span else []),
        *([f"{plural(len(run.not_read), 'input')} not read (see .skipped)"] if run.not_read else []),
    ]
    chosen = "; ".join(choice.in_words())
    return "; ".join(parts) + (f"; chosen: {cut(chosen)}" if chosen else "")
