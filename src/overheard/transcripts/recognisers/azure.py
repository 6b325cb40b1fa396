"""Azure Speech: phrases with times in ticks or milliseconds, speakers by number.

Reads: `recognizedPhrases[]` of batch transcription 3.x (`nBest[0].display`, `offsetInTicks`) and `phrases[]` of fast
transcription (`text`, `offsetMilliseconds`); where there are none, `combinedRecognizedPhrases` and `combinedPhrases`.
Seen: documented only.
Traps: phrases come channel by channel, so they are told in the order of time; `recognitionStatus` other than Success
has no words; speakers are numbered anew on each channel.
"""

from __future__ import annotations

from typing import Any

from overheard.records import Reading
from overheard.transcripts.payload import Row, first_of, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import Speech, read_turns

_TICKS = 10_000_000
"""A second's."""


def recognises(content: Content) -> bool:
    """Say whether there are phrases as one of the two services writes them."""
    return any(True for _ in _phrases(content.data)) or any(
        isinstance(member(content.data, key), list) for key in ("combinedRecognizedPhrases", "combinedPhrases")
    )


def _phrases(data: Any) -> list[Row]:
    batch = [row for row in rows_of(member(data, "recognizedPhrases")) if "nBest" in row]
    return batch or [row for row in rows_of(member(data, "phrases")) if "offsetMilliseconds" in row]


def read_azure(content: Content) -> Reading:
    """Read the turns."""
    phrases = _phrases(content.data)
    several = len({str(row.get("channel")) for row in phrases}) > 1
    speeches = sorted((_speech(row, several) for row in phrases), key=lambda speech: speech.start or 0)
    if not speeches:
        rows = rows_of(member(content.data, "combinedRecognizedPhrases")) + rows_of(
            member(content.data, "combinedPhrases")
        )
        speeches = [Speech(None, text_of(first_of(row, "display", "text")), begins=True) for row in rows]
    return Reading(content.place, read_turns(speeches))


def _speech(row: Row, several: bool) -> Speech:
    speaker = speaker_of(row.get("speaker"))
    if several:
        channel = f"Channel {row.get('channel')}"
        speaker = f"{channel}, {speaker}" if speaker else channel
    text = text_of(first_of(member(row, "nBest", 0), "display", "lexical")) or text_of(row.get("text"))
    start = milliseconds_of(row.get("offsetMilliseconds"), 1000)
    if start is None:
        start = milliseconds_of(row.get("offsetInTicks"), _TICKS)
    if start is None:
        start = milliseconds_of(row.get("offset"), _TICKS)
    return Speech(speaker, text, start)


READER = Reader("Azure Speech", recognises, read_azure)
