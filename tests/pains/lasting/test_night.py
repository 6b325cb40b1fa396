"""Nights in the life of pains: what stays, what begins, what ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overheard.records import PainEdit
from overheard.settings import PainSettings
from tests.pains.lasting.nights import FIRST, Market, told

LATE, BANK, FEES, FAR = (1.0,), (0.0, 1.0), (0.0, 0.0, 1.0), (0.0, 0.0, 0.0, 1.0)


@pytest.fixture
def market() -> Market:
    """A market after its first night: twenty people on each of three themes."""
    market = Market()
    for theme, at in (("late", LATE), ("bank", BANK), ("fees", FEES)):
        market.hear(theme, 20, at)
    market.sleep()
    return market


def test_on_the_first_night_everything_is_grouped_and_every_pain_is_born(market: Market) -> None:
    assert {pain.name for pain in market.before.shown} == {"late", "bank", "fees"}
    assert told(market.events) == ["born"] * 3
    assert {event.evidence for event in market.events} == {"20 people"}
    assert {placement.first_heard for placement in market.before.placements} == {FIRST}


def test_on_a_night_without_news_nothing_changes_and_nothing_is_compared(market: Market) -> None:
    before = market.before
    night = market.sleep()
    assert (night.shown, night.placements, night.lasting) == (before.shown, before.placements, before.lasting)
    assert night.events == []
    assert night.work.compared == 0


def test_a_refit_that_finds_the_same_changes_nothing(market: Market) -> None:
    before = market.before
    night = market.sleep("due")
    assert (night.shown, night.placements, night.events) == (before.shown, before.placements, [])


def test_a_new_sentence_goes_to_the_nearest_pain_and_the_old_ones_stay(market: Market) -> None:
    before = {one.signal_id: one for one in market.before.placements}
    [new] = market.hear("bank", 1, BANK)
    night = market.sleep()
    assert market.place_of(new) == "bank"
    assert all(one == before[one.signal_id] for one in night.placements if one.signal_id != new)
    assert (night.work.placed, night.work.compared) == (1, 3)
    assert market.described == 1


def test_what_is_out_of_reach_waits_in_the_pool_until_enough_people_said_it_on_two_nights(market: Market) -> None:
    first = market.hear("rain", 8, FAR)
    night = market.sleep()
    assert night.events == []
    assert {market.place_of(one) for one in first} == {None}
    second = market.hear("rain", 2, FAR)
    night = market.sleep()
    assert told(night.events) == ["born"]
    assert {market.place_of(one) for one in first + second} == {"rain"}


def test_one_loud_night_is_no_pain_however_many_nights_pass(market: Market) -> None:
    market.hear("rain", 20, FAR)
    for _ in range(4):
        assert market.sleep().events == []


def test_one_loud_person_is_no_pain(market: Market) -> None:
    for _ in range(2):
        for one in market.hear("rain", 6, FAR):
            text, vector, _person = market.said[one]
            market.said[one] = (text, vector, "the loud one")
        assert market.sleep().events == []


def test_a_pain_dies_when_its_sentences_are_withdrawn_and_the_rest_goes_to_the_pool(market: Market) -> None:
    for one in [one for one in market.said if one.startswith("late")][:17]:
        del market.said[one]
    night = market.sleep()
    assert told(night.events) == ["died"]
    assert {pain.name for pain in night.shown} == {"bank", "fees"}
    assert sum(one.pain_id is None for one in night.placements) == 3


def test_a_pain_of_which_only_strays_are_left_dies_and_one_thinned_at_random_lives() -> None:
    market = Market()
    for theme, at in (("late", LATE), ("bank", BANK), ("fees", FEES)):
        market.hear(theme, 20, at)
        strays = market.hear(f"{theme} stray", 8, [*(*at, 0.0, 0.0)[:3], 2.0])
        market.theme_of |= dict.fromkeys(strays, theme)
    market.sleep()
    assert len(market.before.shown) == 3
    for one in [one for one in market.said if one.startswith("late-")]:
        del market.said[one]
    for one in [one for one in market.said if one.startswith("bank")][::2]:
        del market.said[one]
    late = market.id_of("late")
    assert [event.group_id for event in market.sleep().events if event.what == "died"] == [late]


def test_what_only_lies_at_its_edge_does_not_keep_a_silent_pain_alive() -> None:
    market = Market()
    for theme, at in (("late", LATE), ("bank", BANK), ("fees", FEES)):
        market.hear(theme, 40, at, spread=0.2)
    market.sleep(days=40)
    market.hear("bank", 60, BANK, spread=0.2)
    market.hear("fees", 60, FEES, spread=0.2)
    strays = market.hear("late", 6, (0.71, 0.0, 0.0, 0.71), spread=0.0)
    night = market.sleep()
    assert {market.place_of(one) for one in strays} == {"late"}
    assert [event.group_id for event in night.events if event.what == "died"] == [market.id_of("late")]


def test_a_pain_that_comes_back_has_its_old_id_and_name(market: Market) -> None:
    old = market.id_of("late")
    for one in [one for one in market.said if one.startswith("late")]:
        del market.said[one]
    market.sleep()
    for _ in range(2):
        market.hear("late", 5, LATE)
        night = market.sleep()
    assert told(night.events) == ["revived"]
    assert market.id_of("late") == old


def test_a_silent_pain_dies_keeps_its_sentences_and_is_revived_when_it_is_heard_again(market: Market) -> None:
    market.sleep(days=40)
    market.hear("bank", 30, BANK)
    market.hear("fees", 30, FEES)
    night = market.sleep()
    deaths = [event for event in night.events if event.what == "died"]
    assert [(event.group_id, event.evidence) for event in deaths] == [
        (market.id_of("late"), "hardly heard for 30 days")
    ]
    assert len(night.shown) == 3
    market.hear("late", 1, LATE)
    assert market.sleep().events == []
    market.hear("late", 20, LATE)
    assert "revived" in told(market.sleep().events)


def test_a_pain_that_others_drown_out_does_not_die(market: Market) -> None:
    market.sleep(days=40)
    market.hear("late", 6, LATE)
    market.hear("fees", 100, FEES)
    market.hear("bank", 40, BANK)
    assert "died" not in told(market.sleep().events)


def test_a_wave_of_something_new_lets_no_pain_die(market: Market) -> None:
    market.sleep(days=40)
    market.hear("fees", 4, FEES)
    market.hear("bank", 4, BANK)
    market.hear("rain", 200, FAR)
    assert "died" not in told(market.sleep().events)


def test_a_pain_that_lost_nearly_all_its_people_dies_although_some_strays_are_left(market: Market) -> None:
    market.hear("late", 20, LATE)
    market.sleep()
    for one in [one for one in market.said if one.startswith("late")][:34]:
        del market.said[one]
    assert told(market.sleep().events) == ["died"]


def test_a_quiet_market_lets_no_pain_die(market: Market) -> None:
    market.sleep(days=400)
    market.hear("bank", 2, BANK)
    assert "died" not in told(market.sleep().events)


@pytest.mark.parametrize(("more", "evidence"), [(4, []), (5, ["20 to 25 people"]), (-4, []), (-5, ["20 to 15 people"])])
def test_a_change_of_a_quarter_is_told(market: Market, more: int, evidence: list[str]) -> None:
    if more > 0:
        market.hear("late", more, LATE)
    for one in [one for one in market.said if one.startswith("late")][: max(-more, 0)]:
        del market.said[one]
    night = market.sleep()
    assert [event.evidence for event in night.events] == evidence
    assert told(night.events) == ["grew" if more > 0 else "shrank"] * len(evidence)
    assert market.sleep().events == []


def test_a_refit_finds_a_pain_that_is_two(market: Market) -> None:
    old = market.id_of("late")
    market.hear_more("late", 10, LATE)
    for number, one in enumerate(sorted(one for one in market.said if one.startswith("late"))):
        market.theme_of[one] = "late" if number < 18 else "rude"
    night = market.sleep("due")
    assert told(night.events) == ["split", "split"]
    assert market.id_of("late") == old
    assert {event.evidence for event in night.events} == {
        "12 of 30 sentences of “late”",
        "12 of 30 sentences went to “rude”",
    }


def test_sentences_that_were_one_pain_are_not_two_the_next_night(market: Market) -> None:
    market.hear_more("late", 5, LATE)
    for number, one in enumerate(sorted(one for one in market.said if one.startswith("late"))):
        market.theme_of[one] = "late" if number < 15 else "rude"
    night = market.sleep("due")
    assert night.events == []
    assert {pain.name: pain.people for pain in night.shown} == {"late": 25, "bank": 20, "fees": 20}


def test_a_refit_finds_two_pains_that_are_one(market: Market) -> None:
    kept, gone = market.id_of("bank"), market.id_of("late")
    for one in market.hear("bank", 6, BANK):
        market.theme_of[one] = "bank"
    market.sleep()
    for one in market.said:
        market.theme_of[one] = "bank" if one.startswith("late") else market.theme_of[one]
    night = market.sleep("due")
    merged = {event.group_id: event.evidence for event in night.events if event.what == "merged"}
    assert merged == {gone: "it is part of “bank” now", kept: "20 of 46 sentences were “late” before"}
    assert next(pain.into for pain in night.lasting if pain.pain_id == gone) == kept
    assert {market.place_of(one) for one in market.said if one.startswith("late")} == {"bank"}


def test_a_refit_finds_what_began_within_the_reach_of_an_old_pain(market: Market) -> None:
    new = [one for _ in range(2) for one in market.hear("echo", 6, LATE)]
    market.sleep()
    new += market.hear("echo", 6, LATE)
    market.sleep()
    assert [market.place_of(one) for one in new].count("late") >= 15
    night = market.sleep("due")
    assert "born" in told(night.events)
    assert {market.place_of(one) for one in new} == {"echo"}


def test_a_pain_of_the_pool_goes_on_though_the_one_old_sentence_in_it_is_grouped_elsewhere(market: Market) -> None:
    [stray] = market.hear("rain", 1, FAR)
    market.theme_of[stray] = ""
    market.sleep("due")
    market.theme_of[stray] = "rain"
    for _ in range(2):
        market.hear("rain", 8, FAR)
        market.sleep()
    old = market.id_of("rain")
    market.theme_of[stray] = "late"
    assert market.sleep("due").events == []
    assert market.id_of("rain") == old


def test_another_cut_through_old_sentences_of_several_pains_is_nothing(market: Market) -> None:
    for theme in ("late", "bank", "fees"):
        for one in sorted(one for one in market.said if one.startswith(theme))[:4]:
            market.theme_of[one] = "mixed"
    before = market.before.placements
    night = market.sleep("due")
    assert night.events == []
    assert night.placements == before


def test_new_settings_are_followed_to_the_letter(market: Market) -> None:
    for theme in ("late", "bank", "fees"):
        for one in sorted(one for one in market.said if one.startswith(theme))[:2]:
            market.theme_of[one] = "late"
    market.sleep("new settings")
    assert all(market.place_of(one) == market.theme_of[one] for one in market.said)


def test_a_new_encoder_ends_no_pain(market: Market) -> None:
    ids = {pain.pain_id for pain in market.before.shown}
    for one, (text, vector, person) in market.said.items():
        market.said[one] = (text, np.roll(vector, 3), person)
    night = market.sleep("new encoder")
    assert {pain.pain_id for pain in night.shown} == ids
    assert night.events == []


def test_a_name_changes_only_with_an_event(market: Market) -> None:
    kept = market.id_of("late")
    market.hear_more("late", 10, LATE)
    for number, one in enumerate(sorted(one for one in market.said if one.startswith("late"))):
        market.theme_of[one] = "owed" if number < 18 else "rude"
    night = market.sleep("due")
    assert [(e.group_id, e.evidence) for e in night.events if e.what == "renamed"] == [(kept, "“late” → “owed”")]
    for one in market.said:
        market.theme_of[one] = market.theme_of[one].upper()
    assert {pain.name for pain in market.sleep("due").shown} == {"owed", "rude", "bank", "fees"}


def test_a_newborn_does_not_take_the_name_of_a_living_pain(market: Market) -> None:
    for _ in range(2):
        for one in market.hear("rain", 5, FAR):
            market.theme_of[one] = "late"
        market.sleep()
    assert sorted(pain.name for pain in market.before.shown) == ["bank", "fees", "late", "late (2)"]


def test_an_exemplar_that_is_withdrawn_is_no_longer_shown(market: Market) -> None:
    pain = next(pain for pain in market.before.shown if pain.name == "late")
    del market.said[pain.exemplars[0]]
    after = next(pain for pain in market.sleep().shown if pain.name == "late")
    assert after.exemplars == pain.exemplars[1:]


def test_where_no_pain_was_yet_everything_is_grouped_at_once() -> None:
    market = Market()
    market.hear("late", 2, LATE)
    assert market.sleep().shown == []
    market.hear("late", 6, LATE)
    assert [pain.name for pain in market.sleep().shown] == ["late"]


def test_an_empty_market_has_no_pains() -> None:
    night = Market().sleep()
    assert (night.shown, night.placements, night.events) == ([], [], [])


def test_a_market_of_an_earlier_release_keeps_its_ids_and_names(market: Market) -> None:
    from dataclasses import replace

    shown = market.before.shown
    old = [replace(one, first_heard=None) for one in market.before.placements]
    market.before = replace(market.before, lasting=(), placements=old)
    night = market.sleep("due")
    assert night.shown == shown
    assert night.events == []


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whatever_comes_goes_and_is_decided_the_tables_agree(data: st.DataObject) -> None:
    market = Market(PainSettings(minimum_people=2, minimum_signals=2, silent_days=2))
    number = 0
    for _ in range(data.draw(st.integers(1, 6))):
        for theme, at in (("late", LATE), ("bank", BANK), ("rain", FAR)):
            market.hear(theme, data.draw(st.integers(0, 6)), at, 0.3)
        for one in data.draw(st.lists(st.sampled_from(sorted(market.said) or [""]), max_size=6)):
            market.said.pop(one, None)
        for one in data.draw(st.lists(st.sampled_from(sorted(market.said) or [""]), max_size=6)):
            market.theme_of[one] = data.draw(st.sampled_from(["late", "bank", "rain"]))
        edits = []
        living = [pain.pain_id for pain in market.before.shown]
        for action in data.draw(st.lists(st.sampled_from(["rename", "merge", "split", "pin", "unpin"]), max_size=2)):
            if living:
                number += 1
                one, other = (data.draw(st.sampled_from(living)) for _ in range(2))
                if action != "merge" or one != other:
                    edits.append(PainEdit(number, market.night, action, one, other, f"name {number}"))
        was = {pain.pain_id for pain in market.before.shown}
        night = market.sleep(data.draw(st.sampled_from(["no", "due", "new settings"])), edits)
        check_tables(market, was, night)


def check_tables(market: Market, was, night) -> None:  # type: ignore[no-untyped-def]
    shown = {pain.pain_id: pain for pain in night.shown}
    living = {pain.pain_id for pain in night.lasting if pain.ended is None}
    assert living == set(shown)
    assert [one.signal_id for one in night.placements] == sorted(market.said)
    for pain_id, pain in shown.items():
        members = [one.signal_id for one in night.placements if one.pain_id == pain_id]
        assert len(members) == pain.signals >= 2
        assert set(pain.exemplars) <= set(members)
        assert pain.name
    assert len({pain.name.casefold() for pain in night.shown}) == len(shown)
    assert {one.pain_id for one in night.placements} - {None} <= set(shown)
    begun = {e.group_id for e in night.events if e.what in ("born", "split", "revived")}
    ended = {e.group_id for e in night.events if e.what in ("died", "merged")}
    assert set(shown) - was <= begun
    assert was - set(shown) <= ended
    assert all(one.probability == 0 if one.pain_id is None else 0 < one.probability <= 1 for one in night.placements)
