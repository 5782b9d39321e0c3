"""Whom "he" means: the member of the group that the sentence before was about."""

from __future__ import annotations

from dataclasses import replace

from geo.claims.groups import is_linked, is_mapped, member_noun
from geo.claims.introduced import NAME
from geo.claims.memory import Memory
from geo.claims.naming import is_group_name
from geo.claims.view import Item, View

__all__ = ["member_met", "resolve_he"]

_NEXT = 20
_PEOPLE = ("government", "anonymous", "analyst", "taliban", "militant")


def resolve_he(text: str, view: View, memory: Memory) -> View:
    """Let "he" stand as the group's member whom the sentence before was about.

    Not where somebody else is named before it in its own sentence, nor where it only speaks.
    """
    if not is_mapped(memory.member):
        return view
    if "he_meant" in view.grammar:
        return _resolve_unquoted(view, memory.member)
    if view.sentence.paragraph - memory.paragraph > 1:
        return view
    match = view.grammar["he_again"].search(view.flat, view.sentence.start, view.sentence.end)
    if match is None or _somebody_else(text, view, match.start(1)):
        return view
    if any(group.role == "person" and group.start > match.end() for group in view.groups):
        return view
    return _with_person(view, Item(*match.span(1), memory.member, "person", match.group(1)))


def _resolve_unquoted(view: View, label: str) -> View:
    """The same in scripts without capitals, where a pattern tells the pronouns of which nothing is quoted."""
    he = view.grammar["he_meant"].search(view.flat, view.sentence.start, view.sentence.end)
    if he is None or any(group.end <= he.start() and group.role != "actor" for group in view.groups):
        return view
    return _with_person(view, Item(*he.span(), label, "person", he.group()))


def _with_person(view: View, meant: Item) -> View:
    return replace(view, groups=tuple(sorted((*view.groups, meant), key=lambda item: item.start)))


def member_met(text: str, view: View) -> str:
    """The group whose member a sentence is about, so that "he" in the next may mean him; else empty."""
    if "he_meant" in view.grammar:
        return _member_last(view)
    if "he_again" not in view.grammar:
        return ""
    for group in view.groups:
        if not is_mapped(group.label) or not _is_one(view, group):
            continue
        noun = member_noun(view, group, view.kinds)
        start = min(noun.start, group.start) if noun else group.start
        return "" if _somebody_else(text, view, start, group.start) else group.label
    return ""


def _member_last(view: View) -> str:
    """The group of the last member named, where no source is named after him."""
    people = [group for group in view.groups if group.role == "person" and is_mapped(group.label)]
    if not people:
        return ""
    spans = [(group.start, group.end) for group in view.groups if is_mapped(group.label)]
    later = [s for s in view.sources if s.role in ("source", "office") and s.start >= people[-1].end]
    others = [s for s in later if all(s.end <= low or high <= s.start for low, high in spans)]
    return "" if any(s.label != "media" for s in others) else people[-1].label


def _is_one(view: View, group: Item) -> bool:
    """Whether a group's name stands for one of its people: a member by name, or "an al-Qaeda commander"."""
    if group.role == "person":
        return True
    noun = member_noun(view, group, view.kinds)
    if noun is None or is_linked(view, group):
        return False
    before = view.between(view.sentence.start, min(noun.start, group.start))
    return not noun.text.endswith("s") and bool(view.find("one_member", before[-40:]))


def _somebody_else(text: str, view: View, high: int, apposed: int = 0) -> bool:
    """Whether another person is named or told of in a sentence before an offset.

    ``apposed`` is where the group's name stands, if the person beside it is no other.
    """
    low = view.sentence.start
    introduced = view.grammar["raw_member_before"].search(text[low:apposed]) if apposed else None
    own = introduced.group(1) if introduced else ""
    spans = [(mention.start, mention.end) for mention in view.mentions]
    spans += [(item.start, item.end) for item in (*view.groups, *view.sources)]
    for name in NAME.finditer(text, low, high):
        inside = any(start < name.end() and name.start() < end for start, end in spans)
        opens = name.start() == low and " " not in name.group()
        opens = opens and not view.find("acts_next", view.between(name.end(), name.end() + _NEXT))
        if (
            not inside
            and not opens
            and name.group() not in own
            and not view.find("no_name", name.group().casefold())
        ):
            return True
    return any(
        source.role in ("source", "voice", "office")
        and source.label in _PEOPLE
        and low <= source.start < high
        and not is_group_name(view, source)
        and bool(view.fits("one_person", source.text))
        for source in view.sources
    )
