"""Which files the paths given stand for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.errors import UsageError
from geo.model import Skipped
from geo.reading.records import printable

__all__ = ["SOURCES_NAME", "InputFile", "find_files"]

SOURCES_NAME = "sources.csv"
"""Metadata beside the files; never a document itself."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read.

    Parameters
    ----------
    path
        Where it is.
    name
        Its path relative to the folder given, with ``/``; for a file given by itself, its name.
    shown
        Its path as the user can find it, for messages.
    """

    path: Path
    name: str
    shown: str


def find_files(paths: Sequence[Path]) -> tuple[list[InputFile | Skipped], list[str]]:
    """List the files that files and folders stand for, each once, folders in sorted order.

    Hidden files and ``sources.csv`` are no documents. Folders that are links are
    followed, but none is walked twice, so loops end.

    Parameters
    ----------
    paths
        Files and folders, in the order wanted.

    Returns
    -------
    tuple
        Files to read and inputs that are none, in order; and warnings.

    Raises
    ------
    UsageError
        If a path does not exist; all such paths are named at once.
    """
    missing = [printable(str(path)) for path in paths if not _exists(path)]
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}. Check the spelling and the folder.")
    found: list[InputFile | Skipped] = []
    warnings: list[str] = []
    seen: set[str] = set()
    walked: set[str] = set()
    for path in paths:
        entries = list(_walk(path, path, walked, warnings)) if _is_folder(path) else [_single(path)]
        files = [entry for entry in entries if entry is not None]
        if _is_folder(path) and not files:
            warnings.append(f"{printable(str(path))}: no documents in this folder")
        for entry in files:
            if isinstance(entry, InputFile):
                real = os.path.realpath(entry.path)
                if real in seen:
                    warnings.append(f"{entry.shown}: the same file is given twice; read once")
                    continue
                seen.add(real)
            found.append(entry)
    if not found and not warnings:
        warnings.append(f"nothing to read: {SOURCES_NAME} tells about documents and is none itself")
    return found, warnings


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return path.is_symlink()
    return True


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _single(path: Path) -> InputFile | Skipped | None:
    if path.name == SOURCES_NAME:
        return None
    return _checked(path, printable(path.name))


def _walk(
    folder: Path, top: Path, walked: set[str], warnings: list[str]
) -> Iterator[InputFile | Skipped | None]:
    """Walk one folder depth first without recursion, names in sorted order."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        if _is_folder(here):
            real = os.path.realpath(here)
            if real in walked:
                warnings.append(
                    f"{printable(str(here))}: this folder was already read (a link, or given twice)"
                )
                continue
            walked.add(real)
            try:
                names = sorted(os.listdir(here), reverse=True)  # noqa: PTH208 (names that are no text)
            except OSError as error:
                yield Skipped(printable(str(here)), f"folder cannot be listed: {error.strerror}")
                continue
            waiting += [here / name for name in names if not name.startswith(".") and name != SOURCES_NAME]
        else:
            yield _checked(here, printable(here.relative_to(top).as_posix()))


def _checked(path: Path, name: str) -> InputFile | Skipped:
    shown = printable(str(path))
    if _is_file(path):
        return InputFile(path, name, shown)
    if path.is_symlink() and not path.exists():
        return Skipped(shown, "a link that leads nowhere")
    return Skipped(shown, "not a regular file")
