"""What else is known of people: read as it is, tested by the book, and the same whatever people are called."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, kruskal

from overheard.people.context import Field, describe_fields, read_fields
from overheard.people.context.association import cramers_v, permutation_p
from overheard.people.context.fields import spelling_of
from overheard.people.context.self_names import find_self_names, telling_self_names
from overheard.records import Document, Utterance


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As a harpist, I carry too much.", ["harpist"]),
        ("We're a goat dairy and nobody pays.", ["goat dairy"]),
        ("I run a night kiosk.", ["night kiosk"]),
        ("None of us beekeepers can read it.", ["beekeeper"]),
        ("I work as a piano tuner in Ghent.", ["piano tuner"]),
        ("They want it as a file.", []),
        ("I am a bit tired. It cost us dearly.", []),
        ("The US dollars came late.", []),
        ("As a rule, it breaks.", []),
    ],
)
def test_people_are_called_what_they_call_themselves(text: str, expected: list[str]) -> None:
    assert [name for name, _ in find_self_names(text)] == expected
    assert all(text[start:end] for _, (start, end) in find_self_names(text))


def test_a_self_name_is_told_only_where_clearly_more_of_a_segment_use_it() -> None:
    harpists = [["As a harpist, I wait."] for _ in range(9)] + [["I wait."]]
    others = [["We are a dairy."] if row < 4 else ["I wait."] for row in range(20)]
    assert telling_self_names([harpists, others]) == ["harpist", ""]
    assert telling_self_names([harpists, harpists]) == ["", ""]
    assert telling_self_names([]) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["The colour of the grey neighbour's cheque"], "British"),
        (["I apologize, the color is gray", "my favour"], "American"),
        (["Nothing to tell by."], ""),
        (["colour", "color"], ""),
    ],
)
def test_spelling_is_told_by_the_words_that_differ(texts: list[str], expected: str) -> None:
    assert spelling_of(texts) == expected


def test_bias_corrected_v_follows_the_worked_example() -> None:
    table = np.array([[20, 5], [10, 15]])
    phi = chi2_contingency(table, correction=False)[0] / 50 - 1 / 49
    assert cramers_v(table) == pytest.approx(np.sqrt(phi / (2 - 1 / 49 - 1)))
    assert cramers_v(np.array([[10, 10], [10, 10]])) == 0


def test_a_permutation_p_is_near_the_one_of_chi_square_and_never_zero() -> None:
    table = np.array([[20, 10, 12], [10, 15, 25]])
    assert permutation_p(table, 1) == pytest.approx(chi2_contingency(table)[1], abs=0.02)
    assert permutation_p(np.diag([40, 40]), 1) == 1 / 2000


@pytest.mark.slow
@given(st.permutations(range(3)), st.permutations(range(4)))
def test_the_order_of_segments_and_values_changes_no_digit(rows: list[int], columns: list[int]) -> None:
    table = np.array([[9, 1, 4, 2], [3, 7, 5, 5], [2, 2, 8, 6]])
    assert permutation_p(table[rows][:, columns], 3) == permutation_p(table, 3)


def test_fields_that_go_with_the_segments_are_told_from_those_that_do_not() -> None:
    people = [f"p{number}" for number in range(60)]
    segment_of = {person: "left" if number < 30 else "right" for number, person in enumerate(people)}
    fields = [
        Field("Place", {person: "harbour" if number < 28 else "hill" for number, person in enumerate(people)}),
        Field("Coin", {person: "heads" if number % 2 else "tails" for number, person in enumerate(people)}),
        Field("Posts", {person: float(number) for number, person in enumerate(people)}),
        Field("Rare", {"p1": "only one"}),
    ]
    place, coin, posts, rare = describe_fields(fields, segment_of, 5, 7)
    assert place.q is not None and place.q < 0.01 and place.effect is not None and place.effect > 0.9
    assert place.values["left"] == (("harbour", 28), ("hill", 2))
    assert coin.q is not None and coin.q > 0.5 and coin.effect == 0
    expected = kruskal(range(30), range(30, 60)).statistic / 59
    assert posts.effect == pytest.approx(expected) and posts.middles == {"left": 14.5, "right": 44.5}
    assert (rare.people, rare.effect, rare.q) == (1, None, None)


def test_the_median_of_a_few_people_is_not_told() -> None:
    segment_of = {f"p{number}": "left" if number < 3 else "right" for number in range(40)}
    (posts,) = describe_fields([Field("Posts", dict.fromkeys(segment_of, 4.0))], segment_of, 5, 7)
    assert posts.middles == {"right": 4.0}


def test_fields_are_read_from_what_people_wrote_and_where() -> None:
    said = datetime(2026, 3, 2, tzinfo=UTC)
    utterances = [
        Utterance(
            "u1", "d1", "p1", 0, "> The color\nAs a potter, I fear my neighbour.", ((0, 11),), said, None, "", "Elder"
        ),
        Utterance("u2", "d2", "p1", 0, "One more.", (), None, None, "", ""),
        Utterance("u3", "d1", "p2", 1, "Never placed.", (), said, None, "", "Newcomer"),
    ]
    own = {"u1": "As a potter, I fear my neighbour.", "u2": "One more."}
    documents = {one: Document(one, "kilns", "", "", None) for one in ("d1", "d2")}
    fields = {
        field.name: dict(field.values) for field in read_fields(utterances, own, documents, {"p1": ["Kilnio"]}, {"p1"})
    }
    assert fields == {
        "Source": {"p1": "kilns"},
        "Rank shown": {"p1": "Elder"},
        "Spelling": {"p1": "British"},
        "Call themselves": {"p1": "potter"},
        "Product named": {"p1": "Kilnio"},
        "Posts": {"p1": 2.0},
        "Threads": {"p1": 2.0},
        "Words a post": {"p1": 4.5},
        "First seen": {"p1": float(said.toordinal())},
        "Last seen": {"p1": float(said.toordinal())},
    }
