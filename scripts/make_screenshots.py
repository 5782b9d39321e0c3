"""Draw the atlas of the seeds into docs/img/.

Usage: ``python scripts/make_screenshots.py [NAME ...]``

The pictures show the screen at three widths, the views, the dark scheme and the
printed page; names (``table-1280``) limit the run to some. The date on the page
is fixed, so the pictures change only when the atlas, its data or the fonts of
the machine do. Exit status 1: a picture is too large, or the page complained.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from browser import ARGUMENTS, find_browser, visit  # noqa: E402
from PIL import Image  # noqa: E402

from geo.cli import main as run_geo  # noqa: E402

FOLDER = ROOT / "docs" / "img"
MADE_AT = "1767225600"
"""The first second of 2026, as SOURCE_DATE_EPOCH."""
MOST_BYTES = 150_000
MARGIN = 45
"""Of the printed page, in pixels: 12 mm, as in the print style."""
COMPARED = "#to=2021&b=from%3D2022&view=compare"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture; ``paper`` shows it as printed."""

    name: str
    width: int
    height: int
    fragment: str = ""
    scheme: str = "light"
    paper: bool = False


PICTURES = (
    Picture("1280", 1280, 800),
    Picture("768", 768, 1120),
    Picture("390", 390, 1120),
    Picture("province-1280", 1280, 800, "#province=AF-GHA"),
    Picture("table-1280", 1280, 800, "#view=table"),
    Picture("compare-1280", 1280, 1120, COMPARED),
    Picture("dark-1280", 1280, 800, "#province=AF-GHA", "dark"),
    Picture("print", 794, 1123, paper=True),
)


def build_atlas(folder: Path) -> Path:
    """Map the seeds into a folder and return the path of the atlas."""
    os.environ["SOURCE_DATE_EPOCH"] = MADE_AT
    with redirect_stdout(io.StringIO()):
        status = run_geo(["map", str(ROOT / "seeds"), "-o", str(folder / "maps"), "--no-figures"])
    if status != 0:
        raise SystemExit("seeds/ could not be mapped; the reason stands above")
    return folder / "maps" / "atlas.html"


def take(browser: Any, atlas: Path, picture: Picture) -> bytes:
    """Return the picture as PNG with a palette."""
    with visit(browser, atlas, fragment=picture.fragment, width=picture.width, scheme=picture.scheme) as seen:
        page = seen.page
        if picture.paper:
            page.emulate_media(media="print")
            page.evaluate(f"document.body.style.margin = '{MARGIN}px'")
        page.set_viewport_size({"width": picture.width, "height": picture.height})
        page.evaluate("document.fonts.ready")
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        drawn = page.screenshot(animations="disabled", caret="hide")
        if seen.requests or seen.console:
            raise SystemExit(f"{picture.name}: requests {seen.requests}, console {seen.console}")
    with Image.open(io.BytesIO(drawn)) as image:
        small = image.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def main(argv: list[str] | None = None) -> int:
    """Draw the pictures named, or all of them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args(argv)
    unknown = set(options.names) - {one.name for one in PICTURES}
    if unknown:
        parser.error(
            f"unknown: {', '.join(sorted(unknown))}. Known: {', '.join(one.name for one in PICTURES)}"
        )
    executable = find_browser()
    if executable is None:
        print("no Chromium or Chrome is installed (GEO_BROWSER may name one)", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    too_large = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        atlas = build_atlas(Path(folder))
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        for picture in PICTURES:
            if options.names and picture.name not in options.names:
                continue
            content = take(browser, atlas, picture)
            path = FOLDER / f"atlas-{picture.name}.png"
            path.write_bytes(content)
            large = len(content) > MOST_BYTES
            too_large += large
            print(f"{path.relative_to(ROOT)}: {len(content):,} bytes{', too large' if large else ''}")
        browser.close()
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main())
