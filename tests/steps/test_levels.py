"""A market's levels of detail: the step and its table, from night to night."""

from __future__ import annotations

from pathlib import Path

import pytest

import overheard.steps.pains
from overheard.records import GroupEvent, PainGroup
from overheard.steps.decisions.pain_edits import edit_pain
from overheard.steps.levels import group_market_levels
from tests.steps.pain_market import THEMES, PainMarket

pytestmark = pytest.mark.slow


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PainMarket:
    """A market after its first night; its pains are named by their terms."""
    monkeypatch.setattr(overheard.steps.pains, "load_namer", lambda market: None)
    town = PainMarket(tmp_path / "market")
    for theme in THEMES:
        town.hear(theme, 12)
    town.sleep()
    group_market_levels(town.market())
    return town


def groups_of(town: PainMarket) -> list[PainGroup]:
    return town.market().tables.load("pain_groups", PainGroup)


def news_of(town: PainMarket) -> list[GroupEvent]:
    return town.market().tables.load("pain_group_events", GroupEvent)


def test_the_groups_of_the_usual_level_are_the_pains(town: PainMarket) -> None:
    pains = {pain.pain_id: (pain.name, pain.people) for pain in town.pains().values()}
    assert {one.group_id: (one.name, one.people) for one in groups_of(town) if one.level == 0} == pains
    assert sum(one.level == -1 for one in groups_of(town)) == 2


def test_a_night_without_news_is_reused_and_doing_it_again_changes_nothing(town: PainMarket) -> None:
    before = groups_of(town)
    assert group_market_levels(town.market()).reused
    assert not group_market_levels(town.market(full=True)).reused
    assert groups_of(town) == before


def test_a_renamed_pain_is_renamed_in_its_family(town: PainMarket) -> None:
    before = groups_of(town)
    edit_pain(town.market(), "rename", town.id_of("late invoice"), name="Paid too late")
    group_market_levels(town.market())
    now = groups_of(town)
    assert [one.group_id for one in now] == [one.group_id for one in before]
    assert sum("Paid too late" in one.name for one in now) == sum(
        town.id_of("late invoice") in one.named_after for one in before
    )


def test_a_few_more_sentences_leave_every_group_its_id_and_its_name(town: PainMarket) -> None:
    before = groups_of(town)
    town.hear("bank feed", 1)
    town.sleep()
    group_market_levels(town.market())
    assert [(one.group_id, one.name) for one in groups_of(town)] == [(one.group_id, one.name) for one in before]
    assert sum(one.people for one in groups_of(town)) > sum(one.people for one in before)


def test_a_weekly_regrouping_leaves_every_level_its_ids_and_names_and_tells_nothing(town: PainMarket) -> None:
    before = groups_of(town)
    for theme in THEMES:
        town.hear(theme, 2)
    town.day += 7
    town.sleep()
    group_market_levels(town.market())
    assert [(one.level, one.group_id, one.name) for one in groups_of(town)] == [
        (one.level, one.group_id, one.name) for one in before
    ]
    assert news_of(town) == []


def test_what_a_merge_by_hand_ends_at_other_levels_is_told_and_stays_told(town: PainMarket) -> None:
    ended = {one.group_id for one in groups_of(town) if one.level}
    edit_pain(town.market(), "merge", town.id_of("late invoice"), other=town.id_of("bank feed"))
    group_market_levels(town.market())
    ended -= {one.group_id for one in groups_of(town)}
    pains = {pain.pain_id for pain in town.pains().values()}
    told = news_of(town)
    assert {event.group_id for event in told if event.what == "died"} == ended - {town.id_of("bank feed")} - pains
    assert told
    town.hear("exchange fee", 1)
    town.sleep()
    group_market_levels(town.market())
    assert news_of(town)[: len(told)] == told
