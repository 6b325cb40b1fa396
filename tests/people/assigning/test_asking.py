"""Who is in no segment is asked the question whose answer is expected to tell most of them."""

from __future__ import annotations

import numpy as np
import pytest

from overheard.people.assigning import (
    AnswerKey,
    Check,
    Question,
    ask_people,
    fit_answers,
    gather_sayings,
    next_question,
)
from tests.people.assigning.market import make_market

BETWEEN_A_AND_B = np.array([[0.9, 0.05, 0.05], [0.05, 0.9, 0.05], [0.34, 0.33, 0.33]])
BETWEEN_B_AND_C = np.array([[0.34, 0.33, 0.33], [0.9, 0.05, 0.05], [0.05, 0.9, 0.05]])
KEY = AnswerKey(
    (Question("q1", ("1", "2", "3")), Question("q2", ("4", "5", "6"))),
    (("", "", ""), ("", "", "")),
    ("a", "b", "c"),
    np.array([0.1, 0.5, 0.4]),
    (BETWEEN_A_AND_B, BETWEEN_B_AND_C),
    0.8,
    Check(0, 0.0, 0.0, 0.0, 0.0, ()),
)


@pytest.mark.parametrize(
    ("likely", "answered", "asked"),
    [
        ({"a": 0.5, "b": 0.5}, (), "q1"),
        ({"b": 0.5, "c": 0.5}, (), "q2"),
        ({}, (), "q2"),
        ({"b": 0.5, "c": 0.5}, ("q2",), "q1"),
        ({"a": 1.0}, ("q1", "q2"), ""),
    ],
    ids=["between a and b", "between b and c", "nothing known: the large ones", "asked before", "none left"],
)
def test_the_question_that_parts_the_likely_segments_is_asked(
    likely: dict[str, float], answered: tuple[str, ...], asked: str
) -> None:
    assert next_question(KEY, likely, answered) == asked


def test_whoever_is_in_no_segment_is_asked_what_parts_the_segments_they_stand_between() -> None:
    evidence, vectors, segment_of = make_market()
    key = fit_answers(gather_sayings(evidence, vectors, segment_of, [one.text for one in evidence], [True] * 108), 7, 3)
    known = {person: segment for person, segment in segment_of.items() if person not in ("bees00", "kiln05")}
    asks = {one.person_id: one for one in ask_people(key, evidence, vectors, known)}
    assert set(asks) == {"bees00", "kiln05"}
    assert all(one.question_id in {question.question_id for question in key.questions} for one in asks.values())
    assert all(one.settles > 0.9 for one in asks.values())
    assert ask_people(key, evidence, vectors, segment_of) == []
