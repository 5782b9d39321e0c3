"""What an earlier run left: its claims, the documents behind them, and the hash of the corpus."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import schema
from geo.errors import ReadError, SchemaError
from geo.files import unguard_formula
from geo.output import read_record

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SavedRun", "read_documents_table", "read_mentions_table", "read_saved"]

_FROM_CLAIMS = ("doc_id", "publisher", "title", "author", "published", "url", "story_id")


@dataclass(frozen=True, slots=True)
class SavedRun:
    """A claims table and its documents.

    Parameters
    ----------
    claims, documents
        Columns of `geo.schema`.
    corpus_sha256
        Hash of the corpus, empty where it is not known.
    complete
        Whether ``documents`` are all that were read, or only those that have a
        claim: then "no document" and "not named" look alike on a map.
    """

    claims: pd.DataFrame
    documents: pd.DataFrame
    corpus_sha256: str
    complete: bool


def read_saved(claims: Path | str) -> SavedRun:
    """Read a claims table and find its documents.

    They are taken from ``claims.gpkg``, ``documents.csv`` or ``documents.parquet``
    beside the table, if these hold every document that a claim comes from, and
    otherwise put together from the claims.

    Raises
    ------
    UsageError, ReadError, SchemaError
        As `geo.store.read_claims`.
    """
    from geo.aggregate import corpus_hash
    from geo.store import read_claims

    path = Path(claims)
    table = read_claims(path)
    documents = read_documents_table(path.parent, preferred=path)
    if documents is not None and set(table["doc_id"]) <= set(documents["doc_id"]):
        recorded = str(read_record(path.parent).get("corpus_sha256", ""))
        return SavedRun(table, documents, recorded or corpus_hash(documents["text_sha256"]), complete=True)
    own = table[list(_FROM_CLAIMS)].drop_duplicates("doc_id", ignore_index=True)
    blank = {name: "" for name in schema.DOCUMENT_COLUMNS if name not in (*_FROM_CLAIMS, "characters")}
    frame = schema.make_frame(own.assign(**blank, characters=None), schema.DOCUMENT_COLUMNS)
    return SavedRun(table, frame[list(schema.DOCUMENT_COLUMNS)], "", complete=False)


def read_documents_table(folder: Path, *, preferred: Path | None = None) -> pd.DataFrame | None:
    """Return the documents table that a run left in a folder, ``None`` if there is none.

    Parameters
    ----------
    folder
        Where `geo map` or `geo extract` wrote.
    preferred
        A GeoPackage to look into first.
    """
    packages = [path for path in (preferred, folder / "claims.gpkg") if path and path.suffix == ".gpkg"]
    for path in packages:
        rows = _read_layer(path)
        if rows is not None:
            return schema.make_frame(rows, schema.DOCUMENT_COLUMNS)
    return _read_beside(folder, "documents", schema.DOCUMENT_COLUMNS)


def read_mentions_table(folder: Path) -> pd.DataFrame:
    """Return the mentions that a run left in a folder, without rows if there are none.

    Raises
    ------
    ReadError
        If the table is there and cannot be read.
    """
    found = _read_beside(folder, "mentions", schema.MENTION_COLUMNS)
    return schema.make_frame([], schema.MENTION_COLUMNS) if found is None else found


def _read_beside(folder: Path, name: str, columns: tuple[str, ...]) -> pd.DataFrame | None:
    """Read a table of a run as CSV or Parquet, ``None`` if there is neither."""
    import pandas as pd

    for path in (folder / f"{name}.csv", folder / f"{name}.parquet"):
        if not path.is_file():
            continue
        try:
            frame = pd.read_parquet(path) if path.suffix == ".parquet" else _read_csv(path)
            return schema.make_frame(frame[list(columns)], columns)
        except (OSError, ValueError, KeyError) as error:
            raise ReadError(
                f"{path}: cannot be read ({error}). Write it again with `geo extract`."
            ) from error
    return None


def _read_csv(path: Path) -> pd.DataFrame:
    import pandas as pd

    frame = pd.read_csv(path, dtype=str, na_filter=False, encoding="utf-8-sig")
    plain = {name: frame[name].map(unguard_formula) for name in frame.columns}
    numbers = [name for name in frame.columns if name in schema.INTEGER_COLUMNS]
    frame = frame.assign(**plain)
    return frame.assign(**{name: pd.to_numeric(frame[name].replace("", None)) for name in numbers})


def _read_layer(path: Path) -> list[dict[str, Any]] | None:
    """Rows of the layer ``documents`` of a GeoPackage, which is an SQLite file."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute("SELECT * FROM documents").fetchall()
    except sqlite3.OperationalError:
        return None
    except sqlite3.DatabaseError as error:
        raise ReadError(f"{path}: not a GeoPackage ({error}). Write it again with `geo map`.") from error
    missing = [name for name in schema.DOCUMENT_COLUMNS if rows and name not in rows[0].keys()]  # noqa: SIM118
    if missing:
        raise SchemaError(f"{path}: layer documents lacks {', '.join(missing)}. Write it with `geo map`.")
    return [{name: row[name] for name in schema.DOCUMENT_COLUMNS} for row in rows]
