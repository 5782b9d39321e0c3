"""The figures of a run, drawn by two processes: one started early, and this one when it is free.

The helper imports the drawing libraries and prepares the shapes while texts are
still being read. It takes figures from the front of the list, this process
from its end.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import schema

if TYPE_CHECKING:
    import pandas as pd

    from geo.render.figure import FigureOptions

__all__ = ["FigureHelper", "figure_helper", "plan_figures"]


def plan_figures(claims: pd.DataFrame, options: FigureOptions) -> dict[str, FigureOptions]:
    """Name the figures of a run and say what each shows."""
    mapped = claims[claims["group"].isin(options.group)] if options.group else claims
    present = [kind for kind in schema.CLAIM_TYPES if (mapped["claim_type"] == kind).any()]
    plan = {"all_claims": replace(options, claim_type=(), by=())}
    plan["source_by_year"] = replace(options, claim_type=(), by=("source", "year"))
    return plan | {kind: replace(options, claim_type=(kind,), by=()) for kind in present}


@cache
def _load_shapes(boundaries: str, id_column: str) -> tuple[Any, Any]:
    from geo.boundaries import read_boundaries
    from geo.render.figure_geometry import prepare_geometry

    shapes = read_boundaries(boundaries or None, id_column=id_column or None)
    return shapes, prepare_geometry(shapes)


def _warm_up(boundaries: str, id_column: str) -> None:
    """Prepare the helper; what is wrong with the boundaries this process will say."""
    with suppress(Exception):
        _load_shapes(boundaries, id_column)


def _draw_one(
    source: tuple[str, str],
    stem: Path,
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    options: FigureOptions,
) -> None:
    from geo.render.figure import write_figure_set

    shapes, geometry = _load_shapes(*source)
    write_figure_set(stem, claims, documents, shapes, options=options, geometry=geometry)


@dataclass(frozen=True, slots=True)
class FigureHelper:
    """Draws figures with a second process, or without where that cannot be started."""

    source: tuple[str, str]
    pool: ProcessPoolExecutor | None

    def submit(
        self, folder: Path, claims: pd.DataFrame, documents: pd.DataFrame, options: FigureOptions
    ) -> list[tuple[Future[None] | None, tuple[Any, ...]]]:
        """Hand all figures of the run to the helper; `finish` waits for them."""
        tasks = []
        for name, one in plan_figures(claims, options).items():
            task = (self.source, folder / name, claims, documents, one)
            tasks.append((self.pool.submit(_draw_one, *task) if self.pool else None, task))
        return tasks

    def finish(self, tasks: list[tuple[Future[None] | None, tuple[Any, ...]]]) -> None:
        """Draw here, from the end, what the helper has not begun; then wait for the rest."""
        for future, task in reversed(tasks):
            if future is None or future.cancel():
                _draw_one(*task)
        for future, task in tasks:
            if future is not None and not future.cancelled():
                try:
                    future.result()
                except BrokenProcessPool:
                    _draw_one(*task)


@contextmanager
def figure_helper(boundaries: str, id_column: str, *, processes: int) -> Iterator[FigureHelper]:
    """Start the helper where ``processes`` is 2 or more; it ends with the block."""
    source = (boundaries, id_column)
    if processes < 2:
        yield FigureHelper(source, None)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=_warm_up, initargs=source) as pool:
        pool.submit(_warm_up, *source)  # the pool starts its process with the first task
        try:
            yield FigureHelper(source, pool)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
