"""Families and parts over nights and regroupings of everything: ids and names stay while members do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from overheard.pains.lasting import Refit
from overheard.pains.levels import lasting_ladder, level_events, tell_levels
from overheard.records import EditAction, GroupEvent, PainEdit, PainGroup
from tests.pains.lasting.nights import DIMENSIONS, Market

THEMES = ("late", "bank", "fees", "crash")
TROUBLES = (0, 1)


@dataclass
class Town(Market):
    """A market whose pains are looked at from every level, night after night."""

    groups: list[PainGroup] = field(default_factory=list)
    level_news: list[GroupEvent] = field(default_factory=list)

    def say(self, pain: str, count: int, half: int) -> list[str]:
        """Let people say something of a pain; its two halves lie a little apart, the pains of a theme not far."""
        theme, trouble = pain.split("-")
        at = np.zeros(DIMENSIONS)
        at[THEMES.index(theme)] = 1
        at[4 + 2 * THEMES.index(theme) + int(trouble)] = 0.7
        at[12 + 2 * int(trouble) + half] = 0.35
        return self.hear(pain, count, at.tolist(), spread=0.12)

    def pass_night(self, refit: Refit = "no", edits: Iterable[PainEdit] = (), days: int = 1) -> None:
        """Pass a night and look at it from every level."""
        night_of = self.night
        night = self.sleep(refit, edits, days)
        places = {one.signal_id: one.pain_id for one in night.placements}
        sentences = self.sentences()
        pinned = {pain.pain_id for pain in night.lasting if "pinned" in pain.by_hand}
        ladder = lasting_ladder(
            sentences,
            [places[key] for key in sentences.ids],
            self.groups,
            self.settings,
            pinned,
            anew=night.work.refitted > 0,
        )
        groups = tell_levels(sentences, ladder, night.shown, self.groups, self.describe_parts)
        self.level_news = level_events(self.groups, groups, places, night_of)
        self.groups = groups

    def describe_parts(self, sentences, labels):
        """Name a part after its first sentence, so that one with other members has another name."""
        topics = self.describe(sentences, labels)
        firsts = [sentences.ids[int(np.flatnonzero(labels == label)[0])] for label in range(len(topics))]
        return [
            type(topic)(topic.rows, topic.central, (), f"like {first}", topic.people)
            for topic, first in zip(topics, firsts, strict=True)
        ]

    def decide(self, action: EditAction, name: str, other: str | None = None, new_name: str = "") -> PainEdit:
        return PainEdit(1, self.night, action, self.id_of(name), self.id_of(other) if other else None, new_name)

    def at(self, level: int) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return name and pains of each group of a level."""
        return {one.group_id: (one.name, one.pains) for one in self.groups if one.level == level}

    def parts_of(self, pain: str) -> dict[str, tuple[str, frozenset[str]]]:
        """Return name and sentences of a pain's parts."""
        own = self.id_of(pain)
        return {
            one.group_id: (one.name, frozenset(one.signals)) for one in self.groups if one.signals and own in one.pains
        }


@pytest.fixture
def town() -> Town:
    town = Town()
    for theme in THEMES:
        for trouble in TROUBLES:
            for half in (0, 1):
                town.say(f"{theme}-{trouble}", 12, half)
    town.pass_night()
    assert [len(town.at(level)) for level in (-2, -1, 0, 1)] == [2, 4, 8, 16]
    return town


def names_of(groups: Sequence[PainGroup]) -> list[tuple[int, str, str]]:
    return [(one.level, one.group_id, one.name) for one in groups]


def regroup(town: Town) -> None:
    """Pass a week with a few sentences more and group everything anew, in which every eighth sentence goes astray."""
    for theme in THEMES:
        town.say(f"{theme}-0", 2, 1)
    for number, one in enumerate(sorted(town.said)):
        if number % 8 == 0:
            theme, trouble = town.theme_of[one].split("-")
            town.theme_of[one] = f"{theme}-{1 - int(trouble)}"
    town.pass_night("due", days=7)


def test_a_weekly_regrouping_of_much_the_same_leaves_every_level_its_ids_and_names(town: Town) -> None:
    first, people = names_of(town.groups), sum(one.people for one in town.groups)
    town.pass_night(days=6)
    regroup(town)
    assert names_of(town.groups) == first
    assert sum(one.people for one in town.groups) > people
    assert town.level_news == []
    regroup(town)
    assert names_of(town.groups) == first


def test_what_a_regrouping_splits_and_joins_changes_no_other_group_at_any_level(town: Town) -> None:
    first = town.groups
    town.pass_night(days=6)
    town.say("bank-1", 9, 0)
    # Only what was heard of anew may be two.
    town.say("late-0", 6, 0)
    rude = {*sorted(one for one in town.said if one.startswith("late-0"))[12:24], *town.say("late-0", 6, 1)}
    town.pass_night()
    split, gone, kept = (town.id_of(name) for name in ("late-0", "bank-0", "bank-1"))
    for one in sorted(town.said):
        if one in rude:
            town.theme_of[one] = "rude-0"
        elif one.startswith("bank-0"):
            town.theme_of[one] = "bank-1"
    joined = town.parts_of("bank-0") | town.parts_of("bank-1")
    town.pass_night("due", days=7)
    assert {event.what for event in town.events if event.group_id in (split, gone)} >= {"split", "merged"}
    touched = {split, gone, kept}
    now = {(one.level, one.group_id): one for one in town.groups}
    for one in first:
        if not touched & set(one.pains):
            assert now[one.level, one.group_id].name == one.name
    born = town.id_of("rude-0")
    family = next(one for one in town.groups if one.level == -1 and split in one.pains)
    assert born in family.pains
    assert family.group_id == next(one.group_id for one in first if one.level == -1 and split in one.pains)
    # The parts of both joined pains live on in the one that is left.
    assert town.parts_of("bank-1") == joined


def test_what_changes_at_a_level_is_told_with_where_it_went(town: Town) -> None:
    town.pass_night(days=6)
    gone = {one.group_id: one for one in town.groups if one.signals and town.id_of("fees-0") in one.pains}
    family = next(one for one in town.groups if one.level == -1 and town.id_of("fees-0") in one.pains)
    for one in [one for one in town.said if one.startswith("fees-0")]:
        del town.said[one]
    town.pass_night("due")
    news = {event.group_id: event for event in town.level_news}
    assert {news[key].what for key in gone} == {"died"}
    assert news[next(iter(gone))].evidence.startswith("nothing is left of “like fees-0")
    assert news[family.group_id].evidence == f"most of “{family.name}” is in “fees-1” now"


def test_a_name_given_by_hand_stands_in_the_names_of_families_and_outlasts_regroupings(town: Town) -> None:
    before = names_of(town.groups)
    town.pass_night(edits=[town.decide("rename", "late-0", new_name="paid too late")])
    renamed = [
        (level, key, name.replace("late-0", "paid too late") if level < 1 else name) for level, key, name in before
    ]
    assert names_of(town.groups) == renamed
    assert {event.what for event in town.level_news} == {"renamed"}
    regroup(town)
    assert names_of(town.groups) == renamed


@pytest.mark.parametrize("is_pinned", [False, True])
def test_pains_joined_by_hand_keep_their_parts_and_their_family(town: Town, is_pinned: bool) -> None:
    joined = town.parts_of("crash-0") | town.parts_of("fees-1")
    family = next(one for one in town.groups if one.level == -1 and town.id_of("crash-0") in one.pains)
    pins = [town.decide("pin", "crash-0")] if is_pinned else []
    town.pass_night(edits=[*pins, town.decide("merge", "crash-0", "fees-1")])
    assert town.parts_of("crash-0") == joined
    regroup(town)
    assert {key: name for key, (name, _) in town.parts_of("crash-0").items()} == {
        key: name for key, (name, _) in joined.items()
    }
    assert (family.name, family.pains) == town.at(-1)[family.group_id]


def test_pains_parted_by_hand_stay_in_one_family_and_are_two_at_every_finer_level(town: Town) -> None:
    family = next(one for one in town.groups if one.level == -1 and town.id_of("late-0") in one.pains)
    for one in sorted(town.said):
        if one.startswith("late-0") and int(one[-4:]) % 24 >= 12:
            town.theme_of[one] = "rude-0"
    town.pass_night(edits=[town.decide("split", "late-0")])
    for one in town.theme_of:
        if one.startswith("late-0"):
            town.theme_of[one] = "late-0"
    for _ in range(2):
        pains = town.at(-1)[family.group_id][1]
        assert {town.id_of("late-0"), town.id_of("rude-0")} <= set(pains)
        finer = [set(one.pains) for one in town.groups if one.level == 1]
        assert {town.id_of("late-0")} in finer
        assert {town.id_of("rude-0")} in finer
        assert town.at(-1)[family.group_id][0] == family.name
        town.pass_night("due", days=7)


@pytest.mark.parametrize("is_pinned", [False, True])
def test_only_a_pinned_pain_keeps_parts_that_no_longer_tell_what_there_is_to_tell(town: Town, is_pinned: bool) -> None:
    kept = town.parts_of("late-0")
    town.pass_night(edits=[town.decide("pin", "late-0")] if is_pinned else [])
    third = np.zeros(DIMENSIONS)
    third[[0, 4, 14]] = 1, 0.7, 1.2
    town.hear("late-0", 60, third.tolist(), spread=0.03)
    town.pass_night()
    for one in town.said:
        if one not in {placed.signal_id for placed in town.before.placements if placed.pain_id}:
            town.theme_of[one] = "late-0"
    town.pass_night("due", days=7)
    now = town.parts_of("late-0")
    assert (now.keys() == kept.keys()) == is_pinned
    assert all(now[key][0] == name for key, (name, _) in kept.items() if key in now)
