"""Three questions tell the segments apart; their answers assign."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import pytest

from overheard.people.assigning import AnswerKey, fit_answers, gather_sayings
from overheard.people.assigning.answers import NO_ANSWER
from overheard.people.assigning.presence import Sayings
from overheard.people.assigning.questions import Question
from overheard.people.assigning.quoting import is_clear
from overheard.people.needs.evidence import Evidence
from tests.people.assigning.market import make_market


def make_sayings(segment_of: Mapping[str, str] | None = None, hidden: Collection[str] = ()) -> Sayings:
    evidence, vectors, own = make_market()
    may_show = [one.text not in hidden for one in evidence]
    return gather_sayings(evidence, vectors, segment_of or own, [f"key of {one.text}" for one in evidence], may_show)


@pytest.fixture(scope="module")
def key() -> AnswerKey:
    return fit_answers(make_sayings(), 7, 3)


def test_each_question_offers_one_pain_of_each_segment(key: AnswerKey) -> None:
    assert len(key.questions) == 3
    for question in key.questions:
        assert sorted(pain_id.split()[0] for pain_id in question.pain_ids) == ["bees", "boat", "kiln"]
    asked = [pain_id for question in key.questions for pain_id in question.pain_ids]
    assert len(set(asked)) == len(asked)


def test_memberships_are_recovered_from_what_people_left_out_would_pick(key: AnswerKey) -> None:
    assert key.check.accuracy > 0.9
    assert [recall[0] for recall in key.check.recall] == ["bees", "boat", "kiln"]


def test_answers_assign_and_no_answers_do_not(key: AnswerKey) -> None:
    speaks_for = key.speaks_for()
    picked = [
        next(at for at, pain_id in enumerate(one.pain_ids) if speaks_for[pain_id] == "boat") for one in key.questions
    ]
    assert key.assign(picked).segment_id == "boat"
    assert key.assign([None, None, None]).why == NO_ANSWER


def test_more_answers_in_favour_make_a_segment_likelier(key: AnswerKey) -> None:
    at = [[key.speaks_for()[pain_id] for pain_id in one.pain_ids].index("kiln") for one in key.questions]
    one, three = key.assign([at[0], None, None]), key.assign(at)
    assert three.probability > one.probability


def test_segments_dealt_at_random_are_not_recovered() -> None:
    segment_of = make_market()[2]
    people = sorted(segment_of)
    dealt = np.random.default_rng(5).permutation([segment_of[one] for one in people])
    shuffled = dict(zip(people, map(str, dealt), strict=True))
    assert fit_answers(make_sayings(shuffled), 7, 1).check.accuracy < 0.6


def test_pains_that_few_of_a_segment_said_are_not_asked_about() -> None:
    assert fit_answers(make_sayings(), 7, 99).questions == ()


def test_questions_of_an_earlier_night_are_understood_though_a_pain_is_gone() -> None:
    asked = [Question("q1_old", ("boat 0", "gone", "kiln 1", "bees 1"))]
    key = fit_answers(make_sayings(), 7, 3, asked)
    assert key.questions == tuple(asked)
    assert key.check.accuracy > 0.6
    assert key.assign([0]).segment_id == "boat"


def test_what_is_offered_is_said_by_somebody_who_may_be_shown(key: AnswerKey) -> None:
    told = {one.text: one.pain_id for one in make_market()[0]}
    for question, quotes in zip(key.questions, key.quotes, strict=True):
        assert [told[quote] for quote in quotes] == list(question.pain_ids)
    hidden = {quote for quotes in key.quotes for quote in quotes}
    others = fit_answers(make_sayings(hidden=hidden), 7, 3)
    assert others.questions
    assert hidden.isdisjoint(quote for quotes in others.quotes for quote in quotes)
    assert fit_answers(make_sayings(hidden=set(told)), 7, 3).questions == ()


def test_answers_that_come_in_later_are_read_by_the_sentence_that_was_shown(key: AnswerKey) -> None:
    later = fit_answers(make_sayings(), 8, 3, key.questions)
    assert later.quotes == key.quotes
    shown = key.quotes[0][0]
    assert fit_answers(make_sayings(hidden={shown}), 8, 3, key.questions).quotes[0][0] not in {shown, ""}


def test_nobody_picks_an_option_of_which_no_sentence_is_left(key: AnswerKey) -> None:
    gone = replace(key.questions[0], pain_ids=("gone", *key.questions[0].pain_ids[1:]), sentences=())
    later = fit_answers(make_sayings(), 7, 3, [gone])
    assert later.quotes[0][0] == ""
    assert later.tables[0][:, 0].max() < 0.1


def test_a_sayer_is_not_near_to_a_sentence_because_they_said_it() -> None:
    texts = ["My mooring line frays every single winter.", "Our hull leaks whenever it rains at night."]
    evidence = [Evidence(f"p{row}", "d", "leaks", 1, text, row) for row, text in enumerate(texts)]
    vectors = np.eye(2, dtype=np.float32)
    sayings = gather_sayings(evidence, vectors, {"p0": "a", "p1": "b"}, texts, [True, True])
    assert sayings.near.tolist() == [[0.0, 0.0], [0.0, 0.0]]


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        ("My mooring line frays every single winter here.", True),
        ("It happened because of that one again and again.", False),
        ("Same here.", False),
        ("See https://example.org/x for how my mooring line frays", False),
    ],
)
def test_a_sentence_that_leans_on_another_or_is_no_sentence_is_not_offered(text: str, clear: bool) -> None:
    assert is_clear(text) == clear
