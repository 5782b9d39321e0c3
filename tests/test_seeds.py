"""The five seed texts and their sources.csv are never edited: spans and gold answers rest on them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"

SHA256 = {
    "000_b11b092ed6197f3c.txt": "0d3828124289d7636a3a8e2bcfd4e5d51fb956e4bca926dbf90c92fffd467166",
    "001_10549f534f6d3f42.txt": "750a08d67fe75f9f3d8b7cc22f5f8f1cb52b21f8236ee246a7ef593c013f8aa1",
    "002_9223b72be2a6a444.txt": "a626eee1f9879689c70c16d4157ea7b393e2ac054ead040c5fe5db0a0c88c488",
    "003_fcb5a9e4fc5c7d57.txt": "e2ea5fe83cfbcc66ce4a684a3b2592303f6793d8afb9955c0884cbc9a18468c7",
    "004_bf0a8ab572d1c5d7.txt": "6d20159a2c6653ea50a507d7fb9d03607ca24c8dbae5cab984ead58c5cefed8c",
    "sources.csv": "f21c9c8000c882b68f38105296b53f89ca50b3471d622502ec58b24566493884",
}


@pytest.mark.parametrize("name", sorted(SHA256))
def test_seed_is_as_it_was_given(name: str) -> None:
    found = hashlib.sha256((SEEDS / name).read_bytes()).hexdigest()
    assert found == SHA256[name], (
        f"{SEEDS / name} was changed: expected sha256 {SHA256[name]}, found {found}. Restore the file."
    )


def test_no_seed_was_added_or_removed() -> None:
    assert {path.name for path in SEEDS.iterdir() if not path.name.startswith(".")} == set(SHA256)
