"""The components of the engine that can be switched off for one run, and a baseline without any.

The engine has no flags for this: functions are replaced where they are looked
up, for the length of a ``with`` block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any
from unittest import mock

from geo.automaton import Found
from geo.claims import Grammar, Phrase
from geo.claims.credit import AUTHOR
from geo.claims.discourse import Memory
from geo.claims.groups import Link, Owner, is_mapped
from geo.claims.places import PlaceList
from geo.claims.record import Context, make_claim
from geo.claims.sentences import split_sentences
from geo.claims.stance import Stance
from geo.claims.view import View, build_views
from geo.model import Claim, Document, Mention
from geo.normalise import flatten

__all__ = ["BASELINE", "SWITCHES", "Replacement", "Switch", "switched_off"]

_JUDGE = "geo.claims.judge"
_CREDITING = "geo.claims.crediting"

Maker = Callable[[Callable[..., Any]], Callable[..., Any]]
"""Makes the function that stands in for another."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One function of the engine and what stands in for it.

    Parameters
    ----------
    module, name
        Where the engine looks the function up: the module that calls it.
    make
        Is given the function and returns the other one.
    """

    module: str
    name: str
    make: Maker


@dataclass(frozen=True, slots=True)
class Switch:
    """A component: a short name, what the tables call it, and what is replaced to do without it."""

    key: str
    title: str
    replacements: tuple[Replacement, ...]


@contextmanager
def switched_off(switch: Switch) -> Iterator[None]:
    """Do without a component until the block ends.

    Raises
    ------
    AttributeError
        If the engine has no function of that name any more: then mend the switch.
    """
    with ExitStack() as stack:
        for item in switch.replacements:
            module = import_module(item.module)
            stand_in = item.make(getattr(module, item.name))
            stack.enter_context(mock.patch.object(module, item.name, stand_in))
        yield


def _always(value: Any) -> Maker:
    return lambda _original: lambda *_args, **_kwargs: value


def _argument(place: int) -> Maker:
    return lambda _original: lambda *args, **_kwargs: args[place]


def _whole_sentence(_original: Callable[..., Any]) -> Callable[..., Any]:
    return lambda view: [view.sentence.start, view.sentence.end]


def _each_alone(original: Callable[..., Any]) -> Callable[..., Any]:
    def list_places(view: View) -> list[PlaceList]:
        """Split every list but where somebody comes from, which is a matter of its own."""
        alone: list[PlaceList] = []
        for plist in original(view):
            members = () if plist.origin else plist.mentions
            alone += [one for mention in members for one in original(replace(view, mentions=(mention,)))]
            alone += [plist] if plist.origin else []
        return alone

    return list_places


def _in_judge(name: str, make: Maker) -> Replacement:
    return Replacement(_JUDGE, name, make)


SWITCHES = (
    Switch(
        "memory",
        "discourse memory: every sentence stands alone",
        (
            _in_judge("remember", lambda _original: lambda *_args, **_kwargs: Memory()),
            _in_judge("opening_topic", _always("")),
            Replacement(_CREDITING, "_credited_after", _always(AUTHOR)),
            Replacement(_CREDITING, "_speaker_ahead", _always(None)),
        ),
    ),
    Switch(
        "anaphors",
        "anaphors: “the group”, “this province” mean nothing",
        (_in_judge("resolve_anaphors", _argument(0)), _in_judge("places_meant", _argument(0))),
    ),
    Switch(
        "members",
        "members introduced: a surname alone is nobody",
        (_in_judge("add_members", _argument(2)),),
    ),
    Switch(
        "speakers",
        "speakers introduced: a name alone speaks for nobody",
        (
            Replacement(_CREDITING, "name_speakers", _always({})),
            Replacement(_CREDITING, "name_kinds", _always({})),
        ),
    ),
    Switch(
        "goes_on",
        "going on speaking: each sentence names its own source or none",
        (Replacement(_CREDITING, "goes_on_speaking", _always(False)),),
    ),
    Switch(
        "stance",
        "stance: all is claimed and affirmed",
        (_in_judge("judge_stance", _always(Stance("affirmed"))),),
    ),
    Switch(
        "nonclaims",
        "non-claims: datelines, titles, offices and page furniture count",
        (
            _in_judge("is_nonclaim", _always(False)),
            _in_judge("is_title", _always(False)),
            _in_judge("is_boilerplate", _always(False)),
        ),
    ),
    Switch(
        "clauses", "clause bounds: a sentence is one clause", (_in_judge("clause_bounds", _whole_sentence),)
    ),
    Switch("asides", "asides: insertions are read along", (_in_judge("find_asides", _always(())),)),
    Switch("lists", "place lists: each mention alone", (_in_judge("list_places", _each_alone),)),
    Switch(
        "last_resort",
        "last resort: acting in a place is not being there",
        (Replacement("geo.claims.kinds", "acting_there", _always([])),),
    ),
    Switch(
        "languages",
        "tables of each language: all are read as English",
        (Replacement("geo.extraction", "guess_language", _always("en")),),
    ),
)
"""Every component, in the order of the tables."""


def _claim_named_together(
    document: Document,
    mentions: Sequence[Mention],
    hits: Sequence[Found],
    phrases: Sequence[Phrase],
    grammar: Grammar,
) -> tuple[Claim, ...]:
    """A presence wherever a sentence names the group and a province, credited to the author."""
    flat = flatten(document.text)
    context = Context(document, flat, document.text_sha256)
    sentences = split_sentences(document.text, grammar)
    claims = []
    for view in build_views(document.text, flat, sentences, mentions, hits, phrases, grammar):
        named = [group for group in view.groups if group.role == "name" and is_mapped(group.label)]
        for mention in view.mentions if named else ():
            link = Link("presence", named[0], Owner(named[0].label, named[0], "same sentence"), "named there")
            bounds = [view.sentence.start, view.sentence.end]
            for province in (mention.province_id,) if mention.province_id else mention.provinces:
                claims.append(
                    make_claim(context, view, bounds, mention, province, link, Stance("affirmed"), AUTHOR, ())
                )
    return tuple(claims)


BASELINE = Switch(
    "baseline",
    "baseline: group and province in one sentence are a presence",
    (Replacement("geo.extraction", "judge_claims", lambda _original: _claim_named_together),),
)
"""What the simplest counting of names would claim, in place of the whole engine."""
