"""Who a text itself introduces as a member, so that later sentences can name him alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.claims.groups import is_mapped
from geo.claims.view import Item, View
from geo.normalise import flatten

__all__ = ["add_members"]

_SHORTEST = 4
_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
_CASE_ENDING = re.compile("(?:ом|ем|ой|[аеиоуыюя])$")
_CASES = ("", "а", "у", "е", "ы", "и", "о", "ю", "я", "ом", "ем", "ой")


def add_members(text: str, flat: str, views: Sequence[View]) -> list[View]:
    """Return the views with later uses of members' surnames added to their groups.

    A member is a person of the lexicon or somebody that the text introduces
    beside the group's name ("Abu Yahya, a commander of al-Qaeda").
    """
    surnames: dict[str, tuple[str, int]] = {}
    for view in views:
        for item in view.groups:
            if not is_mapped(item.label):
                continue
            for name, end in _names_at(text, view, item):
                surname = flat_surname(name)
                if len(surname) >= _SHORTEST:
                    for form in _case_forms(surname):
                        surnames.setdefault(form, (item.label, end))
    if not surnames:
        return list(views)
    pattern = re.compile(r"\b(?:al )?(" + "|".join(map(re.escape, sorted(surnames))) + r")\b")
    return [_with_surnames(text, flat, view, pattern, surnames) for view in views]


def flat_surname(name: str) -> str:
    """The last word of a name, folded, without its article."""
    last = re.split(r"[ -]", name.strip())[-1].casefold().removesuffix("’s").removesuffix("'s")
    return last if last.isascii() else flatten(last)


def _case_forms(surname: str) -> tuple[str, ...]:
    """The case forms of a Cyrillic surname, which a text may introduce in any; else itself alone."""
    if not _CYRILLIC.fullmatch(surname):
        return (surname,)
    stem = _CASE_ENDING.sub("", surname)
    return (surname, *(stem + ending for ending in _CASES)) if len(stem) >= _SHORTEST else (surname,)


def _names_at(text: str, view: View, item: Item) -> list[tuple[str, int]]:
    if item.role == "person":
        return [(text[item.start : item.end], item.end)]
    found = []
    if match := view.grammar["raw_member_after"].search(
        text[item.end : min(view.sentence.end, item.end + 120)]
    ):
        found.append((match.group(1), item.end + match.end()))
    around = (
        f"{text[max(view.sentence.start, item.start - 120) : item.start]}¦{text[item.end : item.end + 60]}"
    )
    if match := view.grammar["raw_member_is"].search(around):
        found.append((match.group(1), 0))
    if match := view.grammar["raw_member_before"].search(
        text[max(view.sentence.start, item.start - 120) : item.start]
    ):
        found.append((match.group(1), item.start))
    return found


def _with_surnames(
    text: str, flat: str, view: View, pattern: re.Pattern[str], surnames: dict[str, tuple[str, int]]
) -> View:
    taken = [(item.start, item.end) for item in view.groups] + [(m.start, m.end) for m in view.mentions]
    added = []
    for match in pattern.finditer(flat, view.sentence.start, view.sentence.end):
        label, known_from = surnames[match.group(1)]
        start, end = match.span()
        free = all(end <= low or high <= start for low, high in taken)
        if free and start >= known_from and not text[match.start(1)].islower():
            added.append(Item(start, end, label, "person", match.group()))
    if not added:
        return view
    groups = tuple(sorted((*view.groups, *added), key=lambda item: item.start))
    return replace(view, groups=groups)
