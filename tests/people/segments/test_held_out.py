"""Placing people by what others say."""

from __future__ import annotations

import numpy as np
import pytest

from overheard.people.segments.held_out import bits_told, fit_places, held_out_places


def test_who_says_what_others_of_a_segment_say_is_placed_there() -> None:
    generator = np.random.default_rng(1)
    labels = np.repeat([0, 1, 2], 15)
    described = np.eye(3)[labels] + generator.normal(0, 0.1, (45, 3))
    found = held_out_places(described, labels, 7)
    assert (found.argmax(axis=1) == labels).all()
    assert found.sum(axis=1) == pytest.approx(np.ones(45))
    assert bits_told(found, labels) > 1


def test_who_shares_nothing_with_anybody_is_placed_with_little_certainty() -> None:
    generator = np.random.default_rng(2)
    labels = np.repeat([0, 1], 20)
    described = generator.normal(0, 1, (40, 30)) / 5
    assert bits_told(held_out_places(described, labels, 7), labels) < 0.1


def test_labels_others_do_not_bear_out_tell_less_than_nothing_or_nothing() -> None:
    assert bits_told(np.full((4, 2), 0.5), np.array([0, 1, 0, 1])) == pytest.approx(0)
    assert bits_told(np.array([[0.9, 0.1], [0.9, 0.1]]), np.array([0, 1])) < 0


def test_others_are_placed_by_all_who_are_known() -> None:
    described = np.repeat(np.eye(2), 6, axis=0)
    found = fit_places(described, np.repeat([0, 1], 6), np.eye(2))
    assert found.argmax(axis=1).tolist() == [0, 1]
