"""Where a saved page came from, and which thread a page of several belongs to."""

from __future__ import annotations

import html
import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from overheard.records import Page

# Saved pages tell their address in their head; later ones are links to other pages.
_HEAD_BYTES = 65_536
_TOLD = (
    re.compile(r"<!-- saved from url=\(\d+\)(\S{8,500}) -->"),
    re.compile(r"""<link\b(?=[^>]{0,300}\brel=["']?canonical\b)[^>]{0,300}?\bhref=["']([^"'\s>]{8,500})""", re.I),
    re.compile(r"""<meta\b(?=[^>]{0,300}\bproperty=["']?og:url\b)[^>]{0,300}?\bcontent=["']([^"'\s>]{8,500})""", re.I),
)
_DISCOURSE = re.compile(r"""<meta\b(?=[^>]{0,200}\bname=["']?generator\b)[^>]{0,200}?\bcontent=["']Discourse\b""", re.I)
_PAGE_PARTS = re.compile(r"/(?:page[-/]?\d+|p\d+)/?$|(?<=[-./])page\d+(?=\.html?$)", re.I)
_PAGE_KEYS = frozenset({"page", "start", "st", "pagenumber", "pid", "post", "highlight", "sid", "s", "sort", "view"})
_SESSION = re.compile(r"(?:s|sid|phpsessid|jsessionid|aspsessionid\w*|oscsid|zenid|session_?id)=[\w,-]*$|$", re.I)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[\w.-]*", re.I)


def address_of(body: bytes) -> str | None:
    """Return the address a saved HTML page tells of itself (saved-from mark, canonical link, og:url), or None."""
    head = body[:_HEAD_BYTES].decode("latin-1")
    for told in _TOLD:
        found = told.search(head)
        if found and split_address(html.unescape(found[1])).scheme in ("http", "https"):
            return html.unescape(found[1])
    return None


def payload_address(page: Page) -> str | None:
    """Return where the engine gives the same as data, complete and without markup; None where it is not known to."""
    if not _DISCOURSE.search(page.body[:_HEAD_BYTES].decode("latin-1")):
        return None
    parts = split_address(page.url)
    topic = re.match(r"(.*/t/(?:[^/]+/)?\d+)(?:/\d+)?/?$", parts.path)
    path = topic[1] if topic else parts.path.rstrip("/") or "/latest"
    return urlunsplit((parts.scheme, parts.netloc, f"{path}.json", "", ""))


def join_address(base: str, link: str) -> str:
    """Return where a link leads from `base`; empty where one of both is no address at all ("http://[")."""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def split_address(url: str) -> SplitResult:
    """Split an address; all parts are empty where it is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def link_target(base: str, href: str) -> str:
    """Return the web address a link leads to, without the place in the page and the session; empty where it is none.

    Args:
        base: the address the link is relative to.
        href: as written on the page.
    """
    try:
        parts = urlsplit(urljoin(base, href.strip()))
        host = parts.netloc.lower()
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path = _SESSION_PATH.sub("", parts.path) or "/"
    query = "&".join(part for part in parts.query.split("&") if not _SESSION.match(part))
    return urlunsplit((parts.scheme, host, path, query, ""))


def thread_of(url: str) -> str:
    """Return an address that all pages of one thread share: no fragment, no page number, no session or sorting."""
    parts = split_address(url)
    kept = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key.lower() not in _PAGE_KEYS
    ]
    # SMF writes topic=123.45: the post to start at follows the dot.
    query = [(key, re.sub(r"^(\d+)\.\w+$", r"\1", value) if key == "topic" else value) for key, value in kept]
    path = _PAGE_PARTS.sub("", parts.path)
    return urlunsplit((parts.scheme, parts.netloc.lower(), path.rstrip("/") or "/", urlencode(query), ""))
