import random

import numpy as np

from overheard.records import Signal, id_of
from overheard.sheets import Passage, order_reading
from overheard.sheets.queue import ALIKE


def make_signal(number, probability=0.9):
    return Signal(id_of(number), f"u{number:05}", f"p{number}", 0, 9, "pain", 1, probability, ())


def make_passages(signals, sentences=None):
    return [
        Passage(one.utterance_id, one.start, one.end, sentences[row] if sentences else 1, (row,))
        for row, one in enumerate(signals)
    ]


def unit(rows):
    rows = np.asarray(rows, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def make_regions(sizes, dimensions=24, spread=0.1, seed=1):
    """Vectors around as many directions at right angles as there are sizes, with the region of each."""
    draw = np.random.default_rng(seed)
    region = np.repeat(np.arange(len(sizes)), sizes)
    centres = np.eye(len(sizes), dimensions)
    return unit(centres[region] + spread * draw.standard_normal((len(region), dimensions))), region


def order(vectors, most, probabilities=None, sentences=None):
    signals = [
        make_signal(number, probabilities[number] if probabilities is not None else 0.9)
        for number in range(len(vectors))
    ]
    turns = order_reading(make_passages(signals, sentences), signals, vectors, most)
    return [turn.passage.rows[0] for turn in turns], turns


def test_one_of_each_region_is_read_before_a_second():
    vectors, region = make_regions([40, 25, 12, 6, 3, 1])
    rows, turns = order(vectors, 9)
    assert [int(region[row]) for row in rows[:6]] == [0, 1, 2, 3, 4, 5]
    assert [turn.like is None for turn in turns] == [True] * 6 + [False] * 3


def test_a_later_voice_names_the_earlier_one():
    vectors, region = make_regions([9, 4])
    rows, turns = order(vectors, 4)
    for row, turn in zip(rows[2:], turns[2:], strict=True):
        assert region[rows[turn.like]] == region[row]


def test_what_stands_for_many_is_read_before_an_outlier():
    vectors, region = make_regions([30, 1])
    assert [int(region[row]) for row in order(vectors, 2)[0]] == [0, 1]


def test_what_is_probably_no_pain_comes_late():
    vectors, region = make_regions([5, 5])
    rows, _ = order(vectors, 2, probabilities=[0.2] * 5 + [0.9] * 5)
    assert [int(region[row]) for row in rows] == [1, 0]


def test_of_two_that_tell_the_same_the_shorter_is_read():
    vectors, _ = make_regions([2], spread=0.0)
    assert order(vectors, 1, sentences=[4, 1])[0] == [1]
    assert order(vectors, 1, sentences=[1, 4])[0] == [0]


def test_a_passage_with_two_pains_counts_for_both():
    vectors, _ = make_regions([6, 6, 6], spread=0.02)
    signals = [make_signal(number) for number in range(18)]
    both = Passage("u00000", 0, 30, 1, (0, 6))
    alone = [Passage(signals[row].utterance_id, 0, 9, 1, (row,)) for row in (1, 7, 13)]
    turns = order_reading([*alone, both], signals, vectors, 2)
    assert turns[0].passage == both
    assert turns[0].signals == (signals[0], signals[6])
    assert turns[1].passage.rows == (13,)


def test_the_order_of_what_comes_in_does_not_matter():
    vectors, _ = make_regions([20, 15, 10, 5], spread=0.3)
    signals = [make_signal(number) for number in range(50)]
    expected = [turn.passage.utterance_id for turn in order_reading(make_passages(signals), signals, vectors, 20)]
    mixed = random.Random(2).sample(range(50), 50)
    shuffled = [signals[row] for row in mixed]
    passages = random.Random(3).sample(make_passages(shuffled), 50)
    assert [turn.passage.utterance_id for turn in order_reading(passages, shuffled, vectors[mixed], 20)] == expected


def test_everything_is_read_once_where_more_is_wanted_than_there_is():
    vectors, _ = make_regions([7, 5], spread=0.5)
    rows, _ = order(vectors, 99)
    assert sorted(rows) == list(range(12))


def test_nothing_is_read_of_nothing():
    assert order_reading([], [], np.zeros((0, 4), dtype=np.float32), 5) == []
    assert order(make_regions([3])[0], 0)[0] == []


def test_the_first_round_holds_nothing_alike():
    vectors, _ = make_regions([200] * 8, spread=0.35)
    rows, turns = order(vectors, 40)
    first = [row for row, turn in zip(rows, turns, strict=True) if turn.like is None]
    likeness = vectors[first] @ vectors[first].T - np.eye(len(first))
    assert likeness.max() < ALIKE
