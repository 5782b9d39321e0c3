"""Words between a trigger and a place that take the place away from it: another subject, another place."""

from __future__ import annotations

from geo.claims.event_words import is_abroad
from geo.claims.groups import is_mapped
from geo.claims.places import PlaceList
from geo.claims.view import Item, View

__all__ = ["has_own_place", "only_speak", "taken_over"]

_REACH = 60
_NEXT = 12
_SUBJECTS = ("source", "office", "actor", "voice")


def taken_over(view: View, trigger: Item, plist: PlaceList) -> bool:
    """Whether somebody else becomes the subject before the place: "it is active, and the rulers hold X".

    Pattern ``joins_subject`` reads the words from the trigger to the newcomer,
    ``acts_after`` those behind the newcomer, which must say that he does something.
    """
    if "joins_subject" not in view.grammar or trigger.end > plist.start:
        return False
    others = [group for group in view.groups if not is_mapped(group.label)]
    others += [source for source in view.sources if source.role in _SUBJECTS]
    return any(
        trigger.end <= other.start < plist.start
        and view.find("joins_subject", view.between(trigger.end, other.start))
        and view.find("acts_after", view.between(other.end, plist.start))
        for other in others
    )


def only_speak(view: View, people: Item) -> bool:
    """Whether people are the source of what is said, and nobody's members: "…, and officials say"."""
    if people.role != "member" or "joins_subject" not in view.grammar:
        return False
    return any(
        source.role in _SUBJECTS
        and source.start < people.end
        and people.start < source.end
        and any(verb.role == "verb" and 0 < verb.start - source.end < _NEXT for verb in view.sources)
        for source in view.sources
    )


def has_own_place(view: View, event: Item) -> bool:
    """Whether an event is followed by a place of its own: "men based in X were arrested in Y".

    Pattern ``right_there`` reads the words between the event and that place.
    """
    if "right_there" not in view.grammar:
        return False
    following = next((mention for mention in view.mentions if mention.start >= event.end), None)
    if following is not None and view.find("right_there", view.between(event.end, following.start)):
        return True
    return is_abroad(view, event.end, min(event.end + _REACH, view.sentence.end))
