"""What the rules see of a sentence: its places, groups, phrases and cues, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from geo.automaton import Found, keep_longest
from geo.claims.grammar import Grammar
from geo.claims.lexicon import Phrase
from geo.claims.sentences import Sentence
from geo.model import Mention
from geo.normalise import flatten

__all__ = ["Item", "View", "build_views", "pass_over"]


_BLANKS = re.compile(r"\s{2,}")

_MARKED = re.compile(r"\w*[\u0640\u064b-\u0652][\w\u064b-\u0652]*")
_MARKS = re.compile(r"[\u0640\u064b-\u0652]")

_HIDING = ("concession", "impersonal")
"""Cues that only keep the shorter ones inside them from counting: "si bien", "il y a"."""

_SPLIT = {
    "split_event": ("kinds", "operation", "event"),
    "split_verb": ("kinds", "presence", "verb"),
    "there_verb": ("kinds", "presence", "verb"),
    "split_saying": ("sources", "-", "verb"),
}
"""Patterns of verbs whose second part stands at the end of the clause, and what they are found as."""

_BESIDE = 40
_JUST_SPOKEN = 500
_CONTENTS_REACH = 80


@dataclass(frozen=True, slots=True)
class Item:
    """A phrase of the lexicon where it stands: a half-open span of the document."""

    start: int
    end: int
    label: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """One sentence with everything found in it.

    ``flat`` is the whole document folded character by character, so that
    ``flat[a:b]`` with the offsets of any item gives comparable words.
    """

    sentence: Sentence
    flat: str = field(repr=False)
    mentions: tuple[Mention, ...]
    groups: tuple[Item, ...]
    kinds: tuple[Item, ...]
    cues: tuple[Item, ...]
    sources: tuple[Item, ...]
    grammar: Grammar = field(repr=False)

    def between(self, low: int, high: int) -> str:
        """The folded words between two offsets, empty when they are out of order."""
        return self.flat[low:high] if low < high else ""

    def find(self, name: str, words: str) -> re.Match[str] | None:
        """Look for a pattern of the sentence's language in folded words; its anchors say where.

        Runs of blanks count as one, so the offsets of the match are not those of the document.
        """
        return self.grammar[name].search(_BLANKS.sub(" ", words))

    def fits(self, name: str, words: str) -> bool:
        """Whether all of the folded words are what a pattern of the language describes."""
        return self.grammar[name].fullmatch(flatten(words)) is not None

    def cued(self, *cues: str, low: int | None = None, high: int | None = None) -> list[Item]:
        """The cues of these kinds that lie wholly between two offsets."""
        start = self.sentence.start if low is None else low
        end = self.sentence.end if high is None else high
        return [item for item in self.cues if item.label in cues and item.start >= start and item.end <= end]


def pass_over(grammar: Grammar, flat: str, names: Sequence[Found]) -> str:
    """Blank what is read as though it were not there: legal notes, quotation marks around names.

    Vowel signs and stretches of the Arabic script are dropped; blanks behind the
    word make up for them. ``passed_over`` and ``name_quote`` are the language's patterns; the text
    keeps its length. Gives the text unchanged where the language has neither.
    """
    if _MARKS.search(flat):
        flat = _MARKED.sub(lambda match: _MARKS.sub("", match.group()).ljust(len(match.group())), flat)
    if "passed_over" in grammar:
        flat = grammar["passed_over"].sub(lambda match: " " * len(match.group()), flat)
    if "name_quote" in grammar:
        quote, signs = grammar["name_quote"], list(flat)
        for name in names:
            before, after = flat[name.start - 1 : name.start], flat[name.end : name.end + 1]
            for at, sign in ((name.start - 1, before), (name.end, after)):
                if quote.fullmatch(sign):
                    signs[at] = " "
        flat = "".join(signs)
    return flat


def build_views(
    text: str,
    flat: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    hits: Sequence[Found],
    phrases: Sequence[Phrase],
    grammar: Grammar,
) -> list[View]:
    """Sort mentions and phrase hits into their sentences.

    Of overlapping hits in one table the longest stays. A group's name hides
    nothing of the other tables, but no trigger may lie inside a place or group.
    """
    spans = [(mention.start, mention.end) for mention in mentions]
    tables: dict[str, list[Item]] = {}
    for table in ("groups", "kinds", "cues", "sources"):
        own = [hit for hit in hits if phrases[hit.phrase].table == table]
        fitting = [hit for hit in own if phrases[hit.phrase].fits(text[hit.start : hit.end])]
        items = [_item(hit, phrases[hit.phrase]) for hit in keep_longest(fitting)]
        if table == "groups":
            items = [item for item in _first_of_span(items) if not _is_homonym(flat, item, grammar)]
        if table == "cues":
            items = [item for item in items if item.label not in _HIDING]
        if table == "kinds":
            items = [item for item in items if item.role != "hidden"]
            named = [item for item in tables["groups"] if item.role != "actor"]
            taken = spans + [(item.start, item.end) for item in named]
            items = [_by_contents(item, flat, grammar) for item in _outside(items, taken)]
        tables[table] = _with_split(items, table, flat, grammar)
    return [
        View(
            sentence,
            flat,
            tuple(m for m in mentions if sentence.start <= m.start < sentence.end),
            groups=_within(tables["groups"], sentence),
            kinds=_within(tables["kinds"], sentence),
            cues=_within(tables["cues"], sentence),
            sources=_within(tables["sources"], sentence),
            grammar=grammar,
        )
        for sentence in sentences
    ]


def _with_split(items: list[Item], table: str, flat: str, grammar: Grammar) -> list[Item]:
    """Add the verbs that stand in two parts: "nahmen … fest", known by both (groups 1 and 2)."""
    added = [
        Item(*match.span(1), label, role, f"{match.group(1)} {match.group(2)}")
        for name, (own, label, role) in _SPLIT.items()
        if own == table and name in grammar
        for match in grammar[name].finditer(flat)
    ]
    if not added:
        return items
    starts = {item.start for item in added}
    return sorted(
        (*added, *(item for item in items if item.start not in starts)), key=lambda item: item.start
    )


def _item(hit: Found, phrase: Phrase) -> Item:
    return Item(hit.start, hit.end, phrase.label, phrase.role, phrase.text)


def _by_contents(item: Item, flat: str, grammar: Grammar) -> Item:
    """A hiding place that the next words fill with arms, as the depot that it is."""
    if item.label != "safe_house" or item.role not in ("site", "site_weak"):
        return item
    held = grammar["arms_inside"].search(_BLANKS.sub(" ", flat[item.end : item.end + _CONTENTS_REACH]))
    return replace(item, label="weapons_depot") if held else item


def _first_of_span(items: Iterable[Item]) -> list[Item]:
    by_span: dict[tuple[int, int], Item] = {}
    for item in items:
        by_span.setdefault((item.start, item.end), item)
    return list(by_span.values())


def _is_homonym(flat: str, item: Item, grammar: Grammar) -> bool:
    """Whether a group's name is the common noun that is spelt alike ("the base" in Arabic).

    Words beside it decide; where they do not, a text that has just spoken of such a thing means it.
    """
    if not grammar["homonym"].fullmatch(flat[item.start : item.end]):
        return False
    beside = f"{flat[max(0, item.start - _BESIDE) : item.start]}¦{flat[item.end : item.end + _BESIDE]}"
    if grammar["homonym_name"].search(beside):
        return False
    earlier = flat[max(0, item.start - _JUST_SPOKEN) : item.start]
    return bool(grammar["homonym_noun"].search(beside) or grammar["homonym_spoken"].search(earlier))


def _outside(items: Sequence[Item], spans: Sequence[tuple[int, int]]) -> list[Item]:
    ordered = sorted(spans)
    kept, at = [], 0
    for item in items:
        while at < len(ordered) and ordered[at][1] <= item.start:
            at += 1
        if at == len(ordered) or ordered[at][0] >= item.end:
            kept.append(item)
    return kept


def _within(items: Sequence[Item], sentence: Sentence) -> tuple[Item, ...]:
    return tuple(item for item in items if sentence.start <= item.start < sentence.end)
