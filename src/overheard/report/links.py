"""Which addresses may be clicked: http and https; a file's path is shown as text; anything else is not shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_ALLOWED = "%/:=&?~#+!$,;@[]"
"""Characters of an address that keep their meaning; all others, quotes and brackets above all, are percent-encoded."""


@dataclass(frozen=True, slots=True)
class Link:
    """`href` is clickable (http or https) or None; `path` is text to show where there is nothing to click, or ""."""

    href: str | None
    path: str = ""


def link_of(url: str) -> Link:
    """Judge an address.

    Args:
        url: as a source gave it; may be anything.

    Returns:
        A clickable link for http and https addresses that name a host and carry no credentials; the path as text for
        a relative one; neither for every other scheme (`javascript:`, `data:`, `file:`), and for control characters
        before the host, with which browsers can be talked into another scheme.
    """
    url = url.strip(" ")
    if re.match(r"https?://", url, re.IGNORECASE):
        return Link(_web_address(url))
    if not url or _SCHEME.match(_CONTROL.sub("", url)) or url.startswith(("//", "\\")):
        return Link(None)
    return Link(None, _CONTROL.sub(" ", url))


def _web_address(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        port_is_valid = parts.port is None or parts.port >= 0
    except ValueError:
        return None
    if not parts.hostname or "@" in parts.netloc or not port_is_valid or _CONTROL.search(parts.netloc):
        return None
    if re.search(r"[\"'<>\\^`{|}]", parts.netloc) or _CONTROL.search(url):
        return None
    return quote(url, safe=_ALLOWED, errors="replace")
