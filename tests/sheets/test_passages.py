import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overheard.records import Signal
from overheard.sheets import cut_passages
from overheard.sheets.passages import LONGEST_NEIGHBOUR, MOST_SENTENCES
from tests.make import make_utterance
from tests.sheets.make_signals import make_post


def passages_of(marked, **more):
    utterance, signals = make_post(marked, **more)
    own = {utterance.utterance_id: [(0, len(utterance.text))]}
    return [(utterance.text[one.start : one.end], one.sentences) for one in cut_passages([utterance], own, signals)]


@pytest.mark.parametrize(
    ("marked", "passages"),
    [
        ("{pain|The loom jams.}", [("The loom jams.", 1)]),
        ("I weave. {pain|The loom jams.} I sigh.", [("I weave. The loom jams. I sigh.", 3)]),
        ("Hi. I weave. {pain|The loom jams.} I sigh. Bye.", [("I weave. The loom jams. I sigh.", 3)]),
        ("{pain|The loom jams!} Then I sigh. Bye.", [("The loom jams! Then I sigh.", 2)]),
        ("One line\n{pain|The loom jams}\nand a third\nand a fourth", [("One line\nThe loom jams\nand a third", 3)]),
        ("{pain|The loom jams.} {pain|The yarn snaps.} I sigh.", [("The loom jams. The yarn snaps. I sigh.", 3)]),
        ("{pain|It jams.} A. B. C. D. {pain|It snaps.}", [("It jams. A.", 2), ("D. It snaps.", 2)]),
        ("   {pain|The loom jams.}   ", [("The loom jams.", 1)]),
        ("... {pain|The loom jams.} ***", [("The loom jams.", 1)]),
    ],
)
def test_a_pain_is_read_with_its_neighbours(marked, passages):
    assert passages_of(marked) == passages


def test_a_long_row_of_pains_is_cut_into_passages_that_can_be_read():
    marked = " ".join(f"{{pain|Thread {letter} snaps.}}" for letter in "abcdefghijkl")
    found = passages_of(marked)
    assert all(cost <= MOST_SENTENCES for _, cost in found)
    assert " ".join(text for text, _ in found) == marked.replace("{pain|", "").replace("}", "")


def test_every_pain_is_in_one_passage():
    marked = "Hello. " + " ".join(f"{{pain|Thread {number} snaps.}} Well." * 2 for number in range(9))
    utterance, signals = make_post(marked)
    passages = cut_passages([utterance], {utterance.utterance_id: [(0, len(utterance.text))]}, signals)
    assert sorted(row for one in passages for row in one.rows) == list(range(len(signals)))
    for one in passages:
        assert all(one.start <= signals[row].start and signals[row].end <= one.end for row in one.rows)


def test_a_very_long_neighbour_is_left_out():
    long = "word " * (LONGEST_NEIGHBOUR // 4)
    assert passages_of(f"{long}. {{pain|It jams.}} {long}.") == [("It jams.", 1)]


def test_others_words_are_no_neighbours():
    utterance, signals = make_post("> The loom is fine. {pain|It jams.} Sent from my loom.")
    start = utterance.text.index("It jams")
    end = utterance.text.index("Sent")
    (passage,) = cut_passages([utterance], {utterance.utterance_id: [(start, end)]}, signals)
    assert utterance.text[passage.start : passage.end] == "It jams."


def test_a_pain_outside_the_known_own_words_is_read_alone():
    utterance, signals = make_post("I weave. {pain|The loom jams.} I sigh.")
    (passage,) = cut_passages([utterance], {}, signals)
    assert utterance.text[passage.start : passage.end] == "The loom jams."


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["It jams", ". ", "!", "\n", " ", "…", "a ", "ü", "."]), max_size=40), st.data())
def test_a_passage_holds_its_pains_whatever_stands_around(pieces, data):
    text = "".join(pieces) + "x"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    utterance = make_utterance(text)
    signal = Signal("s", utterance.utterance_id, "p", start, end, "pain", 1, 0.9, ())
    (passage,) = cut_passages([utterance], {utterance.utterance_id: [(0, len(text))]}, [signal])
    assert 0 <= passage.start <= start < end <= passage.end <= len(text)
    assert passage.sentences >= 1


@pytest.mark.parametrize("filler", [" ", ".", "\n", ". ", "a. ", "\u00a0", "!?", "a"])
def test_a_megabyte_of_anything_is_cut_quickly(filler):
    text = f"It jams.{filler * (1_000_000 // len(filler))}It jams."
    utterance = make_utterance(text)
    spans = [(0, 8), (len(text) - 8, len(text))] * 200
    signals = [
        Signal(f"s{at}", utterance.utterance_id, "p", *span, "pain", 1, 0.9, ()) for at, span in enumerate(spans)
    ]
    started = time.process_time()
    cut_passages([utterance], {utterance.utterance_id: [(0, len(text))]}, signals)
    assert time.process_time() - started < 2
