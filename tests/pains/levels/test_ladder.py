from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overheard.pains.lasting import Sentences
from overheard.pains.levels import lasting_ladder, tell_levels
from overheard.pains.levels.divide import divided
from overheard.pains.levels.join import joined
from overheard.pains.settle import Crowd, Floor
from overheard.records import PainGroup
from overheard.settings import PainSettings
from tests.pains.levels.towns import describe, make_sentences, pains_of

SETTINGS = PainSettings()


def groups_of(
    sentences: Sentences, places: Sequence[str | None], before: Sequence[PainGroup] = (), **more: int
) -> list[PainGroup]:
    ladder = lasting_ladder(sentences, places, before, PainSettings.model_validate(more))
    return tell_levels(sentences, ladder, pains_of(sentences, places), before, describe)


def at(groups: Sequence[PainGroup], level: int) -> dict[str, PainGroup]:
    return {group.group_id: group for group in groups if group.level == level}


def themes(truth: Sequence[str]) -> list[str]:
    return [name[:7] for name in truth]


def only(sentences: Sentences, rows: Sequence[int]) -> Sentences:
    return sentences.only(np.array(rows, dtype=np.int64))


def is_within(fine: np.ndarray, coarse: np.ndarray) -> bool:
    both = (fine >= 0) & (coarse >= 0)
    return len(set(zip(fine[both].tolist(), coarse[both].tolist(), strict=True))) == len(set(fine[both].tolist()))


def test_troubles_of_one_theme_are_a_family_and_the_themes_are_kept_apart() -> None:
    sentences, truth = make_sentences()
    groups = groups_of(sentences, truth)
    assert [len(at(groups, level)) for level in (-2, -1, 0)] == [2, 4, 8]
    for family in at(groups, -1).values():
        assert len({pain[:7] for pain in family.pains}) == 1
    assert {group.group_id for group in at(groups, 0).values()} == set(truth)


def test_a_pain_of_two_troubles_falls_into_them_and_a_pain_of_one_theme_alone_is_itself() -> None:
    sentences, truth = make_sentences(themes=3)
    places = [name if name.startswith("theme 2") else name[:7] for name in truth]
    groups = groups_of(sentences, places, minimum_people=9)
    fine = at(groups, 1)
    parts = [group for group in fine.values() if group.signals]
    trouble_of = dict(zip(sentences.ids, truth, strict=True))
    assert sorted(len({trouble_of[one] for one in part.signals}) for part in parts) == [1, 1, 1, 1]
    assert {"theme 2 trouble 0", "theme 2 trouble 1"} <= fine.keys()
    assert {part.parent_id for part in parts} == {"theme 0", "theme 1"}


@pytest.mark.slow
@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 999), st.integers(2, 14), st.integers(0, 9))
def test_every_level_lies_within_the_one_above(seed: int, pains: int, unplaced: int) -> None:
    random = np.random.default_rng(seed)
    sentences, _ = make_sentences(seed=seed, spread=1.0)
    places: list[str | None] = [f"pain {number:02}" for number in random.integers(0, pains, len(sentences))]
    places[:unplaced] = [None] * unplaced
    ladder = lasting_ladder(sentences, places, (), SETTINGS)
    levels = sorted(ladder)
    for coarse, fine in itertools.pairwise(levels):
        assert is_within(ladder[fine], ladder[coarse])
        assert ladder[fine].max() > ladder[coarse].max() >= 1
    for labels in ladder.values():
        assert ((labels < 0) == np.array([place is None for place in places])).all()


def test_a_part_has_enough_people_and_sentences_however_many_sentences_one_person_says() -> None:
    sentences, truth = make_sentences(themes=2)
    places = [name[:7] for name in truth]
    loud = tuple("loud" if name.endswith("1") else person for name, person in zip(truth, sentences.people, strict=True))
    groups = groups_of(replace(sentences, people=loud), places)
    assert {group.people for group in groups if group.level == 0} == {13}
    assert not [group for group in groups if group.signals and group.people < SETTINGS.minimum_people]


def test_a_quiet_night_changes_nothing() -> None:
    sentences, truth = make_sentences(spread=0.6)
    first = groups_of(sentences, themes(truth))
    assert groups_of(sentences, themes(truth), first) == first


def test_neither_the_order_of_sentences_nor_the_names_of_people_change_anything() -> None:
    sentences, truth = make_sentences(spread=0.6)
    places = themes(truth)
    first = groups_of(sentences, places)
    order = np.random.default_rng(1).permutation(len(truth)).tolist()
    shuffled = only(sentences, order)
    renamed = replace(shuffled, people=tuple(f"other {person}" for person in shuffled.people))
    assert groups_of(renamed, [places[row] for row in order]) == first


def test_a_few_more_sentences_change_no_id_and_no_name() -> None:
    sentences, truth = make_sentences(each=25, spread=0.8)
    places = themes(truth)
    early = [row for row in range(len(truth)) if row % 50 != 7]
    first = groups_of(only(sentences, early), [places[row] for row in early])
    then = groups_of(sentences, places, first)
    assert [(one.level, one.group_id, one.name) for one in then] == [
        (one.level, one.group_id, one.name) for one in first
    ]
    for before, now in zip(first, then, strict=True):
        assert set(before.signals) <= set(now.signals)


def test_a_new_pain_joins_the_family_of_its_theme_which_keeps_its_id() -> None:
    sentences, truth = make_sentences(themes=3, troubles=4)
    early = [row for row, name in enumerate(truth) if name != "theme 1 trouble 2"]
    first = groups_of(only(sentences, early), [truth[row] for row in early])
    then = groups_of(sentences, truth, first)
    assert at(then, -2).keys() == at(first, -2).keys()
    assert {family.pains for family in at(then, -2).values()} == {
        tuple(f"theme {theme} trouble {trouble}" for trouble in range(4)) for theme in range(3)
    }


def test_a_renamed_pain_is_renamed_wherever_its_name_stands() -> None:
    sentences, truth = make_sentences(themes=3)
    first = groups_of(sentences, truth)
    named = [
        replace(pain, name="My words") if pain.pain_id == truth[0] else pain for pain in pains_of(sentences, truth)
    ]
    then = tell_levels(sentences, lasting_ladder(sentences, truth, first, SETTINGS), named, first, describe)
    old, new = ({(one.level, one.group_id): one.name for one in groups} for groups in (first, then))
    assert old.keys() == new.keys()
    for key, name in old.items():
        assert new[key] == name.replace(f"the {truth[0]}", "My words")
    assert sum("My words" in name for name in new.values()) >= 2


def test_no_two_groups_of_a_level_share_a_name_or_an_id_and_one_id_is_one_group() -> None:
    sentences, truth = make_sentences(spread=0.9)
    groups = groups_of(sentences, themes(truth), minimum_people=2, minimum_signals=2)
    for level in {group.level for group in groups}:
        names = [group.name.casefold() for group in groups if group.level == level]
        assert len(set(names)) == len(names) == len(at(groups, level))
    members: dict[str, set[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for group in groups:
        members.setdefault(group.group_id, set()).add((group.pains, group.signals))
    assert {len(kinds) for kinds in members.values()} == {1}


def test_a_part_is_never_named_as_a_pain() -> None:
    sentences, truth = make_sentences(themes=2)
    places = themes(truth)
    ladder = lasting_ladder(sentences, places, (), SETTINGS)
    texts = sorted(sentences.texts[:12])
    pains = [replace(pain, name=f"About {texts[0]}") if pain.pain_id == "theme 0" else pain
             for pain in pains_of(sentences, places)]  # fmt: skip
    groups = tell_levels(sentences, ladder, pains, (), describe)
    names = {group.name.casefold() for group in groups if group.signals}
    assert names.isdisjoint(pain.name.casefold() for pain in pains)
    assert "one word, another" in names


@pytest.mark.parametrize("places", [[], [None] * 5, ["only one"] * 5])
def test_where_there_is_nothing_to_join_or_divide_there_is_one_level_or_none(places: list[str | None]) -> None:
    sentences, _ = make_sentences()
    some = only(sentences, range(len(places)))
    assert {group.level for group in groups_of(some, places)} == ({0} if any(places) else set())


def test_parts_that_lost_their_people_go_to_their_neighbours() -> None:
    sentences, truth = make_sentences(themes=2, troubles=3)
    first = groups_of(sentences, themes(truth))
    left = [row for row, name in enumerate(truth) if name != "theme 0 trouble 1" or row % 12 < 3]
    then = groups_of(only(sentences, left), [themes(truth)[row] for row in left], first)
    for part in at(then, 1).values():
        assert part.people >= SETTINGS.minimum_people
    assert {len({one for part in at(then, 1).values() for one in part.signals})} == {len(left)}


def signals_of_parts(
    sentences: Sentences,
    places: Sequence[str],
    before: Sequence[PainGroup],
    pinned: Sequence[str],
    pain: str,
    anew: bool = True,
) -> set[frozenset[str]]:
    """Return the sentences of each part of a pain, after a night."""
    ladder = lasting_ladder(sentences, places, before, SETTINGS, pinned, anew)
    groups = tell_levels(sentences, ladder, pains_of(sentences, places), before, describe)
    return {frozenset(group.signals) for group in groups if group.signals and pain in group.pains}


@pytest.mark.parametrize(("pinned", "anew"), [((), True), (("theme 0",), True), ((), False)])
def test_parts_that_tell_nothing_apart_are_made_anew_but_in_a_pinned_pain_and_between_regroupings(
    pinned: Sequence[str], anew: bool
) -> None:
    sentences, truth = make_sentences(themes=3)
    own = [one for one, name in zip(sentences.ids, truth, strict=True) if name.startswith("theme 0")]
    halves = iter((tuple(own[0::2]), tuple(own[1::2])))
    before = [
        replace(group, signals=next(halves)) if group.signals and "theme 0" in group.pains else group
        for group in groups_of(sentences, themes(truth))
    ]
    others = {frozenset(group.signals) for group in before if group.signals and "theme 1" in group.pains}
    after = signals_of_parts(sentences, themes(truth), before, pinned, "theme 0", anew)
    assert (after == {frozenset(own[0::2]), frozenset(own[1::2])}) == (bool(pinned) or not anew)
    assert signals_of_parts(sentences, themes(truth), before, pinned, "theme 1", anew) == others


def test_between_regroupings_what_is_new_joins_parts_and_no_part_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences, truth = make_sentences(themes=3)
    known = [row for row in range(len(truth)) if row % 6 or not truth[row].startswith("theme 0")]
    known = [row for row in known if not truth[row].startswith("theme 2")]
    first = groups_of(only(sentences, known), [themes(truth)[row] for row in known])
    monkeypatch.setattr("overheard.pains.levels.ladder.divided", None)
    ladder = lasting_ladder(sentences, themes(truth), first, SETTINGS, anew=False)
    then = tell_levels(sentences, ladder, pains_of(sentences, themes(truth)), first, describe)
    trouble_of = dict(zip(sentences.ids, truth, strict=True))
    parts = {group.group_id: group for group in then if group.signals}
    assert parts.keys() == {group.group_id for group in first if group.signals}
    assert all(len({trouble_of[one] for one in part.signals}) == 1 for part in parts.values())
    assert sum(len(part.signals) for part in parts.values()) == sum(not name.startswith("theme 2") for name in truth)
    # A pain that came meanwhile is whole until the next regrouping.
    assert {group.group_id for group in then if group.level == 1 and not group.signals} == {"theme 2"}


def test_the_parts_of_a_pain_that_another_took_in_go_on_in_that() -> None:
    sentences, truth = make_sentences(themes=3)
    first = groups_of(sentences, themes(truth))
    parts = {frozenset(group.signals) for group in first if {"theme 0", "theme 1"} & set(group.pains) and group.signals}
    joined = ["theme 0" if place == "theme 1" else place for place in themes(truth)]
    assert len(parts) == 4
    assert signals_of_parts(sentences, joined, first, ("theme 0",), "theme 0") == parts


def test_what_is_joined_for_many_is_joined_for_few() -> None:
    random = np.random.default_rng(2)
    centres = random.normal(size=(20, 8)).astype(np.float32)
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    sizes = random.integers(1, 50, 20)
    cuts = [joined(centres, sizes, count) for count in range(1, 21)]
    assert [labels.max() + 1 for labels in cuts] == list(range(1, 21))
    assert all(is_within(fine, coarse) for coarse, fine in itertools.pairwise(cuts))


def test_groups_are_divided_where_they_are_most_unlike_and_only_into_halves_that_stand() -> None:
    sentences, truth = make_sentences(themes=3)
    loose = np.array([0 if name.startswith("theme 0") else 1 for name in truth], dtype=np.int64)
    crowd = Crowd(np.arange(len(truth)), np.arange(len(truth)))
    three = divided(sentences.plain, loose, 3, crowd, Floor(5, 5))
    assert len(set(zip(three.tolist(), themes(truth), strict=True))) == 3
    most = divided(sentences.plain, loose, 99, crowd, Floor(12, 12))
    assert len(set(zip(most.tolist(), truth, strict=True))) == most.max() + 1 == 6
