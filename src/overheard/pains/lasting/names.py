"""What pains are called and which sentences stand for them: given at birth, kept until they become another thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from overheard.pains.lasting.standing import Rows, Sentences, Standing
from overheard.pains.lasting.tell import Teller
from overheard.pains.topics import Topic
from overheard.records import LastingPain, Pain

Describing = Callable[[Sentences, NDArray[np.int64]], Sequence[Topic]]
"""Describes a grouping, labels of shape (sentences,), -1 for none: one topic per label, in the labels' order."""

LEAST_EXEMPLARS = 5
"""Sentences that stand for a pain, below which they are chosen anew."""


def name_pains(
    standing: Standing, before: Iterable[Pain], describe: Describing, tell: Teller
) -> tuple[Standing, list[Pain]]:
    """Name what has no name, name anew what became another thing, and show each living pain.

    Args:
        standing: at the end of the night.
        before: the pains as shown last night.
        describe: called where a name or new exemplars are needed, for it is the slowest part of a quiet night.
        tell: says events.

    Returns:
        The standing with every living pain named, and one record per living pain, by id.
    """
    members, sentences = standing.members(), standing.sentences
    row_of = {signal_id: row for row, signal_id in enumerate(sentences.ids)}
    shown = {pain.pain_id: pain for pain in before}
    exemplars = {
        pain_id: tuple(
            one
            for one in (shown[pain_id].exemplars if pain_id in shown else ())
            if one in row_of and standing.places[row_of[one]] == pain_id
        )
        for pain_id in members
        if pain_id not in standing.restated
    }
    stale = [
        pain_id
        for pain_id, rows in members.items()
        if not standing.pains[pain_id].name or len(exemplars.get(pain_id, ())) < min(LEAST_EXEMPLARS, len(rows))
    ]
    if stale:
        topics = dict(zip(members, describe(sentences, _labels(members, len(sentences))), strict=True))
        for pain_id in stale:
            exemplars[pain_id] = tuple(sentences.ids[row] for row in topics[pain_id].central)
            standing = _named(standing, pain_id, topics[pain_id], tell)
    pains = [
        Pain(
            pain_id=pain_id,
            name=standing.pains[pain_id].name,
            words=standing.pains[pain_id].words,
            exemplars=exemplars[pain_id],
            people=sentences.count_people(rows),
            signals=len(rows),
        )
        for pain_id, rows in members.items()
    ]
    return standing, pains


def _labels(members: dict[str, Rows], count: int) -> NDArray[np.int64]:
    labels = np.full(count, -1, dtype=np.int64)
    for label, rows in enumerate(members.values()):
        labels[rows] = label
    return labels


def _named(standing: Standing, pain_id: str, topic: Topic, tell: Teller) -> Standing:
    """Give a newborn its name and a pain that became another thing its new one; a person's own name stays."""
    pain = standing.pains[pain_id]
    if pain.name and (pain_id not in standing.restated or "named" in pain.by_hand):
        return standing
    taken = {other.name.casefold() for other in standing.pains.values() if other.pain_id != pain_id}
    name = next(name for name in _candidates(topic) if name.casefold() not in taken)
    renamed: LastingPain = replace(pain, name=name, words=topic.words)
    if pain.name and pain.name != name:
        return standing.with_pain(renamed, tell.event(pain_id, "renamed", f"“{pain.name}” → “{name}”"))
    return standing.with_pain(renamed)


def _candidates(topic: Topic) -> Iterator[str]:
    """Yield names for a topic, the best first, without end: what an older pain is called may not be used again."""
    yield topic.name
    yield from topic.words
    number = 2
    while True:
        yield f"{topic.name} ({number})"
        number += 1
