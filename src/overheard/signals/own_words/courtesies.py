"""Which lines merely greet, thank or take leave?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from overheard.signals.own_words.lexicons import load_words

_WORD = re.compile(r"[^\W_](?:[\w'’.+-]*\w)?\+?")
_BRACKETS = re.compile(r"\[[^\[\]]{0,80}\]")
"""What moderators leave of addresses."""
_LONGEST = 90
"""Characters of a line that can be a mere courtesy."""
_LONGEST_PHRASE = 5
_MOST_WORDS, _MOST_NAMES = 12, 3


def is_greeting(body: str, may_name: bool = True) -> bool:
    """Say whether a line only greets ("Hi all,"), perhaps with thanks ("Hello and thank you for the reply.").

    Args:
        body: the line.
        may_name: whether words that are no words of courtesy may be the names of those greeted.
    """
    words = _words_of(body)
    kinds = load_words("courtesies")
    after = _after_phrase(words, "greeting") or _after_phrase(words, "time")
    if after == 0:
        return False
    rest = [word for word in words[after:] if word.casefold() not in kinds["address"]]
    if any(word.casefold() in kinds["thanks"] for word in rest):
        rest = [word for word in rest if word.casefold() not in kinds["thanks"] | kinds["thanksmore"]]
    # "Dear Ann", but not "dear prices"; "Morning, Ann", but not "morning rush".
    is_plain = after == _after_phrase(words, "time") or words[0].casefold() == "dear"
    is_common = is_plain and body[-1] != "," and any(word[0].islower() for word in rest)
    return _are_names(rest, may_name) and not is_common


def is_farewell(body: str, may_name: bool = True) -> bool:
    """Say whether a line only thanks or takes leave ("Thanks in advance, Ann", "Regards"); see `is_greeting`."""
    words = _words_of(body)
    kinds = load_words("courtesies")
    if after := _after_phrase(words, "thanks"):
        known = kinds["thanksmore"] | kinds["thanks"]
        return _are_names([word for word in words[after:] if word.casefold() not in known], may_name)
    if after := _after_phrase(words, "closing"):
        return _are_names([word for word in words[after:] if word.casefold() not in kinds["address"]], may_name)
    if after := _after_phrase(words, "parting"):
        names = words[after:]
        return may_name and len(names) <= 2 and _are_names(names, may_name) and (not names or "," in body)
    if after := _after_phrase(words, "wish"):
        rest = [word for word in words[after:] if word.casefold() not in kinds["wishmore"]]
        return after < len(words) and len(rest) <= 1 and _are_names(rest, may_name)
    return False


def _words_of(body: str) -> list[str]:
    """Return the words of a line that can be a courtesy; none where it is too long or asks."""
    if len(body) > _LONGEST or "?" in body:
        return []
    words = _WORD.findall(_BRACKETS.sub("", body).replace("’", "'"))
    return words if len(words) <= _MOST_WORDS else []


def _after_phrase(words: Sequence[str], kind: str) -> int:
    """Return how many words the longest phrase of `kind` at the start has; 0 where there is none."""
    phrases = load_words("courtesies")[kind]
    for size in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        if " ".join(words[:size]).casefold() in phrases:
            return size
    return 0


def _are_names(words: Sequence[str], may_name: bool) -> bool:
    """Say whether what is left of a courtesy can be names: few words, none of an everyday sentence."""
    tokens = load_words("tokens")
    sentence = tokens["function"] | tokens["writer"]
    return len(words) <= (_MOST_NAMES if may_name else 0) and not any(
        word.casefold() in sentence or word.isdigit() for word in words
    )
