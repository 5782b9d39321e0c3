"""What a reader keeps in mind from one sentence for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.claims.credit import AUTHOR, Attribution
from geo.claims.dates import DateRef
from geo.claims.groups import Link, is_mapped
from geo.claims.view import View
from geo.model import Mention

__all__ = ["PAST_LASTS", "SPEAKER_KNOWN", "Memory", "keep_counted", "site_topic"]

PAST_LASTS = 2
SPEAKER_KNOWN = 8
"""Sentences that the date of a story, and whoever was quoted last, are kept in mind."""
COUNT_LASTS = 2
"""Sentences that a number of provinces is kept in mind, so that they may be named."""
_VERB = 15


@dataclass(frozen=True, slots=True)
class Memory:
    """What carries over from the sentences before.

    ``topic`` is the group talked about, ``latter`` the one named last; ``links``
    are the claims last made, ``deeds`` the operation last told of, with its place or
    without, ``lead`` the claims that a colon or heading announced;
    ``speaker`` and ``report`` who was last quoted; ``past`` the date of a story told
    of former years; ``places`` the mentions of the last sentence that had any;
    ``outsiders`` tells that soldiers, villagers or the speaker's own side were the
    subject last, so that "they" means them; ``day`` is the date that stands alone
    before the sentences of a paragraph, as in a chronicle; ``officials`` is the
    group whose people the sentence before says hold offices; ``rival_sites`` are the kinds
    of sites that other groups were told to have in the last sentences; ``member`` the group of
    the one person it is about; ``counted`` are the links of a number of provinces that
    a sentence shortly before gives, ``struck`` the types of sites struck of late.
    """

    topic: str = ""
    topic_age: int = 0
    latter: str = ""
    links: tuple[Link, ...] = ()
    deeds: tuple[Link, ...] = ()
    deeds_age: int = 0
    lead: tuple[Link, ...] = ()
    speaker: Attribution = AUTHOR
    speaker_age: int = 0
    speaking: bool = False
    subject: Attribution = AUTHOR
    report: Attribution = AUTHOR
    paragraph: int = -1
    past: DateRef | None = None
    past_age: int = 0
    places: tuple[Mention, ...] = ()
    lead_date: DateRef | None = None
    outsiders: bool = False
    listing: bool = False
    day: DateRef | None = None
    officials: str = ""
    rival_sites: frozenset[str] = frozenset()
    rivals_age: int = 0
    member: str = ""
    counted: tuple[Link, ...] = ()
    counted_age: int = 0
    struck: tuple[str, ...] = ()

    def past_date(self, view: View, anchor: int) -> DateRef | None:
        """The date of the story being told, unless the sentence turns to the present."""
        if view.sentence.bullet and self.lead_date is not None:
            return self.lead_date
        if self.day is not None and view.sentence.paragraph == self.paragraph:
            return self.day
        reach = max(anchor, view.sentence.start) + (_VERB if "frame" in view.grammar else 0)
        reach = view.sentence.end if "verb_final" in view.grammar else reach
        present = view.find("now", view.between(view.sentence.start, reach))
        if (
            "goes_on_list" in view.grammar
            and view.sentence.paragraph != self.paragraph
            and not view.sentence.bullet
        ):
            return None
        return None if present or self.past_age > PAST_LASTS else self.past


def keep_counted(after: Memory, before: Memory, counted: Sequence[Link]) -> Memory:
    """Remember what was said of a number of provinces, for the next sentences to name them."""
    if counted:
        return replace(after, counted=tuple(counted), counted_age=0)
    if before.counted_age >= COUNT_LASTS:
        return after
    return replace(after, counted=before.counted, counted_age=before.counted_age + 1)


def site_topic(view: View, memory: Memory) -> str:
    """The group that clear sites without an owner belong to: a guest of the rulers, not these."""
    hosted = memory.topic == "taliban" and is_mapped(memory.latter) and "the_site" in view.grammar
    alone = not view.groups and not view.cued("pronoun")
    return (
        memory.latter
        if hosted and alone and any(kind.role == "site" for kind in view.kinds)
        else memory.topic
    )
