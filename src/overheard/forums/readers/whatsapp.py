"""WhatsApp chats as its "export chat" writes them to text.

Reads: `[17/10/2021, 09:16:29] Ann: text` (iPhone) and `17/10/2021, 09:16 - Ann: text` (Android), in any language.
Seen: documented only.
Traps: day and month come in the phone's order; a message goes on over lines; notices have no name; times are local.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice, pairwise

from overheard.errors import UnreadableError
from overheard.forums.dates import Order, Printed, find_date, resolve
from overheard.forums.reader import Content, Reader
from overheard.records import Post, Reading

_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[\s\u202f]?[AaPp]\.?[\s\u202f]?[Mm]\.?)?"
_WHEN = rf"{_DATE},?[\s\u202f](?:[^\W\d]{{1,3}}[\s\u202f])?{_CLOCK}"
_IPHONE = rf"\[(?P<iphone>{_WHEN})\](?:[\s\u202f]-)?[\s\u202f]"
_ANDROID = rf"(?P<android>{_WHEN})[\s\u202f][-–][\s\u202f]"
_HEAD = re.compile(rf"[\u200e\u200f\ufeff]?(?:{_IPHONE}|{_ANDROID})(?P<rest>.*)")
_NAMED = re.compile(r"[\u200e\u200f~\u202f ]{0,4}(?P<name>[^:\n\"“«]{1,60}?)(?:: |:$)(?P<text>.*)")
_OWN_WORDS = "\u200e"
"""What an iPhone writes before words of WhatsApp's own: notices, "image omitted", "this message was deleted"."""
_MARKS = re.compile(r"[\u200e\u200f\u202a-\u202c]")
_NO_WORDS = re.compile(
    r"<[^<>\n]{3,60}>$|[^\n]{1,80}\.(?:jpg|jpeg|png|webp|opus|mp4|m4a|pdf|vcf) \([^()\n]{3,40}\)$|null$"
    r"|(?:this message was deleted|you deleted this message|waiting for this message|diese nachricht wurde gelöscht"
    r"|se eliminó este mensaje|ce message a été supprimé|questo messaggio è stato eliminato|mensagem apagada"
    r"|dit bericht is verwijderd)\b",
    re.IGNORECASE,
)
"""What an Android phone writes where a picture was, or where a message was deleted."""
_EDITED = re.compile(r"[ ]?<[^<>\n]{3,40}edited>$", re.IGNORECASE)
_LOOKED_AT = 60_000
_FEWEST_HEADS = 2
_FEW_LINES = 400
_SHARE = 0.2
"""Of the first lines; messages go on over lines."""


@dataclass(slots=True)
class _Entry:
    printed: Printed | None
    name: str
    lines: list[str] = field(default_factory=list)


def is_whatsapp(content: Content) -> bool:
    """Say whether the lines begin as such an export's do."""
    lines = [line for line in islice(content.text[:_LOOKED_AT].split("\n"), _FEW_LINES) if line.strip()]
    heads = [found for line in lines if (found := _HEAD.match(line))]
    named = sum(_NAMED.match(found["rest"]) is not None for found in heads)
    return len(heads) >= max(_FEWEST_HEADS, _SHARE * len(lines)) and named > 0 and _HEAD.match(lines[0]) is not None


def read_whatsapp(content: Content) -> tuple[Reading, ...]:
    """Read the messages of one chat; a date that can be read two ways in the whole file is left open.

    Raises:
        UnreadableError: nobody says anything in the export.
    """
    entries = list(_entries(content))
    order = _order_of([entry.printed for entry in entries if entry.printed], content.fetched_at)
    posts: list[Post] = []
    for entry in entries:
        text = _EDITED.sub("", "\n".join(entry.lines).strip())
        if not any(char.isalnum() for char in text) or _NO_WORDS.match(text):
            continue
        said_at = resolve(entry.printed, order, timedelta()) if entry.printed else None
        posts.append(Post(text, entry.name, len(posts), said_at))
    if not posts:
        raise UnreadableError(content.url, "nobody says anything in the export", "export the chat again, without media")
    return (Reading("", tuple(posts)),)


def _entries(content: Content) -> Iterator[_Entry]:
    entry: _Entry | None = None
    for line in content.text.split("\n"):
        head = _HEAD.match(line)
        if head is None:
            if entry is not None:
                entry.lines.append(_MARKS.sub("", line).rstrip())
            continue
        if entry is not None and entry.name:
            yield entry
        named = _NAMED.match(head["rest"])
        printed = find_date((head["iphone"] or head["android"]).replace("\u202f", " "), content.fetched_at)
        is_own = named is not None and named["text"].startswith(_OWN_WORDS)
        name = _MARKS.sub("", named["name"]).strip() if named and not is_own else ""
        entry = _Entry(printed, name, [_MARKS.sub("", named["text"]).rstrip()] if named else [])
    if entry is not None and entry.name:
        yield entry


def _order_of(dates: list[Printed], fetched_at: datetime) -> Order:
    """Decide the phone's order: by a day over 12, by the future, or by which of the two lets the chat go forward."""
    settled = {printed.settled for printed in dates} - {"unknown"}
    if settled:
        return "unknown" if len(settled) > 1 else next(iter(settled))
    both = [printed.readings for printed in dates if len(printed.readings) > 1]
    latest = (fetched_at + timedelta(days=1)).timetuple()[:3]
    orders: tuple[Order, Order] = ("day first", "month first")
    fits = []
    for index, order in enumerate(orders):
        days = [readings[index] for readings in both]
        if all(day <= latest for day in days) and all(earlier <= later for earlier, later in pairwise(days)):
            fits.append(order)
    return fits[0] if len(fits) == 1 else "unknown"


READER = Reader("WhatsApp export", is_whatsapp, read_whatsapp)
