"""The words of any text file, with their places: pages, payloads, mail and tables are read alike.

Words run on across markup ("my <b>own</b> words"), whatever way a format writes a letter: as it is, as an HTML entity,
a JSON escape, a percent escape or quoted-printable, and these escaped again. What stands inside a tag is a run of its
own, and so is what is packed as base64.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from overheard.privacy.packed import packed_texts

# Each alternative is linear: a tag ends at the next angle bracket, an escaped one within 500 characters.
_TAG = re.compile(
    r"""
    <[^<>]*>
  | (?:&(?:amp;)*(?:lt|\#60|\#x3c);|\\u003c)[^<>&\\]{0,500}(?:&(?:amp;)*(?:gt|\#62|\#x3e);|\\u003e)
  | %(?:25)*3c(?:(?!%(?:25)*3[ce])[^<>]){0,500}+%(?:25)*3e
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PIECE = re.compile(
    r"""
    [^\W_]+(?:=\r?\n[^\W_]+)*            # letters and digits; quoted-printable breaks lines within a word
  | &(?:amp;)*(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});
  | (?<!\\)\\++u[0-9a-f]{4} | \\[nrtbf]
  | (?:%(?:25)*[0-9a-f]{2})+ | (?:=[0-9A-F]{2})+
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W_]+")
_JOINTS = ("-", "_", "/", "+")
_SOFT_BREAK = re.compile(r"=\r?\n")
_AGAIN = re.compile(r"%(?:25)+(?=[0-9a-f]{2})|&(?:amp;)+(?=[#a-z])", re.IGNORECASE)
_DEEPEST = 3


class Word(NamedTuple):
    """A word, letter case and accents' composition aside; `start` and `end` are characters into the text."""

    folded: str
    start: int
    end: int


def runs_of(text: str) -> Iterator[list[Word]]:
    """Yield runs of words: first the text's own, markup left out, then that of each tag."""
    tags = [match.span() for match in _TAG.finditer(text)]
    own: list[Word] = []
    at = 0
    for start, end in [*tags, (len(text), len(text))]:
        own += _words(text, at, start)
        at = end
    yield own
    for start, end in tags:
        if inside := _words(text, start + 1, end):
            yield inside


def packed_runs_of(text: str, deeper: int = _DEEPEST) -> Iterator[list[Word]]:
    """Yield the runs of what a text holds as base64, once or several times; each word lies where its packing does."""
    for start, end, inside in packed_texts(text, is_apart=deeper < _DEEPEST) if deeper else ():
        for run in (*runs_of(inside), *packed_runs_of(inside, deeper - 1)):
            yield [Word(word.folded, start, end) for word in run]


def plain_words(text: str) -> list[str]:
    """Return the words of somebody's text, in order."""
    return [word.folded for run in runs_of(text) for word in run]


def is_address(text: str, words: Sequence[Word]) -> bool:
    """Tell whether words are joined as in an address ("my-own-words", "my/own"), not written side by side."""
    return len(words) > 1 and all(text[left.end : right.start] in _JOINTS for left, right in pairwise(words))


def _words(text: str, start: int, end: int) -> list[Word]:
    found: list[Word] = []
    open_at = -1  # where a word ended that goes on if more letters follow at once: "caf" before "&eacute;"
    for match in _PIECE.finditer(text, start, end):
        letters = _decoded(match[0])
        for part in _LETTERS.finditer(letters):
            if open_at == match.start() and part.start() == 0:
                last = found.pop()
                found.append(Word(last.folded + _folded(part[0]), last.start, match.end()))
            else:
                found.append(Word(_folded(part[0]), *match.span()))
            open_at = match.end() if part.end() == len(letters) else -1
    return found


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).casefold()


def _decoded(piece: str) -> str:
    first = piece[0]
    if first in "&%":
        piece = _AGAIN.sub(first, piece)
    if first == "&":
        return html.unescape(piece)
    if first == "\\":
        letter = piece.lstrip("\\")
        return chr(int(letter[1:], 16)) if letter[0] in "uU" else " "
    if first == "%":
        return unquote_to_bytes(piece).decode("utf-8", errors="replace")
    if first == "=":
        return bytes.fromhex(piece.replace("=", "")).decode("utf-8", errors="replace")
    return _SOFT_BREAK.sub("", piece)
