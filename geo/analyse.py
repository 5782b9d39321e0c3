"""From a document to its mentions and claims, in one pass over the text; on one core or several.

One automaton holds the names of the gazetteer and the phrases of the lexicon.
Its hits are parted by index: the first phrases are the gazetteer's.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from geo.automaton import Found, PhraseAutomaton
from geo.claims import Phrase, judge_claims, load_lexicon
from geo.errors import GeoError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.match import find_mentions
from geo.model import Claim, Document, Mention
from geo.normalise import fold

__all__ = ["Analyser", "Analysed", "analyse_document", "analyse_documents", "open_analyser"]

_CHUNK_CHARACTERS = 256 * 1024


@dataclass(frozen=True, slots=True)
class Analysed:
    """What one document gave; ``fault`` is empty, or says why it gave nothing."""

    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    fault: str = ""


Analyser = Callable[[Sequence[Document]], list[Analysed]]
"""Analyses documents; one result for each, in order."""


@dataclass(frozen=True, slots=True)
class _Engine:
    gazetteer: Gazetteer
    phrases: tuple[Phrase, ...]
    automaton: PhraseAutomaton


@cache
def _load_engine() -> _Engine:
    gazetteer, phrases = load_gazetteer(), load_lexicon()
    automaton = PhraseAutomaton([*gazetteer.phrases, *(phrase.text for phrase in phrases)])
    return _Engine(gazetteer, phrases, automaton)


def analyse_document(document: Document) -> Analysed:
    """Find the mentions and claims of one document; neither depends on any other document."""
    engine = _load_engine()
    hits = engine.automaton.scan(fold(document.text))
    mentions = find_mentions(document, engine.gazetteer, hits=hits)
    first = len(engine.gazetteer.phrases)
    of_lexicon = [Found(hit.start, hit.end, hit.phrase - first) for hit in hits if hit.phrase >= first]
    return Analysed(mentions, judge_claims(document, mentions, of_lexicon, engine.phrases))


def analyse_documents(documents: Sequence[Document]) -> list[Analysed]:
    """Analyse each document; one that breaks the rules' code is marked and does not stop the others."""
    results = []
    for document in documents:
        try:
            results.append(analyse_document(document))
        except GeoError:
            raise
        except Exception as error:  # one text in a hundred must not stop the other 99
            fault = f"could not be analysed ({type(error).__name__}: {error}). Report this text."
            results.append(Analysed(fault=fault))
    return results


@contextmanager
def open_analyser(workers: int) -> Iterator[Analyser]:
    """Give a function that analyses documents, with ``workers`` processes when there are two or more.

    The results are the same for any number of workers.

    Raises
    ------
    GeoError
        In the function given: if a worker process died.
    """
    if workers < 2:
        yield analyse_documents
        return
    # Started afresh, not forked: a fork of a process with threads (a progress bar) may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_load_engine) as pool:

        def analyse(documents: Sequence[Document]) -> list[Analysed]:
            try:
                return [item for part in pool.map(analyse_documents, _chunks(documents)) for item in part]
            except BrokenProcessPool as error:
                raise GeoError(
                    "a worker process was ended from outside, perhaps for want of memory; nothing was "
                    "written. Run again with fewer --workers."
                ) from error

        yield analyse


def _chunks(documents: Sequence[Document]) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    size = 0
    for document in documents:
        chunk.append(document)
        size += len(document.text) + 1000
        if size >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
