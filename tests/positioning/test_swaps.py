"""The swap table, with a phraser that knows nouns by a list and an encoder whose vectors are given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from overheard.positioning import Heard, find_swaps, read_copy
from overheard.positioning.phrases import Phrase
from overheard.records import Swap, Utterance

NOUNS = {"quotation", "quotations", "quote", "quotes", "client", "clients", "invoice", "truth", "lie", "zebra"}
# Directions of meaning: what stands in a sentence sums up to the sentence.
MEANING: Mapping[str, tuple[float, ...]] = {
    "quotation": (1, 0, 0, 0.3),
    "quotations": (1, 0, 0, 0.3),
    "quote": (1, 0, 0.1, 0),
    "quotes": (1, 0, 0.1, 0),
    "client": (0, 1, 0, 0),
    "clients": (0, 1, 0, 0),
    "invoice": (0.3, 0.5, 1, 0),
}


class Phraser:
    def phrases_of(self, texts: Sequence[str]) -> list[list[Phrase]]:
        return [
            [
                Phrase("thing", word[0], (word[0].removesuffix("s"),), *word.span(), True, False, word[0].endswith("s"))
                for word in re.finditer(r"\w+", text.lower())
                if word[0] in NOUNS
            ]
            for text in texts
        ]


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    rows = np.full((len(texts), 5), 0.01, dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        row[4] += 0.2 * (len(text.split()) > 1)
        for word in re.findall(r"\w+", text.lower()):
            row[:4] += MEANING.get(word, (0.0, 0.0, 0.0, 0.0))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def _swaps(page: str, said: Sequence[str], segments: Mapping[str, frozenset[str]] | None = None) -> list[Swap]:
    utterances = [Utterance(f"u{i}", "d", f"p{i}", 0, text, (), None, None, "", "") for i, text in enumerate(said)]
    own = {one.utterance_id: ((0, len(one.text)),) for one in utterances}
    heard = Heard(utterances, own, [(one.person_id, one.text) for one in utterances])
    return find_swaps(read_copy(page), heard, segments or {}, ("Zebra",), 3, Phraser(), encode)


def test_a_word_of_theirs_that_can_stand_in_its_place_is_offered_with_counts_of_people() -> None:
    (swap,) = _swaps("Write a quotation today.", ["My quote was too low"] * 12 + ["a client called"] * 8)
    assert (swap.yours, swap.theirs, swap.verdict) == ("quotation", "quote", "say theirs")
    assert (swap.people_theirs, swap.people_yours, swap.people) == (12, 0, 20)
    assert swap.interval[0] > 0
    assert swap.examples[0] == ("u0", 3, 8)


def test_a_related_word_is_not_offered() -> None:
    (swap,) = _swaps("Pay every invoice today.", ["A client called"] * 12)
    assert (swap.theirs, swap.verdict) == ("", "no customer word")


def test_a_word_they_say_as_well_is_kept() -> None:
    (swap,) = _swaps("Find a client today.", ["A client called"] * 4)
    assert (swap.verdict, swap.theirs) == ("keep yours", "")


def test_what_few_of_a_segment_say_is_not_decided_there() -> None:
    segments = {"s1": frozenset({"p0", "p1", "p2"}), "s2": frozenset({"p18", "p19"})}
    swaps = _swaps("Write a quotation today.", ["My quote was too low"] * 12 + ["a client called"] * 8, segments)
    assert [(one.segment_id, one.verdict) for one in swaps] == [
        (None, "say theirs"),
        ("s1", "too few to tell"),
        ("s2", "nobody here says either"),
    ]
    assert swaps[2].examples == ()


def test_one_and_many_are_not_put_for_each_other() -> None:
    (swap,) = _swaps("Write quotations today.", ["My quote was too low"] * 12)
    assert swap.theirs == ""


@pytest.mark.parametrize("page", ["Zebra is here.", "", "12 %"])
def test_the_products_own_name_is_no_concept(page: str) -> None:
    assert _swaps(page, ["A client called"] * 4) == []
