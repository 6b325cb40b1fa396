"""Which sentences are a sponsor's copy read aloud? Runs of one speaker's sentences → stretches that are adverts.

A stretch begins where somebody says that the show is brought to us by somebody, or where an offer only adverts make
(a code, a price cut) stands among praise, and ends with the last cue that is near. Precision first: an address alone is
no advert (people tell each other where to look), a joke about sponsors has nothing for sale behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from overheard.transcripts.lexicon import load_rows

_FIRST_PERSON = re.compile(r"\b(?:i|i['’]m|i['’]ve|i['’]d|i['’]ll|we|we['’]re|we['’]ve|me|my|us|our)\b", re.IGNORECASE)
_SECOND_PERSON = re.compile(r"\b(?:you|your|you['’]re|you['’]ll|yours)\b", re.IGNORECASE)
_BRAND = re.compile(r"\bby (?:(?:the|our|my|your) )?(?:[a-z]\w* ){0,3}([A-Z]\w{2,})")
_NEAR = 150
"""Words between two cues of one advert."""
_LONGEST = 450
"""Words of an advert; read aloud, three minutes."""
_LONGEST_BEFORE = 220
"""Words of praise before the first offer."""
_SPOKEN_TO = 0.02
"""Of the words of copy: "you" and "your"."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence: its text, its words, and the cues in it."""

    text: str
    words: int
    cues: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Cue:
    """What a sentence with `pattern` does; `hints` are words of which one must be there, none where any will do."""

    does: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]


@lru_cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(does, () if hints == "-" else tuple(hints.split("|")), re.compile(pattern, re.IGNORECASE))
        for does, hints, pattern, _ in load_rows("adverts")
    )


@lru_cache
def _hints() -> tuple[str, ...]:
    return tuple(dict.fromkeys(hint for cue in _cues() for hint in cue.hints))


def hear(sentences: Sequence[str]) -> list[Heard]:
    """Return sentences with their cues; praise is looked for only where something is offered."""
    lowered = [sentence.casefold() for sentence in sentences]
    everything = "\n".join(lowered)
    present = {hint for hint in _hints() if hint in everything}
    likely = [cue for cue in _cues() if not present.isdisjoint(cue.hints)] if present else []
    found = [_cues_in(text, low, likely) for text, low in zip(sentences, lowered, strict=True)] if likely else []
    if any(cues - {"call"} for cues in found):
        praise = [cue for cue in _cues() if cue.does == "pitch"]
        found = [cues | _cues_in(text, "", praise) for cues, text in zip(found, sentences, strict=True)]
    return [
        Heard(text, len(text.split()), found[number] if found else frozenset()) for number, text in enumerate(sentences)
    ]


def _cues_in(sentence: str, lowered: str, likely: Sequence[_Cue]) -> frozenset[str]:
    return frozenset(
        cue.does
        for cue in likely
        if (not cue.hints or any(hint in lowered for hint in cue.hints)) and cue.pattern.search(sentence)
    )


def advert_stretches(said: Sequence[Heard]) -> list[tuple[int, int]]:
    """Find the adverts among sentences that one speaker says in a row.

    Returns:
        Half-open ranges of sentences, in order, not overlapping.
    """
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(said):
        stretch = _opened(said, index) if "opens" in said[index].cues else _offered(said, index, found)
        if stretch:
            found.append(stretch)
            index = stretch[1]
        else:
            index += 1
    return found


def _opened(said: Sequence[Heard], start: int) -> tuple[int, int]:
    """Return the advert that sentence `start` opens: to the thanks that close it, else to the last cue that is near.

    The sponsor's name shows that the advert goes on, and never where it ends: people talk about sponsors as well.
    """
    brand = found[1] if (found := _BRAND.search(said[start].text)) else None
    end, words, since = start + 1, 0, 0
    for index in range(start + 1, len(said)):
        sentence = said[index]
        words += sentence.words
        if words > _LONGEST or since > _NEAR:
            break
        if "thanks" in sentence.cues:
            return start, index + 1
        end = index + 1 if sentence.cues else end
        goes_on = bool(sentence.cues) or (brand is not None and brand in sentence.text)
        since = 0 if goes_on else since + sentence.words
    return start, end


def _offered(said: Sequence[Heard], index: int, before: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the advert around an offer, or around an address that praise stands before; None where it is none."""
    if not {"code", "address", "thanks"} & said[index].cues:
        return None
    first = before[-1][1] if before else 0
    start, words = index, said[index].words
    while start > first and words < _LONGEST_BEFORE and not _FIRST_PERSON.search(said[start - 1].text):
        start -= 1
        words += said[start].words
    _, end = _opened(said, index)
    # What stands before the first praise may be the talk before the advert.
    start += next(number for number, sentence in enumerate(said[start:end]) if sentence.cues - {"call"})
    copy = said[start:end]
    cues = [cue for sentence in copy for cue in sentence.cues - {"call"}]
    total = sum(sentence.words for sentence in copy)
    spoken_to = sum(len(_SECOND_PERSON.findall(sentence.text)) for sentence in copy)
    # Praise leads to where to go; a question after an address is a question.
    is_praised = any("pitch" in sentence.cues for sentence in said[start : index + 1])
    is_offer = len(cues) > 1 and ("code" in cues or "thanks" in cues)
    return (start, end) if (is_praised or is_offer) and spoken_to >= _SPOKEN_TO * total else None
