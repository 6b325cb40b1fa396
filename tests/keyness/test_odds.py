import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.keyness import log2_odds_ratio, log_odds
from tests.keyness.patience import patient

FOX = ["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "pig"]
DONKEY = ["the", "lazy", "purple", "pig", "jumps", "over", "the", "lazier", "donkey"]
PUBLISHED_FOX = 0.6894227886807968


def test_the_fox_and_the_donkey_score_as_published():
    words = sorted({*FOX, *DONKEY})
    a, b = (np.array([text.count(word) for word in words]) for text in (FOX, DONKEY))
    _, z = log_odds(a, b, a.sum(), b.sum(), np.full(len(words), 0.05), 0.05 * len(words))
    expected = [
        PUBLISHED_FOX * ((word in FOX) - (word in DONKEY)) if (word in FOX) != (word in DONKEY) else 0 for word in words
    ]
    assert z == pytest.approx(expected, abs=1e-12)


CATS = {"cat": (30, 4), "purr": (12, 0), "dog": (5, 28), "leash": (0, 9), "the": (200, 210)}


@pytest.mark.parametrize(
    ("prior", "expected"),
    [
        ([0.01] * 5, [4.029, 0.7154, -3.7167, -0.682, -1.8749]),
        (np.array([50, 10, 60, 10, 5000]) * 500 / 5130, [3.7499, 2.4853, -3.3364, -2.1978, -2.2404]),
    ],
    ids=["flat prior", "informative prior"],
)
def test_cats_and_dogs_score_as_the_published_example(prior, expected):
    a, b = np.array(list(CATS.values())).T
    _, z = log_odds(a, b, a.sum(), b.sum(), np.array(prior), float(np.sum(prior)))
    assert z == pytest.approx(expected, abs=6e-4)


def test_an_odds_ratio_of_nine_has_woolfs_interval():
    # By hand: cells 9.5, 10.5, 3.5, 36.5; odds ratio 9.4354; standard error .7167 (natural log).
    effect, low, high = log2_odds_ratio(np.array([9]), np.array([3]), 19, 39)
    assert (effect[0], low[0], high[0]) == pytest.approx((3.2381, 1.2116, 5.2646), abs=5e-4)


people = st.integers(0, 40)


@patient
@given(people, people)
def test_what_one_side_says_more_the_other_says_less_by_as_much(a, b):
    one, other = np.array([a]), np.array([b])
    prior = (one + other + 1) / 10
    there, back = log_odds(one, other, 40, 40, prior, 50.0), log_odds(other, one, 40, 40, prior, 50.0)
    assert there[1] == pytest.approx(-back[1])
    assert log2_odds_ratio(one, other, 40, 40)[0] == pytest.approx(-log2_odds_ratio(other, one, 40, 40)[0])


@patient
@given(people, people)
def test_the_interval_holds_the_effect_and_stays_finite(a, b):
    effect, low, high = log2_odds_ratio(np.array([a]), np.array([b]), 40, 40)
    assert np.isfinite([low, high]).all()
    assert low < effect < high
