"""Pages as they were fetched, in WARC: a better reader can read them again without asking the site again.

One small file a fetch, written whole or not at all, so that a killed run loses at most the page in flight.
"""

from __future__ import annotations

import io
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


class Captures:
    """One source's fetched pages. Immutable: a later fetch is a later file, and the newest counts."""

    def __init__(self, folder: Path) -> None:
        """Args: folder: the source's own; made at the first save."""
        self._folder = folder
        # Listed once: asking the disk for every address would cost the square of their number.
        self._newest: dict[str, str] = {}
        for name in sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []:
            if name.endswith(_ENDING):
                self._newest[name.split("-", 1)[0]] = name

    def save(self, page: Page) -> None:
        """Keep a fetched page."""
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
        key = id_of(page.url)
        name = f"{key}-{at.strftime('%Y%m%dT%H%M%SZ')}{_ENDING}"
        write_atomically(self._folder / name, buffer.getvalue())
        self._newest[key] = max(self._newest.get(key, ""), name)

    def load(self, url: str) -> Page | None:
        """Return the newest capture of `url`, None where there is none.

        Raises:
            UnreadableError: the file is damaged.
        """
        name = self._newest.get(id_of(url))
        if name is None:
            return None
        path = self._folder / name
        try:
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream):
                    body = record.content_stream().read()
                    headers = record.http_headers
                    told = record.rec_headers
                    if len(body) != int(told.get_header("Content-Length")) - len(headers.to_bytes()):
                        break  # a cut file reads back short without an error
                    return Page(
                        url,
                        body,
                        headers.get_header("Content-Type") or "",
                        datetime.fromisoformat(told.get_header("WARC-Date")),
                        int(headers.get_statuscode()),
                        headers.get_header("ETag") or "",
                        headers.get_header("Last-Modified") or "",
                    )
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, TypeError):
            pass
        raise UnreadableError(str(path), "the capture is damaged", "delete the file; the page is fetched again")
