from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from overheard.pains.names.apart import names_apart
from overheard.pains.names.options import Option
from overheard.pains.names.said import Candidate


def option(text: str, score: float, likeness: Sequence[float], direction: int | None = None) -> Option:
    """A name; those of one direction mean the same."""
    parts = tuple(Candidate(part, frozenset(part.split()), users=5, least=5, keyness=1.0) for part in text.split(" · "))
    vector = np.eye(16)[sum(text.encode()) % 16 if direction is None else direction]
    return Option(parts, score, vector, np.array(likeness))


def names(options: dict[int, list[Option]], settled: Sequence[Sequence[float]] = (), topics: int = 2) -> dict[int, str]:
    chosen = names_apart(options, [np.array(one) for one in settled], topics)
    return {topic: one.text for topic, one in sorted(chosen.items())}


def test_a_name_gives_way_where_a_reader_would_take_the_neighbours_for_it():
    latest = option("latest version", 1.0, [0.6, 0.55])
    options = {0: [latest], 1: [option("version", 1.0, [0.2, 0.5]), option("going back a release", 0.97, [0.2, 0.62])]}
    assert names(options) == {0: "latest version", 1: "going back a release"}


def test_a_name_gives_way_where_a_reader_would_take_it_for_the_neighbours():
    options = {
        0: [option("password", 1.0, [0.6, 0.7]), option("forgotten password", 0.95, [0.58, 0.3])],
        1: [option("saved passwords", 1.0, [0.2, 0.6])],
    }
    assert names(options) == {0: "forgotten password", 1: "saved passwords"}


def test_a_name_that_no_reader_confuses_stays():
    options = {
        0: [option("printer jam", 1.0, [0.7, 0.1]), option("jam", 0.99, [0.9, 0.1])],
        1: [option("late payment", 1.0, [0.1, 0.7])],
    }
    assert names(options) == {0: "printer jam", 1: "late payment"}


def test_a_name_keeps_off_the_sentence_that_names_another_topic():
    options = {1: [option("problem", 1.0, [0.1, 0.4]), option("slow ledger", 0.95, [0.1, 0.6])]}
    assert names(options) == {1: "problem"}
    assert names(options, settled=[[0.6, 0.5]]) == {1: "slow ledger"}


@pytest.mark.parametrize("second", ["ledger", "ledger · feed", "feed · ledger"])
def test_no_phrase_stands_in_two_names(second):
    options = {
        0: [option("ledger", 1.0, [0.9, 0.1])],
        1: [option(second, 1.0, [0.1, 0.9]), option("receipt", 0.5, [0.1, 0.9])],
    }
    assert names(options) == {0: "ledger", 1: "receipt"}


def test_a_topic_whose_every_phrase_is_taken_goes_without():
    options = {0: [option("ledger", 1.0, [0.9, 0.1])], 1: [option("ledger", 1.0, [0.1, 0.9])]}
    assert names(options) == {0: "ledger"}


def test_a_name_that_means_the_same_as_another_is_marked_down():
    options = {
        0: [option("late fee", 1.0, [0.9, 0.1], direction=3)],
        1: [option("fee for late pay", 1.0, [0.1, 0.9], direction=3), option("receipt", 0.9, [0.1, 0.9])],
    }
    assert names(options) == {0: "late fee", 1: "receipt"}


def test_the_order_in_which_topics_and_names_are_given_does_not_matter():
    random = np.random.default_rng(5)
    options = {
        topic: [option(f"name{topic}{place} word{place}", 1.0, random.random(4).tolist()) for place in range(6)]
        for topic in range(4)
    }
    turned = {topic: options[topic][::-1] for topic in reversed(options)}
    assert names(turned, topics=4) == names(options, topics=4)


def test_no_topics_take_no_names():
    assert names({}, topics=0) == {}
