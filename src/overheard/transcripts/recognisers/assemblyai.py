"""AssemblyAI: `utterances` of speakers "A", "B" …, or words, with times in milliseconds.

Reads: the answer of `/v2/transcript/ID`: `utterances`, else `words`, else `text`.
Seen: 2023, with and without `speaker_labels`.
Traps: `utterances` is null where speakers were not asked for; a job that failed has `status` "error" and no words;
with `multichannel` a speaker is "1A".
"""

from __future__ import annotations

from typing import Any

from overheard.errors import UnreadableError
from overheard.records import Reading
from overheard.transcripts.payload import Row, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import Speech, read_turns
from overheard.transcripts.words import Word, speeches_of

_MARKS = {"audio_url", "acoustic_model", "language_model", "audio_duration", "speech_model", "utterances"}


def recognises(content: Content) -> bool:
    """Say whether this is a job of AssemblyAI's: an id, a status and what was recognised."""
    data = content.data
    return isinstance(data, dict) and "status" in data and "words" in data and bool(_MARKS & data.keys())


def read_assemblyai(content: Content) -> Reading:
    """Read the turns.

    Raises:
        UnreadableError: the job failed or is not done yet.
    """
    data = content.data
    if data["status"] in ("error", "queued", "processing"):
        what = "is a job of AssemblyAI's that failed" if data["status"] == "error" else "is a job that is not done yet"
        raise UnreadableError(content.place, what, "fetch the transcript again once its status is completed")
    speeches = [_speech(row) for row in rows_of(data.get("utterances"))]
    if not speeches:
        speeches = speeches_of(_word(row) for row in rows_of(data["words"]))
    if not speeches and text_of(data.get("text")):
        speeches = [Speech(None, text_of(data["text"]))]
    return Reading(content.place, read_turns(speeches))


def _speech(row: Row) -> Speech:
    start, end = _times(row)
    return Speech(speaker_of(member(row, "speaker")), text_of(row.get("text")), start, end)


def _word(row: Row) -> Word:
    start, end = _times(row)
    return Word(text_of(row.get("text")), speaker_of(row.get("speaker")), start, end)


def _times(row: Any) -> tuple[int | None, int | None]:
    return milliseconds_of(row.get("start"), 1000), milliseconds_of(row.get("end"), 1000)


READER = Reader("AssemblyAI", recognises, read_assemblyai)
