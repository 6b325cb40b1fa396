"""Three questions tell the segments apart; their answers assign."""

from __future__ import annotations

import numpy as np
import pytest

from overheard.people.assigning import AnswerKey, choose_quotes, fit_answers, gather_sayings
from overheard.people.assigning.answers import NO_ANSWER
from overheard.people.assigning.questions import Question
from tests.people.assigning.market import encode, make_market

PAINS = [f"{subject} {number}" for subject in ("bees", "boat", "kiln") for number in range(3)]


@pytest.fixture(scope="module")
def key() -> AnswerKey:
    return fit_answers(gather_sayings(*make_market(), PAINS), 7, 3)


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
    evidence, vectors, segment_of = make_market()
    people = sorted(segment_of)
    dealt = np.random.default_rng(5).permutation([segment_of[one] for one in people])
    shuffled = dict(zip(people, map(str, dealt), strict=True))
    assert fit_answers(gather_sayings(evidence, vectors, shuffled, PAINS), 7, 1).check.accuracy < 0.6


def test_pains_that_few_of_a_segment_said_are_not_asked_about() -> None:
    assert fit_answers(gather_sayings(*make_market(), PAINS), 7, 99).questions == ()


def test_questions_of_an_earlier_night_are_understood_though_a_pain_is_gone() -> None:
    asked = [Question("q1_old", ("boat 0", "gone", "kiln 1", "bees 1"))]
    key = fit_answers(gather_sayings(*make_market(), PAINS), 7, 3, asked)
    assert key.questions == tuple(asked)
    assert key.check.accuracy > 0.6
    assert key.assign([0]).segment_id == "boat"


def test_a_quote_is_the_segments_own_stands_alone_and_may_be_shown() -> None:
    evidence, vectors, segment_of = make_market()
    speaks_for = {"boat 0": "boat", "kiln 1": "kiln"}
    quotes = choose_quotes(speaks_for, evidence, vectors, segment_of, [True] * len(evidence))
    assert quotes["boat 0"] in {one.text for one in evidence if one.pain_id == "boat 0"}
    hidden = choose_quotes(speaks_for, evidence, vectors, segment_of, [False] * len(evidence))
    assert hidden == {"boat 0": "", "kiln 1": ""}


def test_a_sentence_that_leans_on_the_one_before_is_passed_over() -> None:
    from overheard.people import Evidence

    texts = ["It happened because of that one again and again.", "My mooring line frays every single winter here."]
    evidence = [Evidence(f"p{row}", "d", "boat 0", 1, text, row) for row, text in enumerate(texts)]
    told = choose_quotes({"boat 0": "boat"}, evidence, encode(texts), {"p0": "boat", "p1": "boat"}, [True, True])
    assert told["boat 0"] == texts[1]
