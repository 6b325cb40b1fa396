"""What shall a segment be called? By what many of its people need and others don't, in their phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from overheard.people.context.self_names import telling_self_names
from overheard.people.needs.evidence import Evidence
from overheard.people.needs.words import need_words, shown_words
from overheard.people.segments.phrasing import NAMING_SHARE, Candidate, PhrasesOf, find_candidates, z_scores

_AND = " and "
_AFTER_SELF_NAME = ": "
_WORDS_JOINED = ", "
_UNNAMED = "unnamed need"
_NAMED_BY = 3
_SECOND = 0.6
"""Of the first phrase's score; a second one that says much less only blurs the name."""
_BEST = 8
"""Phrases that stand for a segment in names; past them a name would tell of a few people."""
_MOST_PAINS = 8
_MOST_WORDS = 12
_STILL = 1.0
"""z-score from which a word of last night's name still tells the segment from the others."""
_STILL_SHARE = 0.1


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
    names = name_segments(segments, pain_names)
    return [
        Description(name, pains[:_MOST_PAINS], words[:_MOST_WORDS])
        for name, pains, words in zip(names, _telling_pains(segments), _telling_words(segments), strict=True)
    ]


def name_segments(
    segments: Sequence[Sequence[Sequence[Evidence]]],
    pain_names: Mapping[str, str],
    phrases_of: PhrasesOf | None = None,
    before: Sequence[str] = (),
    brief: Iterable[str] = (),
) -> list[str]:
    """Name each segment by one or two phrases for what its people need.

    Phrases are the names of pains and what `phrases_of` finds, each with a word that sets the segment apart and that a
    fifth of its people say. Where clearly more of them than of the others call themselves something, that stands in
    front. A segment keeps the name it had while what the name says still sets it apart.

    Args:
        segments: the evidence of each person of each segment.
        pain_names: pain_id → name.
        phrases_of: finds phrases in English sentences; None leaves the names of pains, then single words.
        before: the name each segment had, "" for a new one; empty where all are new.
        brief: texts that say what the market is about; a name of their words would say nothing.

    Returns:
        One name a segment, all different, the same for the same evidence in any order of people.
    """
    candidates = find_candidates(segments, pain_names, phrases_of, brief)
    words = _telling_words(segments)
    pains = [[pain_names[one] for one in some if pain_names.get(one)] for some in _telling_pains(segments)]
    own_names = telling_self_names([[_texts(rows) for rows in people] for people in segments])
    names: dict[int, str] = {}
    for row, name in enumerate(before):
        if name and name not in names.values() and _still_tells(name, row, segments):
            names[row] = name
    for row in range(len(segments)):
        if row not in names:
            front = f"{_plural(own_names[row])}{_AFTER_SELF_NAME}" if own_names[row] else ""
            options = [
                front + name
                for name in (*_phrased(candidates[row]), *_listed(words[row]), *_listed(pains[row]), _UNNAMED)
            ]
            names[row] = _first_free(options, set(names.values()))
    return [names[row] for row in range(len(segments))]


def _plural(name: str) -> str:
    if name.endswith("y") and not name.endswith(("ay", "ey", "oy")):
        return f"{name[:-1]}ies"
    return name + ("es" if name.endswith(("s", "x", "ch", "sh")) else "s")


def _texts(rows: Sequence[Evidence]) -> list[str]:
    return [text for one in rows for text in (one.text, one.context) if text]


def _phrased(candidates: Sequence[Candidate]) -> Iterable[str]:
    """Yield names of the best phrases: with the best that adds to it, then without, then of others."""
    best = candidates[:_BEST]
    for row, first in enumerate(best):
        others = [one for one in best[row + 1 :] if one.score >= _SECOND * first.score and _adds(first, one)]
        if others:
            # Of those who are not spoken of yet, as many as can be.
            second = max(others, key=lambda one: one.score * len(one.people - first.people) / len(one.people))
            yield f"{first.text}{_AND}{second.text}"
        yield first.text
    for first, second in combinations(best, 2):
        if _adds(first, second):
            yield f"{first.text}{_AND}{second.text}"


def _adds(first: Candidate, second: Candidate) -> bool:
    """Say whether no word of one is, or is of the family of, a word of the other: `connecting`, `connection`."""
    return not any(one[:5] == other[:5] for one in first.words for other in second.words)


def _listed(words: Sequence[str]) -> Iterable[str]:
    """Yield lists of the most telling, one more of them at a time."""
    for count in range(min(_NAMED_BY, len(words)), len(words) + 1):
        if count:
            yield _WORDS_JOINED.join(words[:count])


def _first_free(options: Iterable[str], taken: Collection[str]) -> str:
    name = ""
    for name in options:
        if name not in taken:
            return name
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return next(other for other in numbered if other not in taken)


def _still_tells(name: str, row: int, segments: Sequence[Sequence[Sequence[Evidence]]]) -> bool:
    """Say whether each need that a name names is still said by some of the segment and less by the others."""
    said = [[frozenset(need_words("\n".join(_texts(rows)))) for rows in people] for people in segments]
    scores = z_scores(said)[row]
    counts = Counter(word for person in said[row] for word in person)
    needs = name.rpartition(_AFTER_SELF_NAME)[2].split(_AND)
    return all(
        any(
            scores.get(word, 0.0) >= _STILL and counts[word] >= _STILL_SHARE * len(said[row])
            for word in need_words(need)
        )
        for need in needs
    )


def _telling_pains(segments: Sequence[Sequence[Sequence[Evidence]]]) -> list[tuple[str, ...]]:
    told = [
        [frozenset(one.pain_id for one in rows if one.pain_id is not None) for rows in people] for people in segments
    ]
    return [_telling(scores) for scores in z_scores(told)]


def _telling_words(segments: Sequence[Sequence[Sequence[Evidence]]]) -> list[tuple[str, ...]]:
    """Return for each segment the words that set its people apart, as mostly written, most telling first."""
    said = [[[pair for text in _texts(rows) for pair in shown_words(text)] for rows in people] for people in segments]
    forms: dict[str, str] = {}
    uses = Counter(pair for people in said for rows in people for pair in rows)
    # A fold is not always a word.
    for (folded, form), _ in sorted(uses.items(), key=lambda item: (-item[1], item[0])):
        forms.setdefault(folded, form)
    words = [[frozenset(folded for folded, _ in rows) for rows in people] for people in said]
    found = []
    for people, scores in zip(words, z_scores(words), strict=True):
        counts = Counter(word for person in people for word in person)
        common = [word for word in _telling(scores) if counts[word] >= NAMING_SHARE * len(people)]
        found.append(tuple(forms[word] for word in common))
    return found


def _telling(scores: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted((thing for thing, z in scores.items() if z > 0), key=lambda thing: (-scores[thing], thing)))
