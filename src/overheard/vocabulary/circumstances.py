"""Around the counts: how much each person talks, when and where each text was said, and what made the groups."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.vocabulary.corpus import Corpus
from overheard.vocabulary.words import Said, Words

Ints = NDArray[np.int64]

STRATA = 5
"""Classes of people who talk as much: who says ten times as much says more of every word."""

SPLITS = 16
"""Ways to cut the people into two halves. One would be a lottery (Meinshausen et al., 2009)."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """By person, shape (people,): `talk` own words, `stratum` of talkers, `half` bit s says which half of split s.

    By text, shape (texts,): `document` numbered from 0, `day` as an ordinal, 0 where unknown. `apart_term` and
    `apart_person` hold each term once with each person who says it in sentences that had no part in making the groups.
    """

    talk: Ints
    stratum: Ints
    half: Ints
    document: Ints
    day: Ints
    apart_term: Ints
    apart_person: Ints


def read_circumstances(corpus: Corpus) -> Circumstances:
    """Gather what the measures of every group need."""
    talk = np.bincount(corpus.person[corpus.words.row], minlength=len(corpus.people)).astype(np.int64)
    edges = np.quantile(talk, np.arange(1, STRATA) / STRATA) if len(talk) else np.zeros(0)
    documents: dict[str, int] = {}
    document = [documents.setdefault(one.document_id, len(documents)) for one in corpus.said]
    day = [one.said_on.toordinal() if one.said_on else 0 for one in corpus.said]
    apart = _apart(corpus)
    crowd = max(len(corpus.people), 1)
    return Circumstances(
        talk,
        np.searchsorted(edges, talk, side="right").astype(np.int64),
        _halves(corpus),
        np.array(document, dtype=np.int64),
        np.array(day, dtype=np.int64),
        apart // crowd,
        apart % crowd,
    )


def _halves(corpus: Corpus) -> Ints:
    """Draw each person's halves from the first thing they said, so that they stay from night to night."""
    first: dict[str, str] = {}
    for one in corpus.said:
        first[one.person_id] = min(first.get(one.person_id, one.utterance_id), one.utterance_id)
    digests = (hashlib.sha256(first[person].encode()).digest() for person in corpus.people)
    return np.array([int.from_bytes(digest[: SPLITS // 8], "big") for digest in digests], dtype=np.int64)


def _apart(corpus: Corpus) -> Ints:
    counts = corpus.counts
    deciding = _deciding(corpus.said, corpus.words)
    free = ~(deciding[counts.place] | deciding[counts.place + counts.length - 1])
    term = np.repeat(np.arange(len(counts.parts)), np.diff(counts.first))[free]
    who = corpus.person[corpus.words.row[counts.place[free]]]
    return np.unique(term * max(len(corpus.people), 1) + who).astype(np.int64)


def _deciding(said: Sequence[Said], words: Words) -> NDArray[np.bool_]:
    """Mark the tokens that stand in a sentence by which its author came into a group."""
    marked = np.zeros(len(words.row), dtype=np.bool_)
    # All at once: for each text alone NumPy would turn all rows into wider numbers again.
    first_token = np.searchsorted(words.row, np.arange(len(said) + 1))
    for row, one in enumerate(said):
        if one.deciding:
            span = slice(first_token[row], first_token[row + 1])
            start = words.start[span]
            for first, last in one.deciding:
                marked[span] |= (start >= first) & (start < last)
    return marked
