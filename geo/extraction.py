"""From documents to checked tables of mentions and claims, on one core or several.

Every text is searched for place names and for names of al-Qaeda, both rare. Only
where it is named are the phrases of the lexicon looked for as well: they
hold so many common words that sifting their hits costs far more than a second
search (one automaton over everything took about four times as long on plain news).
Texts about other groups, of which there are many more, are spared it too.
Only texts that name a place are kept until stories are
grouped, so memory grows with what is found, not with the corpus.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from geo import schema
from geo.automaton import PhraseAutomaton
from geo.claims import (
    REFERENCE,
    Grammar,
    Phrase,
    guess_language,
    judge_claims,
    load_grammar,
    load_lexicon,
)
from geo.errors import GeoError
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.match import find_mentions
from geo.model import Claim, Document, Mention, Skipped
from geo.normalise import fold
from geo.stories import group_stories

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "WORTH_A_POOL",
    "Analysed",
    "Analyser",
    "Extraction",
    "Gathered",
    "analyse_document",
    "analyse_documents",
    "extract",
    "open_analyser",
]

WORTH_A_POOL = 4_000_000
"""Characters in a batch from which starting processes pays."""

_CHUNK_CHARACTERS = 256 * 1024
_OWN_FIELDS = ("publisher", "title", "author", "published", "url")
_REVIEW = {"review": "unreviewed", "reviewer": "", "reviewed_at": "", "review_note": ""}


@dataclass(frozen=True, slots=True)
class Extraction:
    """What texts gave, as checked tables; rows in the order of the documents and of their words.

    Parameters
    ----------
    mentions, claims, documents
        Columns of `geo.schema`: one row a mention, a claim, a document.
    stories
        Document id to story id.
    failed
        Documents that could not be analysed, and why; they are in ``documents``.
    """

    mentions: pd.DataFrame
    claims: pd.DataFrame
    documents: pd.DataFrame
    stories: dict[str, str]
    failed: tuple[Skipped, ...] = ()


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
    groups: PhraseAutomaton


@dataclass(frozen=True, slots=True)
class _Language:
    """What judging texts of one language needs."""

    phrases: tuple[Phrase, ...]
    lexicon: PhraseAutomaton
    grammar: Grammar


@cache
def _load_engine() -> _Engine:
    groups = (phrase for phrase in load_lexicon((REFERENCE,)) if phrase.table == "groups")
    names = [phrase.text for phrase in groups if phrase.label in schema.MAPPED_GROUPS]
    return _Engine(load_gazetteer(), PhraseAutomaton(names))


@cache
def _load_language(language: str) -> _Language:
    phrases = load_lexicon((language,))
    return _Language(phrases, PhraseAutomaton([phrase.text for phrase in phrases]), load_grammar(language))


def analyse_document(document: Document) -> Analysed:
    """Find the mentions and claims of one document; neither depends on any other document."""
    engine = _load_engine()
    folded = fold(document.text)
    mentions = find_mentions(document, engine.gazetteer, hits=engine.gazetteer.scan(folded))
    if not engine.groups.scan(folded):
        return Analysed(mentions)
    own = _load_language(guess_language(folded.text))
    hits = own.lexicon.scan(folded)
    return Analysed(mentions, judge_claims(document, mentions, hits, own.phrases, own.grammar))


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

    The processes are started for the first batch that is worth it. The results
    are the same for any number of them.

    Raises
    ------
    GeoError
        In the function given: if a worker process died.
    """
    # Started afresh, not forked: a fork of a process with threads (a progress bar) may hang.
    context = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        pools: list[ProcessPoolExecutor] = []

        def analyse(documents: Sequence[Document]) -> list[Analysed]:
            size = sum(len(document.text) for document in documents)
            if not pools and (workers < 2 or size < WORTH_A_POOL):
                return analyse_documents(documents)
            if not pools:
                pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_warm_up)
                pools.append(stack.enter_context(pool))
            try:
                return [item for part in pools[0].map(analyse_documents, _chunks(documents)) for item in part]
            except BrokenProcessPool as error:
                raise GeoError(
                    "a worker process was ended from outside, perhaps for want of memory; nothing was "
                    "written. Run again with fewer --workers."
                ) from error

        yield analyse


def _warm_up() -> None:
    _load_engine()


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


@dataclass(slots=True)
class Gathered:
    """Tables so far, one of each kind a batch, and the texts that stories need."""

    mentions: list[pd.DataFrame] = field(default_factory=list)
    claims: list[pd.DataFrame] = field(default_factory=list)
    documents: list[pd.DataFrame] = field(default_factory=list)
    named: list[Document] = field(default_factory=list)
    failed: list[Skipped] = field(default_factory=list)

    def add(self, documents: Sequence[Document], results: Sequence[Analysed]) -> None:
        """Turn one batch into tables."""
        pairs = list(zip(documents, results, strict=True))
        self.named += [document for document, result in pairs if result.mentions or result.claims]
        self.failed += [Skipped(item.path, result.fault) for item, result in pairs if result.fault]
        mentions = [_mention_row(mention) for _, result in pairs for mention in result.mentions]
        claims = [_claim_row(claim, document) for document, result in pairs for claim in result.claims]
        self.mentions.append(schema.make_frame(mentions, schema.MENTION_COLUMNS))
        self.claims.append(schema.make_frame(claims, schema.CLAIM_COLUMNS))
        self.documents.append(schema.make_frame(map(_document_row, documents), schema.DOCUMENT_COLUMNS))

    def finish(self) -> Extraction:
        """Group stories and put the batches together."""
        mentions = _join(self.mentions, schema.MENTION_COLUMNS)
        documents = _join(self.documents, schema.DOCUMENT_COLUMNS)
        stories = dict(zip(documents["doc_id"], documents["story_id"], strict=True))
        stories |= group_stories(self.named)
        claims = _join(self.claims, schema.CLAIM_COLUMNS)
        claims, documents = (
            schema.make_frame(table.assign(story_id=table["doc_id"].map(stories)), columns)
            for table, columns in ((claims, schema.CLAIM_COLUMNS), (documents, schema.DOCUMENT_COLUMNS))
        )
        return Extraction(mentions, schema.check_claims(claims), documents, stories, tuple(self.failed))


def _join(tables: Sequence[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    filled = [table for table in tables if len(table)]
    if not filled:
        return schema.make_frame([], columns)
    return schema.make_frame(pd.concat(filled, ignore_index=True), columns)


def _mention_row(mention: Mention) -> dict[str, Any]:
    row = {name: getattr(mention, name) for name in schema.MENTION_COLUMNS}
    return row | {"provinces": " ".join(mention.provinces)}


def _claim_row(claim: Claim, document: Document) -> dict[str, Any]:
    places = load_gazetteer().places
    own = {name: getattr(claim, name) for name in Claim.__slots__}
    province = places[claim.province_id].name if claim.province_id else ""
    return own | {name: getattr(document, name) for name in _OWN_FIELDS} | {"province": province} | _REVIEW


def _document_row(document: Document) -> dict[str, Any]:
    """One row of the documents table; a text that names nothing is a story of its own and its copies'."""
    own = {name: getattr(document, name) for name in Document.__slots__ if name != "text"}
    sha = document.text_sha256
    return own | {"story_id": "s" + sha[:16], "characters": len(document.text), "text_sha256": sha}


def extract(documents: Iterable[Document], *, workers: int = 1) -> Extraction:
    """Find mentions and claims in documents and group them into stories.

    Parameters
    ----------
    documents
        With unique ids, as `geo.reading.read_documents` gives them.
    workers
        Processes that analyse texts; 1 uses none but this one. The tables are the same.

    Raises
    ------
    SchemaError
        If two documents that name places have one id.
    """
    gathered = Gathered()
    batch = list(documents)
    with open_analyser(workers) as analyse:
        gathered.add(batch, analyse(batch))
    return gathered.finish()
