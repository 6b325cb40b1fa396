"""Which of its people's phrases names a topic best, beside the names of the other topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.pains.label import names_of
from overheard.pains.names.phrases import LONGEST_PARSED, Phrase, Phraser
from overheard.pains.names.said import Candidate, Key, Wordings, people_named
from overheard.pains.wording import STOP_WORDS, folded, words_of

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Turns texts into unit rows, shape (texts, dims), of the encoder that made the topics' vectors."""

MOST_PARSED, MOST_PARSED_OF_TOPIC, FEWEST_PARSED_OF_TOPIC = 3000, 40, 12
"""Sentences parsed for all names, and for one; a CPU parses some 270 a second."""

MOST_OF_PERSON = 3
"""Sentences of one person that are parsed for one name."""

MOST_COMPARED = 40
"""Phrases of one topic that are encoded."""

ENGLISH_SHARE = 0.25
"""Share of English function words from which a topic's sentences can be parsed; English prose has .4 to .6, other
languages in Latin letters below .15."""

TEMPERATURE = 0.05
"""Of the softmax over topics in `contrast`; differences of cosine between close topics are of this size."""

CONTRAST, SUPPORT, KEYNESS = 0.5, 0.2, 0.02
"""Weights beside relevance (a cosine)."""

WHOLE_SUPPORT = 0.12
"""Share of a topic's people who use a word, from which it speaks for them all."""

MOST_KEYNESS = 3.0
"""z-score beyond which a phrase is no more telling."""

FEWEST_USERS = 2
"""People who must say a phrase before it speaks for more than one."""

USUAL_WORDS = 4
SAID_TOGETHER = 0.06
ALONE = -0.06
PROPER = -0.1
QUIRK = -0.1
LONG = -0.05
"""Added for a phrase of several people; for a single telling word; for one that is a proper name, often a person's; for
a word of one person; for each word beyond the usual."""

ALIKE, ALIKE_PENALTY = 0.75, 0.5
"""Cosine to another topic's name from which a name is marked down, and by how much for each further unit."""


def name_topics(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    people: Sequence[str],
    labels: NDArray[np.int64],
    terms: Sequence[Sequence[str]],
    phraser: Phraser | None,
    encode: Encode | None,
    brief: str,
) -> list[str]:
    """Name each topic by a phrase its people say.

    Candidates are the phrases of the sentences nearest each topic's centroid. The score is relevance (cosine to the
    centroid), contrast (log-softmax of the cosines to all centroids), support (people who use its rarest word) and
    keyness (log-odds of people against the other topics); topics are named largest first, each marked down for
    likeness to the names given before (maximal marginal relevance; Carbonell and Goldstein, 1998).

    Args:
        texts: one per signal.
        vectors: their unit rows, shape (texts, dims), float32.
        people: the person behind each text.
        labels: topic of each text, 0 to topics - 1, -1 for none, shape (texts,).
        terms: each topic's distinctive terms, best first; they name it where no phrase can.
        phraser: finds phrases in English; None names all topics by their terms.
        encode: makes vectors as those of the texts; None names all topics by their terms.
        brief: what the market is about; a name of nothing but its words says nothing.

    Returns:
        One name per topic, all different.
    """
    if phraser is None or encode is None or not terms:
        return names_of(terms)
    sampled = _sampled_phrases(texts, vectors, people, labels, len(terms), phraser)
    wordings = Wordings(texts, people, labels, sampled)
    told = frozenset(wordings.base_of(folded(word)) for word in words_of(brief))
    candidates = [
        [one for one in wordings.candidates(topic, phrases) if not one.key <= told][:MOST_COMPARED]
        for topic, phrases in enumerate(sampled)
    ]
    distinct = sorted({one.text for some in candidates for one in some})
    if not distinct:
        return names_of(terms)
    row_of = dict(zip(distinct, encode(distinct), strict=True))
    centroids = _centroids(vectors, labels, len(terms))
    scored = [
        _scored(some, np.stack([row_of[one.text] for one in some]) if some else None, centroids, topic, crowd)
        for topic, (some, crowd) in enumerate(zip(candidates, wordings.crowd, strict=True))
    ]
    return _different_names(scored, row_of, terms)


def _sampled_phrases(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    people: Sequence[str],
    labels: NDArray[np.int64],
    topics: int,
    phraser: Phraser,
) -> list[list[Phrase]]:
    """Return the phrases of each topic's most central sentences, without those that hold somebody's name."""
    most = min(MOST_PARSED_OF_TOPIC, max(MOST_PARSED // topics, FEWEST_PARSED_OF_TOPIC))
    centroids = _centroids(vectors, labels, topics)
    rows: list[int] = []
    for topic in range(topics):
        members = np.flatnonzero(labels == topic)
        nearness = vectors[members] @ centroids[topic]
        order = sorted(zip((-nearness).tolist(), members.tolist(), strict=True), key=lambda at: (at[0], texts[at[1]]))
        chosen = _few_of_each([row for _, row in order], people, most)
        if _is_english([texts[row] for row in chosen]):
            rows += chosen
    found: list[list[Phrase]] = [[] for _ in range(topics)]
    for row, phrases in zip(rows, phraser.phrases_of([texts[row] for row in rows]), strict=True):
        found[labels[row]] += phrases
    named = people_named(found)
    return [[one for one in phrases if named.isdisjoint(said for said, _ in one.words)] for phrases in found]


def _few_of_each(rows: Sequence[int], people: Sequence[str], most: int) -> list[int]:
    said: Counter[str] = Counter()
    chosen = []
    for row in rows:
        said[people[row]] += 1
        if said[people[row]] <= MOST_OF_PERSON:
            chosen.append(row)
    return chosen[:most]


def _is_english(texts: Sequence[str]) -> bool:
    words = [folded(word) for text in texts for word in words_of(text[:LONGEST_PARSED])]
    return sum(word in STOP_WORDS for word in words) >= ENGLISH_SHARE * max(len(words), 1)


def _centroids(vectors: NDArray[np.float32], labels: NDArray[np.int64], topics: int) -> NDArray[np.float64]:
    """Return each topic's mean direction, shape (topics, dims)."""
    sums = np.zeros((topics, vectors.shape[1]))
    inside = labels >= 0
    np.add.at(sums, labels[inside], vectors[inside])
    centroids: NDArray[np.float64] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return centroids


def _scored(
    candidates: Sequence[Candidate],
    rows: NDArray[np.float32] | None,
    centroids: NDArray[np.float64],
    topic: int,
    crowd: int,
) -> list[tuple[float, Candidate]]:
    """Score the candidates of one topic; `rows` are their vectors, `crowd` the topic's people."""
    if rows is None:
        return []
    cosines = rows @ centroids.T
    odds = cosines / TEMPERATURE
    contrast = odds[:, topic] - np.logaddexp.reduce(odds, axis=1)
    scores = cosines[:, topic] + CONTRAST * TEMPERATURE * contrast
    return [
        (float(score) + _usage(one, crowd) + _shape(one), one) for score, one in zip(scores, candidates, strict=True)
    ]


def _usage(one: Candidate, crowd: int) -> float:
    """Score how much a phrase is its topic's people's own."""
    support = min(one.least / max(WHOLE_SUPPORT * crowd, FEWEST_USERS), 1.0)
    together = SAID_TOGETHER if one.users >= FEWEST_USERS else 0.0
    quirk = QUIRK if one.least < FEWEST_USERS <= crowd // 2 else 0.0
    return SUPPORT * support + together + quirk + KEYNESS * min(one.keyness, MOST_KEYNESS)


def _shape(one: Candidate) -> float:
    words = one.text.split()
    alone = ALONE if len(one.key) == 1 else 0.0
    if alone and words[0][:1].isupper() and not words[0].isupper():
        alone += PROPER
    return alone + LONG * max(len(words) - USUAL_WORDS, 0)


def _different_names(
    scored: Sequence[Sequence[tuple[float, Candidate]]],
    row_of: Mapping[str, NDArray[np.float32]],
    terms: Sequence[Sequence[str]],
) -> list[str]:
    """Give each topic its best phrase, largest topic first, that is no other topic's and unlike the others' names."""
    names: dict[int, str] = {}
    keys: set[Key] = set()
    for topic, some in enumerate(scored):
        free = [(score, one) for score, one in some if one.key not in keys]
        if not free:
            continue
        given = (
            np.stack([row_of[name] for name in names.values()])
            if names
            else np.zeros((1, len(row_of[free[0][1].text])))
        )
        unlike = [
            (score - ALIKE_PENALTY * max(float((given @ row_of[one.text]).max()) - ALIKE, 0.0), one)
            for score, one in free
        ]
        best = min(unlike, key=lambda pair: (-pair[0], pair[1].text))[1]
        names[topic] = best.text
        keys.add(best.key)
    rest = [topic for topic in range(len(terms)) if topic not in names]
    plain = names_of([terms[topic] for topic in rest], names.values())
    return [(names | dict(zip(rest, plain, strict=True)))[topic] for topic in range(len(terms))]
