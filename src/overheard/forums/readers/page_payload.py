"""Pages that carry their engine's own payload in a script: what its API would answer, and the page is drawn from.

Reads: topic pages of Flarum, Lemmy and NodeBB, through the readers of their payloads.
Seen: NodeBB 1.13; Flarum 1.x and 2.x, Lemmy 0.18 to 0.19 documented only.
Traps: Lemmy writes values that are no JSON ("undefined"); a page whose payload holds no post is read by what it shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from overheard.errors import UnreadableError
from overheard.forums.address import join_address, split_address
from overheard.forums.payload import dict_of, id_text_of, rows_of, text_of
from overheard.forums.reader import Content, Reader
from overheard.forums.readers import flarum, lemmy, nodebb
from overheard.forums.structure.thread import is_web_page
from overheard.records import Reading

_MARKS = ("flarum-json-payload", "flarum.core.app.load", "window.isoData", "ajaxify-data")
_NO_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|\bundefined\b')
_FLARUM_LOAD = re.compile(r"flarum\.core\.app\.load\(\s*(?=\{)")
_ISO_DATA = re.compile(r"window\.isoData\s*=\s*(?=\{)")

_Carried = tuple[Reader, str, Any]
"""Who reads the payload, the address the engine's API would have answered from, and the payload."""


def carries_payload(content: Content) -> bool:
    """Say whether the content is a web page with the place where an engine puts its payload."""
    return is_web_page(content) and any(mark in content.text for mark in _MARKS)


def read_payload(content: Content) -> tuple[Reading, ...]:
    """Read the thread out of the payload; nothing where the page carries none, or one without posts."""
    root = content.parse_root()
    if root is None:
        return ()
    for reader, url, data in (carried for find in _FINDERS for carried in find(content, root)):
        body = json.dumps(data).encode()
        inner = Content(replace(content.page, url=url, body=body, content_type="application/json"))
        try:
            if reader.recognises(inner) and (readings := tuple(reader.read(inner))):
                return readings
        except UnreadableError:
            continue
    return ()


def _of_nodebb(content: Content, root: Any) -> Iterator[_Carried]:
    for script in root.xpath("//script[@id='ajaxify-data']")[:1]:
        yield nodebb.READER, _api_address(content.url, "/topic/", "/api"), _loaded(script.text)


def _of_flarum(content: Content, root: Any) -> Iterator[_Carried]:
    packed = next((script.text for script in root.xpath("//script[@id='flarum-json-payload']")), None)
    data = dict_of(_loaded(packed) if packed else _assigned(content.text, _FLARUM_LOAD))
    document = dict_of(data.get("apiDocument") or data.get("document"))
    base = next((text_of(dict_of(row.get("attributes")).get("baseUrl")) for row in rows_of(data.get("resources"))), "")
    if document:
        number = id_text_of(dict_of(document.get("data")).get("id"))
        home = base or _api_address(content.url, "/d/", "").partition("/d/")[0]
        yield flarum.READER, f"{home}/api/discussions/{number}", document


def _of_lemmy(content: Content, root: Any) -> Iterator[_Carried]:
    route = dict_of(dict_of(_assigned(content.text, _ISO_DATA)).get("routeData"))
    merged: dict[str, Any] = {}
    for answer in route.values():
        merged.update(dict_of(dict_of(answer).get("data")))
    if merged:
        yield lemmy.READER, join_address(content.url, "/api/v3/post"), merged


def _api_address(url: str, mark: str, prefix: str) -> str:
    """Return a page's address with `prefix` before the path of its topic, as the engine's API has it."""
    before, found, after = split_address(url).path.partition(mark)
    return join_address(url, f"{before}{prefix}{found}{after}") if found else url


def _assigned(text: str, start: re.Pattern[str]) -> Any:
    """Return the value a script assigns; values that JSON does not know are none."""
    found = start.search(text)
    if not found:
        return None
    end = text.find("</script", found.end())
    written = text[found.end() : end if end > 0 else len(text)]
    known = _NO_JSON.sub(lambda part: part[0] if part[0].startswith('"') else "null", written)
    try:
        return json.JSONDecoder().raw_decode(known)[0]
    except (ValueError, RecursionError):
        return None


def _loaded(packed: Any) -> Any:
    try:
        return json.loads(packed) if isinstance(packed, str) else None
    except (ValueError, RecursionError):
        return None


_FINDERS: tuple[Callable[[Content, Any], Iterator[_Carried]], ...] = (_of_nodebb, _of_flarum, _of_lemmy)

READER = Reader("payload in a page", carries_payload, read_payload)
