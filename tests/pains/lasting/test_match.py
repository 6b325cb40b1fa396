"""What became of the pains, read off the sentences that old and new groups share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.pains.lasting.match import Transitions, confirmed, match_groups_to_pains, shared_counts
from overheard.pains.lasting.standing import Rows


def rows_of(labels: str, letter: str) -> Rows:
    return np.array([row for row, label in enumerate(labels) if label == letter], dtype=np.int64)


def match(old: str, new: str) -> Transitions:
    """Match pains named by capital letters with groups named 0, 1, …; a dot is nowhere. One letter per sentence."""
    members = {letter: rows_of(old, letter) for letter in sorted(set(old) - {"."})}
    groups = [rows_of(new, str(group)) for group in range(len(set(new) - {"."}))]
    return match_groups_to_pains(members, groups, np.zeros((len(members), len(groups))))


NONE: frozenset[str] = frozenset()
CASES = [
    ("nothing changed", "AAAABBBB", "00001111", Transitions({0: "A", 1: "B"}, {}, {}, NONE, frozenset())),
    ("a few went over", "AAAABBBB", "00011111", Transitions({0: "A", 1: "B"}, {}, {}, NONE, frozenset())),
    ("split in two", "AAAAAAAA", "00000111", Transitions({0: "A"}, {1: "A"}, {}, NONE, frozenset())),
    ("an edge came off", "AAAAAAAAAA", "0000000011", Transitions({0: "A"}, {}, {}, NONE, frozenset())),
    ("one took the other in", "AAAAABBB", "00000000", Transitions({0: "A"}, {}, {"B": 0}, NONE, frozenset())),
    ("new sentences are new", "AAAA....", "00001111", Transitions({0: "A"}, {}, {}, NONE, frozenset({1}))),
    ("new ones beside some old", "AAAAAAAA...", "00000011111", Transitions({0: "A"}, {}, {}, NONE, frozenset({1}))),
    ("a loud part of an old one", "AAAAAA....", "0000111111", Transitions({0: "A"}, {1: "A"}, {}, NONE, frozenset())),
    ("grouped nowhere", "AAAABBBB", "0000....", Transitions({0: "A"}, {}, {}, frozenset({"B"}), frozenset())),
    ("nothing grouped", "AAAA", "....", Transitions({}, {}, {}, frozenset({"A"}), frozenset())),
    ("no pains before", "....", "0000", Transitions({}, {}, {}, NONE, frozenset({0}))),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_transitions_follow_from_shared_sentences(old: str, new: str, expected: Transitions) -> None:
    assert match(old, new) == expected


def test_of_two_pains_with_the_same_overlap_the_nearer_one_survives() -> None:
    members = {"A": np.arange(4), "B": np.arange(4, 8)}
    groups = [np.arange(8)]
    for cosines, survivor in (([[0.9], [0.8]], "A"), ([[0.8], [0.9]], "B")):
        assert match_groups_to_pains(members, groups, np.array(cosines)).survived == {0: survivor}


def test_a_split_that_a_sample_does_not_show_is_chance() -> None:
    groups = [np.arange(5), np.arange(5, 8)]
    sample = np.array([0, 1, 2, 3, 5, 6])
    found = match("AAAAAAAA", "00000111")
    whole = match_groups_to_pains({"A": np.arange(8)}, [sample], np.zeros((1, 1)))
    assert confirmed(found, groups, whole, [sample], sample).parts == {}
    parts = [sample[:4], sample[4:]]
    again = match_groups_to_pains({"A": np.arange(8)}, parts, np.zeros((1, 2)))
    assert confirmed(found, groups, again, parts, sample).parts == {1: "A"}


def test_a_split_is_shown_by_a_sample_where_the_other_part_goes_on_as_the_pain() -> None:
    groups = [np.arange(5), np.arange(5, 9)]
    sample = np.array([0, 1, 2, 5, 6, 7, 8])
    found = match("AAAAAAAAA", "000001111")
    parts = [sample[:3], sample[3:]]
    again = match_groups_to_pains({"A": np.arange(9)}, parts, np.zeros((1, 2)))
    assert (found.parts, again.parts) == ({1: "A"}, {0: "A"})
    assert confirmed(found, groups, again, parts, sample).parts == {1: "A"}


def test_a_split_is_shown_by_a_sample_where_the_part_counts_as_new() -> None:
    """Half of it is old sentences, half new ones: whether it is told as a part or as new hangs on a few of them."""
    groups, sample = [np.arange(5), np.arange(5, 11)], np.array([0, 1, 2, 3, 4, 5, 8, 9, 10])
    found = match("AAAAAAAA...", "00000111111")
    some = [sample[:5], sample[5:]]
    again = match_groups_to_pains({"A": np.arange(8)}, some, np.zeros((1, 2)))
    assert (found.parts, again.fresh) == ({1: "A"}, {1})
    assert confirmed(found, groups, again, some, sample).parts == {1: "A"}
    back = match_groups_to_pains({"A": np.arange(8)}, groups, np.zeros((1, 2)))
    assert confirmed(again, some, back, groups, np.arange(11)).fresh == {1}


def test_a_merge_is_shown_by_a_sample_where_the_other_pain_goes_on() -> None:
    groups, sample = [np.arange(8)], np.arange(1, 8)
    found, again = match("AAAAABBB", "00000000"), match(".AAABBBB", ".0000000")
    assert (found.absorbed, again.absorbed) == ({"B": 0}, {"A": 0})
    assert confirmed(found, groups, again, [sample], sample).absorbed == {"B": 0}
    apart = match(".AAAABBB", ".0000111")
    assert confirmed(found, groups, apart, [sample[:4], sample[4:]], sample).absorbed == {}


labels = st.lists(st.integers(-1, 4), min_size=1, max_size=40)


@given(labels, st.data())
def test_every_pain_has_one_fate_and_every_group_at_most_one_origin(old: list[int], data: st.DataObject) -> None:
    new = data.draw(st.lists(st.integers(-1, 4), min_size=len(old), max_size=len(old)))
    members = {f"p{k}": np.flatnonzero(np.array(old) == k) for k in sorted(set(old) - {-1})}
    groups = [np.flatnonzero(np.array(new) == k) for k in sorted(set(new) - {-1})]
    found = match_groups_to_pains(members, groups, np.zeros((len(members), len(groups))))
    fates = [*found.survived.values(), *found.absorbed, *found.scattered]
    assert sorted(fates) == sorted(members)
    origins = [*found.survived, *found.parts, *found.fresh]
    assert len(set(origins)) == len(origins)
    assert set(found.absorbed.values()) <= set(found.survived)


@given(labels)
def test_the_same_grouping_changes_nothing_whatever_its_order(old: list[int]) -> None:
    members = {f"p{k}": np.flatnonzero(np.array(old) == k) for k in sorted(set(old) - {-1})}
    groups = list(reversed(members.values()))
    found = match_groups_to_pains(members, groups, np.zeros((len(members), len(groups))))
    assert [found.survived[group] for group in range(len(groups))] == list(reversed(members))
    assert not (found.parts or found.absorbed or found.scattered or found.fresh)


def test_shared_counts_count_shared_rows() -> None:
    one, other = [np.array([0, 1, 2]), np.array([3])], [np.array([2, 3, 4]), np.array([0])]
    assert shared_counts(one, other).tolist() == [[1, 1], [1, 0]]
