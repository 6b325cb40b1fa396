from __future__ import annotations

import numpy as np
import pytest

from overheard.pains.duplicates import distinct_texts, normalised_text
from overheard.pains.label import distinctive_terms, names_of
from overheard.pains.wording import terms_of, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't e-mail utf8 files", ["Don't", "e-mail", "utf8", "files"]),
        ("C++ and node.js, really", ["C++", "and", "node.js", "really"]),
        ("see https://shop.example/pay?x=1 now", ["see", "now"]),
        ("write to me@firm.example today", ["write", "to", "today"]),
        ("42 %", []),
    ],
)
def test_words_are_what_a_person_would_underline(text, expected):
    assert words_of(text) == expected


def test_a_phrase_is_two_neighbouring_content_words_and_a_stop_word_parts_them():
    assert set(terms_of("the late payment of the invoice")) == {"late", "payment", "late payment", "invoice"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Where is it?", "where is  it"),
        ("“Never again!”", "never again"),
        ("STRASSE", "straße"),
        ("ﬁle lost", "file lost"),
    ],
)
def test_case_spacing_and_outer_marks_do_not_make_a_new_text(one, other):
    assert normalised_text(one) == normalised_text(other)


def test_texts_that_differ_in_a_word_are_two_and_wordless_ones_none():
    found = distinct_texts(["b c", "A b.", "a b", "...", "a d"])
    assert found.twin_of.tolist() == [2, 0, 0, -1, 1]
    assert found.row.tolist() == [1, 4, 0]


def test_a_word_one_person_repeats_does_not_name_a_topic():
    texts = ["blimey blimey printer"] * 6 + ["printer jam"] * 4 + ["coffee cold"] * 5
    people = ["shouter"] * 6 + ["a", "b", "c", "d"] + ["e", "f", "g", "h", "i"]
    labels = np.array([0] * 10 + [1] * 5)
    terms = distinctive_terms(texts, people, labels, 2)
    assert "blimey" not in " ".join(terms[0])
    assert "printer" in terms[0][0]
    assert terms[1] == ("coffee cold",)


def test_a_word_said_mostly_inside_a_phrase_gives_way_to_the_phrase():
    texts = ["late fee again", "no late fee", "a late fee", "printer jam", "printer ink", "printer dust"]
    terms = distinctive_terms(texts, list("abcdef"), np.array([0, 0, 0, 1, 1, 1]), 2)
    assert terms == [("late fee",), ("printer",)]


def test_names_keep_the_capitals_people_use():
    texts = ["our VAT return", "the VAT return", "late VAT return", "Coffee cold", "my coffee", "the coffee"]
    terms = distinctive_terms(texts, list("abcdef"), np.array([0, 0, 0, 1, 1, 1]), 2)
    assert terms[0][0] == "VAT return"
    assert terms[1][0] == "coffee"


def test_no_two_topics_share_a_name():
    names = names_of([("a", "b", "c", "d"), ("a", "b", "c", "e"), ("a", "b", "c"), ("a", "b", "c"), (), ()])
    assert names == ["a, b, c", "a, b, c, e", "a, b, c (2)", "a, b, c (3)", "no common words", "no common words (2)"]


def test_a_name_of_terms_is_none_that_is_given_already():
    assert names_of([("a", "b", "c", "d"), ("e",)], given=["A, B, C", "e"]) == ["a, b, c, d", "e (2)"]
