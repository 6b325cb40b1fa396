"""IBM Watson Speech to Text: results with alternatives, words as `[word, from, to]`, speakers told by time.

Reads: `results[].alternatives[0].timestamps` and `speaker_labels` of the answer of `/v1/recognize`, and of a job of
`/v1/recognitions` (which wraps them once more); `transcript` where there are no times.
Seen: 2018, a job with speakers.
Traps: `%HESITATION` stands for a sound, not for a word, and is left out; interim results (`final` false) say the same
again before the final one; `keywords_result` and `word_alternatives` are no speech.
"""

from __future__ import annotations

from typing import Any

from overheard.records import Reading
from overheard.transcripts.payload import Row, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import read_turns
from overheard.transcripts.words import Span, SpeakersByTime, Word, speeches_of

_NO_WORD = "%HESITATION"


def recognises(content: Content) -> bool:
    """Say whether there are results with Watson's times or its index of results."""
    return any(
        isinstance(member(row, "alternatives", 0, "timestamps"), list) or ("result_index" in answer and "final" in row)
        for answer in _answers(content.data)
        for row in rows_of(answer.get("results"))
    )


def read_watson(content: Content) -> Reading:
    """Read the turns."""
    words: list[Word] = []
    for answer in _answers(content.data):
        speakers = SpeakersByTime(_spans(answer))
        for row in rows_of(answer.get("results")):
            if row.get("final") is not False:
                words += _words(row, speakers)
    return Reading(content.place, read_turns(speeches_of(words)))


def _answers(data: Any) -> list[Row]:
    """Return the answers: one, or those a job wraps."""
    if not isinstance(data, dict):
        return []
    wrapped = [row for row in rows_of(data.get("results")) if isinstance(row.get("results"), list)]
    return wrapped or [data]


def _spans(answer: Row) -> list[Span]:
    labels = rows_of(answer.get("speaker_labels"))
    told = [(milliseconds_of(row.get("from")), speaker_of(row.get("speaker"))) for row in labels]
    return [Span(start, speaker) for start, speaker in told if start is not None and speaker]


def _words(row: Row, speakers: SpeakersByTime) -> list[Word]:
    best = member(row, "alternatives", 0)
    times = member(best, "timestamps")
    words = []
    for entry in times if isinstance(times, list) else ():
        start, end = milliseconds_of(member(entry, 1)), milliseconds_of(member(entry, 2))
        words.append(Word(text_of(member(entry, 0)), speakers.speaker_at(start), start, end))
    words = words or [Word(text) for text in text_of(member(best, "transcript")).split()]
    return [word for word in words if word.text != _NO_WORD]


READER = Reader("IBM Watson", recognises, read_watson)
