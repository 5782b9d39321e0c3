"""What a page says about itself: title, author, site, language, date of publication.

Only dates declared as the publication's are taken. Modified, updated, archived
and crawl dates, and the undefined ``<meta name="date">``, are not.
"""

from __future__ import annotations

import json
from typing import Any

from geo.reading.dateline import parse_day
from geo.reading.dates import agree, parse_stamp

__all__ = ["PageMeta", "page_fields"]

_PUBLISHED = frozenset(
    "article:published_time og:article:published_time citation_publication_date citation_date "
    "datepublished dc.date.issued dcterms.issued dcterms.date.issued parsely-pub-date sailthru.date "
    "pubdate publishdate publish-date publication_date publication-date article.published".split()
)
_TITLE = ("citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title")
_PUBLISHER = (
    "og:site_name",
    "citation_publisher",
    "citation_journal_title",
    "dc.publisher",
    "application-name",
)
_AUTHOR = ("citation_author", "author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
_ARTICLE_TYPES = frozenset(
    "Article NewsArticle OpinionNewsArticle AnalysisNewsArticle ReportageNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle BlogPosting Report ScholarlyArticle LiveBlogPosting".split()
)
_LONGEST_JSON = 2_000_000
_MOST_VALUES = 200


class PageMeta:
    """Collects ``<meta>``, ``<title>``, ``<link rel=canonical>``, ``<html lang>`` and JSON-LD from events."""

    def __init__(self) -> None:
        self.named: dict[str, list[str]] = {}
        self.language = ""
        self.canonical = ""
        self.scripts: list[str] = []
        self.title: list[str] = []
        self._inside = ""
        self._buffer: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if tag == "html" and not self.language:
            self.language = attributes.get("lang") or attributes.get("xml:lang") or ""
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "link" and (attributes.get("rel") or "").lower() == "canonical":
            self.canonical = self.canonical or attributes.get("href") or ""
        elif tag == "time" and (attributes.get("itemprop") or "").lower() == "datepublished":
            self._add("datepublished", attributes.get("datetime") or "")
        elif tag == "title" and not self.title:
            self._inside, self._buffer = "title", self.title
        elif tag == "script" and "ld+json" in (attributes.get("type") or "").lower():
            self._inside, self._buffer = "script", []

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag != self._inside:
            return
        if tag == "script" and len(self.scripts) < _MOST_VALUES:
            self.scripts.append("".join(self._buffer))
        self._inside = ""

    def data(self, data: str) -> None:
        """Take a stretch of character data."""
        if self._inside:
            self._buffer.append(data)

    def _meta(self, attributes: dict[str, str]) -> None:
        for key in ("property", "name", "itemprop"):
            if name := attributes.get(key):
                self._add(name.strip().lower(), attributes.get("content") or "")
                return

    def _add(self, name: str, value: str) -> None:
        values = self.named.setdefault(name, [])
        if value.strip() and len(values) < _MOST_VALUES:
            values.append(" ".join(value.split()))


def page_fields(meta: PageMeta) -> dict[str, str]:
    """Return the metadata fields a page declares; what it does not declare is absent.

    ``published`` is what all declared publication dates agree on (see
    :func:`geo.reading.dates.agree`), and absent if they name different years.
    """
    linked = _linked_data(meta.scripts)
    dates = [parse_day(value) for name in sorted(_PUBLISHED) for value in meta.named.get(name, ())]
    dates += [parse_stamp(value) for value in linked["dates"]]
    fields = {
        "publisher": _first(meta, _PUBLISHER) or _only(linked["publishers"]),
        "title": _first(meta, _TITLE) or _only(linked["titles"]) or " ".join("".join(meta.title).split()),
        "author": _authors(meta) or _only(linked["authors"]),
        "published": agree(dates),
        "url": _web_address(meta.canonical) or _web_address(_first(meta, ("og:url",))),
        "language": _language(meta.language),
    }
    return {name: value for name, value in fields.items() if value}


def _first(meta: PageMeta, names: tuple[str, ...]) -> str:
    return next((meta.named[name][0] for name in names if meta.named.get(name)), "")


def _only(values: list[str]) -> str:
    different = sorted(set(values))
    return different[0] if len(different) == 1 else ""


def _authors(meta: PageMeta) -> str:
    for name in _AUTHOR:
        if values := meta.named.get(name):
            return "; ".join(dict.fromkeys(values[:20]))
    return ""


def _web_address(value: str) -> str:
    return value.strip() if value.strip().lower().startswith(("http://", "https://")) else ""


def _language(tag: str) -> str:
    first = tag.strip().replace("_", "-").split("-")[0].lower()
    return first if first.isascii() and first.isalpha() and 2 <= len(first) <= 3 else ""


def _linked_data(scripts: list[str]) -> dict[str, list[str]]:
    """Read what the articles among a page's JSON-LD say, those at the top level or in its graph."""
    found: dict[str, list[str]] = {"dates": [], "titles": [], "authors": [], "publishers": []}
    for script in scripts:
        if len(script) > _LONGEST_JSON:
            continue
        try:
            parsed = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(parsed):
            found["dates"] += _strings(node.get("datePublished"))
            found["titles"] += _strings(node.get("headline"))
            if names := _names(node.get("author")):
                found["authors"].append("; ".join(names))
            found["publishers"] += _names(node.get("publisher"))
    return found


def _nodes(parsed: Any) -> list[dict[str, Any]]:
    top = parsed if isinstance(parsed, list) else [parsed]
    graph = [node.get("@graph") for node in top if isinstance(node, dict)]
    nodes = top + [node for inner in graph if isinstance(inner, list) for node in inner]
    return [node for node in nodes if isinstance(node, dict) and _is_article(node.get("@type"))]


def _is_article(kind: Any) -> bool:
    return any(name in _ARTICLE_TYPES for name in _strings(kind))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [" ".join(item.split()) for item in values if isinstance(item, str) and item.strip()]


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return _strings([item.get("name") if isinstance(item, dict) else item for item in values])
