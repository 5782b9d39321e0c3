"""The atlas's search, table, comparison, years, downloads, history and barriers, in a real browser."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from browser import (
    HOSTILE,
    INFO,
    make_boundaries,
    make_hostile,
    make_many,
    make_sample,
    visit,
)
from PIL import Image
from playwright.sync_api import expect

from geo.render.atlas import build_atlas, write_atlas

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent / "js" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("views")
    boundaries = make_boundaries()
    hostile = replace(INFO, title=HOSTILE, generated=HOSTILE, boundary_note=HOSTILE)
    for name, tables, info in (
        ("sample", make_sample(), INFO),
        ("hostile", make_hostile(), hostile),
        ("many", make_many(5000), INFO),
    ):
        write_atlas(*tables, boundaries=boundaries, info=info, path=made / f"{name}.html")
    return made


@pytest.fixture
def page(browser, folder):
    with visit(browser, folder / "sample.html") as seen:
        yield seen.page
        assert (seen.requests, seen.console, seen.dialogs) == ([], [], [])


def status(page) -> str:
    return page.inner_text("#status")


def wait_for_status(page, words: str) -> None:
    expect(page.locator("#status")).to_have_text(re.compile("^" + re.escape(words)))


def mode(page, name: str) -> None:
    page.click(f"[data-mode={name}]")


def test_a_search_narrows_the_claims_and_is_kept_in_the_address(page):
    page.fill("#search", "LOYA")
    wait_for_status(page, "1 of 9")
    assert "text=LOYA" in page.evaluate("location.hash")
    page.reload()
    assert status(page).startswith("1 of 9")
    assert page.input_value("#search") == "LOYA"
    page.click("#reset")
    assert page.input_value("#search") == ""
    assert status(page).startswith("8 of 9")


def test_a_search_that_finds_nothing_says_so(page):
    page.fill("#search", "no such words")
    wait_for_status(page, "0 of 9")
    assert page.inner_text("#map-message") == "Documents match, but no claim passes the filters."


def test_the_table_holds_what_is_shown_and_sorts(page):
    mode(page, "table")
    rows = page.locator("#table-view tbody tr")
    assert rows.count() == 8
    assert not page.locator("#map-view").is_visible()
    page.click("[data-sort=year]")
    years = page.locator("#table-view tbody tr td:nth-child(7)").all_inner_texts()
    assert years == [*sorted(years[:-1]), "undated"]
    page.click("[data-sort=year]")
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert page.locator("#table-view tbody tr td:nth-child(7)").all_inner_texts()[-1] == "undated"
    assert "sort=-year" in page.evaluate("location.hash")
    page.uncheck('[data-facet="type"] input[data-value="training_camp"]')
    assert rows.count() == 2
    assert page.locator("#table-view mark.place").first.inner_text() == "Testland"


def test_a_row_leads_to_its_province_on_the_map(page):
    mode(page, "table")
    page.locator("#table-view tbody button", has_text="Square BAM").click()
    assert page.locator("#map-view").is_visible()
    assert page.inner_text("#detail-title").startswith("Square BAM")


def test_two_choices_are_compared_province_by_province(page):
    mode(page, "compare")
    page.uncheck('[data-facet="type"] input[data-value="presence"]')
    page.select_option('[aria-label="From year"]', "2022")
    rows = page.locator("table.differences tbody tr")
    assert rows.all_inner_texts() == ["Square HEL\t2\t1\t−1"]
    difference = page.locator(".difference path[data-province=AF-HEL]")
    assert difference.get_attribute("data-look") == "fewer"
    assert difference.get_attribute("aria-label") == "Square HEL: fewer sources in B (A 2, B 1)"
    assert page.locator(".difference text", has_text="−1").count() == 1
    page.click("#swap")
    assert difference.get_attribute("data-look") == "more"
    page.click("[data-side=a]")
    assert page.locator("#side-note").inner_text() == "Filters change A"
    page.uncheck('[data-facet="type"] input[data-value="training_camp"]')
    assert difference.get_attribute("data-look") == "onlyB"


def test_a_comparison_comes_back_from_its_address(browser, folder, page):
    mode(page, "compare")
    page.check('input[name="year-by"][value="published"]')
    page.select_option('[aria-label="To year"]', "2021")
    before = page.inner_text("#compare-view")
    fragment = page.evaluate("location.hash")
    with visit(browser, folder / "sample.html", fragment=fragment) as again:
        assert again.page.inner_text("#compare-view") == before


def test_leaving_a_comparison_keeps_the_side_that_was_being_changed(page):
    mode(page, "compare")
    page.uncheck('[data-facet="type"] input[data-value="presence"]')
    mode(page, "map")
    assert status(page).startswith("6 of 9")


def test_back_and_forward_go_through_the_views(page):
    page.uncheck('[data-facet="type"] input[data-value="presence"]')
    page.locator("path.leaflet-interactive[data-province=AF-HEL]").click()
    mode(page, "table")
    seen = [(status(page), page.locator("#main").get_attribute("data-mode"))]
    for _ in range(3):
        page.go_back()
        seen.append((status(page)[:6], page.locator("#main").get_attribute("data-mode")))
    assert seen[1:] == [("6 of 9", "map"), ("6 of 9", "map"), ("8 of 9", "map")]
    assert not page.locator("#detail").is_visible()
    page.go_forward()
    page.go_forward()
    assert page.inner_text("#detail-title").startswith("Square HEL")


def test_years_are_chosen_by_dragging_and_by_keys(page):
    bars = page.locator(".bars")
    first, last = (bars.locator(f"[data-year='{year}']").bounding_box() for year in (2021, 2022))
    page.mouse.move(first["x"] + 3, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(last["x"] + 3, last["y"] + 10, steps=4)
    page.mouse.up()
    assert page.input_value('[aria-label="From year"]') == "2021"
    assert page.input_value('[aria-label="To year"]') == "2022"
    page.keyboard.press("Shift+ArrowRight")
    assert page.input_value('[aria-label="To year"]') == "2023"
    assert page.evaluate("document.activeElement.dataset.year") == "2023"
    page.keyboard.press("Enter")
    assert page.input_value('[aria-label="From year"]') == "2023"
    page.keyboard.press("Enter")
    assert page.input_value('[aria-label="From year"]') == "", "the same year again takes the choice back"


def test_playing_goes_through_the_years_and_leaves_one_step_in_the_history(page):
    before = page.evaluate("history.length")
    page.click("#play")
    assert page.input_value('[aria-label="From year"]') == "2021"
    expect(page.locator('[aria-label="From year"]')).to_have_value("2022")
    page.click("#play")
    assert page.inner_text("#play") == "play"
    assert page.evaluate("history.length") == before


def test_geojson_lies_where_the_provinces_lie_and_holds_what_is_shown(page):
    with page.expect_download() as waiting:
        page.click("#download-geojson")
    path = Path(waiting.value.path())
    data = json.loads(path.read_text(encoding="utf-8"))
    features = {feature["properties"]["province_id"]: feature["properties"] for feature in data["features"]}
    assert features["AF-HEL"]["independent_sources"] == 2
    assert {claim["claim_id"] for claim in features["AF-HEL"]["claims"]} == {"c1", "c2", "c3", "c4"}
    assert [claim["claim_id"] for claim in features[""]["claims"]] == ["c8"]
    named = path.with_suffix(".geojson")
    path.rename(named)
    shapes = gpd.read_file(named).set_index("province_id").geometry.drop("")
    own = make_boundaries().set_index("province_id").geometry
    shared = shapes.intersection(own.loc[shapes.index]).to_crs("EPSG:6933").area
    assert (shared / own.to_crs("EPSG:6933").area.loc[shapes.index]).min() > 0.998


def test_the_png_is_the_drawing_at_twice_its_size(page):
    with page.expect_download() as waiting:
        page.click("#download-png")
    with Image.open(Path(waiting.value.path())) as image:
        assert image.format == "PNG"
        assert image.width == 2000
        assert len(image.convert("RGB").getcolors(1 << 20)) > 10, "a blank picture"


def test_in_a_comparison_the_picture_is_the_difference(page):
    mode(page, "compare")
    page.uncheck('[data-facet="type"] input[data-value="presence"]')
    with page.expect_download() as waiting:
        page.click("#download-svg")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "fewer sources in B" in text
    assert "B: Filters: claim type: Training camp" in text


@pytest.mark.parametrize(
    ("name", "fragment", "why"),
    [
        ("sample", "", "the map"),
        ("many", "#b=&view=compare", "the longest legend"),
        ("many", "#publisher=" + ",".join(f"Paper%20{i}" for i in range(30)), "many filters in words"),
        ("hostile", "", "a title of its own making"),
    ],
)
def test_nothing_in_a_picture_runs_over_its_edge(browser, folder, tmp_path, name, fragment, why):
    with visit(browser, folder / f"{name}.html", fragment=fragment) as seen:
        with seen.page.expect_download() as waiting:
            seen.page.click("#download-svg")
        picture = tmp_path / "picture.svg"
        waiting.value.save_as(picture)
    with visit(browser, picture) as seen:
        assert seen.page.locator("parsererror").count() == 0
        over = seen.page.evaluate(
            "(() => { const { width, height } = document.documentElement.viewBox.baseVal; "
            "return [...document.querySelectorAll('text')].filter((text) => { const box = text.getBBox(); "
            "return box.x < 0 || box.x + box.width > width || box.y + box.height > height; })"
            ".map((text) => text.textContent); })()"
        )
        assert over == [], why
        end = "\ufffd" if name == "hostile" else INFO.boundary_note
        assert seen.page.locator("text").last.text_content().endswith(end), "the file was read to its end"


def test_the_keyboard_reaches_every_part(page):
    reached = set()
    for _ in range(220):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(() => { const a = document.activeElement; return a.id || a.dataset.province && 'province' "
                "|| a.dataset.mode && 'mode' || a.closest('[data-facet]')?.dataset.facet || a.className; })()"
            )
        )
    parts = {"skip-link", "mode", "reset", "copy-link", "download-csv", "download-geojson", "download-svg"}
    parts |= {
        "download-png",
        "print",
        "search",
        "type",
        "who",
        "publisher",
        "year",
        "stance",
        "province",
        "play",
    }
    assert parts <= reached


def focused(page) -> str:
    return page.evaluate(
        "(() => { const a = document.activeElement; return [a.tagName, a.id, a.dataset.province ?? "
        "a.closest('[data-province]')?.dataset.province].join(' '); })()"
    )


@pytest.mark.parametrize(
    ("fragment", "opener", "why"),
    [
        ("", "path.leaflet-interactive[data-province=AF-HEL]", "a shape of the map"),
        ("", ".provinces [data-province=AF-HEL]", "a line of the list, which is made anew"),
        ("#b=&view=compare", ".difference path[data-province=AF-HEL]", "the map of differences"),
        ("#b=&view=compare", ".differences [data-province=AF-HEL] button", "a row of the differences"),
    ],
)
@pytest.mark.parametrize("width", [1280, 390])
def test_escape_leaves_a_province_and_gives_the_focus_back(browser, folder, fragment, opener, why, width):
    with visit(browser, folder / "sample.html", fragment=fragment, width=width) as seen:
        page = seen.page
        page.locator(opener).focus()
        before = focused(page)
        page.keyboard.press("Enter")
        assert focused(page).split()[1] == "detail-title"
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert not page.locator("#detail").is_visible()
        assert focused(page) == before, why
        assert page.locator(opener).evaluate("element => element === document.activeElement"), why
        assert "province" not in page.evaluate("location.hash")


def test_escape_in_a_field_is_the_fields_and_without_a_province_does_nothing(browser, folder):
    with visit(browser, folder / "sample.html", fragment="#province=AF-HEL") as seen:
        page = seen.page
        page.fill("#search", "training")
        page.keyboard.press("Escape")
        assert page.locator("#detail").is_visible()
        page.click(".back")
        address = page.evaluate("location.hash")
        page.keyboard.press("Escape")
        assert page.evaluate("location.hash") == address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focused_province_is_outlined_above_its_neighbours(browser, folder, scheme):
    with visit(browser, folder / "sample.html", scheme=scheme) as seen:
        page = seen.page
        page.locator(".leaflet-container").focus()
        order = []
        for _ in range(34):
            page.keyboard.press("Tab")
            order.append(page.evaluate("document.activeElement.dataset.province"))
            outline = page.locator(".leaflet-container path.ring.focused").last
            assert outline.evaluate("ring => ring.nextElementSibling === null"), "drawn last, so on top"
        assert order == sorted(set(order)), "the outline must not move the shapes that Tab goes through"
        page.keyboard.press("Tab")
        assert page.locator(".leaflet-container path.ring.focused").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "fragment", ["", "#province=AF-HEL", "#view=table", "#b=&view=compare", "#text=nothing%20here"]
)
def test_axe_finds_no_barrier(browser, folder, fragment, scheme, width):
    if not AXE.exists():
        reason = "axe-core is not installed (make scripts installs it)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with visit(browser, folder / "sample.html", fragment=fragment, scheme=scheme, width=width) as seen:
        page = seen.page
        if width < 1000:
            page.click("#filter-box > summary")
        # Handed over by the debugger, which the page's content policy does not bind.
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        faults = [
            f"{rule['id']} ({rule['impact']}): {node['html'][:120]} {node['failureSummary'][:200]}"
            for rule in found["violations"]
            for node in rule["nodes"][:3]
        ]
        assert faults == []


@pytest.mark.parametrize("fragment", ["#view=table", "#b=&view=compare", ""])
def test_hostile_text_stays_text_in_every_view(browser, folder, fragment):
    with visit(browser, folder / "hostile.html", fragment=fragment) as seen:
        assert seen.page.locator("main img").count() == 0
        for kind in ("svg", "geojson", "png"):
            with seen.page.expect_download():
                seen.page.click(f"#download-{kind}")
        assert (seen.requests, seen.console, seen.dialogs) == ([], [], [])


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("fragment", ["#view=table", "#b=&view=compare"])
def test_no_view_overflows_sideways(browser, folder, fragment, width):
    with visit(browser, folder / "sample.html", fragment=fragment, width=width) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("fragment", ["#view=table", "#b=&view=compare"])
def test_every_view_prints_on_one_page(browser, folder, fragment):
    with visit(browser, folder / "sample.html", fragment=fragment) as seen:
        assert seen.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_five_thousand_claims_are_listed_a_page_at_a_time(browser, folder):
    with visit(browser, folder / "many.html", fragment="#view=table") as seen:
        page = seen.page
        assert status(page).startswith("5,000 of 5,000 claims shown")
        assert page.locator("#table-view tbody tr").count() == 100
        page.click("#table-view .more")
        assert page.locator("#table-view tbody tr").count() == 200
        page.fill("#search", "number 4321")
        wait_for_status(page, "1 of 5,000")
        assert (seen.requests, seen.console) == ([], [])


@pytest.mark.parametrize(("claims", "most"), [(500, 600_000), (5000, 3_000_000)])
def test_the_file_stays_small(claims, most):
    assert len(build_atlas(*make_many(claims), boundaries=make_boundaries(), info=INFO).encode()) <= most


def test_claims_of_a_province_stand_under_their_source_and_story(page):
    page.locator("path.leaflet-interactive[data-province=AF-HEL]").click()
    sources = page.locator("#detail section").first.locator("details.source")
    heads = [" ".join(text.split()) for text in sources.locator("summary h4").all_inner_texts()]
    assert heads == ["United Nations (United Nations)", "a commander (Taliban)"]
    assert sources.locator("article.claim").count() == 3
    first = sources.nth(0)
    first.locator("summary").first.click()
    assert first.get_attribute("open") is None
