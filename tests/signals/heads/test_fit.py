"""What the examples show is what the heads weigh; what is said of them was measured on threads they had not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import sklearn.linear_model  # noqa: F401 - only libraries loaded by then can be limited to a thread
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from overheard.signals.heads.card import measure_auc, measure_f1
from overheard.signals.heads.fit import Example, Fit, Origin, fit_heads, fold_of
from overheard.signals.heads.thresholds import find_best_threshold
from overheard.signals.heads.weights import (
    COLUMNS,
    FORCES,
    KINDS,
    NEIGHBOURS,
    RUNGS,
    Heads,
    read_traits,
    score_sentences,
    trait_names,
    write_heads,
)
from overheard.signals.traits import read_sentence
from tests.make import make_example

ENCODER = "made@1/int8/layers-3-4"
THREAD = 5
DIMENSIONS = len(KINDS) + len(RUNGS) + len(FORCES) + 3
"""Kind i is planted in number i of the inner rows, then the rungs, then the forces; the last three are noise."""

Rows = dict[str, NDArray[np.float32]]


def draw_material(count: int = 300, invented: int = 60) -> tuple[list[Example], Rows]:
    """Draw examples in threads of five; their sentences are words nobody says, their labels stand in their rows.

    Gains are shouted more often than the rest, and a job mostly follows a question.
    """
    generator = np.random.default_rng(21)
    rows: Rows = {}
    examples: list[Example] = []
    for number in range(count):
        kinds = [kind for kind in KINDS if kind != "job" and generator.random() < 0.2]
        follows = number % THREAD > 0 and "question" in examples[-1].kinds
        kinds += ["job"] * (generator.random() < (0.8 if follows else 0.1))
        rung = int(generator.integers(1, 5)) if "pain" in kinds else 0
        force = str(generator.choice(["", *FORCES]))
        planted = [KINDS.index(kind) for kind in kinds]  # type: ignore[arg-type]
        planted += [len(KINDS) + at for at, least in enumerate(RUNGS) if rung >= least]
        planted += [len(KINDS) + len(RUNGS) + FORCES.index(force)] if force else []  # type: ignore[arg-type]
        sentence = f"flurb{number} snadgrove" + "!" * (generator.random() < (0.8 if "gain" in kinds else 0.2))
        rows[sentence] = generator.standard_normal(DIMENSIONS).astype(np.float32)
        rows[sentence][planted] += 4
        thread, origin = f"thread {number // THREAD}", "said" if number >= invented else "answer"
        examples.append(make_example(sentence, *kinds, rung=rung, force=force, thread=thread, origin=origin))
    return with_neighbours(examples), rows


def with_neighbours(examples: Sequence[Example]) -> list[Example]:
    """Tell each example of those beside it in its thread."""
    found = list(examples)
    for at, (first, second) in enumerate(pairwise(examples)):
        if first.thread == second.thread:
            found[at] = replace(found[at], after=second.sentence)
            found[at + 1] = replace(found[at + 1], before=first.sentence)
    return found


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Matrices this small are multiplied five times as fast on one thread."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def material() -> tuple[list[Example], Rows]:
    return draw_material()


@pytest.fixture(scope="module")
def fit(material: tuple[list[Example], Rows]) -> Fit:
    return fit_heads(*material, ENCODER)


def weights_of(heads: Heads, column: str) -> NDArray[np.float32]:
    return heads.inner[:, COLUMNS.index(column)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("look", ["near", "post", "answer"])
def test_a_kind_is_weighed_by_the_direction_it_was_planted_in(fit: Fit, look: str, kind: str) -> None:
    weights = weights_of(fit.heads, f"{look} {kind}")
    planted = KINDS.index(kind)  # type: ignore[arg-type]
    others = np.abs(np.delete(weights, planted))
    # Who says a pain also stands on a rung, so the rungs' directions speak for pains as well.
    assert weights[planted] > (1.5 if kind == "pain" else 3) * others.max()


@pytest.mark.parametrize(
    ("column", "planted"),
    [
        *((f"rung {rung}", len(KINDS) + at) for at, rung in enumerate(RUNGS)),
        *((f"force {force}", len(KINDS) + len(RUNGS) + at) for at, force in enumerate(FORCES)),
    ],
)
def test_rungs_and_forces_are_weighed_by_theirs(fit: Fit, column: str, planted: int) -> None:
    assert weights_of(fit.heads, column)[planted] == weights_of(fit.heads, column).max() > 0


def test_each_real_example_has_one_row_of_figures_and_no_invented_one(
    fit: Fit, material: tuple[list[Example], Rows]
) -> None:
    real = [example for example in material[0] if example.origin == "said"]
    assert fit.probabilities.shape == fit.labels.shape == (len(real), len(KINDS))
    assert fit.labels.tolist() == [[kind in example.kinds for kind in KINDS] for example in real]
    assert np.all((fit.probabilities > 0) & (fit.probabilities < 1))
    for column in range(len(KINDS)):
        assert measure_auc(fit.probabilities[:, column], fit.labels[:, column]) > 0.9


def test_heads_score_a_sentence_as_they_were_fitted_to(fit: Fit, material: tuple[list[Example], Rows]) -> None:
    """Whoever weighs with a free bias expects in all as many of a kind as there were: no scale may get lost."""
    examples, rows = material
    columns = fit.heads.score_inner(np.stack([rows[example.sentence] for example in examples]))
    columns += read_traits([read_sentence(example.sentence) for example in examples]) @ fit.heads.traits
    labels = np.array([[kind in example.kinds for kind in KINDS] for example in examples])
    said = np.array([example.origin == "said" for example in examples])
    threads = [THREAD] * (len(examples) // THREAD)
    for column, kind in enumerate(KINDS):
        for register, counted in (("post", said), ("answer", np.ones(len(said), dtype=bool))):
            scores = score_sentences(fit.heads, columns, threads, register).kinds[counted, column]  # type: ignore[arg-type]
            assert measure_auc(scores, labels[counted, column]) > 0.9
            # Answers of rarer kinds count in posts as well, by less than one each.
            if register == "answer" or kind in ("pain", "job", "question", "gain"):
                expected = (1 / (1 + np.exp(-scores.astype(np.float64)))).mean()
                assert expected == pytest.approx(labels[counted, column].mean(), abs=1e-3)


def test_a_trait_and_a_neighbour_that_tell_a_kind_weigh(fit: Fit) -> None:
    shouts = fit.heads.traits[trait_names().index("shouts")]
    assert shouts[COLUMNS.index("post gain")] == max(shouts[COLUMNS.index(f"post {kind}")] for kind in KINDS) > 0
    job = fit.heads.neighbours[:, KINDS.index("job")]
    assert job[NEIGHBOURS.index("before question")] == job.max() > 0


def test_usual_shares_are_those_of_real_posts_and_of_all_answers_by_weight(
    fit: Fit, material: tuple[list[Example], Rows]
) -> None:
    everything = np.array([[kind in example.kinds for kind in KINDS] for example in material[0]])
    np.testing.assert_allclose(fit.heads.priors["post"], fit.labels.mean(0), atol=1e-6)
    np.testing.assert_allclose(fit.heads.priors["answer"], everything.mean(0), atol=1e-6)


@pytest.mark.slow
def test_answers_teach_nothing_of_pains_in_posts_but_sentences_invented_for_posts_do(
    material: tuple[list[Example], Rows],
) -> None:
    """The labels of 60 sentences are turned; whether posts learn of it depends on what these sentences are."""
    examples, rows = material

    def fit_turned(origin: Origin, turned: bool) -> Heads:
        changed = [
            example
            if example.origin == "said"
            else replace(example, origin=origin, kinds=example.kinds ^ ({"pain"} if turned else set()))
            for example in examples
        ]
        return fit_heads(changed, rows, ENCODER, validate=False).heads

    def learnt(origin: Origin, column: str) -> float:
        heads = fit_turned(origin, turned=False), fit_turned(origin, turned=True)
        return float(np.abs(weights_of(heads[0], column) - weights_of(heads[1], column)).max())

    assert learnt("answer", "post pain") == 0
    assert learnt("answer", "answer pain") > 0.01
    assert learnt("invented post", "post pain") > 0.01


@pytest.mark.slow
def test_an_answer_labelled_by_its_question_teaches_posts_less_of_requests_than_one_that_was_read(
    material: tuple[list[Example], Rows],
) -> None:
    examples, rows = material

    def fit_turned(weight: float, turned: bool) -> NDArray[np.float32]:
        changed = [
            example
            if example.origin == "said"
            else replace(example, weight=weight, kinds=example.kinds ^ ({"request"} if turned else set()))
            for example in examples
        ]
        return weights_of(fit_heads(changed, rows, ENCODER, validate=False).heads, "post request")

    by_reading, by_question = (
        np.abs(fit_turned(weight, turned=False) - fit_turned(weight, turned=True)).max() for weight in (1.0, 0.3)
    )
    assert 0 < by_question < 0.5 * by_reading


def test_a_pain_counts_from_a_lower_probability_than_is_best_for_the_corpora_and_the_other_kinds_do_not(
    fit: Fit,
) -> None:
    for column, kind in enumerate(KINDS):
        probabilities, truth = fit.probabilities[:, column], fit.labels[:, column]
        best, threshold = find_best_threshold(probabilities, truth), fit.heads.thresholds["post"][column]
        if kind == "pain":
            assert threshold < best
            given_up = measure_f1(probabilities >= best, truth) - measure_f1(probabilities >= threshold, truth)
            assert 0 <= given_up <= 0.07
        else:
            assert threshold == pytest.approx(best)


@pytest.mark.slow
def test_the_same_examples_give_the_same_heads_and_without_validation_even_thresholds(
    fit: Fit, material: tuple[list[Example], Rows]
) -> None:
    heads = fit_heads(*material, ENCODER, validate=False).heads
    assert heads.thresholds["post"].tolist() == [0.5] * len(KINDS)
    assert len(set(fit.heads.thresholds["post"].tolist())) > 1
    assert write_heads(replace(heads, thresholds=fit.heads.thresholds)) == write_heads(fit.heads)


@pytest.mark.slow
def test_a_thread_never_lies_in_two_folds() -> None:
    """If it did, a thread's own habits would be taken for what tells a kind."""
    examples, _ = draw_material(invented=0)
    generator = np.random.default_rng(22)
    habits = {example.thread: 3 * generator.standard_normal(40) for example in examples}
    pains = {thread: generator.random() < 0.5 for thread in sorted(habits)}
    rows = {
        example.sentence: (habits[example.thread] + 0.1 * generator.standard_normal(40)).astype(np.float32)
        for example in examples
    }
    labelled = [
        replace(
            example,
            kinds=example.kinds - {"pain"} | ({"pain"} if pains[example.thread] else set()),
            rung=number % 4 + 1 if pains[example.thread] else 0,
        )
        for number, example in enumerate(examples)
    ]
    fit = fit_heads(labelled, rows, ENCODER)
    pain = KINDS.index("pain")
    columns = fit.heads.score_inner(np.stack([rows[example.sentence] for example in labelled]))
    known = score_sentences(fit.heads, columns, [THREAD] * (len(labelled) // THREAD), "post").kinds[:, pain]
    assert measure_auc(known, fit.labels[:, pain]) > 0.95
    assert measure_auc(fit.probabilities[:, pain], fit.labels[:, pain]) < 0.65


def test_threads_are_spread_over_all_folds() -> None:
    sizes = np.bincount([fold_of(f"thread {number}") for number in range(500)])
    assert len(sizes) == 5
    assert sizes.min() > 70
