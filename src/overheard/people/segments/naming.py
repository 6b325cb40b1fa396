"""What shall a segment be called? By what many of its people say and others don't: their words, then their pains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from overheard.keyness import log2_odds_ratio
from overheard.people.needs.evidence import Evidence
from overheard.people.needs.words import shown_words

_JOINED = ", "
_NAMED_BY = 3
_NAMING_SHARE = 0.25
"""Of a segment's people; what fewer say may tell them apart, but does not stand for them."""
_MOST_PAINS = 8
_MOST_WORDS = 12
_FEWEST_PEOPLE = 2
"""Of a segment; what one person says names nobody but them."""


@dataclass(frozen=True, slots=True)
class Description:
    """A segment in its people's terms; `top_pains` (ids) and `words` are most telling first."""

    name: str
    top_pains: tuple[str, ...]
    words: tuple[str, ...]


def describe_segments(
    segments: Sequence[Sequence[Sequence[Evidence]]], pain_names: Mapping[str, str]
) -> list[Description]:
    """Describe each segment by what sets its people apart from the other segments' people.

    Args:
        segments: the evidence of each person of each segment.
        pain_names: pain_id → name; pains without a name rank but do not name.

    Returns:
        One description a segment, names all different.
    """
    pains = [[{one.pain_id for one in rows if one.pain_id is not None} for rows in people] for people in segments]
    said = [[[shown_words(f"{one.text}\n{one.context}") for one in rows] for rows in people] for people in segments]
    written = _commonest_forms(words for people in said for rows in people for words in rows)
    words = [[{folded for own in rows for folded, _ in own} for rows in people] for people in said]
    descriptions: list[Description] = []
    for row, (top_pains, top_words) in enumerate(zip(_telling(pains), _telling(words), strict=True)):
        named = [written[word] for word in _common(top_words, words[row])]
        named += [pain_names[pain_id] for pain_id in _common(top_pains, pains[row]) if pain_names.get(pain_id)]
        name = _unused_name(list(dict.fromkeys(named)), {one.name for one in descriptions})
        forms = tuple(written[word] for word in top_words[:_MOST_WORDS])
        descriptions.append(Description(name, top_pains[:_MOST_PAINS], forms))
    return descriptions


def _common(things: Iterable[str], people: Sequence[Collection[str]]) -> list[str]:
    """Return those things that a good part of the people say, in their order."""
    return [thing for thing in things if sum(thing in own for own in people) >= _NAMING_SHARE * len(people)]


def _commonest_forms(texts: Iterable[Sequence[tuple[str, str]]]) -> dict[str, str]:
    """Return how each folded word is mostly written, for a fold is not always a word."""
    uses = Counter(pair for words in texts for pair in words)
    forms: dict[str, str] = {}
    for (folded, form), _ in sorted(uses.items(), key=lambda item: (-item[1], item[0])):
        forms.setdefault(folded, form)
    return forms


def _telling(sayings: Sequence[Sequence[Collection[str]]]) -> list[tuple[str, ...]]:
    """Rank what more of a segment's people say than of the others, by z of the log-odds ratio, counted by person.

    Args:
        sayings: for each segment, for each person, what they say.

    Returns:
        For each segment what is over-represented in it, most telling first.
    """
    counts = [Counter(thing for person in people for thing in set(person)) for people in sayings]
    sizes = [len(people) for people in sayings]
    everywhere: Counter[str] = sum(counts, Counter())
    total = sum(sizes)
    ranked = []
    for own, size in zip(counts, sizes, strict=True):
        things = sorted(thing for thing, people in own.items() if people >= _FEWEST_PEOPLE)
        here = np.array([own[thing] for thing in things], dtype=np.float64)
        there = np.array([everywhere[thing] for thing in things], dtype=np.float64) - here
        effect, _, upper = log2_odds_ratio(here, there, size, total - size)
        # In units of its own standard error, but for a factor: a z-score.
        scores = dict(zip(things, (effect / (upper - effect)).tolist(), strict=True))
        telling = sorted((thing for thing in scores if scores[thing] > 0), key=lambda thing: (-scores[thing], thing))
        ranked.append(tuple(telling))
    return ranked


def _unused_name(parts: Sequence[str], taken: Collection[str]) -> str:
    """Join the most telling parts, one more of them for as long as another segment is called the same."""
    name = "unnamed need"
    for count in range(min(_NAMED_BY, len(parts)), len(parts) + 1):
        name = _JOINED.join(parts[:count]) or name
        if name not in taken:
            return name
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return next(other for other in numbered if other not in taken)
