"""Pages as they were fetched, in WARC: a better reader can read them again without asking the site again.

One small file a fetch, written whole or not at all, so that a killed run loses at most the page in flight.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from overheard.records import Page, id_of
from overheard.storage.files import write_atomically


def save_captured(raw_dir: Path, source: str, page: Page) -> Path:
    """Keep a fetched page; pages are immutable, a later fetch is a later file."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    headers = [("Content-Type", page.content_type)]
    record = writer.create_warc_record(
        page.url,
        "response",
        payload=io.BytesIO(page.body),
        http_headers=StatusAndHeaders(f"{page.status} OK", headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
    )
    writer.write_record(record)
    stamp = page.fetched_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = raw_dir / source / f"{id_of(page.url)}-{stamp}.warc.gz"
    write_atomically(path, buffer.getvalue())
    return path


def load_captured(raw_dir: Path, source: str, url: str) -> Page | None:
    """Return the newest capture of `url`, None where there is none."""
    captures = sorted((raw_dir / source).glob(f"{id_of(url)}-*.warc.gz"))
    if not captures:
        return None
    with captures[-1].open("rb") as stream:
        for record in ArchiveIterator(stream):
            fetched_at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
            headers = record.http_headers
            content_type = headers.get_header("Content-Type") or ""
            status = int(headers.get_statuscode())
            return Page(url, record.content_stream().read(), content_type, fetched_at, status)
    return None
