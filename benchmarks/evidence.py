"""What speaks for each answer to two questions: who is credited with a claim, and is there one at all.

Everything is coarse on purpose (who speaks in the sentence, what lies nearer, what the rules say), so
that a few hundred claims can weigh it and the weights hold in every language.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.seen import Claimed, Item, Place, Sentence, Text
from geo.schema import MAPPED_GROUPS

__all__ = [
    "CLAIM",
    "NO_CLAIM",
    "Choice",
    "Evidence",
    "Key",
    "claim_choices",
    "key_of_claim",
    "source_choices",
]

CLAIM, NO_CLAIM = "claim", "no claim"
POINT = ("named", "place")
"""What a claim is for that colours a province."""
Evidence = dict[str, float]
Key = tuple[str, str, str, str]
"""Document, province, type and stance."""
Spoken = list[tuple[str, str]]
"""The sources of a sentence: kind, and whether it says something or is only named."""

_SPEAKING = ("source", "office", "voice", "state")
_TYPES = ("training_camp", "safe_house", "weapons_depot", "madrasa", "media")
_CUES = ("negation", "denial", "hypothetical", "wish", "irrealis", "linked")
_SAID_BEHIND, _SAID_BEFORE, _CITED, _BACK = 60, 30, 40, 5
_TOPIC_LASTS = 4


class Choice(NamedTuple):
    """One question: its possible answers, what speaks for each, and what the rules answer."""

    doc_id: str
    key: Key
    options: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    ruled: str
    start: int


def key_of_claim(text: Text, claim: Claimed) -> Key:
    """Return what must agree for a claim to be right."""
    return text.doc_id, claim.province, claim.type, claim.stance


def source_choices(text: Text, *, every: bool = False) -> Iterator[Choice]:
    """Ask which kind of source a claim has: each that the rules leave to the author, or ``every`` one."""
    spoken = [_speaking(sentence) for sentence in text.sentences]
    at = {sentence.start: number for number, sentence in enumerate(text.sentences)}
    for claim in text.claims:
        open_to_doubt = every or claim.kind == "author"
        if not open_to_doubt or claim.basis not in POINT or claim.group not in MAPPED_GROUPS:
            continue
        found = _of_sources(text, claim, at[claim.start], spoken)
        if every:
            found[claim.kind] |= _of_rules(claim)
        options = tuple(sorted(found))
        evidence = tuple(found[kind] for kind in options)
        yield Choice(text.doc_id, key_of_claim(text, claim), options, evidence, claim.kind, claim.start)


def _of_rules(claim: Claimed) -> Evidence:
    """What the rules say, and whether they had it from another sentence."""
    ways = ("goes on", "pointing back", "introduced", "no source named")
    return {"rules": 1.0} | {f"rules: {way}": 1.0 for way in ways if way in claim.reason}


def _speaking(sentence: Sentence) -> Spoken:
    """Tell which sources a sentence names beside a verb of saying or "according to", and which without."""
    found = []
    for source in (one for one in sentence.sources if one.role in _SPEAKING):
        how = "named"
        for other in sentence.sources:
            behind, before = other.start - source.end, source.start - other.end
            if other.role == "verb" and (0 <= behind <= _SAID_BEHIND or 0 <= before <= _SAID_BEFORE):
                how = "said"
            if other.role == "according" and 0 <= before <= _CITED:
                how = "said"
        group = any(one.start < source.end and source.start < one.end for one in sentence.groups)
        if not (group and how == "named"):
            found.append((source.label, how))
    return found


def _of_sources(text: Text, claim: Claimed, at: int, spoken: Sequence[Spoken]) -> defaultdict[str, Evidence]:
    found: defaultdict[str, Evidence] = defaultdict(dict)

    def add(kind: str, name: str, value: float = 1.0) -> None:
        found[kind][name] = max(value, found[kind].get(name, 0.0))

    for kind, how in spoken[at]:
        add(kind, f"{how} here")
    for back in range(1, min(_BACK, at) + 1):
        for kind in _who_said(spoken[at - back]):
            add(kind, "said before", 1 / back)
    earlier = [kinds for sentence in spoken[:at] if (kinds := _who_said(sentence))]
    if earlier:
        add(earlier[-1][-1], "said last")
    for kind in _who_said(spoken[at + 1]) if at + 1 < len(spoken) else ():
        add(kind, "said next")
    for kind, how in (one for sentence in spoken[: min(2, at)] for one in sentence):
        add(kind, f"{how} at the opening")
    said = Counter(kind for sentence in spoken for kind in _who_said(sentence))
    for kind, number in said.items():
        add(kind, "share of all who speak", number / said.total())
    found["author"] |= _of_author(text, claim, at, spoken)
    for kind in tuple(found):
        add(kind, f"is {kind}")
    return found


def _who_said(sentence: Spoken) -> list[str]:
    return [kind for kind, how in sentence if how == "said"]


def _of_author(text: Text, claim: Claimed, at: int, spoken: Sequence[Spoken]) -> Evidence:
    """What speaks for the author: events, former years, background at the end, nobody else in sight."""
    year, published = claim.year, text.published[:4]
    facts = {
        "nobody speaks here": not _who_said(spoken[at]),
        "nobody speaks in the text": not any(map(_who_said, spoken)),
        "an operation": claim.type == "operation",
        "told of a former year": claim.year_basis in ("stated", "relative") and "" < year < published,
        "a place inside a province": claim.basis == "place",
        "late in the text": at >= 0.7 * len(spoken),
        "a heading": text.sentences[at].heading,
    }
    return {f"author: {name}": 1.0 for name, holds in facts.items() if holds}


def claim_choices(text: Text) -> Iterator[Choice]:
    """Ask, for each province in the reach of the group and each type in sight, whether that is claimed."""
    since = _TOPIC_LASTS + 1
    before: list[Claimed] = []
    for sentence in text.sentences:
        own = [group for group in sentence.groups if group.label in MAPPED_GROUPS]
        since = 0 if own else since + 1
        here = [one for one in text.claims if one.start == sentence.start and one.basis in POINT]
        here = [one for one in here if one.group in MAPPED_GROUPS]
        for place in (one for one in sentence.places if one.basis in POINT):
            if since <= _TOPIC_LASTS or any(one.province == place.province for one in here):
                yield from _asked_of(text, sentence, place, here, before, since)
        before = here


def _asked_of(
    text: Text,
    sentence: Sentence,
    place: Place,
    here: Sequence[Claimed],
    before: Sequence[Claimed],
    since: int,
) -> Iterator[Choice]:
    mine = [one for one in here if one.province == place.province]
    types = {"presence", *(one.label for one in sentence.kinds), *(one.type for one in (*here, *before))}
    for claim_type in sorted(types - {"-"}):
        made = [one for one in mine if one.type == claim_type]
        stances = {one.stance for one in made or mine or here} or {"affirmed"}
        evidence = _of_claim(text, sentence, place, claim_type, here, before, since)
        for stance in sorted(stances):
            ruled = CLAIM if any(one.stance == stance for one in made) else NO_CLAIM
            full = (
                evidence | {f"stance {stance}": 1.0} | ({"rules: this stance": 1.0} if ruled == CLAIM else {})
            )
            key = (text.doc_id, place.province, claim_type, stance)
            yield Choice(text.doc_id, key, (CLAIM, NO_CLAIM), (full, {}), ruled, sentence.start)


def _of_claim(
    text: Text,
    sentence: Sentence,
    place: Place,
    claim_type: str,
    here: Sequence[Claimed],
    before: Sequence[Claimed],
    since: int,
) -> Evidence:
    mine = [one for one in here if one.province == place.province]
    made = [one for one in mine if one.type == claim_type]
    rows = [one for one in here if one.province != place.province]
    triggers = [one for one in sentence.kinds if one.label == claim_type]
    others = [one for one in sentence.kinds if one.label != claim_type]
    own = [one for one in sentence.groups if one.label in MAPPED_GROUPS]
    foreign = [one for one in sentence.groups if one.label not in MAPPED_GROUPS and one.role != "actor"]
    carried = any("list" in one.reason or "goes on" in one.reason for one in made)
    facts = {
        "any": True,
        f"type {claim_type}": True,
        "rules: this type": bool(made),
        f"rules: this type, {claim_type}": bool(made),
        "rules: carried from elsewhere": carried,
        "rules: group only meant": bool(made) and not own,
        "rules: another type": bool(mine) and not made,
        "rules: this type beside": any(one.type == claim_type for one in rows),
        "rules: another type beside": any(one.type != claim_type for one in rows),
        "rules: this type before": any(one.type == claim_type for one in before),
        "no word for it": not triggers,
        "another word nearer": _distance(place, others) < _distance(place, triggers),
        "a site besides presence": claim_type == "presence" and any(one.label in _TYPES for one in others),
        "another group": bool(foreign),
        "another group nearer": _distance(place, foreign) < _distance(place, own),
        "a heading": sentence.heading,
        "a list": len({one.province for one in sentence.places}) > 1,
        "not English": text.language != "en",
        **{f"cue {cue}": any(one.label == cue for one in sentence.cues) for cue in _CUES},
    }
    near = {
        "word near": 1 / (1 + _distance(place, triggers) / 40),
        "group near": 1 / (1 + _distance(place, own) / 60),
        "sentences since the group": since / _TOPIC_LASTS,
    }
    return {name: 1.0 for name, holds in facts.items() if holds} | near


def _distance(place: Place, items: Iterable[Item]) -> float:
    """Characters from a place to the nearest of some phrases; endless where there is none."""
    return min((max(one.start - place.end, place.start - one.end, 0) for one in items), default=float("inf"))
