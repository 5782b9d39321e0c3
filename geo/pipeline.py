"""The only place that orders the stages: read, extract, group, count, draw, write.

Texts are worked through batch by batch and only those that name a place are
kept until stories are grouped, so memory grows with what is found, not with
the corpus. The heavy libraries are imported in the functions that need them.
"""

from __future__ import annotations

import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import __version__, schema
from geo.analyse import Analysed, open_analyser
from geo.errors import UsageError
from geo.gazetteer import load_gazetteer
from geo.model import Document, Skipped
from geo.output import RUN_RECORD, hash_file, hash_folder, open_out, publish, staging
from geo.read import ReadOptions, read_batches
from geo.read.paths import SOURCES_NAME, InputFile, find_files
from geo.stories import group_stories

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "DEFAULT_TITLE",
    "Extraction",
    "PipelineOptions",
    "Progress",
    "RunReport",
    "extract",
    "generated_now",
    "run_extract",
    "run_map",
]

DEFAULT_TITLE = "Claims about al-Qaeda in Afghanistan"
"""Heading of the atlas unless the user gives one."""

Progress = Callable[[str, int], None]
"""Told now and then what is being done, and how many documents were read so far."""

_MAP_NAMES = (
    "atlas.html",
    "claims.csv",
    "mentions.csv",
    "claims.parquet",
    "claims.gpkg",
    "claims.geojson",
    "figures",
    RUN_RECORD,
)
_PACKAGES = (
    "ahocorasick_rs",
    "branca",
    "datasketch",
    "folium",
    "geopandas",
    "lxml",
    "matplotlib",
    "numpy",
    "pandas",
    "pyarrow",
    "pyogrio",
    "pypdf",
    "python-docx",
    "shapely",
)
_OWN_FIELDS = ("publisher", "title", "author", "published", "url")
_REVIEW = {"review": "unreviewed", "reviewer": "", "reviewed_at": "", "review_note": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineOptions:
    """Everything a run may be told; written to ``run.json``.

    Parameters
    ----------
    boundaries
        A vector file with the 34 provinces; empty takes the one that comes along.
    id_column
        Its column of province ids, if that is not recognised.
    workers
        Processes that analyse texts; 1 uses none but this one.
    figures
        Whether `run_map` draws figures.
    title
        Heading of the atlas.
    read
        Limits for reading.
    """

    boundaries: str = ""
    id_column: str = ""
    workers: int = 1
    figures: bool = True
    title: str = DEFAULT_TITLE
    read: ReadOptions = field(default_factory=ReadOptions)

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise UsageError(f"workers {self.workers}: expected a whole number from 1 on.")


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
class RunReport:
    """What a run did, for the summary.

    Parameters
    ----------
    out
        The folder written to, as the user named it.
    files
        Paths below ``out``, with ``/``.
    counts
        As in ``run.json``: whole numbers, and ``claims_by_type``.
    skipped, warnings, problems
        As in `geo.read.ReadResult`, with documents that failed among the skipped.
    """

    out: Path
    files: tuple[str, ...]
    counts: dict[str, Any]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def needs_attention(self) -> bool:
        """Whether something was not read or ``sources.csv`` has faults."""
        return bool(self.skipped or self.problems)


@dataclass(slots=True)
class _Gathered:
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


def extract(documents: Iterable[Document], *, options: PipelineOptions | None = None) -> Extraction:
    """Find mentions and claims in documents and group them into stories.

    Parameters
    ----------
    documents
        With unique ids, as `geo.read.read_documents` gives them.
    options
        Only ``workers`` matters here.

    Raises
    ------
    SchemaError
        If two documents that name places have one id.
    """
    gathered = _Gathered()
    batch = list(documents)
    with open_analyser((options or PipelineOptions()).workers) as analyse:
        gathered.add(batch, analyse(batch))
    return gathered.finish()


@dataclass(slots=True)
class _Notes:
    """What reading had to say, over all batches."""

    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def _read_and_extract(
    paths: Sequence[Path], options: PipelineOptions, progress: Progress
) -> tuple[Extraction, _Notes]:
    gathered, notes, done = _Gathered(), _Notes(), 0
    progress("reading", 0)
    with open_analyser(options.workers) as analyse:
        for batch in read_batches(paths, options=options.read):
            notes.skipped += batch.skipped
            notes.warnings += batch.warnings
            notes.problems += batch.problems
            gathered.add(batch.documents, analyse(batch.documents))
            done += len(batch.documents)
            progress("reading", done)
    progress("grouping stories", done)
    extraction = gathered.finish()
    notes.skipped += extraction.failed
    return extraction, notes


def run_extract(
    paths: Sequence[Path | str],
    out: Path | str,
    *,
    options: PipelineOptions | None = None,
    table_format: str = "csv",
    progress: Progress | None = None,
) -> RunReport:
    """Read texts and write the tables of mentions, claims and documents, and ``run.json``.

    Parameters
    ----------
    paths, out, options, progress
        As for `run_map`.
    table_format
        ``csv`` or ``parquet``.

    Raises
    ------
    UsageError
        If a path or the output folder cannot be, or the format is not known.
    """
    if table_format not in ("csv", "parquet"):
        raise UsageError(f"format {table_format!r}: not known. Expected csv or parquet.")
    names = [f"{table}.{table_format}" for table in ("mentions", "claims", "documents")]
    job = _Job.prepare(paths, out, options, progress, [*names, RUN_RECORD])
    extraction, notes = _read_and_extract(job.paths, job.options, job.progress)
    job.progress("writing", len(extraction.documents))
    from geo.store import write_csv, write_parquet

    write = write_csv if table_format == "csv" else write_parquet
    with staging(job.folder) as staged:
        for name in names:
            write(getattr(extraction, name.split(".")[0]), staged / name)
        return job.finish(staged, extraction, notes)
