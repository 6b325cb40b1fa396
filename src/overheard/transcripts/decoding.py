"""Which characters do these bytes stand for, and are they text at all?"""

from __future__ import annotations

import codecs
import re

from overheard.errors import UnreadableError

# A pattern, not a parse: a parser of strangers' JSON recurses as deep as they like.
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\]])")
_HTML = re.compile(r"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_MOST_ZEROS = 0.01
"""Of the characters. A damaged text file has a zero here and there; UTF-16 without its mark has one at every letter."""
_SAVE_AS_TEXT = "export it as WebVTT (.vtt), SubRip (.srt) or plain text with `Name: words` lines"


def read_lines(place: str, body: bytes) -> list[str]:
    """Return the lines of a transcript, numbered as an editor numbers them (index 0 is line 1).

    A byte-order mark decides (UTF-8, UTF-16); without one it is UTF-8 where that is possible, else Windows-1252.

    Raises:
        UnreadableError: the file is empty, or is JSON, HTML, a word processor's document or no text at all.
    """
    if body.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise UnreadableError(place, "is a word processor's document, not text", _SAVE_AS_TEXT)
    text = _decoded(body).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableError(place, "is empty", "save it again or take it out of the source")
    if text.count("\0") > _MOST_ZEROS * len(text):
        raise UnreadableError(place, "is not text", _SAVE_AS_TEXT)
    if _JSON.match(text):
        raise UnreadableError(place, "is JSON, which the transcript readers do not read", _SAVE_AS_TEXT)
    if _HTML.match(text):
        raise UnreadableError(place, "is an HTML page", _SAVE_AS_TEXT)
    return text.replace("\0", "").split("\n")


def _decoded(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")
