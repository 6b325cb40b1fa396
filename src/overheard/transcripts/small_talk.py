"""Which turns are greetings, thanks for coming, sound checks, the weather or goodbyes, and nothing else?

Only at the start and the end of a talk, and only whole turns: beside small talk the same turn may say what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from overheard.records import Post
from overheard.transcripts.lexicon import load_rows
from overheard.transcripts.sentences import sentence_spans

_TURNS = 14
"""From the start and from the end."""
_MOST_WORDS = 70
_MOST_LEFT = 2
"""Words of a sentence beside its phrases, names and fillers."""
_MOST_BETWEEN = 3
"""Turns about the matter between two of small talk at the same end."""
_MOST_FILLERS = 6
"""Words of a turn between two of small talk that says nothing by itself: "Yeah.", "I'm Kelly."."""
_NAME = re.compile(
    r"(?:(?:[Aa]nd |[Mm]y name(?:['’]s| is) |I['’]m |I am |[Tt]his is |[Ii]t['’]s ){0,2})"
    r"[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*){0,2}"
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NOTE = re.compile(r"\[[^\[\]]{1,30}\]|\([^()]{1,30}\)")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


@lru_cache
def _phrases(is_weak: bool) -> re.Pattern[str]:
    listed = "|".join(f"(?:{row[0]})" for row in load_rows("small_talk") if (row[-1] == "weak") is is_weak)
    return re.compile(rf"(?<![^\W_])(?:{listed})(?![^\W_])", re.IGNORECASE)


@lru_cache
def _fillers() -> frozenset[str]:
    return frozenset(row[0] for row in load_rows("fillers"))


def small_talk_turns(posts: Sequence[Post]) -> set[int]:
    """Return the places of the turns that are small talk: greetings near the start, goodbyes near the end.

    Args:
        posts: the turns of one talk, in order.
    """
    names = frozenset(word.casefold() for post in posts for word in _WORD.findall(post.author))
    kinds = {place: _kind(posts[place].text, names) for place in _edges(len(posts))}
    first = list(range(min(_TURNS, len(posts))))
    last = list(range(len(posts) - 1, max(-1, len(posts) - 1 - _TURNS), -1))
    found = _reached(first, kinds, is_open=True) | _reached(last, kinds, is_open=False)
    for place in sorted(kinds):
        if kinds[place] == "filler" and found & {place - 1, place + 1}:
            found.add(place)
    return found


def _edges(turns: int) -> set[int]:
    return {*range(min(_TURNS, turns)), *range(max(0, turns - _TURNS), turns)}


def _reached(places: Sequence[int], kinds: Mapping[int, str], is_open: bool) -> set[int]:
    """Walk from the start or the end inwards; who talks about the matter for a while has begun with it.

    Args:
        places: turns in the order of the walk.
        kinds: each turn's kind.
        is_open: whether a talk may begin with something else (a question before the greetings).
    """
    found: set[int] = set()
    apart = 0
    for place in places:
        if kinds[place] == "small talk":
            found.add(place)
            apart = 0
        elif kinds[place] != "filler" and (found or not is_open):
            apart += 1
            if apart > _MOST_BETWEEN:
                break
    return found


def _kind(text: str, names: frozenset[str]) -> str:
    """Return "small talk", "filler" for words that say nothing by themselves, or "" for a turn about the matter."""
    if len(text) > 12 * _MOST_WORDS or len(text.split()) > _MOST_WORDS:
        return ""
    plain = _NOTE.sub(" ", text)
    is_greeting = False
    for start, end in sentence_spans(plain):
        rest, greetings = _phrases(False).subn(" ", plain[start:end])
        rest, weak = _phrases(True).subn(" ", rest)
        left = [word for word in _WORD.findall(_NAME.sub(" ", rest)) if word.casefold() not in names | _fillers()]
        size = sum(len(word) / 2 if _UNSPACED.search(word) else 1 for word in left)
        if size > (_MOST_LEFT if greetings or weak else 0):
            return ""
        is_greeting |= greetings > 0
    return "small talk" if is_greeting else "filler" if len(text.split()) <= _MOST_FILLERS else ""
