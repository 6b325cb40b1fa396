from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.people.affinity import Affinity, find_affinity
from overheard.people.affinity.find import MOST_PEOPLE
from overheard.people.affinity.nearness import compare_sentences
from overheard.people.affinity.order import order_people, propose_groups
from overheard.settings import PeopleSettings
from tests.eight_interviews import NEEDS, SAID, make_evidence

SETTINGS = PeopleSettings()


@pytest.fixture(scope="module")
def affinity():
    return find_affinity(*make_evidence(), SETTINGS)


def text_of(signal_id):
    person, at = signal_id.split("-")
    return SAID[person][int(at)][1]


def test_two_people_with_the_same_need_are_each_others_nearest_and_neighbours(affinity):
    assert [NEEDS[pair.first] == NEEDS[pair.second] for pair in affinity.pairs] == [True] * 4 + [False] * 24
    needs = [NEEDS[one.person_id] for one in affinity.people]
    assert needs[0::2] == needs[1::2]


def test_the_groups_proposed_are_the_needs(affinity):
    groups = {one.person_id: one.group for one in affinity.people}
    assert all(groups[pair.first] == groups[pair.second] for pair in affinity.pairs[:4])
    assert [one.group for one in affinity.people] == list("AABBCCDD")


def test_what_two_people_both_say_shows_what_they_share(affinity):
    for pair in affinity.pairs[:4]:
        assert pair.both
        for mine, theirs in pair.both:
            assert mine.startswith(pair.first) and theirs.startswith(pair.second)
            assert len(set(text_of(mine).lower().split()) & set(text_of(theirs).lower().split())) >= 3
        assert pair.pains == (NEEDS[pair.first],)
    assert sum(len(pair.both) for pair in affinity.pairs[4:]) <= 4


def test_what_one_alone_says_is_near_nothing_the_others_say(affinity):
    alone = {one.person_id: text_of(one.alone) for one in affinity.people}
    assert alone["cy"].startswith("A wasp nest")
    assert alone["hal"].startswith("A flood took")


def test_the_order_of_sentences_and_the_ids_of_people_change_nothing(affinity):
    evidence, vectors, signals = make_evidence()
    renamed = [replace(one, person_id=f"{hash(one.person_id)}") for one in reversed(evidence)]
    again = find_affinity(renamed, vectors, signals[::-1], SETTINGS)
    names = {new.person_id: old.person_id for new, old in zip(renamed, reversed(evidence), strict=True)}
    assert [names[one.person_id] for one in again.people] == [one.person_id for one in affinity.people]
    assert [(pair.likeness, pair.both) for pair in again.pairs] == [
        (pair.likeness, pair.both) for pair in affinity.pairs
    ]


def test_who_told_too_little_is_counted_and_not_compared():
    evidence, vectors, signals = make_evidence()
    kept = [row for row, one in enumerate(evidence) if one.person_id != "gus" or row % 4 == 0]
    found = find_affinity([evidence[row] for row in kept], vectors, [signals[row] for row in kept], SETTINGS)
    assert found.too_little == 1
    assert "gus" not in {one.person_id for one in found.people}


def test_of_many_people_those_who_told_most_are_compared():
    evidence, vectors, _ = make_evidence()
    crowd = [replace(one, person_id=f"{one.person_id}{copy}", document_id=f"{one.document_id}{copy}")
             for copy in range(6) for one in evidence if copy or one.rung != 2]  # fmt: skip
    found = find_affinity(crowd, vectors, [f"{row}" for row in range(len(crowd))], SETTINGS)
    assert (len(found.people), found.left_out) == (MOST_PEOPLE, 8)
    assert all(one.person_id[-1] != "0" for one in found.people)


def test_of_nobody_nothing_is_told():
    assert find_affinity([], np.zeros((0, 3), dtype=np.float32), [], SETTINGS) == Affinity((), (), 0, 0)


@pytest.mark.parametrize("people", [("ada",), ("ada", "bo")])
def test_the_fewest_people_are_no_trouble(people):
    found = find_affinity(*make_evidence(people), SETTINGS)
    assert len(found.people) == len(people)
    assert len(found.pairs) == len(people) // 2


def test_people_who_say_the_same_word_for_word_are_as_alike_as_can_be():
    evidence, vectors, signals = make_evidence(("ada", "cy", "eli"))
    twins = [*evidence, *(replace(one, person_id="twin", document_id="twin") for one in evidence[:4])]
    found = find_affinity(twins, vectors, [*signals, *(f"twin-{at}" for at in range(4))], SETTINGS)
    assert {found.pairs[0].first, found.pairs[0].second} == {"ada", "twin"}
    assert found.pairs[0].likeness == pytest.approx(1.0)


def test_without_vectors_words_and_pains_still_tell_people_apart():
    evidence, vectors, signals = make_evidence()
    found = find_affinity([replace(one, row=None) for one in evidence], vectors, signals, SETTINGS)
    assert all(NEEDS[pair.first] == NEEDS[pair.second] for pair in found.pairs[:4])
    assert all(pair.both == () for pair in found.pairs)


@st.composite
def likenesses(draw):
    count = draw(st.integers(2, 9))
    random = np.random.default_rng(draw(st.integers(0, 999)))
    rows = random.standard_normal((count, 5))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows @ rows.T


@given(likenesses())
def test_an_order_names_everybody_once_and_a_group_is_a_row_in_it(likeness):
    order = order_people(likeness)
    assert sorted(order) == list(range(len(likeness)))
    groups = propose_groups(likeness[np.ix_(order, order)])
    assert groups == sorted(groups)


def test_a_long_sentence_near_everything_is_nobodys_nearest():
    vectors = np.eye(4)[[0, 0, 1, 1]] + 0.0
    hub = np.array([0.6, 0.6, 0.5, 0.2])
    vectors = np.vstack([vectors, hub / np.linalg.norm(hub)])
    texts = [
        "oven door heat leaks badly today",
        "oven door heat leaks badly again",
        "rye flour dough slumps every morning",
        "rye flour dough slumps every evening",
        "oven flour bread dough heat water everything",
    ]
    near = compare_sentences(texts, np.array([0, 1, 0, 1, 2]), vectors)
    assert near.scores[0, 1] > near.scores[0, 4]
