"""Deepgram: words of one or several channels, with speakers by number and times in seconds.

Reads: `results.channels[].alternatives[0]`: `words`, else `paragraphs`, else `transcript`; `results.utterances` where
the channels have no words.
Seen: nova-2 of 2023 with and without `diarize`, `utterances`, `paragraphs`.
Traps: `word` is bare, `punctuated_word` is what readers see; the same words stand in channels, paragraphs and
utterances; each channel begins at zero, so a call on two channels is told in the order of time.
"""

from __future__ import annotations

from overheard.records import Reading
from overheard.transcripts.payload import Row, first_of, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import Speech, read_turns
from overheard.transcripts.words import Word, speeches_of


def recognises(content: Content) -> bool:
    """Say whether there are channels with alternatives."""
    channels = rows_of(member(content.data, "results", "channels"))
    return any("alternatives" in channel for channel in channels)


def read_deepgram(content: Content) -> Reading:
    """Read the turns of all channels."""
    results = member(content.data, "results")
    channels = rows_of(member(results, "channels"))
    several = len(channels) > 1
    words = [
        _word(row, f"Channel {number}" if several else None)
        for number, channel in enumerate(channels)
        for row in rows_of(member(channel, "alternatives", 0, "words"))
    ]
    if several:
        words.sort(key=lambda word: word.start or 0)
    speeches = speeches_of(words) or [_utterance(row) for row in rows_of(member(results, "utterances"))]
    for channel in channels if not speeches else ():
        best = member(channel, "alternatives", 0)
        speeches += _sentences(rows_of(member(best, "paragraphs", "paragraphs")))
        if not speeches and text_of(member(best, "transcript")):
            speeches.append(Speech(None, text_of(member(best, "transcript"))))
    return Reading(content.place, read_turns(speeches))


def _word(row: Row, channel: str | None) -> Word:
    text = text_of(first_of(row, "punctuated_word", "word"))
    speaker = channel or speaker_of(row.get("speaker"))
    return Word(text, speaker, milliseconds_of(row.get("start")), milliseconds_of(row.get("end")))


def _utterance(row: Row) -> Speech:
    times = milliseconds_of(row.get("start")), milliseconds_of(row.get("end"))
    return Speech(speaker_of(row.get("speaker")), text_of(row.get("transcript")), *times)


def _sentences(paragraphs: list[Row]) -> list[Speech]:
    return [
        Speech(speaker_of(paragraph.get("speaker")), text_of(row.get("text")), milliseconds_of(row.get("start")))
        for paragraph in paragraphs
        for row in rows_of(paragraph.get("sentences"))
    ]


READER = Reader("Deepgram", recognises, read_deepgram)
