"""What do a message's header lines say? Lenient: archives, old news software and spam bend every rule."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from overheard.forums.mail.charsets import decode_text
from overheard.forums.payload import instant_of

_FIELD = re.compile(rb"([!-9;-~]{1,80})[ \t]*:[ \t]*(.*)", re.DOTALL)
_LONGEST_HEAD = 400_000
"""Bytes; a longer head is none."""
_LONGEST_VALUE = 4_000
_WORD = re.compile(r"=\?([A-Za-z0-9_.:+-]{1,40})(?:\*[A-Za-z-]{1,20})?\?([bBqQ])\?([^?]{0,2000})\?=")
_QUOTED_NAME = re.compile(r'\s*+"((?:[^"\\]|\\.){0,400})"\s*<([^<>]{0,400})>')
_BARE_NAME = re.compile(r"\s*+([^<>]{0,400})<([^<>]{0,400})>")
_NAME_AFTER = re.compile(r"\s*+([^()<>]{1,400}?)\s*+\((.{0,400})\)\s*$", re.DOTALL)
_AT = re.compile(r"@|(?<!\s)\s+at\s+|_at_|(?<!\s)\s*[\[({]\s*at\s*[\])}]\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<!\S)\S+(?:@|\s+at\s+|_at_|\s*[\[({]\s*at\s*[\])}]\s*)[\w.-]+\.\w+", re.IGNORECASE)
_VIA = re.compile(r"^(.{1,200}?)\s++(?:via|por|über|durch)\s+\S.*$|^(.{1,200}?)\s++\(via .{1,80}\)$", re.IGNORECASE)
_ID = re.compile(r"<([^<>\s]{1,400})>")
_MOST_IDS = 100
_EARLIEST_YEAR = 1971
"""Before it no mail was sent; such a year is a clock that was never set."""
_LATEST_YEAR = 2100
_ZONES = {
    "wet": 0,
    "west": 60,
    "bst": 60,
    "met": 60,
    "mez": 60,
    "cet": 60,
    "mest": 120,
    "mesz": 120,
    "cest": 120,
    "sast": 120,
    "eet": 120,
    "eest": 180,
    "msk": 180,
    "msd": 240,
    "sgt": 480,
    "hkt": 480,
    "awst": 480,
    "jst": 540,
    "kst": 540,
    "acst": 570,
    "aest": 600,
    "acdt": 630,
    "aedt": 660,
    "nzst": 720,
    "nzdt": 780,
    "brt": -180,
    "nst": -210,
    "akdt": -480,
    "akst": -540,
    "hst": -600,
}
"""Minutes east of UTC. Names that mean several zones (IST, CST outside America) are not here."""
_ZONE_NAME = re.compile(r"(?<=\d )\(?([A-Za-z]{3,4})\)?(?=\s+\d{4}\s*$|\s*$)")
_GMT_OFFSET = re.compile(r"\b(?:GMT|UTC)\s?([+-])\s?(\d{1,2}):?(\d\d)?\b(?!\d)")


@dataclass(frozen=True, slots=True)
class Headers:
    """A message's head: (name in lower case, unfolded value), in order; encoded words are still encoded."""

    fields: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str:
        """Return the first value of a name; empty where there is none."""
        return next((value for key, value in self.fields if key == name), "")

    def has(self, *names: str) -> bool:
        """Say whether one of the names is there."""
        return any(key in names for key, _ in self.fields)

    def media_type(self) -> str:
        """Return the content type in lower case, without its parameters."""
        kind = self.first("content-type").split(";")[0].strip().lower()
        return {"": "text/plain", "text": "text/plain"}.get(kind, kind)

    def parameter(self, name: str, header: str = "content-type") -> str:
        """Return a parameter of a header; empty where there is none."""
        value = self.first(header)
        found = re.search(rf'(?:^|[;\s]){name}\*?\s*=\s*(?:"([^"]*)"|([^\s;"]+))', value, re.IGNORECASE)
        return (found[1] or found[2] or "").strip() if found else ""


def split_head(raw: bytes) -> tuple[Headers, bytes]:
    """Split a message (or a part of one) into its head and what follows the blank line.

    Args:
        raw: with "\\n" as line ends.
    """
    fields: list[tuple[str, list[bytes]]] = []
    at = 0
    while at < min(len(raw), _LONGEST_HEAD):
        end = raw.find(b"\n", at)
        end = len(raw) if end < 0 else end
        line = raw[at:end]
        if not line.strip(b" \t\r"):
            if fields:
                at = end + 1
                break
        elif line[:1] in b" \t" and fields:
            fields[-1][1].append(line)
        elif found := _FIELD.fullmatch(line):
            fields.append((found[1].decode("ascii").lower(), [found[2]]))
        elif not line.startswith((b">From ", b"From ")):
            break
        at = end + 1
    return Headers(tuple((name, _unfolded(lines)) for name, lines in fields)), raw[at:]


def _unfolded(lines: Sequence[bytes]) -> str:
    text = decode_text(b" ".join(line.strip(b" \t\r") for line in lines)[:_LONGEST_VALUE], "")
    return text.strip()


def decode_words(value: str) -> str:
    """Undo RFC 2047: return a header's value as mail programs show it, on one line."""
    out: list[str] = []
    pending: list[bytes] = []
    charset = ""
    at = 0

    def flush() -> None:
        if pending:
            out.append(decode_text(b"".join(pending), charset))
            pending.clear()

    for found in _WORD.finditer(value[:_LONGEST_VALUE]):
        between = value[at : found.start()]
        if between.strip() or not pending:
            flush()
            out.append(between)
        elif found[1].lower() != charset:
            flush()
        charset = found[1].lower()
        # A character of several bytes may be cut between two words: they are joined before they are decoded.
        pending.append(_word_bytes(found[2], found[3]))
        at = found.end()
    flush()
    out.append(value[at:_LONGEST_VALUE])
    return " ".join("".join(out).split())


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("latin-1", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data.replace(b" ", b"_"), header=True)
    return decode_base64(data)


def decode_base64(data: bytes) -> bytes:
    """Undo base64 as far as it goes: characters of other kinds are passed over, missing padding is added."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    kept = kept[: len(kept) - (len(kept) % 4 == 1)]
    return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def name_of_sender(value: str, is_list: bool = False) -> str:
    """Return whom a From header shows: the display name, else the address before the "@", never a whole address.

    Args:
        value: the header's value, still encoded.
        is_list: whether a list sent it on; lists write "Ann via the list" for senders whose domain forbids them to.
    """
    name, address = _name_and_address(value)
    name = " ".join(decode_words(re.sub(r"\\(.)", r"\1", name)).split()).strip(" '\"")
    if is_list and (found := _VIA.match(name)):
        name = (found[1] or found[2]).strip(" '\"")
    if name and not _ADDRESS.fullmatch(name):
        return _ADDRESS.sub("", name).strip(" <>,;'\"") or local_part(name)
    return local_part(name or address)


def _name_and_address(value: str) -> tuple[str, str]:
    for pattern in (_QUOTED_NAME, _BARE_NAME):
        if found := pattern.match(value):
            return found[1], found[2]
    if found := _NAME_AFTER.match(value):
        return (found[2], found[1]) if found[2].strip() else ("", found[1])
    return ("", value) if _AT.search(value) else (value, "")


def local_part(address: str) -> str:
    """Return what stands before the "@" of an address, also where it is written "ann at example.org"."""
    local = _AT.split(decode_words(address).strip().removeprefix("mailto:"), maxsplit=1)[0]
    return local.split("=")[0].strip(" <>()[]\"',;")


def ids_in(*values: str) -> tuple[str, ...]:
    """Return the message ids named in headers, each once, in their order."""
    found: dict[str, None] = {}
    for value in values:
        inside = _ID.findall(value)
        if not inside and "@" in value and len(value.split()) == 1:
            inside = [value.strip("<> ")]
        found.update(dict.fromkeys(inside))
    ids = list(found)
    # The first is the thread's root and the last the answered one: only what is between may go.
    return tuple(ids if len(ids) <= _MOST_IDS else [ids[0], *ids[1 - _MOST_IDS :]])


def read_mail_date(value: str) -> datetime | None:
    """Read a date as mail writes it (RFC 5322, asctime, ISO 8601) to aware UTC; None where it is none.

    A date without a zone, or with "-0000", is taken as UTC, as RFC 5322 asks.
    """
    text = " ".join(value[:120].split())
    text = _GMT_OFFSET.sub(lambda found: f"{found[1]}{int(found[2]):02d}{found[3] or '00'}", text)
    if (found := _ZONE_NAME.search(text)) and found[1].lower() in _ZONES:
        hours, minutes = divmod(abs(_ZONES[found[1].lower()]), 60)
        sign = "-" if _ZONES[found[1].lower()] < 0 else "+"
        # asctime writes the zone before the year ("11:06:56 CEST 2016").
        text = f"{text[: found.start()]}{text[found.end() :].strip()} {sign}{hours:02d}{minutes:02d}"
    try:
        parts = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        parts = None
    if parts is None:
        return instant_of(text)
    try:
        zone = timezone(timedelta(seconds=parts[9] or 0))
        at = datetime(*parts[:6], tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if _EARLIEST_YEAR <= at.year <= _LATEST_YEAR else None
