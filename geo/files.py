"""Write files whole or not at all, and cells that no spreadsheet runs.

A file is written under another name in the same folder and then renamed: whoever
looks, or pulls the plug, finds the old file or the new one.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geo.errors import WriteError

__all__ = ["guard_formula", "replacing", "unguard_formula", "write_bytes", "write_text"]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a name to write to; rename it to ``path`` if all goes well, else remove it.

    Raises
    ------
    WriteError
        If the disk is full or the folder takes no file; the old file is then still there.
    """
    draft = path.with_name(f".{secrets.token_hex(6)}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        with draft.open("rb+") as handle:
            os.fsync(handle.fileno())
        draft.replace(path)
    except OSError as error:
        raise WriteError(
            f"{path}: cannot be written ({error.strerror or error}). Check the disk and the rights, or name "
            "another file."
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def write_bytes(content: bytes, path: Path | str) -> None:
    """Write bytes, whole or not at all."""
    with replacing(Path(path)) as draft:
        draft.write_bytes(content)


def write_text(text: str, path: Path | str) -> None:
    """Write a text as UTF-8, whole or not at all."""
    write_bytes(text.encode("utf-8", "replace"), path)


def guard_formula(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run: it begins with ``= + - @``, tab or CR.

    An apostrophe that stands before such a sign already gets another, so that one can be
    taken away again.
    """
    return "'" + text if _FORMULA.match(text) else text


def unguard_formula(text: str) -> str:
    """Take away the apostrophe that `guard_formula` put there, and no other."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
