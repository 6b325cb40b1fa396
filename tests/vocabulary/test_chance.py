import numpy as np
import pytest

from overheard.keyness import dealt_p
from overheard.vocabulary.chance import chance_of
from tests.vocabulary.make_corpus import group_of, make_corpus, number_of


def chance_of_word(uttered, word):
    corpus, around = make_corpus([(person, "d", text, None) for person, text in uttered])
    pairs = (corpus.counts.pair_term, corpus.counts.pair_person)
    term = np.array([number_of(corpus, word)])
    among = group_of(corpus, "g")
    return chance_of(term, pairs, around.stratum, among, np.ones_like(among))[0]


QUIET = [(f"o{n}", "violin") for n in range(20)]


def test_people_who_talk_alike_are_compared_by_fishers_test():
    uttered = [(f"g{n}", "anvil") for n in range(6)] + QUIET
    assert chance_of_word(uttered, "anvil") == pytest.approx(dealt_p(6, [6], [6], [26]))


def test_who_talks_much_says_more_of_every_word():
    long = " ".join(["violin"] * 30)
    talkers = [(f"{'g' if n < 6 else 'o'}talker{n}", f"{long} {'anvil' if n % 2 else ''}") for n in range(12)]
    assert chance_of_word([*talkers, *QUIET], "anvil") > 0.5
    short = [(person, text.replace(long, "")) for person, text in talkers if "anvil" in text]
    assert chance_of_word([*short, *QUIET], "anvil") < 0.2


def test_what_others_say_as_much_is_no_find():
    uttered = [("g1", "anvil"), ("g2", "violin"), *[(f"o{n}", "anvil") for n in range(9)]]
    assert chance_of_word(uttered, "anvil") == 1
