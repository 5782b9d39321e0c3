"""The phrases that make a claim, read from ``data/lexicon/<language>/``.

A cell may hold alternatives in braces, ``{safe,guest} {house,houses}``, so
that a row stays readable. A phrase in upper case (``AQ``) must stand in upper
case in the text; one that begins with a capital must do so there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from geo.errors import GazetteerError
from geo.resources import data_path, read_table
from geo.schema import ATTRIBUTION_KINDS, CLAIM_TYPES

__all__ = ["TABLES", "Phrase", "expand", "load_lexicon"]

TABLES = {"groups": "group", "kinds": "claim_type", "cues": "cue", "sources": "kind"}
"""File stem of each table and the column that labels its phrases."""

_ROLES = {
    "groups": {"name", "person", "actor"},
    "kinds": {"site", "site_weak", "event", "post", "income", "verb", "noun", "member", "hidden"},
    "cues": {""},
    "sources": {"source", "office", "voice", "state", "verb", "according", "according_after", "report"},
}
_LABELS = {"kinds": set(CLAIM_TYPES), "sources": {*ATTRIBUTION_KINDS, "-"}}
_EVERYWHERE = ("name", "person")
_MONTHS_TOO = frozenset({"may", "march"})
_UMLAUTS = "äöü"
_SHORT = 2
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of the lexicon: which table, what it stands for, and why.

    Capitals and umlauts of a phrase are asked of the text too: "würde" is not
    "wurde", though both fold alike. A phrase of two letters has no accent in the
    text either: the Spanish "si" (if) is not "sí" (yes). Nor is the French "base" a
    "basé": only their last letter tells the noun from the participle.
    """

    text: str
    table: str
    label: str
    role: str
    language: str
    why: str

    def fits(self, surface: str) -> bool:
        """Whether the words as printed have the capitals that this phrase asks for."""
        if self.text in _MONTHS_TOO:
            return surface.islower()
        if self.language == "fr" and not surface.isupper() and _participle(self.text) != _participle(surface):
            return False
        if len(self.text) <= _SHORT and self.text.isascii() and not surface.isascii():
            return False
        umlauts = {char for char in self.text if char in _UMLAUTS}
        if umlauts and not umlauts <= set(normalize("NFC", surface).casefold()):
            return False
        letters = [char for char in self.text if char.isalpha()]
        if letters and all(char.isupper() for char in letters):
            return not any(char.islower() for char in surface)
        if self.text[:1].isupper():
            return surface[:1].isupper()
        return True


def _participle(words: str) -> bool:
    """Whether words end as French participles do, with an accent."""
    return normalize("NFC", words).casefold().rstrip("s").endswith("é")


def expand(cell: str) -> Iterator[str]:
    """Yield every phrase that a cell with alternatives in braces stands for."""
    braces = _BRACES.search(cell)
    if braces is None:
        yield cell.strip()
        return
    for option in braces.group(1).split(","):
        yield from expand(cell[: braces.start()] + option.strip() + cell[braces.end() :])


@cache
def load_lexicon(languages: tuple[str, ...] = ()) -> tuple[Phrase, ...]:
    """Load the phrases of the languages named, of all when none is named.

    Names of groups and of persons hold in every language, so those of all
    languages are always there.

    Raises
    ------
    GazetteerError
        Names every row with an unknown label or role, or without a reason.
    """
    root = data_path("lexicon")
    known = sorted(path.name for path in root.iterdir() if path.is_dir())
    phrases: dict[tuple[str, str, str, str], Phrase] = {}
    faults = []
    wanted = languages or tuple(known)
    for language in (*wanted, *(code for code in known if code not in wanted)):
        for table, column in TABLES.items():
            if language not in wanted and table != "groups":
                continue
            for number, row in enumerate(read_table("lexicon", language, f"{table}.csv"), start=2):
                label, role = row[column], row.get("role", "")
                allowed = _LABELS.get(table)
                if None in row:
                    faults.append(f"{language}/{table}.csv line {number}: more cells than columns")
                if (allowed and label not in allowed) or role not in _ROLES[table] or not row["why"]:
                    faults.append(f"{language}/{table}.csv line {number}: {label!r}, {role!r}")
                if language not in wanted and role not in _EVERYWHERE:
                    continue
                for text in expand(row["phrase"]):
                    phrases[text, table, label, role] = Phrase(text, table, label, role, language, row["why"])
    if faults:
        raise GazetteerError(
            f"data/lexicon: unknown label or role, or no reason given, in {'; '.join(faults)}."
        )
    return tuple(phrases.values())
