"""PDF files of text, as word processors and analysis programs save transcripts.

Reads: the text of every page, as `named` reads lines; lines broken by the width of the page are put together again,
words broken by a hyphen too, and what stands on every page (page numbers, a title above, a line below) is left out.
Seen: MAXQDA (Qt), which sets a tab between words and a speaker's name above the words.
Traps: a hyphen at the end of a line may belong to the word; a speaker's name often stands first on a page and is no
title; two columns would be read across; a scan has no text; a page's stream unpacks to a multiple of its size.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

from overheard.errors import UnreadableError
from overheard.records import Reading
from overheard.transcripts.lines import read_lines
from overheard.transcripts.pages import are_columns, joined_lines
from overheard.transcripts.reader import Content, Reader

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 300
_MOST_MARKUP = 4_000_000
"""Bytes of drawing instructions of all pages; about half a megabyte is read in a second."""
_SAVE_AS = "save it as .docx or plain text from the program that made it"


def recognises(content: Content) -> bool:
    """Say whether the file begins as a PDF does."""
    return b"%PDF-" in content.body[:1024]


def read_pdf(content: Content) -> Reading:
    """Read the turns of all pages.

    Raises:
        UnreadableError: the file is damaged, encrypted, too large, set in columns, or has no text (a scan).
    """
    place = content.place
    try:
        pages, columns = _texts(place, content.body)
    except UnreadableError:
        raise
    except Exception as error:  # it raises whatever it trips over
        raise UnreadableError(place, "is a damaged PDF", _SAVE_AS) from error
    if not any(page.strip() for page in pages):
        raise UnreadableError(place, "is a PDF without text (a scan)", "run it through text recognition (OCR) first")
    if 2 * columns > len(pages):
        raise UnreadableError(place, "is a PDF set in columns", _SAVE_AS)
    return read_lines(place, joined_lines([page.split("\n") for page in pages]))


def _texts(place: str, body: bytes) -> tuple[list[str], int]:
    """Return the text of every page, and how many pages are set in columns."""
    import pypdf  # takes a fifth of a second, and most files need it not

    # Its warnings about sloppy files would stand among our one-line errors.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(place, "is an encrypted PDF", "save it without a password")
    _check_sizes(place, reader)
    texts: list[str] = []
    columns = 0
    for page in reader.pages:
        pieces: list[tuple[float, float, str]] = []

        def note(text: str, outer: Any, inner: Any, *_: Any, pieces: list[tuple[float, float, str]] = pieces) -> None:
            if text.strip():
                across = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
                up = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
                pieces.append((across, up, text))

        texts.append(page.extract_text(visitor_text=note))
        columns += are_columns(pieces, float(page.mediabox.width))
    return texts, columns


def _check_sizes(place: str, reader: PdfReader) -> None:
    if len(reader.pages) > _MOST_PAGES:
        raise UnreadableError(place, f"is a PDF of {len(reader.pages):,} pages", "split it")
    markup = 0
    for page in reader.pages:
        markup += _markup_of(page)
        if markup > _MOST_MARKUP:
            raise UnreadableError(place, "is a PDF too large to be read in a few seconds", _SAVE_AS)


def _markup_of(page: PageObject) -> int:
    """Return the bytes of drawing instructions of a page, those of forms drawn on it included."""
    contents = page.get_contents()
    size = len(contents.get_data()) if contents is not None else 0
    resources = page.get("/Resources")
    forms = resources.get_object().get("/XObject") if resources is not None else None
    for form in forms.get_object().values() if forms is not None else ():
        drawn = form.get_object()
        if drawn.get("/Subtype") == "/Form":
            size += len(drawn.get_data())
    return size


READER = Reader("PDF", recognises, read_pdf)
