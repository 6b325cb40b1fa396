"""The way from texts to topics: one function for pains, whose people count, and one for bare texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.pains.cluster import grouped_many
from overheard.pains.duplicates import distinct_texts
from overheard.pains.few import grouped_few
from overheard.pains.label import distinctive_terms, names_of
from overheard.pains.levels.detail import at_detail
from overheard.pains.settle import Crowd, Floor, centroids_of, membership, settled_labels
from overheard.pains.space import contrasted
from overheard.pains.topics import PainFit, Topic
from overheard.records import id_of
from overheard.settings import PainSettings

MOST_EXEMPLARS = 10

Namer = Callable[
    [Sequence[str], NDArray[np.float32], Sequence[str], NDArray[np.int64], Sequence[Sequence[str]]], list[str]
]
"""From texts, their vectors, people and labels, and the topics' terms: a name for each topic; see `name_topics`."""


def group_pains(
    texts: Sequence[str], vectors: NDArray[np.float32], people: Sequence[str], settings: PainSettings
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Group texts that hurt alike.

    Args:
        texts: one per signal.
        vectors: their unit rows, shape (texts, dims), float32.
        people: the person behind each text.
        settings: of [pains].

    Returns:
        The topic of each text, 0 for the largest, -1 for none, and how probable it is there, 0-1: both of shape
        (texts,). The same texts give the same groups in whatever order they come.

    Raises:
        ValueError: the arguments are not of one length, or `vectors` is no finite matrix.
    """
    if not len(texts) == len(vectors) == len(people):
        raise ValueError(f"{len(texts)} texts, {len(vectors)} vectors and {len(people)} people")
    if vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise ValueError("vectors must be a finite matrix, one row per text")
    labels, _, probabilities = _grouped(texts, vectors, people, settings)
    return labels, probabilities


def describe_pains(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    ids: Sequence[str],
    people: Sequence[str],
    labels: NDArray[np.int64],
    probabilities: NDArray[np.float64],
    namer: Namer | None = None,
) -> PainFit:
    """Name each topic of a grouping and find its words and central texts.

    Args:
        texts: one per signal.
        vectors: their unit rows, shape (texts, dims), float32.
        ids: signal ids, one per text.
        people: the person behind each text.
        labels: topic of each text, 0 to topics - 1, -1 for none, shape (texts,).
        probabilities: of each text's being where it is, 0-1, shape (texts,).
        namer: finds the names; None names topics by their terms, which takes no model.
    """
    count = int(labels.max(initial=-1)) + 1
    terms = distinctive_terms(texts, people, labels, count)
    names = namer(texts, vectors, people, labels, terms) if namer else names_of(terms)
    central = _central_rows(texts, vectors, people, labels)
    topics = tuple(
        Topic(
            rows=tuple(np.flatnonzero(labels == topic).tolist()),
            central=central[topic],
            words=terms[topic],
            name=name,
            people=len({people[row] for row in np.flatnonzero(labels == topic).tolist()}),
        )
        for topic, name in enumerate(names)
    )
    return PainFit(
        ids=tuple(ids),
        labels=tuple(None if label < 0 else int(label) for label in labels),
        probabilities=tuple(float(p) for p in probabilities),
        topics=topics,
    )


def group_texts(
    texts: Sequence[str], vectors: NDArray[np.float32], ids: Sequence[str], settings: PainSettings
) -> list[tuple[str, str | None, float]]:
    """Group texts whose authors are unknown: `group_pains` with each text its own person.

    Returns:
        (id, topic id or None, probability) per text, in the order given. At detail 1 a topic's id is made from its
        central text. At another detail a topic that is none of those has an id made from all its texts, since a part
        often has the central text of its whole; so an id is one topic's, whatever the detail.
    """
    alone = settings.model_copy(update={"minimum_people": 1})
    people = [str(row) for row in range(len(texts))]
    labels, plain_labels, probabilities = _grouped(texts, vectors, people, alone)
    fit = describe_pains(texts, vectors, ids, people, labels, probabilities)
    names = [_topic_id(topic, texts, plain_labels) for topic in fit.topics]
    return [
        (one, None if label is None else names[label], probability)
        for one, label, probability in zip(fit.ids, fit.labels, fit.probabilities, strict=True)
    ]


def _topic_id(topic: Topic, texts: Sequence[str], plain_labels: NDArray[np.int64]) -> str:
    label = plain_labels[topic.central[0]]
    if np.array_equal(np.flatnonzero(plain_labels == label), topic.rows):
        return id_of("topic", texts[topic.central[0]])
    return id_of("topic", *sorted(texts[row] for row in topic.rows))


def _grouped(
    texts: Sequence[str], vectors: NDArray[np.float32], people: Sequence[str], settings: PainSettings
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return labels, those at detail 1, and probabilities of all texts, from a grouping of the distinct ones."""
    distinct = distinct_texts(texts)
    if not len(distinct.row):
        nowhere = np.full(len(texts), -1, dtype=np.int64)
        return nowhere, nowhere, np.zeros(len(texts))
    said = np.flatnonzero(distinct.twin_of >= 0)
    code = np.unique(np.array(people, dtype=object), return_inverse=True)[1]
    crowd = Crowd(distinct.twin_of[said], code[said])
    floor = Floor(settings.minimum_signals, settings.minimum_people)
    rows = np.ascontiguousarray(vectors[distinct.row], dtype=np.float32)
    is_small = len(rows) < settings.small_corpus
    if is_small:
        labels = settled_labels(rows, grouped_few(rows, floor, settings), crowd, floor)
    else:
        labels = grouped_many(rows, crowd, floor, settings)
    detailed = labels
    if settings.detail != 1 and settings.topics is None:
        detailed = at_detail(rows if is_small else contrasted(rows), labels, settings.detail, crowd, floor)
    sure = membership(rows, detailed)
    everywhere = np.where(distinct.twin_of >= 0, detailed[distinct.twin_of], -1)
    plain = np.where(distinct.twin_of >= 0, labels[distinct.twin_of], -1)
    return everywhere, plain, np.where(everywhere >= 0, sure[distinct.twin_of], 0.0)


def _central_rows(
    texts: Sequence[str], vectors: NDArray[np.float32], people: Sequence[str], labels: NDArray[np.int64]
) -> list[tuple[int, ...]]:
    """Return each topic's rows nearest its centroid, new voices before second quotes of one, no text twice."""
    found = []
    for topic, centre in enumerate(centroids_of(vectors, labels)):
        members = np.flatnonzero(labels == topic)
        farness = (-(vectors[members] @ centre)).tolist()
        ranked = [
            row
            for _, _, row in sorted((far, texts[row], row) for far, row in zip(farness, members.tolist(), strict=True))
        ]
        first = distinct_texts([texts[row] for row in ranked])
        _, keep = np.unique(first.twin_of, return_index=True)
        ranked = [ranked[place] for place in sorted(keep)]
        voices: set[str] = set()
        fresh: list[int] = []
        again: list[int] = []
        for row in ranked:
            (again if people[row] in voices else fresh).append(row)
            voices.add(people[row])
        found.append(tuple((fresh + again)[:MOST_EXEMPLARS]))
    return found
