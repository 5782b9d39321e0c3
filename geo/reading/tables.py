"""Tables of texts: JSON lines, CSV and Parquet, one row a document, streamed.

Columns: ``text``, and if present ``id`` (or ``doc_id``) and the metadata columns of
``sources.csv``. Any size is read in bounded memory. A bad row is reported by its
line and the rest is read; a file without a ``text`` column is refused.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from geo.errors import ReadError
from geo.reading.dates import is_iso_date, parse_stamp
from geo.reading.decode import decode_text, find_fault, read_bytes
from geo.reading.records import BadRecord, RawRecord, ReadOptions, to_fields

__all__ = ["read_csv", "read_jsonl", "read_parquet", "row_to_record"]

_CHUNK = 1024**2
_BATCH_ROWS = 256


def read_jsonl(path: Path, options: ReadOptions) -> Iterator[RawRecord | BadRecord]:
    """Read a ``.jsonl`` file: one JSON object a line, UTF-8; blank lines are passed over."""
    with path.open("rb") as handle:
        number = 0
        while line := handle.readline(options.max_file_bytes + 1):
            number += 1
            if number == 1:
                if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                    raise ReadError("UTF-16, but JSON lines are UTF-8. Save it as UTF-8.")
                line = line.removeprefix(codecs.BOM_UTF8)
            if len(line) > options.max_file_bytes:
                while line and not line.endswith(b"\n"):
                    line = handle.readline(_CHUNK)
                yield BadRecord(number, f"line longer than {options.max_file_bytes:,} bytes")
            elif line.strip():
                yield _from_json(line, number)


def _from_json(line: bytes, number: int) -> RawRecord | BadRecord:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return BadRecord(number, f"not UTF-8 at byte {error.start:,} of the line")
    except json.JSONDecodeError as error:
        return BadRecord(number, f"not JSON: {error.msg} at column {error.colno:,}")
    except (RecursionError, ValueError) as error:
        return BadRecord(number, f"not JSON that can be read: {error}")
    if not isinstance(row, dict):
        return BadRecord(number, f'a JSON {type(row).__name__}, expected an object with a "text"')
    return row_to_record(row, number)


def read_csv(path: Path, options: ReadOptions) -> Iterator[RawRecord | BadRecord]:
    """Read a ``.csv`` file with a header; comma, semicolon or tab parts its cells.

    UTF-8 and UTF-16 with a mark are streamed; any other encoding follows the
    rule of :mod:`geo.reading.decode` and the limit for one document.
    """
    csv.field_size_limit(max(csv.field_size_limit(), options.max_file_bytes))
    with _open_table(path, options) as handle:
        header = handle.readline(100_000)
        if not header.strip():
            return
        delimiter = _delimiter(header)
        names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter))]
        rows = csv.reader(handle, delimiter=delimiter, strict=True)
        while True:
            number = rows.line_num + 2
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield BadRecord(number, f"not CSV: {error}")
                continue
            except UnicodeError as error:
                raise ReadError(f"damaged after line {number - 1:,} ({error}). Save it as UTF-8.") from error
            if not cells:
                continue
            if len(cells) != len(names):
                yield BadRecord(number, f"{len(cells)} cells, but the header has {len(names)}")
            else:
                yield row_to_record(dict(zip(names, cells, strict=True)), number)


def _open_table(path: Path, options: ReadOptions) -> io.TextIOBase:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as handle:
        start = handle.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return path.open(encoding="utf-16", newline="")
        handle.seek(0)
        try:
            while chunk := handle.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
            return path.open(encoding="utf-8-sig", newline="")
        except UnicodeDecodeError:
            text, _ = decode_text(read_bytes(path, limit=options.max_file_bytes))
            return io.StringIO(text, newline="")


def _delimiter(header: str) -> str:
    for delimiter in ",;\t":
        names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter))]
        if "text" in names:
            twice = sorted({name for name in names if name and names.count(name) > 1})
            if twice:
                raise ReadError(f"column(s) {', '.join(twice)} twice in the header. Rename them.")
            return delimiter
    raise ReadError(f'no column "text" in the header ({header.strip()[:80]!r}).')


def read_parquet(path: Path, options: ReadOptions) -> Iterator[RawRecord | BadRecord]:
    """Read a ``.parquet`` file in batches; ``text`` must hold strings."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    del options
    number = 0
    try:
        with pq.ParquetFile(path) as table:
            schema = table.schema_arrow
            names = [name for name in schema.names if name.lower() in _COLUMNS]
            if "text" not in names:
                raise ReadError(f'no column "text" (columns: {", ".join(schema.names)[:80]}).')
            kind = schema.field("text").type
            kind = kind.value_type if pa.types.is_dictionary(kind) else kind
            if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or str(kind) == "string_view"):
                raise ReadError(f'column "text" holds {kind}, expected strings.')
            for batch in table.iter_batches(batch_size=_BATCH_ROWS, columns=names):
                for row in batch.to_pylist():
                    number += 1
                    yield row_to_record(row, number)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:200]
        after = f" after row {number:,}; the rows before it were read" if number else ""
        raise ReadError(f"damaged Parquet file{after} ({reason}). Write it again.") from error


_COLUMNS = frozenset(
    ("text", "id", "doc_id", "publisher", "title", "author", "published", "url", "language", "note")
)


def row_to_record(row: Mapping[str, Any], number: int) -> RawRecord | BadRecord:
    """Turn one row (``text``, perhaps ``id`` and metadata) into a record, or say why it is none."""
    text = row.get("text")
    if not isinstance(text, str):
        what = 'no "text"' if text is None else f'"text" is a {type(text).__name__}, expected a string'
        return BadRecord(number, what)
    if fault := find_fault(text):
        return BadRecord(number, f'{fault} in "text"')
    named = next((row[key] for key in ("id", "doc_id") if row.get(key) not in (None, "")), "")
    if isinstance(named, float) and named.is_integer():
        named = int(named)
    fields = {name: _SURROGATES.sub("\ufffd", value) for name, value in to_fields(row).items()}
    warnings = []
    if given := fields.pop("published", ""):
        published = given if is_iso_date(given) else parse_stamp(given)
        if published:
            fields["published"] = published
        else:
            warnings.append(
                f"published {given[:40]!r} is no ISO date (2023, 2023-01, 2023-01-25): left empty"
            )
    return RawRecord(
        text=text,
        fields=fields,
        doc_id=" ".join(str(named).split()),
        number=number,
        own_metadata_wins=True,
        warnings=tuple(warnings),
    )


_SURROGATES = re.compile("[\ud800-\udfff]")
