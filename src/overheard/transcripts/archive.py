"""Is this archive safe to open? Sizes and XML of a zipped document, before any other program sees them."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from overheard.errors import UnreadableError

_MOST_MEMBERS = 2_000
_MOST_XML = 8_000_000
"""Bytes of all XML together; a talk of ten hours has 5 MB."""
_MOST_BYTES = 60_000_000
_HIGHEST_RATIO = 200
"""Unpacked to packed. Word's XML packs at 10 to 30, a file made to burst at 1,000."""
_DEEPEST = 200
_MEND = "open it in the word processor, save it as .docx again, or export plain text"


def check_archive(place: str, body: bytes) -> zipfile.ZipFile:
    """Open a zipped document whose sizes and XML are harmless.

    Every XML part is unpacked once, in pieces, and parsed with entities, document types and outside references refused;
    `zipfile` gives out no more of a part than its declared size, and finds the sum wrong where there is more.

    Raises:
        UnreadableError: it is broken, encrypted, larger than anybody talks, or its XML is unsafe.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(place, "is a damaged document", _MEND) from error
    fault = _fault_of(members)
    if fault:
        raise UnreadableError(place, fault, _MEND)
    for member in members:
        if member.filename.casefold().endswith((".xml", ".rels")):
            _check_xml(place, archive, member)
    return archive


def _fault_of(members: list[zipfile.ZipInfo]) -> str:
    if len(members) > _MOST_MEMBERS:
        return f"is a document of {len(members):,} parts"
    if len({member.filename for member in members}) < len(members):
        return "is a document with two parts of one name"
    if any(member.flag_bits & 1 for member in members):
        return "is an encrypted document"
    markup = sum(member.file_size for member in members if member.filename.casefold().endswith((".xml", ".rels")))
    if markup > _MOST_XML or sum(member.file_size for member in members) > _MOST_BYTES:
        return "is a document too large to be a transcript"
    if any(member.file_size > _HIGHEST_RATIO * max(member.compress_size, 1_000) for member in members):
        return "is a document packed to burst"
    return ""


def _check_xml(place: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(_Depth())
    try:
        with archive.open(member) as stream:
            while piece := stream.read(65_536):
                parser.feed(piece)
        parser.close()
    except DefusedXmlException as error:
        raise UnreadableError(place, "is a document with unsafe XML", _MEND) from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableError(place, "is a damaged document", _MEND) from error
    except SAXException as error:
        raise UnreadableError(place, "is a document with broken XML", _MEND) from error


class _Depth(ContentHandler):
    """Refuses XML nested deeper than any document: the tools after this recurse."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("nested too deeply")

    def endElement(self, name: str) -> None:  # noqa: N802
        self._depth -= 1
