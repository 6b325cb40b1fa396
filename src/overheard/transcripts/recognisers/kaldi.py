"""BBC Kaldi: words with their written form, and segments that tell who speaks when; times in seconds.

Reads: `words[]` with `punct` and `segmentation.segments[]` with `speaker`, bare or within `retval`.
Seen: 2018, with segments and without.
Traps: `word` is in lower case and bare, `punct` is what readers see; `segments` may be an empty list, or segmentation
null; a speaker is told by `@id`.
"""

from __future__ import annotations

from typing import Any

from overheard.records import Reading
from overheard.transcripts.payload import Row, first_of, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import read_turns
from overheard.transcripts.words import Span, SpeakersByTime, Word, speeches_of


def recognises(content: Content) -> bool:
    """Say whether there are words with a bare and a written form."""
    words = rows_of(_answer(content.data).get("words"))
    return bool(words) and "punct" in words[0] and "word" in words[0]


def read_kaldi(content: Content) -> Reading:
    """Read the turns."""
    answer = _answer(content.data)
    speakers = SpeakersByTime(_spans(rows_of(member(answer, "segmentation", "segments"))))
    words = []
    for row in rows_of(answer.get("words")):
        start = milliseconds_of(row.get("start"))
        text = text_of(first_of(row, "punct", "word"))
        words.append(Word(text, speakers.speaker_at(start), start, milliseconds_of(row.get("end"))))
    return Reading(content.place, read_turns(speeches_of(words)))


def _answer(data: Any) -> Row:
    answer = member(data, "retval") or data
    return answer if isinstance(answer, dict) else {}


def _spans(segments: list[Row]) -> list[Span]:
    told = [(milliseconds_of(row.get("start")), speaker_of(member(row, "speaker", "@id"))) for row in segments]
    return [Span(start, speaker) for start, speaker in told if start is not None and speaker]


READER = Reader("BBC Kaldi", recognises, read_kaldi)
