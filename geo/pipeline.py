"""The only place that orders the stages: read, extract, group, count, draw, write.

The heavy libraries are imported in the functions that need them. Longer than most modules
so that the order of the stages can be read in one place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import __version__, schema
from geo.errors import UsageError
from geo.extraction import Extraction, Gathered, extract, open_analyser
from geo.model import Skipped
from geo.output import (
    RUN_RECORD,
    describe_tool,
    generated_now,
    hash_folder,
    hash_inputs,
    open_out,
    publish,
    staging,
)
from geo.reading import ReadOptions, read_batches
from geo.reading.paths import find_files
from geo.render.batch import figure_helper

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.render.figure import FigureOptions

__all__ = [
    "DEFAULT_TITLE",
    "Extraction",
    "PipelineOptions",
    "Progress",
    "RunReport",
    "extract",
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
        Processes to use. With two or more, figures are drawn by a second one, and
        many texts are analysed by all; a program that asks for more than one must
        guard its main part with ``if __name__ == "__main__"``.
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
        As in `geo.reading.ReadResult`, with documents that failed among the skipped.
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
class _Notes:
    """What reading had to say, over all batches."""

    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def _read_and_extract(
    paths: Sequence[Path], options: PipelineOptions, progress: Progress
) -> tuple[Extraction, _Notes]:
    gathered, notes, done = Gathered(), _Notes(), 0
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


def run_map(
    paths: Sequence[Path | str],
    out: Path | str,
    *,
    options: PipelineOptions | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Do the main job: from texts to tables, atlas and figures in one folder.

    Equal inputs and options give equal tables, byte for byte. Files appear only
    when all of them are made; a run that fails leaves the folder as it was.

    Parameters
    ----------
    paths
        Files and folders to read.
    out
        The folder to write to; made if it is not there. It gets ``atlas.html``,
        ``claims.csv``, ``mentions.csv``, ``claims.parquet``, ``claims.gpkg`` (layers
        ``provinces``, ``claims``, ``documents``), ``claims.geojson``, ``figures/`` and
        ``run.json``.
    options
        Defaults if not given.
    progress
        Called with what is being done and how many documents were read.

    Raises
    ------
    UsageError
        If a path does not exist or the folder cannot be used.
    BoundaryError
        If a boundaries file is not as it must be; known before any text is read.
    """
    job = _Job.prepare(paths, out, options, progress, _MAP_NAMES)
    drawing = job.options.workers if job.options.figures else 0
    with figure_helper(job.options.boundaries, job.options.id_column, processes=drawing) as helper:
        shapes, page_shapes = _read_shapes(job.options)
        extraction, notes = _read_and_extract(job.paths, job.options, job.progress)
        claims, documents = extraction.claims, extraction.documents
        with staging(job.folder) as staged:
            tasks = []
            if job.options.figures:
                drawn = _figure_options(extraction, job)
                tasks = helper.submit(staged / "figures", claims, documents, drawn)
            job.progress("writing tables", len(documents))
            _write_tables(staged, extraction, shapes)
            job.progress("drawing the atlas", len(documents))
            _write_atlas(staged, extraction, page_shapes, job)
            job.progress("drawing figures", len(documents))
            helper.finish(tasks)
            return job.finish(staged, extraction, notes)


def _read_shapes(options: PipelineOptions) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Boundaries in full and as the page draws them."""
    from geo.boundaries import read_boundaries

    path, column = options.boundaries or None, options.id_column or None
    full = read_boundaries(path, id_column=column)
    return full, read_boundaries(path, id_column=column, detail="page")


def _write_tables(staged: Path, extraction: Extraction, shapes: gpd.GeoDataFrame) -> None:
    from geo.aggregate import count_claims, filter_claims
    from geo.store import write_tables

    write_tables(
        staged,
        mentions=extraction.mentions,
        claims=extraction.claims,
        documents=extraction.documents,
        boundaries=shapes,
        counts=count_claims(filter_claims(extraction.claims)),
    )


def _write_atlas(staged: Path, extraction: Extraction, shapes: gpd.GeoDataFrame, job: _Job) -> None:
    from geo.boundaries import boundary_note
    from geo.render.atlas import AtlasInfo, write_atlas

    info = AtlasInfo(
        title=job.options.title,
        generated=job.generated,
        tool_version=__version__,
        corpus_sha256=_corpus(extraction),
        boundary_note=boundary_note(job.options.boundaries or None),
    )
    write_atlas(
        extraction.claims, extraction.documents, boundaries=shapes, info=info, path=staged / "atlas.html"
    )


def _figure_options(extraction: Extraction, job: _Job) -> FigureOptions:
    from geo.boundaries import boundary_note
    from geo.render.figure import FigureOptions

    return FigureOptions(
        date=job.generated[:10],
        tool_version=__version__,
        corpus_hash=_corpus(extraction),
        boundary_note=boundary_note(job.options.boundaries or None),
        dpi=150,
    )


def _corpus(extraction: Extraction) -> str:
    from geo.aggregate import corpus_hash

    return corpus_hash(extraction.documents["text_sha256"])


def _count(extraction: Extraction, skipped: int) -> dict[str, Any]:
    """Counts for the record and the summary; claims of the groups that maps show."""
    from geo.aggregate import filter_claims, voices

    mapped = filter_claims(extraction.claims)
    pointed = mapped[mapped["location_basis"].isin(("named", "place"))]
    kinds = Counter(mapped["claim_type"])
    return {
        "documents": len(extraction.documents),
        "skipped": skipped,
        "mentions": len(extraction.mentions),
        "claims": len(mapped),
        "claims_of_other_groups": len(extraction.claims) - len(mapped),
        "claims_by_type": {kind: kinds[kind] for kind in schema.CLAIM_TYPES if kinds[kind]},
        "stories": int(extraction.documents["story_id"].nunique()),
        "independent_sources": int(voices(mapped).nunique()),
        "provinces_named": len(set(extraction.mentions["province_id"]) - {""}),
        "provinces_with_claims": len(set(pointed["province_id"]) - {""}),
    }


@dataclass(frozen=True, slots=True)
class _Job:
    """One run, checked: what to read, where to write, and when it began."""

    paths: tuple[Path, ...]
    out: Path
    folder: Path
    options: PipelineOptions
    progress: Progress
    generated: str

    @classmethod
    def prepare(
        cls,
        paths: Sequence[Path | str],
        out: Path | str,
        options: PipelineOptions | None,
        progress: Progress | None,
        names: Sequence[str],
    ) -> _Job:
        """Check everything that can be known to be wrong before work begins."""
        given = tuple(Path(path) for path in paths)
        find_files(given)
        folder = open_out(out, inputs=given, names=names)
        return cls(
            given,
            Path(out),
            folder,
            options or PipelineOptions(),
            progress or (lambda _stage, _done: None),
            generated_now(),
        )

    def finish(self, staged: Path, extraction: Extraction, notes: _Notes) -> RunReport:
        """Write the record, move all into place and report."""
        from geo.store import write_json

        counts = _count(extraction, len(notes.skipped))
        record = {
            **describe_tool(),
            "generated": self.generated,
            "options": asdict(self.options),
            "inputs": hash_inputs(self.paths),
            "corpus_sha256": _corpus(extraction),
            "counts": counts,
            "skipped": [asdict(item) for item in notes.skipped],
            "warnings": notes.warnings,
            "problems": notes.problems,
            "outputs": hash_folder(staged),
        }
        write_json(record, staged / RUN_RECORD)
        files = publish(staged, self.folder)
        return RunReport(
            self.out, files, counts, tuple(notes.skipped), tuple(notes.warnings), tuple(notes.problems)
        )
