"""Whisper and what is built on it: segments of speech with times in seconds.

Reads: `segments` (openai-whisper, whisper-timestamped, faster-whisper's servers, OpenAI's `verbose_json` and
`diarized_json`, WhisperX with `speaker` on segments or words), `transcription` with `offsets` (whisper.cpp), `chunks`
and `speakers` with `timestamp` pairs (transformers, insanely-fast-whisper), and `text` alone (OpenAI's `json`).
Seen: whisper-timestamped; the others documented only.
Traps: a segment begins with a space, and one of Chinese or Japanese with none; the last `timestamp` may end in null;
`words` repeat what their segment says; whisper.cpp writes `[_BEG_]` into tokens, not into text, and marks a change of
speaker by `speaker_turn_next`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from overheard.records import Reading
from overheard.transcripts.payload import Row, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import Speech, read_turns
from overheard.transcripts.words import Word, joint_between, speeches_of

_NOTHING_BUT_TEXT = {"text", "language", "task", "duration", "usage", "logprobs"}


def recognises(content: Content) -> bool:
    """Say whether there are segments as one of the Whisper programs writes them, or text and nothing else."""
    data = content.data
    if not isinstance(data, dict):
        return False
    rows = _segments(data)
    return bool(rows) or bool(text_of(data.get("text")) and data.keys() <= _NOTHING_BUT_TEXT)


def read_whisper(content: Content) -> Reading:
    """Read the turns; segments without a speaker belong to the speaker before."""
    rows = _segments(content.data)
    speeches: list[Speech] = []
    begins = False
    for row in rows:
        said = _said(row, speeches, begins)
        speeches += said
        begins = row.get("speaker_turn_next") is True if said else begins
    if not rows:
        speeches = [Speech(None, text_of(content.data.get("text")))]
    return Reading(content.place, read_turns(speeches))


def _segments(data: Any) -> Sequence[Row]:
    """Return the segments of whichever program wrote them; none where any has no time."""
    for key in ("speakers", "segments", "transcription", "chunks"):
        rows = [row for row in rows_of(member(data, key)) if text_of(row.get("text"))]
        if rows and all(_times(row)[0] is not None for row in rows):
            return rows
    return ()


def _times(row: Row) -> tuple[int | None, int | None]:
    if isinstance(row.get("offsets"), dict):
        pair = member(row, "offsets", "from"), member(row, "offsets", "to")
        return milliseconds_of(pair[0], 1000), milliseconds_of(pair[1], 1000)
    if isinstance(row.get("timestamp"), list):
        return milliseconds_of(member(row, "timestamp", 0)), milliseconds_of(member(row, "timestamp", 1))
    return milliseconds_of(row.get("start")), milliseconds_of(row.get("end"))


def _said(row: Row, before: Sequence[Speech], begins: bool) -> list[Speech]:
    """Return what a segment says: in one piece, or word by word where only the words have speakers."""
    words = rows_of(row.get("words"))
    if speaker_of(row.get("speaker")) is None and any(speaker_of(word.get("speaker")) for word in words):
        return speeches_of(
            Word(
                text_of(word.get("word")) or text_of(word.get("text")),
                speaker_of(word.get("speaker")),
                milliseconds_of(word.get("start")),
                milliseconds_of(word.get("end")),
            )
            for word in words
        )
    text = text_of(row.get("text"))
    joint = joint_between(before[-1].text, text) if before else " "
    return [Speech(speaker_of(row.get("speaker")), text, *_times(row), joint=joint, begins=begins)]


READER = Reader("Whisper", recognises, read_whisper)
