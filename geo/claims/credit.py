"""The credit for a claim: who is named, of what kind, and who relays it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.claims.dates import DateRef

__all__ = ["AUTHOR", "Attribution", "Heard"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is credited: the words of the text, the kind, who relays it, and the cue.

    ``attributed_to`` is empty and the kind ``author`` where the document itself
    asserts the claim. ``date`` is the date of the report, where it has one;
    ``office`` marks a post in an Afghan province, whoever rules at the time;
    ``body`` a group that a sentence was about, which "they" may mean and "he" may not.
    """

    attributed_to: str
    kind: str
    relay: str = ""
    cue: str = ""
    date: DateRef | None = None
    office: bool = False
    body: bool = False


AUTHOR = Attribution("", "author", cue="no source named")


_NO_REPORT = ("author", "media", "anonymous", "taliban", "militant")


@dataclass(frozen=True, slots=True)
class Heard:
    """Who may be meant by a name or a pronoun at one point of a document.

    ``named`` maps the folded names of the document's people to whom they speak
    for; ``last`` was quoted last, ``report`` is the last report quoted, and
    ``subject`` the one whom a sentence since then was about, ``written`` the report
    that the document as a whole is about.
    """

    named: Mapping[str, Attribution] = field(default_factory=dict)
    last: Attribution = AUTHOR
    report: Attribution = AUTHOR
    subject: Attribution = AUTHOR
    written: Attribution = AUTHOR

    @property
    def person(self) -> Attribution:
        """Whom "he" or "the official" may mean: the subject of the sentence before, else who spoke last."""
        return self.last if self.subject.kind == "author" or self.subject.body else self.subject

    @property
    def text(self) -> Attribution:
        """What "the report" may mean: the report quoted last, else the one that the document is about."""
        if self.report.kind != "author":
            return self.report
        return self.written if self.person.kind in _NO_REPORT else self.person
