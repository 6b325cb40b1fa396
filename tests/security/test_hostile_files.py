"""Files that name other files, or grow when they are read: nothing is fetched, nothing unfolds."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from overheard.errors import UnreadableError
from overheard.forums import read_page
from overheard.rows import read_workbook
from overheard.transcripts import read_transcript
from tests.make import make_page

SECRET = "wax-in-the-cellar"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'haha'>" + "".join(
    f"<!ENTITY {one} '{f'&{before};' * 10}'>" for before, one in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
FEED = """<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>Forum</title><link>https://forum.example</link>
<item><title>A chain {entity}</title><link>https://forum.example/t/1</link><author>ann</author>
<pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate><description>My chain slips on every hill. {entity}</description></item>
</channel></rss>"""
DUMP = """<?xml version="1.0"?>{doctype}<posts><row Id="1" PostTypeId="1" CreationDate="2026-05-04T10:00:00.000"
 Title="A chain {entity}" Body="&lt;p&gt;My chain slips. {entity}&lt;/p&gt;" OwnerUserId="3" /></posts>"""
PAGE = """<?xml version="1.0"?>{doctype}<html xmlns:xi="http://www.w3.org/2001/XInclude"><body>
<p>My chain slips. {entity}</p>
<xi:include href="{file}" parse="text"/></body></html>"""


def workbook_with(doctype: str, entity: str) -> bytes:
    """A workbook whose sheet's XML has a document type."""
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["cell", "1"])
    plain, changed = BytesIO(), BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith(("sheet1.xml", "sharedStrings.xml")):
                body = body.replace(b"<sst", f"{doctype}<sst".encode(), 1).replace(
                    b"<worksheet", f"{doctype}<worksheet".encode(), 1
                )
                body = body.replace(b">cell<", f">cell{entity}<".encode())
            new.writestr(name, body)
    return changed.getvalue()


def read_all(what: str, doctype: str, entity: str, file: str) -> str:
    """Read a document that uses an entity; return all that came of it, or why it was refused."""
    try:
        if what == "workbook":
            return repr(list(read_workbook("a.xlsx", workbook_with(doctype, entity))))
        body = {"feed": FEED, "dump": DUMP, "page": PAGE}[what].format(doctype=doctype, entity=entity, file=file)
        return repr(read_page(make_page(body.encode(), content_type="application/xml")))
    except UnreadableError as error:
        return str(error)


@pytest.mark.parametrize("what", ["workbook", "feed", "dump", "page"])
def test_an_entity_that_names_a_file_brings_nothing_of_it(what: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    doctype = f"<!DOCTYPE x [<!ENTITY e SYSTEM '{secret.as_uri()}'>]>"
    assert SECRET not in read_all(what, doctype, "&e;", secret.as_uri())
    remote = "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'>%p;]>"
    # No socket may be opened in a test: that alone would fail it.
    assert SECRET not in read_all(what, remote, "", secret.as_uri())


@pytest.mark.parametrize("what", ["workbook", "feed", "dump", "page"])
def test_entities_that_grow_do_not(what: str) -> None:
    started = time.process_time()
    assert len(read_all(what, LAUGHS, "&i;", "")) < 100_000
    assert time.process_time() - started < 5


def zipped(name: str, body: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, body)
    return stream.getvalue()


@pytest.mark.parametrize(
    "read",
    [
        lambda body: list(read_workbook("a.xlsx", body)),
        lambda body: read_transcript("a.docx", body),
        lambda body: read_transcript("a.vtt", body),
        lambda body: read_page(make_page(body)),
    ],
    ids=["workbook", "transcript", "captions", "page"],
)
def test_a_bomb_is_refused_before_it_is_unpacked(read: Callable[[bytes], object]) -> None:
    bomb = zipped("word/document.xml", b"0" * 50_000_000)
    started = time.process_time()
    with pytest.raises(UnreadableError):
        read(bomb)
    assert time.process_time() - started < 2
