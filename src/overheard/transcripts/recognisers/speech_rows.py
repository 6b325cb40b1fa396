"""Rows of speech in anybody's JSON: a list whose objects say words and who says them, or from when to when.

Reads: segments (`text`, `transcript`, `sentence`, `body` …) and words (`word`, `value`, `punctuated_word` …) with
`speaker`, `speaker_name`, `speakerDisplayName` … or with a start and an end; speakers of words also from the objects
around them, or from a second list of `paragraphs`, `segments` or `speakers` with times; names of speakers' ids from a
list `speakers` or `participants`. Made after Microsoft Teams (`entries`), Podcasting 2.0 (`segments`, `body`),
Fireflies (`sentences`), Gladia (`utterances`), Sonix and Trint (`transcript`, `words`), ElevenLabs (`words`), Recall.ai
(`participant`), Otter (`transcripts`), Digital Paper Edit and autoEdit (`words`, `line`), youtube-transcript-api.
Seen: Trint; the others documented only.
Traps: the same words stand in segments and in the words within them, and only one list is read; a time in whole numbers
may count seconds or milliseconds, which the speed of speech tells; lists of messages (a text, an author and one time)
are no talk; summaries, chapters and translations are not what was said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from overheard.records import Reading
from overheard.transcripts.payload import Row, first_of, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import read_turns
from overheard.transcripts.words import Span, SpeakersByTime, Word, speeches_of

_TEXTS = ("punctuated_word", "text", "transcript", "sentence", "body", "content", "spokenText", "word", "value", "utf8")
_SPEAKERS = (
    *("speaker_name", "speakerName", "speakerDisplayName", "speaker", "speaker_label", "speakerLabel"),
    *("speaker_id", "speakerId", "participant"),
)
_STARTS = (
    *("start", "start_time", "startTime", "start_ms", "startMs", "startMilliseconds", "startOffset", "start_offset"),
    *("begin", "offset", "time", "in", "start_timestamp", "startTimestamp"),
)
_ENDS = (
    *("end", "end_time", "endTime", "end_ms", "endMs", "endMilliseconds", "endOffset", "end_offset", "duration"),
    *("dur", "out", "end_timestamp", "endTimestamp", "stop"),
)
_NOT_SAID = ("summary", "summaries", "chapters", "translations", "translation", "highlights", "alternatives", "topics")
_DEEPEST = 12
_MOST_LISTS = 200_000
_SAME_SHARE = 0.9
"""Of the characters of the fullest list: another with as many says the same in other pieces."""
_SLOWEST = 0.5
"""Characters a unit of time. People say 5 to 30 a second, so 0.005 to 0.03 a millisecond."""


@dataclass(slots=True)
class _Rows:
    """The objects of all lists that stand in the same place, each with the speaker told around it."""

    rows: list[Row] = field(default_factory=list)
    around: list[str | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Measured:
    """How much the rows of one place say: characters, rows, and rows whose speaker is known."""

    found: _Rows
    size: int
    rows: int
    named: int


def recognises(content: Content) -> bool:
    """Say whether this is JSON; whether a list in it holds rows of speech takes reading it."""
    return content.data is not None


def read_rows(content: Content) -> Reading:
    """Read the turns from the fullest list; none where no list holds rows of speech."""
    fullest = _fullest(content.data)
    if fullest is None:
        return Reading(content.place, ())
    found = fullest.found
    names = _names(content.data)
    starts = [first_of(row, *_STARTS) for row in found.rows]
    per_second = _unit(starts, fullest)
    moments = [_moment(row, start, per_second) for row, start in zip(found.rows, starts, strict=True)]
    by_time = SpeakersByTime(_spans(content.data, per_second) if not fullest.named else ())
    words = []
    for row, around, moment in zip(found.rows, found.around, moments, strict=True):
        speaker = _speaker(row) or around
        name = names.get(speaker, speaker) if speaker else by_time.speaker_at(moment)
        words.append(Word(_text(row), name, moment))
    return Reading(content.place, read_turns(speeches_of(words)))


def _fullest(data: Any) -> _Measured | None:
    """Return the list with most words; of those that say the same, the one with speakers, then with longer texts."""
    places: dict[tuple[str, ...], _Rows] = {}
    for place, row, around in _walk(data):
        here = places.setdefault(place, _Rows())
        here.rows.append(row)
        here.around.append(around)
    speech = [measured for found in places.values() if (measured := _measured(found)) is not None]
    most = max((measured.size for measured in speech), default=0)
    alike = [measured for measured in speech if measured.size >= _SAME_SHARE * most]
    return max(alike, key=lambda one: (2 * one.named > one.rows, one.size / one.rows), default=None)


def _measured(found: _Rows) -> _Measured | None:
    """Measure rows; None where they are no speech: neither speakers nor starts and ends are told for half of them."""
    size = sum(len(_text(row)) for row in found.rows)
    named = sum(bool(_speaker(row) or name) for row, name in zip(found.rows, found.around, strict=True))
    timed = sum(first_of(row, *_STARTS) is not None and first_of(row, *_ENDS) is not None for row in found.rows)
    is_speech = size > 0 and 2 * max(named, timed) >= len(found.rows)
    return _Measured(found, size, len(found.rows), named) if is_speech else None


def _walk(data: Any) -> Iterator[tuple[tuple[str, ...], Row, str | None]]:
    """Yield every object of every list with a text: the keys that lead there, the object, the speaker around it."""
    waiting: list[tuple[tuple[str, ...], Any, str | None]] = [((), data, None)]
    lists = 0
    while waiting and lists < _MOST_LISTS:
        place, value, around = waiting.pop()
        inner: list[tuple[tuple[str, ...], Any, str | None]] = []
        for row in rows_of(value) if isinstance(value, list) else [value] if isinstance(value, dict) else ():
            if isinstance(value, list) and _text(row):
                yield place, row, around
            if len(place) < _DEEPEST:
                name = _speaker(row) or around
                inner += [
                    ((*place, key), below, name)
                    for key, below in row.items()
                    if isinstance(below, dict | list) and key not in _NOT_SAID
                ]
        lists += 1
        # Depth first, and the first of a list first, so that pieces come in the order of the file.
        waiting += reversed(inner)


def _text(row: Row) -> str:
    return next((text for key in _TEXTS if (text := text_of(row.get(key)))), "")


def _speaker(row: Row) -> str | None:
    told = first_of(row, *_SPEAKERS)
    if isinstance(told, dict):
        told = first_of(told, "name", "display_name", "displayName", "label", "id", "@id")
    return speaker_of(told)


def _names(data: Any) -> dict[str, str]:
    """Return the names told for speakers' ids."""
    names = {}
    for key in ("speakers", "participants"):
        for row in rows_of(member(data, key)) or rows_of(member(data, "speech", key)):
            number = speaker_of(first_of(row, "id", "speaker_id", "speakerId"))
            name = text_of(first_of(row, "name", "speaker_name", "speakerName", "display_name"))
            if number and name:
                names[number] = name
    return names


def _unit(starts: Sequence[Any], fullest: _Measured) -> int:
    """Return how many units of time make a second: 1, or 1,000 where nobody could speak so slowly otherwise."""
    numbers = [start for start in starts if isinstance(start, int | float) and not isinstance(start, bool)]
    if not numbers or not all(0 <= number < 1e12 for number in numbers):
        return 1
    lasts = max(numbers) - min(numbers)
    if not lasts:
        ends = [row.get("end") for row in fullest.found.rows]
        lasts = max((end for end in ends if isinstance(end, int | float)), default=0) - min(numbers)
    return 1000 if lasts > 0 and fullest.size / lasts < _SLOWEST else 1


def _moment(row: Row, start: Any, per_second: int) -> int | None:
    told_in_milliseconds = any(row.get(key) is not None for key in ("start_ms", "startMs", "startMilliseconds"))
    if isinstance(start, dict) and "relative" in start:
        start = start["relative"]
    return milliseconds_of(start, 1000 if told_in_milliseconds else per_second)


def _spans(data: Any, per_second: int) -> list[Span]:
    """Return who speaks when, from a list beside the words."""
    for key in ("paragraphs", "segments", "speakers"):
        rows = rows_of(member(data, key))
        told = [
            (_moment(row, first_of(row, *_STARTS), per_second), _speaker(row) or speaker_of(row.get("name")))
            for row in rows
        ]
        spans = [Span(start, name) for start, name in told if start is not None and name]
        if spans:
            return spans
    return []


READER = Reader("rows of speech", recognises, read_rows)
