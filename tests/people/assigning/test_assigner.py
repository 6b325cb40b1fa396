"""Customers fall to the segment they sound like, by their own words, or to none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from overheard.people.assigning import NO_SEGMENTS, Assigner, SentenceMeans, fit_assigner, pieces_of
from overheard.people.assigning.assigner import ASSIGNED, TOO_LITTLE, UNHEARD
from overheard.people.assigning.pieces import MOST_SENTENCES, sentences_in
from tests.people.assigning.market import encode, make_market, make_text


@pytest.fixture(scope="module")
def assigner() -> Assigner:
    evidence, _, segment_of = make_market()
    found = fit_assigner(pieces_of(evidence, segment_of), encode, 7)
    assert isinstance(found, Assigner)
    found.set_quotes([one.text for one in evidence], [segment_of[one.person_id] for one in evidence])
    return found


@pytest.mark.parametrize("subject", ["kiln", "bees", "boat"])
def test_a_customer_falls_to_the_segment_they_sound_like(assigner: Assigner, subject: str) -> None:
    (found,) = assigner.assign([f"Dear all. {make_text(subject, 31)}"])
    assert (found.segment_id, found.why) == (subject, ASSIGNED)
    assert found.probability > 0.8


def test_the_reason_is_the_customers_own_sentence_and_words(assigner: Assigner) -> None:
    told = "Our Glaze and clay stuck to every shelf of the kiln."
    (found,) = assigner.assign([f"Hello there. {told} Bye"])
    assert found.reason == told
    assert set(found.words) <= {"glaze", "clay", "shelf", "kiln"}
    assert found.words


def test_the_quote_is_of_somebody_in_the_same_segment(assigner: Assigner) -> None:
    evidence, _, segment_of = make_market()
    for found in assigner.assign([make_text("bees", 40), make_text("boat", 41)]):
        assert found.quote is not None
        assert segment_of[evidence[found.quote].person_id] == found.segment_id


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", TOO_LITTLE),
        ("Thanks, that did it!", TOO_LITTLE),
        ("The kiln.", TOO_LITTLE),
        (
            "The parliament debated tariffs, pensions, harbours, a hive, a swarm and a queen, then railways, museums, "
            "dairy subsidies, lighthouses, passports, cinema and prisons until midnight struck.",
            UNHEARD,
        ),
    ],
)
def test_who_says_too_little_or_something_else_is_left_out(assigner: Assigner, text: str, why: str) -> None:
    (found,) = assigner.assign([text])
    assert (found.segment_id, found.why, found.quote) == (None, why, None)


def test_a_row_does_not_depend_on_the_rows_around_it(assigner: Assigner) -> None:
    texts = [make_text("kiln", 50), "Thanks.", make_text("boat", 51)]
    assert assigner.assign(texts) == [assigner.assign([text])[0] for text in texts]


def test_accuracy_is_measured_on_people_left_out_and_fails_where_segments_are_dealt_at_random() -> None:
    evidence, _, segment_of = make_market()
    told = fit_assigner(pieces_of(evidence, segment_of), encode, 7)
    people = sorted(segment_of)
    dealt = dict(zip(people, np.random.default_rng(3).permutation([segment_of[one] for one in people]), strict=True))
    chance = fit_assigner(pieces_of(evidence, {key: str(value) for key, value in dealt.items()}), encode, 7)
    assert isinstance(told, Assigner)
    assert isinstance(chance, Assigner)
    assert told.check.accuracy == 1.0
    assert told.check.people == 36
    assert chance.check.accuracy < 0.6
    assert chance.check.coverage < 0.2


def test_the_key_and_order_of_people_move_nothing() -> None:
    evidence, _, segment_of = make_market()
    other = [replace(one, person_id=f"z{one.person_id[::-1]}") for one in reversed(evidence)]
    renamed = {f"z{key[::-1]}": value for key, value in segment_of.items()}
    texts = [make_text("kiln", 60), make_text("bees", 61), "kiln hive rudder swarm anchor glaze"]
    found = [
        fitted.assign(texts)
        for fitted in (fit_assigner(pieces_of(evidence, segment_of), encode, 7),
                       fit_assigner(pieces_of(other, renamed), encode, 7))
        if isinstance(fitted, Assigner)
    ]  # fmt: skip
    assert len(found) == 2
    assert found[0] == found[1]


def test_one_segment_or_none_is_no_segments() -> None:
    evidence, _, segment_of = make_market()
    assert fit_assigner([], encode, 7) == NO_SEGMENTS
    assert fit_assigner(pieces_of(evidence, dict.fromkeys(segment_of, "all")), encode, 7) == NO_SEGMENTS


def test_segments_of_three_people_made_by_hand_are_taken() -> None:
    evidence, _, segment_of = make_market(people=3)
    assigner = fit_assigner(pieces_of(evidence, segment_of), encode, 7)
    assert isinstance(assigner, Assigner)
    assert assigner.check.accuracy > 0.8


def test_a_close_reading_encodes_the_fullest_sentences_once_each() -> None:
    asked: list[list[str]] = []

    def remember(texts: list[str]) -> object:
        asked.append(list(texts))
        return encode(texts)

    text = "Well. The kiln shelf and the glaze cracked. The hive swarmed twice. Anchor, keel, bilge leak. So it goes."
    rows = SentenceMeans(remember).encode([text, text])  # type: ignore[arg-type]
    assert len(asked[0]) == MOST_SENTENCES
    assert "Well." not in asked[0]
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_sentences_are_verbatim_slices() -> None:
    text = "One. Two?\nThree " + "x" * 900
    assert all(sentence in text for sentence in sentences_in(text))
