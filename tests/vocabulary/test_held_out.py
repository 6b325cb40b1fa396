import numpy as np

from overheard.keyness import log_odds
from overheard.vocabulary.held_out import hold_out
from tests.vocabulary.make_corpus import group_of, make_corpus, number_of


def score(here, there, group, others):
    prior = 10 * (here + there) / (group + others + 1)
    return log_odds(here, there, group, others, prior, 10)[1]


def look(uttered, words, deciding="\0"):
    corpus, around = make_corpus([(person, "d", text, None) for person, text in uttered], deciding)
    among = group_of(corpus, "g")
    tried = np.flatnonzero(corpus.counts.people(among) >= 3)
    listed = np.array([number_of(corpus, word) for word in words])
    return hold_out(corpus, around, among, listed, tried, score, 40)


OTHERS = [(f"o{n}", "violin tuning") for n in range(80)]


def test_what_everybody_in_the_group_says_is_chosen_by_every_half_and_found_in_the_other():
    held = look([*[(f"g{n}", "anvil smoke") for n in range(40)], *OTHERS], ["anvil"])
    assert held.chosen[0] == 1
    assert (held.here[0], held.elsewhere[0]) == (1, 0)
    assert held.q[0] < 1e-6


def test_a_word_of_three_is_hardly_chosen_and_proves_nothing():
    people = [(f"g{n}", "anvil smoke" if n < 3 else "smoke") for n in range(40)]
    held = look([*people, *OTHERS], ["smoke", "anvil"])
    assert held.chosen[1] < 0.5 < held.chosen[0]
    assert held.q[1] > 0.05 > held.q[0]


def test_words_that_made_the_group_do_not_vouch_for_themselves():
    people = [(f"g{n}", "anvil hurts; hammer") for n in range(40)]
    held = look([*people, *OTHERS], ["hammer", "anvil"], deciding="anvil hurts")
    assert held.chosen.tolist() == [1, 1]
    assert held.here.tolist() == [1, 0]
    assert held.q[1] == 1


def test_where_halves_are_too_small_nothing_is_said():
    held = look([("g1", "anvil"), ("g2", "anvil"), ("g3", "anvil"), ("o1", "violin")], ["anvil"])
    assert (held.chosen[0], held.q[0]) == (0, 1)
