"""A headless browser with the network cut, and small made-up data for the atlas."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from geo.render.atlas import AtlasInfo
from geo.schema import (
    ATTRIBUTION_KINDS,
    CLAIM_COLUMNS,
    CLAIM_TYPES,
    DOCUMENT_COLUMNS,
    PROVINCE_IDS,
    make_frame,
)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE = (
    "<img src=x onerror=alert(1)></script><!--<b>`${alert(2)}`{{7*7}}{% raw %}&amp;"
    "\u2028\u2029\u202etxt\"' \x00"
)
INFO = AtlasInfo(
    title="Claims in test documents",
    generated="2026-01-02T03:04:05Z",
    tool_version="0.0.0",
    corpus_sha256="0123456789abcdef" * 4,
    boundary_note="Boundaries: squares made for tests.",
)


def find_browser() -> str | None:
    """Return the path of an installed Chromium or Chrome, else ``None``."""
    named = os.environ.get("GEO_BROWSER")
    if named:
        return named
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


@dataclass
class Visit:
    """An open page with all it asked for and complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)


@contextmanager
def open_browser() -> Iterator[Any]:
    """Launch the browser; skip where there is none, but fail in continuous integration."""
    path = find_browser()
    if path is None:
        reason = "no Chromium or Chrome is installed (GEO_BROWSER may name one)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def visit(
    browser: Any, path: Path, *, fragment: str = "", width: int = 1280, scheme: str = "light"
) -> Iterator[Visit]:
    """Open a file with the network cut; every request but the file itself is noted and refused."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, offline=True, accept_downloads=True, color_scheme=scheme
    )
    seen = Visit(page=context.new_page())
    address = path.resolve().as_uri()

    def answer(route: Any) -> None:
        if route.request.url.split("#")[0] == address:
            route.continue_()
        else:
            seen.requests.append(route.request.url)
            route.abort()

    def dismiss(dialog: Any) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    context.route("**/*", answer)
    seen.page.on("console", lambda message: seen.console.append(message.text))
    seen.page.on("pageerror", lambda error: seen.console.append(str(error)))
    seen.page.on("dialog", dismiss)
    seen.page.goto(address + fragment)
    yield seen
    context.close()


def make_boundaries() -> gpd.GeoDataFrame:
    """Return 34 squares of half a degree with the ids of the provinces."""
    shapes = [
        box(x, y, x + 0.5, y + 0.5) for x, y in ((63 + i % 6 * 0.5, 32 + i // 6 * 0.5) for i in range(34))
    ]
    return gpd.GeoDataFrame(
        {
            "province_id": PROVINCE_IDS,
            "name_en": [f"Square {code[3:]}" for code in PROVINCE_IDS],
            "name_fa": ["مربع"] * 34,
        },
        geometry=shapes,
        crs="EPSG:4326",
    )


def make_document(doc_id: str, **known: Any) -> dict[str, Any]:
    """Return one row of documents; what is not given is not stated."""
    row = {
        "publisher": f"Paper {doc_id}",
        "title": f"Title {doc_id}",
        "published": "2023-05",
        "story_id": doc_id,
    }
    return {**dict.fromkeys(DOCUMENT_COLUMNS, ""), "characters": 100, **row, "doc_id": doc_id, **known}


def make_claim(claim_id: str, document: dict[str, Any], province_id: str, **known: Any) -> dict[str, Any]:
    """Return one row of claims whose place and trigger are found in its sentence."""
    sentence = known.pop("sentence", "𝔄l-Qaeda runs training camps in Testland.")
    start = known.pop("start", 40)
    place, trigger = known.pop("place", "Testland"), known.pop("trigger", "training camps")
    at, cue = start + sentence.find(place), start + sentence.find(trigger)
    row = {
        "claim_id": claim_id,
        **{name: document[name] for name in CLAIM_COLUMNS if name in document},
        "province_id": province_id,
        "province": province_id and f"Square {province_id[3:]}",
        "location_basis": "named",
        "claim_type": "training_camp",
        "group": "al-qaeda",
        "stance": "affirmed",
        "attributed_to": "a commander",
        "attribution_kind": "taliban",
        "year": 2023,
        "year_basis": "stated",
        "sentence": sentence,
        "start": start,
        "end": start + len(sentence),
        "mention_start": at,
        "mention_end": at + len(place),
        "trigger": trigger,
        "trigger_start": cue,
        "trigger_end": cue + len(trigger),
        "reason": "the phrase 'training camps'",
        "review": "unreviewed",
    }
    return {**dict.fromkeys(CLAIM_COLUMNS, ""), "year_end": None, **row, **known}


def make_sample() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return nine claims from three stories, and five documents of which one holds no claim."""
    a, b, c, d, e = (
        make_document("a", url="https://example.org/a"),
        make_document("b", story_id="a", published="2023-06", url="javascript:alert(1)"),
        make_document("c", published="2021"),
        make_document("d", published=""),
        make_document("e", published="2018", publisher="Silent paper"),
    )
    un = {"attribution_kind": "un", "attributed_to": "United Nations", "claim_type": "presence"}
    rows = [
        make_claim("c1", a, "AF-HEL"),
        make_claim("c2", b, "AF-HEL"),
        make_claim("c3", a, "AF-HEL", **un),
        make_claim("c4", c, "AF-HEL", **un, year=2023),
        make_claim(
            "c5", c, "AF-BAM", stance="denied", year=2021, attribution_kind="author", attributed_to=""
        ),
        make_claim("c6", c, "AF-GHA", stance="uncertain", year=2021),
        make_claim("c7", c, "AF-KHO", location_basis="region", place_name="Loya Testland", year=2021),
        make_claim("c8", d, "", location_basis="country", year=None, year_basis="unknown"),
        make_claim("c9", d, "AF-KAB", group="ttp", year=None, year_basis="unknown"),
    ]
    return make_frame(rows, CLAIM_COLUMNS), make_frame([a, b, c, d, e], DOCUMENT_COLUMNS)


def make_many(n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return ``n`` claims of ordinary length from ``n / 4`` documents, spread over provinces and years."""
    kinds = [kind for kind in ATTRIBUTION_KINDS if kind != "author"]
    documents = [
        make_document(
            f"d{i}",
            publisher=f"Paper {i % 40}",
            title=f"Report {i} on the groups in the provinces and what neighbours make of them",
            published=f"{2002 + i % 24}-05-{1 + i % 28:02}",
            url=f"https://example.org/{i}",
            story_id=f"s{i // 2}",
        )
        for i in range(max(1, n // 4))
    ]
    words = "Officials say that al-Qaeda runs training camps in Testland and sends men to the valleys beyond"
    rows = [
        make_claim(
            f"c{i:016}",
            documents[i % len(documents)],
            PROVINCE_IDS[i * 7 % 34],
            claim_type=CLAIM_TYPES[i % len(CLAIM_TYPES)],
            attribution_kind=kinds[i % len(kinds)],
            attributed_to=f"source {i % 60}",
            stance=("affirmed", "affirmed", "uncertain", "denied")[i % 4],
            year=2002 + i % 24,
            sentence=f"{words}, number {i} of the statements that this corpus has been given for a test.",
        )
        for i in range(n)
    ]
    return make_frame(rows, CLAIM_COLUMNS), make_frame(documents, DOCUMENT_COLUMNS)


def make_hostile() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one claim of which every text is an attack."""
    document = make_document("h", publisher=HOSTILE, title=HOSTILE, author=HOSTILE, url="data:text/html,x")
    sentence = HOSTILE + " training camps in Testland خانه امن در کابل"
    claim = make_claim("h1", document, "AF-HEL", sentence=sentence, attributed_to=HOSTILE, reason=HOSTILE)
    formula = make_claim(
        "h2", document, "AF-KAB", attributed_to="=cmd()", sentence="@x training camps in Testland"
    )
    return make_frame([claim, formula], CLAIM_COLUMNS), make_frame([document], DOCUMENT_COLUMNS)
