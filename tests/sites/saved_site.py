"""Saved pages of a real site, served again at their own addresses: nothing is rewritten but the host in links."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from tests.sites.server import Resource, robots

_LISTING = "/board"


@dataclass(frozen=True)
class SavedThread:
    """A saved page: the path it is served at, and how many posts it is known to show."""

    path: str
    file: Path
    posts: int


@dataclass(frozen=True)
class SavedSite:
    """Threads saved from one host, at their own paths, and a listing of them all at `/board?page=N`."""

    url: str
    host: str
    threads: tuple[SavedThread, ...]
    threads_a_page: int = 20

    def boards(self) -> list[str]:
        """Address of the listing a market would name."""
        return [f"{self.url}{_LISTING}"]

    def urls(self) -> list[str]:
        """Addresses of the threads."""
        return [f"{self.url}{thread.path}" for thread in self.threads]

    def resources(self) -> dict[str, Resource]:
        """What lies at each target."""
        found = {"/robots.txt": robots("/user/", "/search/")}
        for thread in self.threads:
            found[thread.path] = Resource(self._with_own_host(thread.file.read_bytes()))
        for page in range(-(-len(self.threads) // self.threads_a_page)):
            found[f"{_LISTING}?page={page}" if page else _LISTING] = self._listing(page)
        return found

    def _with_own_host(self, body: bytes) -> bytes:
        saved = re.compile(rb"https?://" + re.escape(self.host.encode()) + rb"(?=[/\"'#?<\s])")
        return saved.sub(self.url.encode(), body)

    def _listing(self, page: int) -> Resource:
        first = page * self.threads_a_page
        shown = self.threads[first : first + self.threads_a_page]
        rows = "".join(
            f'<tr class="{"odd" if number % 2 else "even"}"><td class="title"><a href="{escape(thread.path)}">'
            f"What somebody asked, {first + number}</a></td>"
            f'<td class="replies">{thread.posts - 1}</td></tr>'
            for number, thread in enumerate(shown, 1)
        )
        following = f'<li class="pager-next"><a href="{_LISTING}?page={page + 1}" rel="next">next ›</a></li>'
        pager = following if first + len(shown) < len(self.threads) else ""
        return Resource(
            '<!DOCTYPE html><html><head><meta charset="utf-8"><title>All threads</title></head><body><h1>All threads'
            '</h1><table class="forum-topics"><thead><tr><th>Topic</th><th>Replies</th></tr></thead>'
            f'<tbody>{rows}</tbody></table><ul class="pager">{pager}</ul></body></html>'.encode()
        )


def load_saved_site(pages: Path, engine: str, url: str) -> SavedSite:
    """Load the threads of one engine whose address and number of posts `pages`/INDEX.tsv tells.

    Args:
        pages: folder of saved pages; the column `file` of its index is relative to it.
        engine: the column of that name; its threads must be from one host.
        url: of the site on loopback that will serve them.
    """
    with (pages / "INDEX.tsv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["engine"] == engine]
    threads: list[SavedThread] = []
    hosts: set[str] = set()
    for row in rows:
        if row["kind"] == "thread" and row["url"] and row["posts"]:
            parts = urlsplit(row["url"])
            hosts.add(parts.netloc)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            threads.append(SavedThread(path, pages / row["file"], int(row["posts"])))
    (host,) = hosts
    return SavedSite(url, host, tuple(sorted(threads, key=lambda thread: thread.path)))
