"""Which question to ask somebody next of whom too little is known? The one whose answer is expected to tell most."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.people.assigning.answers import AnswerKey
from overheard.people.assigning.centres import fit_sharpness, probabilities
from overheard.people.assigning.presence import Floats
from overheard.people.needs.evidence import Evidence, rows_by_person


@dataclass(frozen=True, slots=True)
class Ask:
    """What to ask one person in no segment, and how likely (0-1) their answer settles which is theirs.

    `pain_ids` are what the options of the question stand for.
    """

    person_id: str
    question_id: str
    pain_ids: tuple[str, ...]
    settles: float


def ask_people(
    key: AnswerKey, evidence: Sequence[Evidence], vectors: NDArray[np.float32], segment_of: Mapping[str, str]
) -> list[Ask]:
    """Choose for everybody in no segment which question to ask, given what they said.

    Args:
        key: the questions and what their answers say.
        evidence: pain sentences of anybody.
        vectors: unit length, shape (sentences, dims); `Evidence.row` points into it.
        segment_of: person_id → segment_id.

    Returns:
        One for each person of the evidence in no segment, in an order that follows from what was said; none where there
        is no question.
    """
    means = {
        person_id: vectors[own].mean(axis=0, dtype=np.float64)
        for person_id, rows in rows_by_person(evidence).items()
        if (own := [row for at in rows if (row := evidence[at].row) is not None])
    }
    placed = [person_id for person_id in means if segment_of.get(person_id) in key.segment_ids]
    open_ = [person_id for person_id in means if person_id not in segment_of]
    if not placed or not open_ or not key.questions:
        return []
    rows = np.array([means[person_id] for person_id in placed])
    segments = np.array([key.segment_ids.index(segment_of[person_id]) for person_id in placed], dtype=np.int64)
    sharpness = fit_sharpness(_nearness(rows, rows, segments, is_own=True), segments, np.ones(len(rows)))
    near = _nearness(np.array([means[person_id] for person_id in open_]), rows, segments, is_own=False)
    asks = []
    for person_id, likely in zip(open_, probabilities(near, sharpness), strict=True):
        question_id = next_question(key, dict(zip(key.segment_ids, likely.tolist(), strict=True)))
        at = [one.question_id for one in key.questions].index(question_id)
        joint = likely[:, None] * key.tables[at]
        answers = joint.sum(axis=0)
        is_told = joint.max(axis=0) >= key.least_probability * answers
        asks.append(Ask(person_id, question_id, key.questions[at].pain_ids, float(answers[is_told].sum())))
    return asks


def _nearness(people: Floats, placed: Floats, segments: NDArray[np.int64], is_own: bool) -> Floats:
    """Return cosines with what sets each segment apart, shape (people, segments); `is_own`: each without themselves."""
    count = int(segments.max()) + 1
    sums = np.zeros((count, placed.shape[1]))
    np.add.at(sums, segments, placed)
    sizes = np.bincount(segments, minlength=count).astype(np.float64)
    near = np.zeros((len(people), count))
    for row, person in enumerate(people):
        own = (np.arange(count) == segments[row]).astype(np.float64) if is_own else np.zeros(count)
        means = (sums - own[:, None] * person) / np.maximum(sizes - own, 1.0)[:, None]
        apart = means - means.mean(axis=0)
        lengths = np.linalg.norm(apart, axis=1) * max(float(np.linalg.norm(person - means.mean(axis=0))), 1e-12)
        near[row] = apart @ (person - means.mean(axis=0)) / np.maximum(lengths, 1e-12)
    return near


def next_question(key: AnswerKey, likely: Mapping[str, float], answered: Collection[str] = ()) -> str:
    """Return the id of the question that is expected to tell most of somebody's segment.

    Args:
        key: the questions and what their answers say.
        likely: how likely each segment is, by segment_id; empty where nothing is known, then as the segments' sizes.
        answered: ids of questions that are not asked again.

    Returns:
        The first of the best; "" where none is left.
    """
    before = np.array([likely.get(segment_id, 0.0) for segment_id in key.segment_ids])
    before = before / before.sum() if before.sum() > 0 else key.shares
    gains = {
        question.question_id: _information(before, table)
        for question, table in zip(key.questions, key.tables, strict=True)
        if question.question_id not in answered
    }
    return max(gains, key=lambda one: gains[one]) if gains else ""


def _information(likely: Floats, table: Floats) -> float:
    """Return the mutual information of segment and answer in bits; `table` holds answers by segment (rows sum to 1)."""
    joint = likely[:, None] * table
    apart = likely[:, None] * joint.sum(axis=0)[None, :]
    there = joint > 0
    return round(float((joint[there] * np.log2(joint[there] / apart[there])).sum()), 9)
