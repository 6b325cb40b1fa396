"""What surrounds a cue changes what it counts: each trait is named and can be told apart from its lack."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.signals.traits import PAIN_ROLES, ROLES_OF, read_sentence
from overheard.signals.valence import measure_valence
from overheard.signals.words import read_words

LITTLE = 0.5


def measure_own_pain(sentence: str) -> float:
    """Return how much a sentence says of a trouble its writer has now."""
    reading = read_sentence(sentence)
    return sum(reading.weight_of(f"own {role}") for role in PAIN_ROLES)


@pytest.mark.parametrize(
    "sentence",
    [
        "The oven doesn't heat up any more.",
        "There is no way to undo a booking.",
        "Matching the slips by hand is tedious.",
        "I am fed up with chasing them.",
        "We lost two customers over it.",
        "I tried three different glues and it still leaks.",
        "too expensive",
        "lack of parking",
        "cant log in since the last update",
        "Worst service ever, I want my money back!",
        "They owe us for four months and nobody answers the phone.",
        "My parcel never arrived.",
        "Battery died after two weeks.",
        "not intuitive at all",
    ],
)
def test_a_stated_trouble_is_the_writers_own(sentence: str) -> None:
    assert measure_own_pain(sentence) > LITTLE


@pytest.mark.parametrize(
    "sentence",
    [
        "Hello everyone!",
        "Thank you, that was very helpful.",
        "We opened the bakery in March.",
        "The staff are lovely and the room was clean.",
        "Good value and easy to use",
        "I had the soup and my wife had the fish.",
        "She lives next door to the church.",
        "It arrived on Monday in a blue box.",
    ],
)
def test_small_talk_praise_and_news_hold_no_trouble(sentence: str) -> None:
    assert measure_own_pain(sentence) < LITTLE


@pytest.mark.parametrize(
    ("trait", "weaker", "stronger"),
    [
        pytest.param(
            "denied", "There was no problem with the oven.", "There was a problem with the oven.", id="denied"
        ),
        pytest.param("denied", "The queue isn't an issue.", "The queue is an issue.", id="an issue that is none"),
        pytest.param("denied", "I never had any trouble with it.", "I had trouble with it.", id="never any trouble"),
        pytest.param("denied", "It runs without any errors.", "It stops with errors.", id="without errors"),
        pytest.param("content", "I can't complain.", "I complain.", id="trouble by its words only"),
        pytest.param(
            "hypothetical", "If it were slow I would complain.", "It was slow and I complained.", id="imagined"
        ),
        pytest.param(
            "hypothetical", "In case it breaks there is a spare.", "It breaks and there is no spare.", id="in case"
        ),
        pytest.param("hypothetical", "What if it breaks?", "Why does it break?", id="what if"),
        pytest.param(
            "advice", "If you have trouble with the lid, ask Ann.", "I have trouble with the lid.", id="if you"
        ),
        pytest.param("advice", "Have you tried a new fuse?", "I have tried a new fuse.", id="advice in a question"),
        pytest.param("advice", "You should sand the broken lid.", "I sand the broken lid.", id="told to others"),
        pytest.param("reported", "She says the lift is broken.", "The lift is broken.", id="another's words"),
        pytest.param(
            "reported", "My neighbour has trouble with the lid.", "I have trouble with the lid.", id="another's trouble"
        ),
        pytest.param("solved", "The leak is fixed now.", "The leak is getting worse.", id="over"),
        pytest.param("solved", "Problem solved.", "Problem unsolved.", id="solved"),
        pytest.param("solved", "The lift used to be slow.", "The lift is slow.", id="past"),
        pytest.param("thanks", "Thanks for your help with the error.", "I get the same error.", id="thanked for"),
        pytest.param("asks", "How do I add a second price?", "I cannot add a second price.", id="a how-to"),
    ],
)
def test_a_trouble_that_is_not_the_writers_own_now_weighs_less_and_by_a_named_trait(
    trait: str, weaker: str, stronger: str
) -> None:
    assert measure_own_pain(weaker) < measure_own_pain(stronger)
    assert read_sentence(weaker).weight_of(trait) > read_sentence(stronger).weight_of(trait) or trait == "asks"
    assert read_sentence(weaker).weight_of(trait) > 0


def test_advice_loses_its_force_where_the_writer_speaks_of_himself() -> None:
    told, own = "If you look closely, the page is blank.", "If you look closely, my page is blank."
    assert read_sentence(told).weight_of("advice") == read_sentence(own).weight_of("advice") > 0
    assert read_sentence(told).weight_of("discount") < read_sentence(own).weight_of("discount")


@pytest.mark.parametrize(
    "sentence",
    [
        "Oh great, the till is down again.",
        "Great, now it is broken.",
        "Just what I needed, a till that freezes.",
        "Thanks for nothing.",
        "Because who doesn't love a broken lid?",
    ],
)
def test_mock_praise_beside_a_trouble_takes_nothing_of_it_away(sentence: str) -> None:
    assert measure_own_pain(sentence) > LITTLE
    assert read_sentence(sentence).weight_of("discount") == 1


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Is it made of oak?", 1.0),
        ('Did she ask "is it made of oak?"', 1.0),
        ("Is it made of oak?)", 1.0),
        ("It is made of oak.", 0.0),
        ("Is it oak? I hope so.", 0.0),
    ],
)
def test_a_sentence_asks_where_it_ends_in_a_question_mark(sentence: str, asks: float) -> None:
    assert read_sentence(sentence).weight_of("asks") == asks


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("request", "It would be nice to have a second shelf."),
        ("request", "Please add a dark cover."),
        ("request", "The desk should have a bell."),
        ("request", "Allow customers to pay at the door."),
        ("request", "I wish the lid had a lock."),
        ("question", "Does anyone know a good baker?"),
        ("question", "how do i sharpen it"),
        ("question", "Is it made of oak?"),
        ("recommendation", "I highly recommend the baker on Mill Lane."),
        ("recommendation", "You should try linseed oil."),
        ("recommendation", "Have you tried linseed oil?"),
        ("job", "I am trying to get the bread out by six."),
        ("workaround", "For now I do it by hand instead."),
        ("worldview", "I believe that people should mend things."),
        ("objection", "I am worried that it is not worth the money."),
        ("gain", "It works perfectly and saves me an hour."),
    ],
)
def test_each_kind_has_cues_and_a_plain_sentence_holds_none_of_them(kind: str, sentence: str) -> None:
    roles = ROLES_OF[kind]  # type: ignore[index]
    assert sum(map(read_sentence(sentence).weight_of, roles)) >= LITTLE
    assert read_sentence(sentence).names_of(roles)
    assert sum(map(read_sentence("We opened the bakery in March.").weight_of, roles)) == 0


@pytest.mark.parametrize(
    ("role", "denied", "sentence"),
    [
        ("fear", "denied fear", "I am not worried."),
        ("working", "denied gain", "It does not work well."),
        ("hurt", "denied", "I am not frustrated."),
    ],
)
def test_what_is_denied_counts_under_a_name_of_its_own(role: str, denied: str, sentence: str) -> None:
    assert read_sentence(sentence).weight_of(role) == 0
    assert read_sentence(sentence).weight_of(denied) > 0
    plain = sentence.replace("does not work", "works").replace(" not", "")
    assert read_sentence(plain).weight_of(role) > 0
    assert read_sentence(plain).weight_of(denied) == 0


def test_a_negated_good_word_is_bad_and_a_negated_bad_word_is_a_little_good() -> None:
    assert measure_valence(read_words("not helpful")) == (0.0, pytest.approx(2 / 3))
    assert measure_valence(read_words("no delays")) == (pytest.approx(1 / 6), 0.0)
    assert measure_valence(read_words("good good good")) == (pytest.approx(1 / 3), 0.0)


def test_not_only_does_not_deny() -> None:
    assert measure_valence(read_words("not only terrible"))[1] == 1.0


def test_cues_are_named_by_role_and_words_the_weightiest_first_and_each_once() -> None:
    reading = read_sentence("It is broken, really broken, and I hate it.")
    assert len(reading.hits["fail"]) == 2
    assert reading.names_of(PAIN_ROLES) == ("hurt:hate", "fail:broken")
    assert reading.names_of(("fail", "lack")) == ("fail:broken",)
    assert reading.names_of(("lack",)) == ()


@given(st.text(max_size=200))
def test_every_sentence_has_the_same_traits_in_the_same_order_and_none_beyond_its_bounds(text: str) -> None:
    values = read_sentence(text).values
    assert tuple(values) == tuple(read_sentence("").values)
    assert all(math.isfinite(value) and value >= 0 for value in values.values())
    assert all(value <= 2 for trait, value in values.items() if trait != "length")
    assert values["discount"] <= 1
    assert all(values[f"own {role}"] <= values[role] for role in PAIN_ROLES)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["not ", "no more any ", "i ", "if it does not ", "a?b!c' ", "è’ "])
def test_a_hundred_kilobytes_of_short_words_are_read_in_no_time(part: str) -> None:
    sentence = part * (100_000 // len(part))
    started = time.process_time()
    read_sentence(sentence)
    assert time.process_time() - started < 5
