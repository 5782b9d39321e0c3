from __future__ import annotations

from claims_helper import find_claims

CAMP = "Al-Qaeda has a training camp in Ghazni."
TURNS = f"{{first}}: Where are they?\n\n{{second}}: {CAMP}\n\n{{first}}: Why?\n\n{{second}}: Who knows."


def kinds(text: str) -> list[str]:
    return [claim.attribution_kind for claim in find_claims(text)]


def test_a_rank_in_the_label_speaks_for_the_state() -> None:
    assert kinds(TURNS.format(first="Q", second="COL. HART")) == ["government"]


def test_a_guest_is_known_from_the_introduction() -> None:
    intro = "Nabi Karimi, a former Taliban commander, met us in Doha.\n\n"
    assert kinds(intro + TURNS.format(first="Q", second="A")) == ["taliban"]
    assert kinds(intro + TURNS.format(first="Q", second="KARIMI")) == ["taliban"]


def test_an_unknown_guest_speaks_for_the_document() -> None:
    assert kinds(TURNS.format(first="Q", second="A")) == ["author"]
    assert kinds(TURNS.format(first="HOST", second="REED")) == ["author"]


def test_labels_that_never_come_back_make_no_transcript() -> None:
    text = f"A colonel said it had snowed.\n\nCol. Hart: the man\n\nKunar: quiet\n\nGhazni: {CAMP}"
    assert kinds(text) == ["author"]
