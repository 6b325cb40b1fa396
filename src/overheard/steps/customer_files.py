"""A customers' file from the disk: looked through once to know its columns, then read row by row."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from overheard.errors import BadInputError, UnreadableError
from overheard.rows import SheetRow, Survey, read_sheet, read_workbook, survey

_PART = 1 << 20
_COMPRESSED = b"\x1f\x8b"  # gzip
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
WORKBOOK = "workbook"
_UNSEEN = Survey(0, 0, (), (), ())


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """A file that was looked through, and how its text is written down."""

    path: Path
    encoding: str
    found: Survey

    def rows(self) -> Iterator[SheetRow]:
        """Yield its rows; those of a text file one in memory at a time."""
        if self.encoding == WORKBOOK:
            yield from read_workbook(str(self.path), self.path.read_bytes())
            return
        with _opened(self.path, self.encoding) as stream:
            yield from read_sheet(str(self.path), stream)


def open_customers(path: Path) -> CustomerFile:
    """Look a CSV, TSV or JSON Lines file or a workbook through.

    Raises:
        BadInputError: it cannot be read, holds no row, or a quote in it is never closed; names file and line.
    """
    try:
        encoding = _encoding_of(path)
        found = survey(CustomerFile(path, encoding, _UNSEEN).rows())
    except FileNotFoundError:
        raise BadInputError(str(path), "no such file", "check its name") from None
    except OSError as error:
        raise BadInputError(str(path), f"cannot be read ({error.strerror})", "name a CSV or JSON Lines file") from None
    if not found.rows:
        raise UnreadableError(str(path), "has a header and no row", "export it again")
    return CustomerFile(path, encoding, found)


def columns_among(file: CustomerFile, asked: Sequence[str], option: str) -> tuple[str, ...]:
    """Return the asked columns.

    Raises:
        BadInputError: the file has no such column.
    """
    for name in asked:
        if name not in file.found.columns:
            there = ", ".join(f"`{one[:40]}`" for one in file.found.columns[:30])
            raise BadInputError(str(file.path), f"no column `{name}`", f"the columns are {there}: correct {option}")
    return tuple(asked)


def _encoding_of(path: Path) -> str:
    """Tell how a file is written: a workbook, or text as UTF-8 or UTF-16 by its mark, UTF-8 if all is, or cp1252.

    Raises:
        BadInputError: it is compressed.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        start = stream.read(4)
        if start.startswith(_WORKBOOKS):
            return WORKBOOK
        if start.startswith(_COMPRESSED):
            raise BadInputError(str(path), "is compressed", "unpack it (gunzip) and name what comes out")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        stream.seek(0)
        try:
            while part := stream.read(_PART):
                decoder.decode(part)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    # Without newline="" a lone \r ends a line, too, as old spreadsheets write it.
    with path.open(encoding=encoding, errors="replace") as stream:
        yield stream
