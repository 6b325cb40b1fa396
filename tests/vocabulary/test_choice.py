import numpy as np
import pytest

from overheard.vocabulary.choice import PAGE, choose_together, rarity_of
from overheard.vocabulary.words import read_words

from .make import make_said

EQUAL = np.ones(3)


def says(people, *columns):
    said = np.zeros((people, len(columns)), dtype=np.bool_)
    for column, who in enumerate(columns):
        said[list(who), column] = True
    return said


def test_a_word_of_other_people_comes_before_one_more_word_of_the_same():
    said = says(30, range(12), range(11), range(12, 22))
    chosen = choose_together(said, np.zeros(3, dtype=np.int64), 100, EQUAL, 2)
    assert chosen == [0, 2]


def test_a_page_is_read_from_the_widest_said_down():
    said = says(30, range(6), range(9), range(20, 23))
    assert choose_together(said, np.array([0, 0, 0]), 100, EQUAL, 3) == [1, 0, 2]


def test_of_two_words_as_widely_said_the_one_rarer_in_general_english_leads():
    said = says(30, range(10), range(10, 20))
    assert choose_together(said, np.array([5, 5]), 100, np.array([0.5, 0.9]), 2) == [1, 0]


@pytest.mark.parametrize("wanted", [PAGE, PAGE + 7, 3 * PAGE])
def test_the_first_page_is_the_same_however_many_terms_are_wanted(wanted):
    random = np.random.default_rng(7)
    shares = np.sort(random.uniform(0.02, 0.5, 100))[::-1]
    said = random.random((80, 100)) < shares
    there = random.integers(0, 30, 100)
    chosen = choose_together(said, there, 200, np.ones(100), wanted)
    assert chosen[:PAGE] == choose_together(said, there, 200, np.ones(100), PAGE)
    assert len(set(chosen)) == wanted


def test_a_term_is_as_rare_as_its_rarest_word_in_its_commonest_variant():
    words = read_words(make_said(["late invoices, an invoice, a retainer"]))
    number = {word: index for index, word in enumerate(words.spelled)}
    parts = [(number["late"],), (number["late"], int(words.base[number["invoices"]])), (number["retainer"],)]
    late, late_invoice, retainer = rarity_of(words, parts, {"late": 1, "invoices": 3, "invoice": 9})
    assert late < late_invoice < retainer == 1


def test_without_a_list_of_general_english_all_terms_are_equally_rare():
    words = read_words(make_said(["late invoice"]))
    assert rarity_of(words, [(0,), (1,), (0, 1)], {}).tolist() == [1, 1, 1]
