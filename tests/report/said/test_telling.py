import time
from dataclasses import replace

import pytest

from overheard.report.said.alternatives import list_ways
from overheard.report.said.dreams import list_outcomes
from overheard.report.said.products import list_products
from overheard.report.said.questions import list_questions
from overheard.report.said.telling import is_own, is_plain, is_readable, leans, specificity
from tests.report.said.make_said import Line, make_group, naming_in


@pytest.mark.parametrize(
    "sentence", ["It was lovely.", "But the bees left.", "That one never worked.", "And then it rained."]
)
def test_what_points_back_says_little_alone(sentence):
    assert leans(sentence)


@pytest.mark.parametrize("sentence", ["I lost two colonies.", "Italian bees eat more.", "Theirs is a warm attic hive."])
def test_what_begins_anew_stands_alone(sentence):
    assert not leans(sentence)


@pytest.mark.parametrize(
    ("sentence", "answer"), [("My hive tilts.", True), ("We've moved.", True), ("Bees fly.", False)]
)
def test_who_speaks_of_themselves_is_told(sentence, answer):
    assert is_own(sentence) is answer


@pytest.mark.parametrize(
    "sentence",
    [
        "Too short.",
        "x" * 400,
        "See https://hive.example for how I made the frame fit.",
        "One line of a list\nand another line of a list here",
        "0x3f 0x4a 0x5b 0x6c 0x7d 0x8e 0x9f",
    ],
)
def test_data_lists_and_fragments_are_not_shown(sentence):
    assert not is_readable(sentence)


def test_a_number_a_time_and_a_name_make_a_sentence_more_specific():
    lines = [
        Line("a", "gain", "We lost honey to the wasps again."),
        Line("b", "gain", "We lost 14 jars to the wasps last Tuesday at Marlow."),
    ]
    vague, concrete = make_group(lines).voiced("gain")
    assert specificity(concrete) > specificity(vague) + 2


def test_hostile_text_takes_no_time():
    texts = ["and " * 12_000, '"' * 25_000 + "a" * 25_000, "by hand " * 6_000, "use " + "A" * 50_000]
    lines = [Line(f"p{at}", kind, text) for kind in ("gain", "pain") for at, text in enumerate(texts)]
    group = make_group(lines)
    begun = time.process_time()
    list_ways(group)
    list_products(group, {}, naming_in(group))
    list_questions(group)
    list_outcomes(group)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("evidence", "answer"), [(("liking:love",), True), (("working:works",), False), (("likeness",), False)]
)
def test_a_gain_must_plainly_praise(evidence, answer):
    told = make_group([Line("a", "gain", "My hive works.", probability=0.6)]).voiced("gain")[0]
    assert is_plain(replace(told, signal=replace(told.signal, evidence=evidence))) is answer
