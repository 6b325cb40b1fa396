"""The card says of the heads what was measured, by measures others know."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, roc_auc_score

from overheard.signals.heads.card import measure_auc, measure_calibration_error, measure_f1, write_card
from overheard.signals.heads.fit import Fit
from overheard.signals.heads.weights import KINDS
from tests.make import make_example, make_heads

LABELLED = st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=2, max_size=40)


@pytest.mark.slow
@given(LABELLED.filter(lambda labelled: len({label for _, label in labelled}) == 2))
def test_auc_is_the_known_one_ties_or_not(labelled: list[tuple[int, bool]]) -> None:
    scores = np.array([score / 10 for score, _ in labelled], dtype=np.float32)
    truth = np.array([label for _, label in labelled])
    assert measure_auc(scores, truth) == pytest.approx(roc_auc_score(truth, scores))


@given(LABELLED)
def test_f1_is_the_known_one(labelled: list[tuple[int, bool]]) -> None:
    said = np.array([score > 5 for score, _ in labelled])
    truth = np.array([label for _, label in labelled])
    assert measure_f1(said, truth) == pytest.approx(f1_score(truth, said, zero_division=0))


@pytest.mark.parametrize(
    ("scores", "truth", "error"),
    [
        # Bin .1-.2: mean .125, share .5, of .4 of the sentences; bin .9-1: mean .975, share 1, of .6.
        ((0.125, 0.125, 0.95, 0.975, 1.0), (0, 1, 1, 1, 1), 0.4 * 0.375 + 0.6 * 0.025),
        ((0.0, 0.0, 1.0, 1.0), (0, 0, 1, 1), 0.0),
        ((1.0, 1.0, 0.0, 0.0), (0, 0, 1, 1), 1.0),
        # A bin is a tenth wide.
        ((0.25, 0.25, 0.35, 0.35), (1, 1, 0, 0), 0.5 * 0.75 + 0.5 * 0.35),
        # Errors of two bins do not make up for each other.
        ((0.25, 0.25, 0.75, 0.75), (1, 1, 0, 0), 0.75),
        # Within one bin they do: half of what is given .5 is.
        ((0.5, 0.5), (0, 1), 0.0),
    ],
)
def test_the_calibration_error_is_what_paper_and_pencil_give(
    scores: tuple[float, ...], truth: tuple[int, ...], error: float
) -> None:
    found = measure_calibration_error(np.array(scores, dtype=np.float32), np.array(truth, dtype=bool))
    assert found == pytest.approx(error, abs=1e-6)


@pytest.fixture
def card() -> str:
    generator = np.random.default_rng(31)
    labels = generator.random((400, len(KINDS))) < 0.3
    labels[:, KINDS.index("gain")] = np.arange(400) < 70
    noise = generator.random(labels.shape)
    fit = Fit(make_heads(), np.where(labels, 0.4 + 0.6 * noise, 0.6 * noise).astype(np.float32), labels)
    examples = [
        *(make_example(f"real {number}") for number in range(400)),
        *(make_example(f"invented {number}", origin="invented post") for number in range(30)),
        *(make_example(f"answer {number}", "pain", origin="answer", weight=0.3) for number in range(7)),
    ]
    return write_card(fit, examples, date(2026, 11, 22))


def test_the_card_says_when_of_what_and_under_which_licence(card: str) -> None:
    assert "Fitted 2026-11-22 on `made/int8/layers-1`." in card
    assert [
        re.search(r"\| (\d+) \|$", line)[1] for line in card.splitlines() if "labels/" in line or "survey" in line
    ] == [  # type: ignore[index]
        "400",
        "30",
        "7",
    ]
    for licence in ("Apache-2.0", "CC BY-SA 4.0", "MPL-2.0", "CC0", "PDDL"):
        assert licence in card
    assert "Limits" in card


def test_the_card_has_a_line_of_figures_for_each_kind(card: str) -> None:
    lines = {line.split("|")[1].strip(): line.split("|")[2:-1] for line in card.splitlines() if line.count("|") == 7}
    assert set(KINDS) <= set(lines)
    sentences, auc, f1, best, error = (float(figure) for figure in lines["gain"])
    assert (sentences, best) == (70, 0.5)
    assert 0.85 < auc < 1
    assert 0.5 < f1 < 1
    assert 0 < error < 0.5


def test_the_card_shows_how_often_pain_was_right_at_each_tenth(card: str) -> None:
    rows = re.findall(r"^\| (0\.\d)-(\d\.\d) \| (\d+) \| ([\d.]+) \| ([\d.]+) \|$", card, re.MULTILINE)
    assert sum(int(count) for _, _, count, _, _ in rows) == 400
    for low, high, _, mean, share in rows:
        assert float(low) <= float(mean) <= float(high)
        assert 0 <= float(share) <= 1
    assert float(rows[0][4]) < float(rows[-1][4])
