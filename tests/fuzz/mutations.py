"""Pages and transcripts as they come damaged, hostile or absurd: small changes to a whole one, told by numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.fuzz import hostile

_LONGEST = 6_000_000
"""Bytes; repeating parts of a large page must not make it larger than what is fetched."""
_LONGEST_TEXT = 200_000
_TAG = re.compile(rb"<[a-zA-Z/][^<>]{0,400}>")
_VALUE = re.compile(rb"""(?<==)(?:"[^"<>]{0,400}"|'[^'<>]{0,400}')""")
_NUMBER = re.compile(rb"\d+")
_CHARSET = re.compile(rb"charset=[\"']?[\w-]+", re.IGNORECASE)
_LINE = re.compile(rb"[^\n]+\n?")


@dataclass(frozen=True)
class Mutation:
    """One change: `where` in ten-thousandths of the document; `size` and `choice` mean what the kind makes of them."""

    kind: str
    where: int
    size: int
    choice: int


def mutate(body: bytes, mutations: Sequence[Mutation]) -> bytes:
    """Apply changes one after the other.

    Three of four changes to a JSON document leave it JSON, and damage one of the texts in it: else every damaged
    payload would only be told to be no JSON.
    """
    for mutation in mutations:
        data = _json_of(body) if mutation.choice % 4 else None
        change = KINDS[mutation.kind]
        body = (change(body, mutation) if data is None else _damage_text(data, mutation, change))[:_LONGEST]
    return body


def _json_of(body: bytes) -> Any:
    """The JSON document in the bytes, where it is an object or array; None otherwise."""
    if body.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _damage_text(data: Any, mutation: Mutation, change: Callable[[bytes, Mutation], bytes]) -> bytes:
    texts = [(holder, key) for holder, key in _places(data) if isinstance(holder[key], str)]
    if change is _swap_types or not texts:
        return _swap_types(_written(data), mutation)
    holder, key = texts[mutation.choice * 31 % len(texts)]
    damaged = change(holder[key].encode("utf-8", "surrogatepass"), mutation)
    holder[key] = damaged[:_LONGEST_TEXT].decode("utf-8", "replace")
    return _written(data)


def _written(data: Any) -> bytes:
    try:
        return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except RecursionError:
        # What was nested as deeply as can be read has got a value that is nested as well.
        return b"[" * 2_000


def _at(body: bytes, mutation: Mutation) -> int:
    return len(body) * mutation.where // 10_000


def _flip(body: bytes, mutation: Mutation) -> bytes:
    out = bytearray(body)
    for step in range(1 + mutation.size % 40):
        if out:
            out[(_at(body, mutation) + step * (1 + mutation.choice) * 97) % len(out)] ^= (
                1 + (mutation.choice + step) % 255
            )
    return bytes(out)


def _cut(body: bytes, mutation: Mutation) -> bytes:
    at = _at(body, mutation)
    return body[:at] + body[at + 1 + mutation.size * 7 :]


def _end(body: bytes, mutation: Mutation) -> bytes:
    return body[: _at(body, mutation)]


def _begin_late(body: bytes, mutation: Mutation) -> bytes:
    return body[_at(body, mutation) :]


def _repeat_span(body: bytes, mutation: Mutation) -> bytes:
    at = _at(body, mutation)
    span = body[at : at + 1 + mutation.size * 5]
    times = 1 + min((1, 3, 20, 300)[mutation.choice % 4], 100_000 // len(span) if span else 0)
    return body[:at] + span * times + body[at + len(span) :]


def _insert(body: bytes, mutation: Mutation) -> bytes:
    at = _at(body, mutation)
    return body[:at] + hostile.INSERTED[mutation.choice % len(hostile.INSERTED)] + body[at:]


def _insert_many(body: bytes, mutation: Mutation) -> bytes:
    at = _at(body, mutation)
    return body[:at] + hostile.REPEATED[mutation.choice % len(hostile.REPEATED)] * (1 + mutation.size * 10) + body[at:]


def _wrap(body: bytes, mutation: Mutation) -> bytes:
    opens, closes = hostile.WRAPPED[mutation.choice % len(hostile.WRAPPED)]
    at, times = _at(body, mutation), 1 + mutation.size * 2
    end = min(len(body), at + 2000)
    return body[:at] + opens * times + body[at:end] + closes * times + body[end:]


def _swap_tags(body: bytes, mutation: Mutation) -> bytes:
    return _swap(body, [match.span() for match in _TAG.finditer(body)], mutation)


def _swap_lines(body: bytes, mutation: Mutation) -> bytes:
    return _swap(body, [match.span() for match in _LINE.finditer(body)], mutation)


def _swap(body: bytes, spans: list[tuple[int, int]], mutation: Mutation) -> bytes:
    if not spans:
        return body
    first = spans[len(spans) * mutation.where // 10_000]
    others = [span for span in spans if body[slice(*span)] != body[slice(*first)]]
    if not others:
        return body
    (a, b), (c, d) = sorted((first, others[mutation.choice * 31 % len(others)]))
    return body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]


def _replace_value(body: bytes, mutation: Mutation) -> bytes:
    return _replace(body, _VALUE, b'"' + hostile.VALUES[mutation.choice % len(hostile.VALUES)] + b'"', mutation)


def _replace_number(body: bytes, mutation: Mutation) -> bytes:
    return _replace(body, _NUMBER, hostile.NUMBERS[mutation.choice % len(hostile.NUMBERS)], mutation)


def _declare(body: bytes, mutation: Mutation) -> bytes:
    name = b"charset=" + hostile.CHARSETS[mutation.choice % len(hostile.CHARSETS)]
    if _CHARSET.search(body):
        return _CHARSET.sub(lambda found: name, body, count=1)
    return b'<meta http-equiv="Content-Type" content="text/html; ' + name + b'">' + body


def _replace(body: bytes, pattern: re.Pattern[bytes], value: bytes, mutation: Mutation) -> bytes:
    """Replace a hundredth of what the pattern finds, from a place on; at least one."""
    spans = [match.span() for match in pattern.finditer(body)]
    first = len(spans) * mutation.where // 10_000
    out, end = [], 0
    for start, stop in spans[first : first + 1 + len(spans) * (mutation.size % 5) // 100]:
        out += [body[end:start], value]
        end = stop
    return b"".join([*out, body[end:]])


def _encode(body: bytes, mutation: Mutation) -> bytes:
    text = body.decode("utf-8", "replace")
    return text.encode(hostile.CODECS[mutation.choice % len(hostile.CODECS)], "replace")


def _swap_types(body: bytes, mutation: Mutation) -> bytes:
    """Replace values of a JSON document: each a hundredth of the places further on."""
    data = _json_of(body)
    places = list(_places(data))
    for step in range(1 + mutation.size % 6 if places else 0):
        holder, key = places[(len(places) * mutation.where // 10_000 + step * (1 + len(places) // 100)) % len(places)]
        holder[key] = hostile.JSON_VALUES[(mutation.choice + step) % len(hostile.JSON_VALUES)]
    return _written(data) if places else body


def _places(data: Any) -> list[tuple[Any, Any]]:
    """Every value of a JSON document as holder and key, without recursion: exports nest deeply."""
    places: list[tuple[Any, Any]] = []
    waiting = [data]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        for key in keys:
            places.append((holder, key))
            waiting.append(holder[key])
    return places


KINDS: dict[str, Callable[[bytes, Mutation], bytes]] = {
    "flip bytes": _flip,
    "cut out": _cut,
    "end early": _end,
    "begin late": _begin_late,
    "repeat a span": _repeat_span,
    "insert": _insert,
    "insert many": _insert_many,
    "wrap": _wrap,
    "swap tags": _swap_tags,
    "swap lines": _swap_lines,
    "replace values": _replace_value,
    "replace numbers": _replace_number,
    "declare an encoding": _declare,
    "encode": _encode,
    "swap JSON types": _swap_types,
}

_DESTROYING = {"begin late", "end early", "encode", "declare an encoding"}
_WEIGHTS = [1 if kind in _DESTROYING else 3 for kind in KINDS]
"""Whatever comes after what leaves little of a document finds little to damage."""


def mutations(most: int = 4) -> st.SearchStrategy[list[Mutation]]:
    """Draw one to `most` changes."""
    # Hypothesis likes small numbers, and would do most of its damage to the first bytes: a number is only a seed here.
    return st.lists(st.integers(0, 2**32 - 1).map(_change), min_size=1, max_size=most, unique=True)


def _change(seed: int) -> Mutation:
    chance = Random(seed)
    (kind,) = chance.choices(list(KINDS), _WEIGHTS)
    return Mutation(kind, chance.randrange(10_000), chance.randrange(1_000), chance.randrange(1_000))
