"""A new market: a commented market.toml and the folders it speaks of; and a new source in one that is there."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from overheard.errors import BadInputError, UnreadableError
from overheard.forums import engine_of, follow_page, payload_address, read_page
from overheard.records import Page
from overheard.settings import MARKET_FILE, load_settings, read_settings
from overheard.storage import write_atomically
from overheard.web import Fetcher

# The key tells who is who and the data hold what people said: neither belongs in a repository.
_IGNORED = "private/\ndata/\nreports/\n"


@dataclass(frozen=True, slots=True)
class NewSource:
    """What was found at an address, in words, and the entry that was written for it."""

    path: Path
    engine: str
    what: str
    entry: str


def write_market(folder: Path) -> Path:
    """Write `folder`/market.toml and its folders; return the file.

    Raises:
        BadInputError: there is a market already.
    """
    path = folder / MARKET_FILE
    if path.exists():
        raise BadInputError(str(path), "is there already", "edit it, or name another folder")
    for name in ("sources/pages", "sources/interviews", "customers"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_atomically(folder / ".gitignore", _IGNORED.encode())
    write_atomically(path, (resources.files("overheard") / "market_template.toml").read_bytes())
    return path


def add_source(folder: Path, url: str, contact: str) -> NewSource:
    """Look at a page, tell what it is, and write it into the market's market.toml as a source.

    Args:
        folder: the market's; it must be there.
        url: of a board or a thread.
        contact: where a site's owner can reach you; used and written down where the market's own is empty.

    Raises:
        BadInputError: there is no market, or it names this address already.
        FetchError: the page could not be fetched.
        UnreadableError: it is neither a board nor a thread.
    """
    settings = load_settings(folder)
    path = folder / MARKET_FILE
    web = settings.web if settings.web.contact else settings.web.model_copy(update={"contact": contact})
    with Fetcher(web) as fetcher:
        page = fetcher.fetch_page(url)
        if (address := payload_address(page)) is not None:
            payload = fetcher.fetch_page(address)
            page = payload if _what(payload) else page
    what = _what(page)
    if what is None:
        mend = "give the address of a list of threads or of a thread"
        raise UnreadableError(page.url, f"is neither ({engine_of(page)}, status {page.status})", mend)
    key, told = what
    text = path.read_text(encoding="utf-8-sig")
    if json.dumps(page.url) in text:
        raise BadInputError(str(path), f"names {page.url} already", "nothing is to be done")
    name = _name_for(page.url, {source.name for source in settings.source})
    entry = f'[[source]]\nname = "{name}"\nkind = "web"\n{key} = [{json.dumps(page.url)}]\n'
    changed = text.rstrip("\n") + "\n\n" + entry
    if contact and not settings.web.contact:
        changed = re.sub(r'(?m)^contact = ""', lambda _: f"contact = {json.dumps(contact)}", changed, count=1)
    read_settings(changed, str(path))
    write_atomically(path, changed.encode())
    return NewSource(path, engine_of(page), told, entry)


def _what(page: Page) -> tuple[str, str] | None:
    """Return the setting a page belongs to and what it shows, in words; None where it shows neither."""
    links = follow_page(page)
    if links.threads:
        return "boards", f"a list of {len(links.threads)} threads" + (" and more pages" if links.more else "")
    try:
        posts = sum(len(reading.posts) for reading in read_page(page))
    except UnreadableError:
        return None
    return "urls", f"a thread, {posts} posts" + (" and more pages" if links.more else "")


def _name_for(url: str, taken: set[str]) -> str:
    """Make a source's name of an address's host and last word, another number where it is taken."""
    parts = urlsplit(url)
    host = (parts.hostname or "site").removeprefix("www.")
    words = [word for word in re.split(r"[^a-z0-9]+", f"{host} {parts.path.lower()}") if word]
    name = "-".join(words)[:50].strip("-") or "site"
    number = 2
    while name in taken:
        name = f"{re.sub(r'-[0-9]+$', '', name)}-{number}"
        number += 1
    return name
