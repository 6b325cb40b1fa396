"""Which reader reads this transcript? The table of readers, most particular first."""

from __future__ import annotations

import re
from dataclasses import replace

from overheard.errors import UnreadableError
from overheard.records import Reading
from overheard.transcripts import named, pdf_file, srt, webvtt, word_document, zoom_chat
from overheard.transcripts.asides import with_asides
from overheard.transcripts.parts import with_parts
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.recognisers import (
    amazon,
    assemblyai,
    azure,
    deepgram,
    google,
    kaldi,
    rev,
    speech_rows,
    speechmatics,
    watson,
    whisper,
)

JSON_READERS: tuple[Reader, ...] = (
    assemblyai.READER,
    deepgram.READER,
    amazon.READER,
    speechmatics.READER,
    watson.READER,
    google.READER,
    azure.READER,
    kaldi.READER,
    rev.READER,
    whisper.READER,
    speech_rows.READER,
)
DOCUMENT_READERS: tuple[Reader, ...] = (word_document.READER, pdf_file.READER)
TEXT_READERS: tuple[Reader, ...] = (webvtt.READER, zoom_chat.READER, srt.READER, named.READER)
_MOST_BYTES = 40_000_000
"""A talk of ten hours, word by word as JSON, has 30 MB."""
_MOST_CHARACTERS = 2_000_000
"""Of text: a talk of thirty hours."""
_HTML = re.compile(r"\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_EXPORT = "export it as WebVTT (.vtt), SubRip (.srt), Word (.docx) or plain text with `Name: words` lines"


def read_transcript(place: str, body: bytes) -> Reading:
    """Read the turns of one transcript.

    Args:
        place: the file's name; told in errors, and the title where the file tells none.
        body: the file's bytes. Text is UTF-8, UTF-16 or Windows-1252.

    Returns:
        Turns in the order of the file. `author` is the speaker as shown, empty where unknown; `url` the fragment
        `#t=HH:MM:SS` of the turn's start, None where not told. Problems are lines whose times are broken and words
        that stand where none belong; the words of such lines are kept.

    Raises:
        UnreadableError: the file is empty, is no text, is of a format no reader reads, or holds no turn.
    """
    if len(body) > _MOST_BYTES:
        raise UnreadableError(place, "is larger than any talk", "split it or take it out of the source")
    content = Content(place, body)
    for reader in _readers_of(content):
        if reader.recognises(content):
            reading = reader.read(content)
            if reading.posts:
                return replace(reading, posts=with_asides(with_parts(reading.posts)))
    if content.flaw is not None:
        raise content.flaw
    if content.is_json:
        raise UnreadableError(place, "is JSON in which no speech is found", _EXPORT)
    mend = 'begin each turn with `Name: ` or give its cues times; a spreadsheet is a source of kind = "table"'
    raise UnreadableError(place, "no turn found", mend)


def _readers_of(content: Content) -> tuple[Reader, ...]:
    """Return the readers for this kind of file.

    Raises:
        UnreadableError: it is empty or of a kind that holds no transcript.
    """
    documents = tuple(reader for reader in DOCUMENT_READERS if reader.recognises(content))
    if documents:
        return documents
    if content.body.startswith(b"PK\x03\x04"):
        raise UnreadableError(content.place, "is an archive, and no Word document", _EXPORT)
    if content.body.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise UnreadableError(content.place, "is an old word processor's document", _EXPORT)
    if not content.text.strip():
        if content.body.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
            raise UnreadableError(content.place, "is not text", _EXPORT)
        raise UnreadableError(content.place, "is empty", "save it again or take it out of the source")
    if content.is_json:
        return JSON_READERS
    if len(content.text) > _MOST_CHARACTERS:
        raise UnreadableError(content.place, f"is a text of {len(content.text):,} characters", "split it")
    if _HTML.match(content.text):
        raise UnreadableError(content.place, "is an HTML page", _EXPORT)
    return TEXT_READERS
