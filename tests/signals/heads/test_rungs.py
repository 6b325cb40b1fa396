"""A pain climbs the ladder of evidence rung by rung."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.signals.heads.rungs import find_rung, is_paid_for
from overheard.signals.traits import read_sentence

LOW = np.array([-1, -1, -1], dtype=np.float32)
PLAIN = "The sails are in the loft."


@pytest.mark.parametrize(
    ("log_odds", "rung"),
    [
        ((-1, -1, -1), 1),
        ((0, 0, 0), 1),
        ((1, -1, -1), 2),
        ((1, 1, -1), 3),
        ((1, 1, 1), 4),
        ((-1, 1, 1), 1),
        ((1, -1, 1), 2),
    ],
)
def test_no_rung_is_reached_without_those_below_it(log_odds: tuple[float, ...], rung: int) -> None:
    assert find_rung(is_paid_for(read_sentence(PLAIN)), np.array(log_odds, dtype=np.float32)) == rung


@pytest.mark.parametrize(
    "sentence",
    [
        "The mast is broken so we paid a rigger four hundred pounds.",
        "It leaks again and I hired a man to bail.",
        "I hate it so much that I bought another one.",
        "The winch is stuck and I would gladly pay for a fix.",
    ],
)
def test_money_named_beside_a_trouble_is_the_highest_rung_whatever_the_heads_say(sentence: str) -> None:
    assert find_rung(is_paid_for(read_sentence(sentence)), LOW) == 4


@pytest.mark.parametrize("sentence", ["I paid the sailmaker.", "We bought a bench from Ann.", "They hired a cook."])
def test_paying_alone_is_everyday_life(sentence: str) -> None:
    assert read_sentence(sentence).weight_of("spend") > 0
    assert find_rung(is_paid_for(read_sentence(sentence)), LOW) == 1


@pytest.mark.slow
@given(st.text(max_size=80), st.lists(st.floats(width=32, allow_nan=False), min_size=3, max_size=3))
def test_whatever_is_said_stands_on_one_of_four_rungs(sentence: str, log_odds: list[float]) -> None:
    assert find_rung(is_paid_for(read_sentence(sentence)), np.array(log_odds, dtype=np.float32)) in (1, 2, 3, 4)
