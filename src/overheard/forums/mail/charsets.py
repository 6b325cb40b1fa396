"""Which characters do these bytes of a mail stand for? What it declares, where the bytes do not speak against it."""

from __future__ import annotations

import codecs
import re

_SUPERSETS = {
    # Senders name the smaller set and write the larger one, as browsers know.
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_ALIASES = {
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "ks_c_5601-1987": "cp949",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "cp-850": "cp850",
}
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "mbcs", "oem", "unicode_escape", "raw_unicode_escape"})
"""Codecs of other purposes; some take quadratic time."""
_SHIFTED = re.compile(r"iso2022|hz|utf-?7|utf-?16|utf-?32", re.IGNORECASE)
"""Encodings whose bytes may all be ASCII and yet stand for other characters."""
_SEVERAL_BYTES = re.compile(r"gb|big5|cp9(?:32|49|50)|euc|johab|shift|utf", re.IGNORECASE)
_MOST_BROKEN = 0.05
"""Share of characters a several-byte encoding may fail at and still be believed: a mail cut in the middle."""


def decode_text(data: bytes, declared: str) -> str:
    """Return the text; characters that cannot be told are shown as U+FFFD.

    Args:
        data: the bytes, transfer encoding already undone.
        declared: the charset the mail names, empty where it names none.
    """
    codec = _codec_of(declared)
    if data.isascii() and not (codec and _SHIFTED.match(codec)):
        text = data.decode("ascii")
    elif codec and _SHIFTED.match(codec):
        text = _decoded(data, codec) or data.decode("utf-8", "replace")
    elif codec and codec != "utf-8" and _SEVERAL_BYTES.match(codec):
        text = _decoded(data, codec) or _utf8(data) or _broken(data, codec) or data.decode("cp1252", "replace")
    else:
        # Bytes beyond ASCII that all form UTF-8 are UTF-8, whatever was declared.
        single = codec if codec != "utf-8" else ""
        text = _utf8(data) or (_decoded(data, single) if single else None) or _broken(data, codec) or ""
        text = text or data.decode("cp1252", "replace")
    return text.replace("\x00", "")


def _codec_of(declared: str) -> str:
    name = declared.strip(" \"'").lower()
    try:
        codec = codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return ""
    if codec in _NO_CHARSETS or codec.endswith("_codec"):
        return ""
    return _SUPERSETS.get(codec, codec)


def _utf8(data: bytes) -> str | None:
    return _decoded(data, "utf-8")


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _broken(data: bytes, codec: str) -> str | None:
    """Read a several-byte encoding with a few broken characters in it; None where too many or all are."""
    text = data.decode(codec, "replace") if codec and _SEVERAL_BYTES.match(codec) else ""
    is_it = any(char > "\x7f" and char != "\ufffd" for char in text)
    return text if is_it and text.count("\ufffd") <= max(2, _MOST_BROKEN * len(text)) else None
