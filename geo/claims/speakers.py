"""Who the named people of a document speak for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from geo.claims.credit import Attribution
from geo.claims.groups import is_mapped
from geo.claims.view import Item, View
from geo.normalise import flatten

__all__ = ["NAME", "add_speakers", "known_speaker", "name_speakers", "place_speaker"]

_FULL_NAME = 2
_RANK_REACH = 48
_NAME_REACH = 120
_SHORTEST = 4
_APPOSED = re.compile(r"\s*,[^,;:«»“”\"]{2,80},\s*")
_NO_NAME = frozenset(
    (
        "the a an in it he she they this that on at last but and "
        "в во на по из от об о при за но и а так также тем как это он она они ранее кроме однако"
    ).split()
)


_CAPITAL = "[A-ZÀ-ÖØ-ÞА-ЯЁ]"
NAME = re.compile(
    rf"\b(?:Al-|al-|аль-)?{_CAPITAL}[\w’'-]+(?:\s+(?:al-|Al-|ul-|bin\s|von\s|аль-|ас-|аз-|ар-|аш-|бен\s)?"
    rf"{_CAPITAL}[\w’'-]+){{0,3}}"
)
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
            inverts = "inverts_speech" in view.grammar
            if inverts and (view.find("source_oblique", flatten(before)) or _names_group(view, source)):
                continue
            after = text[source.end : min(view.sentence.end, source.end + 50)]
            names = []
            if appositive := re.search(rf"({NAME.pattern}),\s+(?:\w+[\s’']+){{0,6}}$", before):
                names.append(appositive.group(1))
            titled = re.match(rf"(?:\s+\w+)?,?\s+({NAME.pattern})", after)
            if titled and "said_inverted" in view.grammar and _is_place(view, source.end + titled.start(1)):
                titled = re.match(rf"\s*,\s+({NAME.pattern})", after[titled.end() :])
            if titled:
                names.append(titled.group(1))
            for name in names:
                surname = name.split()[-1].casefold().removesuffix("’s")
                speakers.setdefault(surname, source.label)
    return speakers


def _names_group(view: View, source: Item) -> bool:
    """Whether a source is but the group's own name, which puts nobody beside it in office."""
    return any(group.start <= source.start and source.end <= group.end for group in view.groups)


def _is_place(view: View, position: int) -> bool:
    """Whether a place is named at an offset: "the governor of Kunar, …"."""
    return any(mention.start == position for mention in view.mentions)


def known_speaker(text: str, view: View, verb: Item, speakers: Mapping[str, str]) -> Attribution | None:
    """A name right before the verb: somebody introduced earlier, or judged by his rank."""
    low = max(view.sentence.start, verb.start - _NAME_REACH)
    end = verb.start
    for name in reversed(list(NAME.finditer(text[low : verb.start]))):
        start = low + name.start()
        aside = view.grammar["source_oblique"].search(view.flat, view.sentence.start, start)
        if aside is not None and aside.end() == start and not text[low + name.end() : end].strip(" ,"):
            end = low + len(text[low : aside.start()].rstrip())
            continue
        gap = text[low + name.end() : end]
        beside = not gap.strip(" ,") or _APPOSED.fullmatch(gap)
        if beside and (speaker := place_speaker(text, view, start, name.group(), speakers)):
            return speaker
    return None


def place_speaker(
    text: str, view: View, start: int, name: str, speakers: Mapping[str, str]
) -> Attribution | None:
    """A named speaker; one whom the text does not place is taken by rank, else for an analyst."""
    words = name.split()
    surname = words[-1].casefold()
    if surname in speakers:
        return Attribution(name, speakers[surname], cue=f"{name}, introduced in the text")
    spans = [(mention.start, mention.end) for mention in view.mentions]
    spans += [(group.start, group.end) for group in view.groups]
    known = any(low < start + len(name) and start < high for low, high in spans)
    known = known or words[0].casefold() in _NO_NAME or view.fits("no_name", words[0])
    if known or len(words) < _FULL_NAME:
        return None
    lead = re.split(r"[,.;:«»“”\"()]", text[max(view.sentence.start, start - _RANK_REACH) : start])[-1]
    ranked = bool(view.grammar["raw_officer"].search(lead + words[0]))
    return Attribution(name, "government" if ranked else "analyst", cue=f"{name}, not introduced further")


def add_speakers(flat: str, views: Sequence[View]) -> list[View]:
    """Return the views with later uses of introduced names added to their sources.

    For scripts without capitals, where only the words beside an office tell that
    something is a name: "Latif Habibi, spokesman of the ministry, said …. Habibi
    added …". Patterns ``introduced_before`` and ``introduced_after`` say where
    such names stand; a language without them is given its views unchanged.
    """
    known: dict[str, Item] = {}
    for view in views:
        for name, source in _introduced(view):
            known.setdefault(name, source)
    if not known:
        return list(views)
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(known, key=len, reverse=True))) + r")\b")
    return [_with_names(flat, view, pattern, known) for view in views]


def _introduced(view: View) -> Iterator[tuple[str, Item]]:
    """The names that stand beside the offices of a sentence, each with its source."""
    if "introduced_before" not in view.grammar and "introduced_after" not in view.grammar:
        return
    for source in (s for s in view.sources if s.role in ("source", "office") and s.label != "media"):
        if any(is_mapped(g.label) and g.start < source.end and source.start < g.end for g in view.groups):
            continue
        before = view.between(view.sentence.start, source.start)
        after = view.between(source.end, view.sentence.end)
        ruled = view.find("taliban_office_before", before[-40:]) or view.find(
            "taliban_office_after", after[:_NAME_REACH]
        )
        origin = replace(source, label="taliban") if ruled and source.label == "government" else source
        things = (kind for kind in view.kinds if kind.role not in ("member", "noun", "post"))
        told = {word for kind in things for word in flatten(kind.text).split()}
        for name, words in (("introduced_before", before), ("introduced_after", after)):
            unnamed = name == "introduced_after" and source.label == "anonymous"
            match = None if unnamed else view.find(name, words)
            for word in match.group(1).split() if match else ():
                if len(word) >= _SHORTEST and word not in told and not view.fits("no_name", word):
                    yield word, origin


def _with_names(flat: str, view: View, pattern: re.Pattern[str], known: Mapping[str, Item]) -> View:
    taken = [(item.start, item.end) for item in (*view.groups, *view.sources)]
    taken += [(mention.start, mention.end) for mention in view.mentions]
    added: list[Item] = []
    for match in pattern.finditer(flat, view.sentence.start, view.sentence.end):
        source, (start, end) = known[match.group()], match.span()
        if start > source.end and all(end <= low or high <= start for low, high in taken):
            added.append(Item(start, end, source.label, source.role, match.group()))
    if not added:
        return view
    kinds = tuple(k for k in view.kinds if all(k.end <= item.start or item.end <= k.start for item in added))
    sources = tuple(sorted((*view.sources, *added), key=lambda item: item.start))
    return replace(view, kinds=kinds, sources=sources)
