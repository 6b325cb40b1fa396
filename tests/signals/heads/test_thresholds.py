"""Shares differ from source to source; they are estimated, and the threshold follows, without looking at a label."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from overheard.signals.heads.card import measure_f1
from overheard.signals.heads.thresholds import SourceFit, find_best_threshold, fit_source
from overheard.signals.heads.weights import KINDS
from tests.make import make_heads

USUAL = 0.2
NEVER = -6.0
HEADS = make_heads(
    priors={register: np.full(len(KINDS), USUAL, dtype=np.float32) for register in ("post", "answer")},
    thresholds={register: np.full(len(KINDS), 0.3, dtype=np.float32) for register in ("post", "answer")},
)
PAIN, REQUEST, GAIN = (KINDS.index(kind) for kind in ("pain", "request", "gain"))
LOG_ODDS = arrays(np.float32, st.tuples(st.integers(0, 8), st.just(len(KINDS))), elements=st.floats(-8, 8, width=32))

Truth = NDArray[np.bool_]


def log_odds_of(kind: int, column: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return log-odds of a source whose sentences say nothing of all other kinds."""
    rows = np.full((len(column), len(KINDS)), NEVER)
    rows[:, kind] = column
    return rows.astype(np.float32)


def draw_one_kind(share: float, sentences: int = 2000, apart: float = 2.5) -> tuple[NDArray[np.float32], Truth]:
    """Draw right log-odds of requests under the usual share, for a source where `share` of the sentences are some."""
    truth = np.arange(sentences) < round(share * sentences)
    evidence = np.random.default_rng(11).normal(np.where(truth, 1, -1) * apart**2 / 2, apart)
    return log_odds_of(REQUEST, evidence + np.log(USUAL / (1 - USUAL))), truth


def draw_judges(pains: int, gains: int, neither: int, apart: float = 3.5) -> tuple[NDArray[np.float32], Truth, Truth]:
    """Draw right log-odds of pain and gain, each against neither, under the usual shares."""
    pain, gain = (np.repeat(flags, (pains, gains, neither)) for flags in ((True, False, False), (False, True, False)))
    places = np.random.default_rng(12).standard_normal((pains + gains + neither, 2))
    places += apart * np.column_stack([pain, gain])
    rows = np.full((len(places), len(KINDS)), NEVER)
    rows[:, [PAIN, GAIN]] = apart * places - apart**2 / 2 + np.log(USUAL / (1 - 2 * USUAL))
    return rows.astype(np.float32), pain, gain


def said(fit: SourceFit, kind: int) -> Truth:
    return fit.probabilities[:, kind] >= fit.thresholds[kind]


def logistic(log_odds: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-log_odds.astype(np.float64))))


@pytest.mark.slow
@given(LOG_ODDS)
def test_among_posts_probabilities_and_thresholds_stay_as_they_were_fitted(log_odds: NDArray[np.float32]) -> None:
    fit = fit_source(log_odds, "post", HEADS)
    np.testing.assert_allclose(fit.probabilities, logistic(log_odds), atol=5.1e-5)
    np.testing.assert_allclose(fit.thresholds, HEADS.thresholds["post"], atol=5.1e-5)
    expected = logistic(log_odds).mean(0) if len(log_odds) else HEADS.priors["post"]
    np.testing.assert_allclose(fit.priors, expected, atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.05, 0.2, 0.6])
def test_the_share_of_requests_among_answers_is_found_without_a_label(share: float) -> None:
    log_odds, _ = draw_one_kind(share)
    assert fit_source(log_odds, "answer", HEADS).priors[REQUEST] == pytest.approx(share, abs=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.05, 0.2, 0.6])
def test_the_threshold_of_a_source_of_answers_is_nearly_the_best_there_is(share: float) -> None:
    log_odds, truth = draw_one_kind(share, sentences=8_000)
    fit = fit_source(log_odds, "answer", HEADS)
    best = find_best_threshold(fit.probabilities[:, REQUEST], truth)
    f1 = measure_f1(fit.probabilities[:, REQUEST] >= best, truth)
    assert measure_f1(said(fit, REQUEST), truth) > f1 - 0.03


def test_where_more_requests_are_usual_a_like_sentence_is_likelier_one() -> None:
    among_few, among_many = (
        fit_source(np.vstack([log_odds_of(REQUEST, np.zeros(1)), draw_one_kind(share)[0]]), "answer", HEADS)
        for share in (0.05, 0.6)
    )
    assert among_few.probabilities[0, REQUEST] < 0.35 < 0.65 < among_many.probabilities[0, REQUEST]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(LOG_ODDS, st.sampled_from(["post", "answer"]))
def test_probabilities_shares_and_thresholds_lie_between_zero_and_one(
    log_odds: NDArray[np.float32], register: str
) -> None:
    fit = fit_source(log_odds, register, HEADS)
    assert fit.probabilities.shape == log_odds.shape
    assert fit.priors.shape == fit.thresholds.shape == (len(KINDS),)
    for values in (fit.probabilities, fit.priors, fit.thresholds):
        assert np.all((values >= 0) & (values <= 1))


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.floats(-4, 4))
def test_a_single_answer_is_taken_nearly_at_its_usual_probability(log_odds: float) -> None:
    row = log_odds_of(REQUEST, np.array([log_odds]))
    fit = fit_source(row, "answer", HEADS)
    np.testing.assert_allclose(fit.probabilities[0, REQUEST], logistic(row)[0, REQUEST], atol=0.01)


def test_the_likeliest_of_a_few_that_say_nothing_is_not_taken_for_one_that_does() -> None:
    fit = fit_source(log_odds_of(REQUEST, np.array([-3.0, -3.5, -4.0])), "answer", HEADS)
    assert not said(fit, REQUEST).any()


@pytest.mark.slow
@pytest.mark.parametrize("counts", [(900, 900, 200), (300, 1500, 200), (1500, 300, 200)])
def test_the_shares_of_pains_and_gains_are_found_together(counts: tuple[int, int, int]) -> None:
    log_odds, pain, gain = draw_judges(*counts)
    fit = fit_source(log_odds, "answer", HEADS)
    assert fit.priors[PAIN] == pytest.approx(pain.mean(), abs=0.05)
    assert fit.priors[GAIN] == pytest.approx(gain.mean(), abs=0.05)
    assert np.all(fit.probabilities[:, PAIN] + fit.probabilities[:, GAIN] <= 1.0001)


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param((200, 200, 0), id="as many pains as gains"),
        pytest.param((100, 300, 0), id="more gains"),
        pytest.param((300, 100, 0), id="more pains"),
        pytest.param((0, 400, 0), id="nothing but praise"),
        pytest.param((400, 0, 0), id="nothing but complaints"),
        pytest.param((0, 1, 0), id="a single word of praise"),
        pytest.param((1, 0, 0), id="a single complaint"),
    ],
)
def test_where_all_judge_pains_are_told_from_gains(counts: tuple[int, int, int]) -> None:
    log_odds, pain, gain = draw_judges(*counts)
    fit = fit_source(log_odds, "answer", HEADS)
    assert said(fit, PAIN)[gain].sum() <= 0.1 * gain.sum()
    assert said(fit, PAIN)[pain].sum() >= 0.85 * pain.sum()
    assert said(fit, GAIN)[gain].sum() >= 0.85 * gain.sum()


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["post", "answer"]))
def test_the_order_of_a_sources_sentences_does_not_matter(seed: int, register: str) -> None:
    generator = np.random.default_rng(seed)
    log_odds = generator.normal(-1, 3, (30, len(KINDS))).astype(np.float32)
    order = generator.permutation(len(log_odds))
    fit, other = fit_source(log_odds, register, HEADS), fit_source(log_odds[order], register, HEADS)
    # Sums in another order differ in the last bit, which may round the fourth digit the other way.
    np.testing.assert_allclose(fit.probabilities[order], other.probabilities, atol=1.1e-4)
    np.testing.assert_allclose(fit.priors, other.priors, atol=1e-5)
    np.testing.assert_allclose(fit.thresholds, other.thresholds, atol=1.1e-4)


@pytest.mark.parametrize("register", ["post", "answer"])
def test_the_same_source_is_taken_the_same_way_twice(register: str) -> None:
    log_odds, _, _ = draw_judges(50, 60, 70)
    first, second = (fit_source(log_odds.copy(), register, HEADS) for _ in range(2))
    for name in ("probabilities", "priors", "thresholds"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()


@pytest.mark.parametrize("register", ["post", "answer"])
def test_an_empty_source_has_the_usual_shares_and_no_sentence(register: str) -> None:
    fit = fit_source(np.zeros((0, len(KINDS)), dtype=np.float32), register, HEADS)
    assert fit.probabilities.shape == (0, len(KINDS))
    np.testing.assert_allclose(fit.priors, USUAL, atol=1e-6)
    np.testing.assert_allclose(fit.thresholds, HEADS.thresholds[register], atol=5.1e-5)


@pytest.mark.parametrize("register", ["post", "answer"])
@pytest.mark.parametrize("size", [1, 2, 50])
def test_log_odds_beyond_all_bounds_are_taken_without_a_warning(register: str, size: int) -> None:
    signs = np.random.default_rng(13).choice([-1, 1], (size, len(KINDS)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for log_odds in (1e3 * signs, np.full(signs.shape, 1e3), np.full(signs.shape, -1e3)):
            fit = fit_source(log_odds.astype(np.float32), register, HEADS)
            for values in (fit.probabilities, fit.priors, fit.thresholds):
                assert np.isfinite(values).all()


LABELLED = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30)


@pytest.mark.slow
@given(LABELLED.filter(lambda labelled: any(label for _, label in labelled)), st.sampled_from([0.0, 0.05, 0.3]))
def test_the_best_threshold_is_the_lowest_that_gives_up_no_more_than_asked(
    labelled: list[tuple[int, bool]], give_up: float
) -> None:
    probabilities = np.array([number / 12 for number, _ in labelled], dtype=np.float32)
    truth = np.array([label for _, label in labelled])
    f1 = {threshold: measure_f1(probabilities >= threshold, truth) for threshold in probabilities}
    allowed = [threshold for threshold in probabilities if f1[threshold] >= max(f1.values()) - give_up]
    assert find_best_threshold(probabilities, truth, give_up) == min(allowed)
