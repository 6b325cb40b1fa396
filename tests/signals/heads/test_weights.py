"""Heads are kept as text, fit only what they were fitted for, and tell a sentence only of those beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from overheard.signals.heads.weights import (
    COLUMNS,
    KINDS,
    NEIGHBOURS,
    choose_register,
    load_heads,
    place_neighbours,
    read_heads,
    read_traits,
    score_sentences,
    trait_names,
    write_heads,
)
from overheard.signals.traits import read_sentence
from tests.make import make_heads

TEXT_LENGTHS = st.lists(st.integers(0, 5), max_size=12)


def test_heads_come_back_as_they_were_written_to_five_digits() -> None:
    generator = np.random.default_rng(3)

    def rows(*shape: int) -> NDArray[np.float32]:
        return (generator.standard_normal(shape) * 10.0 ** generator.integers(-6, 6, shape)).astype(np.float32)

    kinds = len(KINDS)
    heads = make_heads(
        encoder="made@1/int8/layers-3-4",
        inner=rows(2, len(COLUMNS)),
        traits=rows(len(trait_names()), len(COLUMNS)),
        bias=rows(len(COLUMNS)),
        neighbours=rows(len(NEIGHBOURS), kinds),
        priors={"post": rows(kinds), "answer": rows(kinds)},
        thresholds={"post": rows(kinds), "answer": rows(kinds)},
    )
    back = read_heads(write_heads(heads))
    assert back.encoder == heads.encoder
    for name in ("inner", "traits", "bias", "neighbours"):
        np.testing.assert_allclose(getattr(back, name), getattr(heads, name), rtol=5.1e-5)
    for name in ("priors", "thresholds"):
        for register in ("post", "answer"):
            np.testing.assert_allclose(getattr(back, name)[register], getattr(heads, name)[register], rtol=5.1e-5)


def test_heads_that_were_read_are_written_as_the_same_bytes_and_known_by_them() -> None:
    text = write_heads(make_heads())
    assert write_heads(read_heads(text)) == text
    assert read_heads(text).digest == read_heads(text).digest
    assert read_heads(text).digest != read_heads(write_heads(make_heads({"pain": {"bias": -3}}))).digest


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("traits", lambda names: [*names, "a trait of another version"]),
        ("traits", lambda names: names[1:]),
        ("traits", lambda names: names[::-1]),
        ("columns", lambda names: [*names, "post boast"]),
        ("columns", lambda names: [names[1], names[0], *names[2:]]),
    ],
)
def test_heads_of_other_traits_or_kinds_are_refused_with_the_mend(part, change) -> None:  # type: ignore[no-untyped-def]
    kept = json.loads(write_heads(make_heads()))
    kept[part] = change(kept[part])
    with pytest.raises(ValueError, match=r"other kinds or traits; fit it again with `make heads`"):
        read_heads(json.dumps(kept))


def test_the_shipped_heads_can_be_read_and_have_a_weight_for_everything() -> None:
    heads = load_heads()
    dimensions = len(heads.inner)
    assert heads.inner.shape == (dimensions, len(COLUMNS)) and dimensions == 768
    assert heads.traits.shape == (len(trait_names()), len(COLUMNS))
    assert heads.bias.shape == (len(COLUMNS),)
    assert heads.neighbours.shape == (len(NEIGHBOURS), len(KINDS))
    for of_kinds in (*heads.priors.values(), *heads.thresholds.values()):
        assert of_kinds.shape == (len(KINDS),)
        assert np.all((of_kinds > 0) & (of_kinds < 1))
    assert all(np.isfinite(rows).all() for rows in (heads.inner, heads.traits, heads.bias, heads.neighbours))


def test_traits_stand_in_the_order_of_their_names_one_row_a_sentence() -> None:
    readings = [read_sentence("I am fed up with the lid."), read_sentence("Is it oak?")]
    rows = read_traits(readings)
    assert rows.shape == (2, len(trait_names()))
    assert rows[0, trait_names().index("hurt")] == pytest.approx(readings[0].values["hurt"]) != 0
    assert rows[:, trait_names().index("asks")].tolist() == [0, 1]
    assert read_traits([]).shape == (0, len(trait_names()))


@pytest.mark.parametrize(
    ("sentences", "register"),
    [
        ([1, 1, 2, 9], "answer"),
        ([2, 3], "answer"),
        ([1, 3, 3], "post"),
        ([4], "post"),
        ([1], "answer"),
        ([], "answer"),
    ],
)
def test_a_source_speaks_as_most_of_its_texts_do(sentences: list[int], register: str) -> None:
    assert choose_register(sentences) == register


@pytest.mark.slow
@given(TEXT_LENGTHS, st.integers(0, 2**32 - 1))
def test_each_sentence_is_told_of_those_beside_it_in_its_own_text_only(lengths: list[int], seed: int) -> None:
    near = np.random.default_rng(seed).standard_normal((sum(lengths), len(KINDS))).astype(np.float32)
    told = place_neighbours(near, lengths)
    assert told.shape == (sum(lengths), len(NEIGHBOURS))
    np.testing.assert_array_equal(told, _tell_one_by_one(near, lengths))


def _tell_one_by_one(near: NDArray[np.float32], lengths: Sequence[int]) -> NDArray[np.float32]:
    nothing, rows, first = np.zeros(len(KINDS)), [], 0
    for length in lengths:
        text = near[first : first + length]
        for at in range(length):
            is_first, is_last = at == 0, at == length - 1
            before = nothing if is_first else text[at - 1]
            after = nothing if is_last else text[at + 1]
            rows.append(np.concatenate([before, after, [not is_first, not is_last]]))
        first += length
    return np.array(rows, dtype=np.float32).reshape(-1, len(NEIGHBOURS))


@pytest.mark.slow
@given(TEXT_LENGTHS.filter(sum), st.data())
def test_what_one_text_says_changes_nothing_in_another(lengths: list[int], data: st.DataObject) -> None:
    generator = np.random.default_rng(8)
    heads = make_heads(neighbours=generator.standard_normal((len(NEIGHBOURS), len(KINDS))).astype(np.float32))
    columns = generator.standard_normal((sum(lengths), len(COLUMNS))).astype(np.float32)
    changed = data.draw(st.integers(0, len(lengths) - 1))
    first = sum(lengths[:changed])
    own = np.zeros(len(columns), dtype=bool)
    own[first : first + lengths[changed]] = True
    other = columns.copy()
    other[own] += 1
    scores, others = (score_sentences(heads, rows, lengths, "post") for rows in (columns, other))
    np.testing.assert_array_equal(scores.kinds[~own], others.kinds[~own])
    np.testing.assert_array_equal(scores.rungs[~own], others.rungs[~own])
    np.testing.assert_array_equal(scores.forces[~own], others.forces[~own])


def test_an_answer_is_told_of_no_neighbour_and_a_posts_sentence_of_its_own() -> None:
    column = NEIGHBOURS.index("before pain")
    weights = np.zeros((len(NEIGHBOURS), len(KINDS)), dtype=np.float32)
    weights[column, KINDS.index("gain")] = 5
    columns = np.zeros((3, len(COLUMNS)), dtype=np.float32)
    columns[0, COLUMNS.index("near pain")] = 1
    heads, gain = make_heads(neighbours=weights), KINDS.index("gain")
    assert score_sentences(heads, columns, [3], "post").kinds[:, gain].tolist() == [0, 5, 0]
    assert score_sentences(heads, columns, [1, 2], "post").kinds[:, gain].tolist() == [0, 0, 0]
    assert score_sentences(heads, columns, [3], "answer").kinds[:, gain].tolist() == [0, 0, 0]


def test_each_register_each_rung_and_each_force_has_its_own_columns() -> None:
    columns = np.arange(len(COLUMNS), dtype=np.float32)[None, :]
    heads = make_heads()
    post, answer = (score_sentences(heads, columns, [1], register) for register in ("post", "answer"))
    assert [COLUMNS[int(number)] for number in post.kinds[0]] == [f"post {kind}" for kind in KINDS]
    assert [COLUMNS[int(number)] for number in answer.kinds[0]] == [f"answer {kind}" for kind in KINDS]
    assert [COLUMNS[int(number)] for number in post.rungs[0]] == ["rung 2", "rung 3", "rung 4"]
    assert [COLUMNS[int(number)] for number in post.forces[0]] == [
        "force push",
        "force pull",
        "force anxiety",
        "force habit",
    ]
