"""Paths and the browser that tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seeds(root: Path) -> Path:
    """The five texts and their sources.csv."""
    return root / "seeds"


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """Gold tables and reference data that are kept beside the checkout, if they are there."""
    folder = Path(os.environ.get("GEO_SHARED", root.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the shared folder beside the checkout is not there")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all modules: a second beside it cannot be driven."""
    from browser import open_browser

    with open_browser() as opened:
        yield opened
