"""Who the named people of a document speak for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geo.claims.view import View

__all__ = ["NAME", "name_speakers"]

NAME = re.compile(r"\b(?:Al-|al-)?[A-Z][\w’'-]+(?:\s+(?:al-|Al-|ul-|bin\s)?[A-Z][\w’'-]+){0,3}")
"""A personal name as printed: capitalised words, with particles between them."""


def name_speakers(text: str, views: Sequence[View]) -> Mapping[str, str]:
    """Learn from descriptions who the named people of a document speak for.

    "Abdul Hadi, a police chief" makes later words of "Hadi" a government's. The
    result maps a folded surname to an attribution kind.
    """
    speakers: dict[str, str] = {}
    for view in views:
        for source in view.sources:
            if source.role not in ("source", "office") or source.label == "media":
                continue
            before = text[max(view.sentence.start, source.start - 60) : source.start]
            after = text[source.end : min(view.sentence.end, source.end + 50)]
            names = []
            if appositive := re.search(rf"({NAME.pattern}),\s+(?:\w+[\s’']+){{0,6}}$", before):
                names.append(appositive.group(1))
            if titled := re.match(rf"(?:\s+\w+)?,?\s+({NAME.pattern})", after):
                names.append(titled.group(1))
            for name in names:
                surname = name.split()[-1].casefold().removesuffix("’s")
                speakers.setdefault(surname, source.label)
    return speakers
