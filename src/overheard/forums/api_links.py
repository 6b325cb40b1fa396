"""Where does an API's answer lead? Addresses told or built from what a stranger wrote, never an exception."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from overheard.forums.payload import text_of

_NOWHERE = SplitResult("", "", "", "", "")


def address_in(base: str, link: Any) -> str:
    """Return the absolute web address a link leads to; empty where it leads to none.

    Args:
        base: the address the link is relative to; where it is a file's name, only absolute links lead anywhere.
        link: any JSON value.
    """
    told = text_of(link).strip()
    if not told:
        return ""
    try:
        address = urljoin(base, told)
    except ValueError:
        return ""
    return address if split_address(address).netloc else ""


def split_address(url: str) -> SplitResult:
    """Split a web address; all parts are empty where it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return _NOWHERE
    return parts if parts.scheme in ("http", "https") and parts.netloc else _NOWHERE


def sibling_of(url: str, path: str, query: list[tuple[str, str]] | None = None) -> str:
    """Return the address of another path on the same host; empty where `url` is no web address."""
    parts = split_address(url)
    return (
        urlunsplit((parts.scheme, parts.netloc, path, urlencode(query or [], safe=",", errors="replace"), ""))
        if parts.netloc
        else ""
    )


def query_of(url: str) -> dict[str, str]:
    """Return an address's query; of a key that comes twice the last value."""
    return dict(parse_qsl(split_address(url).query, keep_blank_values=True))


def with_query(url: str, changed: dict[str, str]) -> str:
    """Return an address with some of its query's values changed or added; empty where it is no web address."""
    query = {key: value for key, value in query_of(url).items() if key not in changed}
    return sibling_of(url, split_address(url).path, [*query.items(), *changed.items()])


def page_after(url: str, first: int = 1) -> str:
    """Return the address of the page after this one, counted by `page` in its query; empty where there is none.

    Args:
        url: a listing's address.
        first: the number of the page that an address without one shows.
    """
    page = query_of(url).get("page", str(first))
    return with_query(url, {"page": str(int(page) + 1)}) if page.isdecimal() and len(page) < 9 else ""


def path_before(url: str, mark: str) -> str | None:
    """Return an address up to the first `mark` in its path; None where it is not there or `url` is no web address."""
    parts = split_address(url)
    before, found, _ = parts.path.partition(mark)
    return urlunsplit((parts.scheme, parts.netloc, before, "", "")) if found else None
