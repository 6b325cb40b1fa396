"""Google Cloud Speech-to-Text: results with alternatives, words with times, speakers by tag.

Reads: `results[].alternatives[0]` of v1, v1p1beta1 and v2: `words` with `speakerTag` or `speakerLabel`, `startTime` or
`startOffset` ("1.400s", or an object of seconds and nanos), the same keys as Python's library writes them
(`speaker_tag`); else `transcript`.
Seen: v1 with speakers (times as objects) and without (times as strings), v1 with punctuation.
Traps: told apart by speaker, the last result says all words again, each with its tag, and only that one counts; the
results before it have no tags or tag 0; `alternatives` after the first say the same in other words; a result may be an
object with nothing in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from overheard.records import Reading
from overheard.transcripts.payload import Row, first_of, member, milliseconds_of, rows_of, speaker_of, text_of
from overheard.transcripts.reader import Content, Reader
from overheard.transcripts.turns import read_turns
from overheard.transcripts.words import Word, speeches_of

_REPEATED_SHARE = 0.8
"""Of the words of all results before, what the last one must hold to be their repetition."""


def recognises(content: Content) -> bool:
    """Say whether there are results whose alternatives have a transcript or words, and nothing of Watson's."""
    rows = _results(content.data)
    bests = [member(row, "alternatives", 0) for row in rows]
    return any(isinstance(best, dict) and _is_google(best) for best in bests)


def _is_google(best: Row) -> bool:
    words = rows_of(best.get("words"))
    if words:
        return "word" in words[0]
    return "transcript" in best and "timestamps" not in best


def read_google(content: Content) -> Reading:
    """Read the turns."""
    rows = _results(content.data)
    listed = [rows_of(member(row, "alternatives", 0, "words")) for row in rows]
    tagged = [number for number, words in enumerate(listed) if any(_speaker(word) for word in words)]
    if tagged and _repeats(listed, tagged[-1]):
        words = _words(listed[tagged[-1]])
    else:
        words = [word for row, found in zip(rows, listed, strict=True) for word in _words(found) or _spoken(row)]
    return Reading(content.place, read_turns(speeches_of(words)))


def _results(data: Any) -> list[Row]:
    """Return the results, wherever an operation or a file of several recordings wraps them."""
    for way in (("results",), ("response", "results"), ("transcript", "results"), ("inlineResult", "transcript")):
        found = member(data, *way)
        rows = rows_of(found if isinstance(found, list) else member(found, "results"))
        if any("alternatives" in row for row in rows):
            return [row for row in rows if "alternatives" in row]
    return []


def _repeats(listed: Sequence[Sequence[Row]], last: int) -> bool:
    before = sum(len(words) for words in listed[:last])
    return before > 0 and len(listed[last]) >= _REPEATED_SHARE * before


def _words(words: Sequence[Row]) -> list[Word]:
    return [
        Word(
            text_of(word.get("word")),
            _speaker(word),
            milliseconds_of(first_of(word, "startTime", "startOffset", "start_time", "start_offset")),
            milliseconds_of(first_of(word, "endTime", "endOffset", "end_time", "end_offset")),
        )
        for word in words
    ]


def _spoken(row: Row) -> list[Word]:
    """Return what a result without words says, in one piece."""
    return [Word(text_of(member(row, "alternatives", 0, "transcript")))]


def _speaker(word: Row) -> str | None:
    tag = first_of(word, "speakerLabel", "speaker_label", "speakerTag", "speaker_tag")
    return None if tag in (0, "0") else speaker_of(tag)


READER = Reader("Google Speech-to-Text", recognises, read_google)
