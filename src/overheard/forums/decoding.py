"""Which characters do these bytes stand for? Header, then byte order mark, then meta, then detection."""

from __future__ import annotations

import codecs
import html
import logging
import re

from bs4.dammit import EncodingDetector, UnicodeDammit

from overheard.records import Page

# It tells the console of every damaged page; a room is silent, and a damaged page shows in what is read.
logging.getLogger("bs4.dammit").setLevel(logging.ERROR)

_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_LATIN = {"iso8859-1", "ascii", "latin_1", "iso8859_1"}
_BAD_SHARE = 0.002
"""Of the bytes; above it a declared encoding is taken to be a wrong declaration, not a damaged page."""

_GOOD_FOR_BAD = 10

_BLOCK_OPENS = re.compile(r"<(?:div|table|article|section|ul)[\s>]", re.IGNORECASE)
_BLOCK_CLOSES = re.compile(r"</(?:div|table|article|section|ul)\s*>", re.IGNORECASE)
_C1 = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
"""Browsers show the C1 control characters as windows-1252, and old forums rely on it."""


_HEAD_BYTES = 4096
_LANGUAGE = re.compile(rb"<html\b[^>]{0,300}?\blang=[\"']?([A-Za-z]{2}(?:-[A-Za-z]{2,4})?)", re.IGNORECASE)
_USUAL = {
    "big5": "zh-tw zh-hk zh-hant",
    "gb18030": "zh",
    "shift_jis": "ja",
    "euc-kr": "ko",
    "iso-8859-2": "pl hu sl",
    "windows-1254": "tr ku az",
}
"""The HTML standard's defaults by language (13.2.3.2), where detection from the bytes does worse."""
_TWO_BYTES = ("zh", "ja", "ko")
_HAS_C1_BYTES = re.compile(rb"[\x80-\x9f]")
"""Where these are, windows-1250 is more likely than ISO-8859-2, and detection tells it."""
_ESCAPED_JAPANESE = re.compile(rb"\x1b\$[@B]")
_HAS_C1 = re.compile("[\\x80-\\x9f]")
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,6}|\d{1,7});?")
_REFERENCES = re.compile(rf"(?:{_REFERENCE.pattern})+".replace("([xX]", "(?:[xX]"))


def decode_body(page: Page) -> str:
    """Return the page's text, with control characters shown as browsers show them.

    The order is the browsers' (HTML standard, 13.2.3.2), except that a declaration is not believed where the bytes
    speak against it.
    """
    if page.body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _clean(UnicodeDammit(page.body).unicode_markup or "")
    found = _HEADER_CHARSET.search(page.content_type)
    declared = [found[1]] if found else []
    meta = EncodingDetector.find_declared_encoding(page.body, is_html=True)
    if meta:
        declared.append(meta)
    if _is_surely_utf8(page.body):
        # A page saved by a tool is often UTF-8 whatever its meta element still says.
        declared = ["utf-8"]
    if _ESCAPED_JAPANESE.search(page.body):
        # Seven bits a byte, so it would pass for UTF-8.
        declared.insert(0, "iso-2022-jp")
    for name in [*declared, "utf-8", *_usual_encodings(page.body)]:
        text = _decoded(page.body, name)
        if text is not None:
            return _clean(text)
    guess = UnicodeDammit(page.body, is_html=True)
    return _clean(guess.unicode_markup or page.body.decode("cp1252", "replace"))


def _usual_encodings(body: bytes) -> tuple[str, ...]:
    """Return what pages in the page's own language are written in where they do not say it."""
    found = _LANGUAGE.search(body[:_HEAD_BYTES])
    language = found[1].decode("ascii").lower() if found else ""
    for name, languages in _USUAL.items():
        if language.split("-")[0] in languages.split() or language in languages.split():
            return (name,) if language[:2] in _TWO_BYTES or not _HAS_C1_BYTES.search(body) else ()
    return ()


def _is_surely_utf8(body: bytes) -> bool:
    """Say whether bytes beyond ASCII are there and all form UTF-8, which other encodings do not do by chance."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(text) < len(body)


def _decoded(body: bytes, name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if codec in _LATIN:
        codec = "cp1252"
    try:
        text = body.decode(codec, "replace")
    except (UnicodeError, LookupError):
        return None
    bad = text.count("\ufffd")
    if codec == "utf-8" and bad and len(text.encode()) - len(text) < _GOOD_FOR_BAD * bad:
        # UTF-8 with a fault here and there has far more letters beyond ASCII that are well formed.
        return None
    return text if bad <= max(3, _BAD_SHARE * len(body)) else None


def _clean(text: str) -> str:
    text = text.replace("\x00", "")
    return text.translate(_C1) if _HAS_C1.search(text) else text


def sound_markup(text: str) -> str:
    """Return markup without the characters no tree can hold, written as themselves or as numbers ("&#1;").

    Two halves of one character ("&#55357;&#56832;", as some boards write a smiley) become that character.
    """
    if "&#" in text:
        text = _REFERENCES.sub(_sound, text)
    return _CONTROL.sub("", text) if _CONTROL.search(text) else text


def _sound(found: re.Match[str]) -> str:
    codes = [int(told[1:], 16) if told[0] in "xX" else int(told) for told in _REFERENCE.findall(found[0])]
    if all((code >= 32 and not 0xD800 <= code < 0xE000) or code in (9, 10, 13) for code in codes):
        return found[0]
    sound = "".join(chr(code) for code in codes if (code >= 32 and code <= 0x10FFFF) or code in (9, 10, 13))
    return html.escape(sound.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def is_cut_off(text: str) -> bool:
    """Say whether an HTML page ends before its end: inside a tag or a text, or with blocks left open.

    Closing html and body tags may be left out, so their absence alone says nothing.
    """
    tail = text[-4000:].casefold()
    if "</html" in tail or "</body" in tail:
        return False
    if tail.rfind("<") > tail.rfind(">") or not tail.rstrip().endswith(">"):
        return True
    return len(_BLOCK_OPENS.findall(text)) > len(_BLOCK_CLOSES.findall(text)) + 1
