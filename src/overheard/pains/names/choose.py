"""Which of its people's phrases names a topic best, beside the names of the other topics."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.pains.label import names_of
from overheard.pains.names.apart import names_apart
from overheard.pains.names.options import Option, options_of
from overheard.pains.names.phrases import DENIED, LONGEST_PARSED, Phrase, Phraser
from overheard.pains.names.said import Wordings, people_named
from overheard.pains.names.score import centroids_of, merit_of, nearness
from overheard.pains.wording import STOP_WORDS, folded, words_of

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Turns texts into unit rows, shape (texts, dims), of the encoder that made the topics' vectors."""

MOST_PARSED, MOST_PARSED_OF_TOPIC, FEWEST_PARSED_OF_TOPIC = 3000, 40, 12
"""Sentences parsed for all names, and for one; a CPU parses some 270 a second."""

MOST_OF_PERSON = 3
"""Sentences of one person that are parsed for one name."""

MOST_COMPARED = 120
"""Phrases of one topic that are encoded."""

ENGLISH_SHARE = 0.25
"""Share of English function words from which a topic's sentences can be parsed; English prose has .4 to .6, other
languages in Latin letters below .15."""

FAINT = 0.72
"""Score below which no phrase says what a topic is about: it is about no thing, or in a language nobody parses."""

NEAR, NEARER = 0.65, 0.2
"""How near the topic a sentence must then be, and by how much nearer than the best phrase, to be the name instead."""

FEWEST_SENTENCE_WORDS, MOST_SENTENCE_WORDS = 3, 7
"""Of a sentence that may be a name."""

_SHORT_SENTENCE = re.compile(r"[^\W\d_][\w ,'’-]{5,48}[.!?…]*")


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

    Candidates are the phrases of the sentences nearest each topic's centroid. The score is likeness (cosine to the
    centroid, and people who say its words), contrast (log-softmax of the likeness to all topics), support (people who
    use its rarest word) and keyness (log-odds of people against the other topics). Topics are named largest first,
    each marked down for likeness to the other names (maximal marginal relevance; Carbonell and Goldstein, 1998), and
    again where a reader would take another topic's name for its own. Two phrases name a topic that neither names
    alone; a topic no phrase names is called by its most central short sentence, in quotes.

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
    centroids = centroids_of(vectors, labels, len(terms))
    central = [_central_rows(texts, vectors, labels, topic, centre) for topic, centre in enumerate(centroids)]
    chosen = _sampled_rows(texts, people, central)
    sampled, named = _sampled_phrases(texts, chosen, phraser)
    wordings = Wordings(texts, people, labels, sampled)
    told = frozenset(wordings.base_of(folded(word)) for word in words_of(brief))
    candidates = [
        [one for one in wordings.candidates(topic, phrases) if not one.key - {DENIED} <= told][:MOST_COMPARED]
        for topic, phrases in enumerate(sampled)
    ]
    distinct = sorted({one.text for some in candidates for one in some})
    row_of = dict(zip(distinct, encode(distinct), strict=True)) if distinct else {}
    sentences = [_short_sentence(texts, vectors, rows, named | told) for rows in chosen]
    options = [
        options_of(some, np.stack([row_of[one.text] for one in some]), wordings, centroids, topic) if some else []
        for topic, some in enumerate(candidates)
    ]
    names = _different_names(options, sentences, row_of, wordings, centroids)
    rest = [topic for topic in range(len(terms)) if topic not in names]
    plain = names_of([terms[topic] for topic in rest], names.values())
    return [(names | dict(zip(rest, plain, strict=True)))[topic] for topic in range(len(terms))]


def _central_rows(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    labels: NDArray[np.int64],
    topic: int,
    centre: NDArray[np.float64],
) -> list[int]:
    members = np.flatnonzero(labels == topic)
    nearness = vectors[members] @ centre
    order = sorted(zip((-nearness).tolist(), members.tolist(), strict=True), key=lambda at: (at[0], texts[at[1]]))
    return [row for _, row in order]


def _sampled_rows(texts: Sequence[str], people: Sequence[str], central: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the rows of each topic that are parsed; none of a topic in a language nobody parses."""
    most = min(MOST_PARSED_OF_TOPIC, max(MOST_PARSED // len(central), FEWEST_PARSED_OF_TOPIC))
    chosen = [_few_of_each(rows, people, most) for rows in central]
    return [rows if _is_english([texts[row] for row in rows]) else [] for rows in chosen]


def _sampled_phrases(
    texts: Sequence[str], chosen: Sequence[Sequence[int]], phraser: Phraser
) -> tuple[list[list[Phrase]], frozenset[str]]:
    """Return the phrases of each topic's chosen rows, without those that hold somebody's name; and the names."""
    parsed = [(topic, row) for topic, rows in enumerate(chosen) for row in rows]
    found: list[list[Phrase]] = [[] for _ in chosen]
    for (topic, _), phrases in zip(parsed, phraser.phrases_of([texts[row] for _, row in parsed]), strict=True):
        found[topic] += phrases
    named = people_named(found)
    return [[one for one in some if named.isdisjoint(said for said, _ in one.words)] for some in found], named


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


def _short_sentence(
    texts: Sequence[str], vectors: NDArray[np.float32], rows: Sequence[int], barred: frozenset[str]
) -> tuple[str, NDArray[np.float32]] | None:
    """Return the first short sentence of `rows` with no barred word and no proper name, in quotes, and its vector."""
    for row in rows:
        words = words_of(texts[row])
        if not FEWEST_SENTENCE_WORDS <= len(words) <= MOST_SENTENCE_WORDS or not _SHORT_SENTENCE.fullmatch(texts[row]):
            continue
        # The parser misses names: a capital inside the sentence may be one.
        capitals = any(word[0].isupper() and word.split("'")[0] != "I" for word in words[1:])
        if not capitals and barred.isdisjoint(folded(word) for word in words):
            return f"“{texts[row].rstrip('.!?…')}”", vectors[row]
    return None


def _different_names(
    options: Sequence[Sequence[Option]],
    sentences: Sequence[tuple[str, NDArray[np.float32]] | None],
    row_of: Mapping[str, NDArray[np.float32]],
    wordings: Wordings,
    centroids: NDArray[np.float64],
) -> dict[int, str]:
    """Name topics by a sentence where no phrase says what they are about, else by phrases unlike the others' names."""
    names: dict[int, str] = {}
    settled = []
    for topic, (some, sentence) in enumerate(zip(options, sentences, strict=True)):
        if sentence is None or sentence[0].casefold() in {name.casefold() for name in names.values()}:
            continue
        meant = sentence[1][None] @ centroids.T
        least = 0.0
        if some:
            best = some[0].parts[0]
            near = float(nearness(row_of[best.text][None] @ centroids.T, topic)[0])
            least = max(near + NEARER, NEAR) if near + merit_of(best, wordings.crowd[topic]) < FAINT else np.inf
        if float(nearness(meant, topic)[0]) >= least or not some:
            names[topic] = sentence[0]
            settled.append(meant[0])
    left = {topic: some for topic, some in enumerate(options) if some and topic not in names}
    return names | {topic: one.text for topic, one in names_apart(left, settled, len(options)).items()}
