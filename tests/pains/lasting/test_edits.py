"""What a person decided holds, whatever a refit says."""

from __future__ import annotations

import pytest

from overheard.records import EditAction, PainEdit
from tests.pains.lasting.nights import Market, told
from tests.pains.lasting.test_night import BANK, FEES, LATE


@pytest.fixture
def market() -> Market:
    market = Market()
    for theme, at in (("late", LATE), ("bank", BANK), ("fees", FEES)):
        market.hear(theme, 20, at)
    market.sleep()
    return market


def decide(market: Market, action: EditAction, name: str, other: str | None = None, new_name: str = "") -> PainEdit:
    other_id = market.id_of(other) if other else None
    return PainEdit(1, market.night, action, market.id_of(name), other_id, new_name)


def is_now(market: Market, theme: str, other: str, from_number: int = 0) -> None:
    """Let groupings from now on find `theme` in the sentences of another."""
    for one in sorted(one for one in market.said if one.startswith(other))[from_number:]:
        market.theme_of[one] = theme


def test_a_name_given_by_hand_outlasts_every_other(market: Market) -> None:
    night = market.sleep(edits=[decide(market, "rename", "late", new_name="paid too late")])
    assert [(e.what, e.evidence) for e in night.events] == [("renamed", "by hand: “late” → “paid too late”")]
    market.hear_more("late", 10, LATE)
    is_now(market, "rude", "late", 18)
    assert told(market.sleep("due").events) == ["split", "split"]
    assert {pain.name for pain in market.before.shown} == {"paid too late", "rude", "bank", "fees"}


def test_merged_pains_are_one_at_once_and_stay_one(market: Market) -> None:
    kept, gone = market.id_of("late"), market.id_of("bank")
    night = market.sleep(edits=[decide(market, "merge", "late", "bank")])
    assert {(e.group_id, e.evidence) for e in night.events if e.what == "merged"} == {
        (gone, "by hand: it is part of “late” now"),
        (kept, "by hand: 20 of 40 sentences were “bank” before"),
    }
    assert told(night.events) == ["merged", "merged"]
    placements = night.placements
    night = market.sleep("due")
    assert (night.events, night.placements) == ([], placements)
    assert {pain.name: pain.people for pain in night.shown} == {"late": 40, "fees": 20}


def test_a_pain_merged_by_hand_is_not_revived(market: Market) -> None:
    market.sleep(edits=[decide(market, "merge", "late", "bank")])
    market.hear("bank", 20, BANK)
    market.sleep()
    assert not {"revived", "born", "split"} & set(told(market.sleep("due").events))


def test_a_pain_split_by_hand_keeps_its_id_on_the_larger_part_and_stays_split(market: Market) -> None:
    old = market.id_of("late")
    is_now(market, "rude", "late", 12)
    night = market.sleep(edits=[decide(market, "split", "late")])
    assert told(night.events) == ["split", "split"]
    assert all(event.evidence.startswith("by hand: 8 of 20 sentences") for event in night.events)
    assert market.id_of("late") == old
    is_now(market, "late", "late")
    placements = night.placements
    night = market.sleep("due")
    assert (night.events, night.placements) == ([], placements)


def test_a_pain_that_does_not_fall_apart_is_not_split_and_the_decision_is_counted(market: Market) -> None:
    night = market.sleep(edits=[decide(market, "split", "late")])
    assert (night.events, night.missed) == ([], 1)


@pytest.mark.parametrize("fate", ["split", "absorbed", "scattered"])
def test_a_pinned_pain_keeps_its_sentences_whatever_a_refit_says(market: Market, fate: str) -> None:
    market.sleep(edits=[decide(market, "pin", "late")])
    if fate == "split":
        is_now(market, "rude", "late", 12)
    elif fate == "absorbed":
        is_now(market, "bank", "late")
    else:
        for number, theme in enumerate(("bank", "fees", "rude")):
            is_now(market, theme, "late", 7 * number)
    before = market.before
    night = market.sleep("due")
    assert (night.events, night.placements, night.shown) == ([], before.placements, before.shown)


def test_a_pain_whose_pin_was_taken_off_follows_the_next_refit(market: Market) -> None:
    market.sleep(edits=[decide(market, "pin", "late")])
    market.sleep(edits=[decide(market, "unpin", "late")])
    market.hear_more("late", 10, LATE)
    is_now(market, "rude", "late", 18)
    assert "split" in told(market.sleep("due").events)


def test_a_decision_on_a_pain_that_ended_meanwhile_is_counted(market: Market) -> None:
    edit = decide(market, "rename", "late", new_name="never paid")
    for one in [one for one in market.said if one.startswith("late")]:
        del market.said[one]
    night = market.sleep(edits=[edit])
    assert (told(night.events), night.missed) == (["died"], 1)
