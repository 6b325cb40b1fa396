"""Pages as they were fetched, in WARC: a better reader can read them again without asking the site again.

One small file a fetch, written whole or not at all, so that a killed run loses at most the page in flight.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from overheard.errors import UnreadableError
from overheard.records import Page, id_of
from overheard.storage.files import write_atomically

_ENDING = ".warc.gz"
_DAMAGED = ".damaged"


class Captures:
    """One source's fetched pages. Immutable: a later fetch is a later file, and the newest counts."""

    def __init__(self, folder: Path) -> None:
        """Args: folder: the source's own; made at the first save."""
        self._folder = folder
        self._newest: dict[str, str] = {}
        self._list()

    def _list(self) -> None:
        # Listed once: asking the disk for every address would cost the square of their number.
        self._newest.clear()
        for name in sorted(path.name for path in self._folder.iterdir()) if self._folder.is_dir() else []:
            if name.endswith(_ENDING):
                self._newest[name.split("-", 1)[0]] = name

    def save(self, page: Page) -> None:
        """Keep a fetched page."""
        key = id_of(page.url)
        name = f"{key}-{page.fetched_at.astimezone(UTC).strftime('%Y%m%dT%H%M%SZ')}{_ENDING}"
        write_atomically(self._folder / name, _written(page))
        self._newest[key] = max(self._newest.get(key, ""), name)

    def has(self, url: str) -> bool:
        """Tell whether there is a capture of `url`, without reading it."""
        return id_of(url) in self._newest

    def set_aside(self, url: str) -> None:
        """Take the newest capture of `url`, a damaged one, out of the way, so that the page is fetched again."""
        name = self._newest.pop(id_of(url))
        path = self._folder / name
        path.rename(path.with_name(f"{name}{_DAMAGED}"))

    def count_damaged(self) -> int:
        """Return how many of the newest captures cannot be read; reads them all."""
        return sum(_read(self._folder / name) is None for name in self._newest.values())

    def rewrite(self, change: Callable[[Page], Page | None]) -> tuple[int, int]:
        """Change what was captured, earlier captures too: for what must not be kept.

        Args:
            change: returns a page as it shall be kept; None for one that goes.

        Returns:
            How many captures were deleted and how many changed. One that is damaged is deleted: nobody knows what it
            holds, and the page is fetched again.
        """
        deleted = changed = 0
        for path in sorted(self._folder.glob(f"*{_ENDING}")):
            page = _read(path)
            new = change(page) if page else None
            if new is None:
                path.unlink()
                deleted += 1
            elif new != page:
                write_atomically(path, _written(new))
                changed += 1
        for part in self._folder.glob(".*.part"):
            part.unlink()
        self._list()
        return deleted, changed

    def load(self, url: str) -> Page | None:
        """Return the newest capture of `url`, None where there is none.

        Raises:
            UnreadableError: the file is damaged.
        """
        name = self._newest.get(id_of(url))
        if name is None:
            return None
        page = _read(self._folder / name)
        if page is None:
            mend = "delete the file; the page is fetched again"
            raise UnreadableError(str(self._folder / name), "the capture is damaged", mend)
        return replace(page, url=url)


def _written(page: Page) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    told = {"Content-Type": page.content_type, "ETag": page.etag, "Last-Modified": page.last_modified}
    headers = [(name, value) for name, value in told.items() if value]
    at = page.fetched_at.astimezone(UTC)
    record = writer.create_warc_record(
        page.url,
        "response",
        payload=io.BytesIO(page.body),
        http_headers=StatusAndHeaders(f"{page.status} OK", headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ")},
    )
    writer.write_record(record)
    return buffer.getvalue()


def _read(path: Path) -> Page | None:
    """Return the page of a file, None where it is damaged."""
    try:
        with path.open("rb") as stream:
            # The digests of a capture are its own: gzip alone lets some flipped bits pass.
            for record in ArchiveIterator(stream, check_digests="raise"):
                body = record.content_stream().read()
                headers = record.http_headers
                told = record.rec_headers
                if len(body) != int(told.get_header("Content-Length")) - len(headers.to_bytes()):
                    break  # a cut file reads back short without an error
                return Page(
                    told.get_header("WARC-Target-URI"),
                    body,
                    headers.get_header("Content-Type") or "",
                    datetime.fromisoformat(told.get_header("WARC-Date")),
                    int(headers.get_statuscode()),
                    headers.get_header("ETag") or "",
                    headers.get_header("Last-Modified") or "",
                )
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, TypeError):
        pass
    return None
