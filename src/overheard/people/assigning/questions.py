"""Which three questions best tell the segments apart? Each offers one sentence of each segment's people to pick from.

Sentences are chosen by how much nearer their segment's people are to them than the others. Choosing pains first and a
sentence of each afterwards finds an eighth fewer memberships by what is shown, yes-or-no questions a fifth fewer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.people.assigning.presence import Floats, Sayings
from overheard.records import id_of

QUESTIONS = 3
ASKED = "Which of these could you have said yourself in the last three months? Pick the one that is closest."
NONE_OF_THESE = "none of these"

Offered = tuple[int | None, ...]
"""Of each option the column of its sentence in the offers; None where neither it nor another of its pain is left."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: pick one. `pain_ids` are what its options stand for, in order; it holds no words of anybody.

    `sentences` are the keys of the sentences offered; questions of before they were kept have none.
    """

    question_id: str
    pain_ids: tuple[str, ...]
    sentences: tuple[str, ...] = ()


def find_questions(
    sayings: Sayings, presence: Floats, known: NDArray[np.bool_], fewest_people: int
) -> list[tuple[Question, Offered]]:
    """Choose for each question a sentence of each segment, those that mark their segment best first.

    Args:
        sayings: what people said.
        presence: as `presence_of`, shape (people, offers).
        known: shape (people,); whom to choose by and whose sentences to offer.
        fewest_people: of a segment who must have said a pain themselves for it to be asked about.

    Returns:
        At most QUESTIONS; fewer where there are not enough pains; each has two options or more, no two of one pain.
    """
    marks = marks_of(sayings, presence, known)
    fit = [
        column
        for column, one in enumerate(sayings.offers)
        if known[one.person] and marks[column] > 0
        and sayings.speakers[one.pain_id, int(sayings.segments[one.person])] >= fewest_people
    ]  # fmt: skip
    chosen: list[list[int]] = [[] for _ in sayings.segment_ids]
    taken: set[str] = set()
    for column in sorted(fit, key=lambda at: (-marks[at], sayings.offers[at].text)):
        one = sayings.offers[column]
        own = chosen[int(sayings.segments[one.person])]
        if one.pain_id not in taken and len(own) < QUESTIONS:
            taken.add(one.pain_id)
            own.append(column)
    found: list[tuple[Question, Offered]] = []
    for number in range(QUESTIONS):
        columns = tuple(own[number] for own in chosen if len(own) > number)
        if len(columns) >= 2:
            pain_ids = tuple(sayings.offers[column].pain_id for column in columns)
            keys = tuple(sayings.offers[column].key for column in columns)
            question = Question(f"q{number + 1}_{id_of('question', *pain_ids, *keys)[:8]}", pain_ids, keys)
            found.append((question, columns))
    return found


def recall_questions(
    asked: Sequence[Question], sayings: Sayings, presence: Floats, known: NDArray[np.bool_]
) -> list[tuple[Question, Offered]]:
    """Find the sentences of questions asked before; where one is gone, the one that marks its segment best stands in.

    Args: as `find_questions`.
    """
    marks = marks_of(sayings, presence, known)
    by_key = {one.key: column for column, one in enumerate(sayings.offers)}
    by_pain: Mapping[str, int] = {
        sayings.offers[column].pain_id: column for column in np.argsort(marks, kind="stable").tolist()
    }
    found = []
    for question in asked:
        keys = question.sentences or ("",) * len(question.pain_ids)
        offered = [by_key.get(key, by_pain.get(pain)) for key, pain in zip(keys, question.pain_ids, strict=True)]
        found.append((question, tuple(offered)))
    return found


def marks_of(sayings: Sayings, presence: Floats, known: NDArray[np.bool_]) -> Floats:
    """Return Welch's t of each offer between its sayer's segment and the others, shape (offers,)."""
    marks = np.zeros(len(sayings.offers))
    owners = np.array([sayings.segments[one.person] for one in sayings.offers], dtype=np.int64)
    for segment in range(len(sayings.segment_ids)):
        own = owners == segment
        inside = presence[known & (sayings.segments == segment)][:, own]
        outside = presence[known & (sayings.segments != segment)][:, own]
        if len(inside) and len(outside):
            error = inside.var(axis=0) / len(inside) + outside.var(axis=0) / len(outside)
            marks[own] = (inside.mean(axis=0) - outside.mean(axis=0)) / np.sqrt(error + 1e-6)
    return marks
