"""Whom "the group", "they" and bare members mean, from what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from geo.claims.groups import is_linked, is_mapped
from geo.claims.lexicon import Phrase
from geo.claims.memory import Memory
from geo.claims.view import Item, View
from geo.normalise import flatten

__all__ = ["keep_pronouns", "opening_topic", "resolve_anaphors"]

_SHORTEST_NAME = 5
_RIGHT_AFTER = 2
_APPOSED = 2
_OF_WHOM = 30
_LINK_REACH = 25
_MOVEMENTS = ("taliban", "haqqani", "resistance", "other-militant")


def opening_topic(title: str, phrases: Sequence[Phrase]) -> str:
    """The group that the headline names, when it names just one."""
    flat = f" {flatten(title)} "
    groups = {
        phrase.label
        for phrase in phrases
        if phrase.table == "groups"
        and phrase.role == "name"
        and len(phrase.text) >= _SHORTEST_NAME
        and _as_a_word(phrase.text) in flat
    }
    return next(iter(groups)) if len(groups) == 1 else ""


@cache
def _as_a_word(name: str) -> str:
    return f" {flatten(name)} "


def resolve_anaphors(view: View, memory: Memory) -> View:
    """Let "the group" stand as the group it means.

    That is the last one named before it in the sentence. The Taliban yield to
    the group talked about: a text that says "the Taliban deny that the network
    has camps" does not mean their own.
    """
    added = []
    for cue in view.cued("anaphor", "latter"):
        named = [
            g for g in view.groups if g.end <= cue.start and g.role == "name" and not _is_measure(view, g)
        ]
        if named and _only_links(view, named[-1], cue):
            continue
        before = [g.label for g in named]
        if view.fits("never_a_movement", cue.text):
            before = [label for label in (memory.latter, memory.topic, *before) if label not in _MOVEMENTS]
        label = before[-1] if before else memory.topic
        if label == "taliban" and is_mapped(memory.topic):
            label = memory.topic
        if cue.label == "latter":
            label = memory.latter
        if "verb_final" in view.grammar and any(
            0 <= cue.start - link.end <= _RIGHT_AFTER for link in view.cued("linked")
        ):
            continue
        apposed = any(0 <= g.start - cue.end <= _APPOSED and g.role == "name" for g in view.groups)
        apposed = apposed or bool(view.find("anaphor_of", view.between(cue.end, cue.end + _OF_WHOM)))
        if label and not apposed and not any(g.start < cue.end and cue.start < g.end for g in view.groups):
            added.append(Item(cue.start, cue.end, label, "name", cue.text))
    added += _some_of_them(view, memory)
    if is_mapped(memory.topic):
        added += [] if _meant_otherwise(view, memory) else _bare_members(view, memory.topic)
    if not added:
        return view
    groups = tuple(sorted((*view.groups, *added), key=lambda item: item.start))
    return replace(view, groups=groups, kinds=_apart_from(view, added))


def _apart_from(view: View, added: Sequence[Item]) -> tuple[Item, ...]:
    """The triggers without the nouns that only name the group: "network" in "envoys of the network"."""
    if "names_itself" not in view.grammar:
        return view.kinds
    return tuple(
        kind
        for kind in view.kinds
        if not any(item.start <= kind.start and kind.end <= item.end for item in added)
        or not view.fits("names_itself", kind.text)
    )


def _some_of_them(view: View, memory: Memory) -> list[Item]:
    """Some of the people just spoken of, at the start of a sentence: "Some are in X", "Others fled to Y"."""
    sites = any(link.trigger.role.startswith("site") for link in memory.links)
    if sites or not is_mapped(memory.topic) or memory.topic_age or memory.outsiders or view.groups:
        return []
    match = view.grammar["some_of_them"].search(view.flat, view.sentence.start, view.sentence.end)
    return [Item(*match.span(1), memory.topic, "name", match.group(1))] if match else []


def _only_links(view: View, group: Item, cue: Item) -> bool:
    """Whether a group is named before "group" as whom that one is linked to, where nouns come last."""
    near = cue.start - group.end < _LINK_REACH
    return "verb_final" in view.grammar and near and is_linked(view, group)


def _is_measure(view: View, group: Item) -> bool:
    """Whether a group is named only to compare another with it: "more dangerous than X"."""
    before = view.between(view.sentence.start, group.start)[-_LINK_REACH:]
    after = view.between(group.end, view.sentence.end)[:_LINK_REACH]
    return bool(view.find("measured_by", f"{before}¦{after}"))


def _meant_otherwise(view: View, memory: Memory) -> bool:
    """Whether "most of them" may be soldiers or villagers of the sentence or of the one before."""
    return "verb_first" in view.grammar and (memory.outsiders or bool(view.groups))


def _bare_members(view: View, topic: str) -> list[Item]:
    """The people of the group talked about where they are only counted: "fewer than 200 members remain"."""
    low, high = view.sentence.start, view.sentence.end
    named = [group.start for group in view.groups if group.role != "actor"]
    alone = "inverts_speech" in view.grammar or not named
    if not alone and "verb_final" not in view.grammar:
        return []
    others = [g.end for g in view.groups if g.role != "person" and not is_mapped(g.label)]
    theirs = min(others, default=high) if "inverts_speech" in view.grammar else high
    return [
        Item(*match.span(match.lastindex or 0), topic, "name", match.group(match.lastindex or 0))
        for match in view.grammar["bare_members"].finditer(view.flat, low, high)
        if match.start() < theirs and (alone or match.end() <= named[0])
    ]


def keep_pronouns(view: View, memory: Memory) -> View:
    """Drop the pronouns that mean somebody else: "our troops are there; they train"."""
    kept = []
    for cue in view.cues:
        if cue.label in ("pronoun", "person_pronoun"):
            named = any(group.end <= cue.start for group in view.groups)
            before = view.between(view.sentence.start, cue.start)
            ours = bool(view.find("we", before)) and not view.fits("never_ours", cue.text)
            theirs = memory.outsiders and not (cue.label == "person_pronoun" and _just_struck(memory))
            if not named and (ours or theirs):
                continue
        kept.append(cue)
    return replace(view, cues=tuple(kept))


def _just_struck(memory: Memory) -> bool:
    """Whether the sentence before tells who was killed or taken: "he" is that one, and not the soldiers."""
    return bool(memory.deeds) and memory.deeds_age <= 1
