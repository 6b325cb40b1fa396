"""How do recognised words become speech? Words and signs → pieces of speech with their speakers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from overheard.transcripts.turns import Speech

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3000, 0x30FF),  # signs and kana
    (0x3400, 0x9FFF),  # Han
    (0xFF00, 0xFF65),  # full-width signs
    (0x20000, 0x3FFFF),  # Han, rarer ones
)
_SLACK = 20
"""Milliseconds. Where words and speakers are told apart, their times differ by rounding."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a sign. `start` and `end` are milliseconds; `is_glued` says that no space stands before it."""

    text: str
    speaker: str | None = None
    start: int | None = None
    end: int | None = None
    is_glued: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Who speaks from a moment on, in milliseconds."""

    start: int
    speaker: str


def joint_between(before: str, after: str) -> str:
    """Return a space, or nothing between two words of a script that sets none."""
    return "" if before and after and _is_unspaced(before[-1]) and _is_unspaced(after[0]) else " "


def _is_unspaced(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in _UNSPACED)


def speeches_of(words: Iterable[Word]) -> list[Speech]:
    """Return words as pieces of speech, each with what stands before it."""
    speeches: list[Speech] = []
    for word in words:
        text = word.text.strip()
        if not text:
            continue
        last = speeches[-1] if speeches else None
        joint = "" if word.is_glued else joint_between(last.text if last else "", text)
        end = word.end if word.end is not None or last is None else last.end
        speeches.append(Speech(word.speaker, text, word.start, end, joint=joint))
    return speeches


class SpeakersByTime:
    """Who speaks when, where speakers are told apart from words."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]

    def speaker_at(self, moment: int | None) -> str | None:
        """Return who speaks at a moment; before the first span, who speaks first; None where nobody is told."""
        if moment is None or not self._spans:
            return None
        return self._spans[max(0, bisect_right(self._starts, moment + _SLACK) - 1)].speaker
