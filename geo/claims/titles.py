"""The dots of titles before names, "Gen. John Smith", which end no sentence and break no name."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.claims.grammar import Grammar
from geo.model import Claim, Document

__all__ = ["as_printed", "without_title_dots"]


def without_title_dots(document: Document, grammar: Grammar) -> Document:
    """Return the document with blanks for the dots of titles, so that a name is read whole; offsets stay.

    ``raw_title`` is the language's pattern of a title with its dot; a language
    without it gives the document unchanged.
    """
    if "raw_title" not in grammar:
        return document
    text = grammar["raw_title"].sub(lambda title: title.group().replace(".", " "), document.text)
    return document if text == document.text else replace(document, text=text)


def as_printed(claim: Claim, document: Document, grammar: Grammar) -> Claim:
    """Give a claim found in such a document the words of the document as printed."""
    titles = {title.group().rstrip(".") for title in grammar["raw_title"].finditer(document.text)}
    dotted = re.compile(rf"\b(?:{'|'.join(sorted(titles))})\b(?!\.)")
    return replace(
        claim,
        sentence=document.text[claim.start : claim.end],
        attributed_to=dotted.sub(lambda title: title.group() + ".", " ".join(claim.attributed_to.split())),
    )
