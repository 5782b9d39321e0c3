"""Texts to work with: `read` files and folders, or `read_texts` that are in memory."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from geo.api.show import did_you_mean, listed, plural, render_table
from geo.errors import UsageError
from geo.model import Document, Skipped
from geo.reading import METADATA_FIELDS, ReadOptions, ReadResult, read_documents, read_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Documents", "read", "read_texts"]

_SHOWN = 10


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Documents(Sequence[Document]):
    """Texts with their metadata, and what could not be read; made by `geo.read` and `geo.read_texts`.

    A sequence of `geo.model.Document` that never changes: it has a length, can be
    iterated and indexed, and a slice of it is a `Documents` again.

    Parameters
    ----------
    items
        The documents, in input order, with unique ``doc_id``.
    not_read
        Inputs that gave no document, and why.
    warnings
        Things to know that lost no text, one sentence each.
    problems
        Faults in ``sources.csv`` files.

    Examples
    --------
    >>> import geo
    >>> docs = geo.read("seeds")
    >>> len(docs), docs[0].publisher
    (5, 'Global Village Space')
    >>> docs.frame[["published", "publisher"]].head(2)
      published             publisher
    0   2021-08  Global Village Space
    1   2019-10                   HOA
    """

    items: tuple[Document, ...] = ()
    not_read: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @classmethod
    def from_result(cls, result: ReadResult) -> Documents:
        """Wrap what `geo.read_documents` returned."""
        return cls(result.documents, result.skipped, result.warnings, result.problems)

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Document]:
        return iter(self.items)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> Documents: ...
    def __getitem__(self, index: int | slice) -> Document | Documents:
        if isinstance(index, slice):
            return Documents(self.items[index])
        return self.items[index]

    @property
    def frame(self) -> pd.DataFrame:
        """One row a document, in order.

        Columns ``doc_id``, ``publisher``, ``title``, ``author``, ``published``, ``url``,
        ``language``, ``note``, ``path``, ``characters`` (Unicode code points),
        ``text_sha256`` and ``text``. An empty string is "not stated".
        """
        from geo import schema

        columns = (*(name for name in schema.DOCUMENT_COLUMNS if name != "story_id"), "text")
        rows = ({**_fields(item), "text": item.text} for item in self.items)
        return schema.make_frame(rows, columns)

    @property
    def skipped(self) -> pd.DataFrame:
        """What gave no document, with the ``reason``; columns ``path``, ``reason``."""
        from geo import schema

        rows = ({"path": item.path, "reason": item.reason} for item in self.not_read)
        return schema.make_frame(rows, ("path", "reason"))

    def _summary(self) -> str:
        characters = sum(len(item.text) for item in self.items)
        parts = [plural(len(self.items), "document"), plural(characters, "character")]
        dates = sorted(item.published for item in self.items if item.published)
        if dates:
            undated = len(self.items) - len(dates)
            span = dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"
            parts.append(f"published {span}{f', {undated} undated' if undated else ''}")
        if self.not_read:
            parts.append(f"{len(self.not_read)} not read (see .skipped)")
        if self.problems:
            parts.append("faults in sources.csv (see .problems)")
        return "; ".join(parts)

    def __repr__(self) -> str:
        return f"<Documents: {self._summary()}>"

    def _repr_html_(self) -> str:
        rows = [
            (item.doc_id, item.publisher, item.published, item.title, f"{len(item.text):,}")
            for item in self.items[:_SHOWN]
        ]
        more = f"; the first {_SHOWN} of them:" if len(self.items) > _SHOWN else ""
        return render_table(
            f"Documents: {self._summary()}{more}",
            ("doc_id", "publisher", "published", "title", "characters"),
            rows,
        )


def _fields(item: Document) -> dict[str, Any]:
    own = {name: getattr(item, name) for name in Document.__slots__ if name != "text"}
    return own | {"characters": len(item.text), "text_sha256": item.text_sha256}


def read(*sources: str | os.PathLike[str] | pd.DataFrame, options: ReadOptions | None = None) -> Documents:
    """Read files, folders and tables, as ``geo map`` does.

    Metadata comes from a ``sources.csv`` beside the files, then from the files
    themselves where that is safe; what is not stated stays empty. What cannot be
    read is in ``skipped``, with the reason, and does not stop the rest.

    Parameters
    ----------
    *sources
        Files (``.txt .md .html .pdf .docx``), tables (``.jsonl .csv .parquet``) with
        a column ``text``, folders of them; or data frames with a column ``text`` and,
        if they have them, ``id``, ``publisher``, ``title``, ``author``, ``published``,
        ``url``, ``language``, ``note``. Missing values are "not stated".
    options
        Limits for reading.

    Raises
    ------
    UsageError
        If nothing is given, a path does not exist, or a frame has no column ``text``.

    Examples
    --------
    >>> import geo
    >>> geo.read("seeds")
    <Documents: 5 documents; 42,852 characters; published 2019-10 to 2024>
    """
    if not sources:
        raise UsageError("nothing to read. Name files or folders, as in geo.read('seeds').")
    chosen = options or ReadOptions()
    paths = [Path(item) for item in sources if isinstance(item, str | os.PathLike)]
    frames = [item for item in sources if not isinstance(item, str | os.PathLike)]
    results = [read_documents(paths, options=chosen)] if paths else []
    for number, frame in enumerate(frames, start=1):
        name = "frame" if len(frames) == 1 else f"frame{number}"
        results.append(read_rows(_rows_of(frame), name=name, options=chosen))
    return Documents.from_result(_joined(results))


def read_texts(
    texts: Iterable[str] | Mapping[str, str], *, options: ReadOptions | None = None, **metadata: str
) -> Documents:
    """Take texts that are in memory.

    Parameters
    ----------
    texts
        Strings, which get the ids ``text-1``, ``text-2``, …; or a mapping of ids to strings.
    options
        Limits for reading.
    **metadata
        What all of them share: ``publisher``, ``title``, ``author``, ``published``
        (ISO 8601, any precision), ``url``, ``language``, ``note``.

    Raises
    ------
    UsageError
        If one string is given in place of several, or a field is not known.

    Examples
    --------
    >>> import geo
    >>> text = "A UN report of January 2023 said al-Qaeda runs a training camp in Ghazni."
    >>> claims = geo.extract(geo.read_texts([text], publisher="The Daily Example"))
    >>> claims.frame.loc[0, ["province", "claim_type", "attribution_kind"]].to_list()
    ['Ghazni', 'training_camp', 'un']
    """
    if isinstance(texts, str):
        raise UsageError("one string, expected several: geo.read_texts([text]). Files: geo.read(path).")
    for name in metadata:
        if name not in METADATA_FIELDS:
            raise UsageError(
                f"{name!r}: no field of a document.{did_you_mean(name, METADATA_FIELDS)} "
                f"Expected {listed(METADATA_FIELDS)}."
            )
    pairs = texts.items() if isinstance(texts, Mapping) else ((None, text) for text in texts)
    rows = ({**metadata, "id": name, "text": text} for name, text in pairs)
    return Documents.from_result(read_rows(rows, name="text", options=options or ReadOptions()))


def _rows_of(frame: Any) -> Iterator[dict[str, Any]]:
    """Rows of a data frame; missing values of every kind become ``None``."""
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        many = " Several paths: geo.read(*paths)." if isinstance(frame, list | tuple) else ""
        raise UsageError(
            f"{type(frame).__name__}: cannot be read. Expected paths or data frames.{many} "
            "Texts: geo.read_texts(texts)."
        )
    if "text" not in frame.columns:
        raise UsageError(f"a frame with columns {listed(list(frame.columns))}: expected one called text.")
    stated = frame.astype(object).where(frame.notna(), None)
    for row in stated.to_dict("records"):
        yield {str(name): value for name, value in row.items()}


def _joined(results: Sequence[ReadResult]) -> ReadResult:
    documents = tuple(item for result in results for item in result.documents)
    taken = Counter(item.doc_id for item in documents)
    if twice := sorted(name for name, count in taken.items() if count > 1):
        raise UsageError(f"doc_id {listed(twice)} in more than one source. Give the rows ids of their own.")
    return ReadResult(
        documents,
        tuple(item for result in results for item in result.skipped),
        tuple(item for result in results for item in result.warnings),
        tuple(item for result in results for item in result.problems),
    )
