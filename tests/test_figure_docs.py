from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from geo.cli import build_parser
from geo.render.figure_compare import SIDE_FACETS
from geo.render.figure_options import KINDS, LANGUAGES, MEASURES, PROVINCES, SORTS
from geo.render.figure_sizes import PAGE_SIZES
from geo.render.figure_themes import THEMES

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
sys.path.insert(0, str(ROOT / "scripts"))
import make_figures_gallery as gallery  # noqa: E402

IMAGE = re.compile(r"!\[([^\]]+)\]\(img/figures/([a-z]+)\.png\)")
"""A picture of the gallery: what it shows, and its name."""


def figure_help() -> str:
    """The long help of ``geo figure``."""
    parser = build_parser()
    actions = next(action for action in parser._actions if isinstance(action.choices, dict))
    assert isinstance(actions.choices, dict)
    return str(actions.choices["figure"].format_help())


def test_the_page_shows_the_gallery_with_its_commands() -> None:
    assert {name for _, name in IMAGE.findall(PAGE)} == set(gallery.FIGURES)
    for name, options in gallery.FIGURES.items():
        assert options in PAGE.replace("\n", " "), f"the options of {name} stand in the page as they are"


@pytest.mark.parametrize("name", gallery.FIGURES)
def test_pictures_are_there_and_small(name: str) -> None:
    assert 0 < (gallery.FOLDER / f"{name}.png").stat().st_size <= gallery.MOST_BYTES


@pytest.mark.parametrize("name", gallery.FIGURES)
def test_commands_of_the_gallery_are_understood(name: str) -> None:
    command = ["figure", "claims.csv", "-o", "a.png", *shlex.split(gallery.FIGURES[name])]
    assert build_parser().parse_args(command).claims == Path("claims.csv")


def test_every_option_and_value_is_told() -> None:
    shown = figure_help()
    options = set(re.findall(r"--[a-z-]+", shown)) - {"--help", "--debug", "--out"}
    assert {option for option in options if option not in PAGE} == set()
    for word in (*KINDS, *THEMES, *PAGE_SIZES, *LANGUAGES, *MEASURES, *SORTS, *PROVINCES, *SIDE_FACETS):
        assert word in PAGE, word
        assert word in shown, f"{word}: in geo figure --help"
