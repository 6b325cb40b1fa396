"""How good or bad do the words of a sentence feel?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

NEGATORS = frozenset(
    (
        "no",
        "not",
        "never",
        "without",
        "nothing",
        "nobody",
        "none",
        "hardly",
        "barely",
        "scarcely",
        "neither",
        "nor",
        "zero",
    )
)
# fmt: off
FILLERS = frozenset((
    "a", "an", "any", "the", "really", "that", "too", "so", "much", "very", "all", "it", "more", "single", "big",
    "real", "major", "of", "such", "particularly", "had", "have", "having", "has", "been", "be", "quite", "as",
    "always", "exactly", "to", "what", "i", "would", "call", "terribly", "overly", "experienced", "encountered",
    "seen", "find", "found",
))
# fmt: on
_REACH = 4


def is_negated(words: Sequence[str], at: int) -> int | None:
    """Return the position of the negation that reaches the word at position `at`, or None.

    It reaches over at most four words that say little ("never had any real trouble"), so "not only slow" and "I do not
    know why it crashes" stay as they are.
    """
    for back in range(at - 1, max(-1, at - 2 - _REACH), -1):
        if words[back] in NEGATORS:
            return back
        if words[back] not in FILLERS:
            return None
    return None


def measure_valence(words: Sequence[str]) -> tuple[float, float]:
    """Return the sums of good and of bad feeling in `words`, each >= 0, in thirds of the strongest word's valence.

    A negated good word is bad by as much ("not helpful"); a negated bad word is good by half as much, for relief is
    less than praise. Each word counts once.
    """
    known = _load_valence()
    good = bad = 0.0
    counted: set[str] = set()
    for position, word in enumerate(words):
        value = known.get(word)
        if value is None or word in counted:
            continue
        counted.add(word)
        if is_negated(words, position) is not None:
            value = -value if value > 0 else -value / 2
        good += max(value, 0.0) / 3
        bad += max(-value, 0.0) / 3
    return good, bad


@lru_cache(maxsize=1)
def _load_valence() -> Mapping[str, float]:
    text = (files("overheard.signals") / "lexicon" / "valence.txt").read_text("utf-8")
    known: dict[str, float] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            value, _reason, words = line.split("\t")
            # A word in two lists keeps the first: the lists go from glad to sad, and the milder reading stands first.
            for word in words.split():
                known.setdefault(word, float(value))
    return known
