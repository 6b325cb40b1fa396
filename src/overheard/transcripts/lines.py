"""Which text reader reads these lines? For documents whose text is lines without a format of their own."""

from __future__ import annotations

from collections.abc import Sequence

from overheard.records import Reading
from overheard.transcripts import named, srt


def read_lines(place: str, lines: Sequence[str]) -> Reading:
    """Read the turns of a document's lines: of times with arrows, or of names and times at the start of lines.

    Returns:
        A Reading without posts where no reader finds a turn.
    """
    if srt.has_cues(lines):
        return srt.read_srt_lines(place, lines)
    return named.read_named_lines(place, lines)
