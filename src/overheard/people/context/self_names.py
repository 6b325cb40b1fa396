"""What do people call themselves? "As a translator", "we're a charity", "I run a salon", "us plumbers"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from overheard.keyness import benjamini_hochberg
from overheard.people.needs.words import need_words

FEWEST_PEOPLE = 5
"""Of a segment, who must call themselves the same before it is told of them."""
SIGNIFICANT = 0.05
LONGEST_READ = 20_000
"""Characters of one text that are looked at."""
_MOST_WORDS = 3
_WORD = r"[a-z]{2,20}(?:-[a-z]{2,20})?"
_ANNOUNCED = re.compile(
    # Within a sentence "as a" mostly tells what a thing is: "they want it as a file".
    r"(?:(?:\A|(?<=[.!?\n(]\s)|(?<=[\n(]))\W{0,3}(?:speaking\s+)?as\s+an?|"
    r"\b(?:i|we)(?:['’]?(?:m|re)|\s+am|\s+are)\s+(?:just\s+|only\s+|also\s+)?an?|"
    r"\b(?:i|we)\s+(?:run|own)\s+(?:an?|my\s+own|our\s+own)|\bi\s+work\s+as\s+an?|(?P<many>(?-i:\bus)(?=\s+[a-z]+s\b)))\s+"
    rf"(?P<name>{_WORD}(?:\s{_WORD}){{0,{_MOST_WORDS - 1}}})",
    re.IGNORECASE,
)
_END_WORDS = (
    "a an and are as at be but by can could did do does for from had has have here how if in is it like more most my no"
    " not of on or our over so than that the then there they this to too was were what when where which while who why"
    " will with without would you your who's that's"
)
_ENDS = frozenset(_END_WORDS.split())
_HEDGES = frozenset({"bit", "little", "few", "very", "pretty", "complete", "total", "rubbish"})
_NOBODY_WORDS = (
    "bit lot result rule matter fan newbie noob beginner user person guy man woman member poster kid fool idiot mess"
    " problem rush hurry while way one thing test last whole start reminder side child girl boy lady friend coward"
)
_NOBODY = frozenset(_NOBODY_WORDS.split())
"""Last words that say nothing of what somebody does, or only that they are new here."""


def find_self_names(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield what the author calls themselves, in the singular and small letters, and the span that says so.

    Args:
        text: their own words; what stands beyond LONGEST_READ characters is not looked at.
    """
    for match in _ANNOUNCED.finditer(text[:LONGEST_READ]):
        words: list[str] = []
        end = match.start("name")
        for word in re.finditer(r"\S+", match["name"].lower()):
            if word[0] in _ENDS:
                break
            words.append(word[0])
            end = match.start("name") + word.end()
        if match["many"] is not None:
            words = [words[0].removesuffix("s")] if words and words[0].endswith("s") else []
        if words and words[0] not in _HEDGES and words[-1] not in _NOBODY and need_words(words[-1]):
            yield " ".join(words), (match.start(), end)


def telling_self_names(texts: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """Return what clearly more of each segment's people call themselves than of the others do, "" where nothing is.

    Args:
        texts: for each segment, for each person, what they wrote.

    Returns:
        For each segment the self-name of five of its people or more with the smallest q (Fisher's exact test,
        Benjamini-Hochberg over all self-names and segments), if q is below .05; in the singular.
    """
    from scipy.stats import fisher_exact

    called = [[{name for text in own for name, _ in find_self_names(text)} for own in people] for people in texts]
    counts = [Counter(name for names in people for name in names) for people in called]
    total = sum(len(people) for people in called)
    rows = []
    for segment, own in enumerate(counts):
        for name in sorted(name for name, people in own.items() if people >= FEWEST_PEOPLE):
            here, elsewhere = own[name], sum(other[name] for other in counts) - own[name]
            size = len(called[segment])
            table = [[here, size - here], [elsewhere, total - size - elsewhere]]
            rows.append((segment, name, float(fisher_exact(table, alternative="greater").pvalue)))
    found: dict[int, tuple[float, str]] = {}
    for (segment, name, _), q in zip(rows, benjamini_hochberg(np.array([p for *_, p in rows])).tolist(), strict=True):
        if q < SIGNIFICANT:
            found[segment] = min(found.get(segment, (1.0, "")), (q, name))
    return [found.get(segment, (1.0, ""))[1] for segment in range(len(texts))]
