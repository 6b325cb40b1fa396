from datetime import UTC, date, datetime, timedelta

import pytest

from overheard.records import FunnelEvent
from overheard.strategy.funnel import cohorts_of, rate_stages

START = datetime(2026, 5, 4, tzinfo=UTC)
WINDOWS = {"activation": 14, "retention": 90, "referral": 90, "revenue": 90}


def events(stage, people, day):
    return [
        FunnelEvent(f"{stage}{person}", f"p{person}", START + timedelta(days=day), stage, stage, None, "", "app")
        for person in people
    ]


@pytest.fixture
def funnel():
    return [
        *events("acquisition", range(500), 0),
        *events("activation", range(150), 3),
        *events("retention", range(60), 40),
    ]


def rates(funnel, people=None, until=START + timedelta(days=400)):
    everybody = people or {f"p{number}" for number in range(500)}
    return {one.stage: one for one in rate_stages(funnel, everybody, WINDOWS, until)}


def test_a_rate_is_of_the_people_at_the_stage_before(funnel):
    found = rates(funnel)
    assert [(found[stage].people, found[stage].of) for stage in ("activation", "retention", "referral")] == [
        (150, 500), (60, 150), (0, 150)
    ]  # fmt: skip
    assert found["activation"].low < 0.30 < found["activation"].high


def test_an_event_told_twice_or_late_or_by_strangers_changes_nothing(funnel):
    late = events("activation", range(200, 300), 30)
    assert rates([*funnel, *funnel, *late])["activation"].people == 150
    assert rates(funnel, {"p1", "p400"})["activation"].of == 2


def test_people_whose_time_is_not_over_wait_outside_the_share(funnel):
    found = rates([*funnel, *events("acquisition", range(500, 540), 100)], {f"p{n}" for n in range(540)},
                  until=START + timedelta(days=105))  # fmt: skip
    assert (found["activation"].people, found["activation"].of, found["activation"].waiting) == (150, 500, 40)


def test_cohorts_are_weeks_of_acquisition():
    funnel = [*events("acquisition", [1, 2], 0), *events("acquisition", [3], 9), *events("retention", [4], 9)]
    found = cohorts_of(funnel, {"p1", "p2", "p3", "p4"})
    assert found == ((date(2026, 5, 4), frozenset({"p1", "p2"})), (date(2026, 5, 11), frozenset({"p3"})))
