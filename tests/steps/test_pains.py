"""A market's pains from night to night: the step, its tables, and what a person decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import overheard.steps.pains
from overheard.errors import BadInputError
from overheard.records import GroupEvent, PainEdit, PainNight
from overheard.steps.decisions.pain_edits import edit_pain, list_pains
from overheard.steps.market import Market
from overheard.steps.pains import EDITS, TABLES
from overheard.storage import Tables
from tests.steps.pain_market import FIRST, PainMarket

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pains are named by their terms here; what names them better has tests of its own."""
    monkeypatch.setattr(overheard.steps.pains, "load_namer", lambda market: None)


@pytest.fixture
def town(tmp_path: Path) -> PainMarket:
    return first_night(tmp_path / "market")


def first_night(folder: Path) -> PainMarket:
    town = PainMarket(folder)
    for theme in ("late invoice", "bank feed", "exchange fee"):
        town.hear(theme, 12)
    town.sleep()
    return town


def tables_of(town: PainMarket) -> dict[str, list[Any]]:
    market = town.market()
    return {name: market.tables.load(name, record) for name, record in TABLES.items()}


def nights_of(town: PainMarket) -> list[PainNight]:
    return town.market().tables.load("pain_nights", PainNight)


def test_the_first_night_groups_everything(town: PainMarket) -> None:
    assert [event.what for event in town.events()] == ["born"] * 3
    assert {one.first_heard for one in town.placements()} == {FIRST}
    assert [night.refitted for night in nights_of(town)] == [36]


def test_a_night_without_news_is_reused_and_one_with_news_keeps_every_place(town: PainMarket) -> None:
    assert town.sleep().reused
    before = town.placements()
    town.hear("bank feed", 2)
    assert not town.sleep().reused
    assert town.placements()[: len(before)] == before
    assert [(night.placed, night.compared, night.refitted) for night in nights_of(town)][1:] == [(2, 6, 0)]


def test_everything_is_grouped_again_after_a_week_and_when_asked_for(town: PainMarket) -> None:
    for days, full in ((6, False), (1, False), (1, False), (1, True)):
        town.hear("bank feed", 1)
        town.sleep(days, full)
    assert [night.refitted > 0 for night in nights_of(town)] == [True, False, True, False, True]
    assert {event.what for event in town.events()} <= {"born", "grew"}


def test_changed_settings_group_everything_again(town: PainMarket) -> None:
    ids = {pain.pain_id for pain in town.pains().values()}
    toml = town.folder / "market.toml"
    toml.write_text(toml.read_text() + "[pains]\nsilent_days = 40\n")
    town.sleep()
    assert nights_of(town)[-1].refitted == 0
    toml.write_text(toml.read_text() + "topics = 2\n")
    town.sleep()
    assert nights_of(town)[-1].refitted == 36
    assert {pain.pain_id for pain in town.pains().values()} < ids
    assert "merged" in {event.what for event in town.events()}


def test_withdrawn_sentences_end_their_pain(town: PainMarket) -> None:
    gone = town.id_of("late invoice")
    town.withdraw("late invoice", 10)
    town.sleep()
    assert [event.group_id for event in town.events() if event.what == "died"] == [gone]
    assert len(town.pains()) == 2


def test_two_markets_that_heard_the_same_have_the_same_tables(tmp_path: Path) -> None:
    both = []
    for name in ("one", "other"):
        town = first_night(tmp_path / name)
        for count in (3, 6):
            town.hear("broken export", count)
            town.sleep(days=4)
        both.append(tables_of(town))
    assert both[0] == both[1]
    assert [event.what for event in both[0]["pain_events"]].count("born") == 4


@pytest.mark.parametrize(
    "writes", [0, *(pytest.param(write, marks=pytest.mark.slow) for write in range(1, len(TABLES)))]
)
def test_a_night_that_was_killed_and_done_again_is_as_if_undisturbed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    towns = [first_night(tmp_path / "calm"), first_night(tmp_path / "killed")]
    for town in towns:
        town.hear("broken export", 4)
        town.sleep()
        town.hear("broken export", 6)
    towns[0].sleep()
    done, replace = [], Tables.replace

    def dying(self: Tables, name: str, record: type[Any], rows: Any) -> None:
        if name in TABLES:
            done.append(name)
            if len(done) > writes:
                raise KeyboardInterrupt
        replace(self, name, record, rows)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Tables, "replace", dying)
        towns[1].sleep()
    towns[1].sleep()
    assert tables_of(towns[1]) == tables_of(towns[0])


def test_a_renamed_pain_keeps_its_name_through_refits(town: PainMarket) -> None:
    one = town.id_of("late invoice")
    rows = edit_pain(town.market(), "rename", one, name="  Paid too   late ")
    assert (one, "Paid too late", 12, 12, "named") in rows
    town.hear("bank feed", 1)
    town.sleep(full=True)
    assert {row[0]: row[1] for row in list_pains(town.market())}[one] == "Paid too late"
    assert [event.what for event in town.events()].count("renamed") == 1


def test_merged_pains_are_one_at_once(town: PainMarket) -> None:
    one, other = town.id_of("late invoice"), town.id_of("bank feed")
    rows = edit_pain(town.market(), "merge", one[:6], other)
    assert {row[0]: row[2:] for row in rows}[one] == (24, 24, "whole")
    assert other not in {row[0] for row in rows}
    town.hear("exchange fee", 1)
    town.sleep(full=True)
    assert town.id_of("bank feed") == one


def test_a_merge_is_undone_by_a_split(town: PainMarket) -> None:
    one, other = town.id_of("late invoice"), town.id_of("bank feed")
    edit_pain(town.market(), "merge", one, other)
    rows = edit_pain(town.market(), "split", one)
    assert sorted(row[2] for row in rows) == [12, 12, 12]
    assert {row[4] for row in rows} == {"apart", ""}


def test_a_pin_is_taken_off_again(town: PainMarket) -> None:
    one = town.id_of("bank feed")
    with pytest.raises(BadInputError, match="is not pinned"):
        edit_pain(town.market(), "unpin", one)
    edit_pain(town.market(), "rename", one, name="no feed")
    assert {row[4] for row in edit_pain(town.market(), "pin", one)} == {"named, pinned", ""}
    assert {row[4] for row in edit_pain(town.market(), "unpin", one)} == {"named", ""}


def test_an_edit_is_done_once_however_often_the_step_runs(town: PainMarket) -> None:
    edit_pain(town.market(), "pin", town.id_of("bank feed"))
    events = town.events()
    town.hear("exchange fee", 1)
    town.sleep(full=True)
    assert town.events() == events
    assert [night.edits for night in nights_of(town)] == [0, 1, 1]
    assert len(town.market().tables.load(EDITS, PainEdit)) == 1


def test_what_cannot_be_done_is_told_in_one_line_and_not_written(town: PainMarket) -> None:
    one, other = town.id_of("late invoice"), town.id_of("bank feed")
    name = next(pain.name for pain in town.pains().values() if pain.pain_id == other)
    cases = [
        (("rename", "0000"), "no pain is `0000`; the nearest are"),
        (("rename", "s0"), "no pain is `s0`"),
        (("rename", one), "the new name has 0 characters"),
        (("rename", one, None, "x" * 81), "the new name has 81 characters"),
        (("rename", one, None, name.upper()), f"another pain is named “{name.upper()}”"),
        (("merge", one, one), "cannot be merged with itself"),
        (("merge", one), "cannot be merged with itself"),
        (("merge", one, "nothing like it"), "no pain is `nothing like it`"),
    ]
    for arguments, message in cases:
        with pytest.raises(BadInputError, match=message) as told:
            edit_pain(town.market(), *arguments)  # type: ignore[arg-type]
        assert "\n" not in str(told.value)
    assert town.market().tables.load(EDITS, PainEdit) == []


def test_a_market_without_pains_says_so(tmp_path: Path) -> None:
    town = PainMarket(tmp_path / "market")
    with pytest.raises(BadInputError, match="there are no pains yet"):
        edit_pain(town.market(), "pin", "late")
    assert list_pains(town.market()) == []


def test_events_tell_no_figure_of_fewer_than_five_people(town: PainMarket) -> None:
    toml = town.folder / "market.toml"
    toml.write_text(
        toml.read_text() + "[pains]\nminimum_people = 2\nminimum_signals = 2\n[privacy]\nsmallest_group = 1\n"
    )
    for _ in range(2):
        town.hear("broken export", 2)
        town.sleep()
    events: list[GroupEvent] = Market(town.folder, FIRST).tables.load("pain_events", GroupEvent)
    numbers = [int(word) for event in events for word in event.evidence.split() if word.isdigit()]
    assert min(numbers) >= 5
