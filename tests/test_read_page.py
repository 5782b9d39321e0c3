from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import ReadError
from geo.reading import read_documents
from geo.reading.page import visible_text

PROSE = "Al-Qaeda runs a camp in Ghazni, a report says, and the Taliban deny it. " * 8

TEXTS = [
    ("<p>One</p><p>Two</p>", "One\n\nTwo", "blocks are parted by a blank line"),
    ("<p>One\n   two\t three</p>", "One two three", "white space is one space"),
    ("<p>Gha<b>z</b>ni</p>", "Ghazni", "inline marks do not part a word"),
    ("One<br>two<br/>three", "One\ntwo\nthree", "line breaks"),
    ("<pre>a  b\n\nc</pre>", "a b\n\nc", "line ends count in pre"),
    (
        "<table><tr><td>Ghazni</td><td>2</td></tr><tr><td>Farah</td></tr></table>",
        "Ghazni\t2\n\nFarah",
        "cells",
    ),
    ("<ul><li>Ghazni<li>Farah</ul>", "Ghazni\n\nFarah", "end tags may be missing"),
    ("<p>A &amp; B &#1594;&nbsp;&lt;x&gt;</p>", "A & B غ\u00a0<x>", "references"),
    ("<p>a</p><script>evil()</script><style>p{}</style><!-- no --><p>b</p>", "a\n\nb", "never shown"),
    (
        "<p>a</p><template>x</template><svg><text>x</text></svg><p hidden>x</p><p>b</p>",
        "a\n\nb",
        "never shown",
    ),
    ("<head><title>T</title></head><body><noscript>x</noscript><p>a", "a", "the title is metadata"),
    ("<select><option>x</select><button>x</button><textarea>x</textarea><p>a", "a", "controls"),
    ("<![CDATA[x]]><p>a</p>", "a", "stray CDATA"),
    ("plain text, no tags", "plain text, no tags", "no markup at all"),
    ("<p>a < b and c > d</p>", "a < b and c > d", "bare angle brackets"),
    (f"<nav>Home</nav><header>Site</header><p>{PROSE}</p><footer>x</footer>", PROSE.strip(), "furniture"),
    (
        f'<div role="navigation">Home</div><p>{PROSE}</p><aside>More</aside>',
        PROSE.strip(),
        "furniture by role",
    ),
    (f'<p>{PROSE}</p><div id="comments"><p>First!</p></div>', PROSE.strip(), "comments by id"),
    (f'<p>{PROSE}</p><ol class="x comment-list"><li>First!</ol>', PROSE.strip(), "comments by class"),
    (f"<p>{PROSE}</p><form>Name <input></form>", PROSE.strip(), "a small form"),
    (f"<form><p>{PROSE}</p></form>", PROSE.strip(), "a form around the whole page is kept"),
    (f"<aside><p>{PROSE}</p>", PROSE.strip(), "an aside never closed is kept"),
    (f'<body class="comments"><p>{PROSE}</p>', PROSE.strip(), "a mark on the body is none"),
    (f"<div>Teasers</div><article><p>{PROSE}</p></article><div>More</div>", PROSE.strip(), "the article"),
    (f"<div>x</div><main><div>y</div><article>{PROSE}</article></main>", PROSE.strip(), "the inner one"),
    (
        f"<article><header><h1>Head</h1></header>{PROSE}</article>",
        "Head\n\n" + PROSE.strip(),
        "its own header",
    ),
    (
        f"<article>Teaser</article><p>{PROSE}</p>",
        "Teaser\n\n" + PROSE.strip(),
        "a small article is not the page",
    ),
    (
        f"<article>{PROSE}</article><article>{PROSE}</article>",
        PROSE.strip() + "\n\n" + PROSE.strip(),
        "of two articles none is left out",
    ),
]


@pytest.mark.parametrize(("markup", "text", "why"), TEXTS, ids=range(len(TEXTS)))
def test_visible_text(markup: str, text: str, why: str) -> None:
    assert visible_text(markup)[0] == text, why


@pytest.mark.parametrize("tag", ["div", "b", "table", "section", "blockquote", "font"])
def test_text_nested_20_000_deep_is_kept(tag: str) -> None:
    markup = f"<body><p>before</p>{f'<{tag}>' * 20_000}DEEP{f'</{tag}>' * 20_000}<p>after</p></body>"
    assert visible_text(markup)[0].split() == ["before", "DEEP", "after"]


def test_every_level_of_a_deep_page_keeps_its_words() -> None:
    text = visible_text("".join(f"<div>w{n} " for n in range(20_000)))[0]
    assert text.split() == [f"w{n}" for n in range(20_000)]


def test_an_11_mb_text_node_is_kept() -> None:
    words = "Ghazni " * 1_600_000
    assert len(words) > 11_000_000
    text, _ = visible_text(f"<p>{words}END</p><p>after</p>")
    assert text == f"{words}END\n\nafter"


@pytest.mark.parametrize("around", ["<!--{}-->", "<p title='{}'></p>", "<script>{}</script>"])
def test_text_after_11_mb_of_other_things_is_kept(around: str) -> None:
    assert visible_text(f"<p>a</p>{around.format('x' * 11_000_000)}<p>b</p>")[0] == "a\n\nb"


def test_many_articles_and_spaces_take_linear_time() -> None:
    text, _ = visible_text("<article>" * 50_000 + "x" + " \n" * 100_000 + "y")
    assert text == "x y"


def test_a_parser_that_stops_at_a_limit_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.reading.page._LIMIT_FAULTS", ("ERR_TAG_NAME_MISMATCH",))
    with pytest.raises(ReadError, match="truncated by the HTML parser"):
        visible_text("<p>a</b></i></x><p>b")


def fields(head: str) -> dict[str, str]:
    return visible_text(f"<html><head>{head}</head><body>x</body></html>")[1]


LINKED = '<script type="application/ld+json">'
PUBLISHED = [
    (
        '<meta property="article:published_time" content="2021-03-05T23:10:00+04:30">',
        "2021-03-05",
        "the usual one",
    ),
    ('<meta name="citation_publication_date" content="2021/03">', "2021-03", "journals"),
    ('<meta name="pubdate" content="5 March 2021">', "2021-03-05", "words"),
    ('<meta itemprop="datePublished" content="20210305">', "2021-03-05", "compact"),
    (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-05"}</script>',
        "2021-03-05",
        "JSON-LD",
    ),
    (
        LINKED + '{"@graph":[{"@type":["Article"],"datePublished":"2021-03"}]}</script>',
        "2021-03",
        "its graph",
    ),
    (
        LINKED + '{"@type":"WebPage","hasPart":{"@type":"Article","datePublished":"2019"}}</script>',
        "",
        "a related article's date is not the page's",
    ),
    (
        '<script type="application/ld+json">{"@type":"Article","dateModified":"2021-03-05"}</script>',
        "",
        "modified",
    ),
    ('<script type="application/ld+json">{broken</script>', "", "broken JSON"),
    (f'<script type="application/ld+json">{"[" * 100_000}</script>', "", "JSON nested too deep"),
    ('<meta name="date" content="2024-11-12">', "", "of what is not said: may be the crawl's"),
    (
        '<meta name="last-modified" content="2024-11-12"><meta property="og:updated_time" content="2024">',
        "",
        "updates",
    ),
    (
        '<meta name="archive-date" content="2024-11-12"><meta name="crawl_date" content="2024-11-12">',
        "",
        "crawls",
    ),
    ('<meta name="pubdate" content="05/03/2021">', "", "day or month first?"),
    ('<meta name="pubdate" content="yesterday">', "", "no date"),
    (
        '<meta name="pubdate" content="2021-03-05"><meta name="citation_date" content="2021">',
        "2021-03-05",
        "the finer",
    ),
    (
        '<meta name="pubdate" content="2021-03-05"><meta name="citation_date" content="2021-03-06">',
        "2021-03",
        "what they share",
    ),
    (
        '<meta name="pubdate" content="2021-03-05"><meta name="citation_date" content="2020-03-05">',
        "",
        "they contradict",
    ),
]


@pytest.mark.parametrize(("head", "published", "why"), PUBLISHED, ids=[c[2] for c in PUBLISHED])
def test_publication_dates(head: str, published: str, why: str) -> None:
    assert fields(head).get("published", "") == published, why


def test_other_metadata() -> None:
    _, found = visible_text(
        '<html lang="en-GB"><head><title>Page | Site</title><meta property="og:title" content="A title">'
        '<meta property="og:site_name" content="Site"><meta name="author" content="A. B.">'
        '<link rel="canonical" href="https://example.org/a"></head><body>x</body></html>'
    )
    assert found == {
        "title": "A title",
        "publisher": "Site",
        "author": "A. B.",
        "url": "https://example.org/a",
        "language": "en",
    }


META = [
    ("<title> A\n title </title>", {"title": "A title"}, "the title element"),
    ('<link rel="canonical" href="javascript:alert(1)">', {}, "a script is no address"),
    ('<meta property="og:url" content="data:text/html,x">', {}, "nor is data"),
    (
        '<meta name="citation_author" content="A"><meta name="citation_author" content="B">',
        {"author": "A; B"},
        "two",
    ),
    ("<title>a</title><svg><title>b</title></svg>", {"title": "a"}, "a drawing's title is not the page's"),
    (
        '<script type="application/ld+json">{"@type":"Report","headline":"H","author":[{"name":"A"},"B"],'
        '"publisher":{"name":"P"}}</script>',
        {"title": "H", "author": "A; B", "publisher": "P"},
        "JSON-LD",
    ),
    ("<meta><meta name content><meta name='x'><link><time><script></script>", {}, "attributes missing"),
]


@pytest.mark.parametrize(("head", "expected", "why"), META, ids=[c[2] for c in META])
def test_metadata(head: str, expected: dict[str, str], why: str) -> None:
    assert fields(head) == expected, why


def test_declared_charset_of_a_page(tmp_path: Path) -> None:
    markup = '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>Žižek'
    (tmp_path / "a.html").write_bytes(markup.encode("cp1252"))
    result = read_documents([tmp_path])
    assert result.documents[0].text == "Žižek"
    assert "cp1252" in result.warnings[0]


def test_xhtml_with_its_own_declaration(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(
        '<?xml version="1.0" encoding="iso-8859-9"?><html><p>Işık</p>'.encode("iso-8859-9")
    )
    assert read_documents([tmp_path]).documents[0].text == "Işık"


@pytest.mark.parametrize(
    "markup", ["<script>fill()</script>", "<frameset><frame src=x></frameset>", "<p> </p>"]
)
def test_a_page_without_visible_text_is_refused(tmp_path: Path, markup: str) -> None:
    (tmp_path / "a.htm").write_text(f"<html>{markup}</html>")
    result = read_documents([tmp_path])
    assert result.documents == ()
    assert "no visible text" in result.skipped[0].reason


def test_hostile_text_stays_text() -> None:
    text, _ = visible_text("<p>&lt;img onerror=alert(1)&gt; ${7*7} {{7*7}} ` \u2028 \u202e</p>")
    assert text == "<img onerror=alert(1)> ${7*7} {{7*7}} ` \u2028 \u202e"
