"""Recordings of a browser's or a program's requests: each answer in them is read as if it had been fetched.

Reads: HAR files (a browser's saved network log), cassettes of Betamax and VCR.py as JSON, recordings of nock.
Seen: cassettes of VCR.py 2015 to 2020; HAR 1.2, Betamax and nock documented only.
Traps: the answers of one thread overlap; most answers of a browser are scripts, pictures and adverts; bodies may be
    base64 and packed.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.address import thread_of
from overheard.forums.api_links import address_in, split_address
from overheard.forums.payload import count_of, dict_of, instant_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.records import Page, Post, Reading

_LARGEST_ANSWER = 10_000_000
_LARGEST_IN_ALL = 100_000_000
"""Bytes, unpacked; more is no thread's."""
_MOST_ANSWERS = 5_000
_READABLE = ("json", "html", "xml", "text/plain", "mbox")
_PACKED = (b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda")


@dataclass(frozen=True, slots=True)
class _Answer:
    """One recorded answer, as the recording gives it."""

    url: str
    status: int
    content_type: str
    body: Any
    at: Any


def is_recording(content: Content) -> bool:
    """Say whether the content is a recording of requests and their answers."""
    return _kind_of(content.data) != ""


def read_recording(content: Content) -> tuple[Reading, ...]:
    """Read every answer that holds posts; the answers of one thread are one Reading, each post once.

    Raises:
        UnreadableError: no answer holds a post.
    """
    # The table of readers names this one, so it can be asked only when all of them are known.
    from overheard.forums.read import read_page

    threads: dict[str, list[Reading]] = {}
    refusal = ""
    for page in _pages(content):
        if is_recording(Content(page)):
            continue
        try:
            readings = read_page(page)
        except UnreadableError as error:
            # The first answers are often a log-in's; what was asked for comes after.
            refusal = error.what
            continue
        for reading in readings:
            threads.setdefault(reading.key or _thread_of(page.url), []).append(reading)
    if not threads:
        what = "no recorded answer holds a post" + (f" ({refusal})" if refusal else "")
        raise UnreadableError(content.url, what, "record again with the thread open, bodies included")
    return tuple(_merged(key, readings) for key, readings in threads.items())


def _kind_of(data: Any) -> str:
    if isinstance(dict_of(dict_of(data).get("log")).get("entries"), list):
        return "har"
    rows = _interactions(data)[:3]
    if rows and all(isinstance(row.get("request"), dict) and isinstance(row.get("response"), dict) for row in rows):
        return "cassette"
    rows = rows_of(data[:3]) if isinstance(data, list) else []
    if rows and all(isinstance(row.get("scope"), str) and "path" in row and "response" in row for row in rows):
        return "nock"
    return ""


def _interactions(data: Any) -> list[dict[str, Any]]:
    return rows_of(dict_of(data).get("http_interactions")) or rows_of(dict_of(data).get("interactions"))


def _answers(data: Any) -> Iterator[_Answer]:
    kind = _kind_of(data)
    if kind == "har":
        for row in rows_of(dict_of(data["log"])["entries"]):
            answer = dict_of(row.get("response"))
            held = dict_of(answer.get("content"))
            body = {("base64_string" if held.get("encoding") == "base64" else "string"): held.get("text")}
            url = text_of(dict_of(row.get("request")).get("url"))
            kept = count_of(answer.get("status")) or 0
            yield _Answer(url, kept, text_of(held.get("mimeType")), body, row.get("startedDateTime"))
    elif kind == "cassette":
        for row in _interactions(data):
            asked, answer = dict_of(row.get("request")), dict_of(row.get("response"))
            told = answer.get("status")
            status = count_of(dict_of(told).get("code")) if isinstance(told, dict) else count_of(told)
            url = text_of(answer.get("url")) or text_of(asked.get("uri") or asked.get("url"))
            yield _Answer(url, status or 200, _content_type(answer), answer.get("body"), row.get("recorded_at"))
    else:
        for row in rows_of(data):
            url = text_of(row.get("scope")).replace(":443", "").replace(":80", "") + text_of(row.get("path"))
            yield _Answer(url, count_of(row.get("status")) or 200, "", row.get("response"), None)


def _content_type(answer: dict[str, Any]) -> str:
    for name, value in dict_of(answer.get("headers")).items():
        if name.lower() == "content-type":
            return text_of(value[0] if isinstance(value, list) and value else value)
    return ""


def _pages(content: Content) -> Iterator[Page]:
    """Yield what may hold posts: payloads of any host, web pages of the first one's host."""
    visited = ""
    left = _LARGEST_IN_ALL
    for number, answer in enumerate(_answers(content.data)):
        if number >= _MOST_ANSWERS or left <= 0:
            return
        kind = answer.content_type.lower()
        host = split_address(answer.url).netloc
        if not 200 <= answer.status < 300 or (kind and not any(word in kind for word in _READABLE)):
            continue
        body = _body_of(answer.body)
        left -= len(body)
        if not body.strip():
            continue
        if "html" in kind or (not kind and body.lstrip()[:1] == b"<"):
            # Frames of other hosts are adverts and buttons.
            visited = visited or host
            if host != visited:
                continue
        at = instant_of(answer.at) or content.fetched_at
        yield Page(address_in("", answer.url) or content.url, body, answer.content_type, at)


def _body_of(value: Any) -> bytes:
    held = dict_of(value)
    if isinstance(held.get("base64_string"), str):
        try:
            return _unpacked(base64.b64decode(held["base64_string"], validate=False))
        except (binascii.Error, ValueError):
            return b""
    told = text_of(held.get("string") if held else value)
    if told or "string" in held or not isinstance(value, dict | list):
        return told.encode("utf-8", "replace")[:_LARGEST_ANSWER]
    try:
        # Some recorders keep a payload as JSON within their own.
        return json.dumps(value).encode()
    except RecursionError:
        return b""


def _unpacked(body: bytes) -> bytes:
    """Unpack gzip and deflate, never more than a page may be."""
    if not body.startswith(_PACKED):
        return body[:_LARGEST_ANSWER]
    try:
        unpacked = zlib.decompressobj(wbits=47).decompress(body, _LARGEST_ANSWER)
    except zlib.error:
        return b""
    return unpacked


def _thread_of(url: str) -> str:
    return thread_of(url) if split_address(url).netloc else url


def _merged(key: str, readings: list[Reading]) -> Reading:
    """Join what several answers hold of one thread; a post is taken where it comes first."""
    posts: dict[object, Post] = {}
    for reading in readings:
        for post in reading.posts:
            posts.setdefault(post.key or post.url or (post.author, post.said_at, post.text), post)
    title = next((reading.title for reading in readings if reading.title), "")
    problems = tuple(dict.fromkeys(problem for reading in readings for problem in reading.problems))
    told = list(posts.values())
    if len({post.position for post in told}) < len(told):
        told = [replace(post, position=position) for position, post in enumerate(told)]
    return Reading(title, tuple(told), problems, key)


READER = Reader("recorded requests", is_recording, read_recording)
