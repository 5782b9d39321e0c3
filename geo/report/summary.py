"""The sentences and facts of a report that its tables decide; no number is written by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from geo import aggregate, schema
from geo.render import style
from geo.report.options import ReportOptions
from geo.report.states import ProvinceState
from geo.report.texts import clean, fence
from geo.report.wording import count, listed, years_in_words

__all__ = ["describe_facts", "describe_filters", "describe_review", "summarise", "topic_of"]

_GROUPS = {"al-qaeda": "al-Qaeda", "aqis": "its South Asian branch (AQIS)"}
_STATES = {
    "sources_3": "named in affirmed claims by 3 or more independent sources each",
    "sources_2": "named in affirmed claims by 2 independent sources each",
    "sources_1": "named in affirmed claims by 1 independent source each",
    "uncertain": "named only in hedged claims",
    "region": "concerned only as part of a region or direction",
    "denied": "named only in denials",
}
"""What the summary says of the states of a province, in order."""

_CAUTION = "These are claims that somebody makes. Nothing in this report says that one of them is true."
_MOST_PUBLISHERS = 6


def topic_of(options: ReportOptions) -> str:
    """Say whom the claims are about."""
    if not options.group:
        return "armed groups"
    labels = {**style.GROUP_LABELS, **(_GROUPS if "al-qaeda" in options.group else {})}
    return listed([clean(labels.get(group, group)) for group in options.group])


def describe_filters(options: ReportOptions) -> str:
    """Say in words what narrows the report, nothing if nothing does."""
    parts = (
        _choice("of the type", [style.TYPE_LABELS.get(name, name) for name in options.claim_type]),
        _choice("credited to", [style.KIND_LABELS.get(name, name) for name in options.attribution_kind]),
        _choice("printed by", [fence(clean(name)) for name in options.publisher]),
        _choice("that are", [style.STANCE_LABELS.get(name, name) for name in options.stance]),
        _years("claimed for", options.year_from, options.year_to, "claims"),
        f"chosen by {clean(options.chosen)}" if options.chosen else "",
        _years("published in", options.published_from, options.published_to, "documents"),
    )
    return "; ".join(part for part in parts if part)


def _years(words: str, first: int | None, last: int | None, undated: str) -> str:
    if first is None and last is None:
        return ""
    if first == last:
        span = f"{first}"
    elif first is None or last is None:
        span = f"{last} or earlier" if first is None else f"{first} or later"
    else:
        span = f"{first} to {last}"
    return f"{words} {span} (undated {undated} are left out)"


def _choice(words: str, values: Sequence[str]) -> str:
    if not values:
        return ""
    return f"{words} {' or '.join([', '.join(values[:-1]), values[-1]]) if len(values) > 1 else values[0]}"


def describe_facts(
    claims: pd.DataFrame, documents: pd.DataFrame, options: ReportOptions
) -> tuple[tuple[str, str], ...]:
    """Return names and values for the head of the report: period, corpus, date, version.

    Parameters
    ----------
    claims, documents
        Claims of the report, and all documents.
    options
        For what the tables do not know.
    """
    corpus_hash = options.corpus_sha256 or aggregate.corpus_hash(documents["text_sha256"])
    publishers = sorted({clean(name) for name in documents["publisher"]} - {""}, key=str.casefold)
    named = [fence(name) for name in publishers[:_MOST_PUBLISHERS]]
    more = len(publishers) - len(named)
    who = listed([*named, *([f"{more:,} more"] if more else [])])
    corpus = ", ".join(
        (
            count(len(documents), "document"),
            count(_stories(documents), "story"),
            count(len(publishers), "publisher") + (f" ({who})" if who else ""),
        )
    )
    facts = {
        "Claimed for": _claimed_for(claims),
        "Published": _published(documents),
        "Texts": corpus
        + ("" if options.complete else "; texts without a claim are not known to this report"),
        "Corpus hash": f"sha256 {corpus_hash}" if corpus_hash else "",
        "Made": options.generated,
        "Made with": f"province-mention-mapper {options.tool_version}".strip(),
    }
    return tuple((name, clean(value, 1000)) for name, value in facts.items() if value)


def _stories(table: pd.DataFrame) -> int:
    return int(table["story_id"].where(table["story_id"] != "", table["doc_id"]).nunique())


def _claimed_for(claims: pd.DataFrame) -> str:
    ends = claims["year_end"].fillna(claims["year"]).dropna()
    years = years_in_words([*claims["year"].dropna().astype(int), *ends.astype(int)])
    undated = int(claims["year"].isna().sum())
    return " and ".join(part for part in (years, f"{undated:,} undated" if undated else "") if part)


def _published(documents: pd.DataFrame) -> str:
    dates = sorted(str(date) for date in documents["published"] if date)
    undated = len(documents) - len(dates)
    span = "" if not dates else dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
    return "; ".join(
        part for part in (span, f"{count(undated, 'document')} undated" if undated else "") if part
    )


def summarise(
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    states: Mapping[str, ProvinceState],
    names: Mapping[str, str],
    options: ReportOptions,
) -> tuple[str, ...]:
    """Write the summary, a few paragraphs of plain sentences that assert nothing but what was found.

    Parameters
    ----------
    claims, documents
        Claims of the report, and all documents.
    states
        From `geo.report.states.find_states`.
    names
        Names of the 34 provinces by id.
    options
        For whom the claims are about.
    """
    topic, narrowed = topic_of(options), describe_filters(options)
    were = "was" if len(documents) == 1 else "were"
    read = f"{count(len(documents), 'document')} ({count(_stories(documents), 'story')}) {were} read"
    if claims.empty:
        return (
            f"{read}, and no claim about {topic} that this report could hold was found. That is not a sign "
            "of absence: it is what these texts say, as far as the rules can read them.",
        )
    voices = int(aggregate.voices(claims).nunique())
    held = (
        f"{read}. This report holds {count(len(claims), 'claim')} about {topic} from "
        f"{count(claims['doc_id'].nunique(), 'document')}, with {count(voices, 'independent source')} behind "
        f"{'it' if len(claims) == 1 else 'them'}."
        + (f" Left out is all but claims {narrowed}." if narrowed else "")
    )
    return held, _provinces(states, names), _kinds(claims), _CAUTION


def _provinces(states: Mapping[str, ProvinceState], names: Mapping[str, str]) -> str:
    by_state: dict[str, list[str]] = {}
    for code, one in states.items():
        by_state.setdefault(one.state, []).append(names[code])
    sentences = [
        f"{_some(len(by_state[state]))} {words}: {listed(sorted(by_state[state]))}."
        for state, words in _STATES.items()
        if state in by_state
    ]
    if disputed := sorted(names[code] for code, one in states.items() if one.disputed):
        sentences.append(f"Affirmed by some and denied by others: {listed(disputed)}.")
    if silent := len(names) - len(states):
        sentences.append(
            f"For {count(silent, 'province')} of {len(names)} no claim was found in these texts."
        )
    return " ".join(sentences)


def _some(n: int) -> str:
    return f"{count(n, 'province')} {'is' if n == 1 else 'are'}"


def _kinds(claims: pd.DataFrame) -> str:
    types = _counts(claims["claim_type"], style.TYPE_LABELS)
    kinds = _counts(claims["attribution_kind"], style.KIND_LABELS)
    stances = _counts(claims["stance"], style.STANCE_LABELS)
    off_map = int((claims["location_basis"] == "country").sum())
    country = f" {count(off_map, 'claim')} about the whole country can be on no map." if off_map else ""
    return f"By what is claimed: {types}. By whom the texts credit: {kinds}. By stance: {stances}.{country}"


def _counts(values: pd.Series, labels: dict[str, str]) -> str:
    """List how often each value occurs, the most frequent first."""
    order = list(labels)
    counts = Counter(map(str, values))
    found = sorted(counts, key=lambda name: (-counts[name], order.index(name)))
    return ", ".join(f"{labels[name]} {counts[name]:,}" for name in found)


def describe_review(claims: pd.DataFrame) -> str:
    """Say how many claims a person has looked at.

    Parameters
    ----------
    claims
        Claims of every review state that pass all other conditions.
    """
    states = claims["review"].value_counts()
    number = {state: int(states.get(state, 0)) for state in schema.REVIEW_STATES}
    held = sum(number[state] for state in aggregate.COUNTED_REVIEWS)
    if held == number["unreviewed"]:
        checked = (
            f"None of the {count(held, 'claim')} in this report has been marked as reviewed by a person."
        )
    else:
        checked = (
            f"Of the {count(held, 'claim')} in this report, a person accepted {number['accepted']:,} and "
            f"corrected {number['corrected']:,}; {number['unreviewed']:,} were not reviewed."
        )
    rejected = number["rejected"]
    gone = "No claim was" if not rejected else f"{rejected:,} {'was' if rejected == 1 else 'were'}"
    return f"{checked} {gone} rejected in review; what is rejected is left out here, as on the maps."
