"""Speechmatics: words and signs, each with alternatives that name the speaker; times in seconds.

Reads: json-v2 (`results[]` of `type` word, punctuation or entity, `alternatives[0].content` and `.speaker`, or
`channel`) and json-v1 (`words[]` with `name` and `time`, `speakers[]` with `time` and `duration`).
Seen: documented only.
Traps: signs say by `attaches_to` on which side no space stands; speaker "UU" is nobody known; Chinese and Japanese have
an empty `word_delimiter`; an entity repeats its words in `spoken_form` and `written_form`; in json-v1 a sign is a word
of its own.
"""

from __future__ import annotations

from typing import Any

from overheard.records import Reading
from overheard.transcripts.payload import Row, first_of, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import read_turns
from overheard.transcripts.words import Span, SpeakersByTime, Word, speeches_of

_SPOKEN = ("word", "punctuation", "entity")
_UNKNOWN = "UU"
_SIGNS = frozenset(".,?!;:")


def recognises(content: Content) -> bool:
    """Say whether there are results with a type and alternatives, or named words beside timed speakers."""
    return bool(_results(content.data)) or bool(_old_words(content.data))


def read_speechmatics(content: Content) -> Reading:
    """Read the turns."""
    results = _results(content.data)
    words = _new(content.data, results) if results else _old(content.data)
    return Reading(content.place, read_turns(speeches_of(words)))


def _results(data: Any) -> list[Row]:
    rows = rows_of(member(data, "results"))
    return [row for row in rows if row.get("type") in _SPOKEN and "alternatives" in row]


def _old_words(data: Any) -> list[Row]:
    rows = rows_of(member(data, "words"))
    return [row for row in rows if "name" in row and "time" in row]


def _new(data: Any, results: list[Row]) -> list[Word]:
    delimiter = member(data, "metadata", "language_pack_info", "word_delimiter")
    words = []
    clings = False
    for row in results:
        best = member(row, "alternatives", 0)
        name = first_of(best, "speaker") or row.get("channel")
        speaker = None if name == _UNKNOWN else speaker_of(name)
        side = row.get("attaches_to")
        is_glued = clings or side in ("previous", "both") or delimiter == ""
        times = milliseconds_of(row.get("start_time")), milliseconds_of(row.get("end_time"))
        words.append(Word(text_of(first_of(best, "content")), speaker, *times, is_glued=is_glued))
        clings = side in ("next", "both")
    return words


def _old(data: Any) -> list[Word]:
    told = [(milliseconds_of(row.get("time")), row.get("name")) for row in rows_of(member(data, "speakers"))]
    named = [(start, speaker_of(name)) for start, name in told if name != _UNKNOWN]
    speakers = SpeakersByTime([Span(start, name) for start, name in named if start is not None and name])
    words = []
    for row in _old_words(data):
        text, start = text_of(row.get("name")), milliseconds_of(row.get("time"))
        lasts = milliseconds_of(row.get("duration"))
        end = start + lasts if start is not None and lasts is not None else None
        is_sign = text in _SIGNS
        words.append(Word(text, None if is_sign else speakers.speaker_at(start), start, end, is_glued=is_sign))
    return words


READER = Reader("Speechmatics", recognises, read_speechmatics)
