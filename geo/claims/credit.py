"""The credit for a claim: who is named, of what kind, and who relays it."""

from __future__ import annotations

from dataclasses import dataclass

from geo.claims.dates import DateRef

__all__ = ["AUTHOR", "Attribution"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is credited: the words of the text, the kind, who relays it, and the cue.

    ``attributed_to`` is empty and the kind ``author`` where the document itself
    asserts the claim. ``date`` is the date of the report, where it has one;
    ``office`` marks a post in an Afghan province, whoever rules at the time.
    """

    attributed_to: str
    kind: str
    relay: str = ""
    cue: str = ""
    date: DateRef | None = None
    office: bool = False


AUTHOR = Attribution("", "author", cue="no source named")
