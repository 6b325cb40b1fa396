"""Which files and fetched pages does a source consist of, and what was said in each?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from overheard.errors import BadInputError, UnreadableError
from overheard.forums import address_of, read_page, thread_of
from overheard.records import Page, Reading
from overheard.rows import read_rows
from overheard.settings import PagesSource, SourceSettings, TableSource, WebSource
from overheard.steps.collecting.crawl import known_threads
from overheard.steps.market import Market
from overheard.storage import Captures, Visits
from overheard.transcripts import read_transcript

GONE = "gone"
"""The digest of a page that is there no more."""
_DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Item:
    """One file or fetched page, without its bytes, which are loaded when they are read.

    Attributes:
        place: as people would name it: the file below the market's folder, or the address.
        group: items of one group are pages of one thread, and are read together.
        digest: of the bytes.
    """

    place: str
    group: str
    digest: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was read from one thread of an item: the key and address of its document, and the reading."""

    key: str
    url: str
    reading: Reading


class Contents:
    """What one source of a market consists of now."""

    def __init__(self, market: Market, source: SourceSettings) -> None:
        """Args: market, source: a web source consists of what was captured of it."""
        self._folder, self._source = market.folder, source
        raw_dir = market.data_dir / "raw"
        self.captures = Captures(raw_dir / source.name)
        self.visits = Visits(raw_dir / f"{source.name}.visits.jsonl")

    def items(self) -> Iterator[Item]:
        """Yield the items in a fixed order, pages of one thread in the thread's order."""
        if isinstance(self._source, WebSource):
            for thread in known_threads(self._source, self.visits):
                for url in thread.pages:
                    yield Item(url, thread.thread, self._digest_of(url))
            return
        for path in sorted(self._folder.glob(self._source.files)):
            if path.is_file():
                place = path.relative_to(self._folder).as_posix()
                try:
                    body = path.read_bytes()
                except OSError:  # told when it is read
                    yield Item(place, place, _DAMAGED)
                    continue
                is_page = isinstance(self._source, PagesSource)
                group = thread_of(_address(self._source, place, body)) if is_page else place
                yield Item(place, group, _digest(body))

    def read(self, item: Item) -> list[Found]:
        """Read one item.

        Raises:
            BadInputError: nothing in it can be read.
        """
        if isinstance(self._source, WebSource):
            page = self.captures.load(item.place)
            if page is None:
                raise UnreadableError(item.place, "its capture is damaged", "the next run asks for the page again")
            if page.status != 200:
                return []  # gone: it shows nothing any more
            found = _read_page(item, page, self._source)
            return [replace(found[0], key=item.group)] if len(found) == 1 else found
        path = self._folder / item.place
        try:
            body = path.read_bytes()
        except OSError as error:
            raise UnreadableError(
                item.place, f"cannot be opened ({error.strerror})", "mend its rights or its disk"
            ) from None
        if isinstance(self._source, TableSource):
            rows = read_rows(item.place, body, self._source.columns)
            return [Found(key, item.place, reading) for key, reading in rows.items()]
        if isinstance(self._source, PagesSource):
            saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            return _read_page(item, Page(_address(self._source, item.place, body), body, "", saved_at), self._source)
        return [Found(item.place, item.place, read_transcript(item.place, body))]

    def _digest_of(self, url: str) -> str:
        """Return the digest of a captured page. A damaged capture is no page that is gone: its posts stay."""
        try:
            page = self.captures.load(url)
        except UnreadableError:
            self.captures.set_aside(url)
            page = None
        if page is None:
            return _DAMAGED
        return _digest(page.body) if page.status == 200 else GONE


def _read_page(item: Item, page: Page, source: PagesSource | WebSource) -> list[Found]:
    try:
        readings = read_page(page, source.selectors)
    except BadInputError as error:  # told by the file a person can open, not by the address it once had
        raise type(error)(item.place, error.what, error.mend) from None
    found = []
    for reading in readings:
        is_address = reading.key.startswith(("http://", "https://"))
        found.append(Found(reading.key or thread_of(page.url), reading.key if is_address else page.url, reading))
    return found


def _address(source: SourceSettings, place: str, body: bytes) -> str:
    """Return where a saved page came from: what it tells of itself, what the market says, or the file's name."""
    prefix = source.url_prefix if isinstance(source, PagesSource) else None
    return address_of(body) or (prefix + quote(Path(place).stem) if prefix else place)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
