"""What does a feed hold? RSS, Atom and JSON Feed to the same entries; broken XML as far as it goes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html.entities import name2codepoint
from typing import Any

from lxml import etree

from overheard.forums.address import join_address, split_address
from overheard.forums.decoding import sound_markup
from overheard.forums.mail.headers import name_of_sender, read_mail_date
from overheard.forums.payload import dict_of, id_text_of, instant_of, line_of, rows_of, text_of

_BEFORE_ROOT = re.compile(r"\s+|<\?[^>]{0,500}>|<!--|<!DOCTYPE[^>\[]{0,500}(\[)?", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]{1,20}:)?(rss|rdf|feed|channel)\b", re.IGNORECASE)
_RSS_1 = re.compile(r"purl\.org/rss/1\.0|my\.netscape\.com/rdf|channel\.netscape\.com/rdf", re.IGNORECASE)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MARKUP = re.compile(r"<[A-Za-z/!]|&(?:[A-Za-z]{2,20}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")
_NAMED_TWICE = re.compile(r"&(?:[A-Za-z]{2,20}|#\d{1,7});")
_MEDIA = ("search.yahoo.com/mrss", "www.itunes.com", "podcast", "geo", "georss")
_JSON_FEED = "jsonfeed.org/version/"
_DATES = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
_MOST_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `source` is its text as HTML, or as plain text where `is_plain`; `mark` changes when answers come."""

    title: str
    link: str
    key: str
    author: str
    said_at: datetime | None
    source: str
    is_plain: bool
    answers: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it is called, the page it stands for, its entries in their order, its further pages.

    `left_out` counts the entries beyond the most that are read.
    """

    title: str
    link: str
    entries: tuple[Entry, ...]
    more: tuple[str, ...] = ()
    left_out: int = 0


def is_json_feed(data: Any) -> bool:
    """Say whether a payload is a JSON Feed."""
    return _JSON_FEED in line_of(dict_of(data).get("version"))[:100]


def is_xml_feed(text: str) -> bool:
    """Say whether a text is an XML feed, by its first element."""
    found = _ROOT.match(text, _root_at(text))
    return found is not None and (found[1].lower() != "rdf" or bool(_RSS_1.search(text[:5000])))


def _root_at(text: str) -> int:
    at = 1 if text.startswith("\ufeff") else 0
    for _ in range(50):
        found = _BEFORE_ROOT.match(text, at)
        if not found:
            break
        at = found.end()
        if found[0] == "<!--":
            at = text.find("-->", at, at + 20_000) + 3
        elif found[1]:
            at = text.find("]", at, at + 100_000) + 1
            at = text.find(">", at, at + 100) + 1
        elif found[0].startswith("<!"):
            at = text.find(">", at, at + 500) + 1
        if at < found.end():
            return 0
    return at


def read_xml_feed(text: str, url: str) -> Feed | None:
    """Read an XML feed; None where the text holds no element.

    Nothing is expanded or fetched: what stands before the root element, entity declarations too, is left out.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    source = sound_markup(_ENTITY.sub(_character, text[_root_at(text) :]))
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return None
    head = next((child for child in root if _name(child) == "channel"), root)
    items = [element for element in root.iter() if _name(element) in ("item", "entry")]
    parts = _Parts(head)
    author = parts.author()
    return Feed(
        title=parts.title(),
        link=join_address(url, parts.link()) if parts.link() else "",
        entries=tuple(_entry(item, url, author) for item in items[:_MOST_ENTRIES]),
        more=tuple(join_address(url, link) for link in parts.links("next")),
        left_out=max(0, len(items) - _MOST_ENTRIES),
    )


def _character(found: re.Match[str]) -> str:
    """Write HTML's named characters as themselves, which XML does not know and some feeds use."""
    code = name2codepoint.get(found[1])
    return chr(code) if code is not None and found[1] not in _XML_ENTITIES else found[0]


def _name(element: Any) -> str:
    return _local(element.tag).lower() if isinstance(element.tag, str) else ""


def _local(tag: str) -> str:
    """Return a name without its namespace, whether that was declared ("{…}creator") or not ("dc:creator")."""
    return tag.rpartition("}")[2].rpartition(":")[2]


class _Parts:
    """The children of an entry, or of the feed itself, by what they mean whatever the feed's kind."""

    def __init__(self, element: Any) -> None:
        self.element = element
        self.named: dict[str, list[Any]] = {}
        for child in element:
            space = child.tag.rpartition("}")[0] if isinstance(child.tag, str) else ""
            if isinstance(child.tag, str) and not any(media in space for media in _MEDIA):
                self.named.setdefault(_name(child), []).append(child)

    def text(self, *names: str) -> str:
        for name in names:
            for element in self.named.get(name, ()):
                if found := " ".join("".join(element.itertext()).split()):
                    return found
        return ""

    def title(self) -> str:
        title = self.text("title")
        return " ".join(html.unescape(title).split()) if _NAMED_TWICE.search(title) else title

    def links(self, relation: str) -> Iterator[str]:
        for element in self.named.get("link", ()):
            rel = (element.get("rel") or "alternate").lower()
            if rel == relation and (href := (element.get("href") or "").strip()):
                yield href

    def link(self) -> str:
        told = self.text("origlink")
        for element in self.named.get("link", ()):
            told = told or ("".join(element.itertext()).strip() if not element.get("href") else "")
        told = told or next(self.links("alternate"), "")
        if not told:
            for guid in self.named.get("guid", ()):
                is_link = (guid.get("isPermaLink") or "true").lower() != "false"
                told = told or (self.text("guid") if is_link else "")
        return told if split_address(told).scheme in ("http", "https", "") else ""

    def author(self) -> str:
        for element in self.named.get("creator", []) + self.named.get("author", []):
            names = [child for child in element if _name(child) in ("name", "email")]
            shown = " ".join("".join((names[0] if names else element).itertext()).split())
            if shown:
                # "@ann Ann Baker" is no address.
                return shown if shown.startswith("@") else name_of_sender(html.unescape(shown))
        return ""

    def date(self) -> datetime | None:
        for name in _DATES:
            if text := self.text(name):
                return instant_of(text) or read_mail_date(text)
        return None


def _entry(item: Any, url: str, feed_author: str) -> Entry:
    parts = _Parts(item)
    source, is_plain = _source(parts)
    answered = next(iter(parts.named.get("in-reply-to", ())), None)
    about = next((value for name, value in item.attrib.items() if _local(name) == "about"), "")
    changed = parts.text("updated", "modified", "pubdate", "published", "date")
    return Entry(
        title=parts.title(),
        link=join_address(url, parts.link()) if parts.link() else "",
        key=parts.text("guid", "id") or about,
        author=parts.author() or feed_author,
        said_at=parts.date(),
        source=source,
        is_plain=is_plain,
        answers=(answered.get("ref") or answered.get("href") or "") if answered is not None else "",
        mark=" ".join(filter(None, [_count(parts), changed])),
    )


def _count(parts: _Parts) -> str:
    return next((word for word in (parts.text("total"), parts.text("comments")) if word.isdigit()), "")


def _source(parts: _Parts) -> tuple[str, bool]:
    """Return the fullest text an entry has, and whether it is plain."""
    for name in ("encoded", "content", "body", "description", "summary", "tagline"):
        for element in parts.named.get(name, ()):
            source, is_plain = _text_of(element, name)
            if source.strip():
                return source, is_plain
    return "", True


def _text_of(element: Any, name: str) -> tuple[str, bool]:
    kind = (element.get("type") or "").lower()
    if len(element):
        return _markup(element), False
    text = element.text or ""
    if name in ("encoded", "body") or "html" in kind:
        return text, False
    if kind in ("text", "text/plain") or not _MARKUP.search(text):
        return text, True
    # RSS says nowhere what a description is: with a tag or a named character in it, it is HTML.
    return text, False


def _markup(element: Any) -> str:
    for inner in element.iter():
        if isinstance(inner.tag, str):
            inner.tag = _name(inner)
    etree.cleanup_namespaces(element)
    return (html.escape(element.text or "")) + "".join(
        str(etree.tostring(child, encoding="unicode", method="html")) for child in element
    )


def read_json_feed(data: Any, url: str) -> Feed:
    """Read a JSON Feed (1.0 and 1.1)."""
    feed = dict_of(data)
    author = _json_author(feed)
    entries = []
    rows = rows_of(feed.get("items"))
    for row in rows[:_MOST_ENTRIES]:
        source = text_of(row.get("content_html"))
        plain = text_of(row.get("content_text")) or text_of(row.get("summary"))
        link = line_of(row.get("url"))
        entries.append(
            Entry(
                title=line_of(row.get("title")),
                link=join_address(url, link) if link else "",
                key=id_text_of(row.get("id")),
                author=_json_author(row) or author,
                said_at=instant_of(row.get("date_published")) or instant_of(row.get("date_modified")),
                source=source or plain,
                is_plain=not source,
                mark=line_of(row.get("date_modified")) or line_of(row.get("date_published")),
            )
        )
    more = line_of(feed.get("next_url"))
    link = line_of(feed.get("home_page_url"))
    following = (join_address(url, more),) if more else ()
    return Feed(line_of(feed.get("title")), link, tuple(entries), following, max(0, len(rows) - _MOST_ENTRIES))


def _json_author(row: dict[str, Any]) -> str:
    authors = [*rows_of(row.get("authors")), dict_of(row.get("author"))]
    return next((name for author in authors if (name := line_of(author.get("name")))), "")
