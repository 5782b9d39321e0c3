from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import (
    HOSTILE,
    INFO,
    Visit,
    make_boundaries,
    make_hostile,
    make_sample,
    visit,
)

from geo.render.atlas import AtlasInfo, write_atlas
from geo.schema import CLAIM_COLUMNS, DOCUMENT_COLUMNS, make_frame

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("atlas")
    hostile = AtlasInfo(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    empty = make_frame([], CLAIM_COLUMNS), make_frame([], DOCUMENT_COLUMNS)
    for name, tables, info in (
        ("sample", make_sample(), INFO),
        ("hostile", make_hostile(), hostile),
        ("empty", empty, INFO),
    ):
        write_atlas(*tables, boundaries=make_boundaries(), info=info, path=folder / f"{name}.html")
    return folder


@pytest.fixture
def sample(browser, folder) -> Iterator[Visit]:
    with visit(browser, folder / "sample.html") as seen:
        yield seen
        assert seen.requests == []
        assert seen.console == []
        assert seen.dialogs == []


def status(page) -> str:
    return page.inner_text("#status")


def shape(page, province_id: str):
    return page.locator(f"path.leaflet-interactive[data-province={province_id}]")


def tick(page, facet: str, value: str):
    return page.locator(f'[data-facet="{facet}"] input[data-value="{value}"]')


def test_thirty_four_shapes_are_drawn_focusable_and_named(sample):
    shapes = sample.page.locator("path.leaflet-interactive")
    assert shapes.count() == 34
    for name, value in (("role", "button"), ("tabindex", "0")):
        assert shapes.evaluate_all(f"all => all.every(one => one.getAttribute('{name}') === '{value}')")
    assert shape(sample.page, "AF-HEL").get_attribute("aria-label") == (
        "Square HEL: 4 claims naming it, from 2 independent sources"
    )


def test_header_says_what_the_page_rests_on(sample):
    assert sample.page.inner_text("h1") == INFO.title
    facts = sample.page.inner_text("#page-facts")
    for words in ("5 documents, 4 stories, 9 claims", "2021–2023", "published 2018–2023", "0123456789ab"):
        assert words in facts


def test_looks_tell_affirmed_uncertain_denied_and_region_apart(sample):
    looks = {
        "AF-HEL": "n2",
        "AF-GHA": "uncertain",
        "AF-BAM": "denied",
        "AF-KHO": "empty",
        "AF-BAL": "empty",
    }
    page = sample.page
    assert {code: shape(page, code).get_attribute("data-look") for code in looks} == looks
    fills = [shape(page, code).get_attribute("fill") for code in ("AF-HEL", "AF-GHA", "AF-BAM", "AF-BAL")]
    assert len(set(fills)) == 4
    assert page.locator("path.area").count() == 1
    assert shape(page, "AF-KHO").get_attribute("data-area") == "true"


def test_other_groups_are_hidden_at_first_and_come_when_asked(sample):
    page = sample.page
    assert status(page) == "8 of 9 claims shown, 5 independent sources"
    page.click('[data-facet="group"] > summary')
    tick(page, "group", "ttp").check()
    assert status(page) == "9 of 9 claims shown, 5 independent sources"
    page.click("#reset")
    assert status(page).startswith("8 of 9")


def test_rejected_claims_are_hidden_at_first(browser, tmp_path):
    claims, documents = make_sample()
    claims.loc[0, "review"] = "rejected"
    path = tmp_path / "atlas.html"
    write_atlas(claims, documents, boundaries=make_boundaries(), info=INFO, path=path)
    with visit(browser, path) as seen:
        assert status(seen.page).startswith("7 of 9")
        seen.page.click('[data-facet="review"] > summary')
        tick(seen.page, "review", "rejected").check()
        assert status(seen.page).startswith("8 of 9")


def test_filters_combine_and_every_option_counts_what_it_would_give(sample):
    page = sample.page
    tick(page, "type", "training_camp").uncheck()
    assert status(page) == "2 of 9 claims shown, 1 independent source"
    tick(page, "publisher", "Paper c").uncheck()
    assert status(page) == "1 of 9 claims shown, 1 independent source"
    camps = page.locator('[data-facet="type"] .option', has=page.locator('[data-value="training_camp"]'))
    assert camps.locator(".count").inner_text() == "3", "camps of the publishers left"
    assert shape(page, "AF-HEL").get_attribute("data-look") == "n1"


def test_sources_filter_by_kind_and_by_the_words_inside(sample):
    page = sample.page
    kind = page.locator('[data-facet="who"] input[data-kind="un"]')
    kind.uncheck()
    assert status(page).startswith("6 of 9")
    page.locator('[data-facet="who"] .kind-group', has=page.locator('[data-kind="un"]')).locator(
        "summary"
    ).click()
    tick(page, "who", "un:United Nations").check()
    assert status(page).startswith("8 of 9")


def test_years_filter_by_claim_or_publication_and_undated_apart(sample):
    page = sample.page
    page.select_option('[aria-label="From year"]', "2022")
    assert status(page).startswith("5 of 9"), "four of 2023 and the undated one"
    page.uncheck("#undated")
    assert status(page).startswith("4 of 9")
    page.check('input[name="year-by"][value="published"]')
    page.select_option('[aria-label="To year"]', "2021")
    assert status(page).startswith("4 of 9"), "the four that paper c printed in 2021"


def test_three_kinds_of_nothing(browser, folder):
    cases = {
        "#by=published&from=2019&to=2020&undated=0&province=AF-HEL": ("No document matches", "none"),
        "#publisher=Silent%20paper&province=AF-HEL": ("1 document could match, and no claim", "empty"),
        "#province=AF-HEL": ("Named by 2 independent sources", "n2"),
    }
    for fragment, (words, look) in cases.items():
        with visit(browser, folder / "sample.html", fragment=fragment) as seen:
            assert words in seen.page.inner_text("#detail .lead")
            assert shape(seen.page, "AF-HEL").get_attribute("data-look") == look


@pytest.mark.parametrize("how", ["click", "Enter", "list"])
def test_a_province_opens_with_its_quotes_place_and_trigger_marked(sample, how):
    page = sample.page
    if how == "click":
        shape(page, "AF-HEL").click()
    elif how == "Enter":
        shape(page, "AF-HEL").focus()
        page.keyboard.press("Enter")
    else:
        page.click('.provinces [data-province="AF-HEL"]')
    cards = page.locator("#detail article.claim")
    assert cards.count() == 3, "the copy of paper b is folded into that of paper a"
    first = cards.filter(has_text="printed in 1 more document: Paper b")
    assert first.count() == 1
    assert first.locator("mark.place").first.inner_text() == "Testland"
    assert first.locator("mark.trigger").first.inner_text() == "training camps"
    assert first.locator("blockquote").first.inner_text() == "𝔄l-Qaeda runs training camps in Testland."
    assert page.evaluate("document.activeElement.id") == "detail-title"
    assert shape(page, "AF-HEL").get_attribute("aria-pressed") == "true"


def test_only_web_addresses_are_links(sample):
    page = sample.page
    shape(page, "AF-HEL").click()
    page.click("#detail .copies summary")
    links = page.locator("#detail a").evaluate_all("all => all.map(one => one.href)")
    assert set(links) == {"https://example.org/a"}
    assert "not a web address: javascript:alert(1)" in page.inner_text("#detail .copies")


def test_what_is_off_the_map_is_listed(sample):
    page = sample.page
    for name, words in (("country", "Whole country"), ("denied", "Square BAM"), ("undated", "undated")):
        page.click(f'[data-list="{name}"] > summary')
        cards = page.locator(f'[data-list="{name}"] article')
        cards.first.wait_for()
        assert cards.count() == 1
        assert words in cards.inner_text()


def test_the_address_brings_the_view_back(browser, folder, sample):
    page = sample.page
    tick(page, "type", "training_camp").uncheck()
    page.select_option('[aria-label="From year"]', "2022")
    shape(page, "AF-HEL").click()
    before = status(page), page.inner_text("#detail")
    with visit(browser, folder / "sample.html", fragment=page.evaluate("location.hash")) as again:
        assert (status(again.page), again.page.inner_text("#detail")) == before
        assert not tick(again.page, "type", "training_camp").is_checked()


@pytest.mark.parametrize(
    "fragment", ["#type=%E0%A4%A", "#nonsense", "#province=AF-XXX", "#type=castle", "#from=x"]
)
def test_a_broken_address_is_ignored_with_a_notice(browser, folder, fragment):
    with visit(browser, folder / "sample.html", fragment=fragment) as seen:
        assert status(seen.page).startswith("8 of 9")
        assert seen.page.locator("#notice").is_visible()
        assert seen.console == []


def test_hostile_text_is_shown_as_it_is_and_nothing_runs(browser, folder):
    with visit(browser, folder / "hostile.html", fragment="#province=AF-HEL") as seen:
        page = seen.page
        assert page.text_content("h1") == HOSTILE
        card = page.locator("#detail article").first
        assert (
            card.locator("blockquote").text_content()
            == HOSTILE + " training camps in Testland خانه امن در کابل"
        )
        text = card.text_content()
        assert text.count(HOSTILE) == 5, "quote, said by, publisher, title, reason"
        assert card.locator("mark.place").text_content() == "Testland"
        assert card.locator(".override").first.get_attribute("data-code") == "U+202E"
        assert page.locator("img").count() == 0
        assert page.locator("#detail a").count() == 0, "a data: address is no link"
        page.click("#detail .why summary")
        page.hover("path.leaflet-interactive[data-province=AF-KAB]")
        tick(page, "type", "training_camp").uncheck()
        assert (seen.requests, seen.console, seen.dialogs) == ([], [], [])


def test_an_override_turns_only_itself(browser, folder):
    with visit(browser, folder / "hostile.html", fragment="#province=AF-HEL") as seen:
        place, trigger = (
            seen.page.locator(f"#detail mark.{kind}").first.bounding_box() for kind in ("place", "trigger")
        )
        assert trigger["y"] < place["y"] or trigger["x"] < place["x"], (
            "the words after it still run left to right"
        )


def test_csv_holds_what_is_shown_and_no_formula(browser, folder):
    with visit(browser, folder / "hostile.html") as seen:
        with seen.page.expect_download() as waiting:
            seen.page.click("#download-csv")
        text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["claim_id"] for row in rows] == ["h1", "h2"]
    assert rows[1]["attributed_to"] == "'=cmd()"
    assert rows[1]["sentence"].startswith("'@x")
    assert rows[0]["publisher"] == HOSTILE
    assert int(rows[0]["end"]) - int(rows[0]["start"]) == len(rows[0]["sentence"])


def test_the_picture_of_the_map_is_a_whole_svg_file(sample):
    with sample.page.expect_download() as waiting:
        sample.page.click("#download-svg")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert text.startswith("<svg ")
    assert text.count("<path") >= 68
    assert "8 of 9 claims shown" in text


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_nothing_overflows_sideways(browser, folder, width, name):
    for fragment in ("", "#province=AF-HEL"):
        with visit(browser, folder / f"{name}.html", fragment=fragment, width=width) as seen:
            page = seen.page
            if width < 1000:
                page.click("#filter-box > summary")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            box = shape(page, "AF-HEL").bounding_box()
            assert box["width"] > 10
            assert box["x"] >= 0


def test_it_prints_on_one_page(sample):
    document = sample.page.pdf(prefer_css_page_size=True)
    assert document.count(b"/Type /Page\n") == 1


def test_a_page_without_claims_says_so(browser, folder):
    with visit(browser, folder / "empty.html") as seen:
        assert status(seen.page) == "0 of 0 claims shown, 0 independent sources"
        assert "No claim was found" in seen.page.inner_text("#map-message")
        assert seen.page.locator("path.leaflet-interactive").count() == 34
        assert (seen.requests, seen.console) == ([], [])
