"""Which segment follows from answers to the questions? What its people would pick, judged by all that they wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.people.assigning.assigner import ASSIGNED, BETWEEN, Assignment
from overheard.people.assigning.centres import Floats, deal_people
from overheard.people.assigning.check import FOLDS, Check, Trials, check_trials
from overheard.people.assigning.presence import Sayings, presence_of
from overheard.people.assigning.questions import Offered, Question, find_questions, recall_questions

NO_ANSWER = "no question was answered"
NO_QUOTE = ""
"""Stands for an option of which no sentence is left."""
_PRIOR = 0.5
"""Imagined people of each segment who pick each option."""


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """What answers say of segments.

    `quotes` are the sentences offered, verbatim but for line ends. `tables` hold for each question the share of each
    segment's people who would pick each option, shape (segments, options). `check` is measured on people who had no
    part in choosing the questions, unless they were asked before.
    """

    questions: tuple[Question, ...]
    quotes: tuple[tuple[str, ...], ...]
    segment_ids: tuple[str, ...]
    shares: Floats
    tables: tuple[Floats, ...]
    least_probability: float
    check: Check

    def speaks_for(self) -> dict[str, str]:
        """Return for each pain asked about the segment whose people most rather pick it than others do."""
        said: dict[str, str] = {}
        for question, table in zip(self.questions, self.tables, strict=True):
            rather = (table / table.sum(axis=0)).argmax(axis=0).tolist()
            said |= {key: self.segment_ids[row] for key, row in zip(question.pain_ids, rather, strict=True)}
        return said

    def assign(self, picked: Sequence[int | None]) -> Assignment:
        """Assign one customer: for each question the number of the option they picked, None where they picked none."""
        if all(pick is None for pick in picked):
            return Assignment(None, 0.0, NO_ANSWER)
        likely = likely_segments(self.shares, self.tables, picked)
        best = int(likely.argmax())
        probability = float(likely[best])
        if probability < self.least_probability:
            between = dict(zip(self.segment_ids, likely.tolist(), strict=True))
            return Assignment(None, probability, BETWEEN, likely=between)
        return Assignment(self.segment_ids[best], probability, ASSIGNED)


def fit_answers(sayings: Sayings, seed: int, fewest_people: int, asked: Sequence[Question] | None = None) -> AnswerKey:
    """Find the questions (or take those asked before) and learn what their answers say; measure on people left out.

    What somebody would pick is the sentence that is nearest to all that they wrote.

    Args:
        sayings: what people of known segment said, of two segments at least.
        seed: of the folds.
        fewest_people: of a segment who must have said a pain themselves for it to be asked about.
        asked: questions of an earlier night; options of which nothing is left are picked by nobody.

    Returns:
        The key; without questions where nothing tells the segments apart.
    """
    everybody = np.ones(len(sayings.segments), dtype=bool)
    folds = deal_people(sayings.person_ids, sayings.segments, FOLDS, seed)
    guess, probability = np.zeros(len(folds), dtype=np.int64), np.zeros(len(folds))
    for fold in np.unique(folds).tolist():
        held = folds == fold
        _, shares, tables, picks = _fit(sayings, ~held, fewest_people, asked)
        for person in np.flatnonzero(held).tolist():
            likely = likely_segments(shares, tables, [int(own[person]) for own in picks])
            guess[person], probability[person] = likely.argmax(), likely.max()
    numbers = np.arange(len(folds))
    ones = np.ones(len(folds))
    trials = Trials(numbers, folds, ones, sayings.segments, guess, probability, ones.astype(bool))
    check, least = check_trials(trials, sayings.segment_ids)
    found, shares, tables, _ = _fit(sayings, everybody, fewest_people, asked)
    quotes = tuple(
        tuple(NO_QUOTE if at is None else " ".join(sayings.offers[at].text.split()) for at in offered)
        for _, offered in found
    )
    questions = tuple(question for question, _ in found)
    return AnswerKey(questions, quotes, sayings.segment_ids, shares, tuple(tables), least, check)


def _fit(
    sayings: Sayings, known: NDArray[np.bool_], fewest_people: int, asked: Sequence[Question] | None
) -> tuple[list[tuple[Question, Offered]], Floats, list[Floats], list[NDArray[np.int64]]]:
    """Return questions, segments' shares, tables, and what everybody would pick, by the known people."""
    presence = presence_of(sayings, known)
    if asked is None:
        found = find_questions(sayings, presence, known, fewest_people)
    else:
        found = recall_questions(asked, sayings, presence, known)
    count = len(sayings.segment_ids)
    sizes = np.bincount(sayings.segments[known], minlength=count) + _PRIOR
    tables, picks = [], []
    for _, offered in found:
        near = [np.full(len(presence), -np.inf) if at is None else presence[:, at] for at in offered]
        own = np.stack(near).argmax(axis=0)
        table = np.full((count, len(offered)), _PRIOR)
        np.add.at(table, (sayings.segments[known], own[known]), 1)
        tables.append(table / table.sum(axis=1, keepdims=True))
        picks.append(own)
    return found, sizes / sizes.sum(), tables, picks


def likely_segments(shares: Floats, tables: Sequence[Floats], picked: Sequence[int | None]) -> Floats:
    """Return the probability of each segment, answers taken as independent within it, shape (segments,)."""
    powers = np.log(shares)
    for table, pick in zip(tables, picked, strict=True):
        if pick is not None:
            powers = powers + np.log(table[:, pick])
    likely = np.exp(powers - powers.max())
    total: Floats = likely / likely.sum()
    return total
