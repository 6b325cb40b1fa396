"""Who only passes by? One short answer in a talk of others, that asks nothing.

Whoever opens a thread, asks, or writes at length tells something of a need; so may a passer-by, whose words are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from overheard.people.roles.said import Said, words_of

MOST_WORDS = 20
"""Of a passer-by's only post."""


def passing_evidence(by_person: Mapping[str, Sequence[Said]]) -> dict[str, tuple[str, ...]]:
    """Find the passers-by.

    Args:
        by_person: person_id → everything each said in threads.

    Returns:
        person_id → evidence. Nobody passes by where no one comes back: answers to a survey and reviews are no talks.
    """
    talks = _talks(by_person)
    found: dict[str, tuple[str, ...]] = {}
    for person_id, (one, *more) in by_person.items():
        if more or one.position == 0 or one.document_id not in talks or "?" in one.text:
            continue
        words = len(words_of(one.text))
        if words <= MOST_WORDS:
            found[person_id] = (f"one short answer that asks nothing: {words} words",)
    return found


def _talks(by_person: Mapping[str, Sequence[Said]]) -> frozenset[str]:
    """Return the documents in which somebody comes back after another spoke."""
    places: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for person_id, said in by_person.items():
        for one in said:
            places[one.document_id].setdefault(person_id, []).append(one.position)
    return frozenset(
        document_id
        for document_id, speakers in places.items()
        if len(speakers) > 1 and any(max(at) - min(at) >= len(at) for at in speakers.values())
    )
