"""Where claims come from: texts that are read now, or the tables of an earlier run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geo.aggregate import corpus_hash
from geo.api.claims import Claims
from geo.api.documents import Documents, read
from geo.api.run import Run
from geo.errors import UsageError
from geo.extraction import extract as extract_tables
from geo.model import Document

__all__ = ["extract", "load"]

_PathLike = str | os.PathLike[str]


def extract(
    documents: Documents | Iterable[Document] | _PathLike | Iterable[_PathLike], *, workers: int = 1
) -> Claims:
    """Find the claims that texts make.

    Parameters
    ----------
    documents
        What `geo.read` or `geo.read_texts` gave, or other documents with unique ids; or
        paths, which are read first. A string is always a path.
    workers
        Processes that analyse texts, if there are enough of them to pay; the result is
        the same. A script that asks for two or more must guard its main part with
        ``if __name__ == "__main__"``.

    Raises
    ------
    UsageError
        If a path does not exist, or something is neither a path nor a document.

    Examples
    --------
    >>> import geo
    >>> geo.extract("seeds").count()[["documents", "stories"]]
       documents  stories
    0          5        4
    """
    if workers < 1:
        raise UsageError(f"workers {workers}: expected a whole number from 1 on.")
    texts = _documents_of(documents)
    found = extract_tables(texts, workers=workers)
    return Claims(
        Run(
            found.claims,
            found.mentions,
            found.documents,
            not_read=(*texts.not_read, *found.failed),
            corpus=corpus_hash(found.documents["text_sha256"]),
        )
    )


def _documents_of(given: Any) -> Documents:
    if isinstance(given, Documents):
        return given
    if isinstance(given, str | os.PathLike):
        return read(given)
    items = tuple(given)
    if all(isinstance(item, Document) for item in items):
        return Documents(items)
    if all(isinstance(item, str | os.PathLike) for item in items):
        return read(*items)
    kinds = ", ".join(sorted({type(item).__name__ for item in items}))
    raise UsageError(
        f"{kinds}: expected documents of geo.read, or paths. Tables: geo.extract(geo.read(frame))."
    )


def load(path: _PathLike) -> Claims:
    """Take up the claims that ``geo map``, ``geo extract`` or `Claims.save` wrote.

    Parameters
    ----------
    path
        ``claims.csv``, ``.parquet``, ``.gpkg`` or ``.geojson``, or the folder with ``claims.csv``
        in it. Documents and mentions are taken from the tables beside it. Without them,
        the documents are put together from the claims, and there are no mentions.

    Raises
    ------
    UsageError, ReadError, SchemaError
        If there is no such file, it is damaged, or holds something other than claims.
    """
    from geo.saved import read_mentions_table, read_saved

    file = Path(path)
    file = file / "claims.csv" if file.is_dir() else file
    saved = read_saved(file)
    mentions = read_mentions_table(file.parent)
    mentions = mentions[mentions["doc_id"].isin(saved.documents["doc_id"])] if len(mentions) else mentions
    return Claims(
        Run(
            saved.claims,
            mentions.reset_index(drop=True),
            saved.documents,
            corpus=saved.corpus_sha256,
            complete=saved.complete,
        )
    )
