"""Amazon Transcribe: items (words and signs) with times in seconds as strings; speakers told beside them or on them.

Reads: `results.items` with `speaker_label` on items or `results.speaker_labels.segments[].items`, or with
`results.channel_labels.channels`; `results.audio_segments` and `results.transcripts` where there are no items; Call
Analytics (`Transcript[]` with `ParticipantRole`).
Seen: 2018 without speakers; the others documented only.
Traps: signs have no time and stand behind the word before; channels repeat all items, each in its own order.
"""

from __future__ import annotations

from overheard.errors import UnreadableError
from overheard.records import Reading
from overheard.transcripts.payload import Row, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import Speech, read_turns
from overheard.transcripts.words import Word, speeches_of

_RESULTS = {"items", "transcripts", "audio_segments"}


def recognises(content: Content) -> bool:
    """Say whether this is a job of Amazon Transcribe's with its results, or a call that was analysed."""
    data = content.data
    if not isinstance(data, dict):
        return False
    results = data.get("results")
    is_job = isinstance(results, dict) and "transcripts" in results and bool(_RESULTS & results.keys())
    return is_job or any("ParticipantRole" in row for row in rows_of(data.get("Transcript"))) or _has_failed(data)


def _has_failed(data: Row) -> bool:
    return "jobName" in data and data.get("status") == "FAILED"


def read_amazon(content: Content) -> Reading:
    """Read the turns.

    Raises:
        UnreadableError: the job failed.
    """
    data = content.data
    if _has_failed(data):
        raise UnreadableError(content.place, "is a job of Amazon Transcribe's that failed", "run the job again")
    results = data.get("results")
    speeches = [_said_in_call(row) for row in rows_of(data.get("Transcript"))]
    channels = rows_of(member(results, "channel_labels", "channels"))
    if not speeches and channels:
        speeches = speeches_of(_in_order(channels))
    if not speeches:
        speeches = speeches_of(_words(rows_of(member(results, "items")), _labels(results)))
    if not speeches:
        speeches = [_segment(row) for row in rows_of(member(results, "audio_segments"))]
    if not speeches:
        speeches = [Speech(None, text_of(row.get("transcript"))) for row in rows_of(member(results, "transcripts"))]
    return Reading(content.place, read_turns(speeches))


def _labels(results: object) -> dict[str, str]:
    """Return who speaks at the start of each item: start time as written → speaker."""
    labels = {}
    for segment in rows_of(member(results, "speaker_labels", "segments")):
        for item in rows_of(segment.get("items")):
            speaker = speaker_of(item.get("speaker_label")) or speaker_of(segment.get("speaker_label"))
            if speaker:
                labels[str(item.get("start_time"))] = speaker
    return labels


def _words(items: list[Row], labels: dict[str, str], channel: str | None = None) -> list[Word]:
    words = []
    for item in items:
        is_sign = item.get("type") == "punctuation"
        speaker = channel or speaker_of(item.get("speaker_label")) or labels.get(str(item.get("start_time")))
        text = text_of(member(item, "alternatives", 0, "content"))
        times = milliseconds_of(item.get("start_time")), milliseconds_of(item.get("end_time"))
        words.append(Word(text, None if is_sign else speaker, *times, is_glued=is_sign))
    return words


def _in_order(channels: list[Row]) -> list[Word]:
    """Return the words of all channels in the order of time, each sign behind its word."""
    timed: list[tuple[int, int, int, Word]] = []
    for number, channel in enumerate(channels):
        name = speaker_of(channel.get("channel_label")) or f"Channel {number}"
        start = 0
        for place, word in enumerate(_words(rows_of(channel.get("items")), {}, name)):
            start = word.start if word.start is not None else start
            timed.append((start, number, place, word))
    return [word for *_, word in sorted(timed, key=lambda row: row[:3])]


def _segment(row: Row) -> Speech:
    times = milliseconds_of(row.get("start_time")), milliseconds_of(row.get("end_time"))
    return Speech(speaker_of(row.get("speaker_label")), text_of(row.get("transcript")), *times)


def _said_in_call(row: Row) -> Speech:
    times = milliseconds_of(row.get("BeginOffsetMillis"), 1000), milliseconds_of(row.get("EndOffsetMillis"), 1000)
    role = speaker_of(row.get("ParticipantRole"))
    return Speech(role.capitalize() if role else None, text_of(row.get("Content")), *times)


READER = Reader("Amazon Transcribe", recognises, read_amazon)
