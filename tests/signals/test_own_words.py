from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.signals.own_words import cut_own_words


def kept(text, not_own=()):
    return [text[start:end] for start, end in cut_own_words(text, not_own)]


CASES = {
    "a quoted line is not the quoter's own": ("> my oven died\nMine too, last week.", ["Mine too, last week."]),
    "the line that introduces a quote goes with it": (
        "On Tue, 4 May 2021 at 10:00, Ann Baker wrote:\n> my oven died\nMine too.",
        ["Mine too."],
    ),
    "a bracketed quote goes, whoever is named in it": (
        "[quote=Ann]my oven died[/quote]\nMine works.",
        ["Mine works."],
    ),
    "fenced code goes": ("It stops here:\n```\nraise OvenError\n```\nWhy?", ["It stops here:", "Why?"]),
    "html code and quotes go": ("Look: <pre>int x = 1;</pre> it fails.", ["Look:", "it fails."]),
    "log lines go": (
        "The till dies.\n2024-03-01 10:00:01 ERROR till died\nTraceback (most recent call last):\nHelp please.",
        ["The till dies.", "Help please."],
    ),
    "a listing of a machine goes": (
        "My till is slow.\nName: Till\nVersion: 9.1\nOS: Linux 6\nMemory: 4 GB\nWhat now?",
        ["My till is slow.", "What now?"],
    ),
    "three answers with a colon are a person's": (
        "Shop: the bakery\nTown: Leeds\nTrouble: the oven",
        ["Shop: the bakery\nTown: Leeds\nTrouble: the oven"],
    ),
    "what follows a signature mark goes": ("It is broken.\n-- \nAnn Baker\nHead of Bread", ["It is broken."]),
    "a telephone's signature goes": ("It is broken.\n\nSent from my telephone", ["It is broken."]),
    "a ruler above the text hides nothing": ("-----\nIt is broken.", ["It is broken."]),
    "a line that is only an address goes": (
        "See this:\nhttps://oven.example/a\nIt is broken.",
        ["See this:", "It is broken."],
    ),
    "a moderator's bracket goes": ("Call [Personal information removed by moderator] now.", ["Call", "now."]),
    "a greeting stays": ("Hello all,\nthe oven is cold.", ["Hello all,\nthe oven is cold."]),
    "a line of code signs goes": ("I wrote\nif (a && b) { x[i] = {}; }\nand it fails.", ["I wrote", "and it fails."]),
    "prices and smileys are no code": ("It cost £40 (too much!!) :-(", ["It cost £40 (too much!!) :-("]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_only_the_authors_running_words_are_kept(text, expected):
    assert [line for piece in kept(text) for line in [piece.strip()]] == expected


def test_words_marked_as_anothers_are_cut_even_in_the_middle_of_a_line():
    text = "Ann said my oven died but mine works"
    assert kept(text, [(9, 21)]) == ["Ann said", "but mine works"]


def test_an_empty_text_has_no_own_words():
    assert kept("") == [] and kept(" \n ") == []


def test_ten_thousand_opened_quotes_are_read_in_no_time():
    assert kept("[quote" * 10_000 + " " * 10_000 + "<pre" * 10_000)


@given(
    st.text(alphabet="ab >[]/`\n-:.|quote", max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)))
)
def test_own_spans_are_sorted_apart_inside_the_text_and_never_in_anothers_words(text, cuts):
    not_own = sorted((min(a, b, len(text)), min(max(a, b), len(text))) for a, b in cuts)
    spans = cut_own_words(text, not_own)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(
        end <= start_cut or end_cut <= start
        for start, end in spans
        for start_cut, end_cut in not_own
        if start_cut < end_cut
    )
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
