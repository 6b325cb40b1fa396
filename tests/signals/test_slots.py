import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.signals.slots.job import find_job_slots
from overheard.signals.slots.recommendation import find_recommendation_slots


def words_of(sentence, slots):
    return [(slot.name, sentence[slot.start : slot.end]) for slot in slots]


@pytest.mark.parametrize(
    ("sentence", "slots"),
    [
        ("I want to weigh the hay.", [("motivation", "weigh the hay")]),
        ("I'm trying to find the leak, but it hides.", [("motivation", "find the leak")]),
        ("we'd really like to open in May", [("motivation", "open in May")]),
        ("I need a second scale.", [("motivation", "a second scale")]),
        ("I'm looking for a quiet pump", [("motivation", "a quiet pump")]),
        ("My goal for this year is to sell the goats.", [("motivation", "sell the goats")]),
        ("What I need is one list.", [("motivation", "one list")]),
        ("All I want to do is sleep.", [("motivation", "sleep")]),
        ("Trying to find the leak", [("motivation", "find the leak")]),
        ("I don't want to lose the herd book.", [("motivation", "don't want to lose the herd book")]),
        ("I don't want a robot.", [("motivation", "don't want a robot")]),
        (
            "When a cow is ill I want to hear about it.",
            [("situation", "a cow is ill"), ("motivation", "hear about it")],
        ),
        (
            "I want to hear the bell while I'm in the barn.",
            [("motivation", "hear the bell"), ("situation", "I'm in the barn")],
        ),
        ("Every time I milk, the radio drops.", [("situation", "I milk")]),
        (
            "I need to weigh it so that my brother can pay.",
            [("motivation", "weigh it"), ("outcome", "my brother can pay")],
        ),
        ("We hang it low so they can reach it.", [("outcome", "they can reach it")]),
        ("In order to sleep we shut the gate.", [("outcome", "sleep we shut the gate")]),
        (
            "I want to milk, feed and sweep, and I need to be home by six.",
            [("motivation", "milk, feed and sweep"), ("motivation", "be home by six")],
        ),
        ("I want to see if the pump runs.", [("motivation", "see if the pump runs")]),
        ("How do I reset the pump?", [("motivation", "reset the pump")]),
        ("To keep the calves warm", [("motivation", "keep the calves warm")]),
        ("keeping track of the calves", [("motivation", "keeping track of the calves")]),
        ("hay, straw and the odd goat", [("motivation", "hay, straw and the odd goat")]),
    ],
)
def test_a_job_is_told_in_situation_motivation_and_outcome(sentence, slots):
    assert words_of(sentence, find_job_slots(sentence)) == slots


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("I waited a while in the barn for the vet.", "situation"),
        ("It is worthwhile, worth while even.", "situation"),
        ("It was so that loud.", "situation"),
        ("The pump is old so we need a new one.", "outcome"),
        ("It went so far that we laughed.", "outcome"),
    ],
)
def test_words_that_only_look_like_an_announcement_fill_no_slot(sentence, name):
    assert name not in [slot.name for slot in find_job_slots(sentence)]


@pytest.mark.parametrize(
    ("sentence", "slots"),
    [
        ("Try Hayloft for the books.", [("product", "Hayloft")]),
        ("I'd recommend the little Hayloft Pro 3 for goats.", [("product", "Hayloft Pro 3")]),
        ("You should switch to Hayloft or Barnly.", [("product", "Hayloft"), ("product", "Barnly")]),
        ("have you tried milkR?", [("product", "milkR")]),
        ("We use Hayloft and love it.", [("product", "Hayloft")]),
        ("Stay away from Hayloft.", [("product against", "Hayloft")]),
        ("I wouldn't recommend Hayloft to anyone.", [("product against", "Hayloft")]),
        ("Use Barnly instead of Hayloft.", [("product", "Barnly"), ("product against", "Hayloft")]),
        ("Try a wooden rake.", [("practice", "a wooden rake")]),
        ("I recommend a wooden rake.", [("practice", "a wooden rake")]),
        ("Give a wooden rake a try.", [("practice", "a wooden rake")]),
        ("Rinse the pail first, the milk keeps longer.", [("practice", "Rinse the pail first")]),
        ("You should rinse the pail.", [("practice", "rinse the pail")]),
        ("Make sure to rinse the pail.", [("practice", "rinse the pail")]),
        ("If the pail smells, rinse it with vinegar.", [("practice", "rinse it with vinegar")]),
        ("Don't be afraid to ask the vet.", [("practice", "ask the vet")]),
        ("The best way is to ask the vet.", [("practice", "ask the vet")]),
        ("Avoid plastic pails.", [("practice against", "plastic pails")]),
        ("Never rinse a wooden rake.", [("practice against", "rinse a wooden rake")]),
        ("Please don't feed the goats.", [("practice against", "feed the goats")]),
        ("You shouldn't feed the goats.", [("practice against", "feed the goats")]),
        ("Stop feeding the goats.", [("practice against", "feeding the goats")]),
        ("The Hayloft is great.", [("product", "Hayloft")]),
    ],
)
def test_what_is_recommended_is_a_product_by_its_name_or_else_a_practice(sentence, slots):
    assert words_of(sentence, find_recommendation_slots(sentence)) == slots


@pytest.mark.parametrize(
    "sentence",
    [
        "I highly recommend it!",
        "Try it.",
        "Check this out.",
        "If you want to sleep, you know the barn.",
        "Would recommend!",
        "The goats ate the hat.",
    ],
)
def test_what_only_points_back_or_advises_nothing_fills_no_slot(sentence):
    assert find_recommendation_slots(sentence) == ()


def test_a_name_known_beforehand_is_a_product_even_in_small_letters():
    sentence = "just use hay loft for the books"
    assert words_of(sentence, find_recommendation_slots(sentence, {"hay loft"})) == [("product", "hay loft")]
    assert words_of(sentence, find_recommendation_slots(sentence)) == [("practice", "hay loft for the books")]


@pytest.mark.parametrize(
    ("find", "sentence"),
    [(find_job_slots, "İİİ, I want to weigh hay."), (find_recommendation_slots, "İİİ: you should weigh hay.")],
)
def test_offsets_stay_right_where_a_capital_has_a_longer_small_form(find, sentence):
    assert [words for _, words in words_of(sentence, find(sentence))] == ["weigh hay"]


PIECES = st.sampled_from(
    [
        "I",
        "want",
        "to",
        "when",
        "so that",
        "use",
        "Hayloft",
        "don't",
        "try",
        "it",
        ",",
        "and",
        "but",
        ".",
        "avoid",
        "İ",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=14))
def test_slots_lie_inside_the_sentence_in_their_order_and_hold_a_word(pieces):
    sentence = " ".join(pieces)
    for slots in (find_job_slots(sentence), find_recommendation_slots(sentence, {"hayloft"})):
        assert all(0 <= slot.start < slot.end <= len(sentence) for slot in slots)
        assert all(left.end <= right.start for left, right in pairwise(slots))
        assert all(any(map(str.isalnum, sentence[slot.start : slot.end])) for slot in slots)


@pytest.mark.parametrize("unit", ["I want to ", "use Foo or ", "so ", ", and ", "when i ", "  ", "don't use "])
def test_a_megabyte_of_announcements_is_read_in_no_time(unit):
    text = unit * (1_000_000 // len(unit))
    began = time.process_time()
    find_job_slots(text)
    find_recommendation_slots(text)
    assert time.process_time() - began < 1.0
