"""Ids last while members stay."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.identity import match_groups

NIGHT = date(2026, 5, 4)


def group(text: str) -> frozenset[str]:
    return frozenset(text.split())


def test_the_same_groups_keep_their_ids_and_nothing_is_told() -> None:
    before = {"late": group("a b c"), "match": group("d e f")}
    found = match_groups(before, [group("d e f"), group("a b c")], "pain", NIGHT)
    assert found.ids == ("match", "late")
    assert found.events == ()


def test_new_members_alone_change_no_identity() -> None:
    found = match_groups({"late": group("a b c")}, [group("a b c n1 n2 n3 n4 n5 n6 n7 n8 n9")], "pain", NIGHT)
    assert found.ids == ("late",)
    assert [(event.what, event.evidence) for event in found.events] == [("grew", "3 to 12 members")]


def test_a_split_leaves_the_id_with_the_larger_part() -> None:
    found = match_groups({"late": group("a b c d e")}, [group("a b"), group("c d e")], "pain", NIGHT)
    assert found.ids[1] == "late"
    assert found.ids[0] != "late"
    assert {event.what for event in found.events} == {"born", "shrank"}


def test_a_group_whose_members_scatter_dies() -> None:
    tonight = [group("a x1"), group("b x2"), group("c x3"), group("d x4")]
    found = match_groups({"late": group("a b c d")}, tonight, "pain", NIGHT)
    assert "late" not in found.ids
    assert ("late", "died") in {(event.group_id, event.what) for event in found.events}


def test_first_night_ids_follow_from_members_alone() -> None:
    one = match_groups({}, [group("a b"), group("c")], "pain", NIGHT)
    other = match_groups({}, [group("c"), group("b a")], "pain", NIGHT)
    assert one.ids == tuple(reversed(other.ids))
    assert match_groups({}, [group("a b")], "segment", NIGHT).ids != one.ids[:1]


@pytest.mark.slow
@given(st.lists(st.integers(0, 3), min_size=1, max_size=30), st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_no_two_groups_of_a_night_share_an_id(before: list[int], tonight: list[int]) -> None:
    def groups(labels: list[int]) -> list[frozenset[str]]:
        return [frozenset(str(i) for i, at in enumerate(labels) if at == label) for label in sorted(set(labels))]

    old = match_groups({}, groups(before), "pain", NIGHT)
    found = match_groups(dict(zip(old.ids, groups(before), strict=True)), groups(tonight), "pain", NIGHT)
    assert len(set(found.ids)) == len(groups(tonight))
    assert {event.group_id for event in found.events if event.what == "died"} == set(old.ids) - set(found.ids)
