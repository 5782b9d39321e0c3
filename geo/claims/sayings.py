"""Verbs of saying and who their subject is, before the verb or, inverted, after it."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.claims.cited import cue_words, verbs_of_saying
from geo.claims.credit import Attribution, Heard
from geo.claims.introduced import NAME, known_speaker, place_speaker
from geo.claims.naming import SPEAKING, is_group_name, is_taken, name_source, phrase_of, speaking, unnamed
from geo.claims.view import Item, View

__all__ = ["inverted_subject", "points_back", "same_again", "subject_before"]

_SUBJECT_GAP = 90
_AFTER_SAID = 90
_COURTESY = r"(?:(?:the\s+(?:young|old|elder|younger)\s+)?(?:Mr|Mrs|Ms|Dr|Prof)\.?\s+)?"
_NAME_BEFORE = re.compile(rf"(?:^|[,”\"—]\s*){_COURTESY}({NAME.pattern})\s+$")
_TITLED = re.compile(rf"\s{{0,2}}{_COURTESY}")
_QUOTED = re.compile(r"[“”\":;]")
_UNTOLD = re.compile(r"\b(?:who|whose|which|that)\b|[.;:“”\"]")
_ASIDE = 2
_LEAD = 40
_TITLE = 7
_NO_AUTHORS = ("militant", "anonymous", "taliban")
_QUOTE_ENDS = re.compile(r"[,”\"'?!.]\s*$")


def subject_before(text: str, view: View, verb: Item, heard: Heard) -> Attribution | None:
    """The source that stands before a verb of saying as its subject."""
    if _is_inverted(text, view, verb):
        return None
    if named := _name_alone(text, view, verb, heard):
        return named
    low = view.sentence.start
    sources = [s for s in view.sources if s.role in SPEAKING and low <= s.start and s.end <= verb.start]
    for source in reversed(sources):
        gap = view.between(source.end, verb.start)
        if aside := view.find("source_aside", gap):
            gap = gap[: aside.start(1)]
        if len(gap) > _SUBJECT_GAP or view.find("another_subject", gap):
            break
        if own := _its_own_speaker(text, view, source):
            return own
        if back := same_again(view, source, heard):
            return back
        if _speaks(view, source, gap):
            return name_source(text, view, source, cue_words(text, source, verb))
    return (
        _main_subject(text, view, verb, heard)
        or points_back(text, view, verb, heard)
        or known_speaker(text, view, verb, heard.named)
        or _somebody(text, view, verb, heard)
    )


def _main_subject(text: str, view: View, verb: Item, heard: Heard) -> Attribution | None:
    """The subject of the sentence, for a verb that has none of its own: "…, claiming", "… but added"."""
    low = view.sentence.start
    before = view.between(low, verb.start)
    participle = verb.text.endswith("ing") and before.rstrip().endswith(",")
    if not participle and not view.find("subject_elided", before):
        return None
    if pronoun := view.find("opens_with_pronoun", before):
        return _pointing(heard.person, pronoun.group().strip())
    named = NAME.match(text, low)
    if named and named.group().split()[-1].casefold() in heard.named:
        return place_speaker(text, view, low, named.group(), heard.named)
    source = next(iter(speaking(view, low, verb.start)), None)
    lead = view.between(low, source.start) if source else ""
    if source is None or len(lead) > _LEAD or "," in lead.rstrip(" ,") or view.find("source_oblique", lead):
        return None
    return name_source(text, view, source, cue_words(text, source, verb))


def _name_alone(text: str, view: View, verb: Item, heard: Heard) -> Attribution | None:
    """A name that is the whole subject: "…, Karimi said"."""
    low = max(view.sentence.start, verb.start - _SUBJECT_GAP)
    found = _NAME_BEFORE.search(text[low : verb.start])
    if found is None:
        return None
    start, end = low + found.start(1), low + found.end(1)
    if is_taken(view, start, end, *SPEAKING):
        return None
    person = place_speaker(text, view, start, found.group(1), heard.named)
    if person is not None or view.find("no_name", found.group(1).casefold()):
        return person
    if heard.last.kind != "author":
        return _pointing(heard.last, found.group(1))
    name = found.group(1)
    common = name.endswith("s") or f" {name.casefold()} " in text or len(name.split()) > 1
    if common or not view.fits("people_say", verb.text):
        return None
    return Attribution(name, "analyst", cue=f"{name}, not introduced")


def _speaks(view: View, source: Item, gap: str) -> bool:
    clear = not any(view.find(name, gap) for name in ("content_begins", "somebody", "said_of"))
    if not clear or view.find("source_oblique", _lead(view, phrase_of(view, source)[0])):
        return False
    bare = source.role == "state" or (is_group_name(view, source) and not view.find("own_genitive", gap))
    return not bare or bool(view.find("speaks_itself", gap))


def _lead(view: View, source: Item) -> str:
    """The words before a source, empty where a person speaks for it."""
    before = view.between(view.sentence.start, source.start)[-50:]
    return "" if view.find("speaks_for", before) else before


def same_again(view: View, source: Item, heard: Heard) -> Attribution | None:
    """A noun that points back to the last speaker: "the source", "the same officer", "his office"."""
    lead = view.between(view.sentence.start, source.start)
    if source.role == "voice" and view.find("own_before", lead):
        meant = heard.subject if heard.subject.kind != "author" else heard.last
        return _pointing(meant, source.text)
    if source.role == "voice" and view.find("another_before", lead):
        alike = [e for e in (heard.last, heard.subject) if _same_rank(source, e)]
        return replace(alike[0], cue=f"another {source.text}") if alike else None
    if not view.grammar["pointing_article"].search(lead):
        return None
    if heard.text.kind == "un" and view.fits("panel_noun", source.text):
        return _pointing(heard.text, f"the {source.text}")
    for earlier in (heard.last, heard.subject):
        again = view.fits("unnamed_source", source.text) or _same_rank(source, earlier)
        if earlier.kind != "author" and again:
            return replace(earlier, cue=f"“the {source.text}”, pointing back")
    return None


def _its_own_speaker(text: str, view: View, source: Item) -> Attribution | None:
    """The movement that a sentence opens with, where "its spokesman" closes it."""
    if source.role != "voice" or not view.find("own_before", view.between(view.sentence.start, source.start)):
        return None
    first = next(iter(speaking(view, view.sentence.start, source.start)), None)
    if first is None or not is_group_name(view, first) or first.label not in ("taliban", "militant"):
        return None
    if len(view.between(view.sentence.start, first.start)) > _TITLE:
        return None
    return name_source(text, view, first, cue_words(text, first, source))


def _same_rank(source: Item, earlier: Attribution) -> bool:
    """Whether somebody quoted before was called by the same noun: "a Taliban commander … the commander"."""
    noun = f" {source.text.rstrip('s')}"
    return (
        source.role == "voice" and earlier.kind != "author" and noun in f" {earlier.attributed_to.casefold()}"
    )


def points_back(text: str, view: View, verb: Item, heard: Heard) -> Attribution | None:
    """A pronoun or "the report" as subject: the source that was quoted before."""
    low = view.sentence.start
    before = view.between(low, verb.start)
    if view.find("speaker_pronoun", before):
        for earlier in reversed(verbs_of_saying(view, verb.start)):
            if earlier.end < verb.start and (found := subject_before(text, view, earlier, heard)):
                return found
        meant = heard.subject if view.find("they_before", before) and heard.subject.body else heard.person
        return _pointing(meant, text[verb.start : verb.end])
    back = list(view.grammar["report_back"].finditer(before))
    if (
        not back
        or len(before) - back[-1].end() >= _SUBJECT_GAP
        or view.find("content_begins", before[back[-1].end() :])
        or view.find("said_of", before[back[-1].end() :])
        or view.find("part_of", before[: back[-1].start()])
    ):
        return None
    if _unwritten(view, before, heard.person) and heard.text.kind == "author":
        return None
    noun = view.fits("report_noun", back[-1].group(1))
    origin = heard.text if noun and heard.text.kind != "author" else heard.person
    return _pointing(origin, text[low + back[-1].start() : low + back[-1].end()])


def _unwritten(view: View, before: str, meant: Attribution) -> bool:
    """Whether the words end with "the report", and whoever is meant publishes none."""
    back = list(view.grammar["report_back"].finditer(before))
    return bool(back) and view.fits("report_noun", back[-1].group(1)) and meant.kind in _NO_AUTHORS


def _pointing(meant: Attribution, words: str) -> Attribution | None:
    return None if meant.kind == "author" else replace(meant, cue=f"“{words}”, pointing back")


def _somebody(text: str, view: View, verb: Item, heard: Heard) -> Attribution | None:
    """People whom the lexicon does not know: "two dealers in Dubai told us", "the baker said"."""
    if not view.fits("people_say", verb.text):
        return None
    low = view.sentence.start
    if found := unnamed(text, view, low, verb.start, cue=text[verb.start : verb.end]):
        return found
    before = view.between(low, verb.start)
    if view.find("definite_subject", before) and not _unwritten(view, before, heard.last):
        return _pointing(heard.last, text[verb.start : verb.end])
    return None


def _is_inverted(text: str, view: View, verb: Item) -> bool:
    """Whether the subject follows: after a comma or a quotation, "said X", with no clause after X."""
    before = text[view.sentence.start : verb.start]
    if not _QUOTE_ENDS.search(before) or not view.fits("people_say", verb.text) or _is_aside(view, verb):
        return False
    if view.fits("told", verb.text) or view.find("content_opens", view.between(verb.end, view.sentence.end)):
        return False
    if not (first := _first_after(view, verb)):
        return _name_follows(text, view, verb)
    gap = view.between(verb.end, first.start)
    bare = (first.role == "state" or is_group_name(view, first)) and len(phrase_of(view, first)) == 1
    if _QUOTED.search(gap) or (bare and gap.strip() not in ("", "the")):
        return False
    rest = re.split(
        r"[,.;:”\"“]|\b(?:who|which|whose)\b", view.between(first.end, view.sentence.end), maxsplit=1
    )[0]
    return not view.find("finite_verb", rest)


def _name_follows(text: str, view: View, verb: Item) -> bool:
    """Whether a person's name stands after a verb, and no clause of his: "says Nasir Ahmad, who …"."""
    named = NAME.match(text, _skip_blanks(text, verb.end))
    if named is None or is_taken(view, named.start(), named.end()):
        return False
    rest = view.between(named.end(), view.sentence.end)
    return not view.find("finite_verb", re.split(r"[,.;:”\"“]|\b(?:who|which|whose)\b", rest, maxsplit=1)[0])


def _is_aside(view: View, verb: Item) -> bool:
    """Whether only an aside parts a verb from its subject: "ISAF, for its part, reports"."""
    low = view.sentence.start
    parts = view.between(low, verb.start).split(",")
    if len(parts) <= _ASIDE or len(parts[0].split()) > _TITLE or view.find("finite_verb", parts[0]):
        return False
    return bool(speaking(view, low, low + len(parts[0])) or view.find("report_back", parts[0]))


def _first_after(view: View, verb: Item) -> Item | None:
    after = [s for s in view.sources if s.role in SPEAKING and 0 <= s.start - verb.end <= _AFTER_SAID]
    return after[0] if after else None


def _skip_blanks(text: str, at: int) -> int:
    found = _TITLED.match(text, at)
    return found.end() if found else at


def inverted_subject(text: str, view: View, verb: Item, heard: Heard) -> Attribution | None:
    """The source that stands after a verb of saying: "…”, said Colonel Nasir Ahmad, a spokesman"."""
    if not _is_inverted(text, view, verb):
        return None
    start = _skip_blanks(text, verb.end)
    named = NAME.match(text, start)
    source = _first_after(view, verb)
    if named and named.group().split()[-1].casefold() in heard.named:
        return place_speaker(text, view, start, named.group(), heard.named)
    beside = named is None or source is None or not _UNTOLD.search(text[named.end() : source.start])
    if source is not None and beside:
        return name_source(text, view, source, cue_words(text, verb, source))
    return place_speaker(text, view, start, named.group(), heard.named) if named else None
