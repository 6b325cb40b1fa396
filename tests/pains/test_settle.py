from __future__ import annotations

import numpy as np

from overheard.pains.settle import Crowd, Floor, loosened_labels, membership, packed_labels, settled_labels


def unit(*rows: tuple[float, float]) -> np.ndarray:
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def alone(count: int) -> Crowd:
    return Crowd(np.arange(count), np.arange(count))


EAST = [(1, 0.02 * step) for step in range(-3, 4)]
NORTH = [(0.02 * step, 1) for step in range(-2, 3)]


def test_labels_are_renumbered_by_size_and_none_stays_none():
    assert packed_labels(np.array([5, -1, 2, 2, 5, 2, 9])).tolist() == [1, -1, 0, 0, 1, 0, 2]


def test_a_text_far_out_of_its_topic_is_taken_out():
    vectors = unit(*EAST, *NORTH, (-1, -1))
    assert loosened_labels(vectors, np.array([0] * 7 + [1] * 5 + [0])).tolist() == [0] * 7 + [1] * 5 + [-1]


def test_a_loose_text_joins_the_topic_within_whose_reach_it_lies():
    vectors = unit(*EAST, *NORTH, (1, 0.05), (-1, -1))
    labels = np.array([0] * 7 + [1] * 5 + [-1, -1])
    settled = settled_labels(vectors, labels, alone(14), Floor(3, 1))
    assert settled[12] == settled[0]
    assert settled[13] == -1


def test_a_topic_too_small_is_dissolved_and_the_large_one_keeps_its_members():
    vectors = unit(*EAST, *NORTH)
    labels = np.array([0] * 7 + [1] * 5)
    settled = settled_labels(vectors, labels, alone(12), Floor(6, 1))
    assert settled.tolist() == [0] * 7 + [-1] * 5


def test_people_are_counted_and_not_their_sentences():
    vectors = unit(*EAST, *NORTH)
    crowd = Crowd(np.arange(12), np.array([0] * 7 + [1, 2, 3, 4, 5]))
    settled = settled_labels(vectors, np.array([0] * 7 + [1] * 5), crowd, Floor(2, 3))
    assert settled.tolist() == [-1] * 7 + [0] * 5


def test_uses_of_a_copied_text_count_towards_its_topic():
    crowd = Crowd(np.array([0, 0, 0, 1]), np.array([0, 1, 2, 3]))
    settled = settled_labels(unit((1, 0), (1, 0.1)), np.array([0, 0]), crowd, Floor(4, 4))
    assert settled.tolist() == [0, 0]


def test_a_text_between_two_topics_is_less_sure_than_one_in_the_middle_of_its_own():
    vectors = unit(*EAST, *NORTH, (1, 0.9))
    sure = membership(vectors, np.array([0] * 7 + [1] * 5 + [0]))
    assert sure[3] > 0.99
    assert 0.5 < sure[12] < 0.95


def test_nobody_is_sure_where_there_is_no_topic():
    assert membership(unit((1, 0), (0, 1)), np.array([-1, -1])).tolist() == [0, 0]
