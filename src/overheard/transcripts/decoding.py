"""Which characters do these bytes stand for, and are they text at all?"""

from __future__ import annotations

import codecs

_MOST_ZEROS = 0.01
"""Of the characters. A damaged text file has a zero here and there; a file of another kind has them by the hundred."""
_LOOKED_AT, _FEWEST_BYTES = 4096, 16
_WIDE_ZEROS = 0.3
"""Of every second byte: UTF-16 without its mark has a zero there for each letter of a western language."""


def decode_text(body: bytes) -> str:
    """Return the text with line feeds for line ends; empty where the bytes are no text.

    A byte-order mark decides (UTF-8, UTF-16); without one it is UTF-8 where that is possible, else UTF-16 where every
    second byte is mostly zero, else Windows-1252.
    """
    text = _decoded(body).replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\0") > _MOST_ZEROS * len(text):
        return ""
    return text.replace("\0", "")


def _decoded(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace")
    sample = body[:_LOOKED_AT]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[first::2].count(0)
        if len(sample) >= _FEWEST_BYTES and zeros >= _WIDE_ZEROS * len(sample) / 2 > sample[1 - first :: 2].count(0):
            return body.decode(encoding, errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")
