import numpy as np
import pytest

from overheard.vocabulary.pasted import LEAST_PEOPLE, WINDOW, find_pasted
from overheard.vocabulary.words import read_words

from .make import make_said

RULE = "please read the invoice rules before you post a ledger here"


def barred(texts, people=10**9):
    words = read_words(make_said(texts, people=people))
    return [words.spelled[word] for word, out in zip(words.word, words.barred, strict=True) if out]


def test_a_rule_of_the_place_that_three_people_pasted_is_not_their_vocabulary():
    own = (("Payroll fees", "bounced"), ("My old", "retainer slipped"), ("Net", "terms and more of it"))
    texts = [f"{start} {RULE}. {end}" for start, end in own]
    out = barred(texts)
    assert out.count("ledger") == out.count("invoice") == LEAST_PEOPLE
    assert not {"payroll", "retainer", "terms", "bounced"} & set(out)


@pytest.mark.parametrize(("texts", "people"), [([RULE] * 2, 9), ([RULE] * 5, 1), (["unpaid invoice again"] * 9, 9)])
def test_what_two_write_alike_or_one_writes_often_or_is_short_was_said(texts, people):
    assert "invoice" not in barred(texts, people)


def test_a_text_that_is_the_same_all_over_is_what_its_writers_said():
    assert "invoice" not in barred([f"{RULE} {number}" for number in ("one", "two", "three", "four")])


def test_a_passage_does_not_run_on_from_one_text_into_the_next():
    half = RULE.rsplit(" ", WINDOW // 2)[0]
    assert not {"invoice", "rules"} & set(barred([" ".join(half.split()[: WINDOW - 1]), "ledger"] * 4))


@pytest.mark.parametrize("count", [0, 1, WINDOW - 1])
def test_next_to_nothing_is_not_pasted(count):
    words = np.zeros(count, dtype=np.int32)
    assert not find_pasted(words, words, np.zeros(1, dtype=np.int64)).any()
