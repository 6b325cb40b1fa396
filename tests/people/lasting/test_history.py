"""Memberships over several nights."""

from datetime import date

from overheard.people import continue_memberships
from overheard.records import Membership

FIRST, SECOND, THIRD = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)


def make_membership(
    person: str, segment: str | None, since: date, until: date | None = None, sure: float = 0.9
) -> Membership:
    return Membership(person, segment, sure, "needs-kmeans", since, until)


def test_who_stays_keeps_the_first_date_and_takes_tonights_probability() -> None:
    before = [make_membership("p", "s", FIRST)]
    assert continue_memberships(before, [make_membership("p", "s", SECOND, sure=0.7)], SECOND) == [
        make_membership("p", "s", FIRST, sure=0.7)
    ]


def test_who_moves_has_a_past_and_a_present() -> None:
    before = [make_membership("p", "s", FIRST)]
    assert continue_memberships(before, [make_membership("p", "t", SECOND)], SECOND) == [
        make_membership("p", "s", FIRST, SECOND),
        make_membership("p", "t", SECOND),
    ]


def test_who_is_gone_is_closed_and_past_rows_stay() -> None:
    before = [make_membership("p", "s", FIRST, SECOND), make_membership("p", "t", SECOND)]
    assert continue_memberships(before, [], THIRD) == [
        make_membership("p", "s", FIRST, SECOND),
        make_membership("p", "t", SECOND, THIRD),
    ]


def test_a_night_done_twice_is_as_done_once() -> None:
    tonight = [make_membership("p", "t", SECOND), make_membership("q", None, SECOND)]
    once = continue_memberships([make_membership("p", "s", FIRST)], tonight, SECOND)
    assert continue_memberships(once, tonight, SECOND) == once
