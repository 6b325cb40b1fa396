"""IRC logs: one line a message, after the time it was said.

Reads: supybot and Limnoria, irssi, WeeChat, ZNC, XChat and HexChat, mIRC, eggdrop, Quassel.
Seen: supybot; everything else documented only.
Traps: most logs tell the day in a line of its own, or only in the file's name; past midnight without such a line the
    day is unknown; XChat writes what happens ("has joined") as it writes what somebody does; times without a zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from overheard.errors import UnreadableError
from overheard.forums.conversations import chat_quotes
from overheard.forums.dates import find_date, resolve
from overheard.forums.reader import Content, Reader
from overheard.records import Post, Reading

_DATED = re.compile(
    r"[\[(]?(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?[ ]?(Z|[+-]\d\d:?\d\d)?[\])]?(?=\s)"
)
_MONTH_DAY = re.compile(r"[\[(]?(\w{3,4}) {1,2}(\d{1,2}) (\d\d):(\d\d)(?::(\d\d))?[\])]?(?=\s)")
_CLOCK = re.compile(r"[\[(]?(\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AaPp])[Mm])?[\])]?(?=\s|<)")
_SAID = re.compile(r"[ \t]*(?:<|&lt;)[ @+%&~!]?([^\s<>&]{1,64})(?:>|&gt;)[ \t]*(.*)")
_DID = re.compile(r"[ \t]*(?:\*[ \t]*|Action: )([^\s*]{1,64})[ \t]+(\S.*)")
_TABBED = re.compile(r"\t(?P<nick>[^\t]{1,64})\t(?P<text>.*)")
_TABBED_NOTICES = frozenset(["-->", "<--", "--", "=!="])
_NO_NICKS = frozenset(
    ["Now", "Topic", "You", "Disconnected", "Set", "Joins:", "Parts:", "Quits:", "Attempting", "Rejoined"]
)
_HAPPENED = re.compile(
    r"(?:\([^()\s]{1,120}\) |\[[^\]\s]{1,120}\] )?(?:(?:has|have) (?:joined|left|quit|kicked|changed|set)"
    r"|is now known as"
    r"|sets? (?:mode|topic|the topic)|was kicked|gives (?:channel|voice|half)|removes (?:channel|voice|half|ban)"
    r"|(?:joined|left) [#&]|quit(?: \(|$))"
)
_MARKER = re.compile(r"(?:\[?\d\d:\d\d(?::\d\d)?\]? )?(?:---|===|\*\*\*\*|Session (?:Start|Time|Close|Ident))[-=* :]")
_CLOCK_IN_MARKER = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\b")
_ROOM = re.compile(r"(?:has joined|joined|[Nn]ow talking (?:on|in)|Session Ident:|Topic for) :?([#&][^\s,:]{1,80})")
_ADDRESSED = re.compile(r"([^\s<>:,]{1,64})[:,] ")
_CODES = re.compile(r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|[\x02\x0f\x11\x16\x1d\x1e\x1f]")
"""mIRC's colours and styles, which readers see as such."""
_LOOKED_AT = 100_000
"""Characters, and lines at most, that are looked at to recognise a log."""
_MOST_LINES = 400
_NEARLY_ALL = 0.8
"""Share of the lines that are of a log's form; the rest are damaged or continue one."""
_MEND = "give a channel's log with the time and <nick> before each message"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: `nick` is empty where nobody says anything in it."""

    said_at: datetime | None
    nick: str
    text: str


@dataclass(slots=True)
class _Calendar:
    """The day the log is at. `year` is told by the last marker; `clock` is the last time of that day."""

    day: date | None = None
    clock: time | None = None

    def begin(self, day: date) -> None:
        self.day, self.clock = day, None

    def at(self, clock: time) -> datetime | None:
        """Return the instant of a time of day; past midnight the day is unknown until the log tells it."""
        if self.clock is not None and clock < self.clock:
            self.day = None
        self.clock = clock
        return datetime.combine(self.day, clock, UTC) if self.day else None


def is_irc_log(content: Content) -> bool:
    """Say whether nearly all first lines are of a log's form and one of them is a message."""
    lines = list(islice(_lines(content.text[:_LOOKED_AT]), _MOST_LINES))
    timed = [rest for line in lines if (rest := _after_time(line)) is not None]
    if not lines or len(timed) + sum(_is_marker(line) for line in lines) < _NEARLY_ALL * len(lines):
        return False
    tabbed = [found["nick"].strip() for rest in timed if (found := _TABBED.match(rest))]
    return any(_SAID.match(rest) for rest in timed) or (
        len(tabbed) == len(timed) and not _TABBED_NOTICES.isdisjoint(tabbed)
    )


def read_irc_log(content: Content) -> tuple[Reading, ...]:
    """Read the messages of one log; what a person does ("* ann waves") is a message as well.

    Raises:
        UnreadableError: nobody says anything in the log.
    """
    calendar = _Calendar()
    posts: list[Post] = []
    problems: list[tuple[int, str]] = []
    for number, whole in enumerate(content.text.split("\n"), 1):
        line = _CODES.sub("", whole).rstrip()
        if not line or _begins_day(line, calendar, content.fetched_at):
            continue
        read = _read_line(line, calendar, content.fetched_at)
        if read is None:
            problems.append((number, "the line is none of a log: it has no time, or no name after it"))
        elif read.nick and any(char.isalnum() for char in read.text):
            quotes = chat_quotes(read.text)
            posts.append(Post(read.text, read.nick, len(posts), read.said_at, not_own=quotes))
    if not posts:
        raise UnreadableError(content.url, "nobody says anything in the log", _MEND)
    room = _ROOM.search(content.text)
    return (Reading(room[1] if room else "", tuple(_addressed(posts)), tuple(problems)),)


def _lines(text: str) -> Iterator[str]:
    return (stripped for line in text.split("\n") if (stripped := _CODES.sub("", line).rstrip()))


def _after_time(line: str) -> str | None:
    found = _DATED.match(line) or _MONTH_DAY.match(line) or _CLOCK.match(line)
    return line[found.end() :] if found else None


def _is_marker(line: str) -> bool:
    return _MARKER.match(line) is not None


def _begins_day(line: str, calendar: _Calendar, fetched_at: datetime) -> bool:
    """Note the day a marker tells ("--- Day changed Thu Oct 18 2012"); say whether the line is a marker."""
    if not _is_marker(line):
        return False
    printed = find_date(_CLOCK_IN_MARKER.sub("", line[:120]), fetched_at)
    day = resolve(printed, "unknown", timedelta()) if printed and printed.readings else None
    if day is not None:
        calendar.begin(day.date())
    return True


def _read_line(line: str, calendar: _Calendar, fetched_at: datetime) -> _Line | None:
    rest = _after_time(line)
    if rest is None:
        return None
    said_at = _said_at(line, calendar, fetched_at)
    tabbed = _TABBED.match(rest)
    if tabbed:
        return _read_tabbed(tabbed["nick"].strip(), tabbed["text"].strip(), said_at)
    said = _SAID.match(rest)
    if said:
        return _Line(said_at, said[1], said[2].strip())
    did = _DID.match(rest)
    if did and did[1] not in _NO_NICKS and not _HAPPENED.match(did[2]):
        return _Line(said_at, did[1], did[2].strip())
    return None if rest.lstrip().startswith("<") and not rest.lstrip().startswith("<-") else _Line(said_at, "", "")


def _read_tabbed(nick: str, text: str, said_at: datetime | None) -> _Line:
    if nick in _TABBED_NOTICES:
        return _Line(said_at, "", "")
    if nick == "*":
        nick, _, text = text.partition(" ")
        return _Line(said_at, "" if _HAPPENED.match(text) or nick in _NO_NICKS else nick, text)
    framed = _SAID.match(nick)
    return _Line(said_at, framed[1] if framed else nick.lstrip("@+%&~!"), text)


def _said_at(line: str, calendar: _Calendar, fetched_at: datetime) -> datetime | None:
    """Return when a line was said: its own date, or the day the log is at with the line's time."""
    dated = _DATED.match(line)
    if dated:
        printed = find_date(dated[0].strip("[]()"), fetched_at)
        return resolve(printed, "unknown", timedelta()) if printed else None
    month_day = _MONTH_DAY.match(line)
    if month_day:
        return _in_year(month_day, calendar, fetched_at)
    clock = _CLOCK.match(line)
    told = _clock(clock[1], clock[2], clock[3], clock[4]) if clock else None
    return calendar.at(told) if told else None


def _in_year(found: re.Match[str], calendar: _Calendar, fetched_at: datetime) -> datetime | None:
    """Add the year the last marker told; a month before the marker's is of the next year, for a log goes forward."""
    clock = _clock(found[3], found[4], found[5], None)
    if calendar.day is None or clock is None:
        return None
    for year in (calendar.day.year, calendar.day.year + 1):
        printed = find_date(f"{found[2]} {found[1]} {year}", fetched_at)
        day = resolve(printed, "unknown", timedelta()) if printed else None
        if day is not None and day.date() >= calendar.day:
            calendar.day = day.date()
            return datetime.combine(calendar.day, clock, UTC)
    return None


def _clock(hour: str, minute: str, second: str | None, half: str | None) -> time | None:
    hours = int(hour)
    if half and hours <= 12:
        hours = hours % 12 + (12 if half.casefold() == "p" else 0)
    try:
        return time(hours, int(minute), int(second or 0))
    except ValueError:
        return None


def _addressed(posts: Iterable[Post]) -> Iterator[Post]:
    """Note whom a message is for ("ann: try again"), where that name speaks in the log."""
    posts = list(posts)
    names = {post.author.casefold(): post.author for post in posts}
    for post in posts:
        found = _ADDRESSED.match(post.text)
        whom = names.get(found[1].lstrip("@").casefold()) if found else None
        yield replace(post, replies_to=whom) if whom and whom != post.author else post


READER = Reader("IRC log", is_irc_log, read_irc_log)
