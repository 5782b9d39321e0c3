"""Files of chosen claims: the page, the figure with its words and numbers, the tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import pandas as pd

from geo import __version__
from geo.aggregate import filter_claims
from geo.api.choice import Choice
from geo.api.maps import LEFT_OUT, Drawing, limits_of, unsaid_of
from geo.api.run import Run
from geo.api.shapes import Shapes
from geo.output import (
    RUN_RECORD,
    check_figure,
    check_file,
    describe_tool,
    generated_now,
    hash_folder,
    open_out,
    publish,
    staging,
)
from geo.pipeline import DEFAULT_TITLE
from geo.render.atlas import AtlasInfo, build_atlas
from geo.render.figure import FORMATS, write_figure_set
from geo.store import write_csv, write_json, write_text

__all__ = ["build_page", "write_chosen_report", "write_image", "write_page", "write_run"]


def build_page(
    run: Run, kept: pd.DataFrame, *, choice: Choice, shapes: Shapes, title: str, dated: bool
) -> str:
    """Return the atlas of chosen claims.

    Parameters
    ----------
    run
        Where they come from; its documents tell "not named" from "no document".
    kept
        The claims that were chosen, those of other groups with them: the page has a filter for these.
    choice, shapes
        How they were chosen, and what they are drawn on.
    title
        Heading; without one, the usual heading and the choice in words.
    dated
        Whether the page says when it was made, or only that it was in a notebook: equal
        input then gives equal text.
    """
    chosen = "; ".join(choice.in_words())
    documents = run.documents
    if choice.publisher is not None:
        documents = documents[documents["publisher"].isin(choice.publisher)]
    info = AtlasInfo(
        title=title or (f"{DEFAULT_TITLE} ({chosen})" if chosen else DEFAULT_TITLE),
        generated=generated_now() if dated else "in a notebook",
        tool_version=__version__,
        corpus_sha256=run.corpus,
        boundary_note=shapes.note,
    )
    return build_atlas(kept.reset_index(drop=True), documents, boundaries=shapes.read("page"), info=info)


def write_page(build: Callable[[], str], path: Path) -> Path:
    """Write the page, whole or not at all; the path is checked before it is built."""
    check_file(path, (".html", ".htm"), inputs=[])
    write_text(build(), path)
    return path


def write_image(plan: Callable[[str], Drawing], path: Path) -> Path:
    """Write a figure with caption, alternative text and numbers beside it.

    Parameters
    ----------
    plan
        Given the day of making, ISO 8601, says what to draw.
    path
        ``.png``, ``.svg`` or ``.pdf``.

    Raises
    ------
    UsageError
        If it cannot be written, or the numbers would replace a table that is not this figure's.
    """
    check_figure(path, tuple(f".{kind}" for kind in FORMATS))
    drawing = plan(generated_now()[:10])
    write_figure_set(
        path.with_suffix(""),
        drawing.claims,
        drawing.documents,
        drawing.shapes.read(),
        options=drawing.options,
        geometry=drawing.shapes.prepare(),
        formats=(path.suffix[1:].lower(),),
    )
    return path


def write_chosen_report(
    run: Run, kept: pd.DataFrame, path: Path, *, choice: Choice, shapes: Shapes, title: str, max_claims: int
) -> Path:
    """Write a report of chosen claims, with all of them as CSV beside it.

    Parameters
    ----------
    run, kept, choice, shapes
        As for `build_page`; ``kept`` has the index of all claims of the run.
    path
        ``.docx`` or ``.html``.
    title, max_claims
        As in `geo.ReportOptions`.

    Raises
    ------
    UsageError
        If it cannot be written there.
    """
    from geo.report import DEFAULT_TITLE, ENDINGS, ReportOptions, table_beside, write_report

    check_file(path, ENDINGS, inputs=[])
    check_file(table_beside(path), (".csv",), inputs=[])
    limits = limits_of(choice, kept)
    shown = filter_claims(kept, group=limits["group"], review=())
    claims = run.claims.assign(group=run.claims["group"].where(run.claims.index.isin(shown.index), LEFT_OUT))
    known = {one.name for one in fields(ReportOptions)}
    options = ReportOptions(
        **{name: value for name, value in limits.items() if name in known},
        title=title or DEFAULT_TITLE,
        max_claims=max_claims,
        generated=generated_now(),
        corpus_sha256=run.corpus,
        boundary_note=shapes.note,
        complete=run.complete,
        chosen=unsaid_of(choice),
    )
    write_report(claims, run.documents, shapes.read(), options=options, path=path)
    return path


def write_run(
    tables: Mapping[str, pd.DataFrame], folder: Path, *, corpus: str, chosen: Sequence[str]
) -> Path:
    """Write tables as CSV, and ``run.json``; files appear only when all of them are made."""
    out = open_out(folder, names=[*(f"{name}.csv" for name in tables), RUN_RECORD])
    with staging(out) as staged:
        for name, table in tables.items():
            write_csv(table, staged / f"{name}.csv")
        record = {
            **describe_tool(),
            "generated": generated_now(),
            "corpus_sha256": corpus,
            "chosen": list(chosen),
            "counts": {name: len(table) for name, table in tables.items()},
            "outputs": hash_folder(staged),
        }
        write_json(record, staged / RUN_RECORD)
        publish(staged, out)
    return folder
