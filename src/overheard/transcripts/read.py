"""Which reader reads this transcript? The table of readers, most particular first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from overheard.errors import UnreadableError
from overheard.records import Reading
from overheard.transcripts import named, srt, webvtt
from overheard.transcripts.decoding import read_lines


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. `recognises` goes by marks in the content, not by the file's ending; `read` takes place and lines."""

    name: str
    recognises: Callable[[Sequence[str]], bool]
    read: Callable[[str, Sequence[str]], Reading]


READERS = (
    Reader("WebVTT", webvtt.recognises, webvtt.read_webvtt),
    Reader("SubRip", srt.recognises, srt.read_srt),
    Reader("named text", named.recognises, named.read_named),
)


def read_transcript(place: str, body: bytes) -> Reading:
    """Read the turns of one transcript.

    Args:
        place: the file's name; told in errors, and the title where the file tells none.
        body: the file's bytes: UTF-8, UTF-16 with byte-order mark, or Windows-1252.

    Returns:
        Turns in the order of the file. `author` is the speaker as shown, empty where unknown; `url` the fragment
        `#t=HH:MM:SS` of the turn's start, None where not told. Problems are lines whose times are broken and words
        that stand where none belong; the words of such lines are kept.

    Raises:
        UnreadableError: the file is empty, is no text, is of a format no reader reads, or holds no turn.
    """
    lines = read_lines(place, body)
    for reader in READERS:
        if reader.recognises(lines):
            reading = reader.read(place, lines)
            if reading.posts:
                return reading
    raise UnreadableError(place, "no turn found", "begin each turn with `Name: ` or give its cues times")
