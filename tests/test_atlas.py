from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import sys
from pathlib import Path

import pytest
from browser import HOSTILE, INFO, make_boundaries, make_claim, make_document, make_hostile, make_sample

from geo.aggregate import voices
from geo.errors import BoundaryError, SchemaError, WriteError
from geo.render.atlas import AtlasInfo, build_atlas, write_atlas
from geo.render.atlas_data import encode_json
from geo.schema import CLAIM_COLUMNS, DOCUMENT_COLUMNS, make_frame

ASSETS = Path(__file__).parent.parent / "geo" / "render" / "assets"


def read_block(page: str, name: str):
    return json.loads(
        re.search(rf'<script type="application/json" id="atlas-{name}">(.*?)</script>', page)[1]
    )


@pytest.fixture(scope="module")
def page() -> str:
    return build_atlas(*make_sample(), boundaries=make_boundaries(), info=INFO)


def test_every_script_and_style_has_its_digest_in_the_policy_and_nothing_else_may_load(page):
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        inline = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
        assert sorted(rules[rule].split()) == sorted(f"'sha256-{digest}'" for digest in digests)
        assert len(re.findall(rf"<{tag}\b", page)) == len(inline) + (2 if tag == "script" else 0)
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"


def test_markup_outside_the_scripts_names_no_file_and_no_handler(page):
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"\b(src|on\w+|style)\s*=", markup)
    assert re.findall(r'href="([^"]*)"', markup) == ["#main-panel"]
    assert not re.search(r"url\((?!#)", page), "a stylesheet would load a file"


def test_no_script_has_a_text_over_lines_that_would_lose_its_indentation():
    for path in ASSETS.glob("*.js"):
        text = path.read_text(encoding="utf-8").replace("/[‘’ʻʼ`´]/", "")
        assert not re.search(r"\\\n", text), path.name
        if path.name != "leaflet.js":
            assert [line for line in text.splitlines() if line.count("`") % 2] == [], path.name


def test_same_input_gives_the_same_page(page):
    assert build_atlas(*make_sample(), boundaries=make_boundaries(), info=INFO) == page


def test_hostile_text_is_only_in_the_data_and_survives_unchanged():
    info = AtlasInfo(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    page = build_atlas(*make_hostile(), boundaries=make_boundaries(), info=info)
    assert "<img" not in page
    assert "<!--" not in page
    data = read_block(page, "claims")
    assert data["info"]["title"] == HOSTILE, "a template ran over the text"
    assert HOSTILE in data["strings"]
    assert data["documents"][0][1:4] == [HOSTILE] * 3
    assert html.unescape(re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]) == HOSTILE


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("</script><script>", "would end the block"),
        ("<!--", "would open a comment"),
        ("&lt;", "must not be read as an entity"),
        ("\u2028\u2029", "line ends in old scripts"),
        ("\ud800", "half a surrogate pair cannot be written as UTF-8"),
        ("{{7*7}}{% x %}`${1}`", "templates"),
        ("\x00\u202e\u200c", "control characters"),
    ],
)
def test_encode_json_is_safe_in_a_script_block_and_loses_nothing(text, why):
    encoded = encode_json({"text": text})
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff\x00]", encoded), why
    assert json.loads(encoded) == {"text": text}, why


def read_voices(page):
    data = read_block(page, "claims")
    at = data["columns"].index("voice")
    return [data["strings"][row[at]] for row in data["rows"]]


def test_voices_are_those_of_the_counts(page):
    assert read_voices(page) == voices(make_sample()[0]).tolist()


def test_a_given_voice_is_kept():
    claims, documents = make_sample()
    page = build_atlas(claims.assign(voice="one for all"), documents, boundaries=make_boundaries(), info=INFO)
    assert set(read_voices(page)) == {"one for all"}


def test_documents_and_sentences_are_written_once_and_silent_ones_only_counted(page):
    data = read_block(page, "claims")
    assert [row[0] for row in data["documents"]] == ["a", "b", "c", "d"]
    assert len(data["rows"]) == 9
    assert len(data["sentences"]) == 4
    assert data["silent"] == [["Silent paper", "2018", 1]]
    assert (data["document_count"], data["story_count"]) == (5, 4)


def test_shapes_are_steps_on_the_grid_and_close(page):
    geometry = read_block(page, "geometry")
    assert len(geometry["provinces"]) == 34
    ring = geometry["provinces"][0]["polygons"][0][0]
    assert len(ring) == 8, "four corners, the last not repeated"
    height = max(map(abs, ring[3::2])) * geometry["grid_m"]
    assert 54_000 < height < 57_000, "half a degree of latitude in metres"


def test_five_hundred_claims_stay_under_the_limit():
    documents = [
        make_document(f"d{i}", title="A title of usual length, as papers print them") for i in range(60)
    ]
    rows = [
        make_claim(
            f"claim{i:04}",
            documents[i // 2 % 60],
            "AF-HEL",
            sentence=f"{i // 2} " + "words of a long sentence " * 10 + "training camps in Testland.",
            reason=f"{i} " + "reason " * 30,
        )
        for i in range(500)
    ]
    tables = make_frame(rows, CLAIM_COLUMNS), make_frame(documents, DOCUMENT_COLUMNS)
    page = build_atlas(*tables, boundaries=make_boundaries(), info=INFO)
    assert len(page.encode()) < 540_000, "leaves 60 KB for the real shapes; two claims a sentence, as in news"


def test_no_claims_and_no_documents_still_give_a_page():
    tables = make_frame([], CLAIM_COLUMNS), make_frame([], DOCUMENT_COLUMNS)
    data = read_block(build_atlas(*tables, boundaries=make_boundaries(), info=INFO), "claims")
    assert data["rows"] == data["silent"] == data["documents"] == []


@pytest.mark.parametrize(
    ("break_it", "error", "message"),
    [
        (lambda c, d, b: (c.drop(columns="stance"), d, b), SchemaError, "stance"),
        (lambda c, d, b: (c, d.drop(columns="story_id"), b), SchemaError, "story_id"),
        (lambda c, d, b: (c, d, b.drop(columns="name_fa")), BoundaryError, "name_fa"),
        (lambda c, d, b: (c, d, b.set_crs(None, allow_override=True)), BoundaryError, "CRS"),
    ],
)
def test_broken_tables_are_refused_by_name(break_it, error, message):
    claims, documents, boundaries = break_it(*make_sample(), make_boundaries())
    with pytest.raises(error, match=message):
        build_atlas(claims, documents, boundaries=boundaries, info=INFO)


def test_write_atlas_writes_what_build_atlas_returns_and_leaves_nothing_else(page, tmp_path):
    path = tmp_path / "atlas.html"
    path.write_text("old")
    assert write_atlas(*make_sample(), boundaries=make_boundaries(), info=INFO, path=path) == path
    assert path.read_text(encoding="utf-8") == page
    assert [item.name for item in tmp_path.iterdir()] == ["atlas.html"]


def test_a_failed_write_keeps_the_old_page(tmp_path, monkeypatch):
    path = tmp_path / "atlas.html"
    path.write_text("old")

    def fail(_descriptor):
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(WriteError, match="disk full"):
        write_atlas(*make_sample(), boundaries=make_boundaries(), info=INFO, path=path)
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["atlas.html"]


def test_vendored_leaflet_is_as_pinned(monkeypatch):
    monkeypatch.syspath_prepend(str(ASSETS.parent.parent.parent / "scripts"))
    import vendor_leaflet

    files = {name: (ASSETS / name).read_bytes() for name in vendor_leaflet.OUTPUT_SHA256}
    assert vendor_leaflet.find_faults(files) == []
    assert len(vendor_leaflet.find_faults({**files, "leaflet.js": b"changed"})) == 1
    sys.modules.pop("vendor_leaflet")
