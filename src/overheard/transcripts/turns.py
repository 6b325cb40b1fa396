"""Which stretches of speech are one turn? Pieces of speech → posts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from overheard.records import Post
from overheard.transcripts.clocks import moment_url

_ENDS_A_SENTENCE = re.compile(r"[.!?…。！？][\"'”’)\]]*$")
_LONG = 30_000
_TOO_LONG = 120_000
_PAUSE = 3_000
"""Milliseconds. Where nobody is named, or one alone, a talk would be one turn of an hour that no link could point into:
it is cut at the end of a sentence after half a minute or before a pause, and anywhere after two minutes (speech
recognisers that write no full stops)."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A cue's line or a text file's line. `speaker` None: not told, so whoever spoke goes on.

    `start` and `end` are milliseconds; `joint` stands between this and what the same turn said before; `begins` says
    that a new turn is marked here, whoever speaks.
    """

    speaker: str | None
    text: str
    start: int | None = None
    end: int | None = None
    joint: str = " "
    begins: bool = False


@dataclass(slots=True)
class _Turn:
    speaker: str
    start: int | None
    parts: list[str] = field(default_factory=list)
    end: int | None = None

    def say(self, speech: Speech) -> None:
        if speech.text:
            self.parts += [speech.joint, speech.text] if self.parts else [speech.text]
        self.end = speech.end

    def may_end(self, speech: Speech) -> bool:
        """Say whether a turn of nobody known, or of one alone, may be cut before `speech`."""
        if not self.parts or speech.start is None or self.start is None:
            return False
        lasted = speech.start - self.start
        paused = self.end is not None and speech.start - self.end >= _PAUSE
        is_over = bool(_ENDS_A_SENTENCE.search(self.parts[-1]))
        return (is_over and (paused or lasted >= _LONG)) or lasted >= _TOO_LONG


def read_turns(speeches: Sequence[Speech]) -> tuple[Post, ...]:
    """Merge what one speaker said in a row into turns.

    Args:
        speeches: in the order of the file; speech whose speaker is not told belongs to the speaker before.

    Returns:
        The turns that have words. `author` is empty where unknown; `url` is the fragment of the turn's start or None.
    """
    several = len({speech.speaker for speech in speeches if speech.speaker}) > 1
    turns: list[_Turn] = []
    for speech in speeches:
        last = turns[-1] if turns else None
        if (
            last is None
            or speech.begins
            or speech.speaker not in (None, last.speaker)
            or (not several and last.may_end(speech))
        ):
            last = _Turn(speech.speaker or "", speech.start)
            turns.append(last)
        last.say(speech)
    spoken = [turn for turn in turns if turn.parts]
    return tuple(
        Post("".join(turn.parts), turn.speaker, position, url=moment_url(turn.start))
        for position, turn in enumerate(spoken)
    )
