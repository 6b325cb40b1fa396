"""How much does a single token speak for a machine's text, and how much for a person's?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from overheard.signals.own_words.lexicons import load_rows, load_words

_EDGES = ".,;:!?()[]{}\"'“”‘’«»*_…-–—"
WRITER = -4.0
"""The weight of a word by which somebody speaks of themselves or to others; no machine says I."""
_FUNCTION, _PLAIN, _NAME, _OTHER = -1.4, -0.7, -0.1, 0.0
_KEY, _UNIT = 2.0, 0.3
_ASKS = -2.0
# Words that tell a machine as they stand.
_TELLING_WORDS = frozenset(
    ("null", "undefined", "nil", "nullptr", "true", "false", "None", "Error", "Exception", "Warning")
)
_WITHIN_WORDS = str.maketrans("", "", "'’-")
_FIRST_EASTERN, _EASTERN_WORD, _LEAST = "\u2e80", 3, -12.0
TELLING, STRONG = 1.2, 2.0
"""From these weights on a token tells a machine, and is a machine's by itself."""
_LONGEST_TOKEN = 2000
_LONGEST_MESSAGE = 8
"""Words of the beginning of a message."""


@cache
def _words() -> dict[str, float]:
    kinds = load_words("tokens")
    weights = dict.fromkeys(kinds["function"], _FUNCTION) | dict.fromkeys(kinds["writer"], WRITER)
    weights |= dict.fromkeys(kinds["unit"], _UNIT)
    return weights | dict.fromkeys(kinds["key"], _KEY)


@cache
def _kinds() -> tuple[re.Pattern[str], tuple[float, ...]]:
    """Return the pattern of all kinds of tokens, a group a row, and the rows' weights."""
    rows = load_rows("token_kinds")
    pattern = "|".join(f"((?:{row[2]})(?!\\S))" for row in rows)
    return re.compile(pattern), tuple(float(row[1]) for row in rows)


def weigh_token(token: str) -> float:
    """Return how much `token` (no white space in it) speaks for a machine's text: log-odds, below 0 for a person's."""
    words = _words()
    asks = _ASKS if "?" in token else 0.0
    plain = token.strip(_EDGES)
    known = words.get(plain.lower().replace("’", "'"))
    if known is not None:
        return known + asks
    if token.endswith(":") and token[0].isupper() and token.casefold() in words:
        return _KEY
    bare = token.lstrip("\"'“‘(").rstrip(".,!?\"'”’)")
    if bare.isalpha() and bare.isascii() and (bare.islower() or bare.istitle()) and bare not in _TELLING_WORDS:
        return (_PLAIN if bare[0].islower() else _NAME) + asks
    if plain and max(plain) >= _FIRST_EASTERN:
        # Scripts that leave no space between words: a token is a sentence.
        return max(_LEAST, _PLAIN * len(plain) / _EASTERN_WORD)
    kinds, weights = _kinds()
    found = kinds.match(token[:_LONGEST_TOKEN])
    if found and found.lastindex:
        return weights[found.lastindex - 1]
    if not plain.translate(_WITHIN_WORDS).isalpha() or token.endswith(":"):
        return _OTHER
    return (_PLAIN if plain[0].islower() else _NAME) + asks


@cache
def _messages() -> dict[str, tuple[str, ...]]:
    """Return the beginnings of programs' messages by their first word."""
    by_word: dict[str, list[str]] = {}
    for message in sorted(load_words("messages")["message"]):
        by_word.setdefault(message.split()[0], []).append(message)
    return {word: tuple(messages) for word, messages in by_word.items()}


def may_begin_message(word: str) -> bool:
    """Say whether some program's message begins with `word`."""
    return word.casefold() in _messages()


def begins_message(words: Sequence[str], index: int) -> bool:
    """Say whether a program's message begins with word `index` of a line's `words`, which may begin one."""
    known = _messages()[words[index].casefold()]
    return " ".join(words[index : index + _LONGEST_MESSAGE]).casefold().startswith(known)
