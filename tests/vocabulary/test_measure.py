from datetime import date

import pytest

from overheard.settings import VocabularySettings
from overheard.vocabulary import Known, Said, find_terms
from tests.vocabulary.make import KNOWN, NounTagger, make_said

SETTINGS = VocabularySettings()
DAY = date(2026, 5, 1)


def make_market(uses, others=40):
    """Twelve smiths, each saying "anvil" so often, once in words that made the group; all say sixteen words."""
    said = []
    for smith, count in enumerate(uses):
        text = "horseshoe. " + "anvil. " * count + "violin. " * (15 - count)
        deciding = ((11, 16),) if count else ()
        said.append(Said(f"s{smith}", f"smith{smith}", text, ((0, len(text)),), f"d{smith % 4}", DAY, deciding))
    return said + make_said(["violin. " * 16] * others, "other")


def anvil_of(uses, known=KNOWN):
    groups = {"smiths": [f"smith{number}" for number in range(len(uses))]}
    terms = find_terms(make_market(uses), groups, SETTINGS, known)
    return next(term for term in terms if term.text == "anvil")


def test_a_term_is_born_with_all_that_is_measured_of_it():
    term = anvil_of([2] * 8 + [0] * 4)
    assert term.rate == pytest.approx(10_000 * 16 / (12 * 16))
    assert term.rate_elsewhere == 0
    assert term.effective_people == pytest.approx(8)
    assert term.threads == 4
    assert (term.first_said, term.last_said) == (DAY, DAY)
    assert (term.people_apart, term.elsewhere_apart) == (8, 0)
    assert term.q < 0.001
    assert 0 < term.lrc < term.effect
    assert 0 < term.dispersion < 0.5


def test_a_loud_smith_is_one_voice_though_the_word_is_as_frequent():
    loud, spread = anvil_of([14, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]), anvil_of([2] * 8 + [0] * 4)
    assert loud.uses == spread.uses
    assert loud.effective_people < 1.5 < 7 < spread.effective_people
    assert loud.q > 10 * spread.q
    assert loud.lrc == 0 < spread.lrc
    assert loud.dispersion > spread.dispersion


def test_what_is_said_only_in_the_words_that_made_the_group_is_said_by_nobody_apart():
    term = anvil_of([1] * 8 + [0] * 4)
    assert (term.people, term.people_apart) == (8, 0)
    assert term.unseen_here == 0


@pytest.mark.parametrize(("ranks", "expected"), [({"anvil": 15_000}, 15_000), ({"hammer": 9_000}, None)])
def test_the_rank_in_general_english_is_told_where_it_is_known(ranks, expected):
    assert anvil_of([2] * 8 + [0] * 4, Known(ranks, (), NounTagger())).common_rank == expected


def test_the_filter_of_two_files_measures_no_more_than_it_ranks_by():
    from overheard.vocabulary import rank_terms

    said = make_market([2] * 8 + [0] * 4)
    assert rank_terms(said[:12], said[12:], SETTINGS, 5)[0].effective_people is None


def test_two_people_keys_give_the_same_figures():
    said = make_market([3, 2, 1] * 4)
    groups = {"smiths": [f"smith{number}" for number in range(12)]}
    renamed = [Said(one.utterance_id, one.person_id[::-1], *_rest(one)) for one in said]
    again = {"smiths": [one.person_id for one in renamed[:12]]}
    assert find_terms(said, groups, SETTINGS, KNOWN) == find_terms(renamed, again, SETTINGS, KNOWN)


def _rest(one):
    return one.text, one.own, one.document_id, one.said_on, one.deciding
