"""What a text holds packed as base64: the parts of a mail, a data address in a page, a field of JSON.

Any word could be base64, so nothing is guessed: all that can be unpacked is, and what has no run of text in it is left.
A word on the line after 40 letters of it is held to be its next line.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

LEAST = 7
"""Letters that pack five bytes, the shortest word that is looked for."""
_PACKED = re.compile(
    r"""
    (?<![A-Za-z0-9+/_-])
    (?:(?<=\\)(?:u[0-9a-f]{4}|[nrtbf]) | (?<=%)(?:25)*(?!2[bf])[0-9a-f]{2})?+         # the end of an escape
    (?=[A-Za-z0-9+/_\\%-]{7})
    (?P<letters>(?:
        [A-Za-z0-9+/_-]++
      | \\/ | %2[bf] | \\u002[bf]                         # "+" and "/" as addresses and JSON write them
      | (?<=[A-Za-z0-9+/_\\%-]{40}) (?:\r?\n[ \t]?|(?:\\r)?\\n) (?=[A-Za-z0-9+/_])    # a mail's lines
    )++)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\/|%2[bf]|\\u002[bf]|\\r|\\n|\s", re.IGNORECASE)
_JOINT = re.compile(r"[+/]")
_TEXT = re.compile(rb"(?:[\t\n\r -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){5,}+")
_URL_SAFE = str.maketrans("-_", "+/")


def packed_bytes(text: str, is_apart: bool = False) -> Iterator[tuple[int, int, bytes]]:
    """Yield start and end of each part that may be base64, and bytes it may hold; several for one part.

    Args:
        text: to look through, in linear time.
        is_apart: nothing but base64 stands in such a part. Else a path or a line may go before it, so each piece
            between joints is unpacked as well, and the whole from each of the four letters it may begin with.
    """
    for match in _PACKED.finditer(text):
        start, end = match.span("letters")
        if end - start < LEAST:
            continue
        letters = _ESCAPE.sub(_letter, match["letters"]).translate(_URL_SAFE)
        pieces = [letters]
        if not is_apart and (_JOINT.search(letters) or len(letters) < end - start):
            pieces += [letters[1:], letters[2:], letters[3:], *_JOINT.split(letters)]
        for piece in pieces:
            if len(piece) >= LEAST:
                yield start, end, _unpacked(piece)


def packed_texts(text: str, is_apart: bool = False) -> Iterator[tuple[int, int, str]]:
    """Yield start and end of each part that may be base64, and the text in it."""
    for start, end, content in packed_bytes(text, is_apart):
        if runs := _TEXT.findall(content):
            yield start, end, b"\n".join(runs).decode(errors="replace")


def _letter(escape: re.Match[str]) -> str:
    last = escape[0][-1].casefold()
    return {"/": "/", "b": "+", "f": "/"}.get(last, "")


def _unpacked(letters: str) -> bytes:
    whole = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(whole + "=" * (-len(whole) % 4))
