import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overheard.report.said.wording import ALIKE, Wording, stem_of, stems_of
from tests.report.said.make_said import Line, make_group

MATTER = ("hive", "smoker", "syrup", "winter", "queen", "swarm", "honey", "wax", "frame")


@pytest.mark.parametrize(
    "words",
    [
        ("invoice", "invoices", "invoiced", "invoicing"),
        ("box", "boxes"),
        ("stop", "stopped"),
        ("queen", "Queen", "queen's", "queen’s"),
    ],
)
def test_forms_of_a_word_are_counted_as_one(words):
    assert len({stem_of(word) for word in words}) == 1


@pytest.mark.parametrize("words", [("glass", "gla"), ("smoke", "smock"), ("bus", "bu")])
def test_other_words_stay_apart(words):
    assert stem_of(words[0]) != stem_of(words[1])


def test_words_that_could_stand_anywhere_are_about_nothing():
    assert stems_of("Has anyone got something that would really help with this?") == frozenset()


def test_the_same_question_in_other_words_is_one_and_another_question_is_not():
    lines = [
        Line("a", "question", "How do you feed bees in winter when syrup freezes?"),
        Line("b", "question", "Feeding bees in winter: the syrup freezes, what do you do?"),
        Line("c", "question", "Which smoker burns longest on damp hessian?"),
    ]
    group = make_group(lines)
    assert [len(one) for one in group.wording.groups(group.voiced("question"))] == [2, 1]


def test_what_most_people_say_does_not_make_sentences_alike():
    lines = [
        Line(f"p{at}", "gain", f"My hive is a {thing}.")
        for at, thing in enumerate(("palace", "kettle", "cathedral", "drum", "suitcase", "lantern"))
    ]
    group = make_group(lines)
    assert len(group.wording.groups(group.voiced("gain"))) == 6


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(alphabet="abcd ", min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=8))
def test_every_sentence_is_in_exactly_one_group(texts):
    group = make_group([Line(f"p{at}", "gain", text) for at, text in enumerate(texts)])
    told = group.voiced("gain")
    grouped = [one.signal.signal_id for alike in group.wording.groups(told) for one in alike]
    assert sorted(grouped) == sorted(one.signal.signal_id for one in told)


def test_a_sentence_is_like_itself():
    group = make_group(
        [
            Line("a", "gain", "The hive scale sings."),
            Line("b", "gain", "The hive scale sings."),
            Line("c", "gain", "Nothing else matters here."),
        ]
    )
    assert ALIKE <= 1
    assert isinstance(group.wording, Wording)
    assert len(group.wording.groups(group.voiced("gain"))[0]) == 2


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(MATTER), min_size=1, max_size=5), min_size=2, max_size=14))
def test_nothing_alike_is_overlooked(sentences):
    lines = [Line(f"p{at}", "gain", " ".join(words) + ".") for at, words in enumerate(sentences)]
    group = make_group(lines)
    wording, told = group.wording, group.voiced("gain")

    def likeness(one, other):
        weights = [{stem: wording.weight(stem) for stem in wording.stems(each)} for each in (one, other)]
        lengths = [math.sqrt(sum(weight**2 for weight in each.values())) for each in weights]
        product = sum(weight * weights[1].get(stem, 0.0) for stem, weight in weights[0].items())
        return product / (lengths[0] * lengths[1]) if all(lengths) else 0.0

    led = []
    for one in told:
        best = max(led, key=lambda alike: round(likeness(one, alike[0]), 6), default=None)
        if best is not None and round(likeness(one, best[0]), 6) >= ALIKE:
            best.append(one)
        else:
            led.append([one])
    ids = {frozenset(one.signal.signal_id for one in alike) for alike in led}
    assert {frozenset(one.signal.signal_id for one in alike) for alike in wording.groups(told)} == ids
