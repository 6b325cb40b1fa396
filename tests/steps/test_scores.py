"""A sentence is encoded once for all nights, by the encoder its heads were fitted on and no other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import overheard.steps.scores
from overheard.errors import ModelError
from overheard.settings import SignalSettings
from overheard.signals import Heads, detect_source
from overheard.steps.scores import SentenceScorer, score_id_of
from overheard.storage import VectorCache
from overheard.vectors import inner_encoder_id
from tests.make import InnerEncoder, make_heads

FIRST_NIGHT = ["The press jams.", "Is it new?", "The press jams."]
SECOND_NIGHT = ["Is it new?", "I love the press.", "The press  jams."]


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> InnerEncoder:
    found = InnerEncoder()
    monkeypatch.setattr(overheard.steps.scores, "load_inner_encoder", lambda: found)
    return found


@pytest.fixture
def heads() -> Heads:
    generator = np.random.default_rng(51)
    made = make_heads(encoder=inner_encoder_id())
    return make_heads(encoder=inner_encoder_id(), inner=generator.standard_normal(made.inner.shape).astype(np.float32))


def score_plainly(sentences: Sequence[str], heads: Heads) -> NDArray[np.float32]:
    return heads.score_inner(InnerEncoder().encode([" ".join(sentence.split()) for sentence in sentences]))


@pytest.mark.parametrize("kept", [True, False])
def test_a_sentence_gets_the_score_of_its_inner_row(
    encoder: InnerEncoder, heads: Heads, kept: bool, tmp_path: Path
) -> None:
    scorer = SentenceScorer(VectorCache(tmp_path, score_id_of(heads)) if kept else None, heads)
    np.testing.assert_allclose(scorer(FIRST_NIGHT), score_plainly(FIRST_NIGHT, heads), rtol=1e-6)
    assert sorted(encoder.sentences) == sorted(set(FIRST_NIGHT))


def test_a_sentence_is_encoded_once_for_all_nights(encoder: InnerEncoder, heads: Heads, tmp_path: Path) -> None:
    first = SentenceScorer(VectorCache(tmp_path, score_id_of(heads)), heads)
    scores = first(FIRST_NIGHT)
    assert first.encoded == 2
    second = SentenceScorer(VectorCache(tmp_path, score_id_of(heads)), heads)
    np.testing.assert_array_equal(second(FIRST_NIGHT), scores)
    assert second.encoded == 0
    np.testing.assert_allclose(second(SECOND_NIGHT), score_plainly(SECOND_NIGHT, heads), rtol=1e-6)
    assert second.encoded == 1
    assert encoder.sentences.count("I love the press.") == 1
    assert len(encoder.sentences) == 3


def test_a_night_without_new_sentences_loads_no_encoder(
    encoder: InnerEncoder, heads: Heads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SentenceScorer(VectorCache(tmp_path, score_id_of(heads)), heads)(FIRST_NIGHT)
    monkeypatch.setattr(overheard.steps.scores, "load_inner_encoder", lambda: pytest.fail("was loaded"))
    SentenceScorer(VectorCache(tmp_path, score_id_of(heads)), heads)(FIRST_NIGHT)


@pytest.mark.parametrize("kept", [True, False])
def test_a_source_without_sentences_is_scored_before_anything_else_was(
    encoder: InnerEncoder, heads: Heads, kept: bool, tmp_path: Path
) -> None:
    scorer = SentenceScorer(VectorCache(tmp_path, score_id_of(heads)) if kept else None, heads)
    assert scorer([]).shape == (0, len(heads.bias))
    assert list(detect_source([""], [()], scorer, heads, SignalSettings()).findings(everything=True)) == [[]]


def test_other_heads_have_scores_of_their_own(encoder: InnerEncoder, heads: Heads, tmp_path: Path) -> None:
    other = make_heads(encoder=heads.encoder, digest="other")
    SentenceScorer(VectorCache(tmp_path, score_id_of(heads)), heads)(FIRST_NIGHT)
    scorer = SentenceScorer(VectorCache(tmp_path, score_id_of(other)), other)
    np.testing.assert_allclose(scorer(FIRST_NIGHT), score_plainly(FIRST_NIGHT, other), rtol=1e-6)
    assert scorer.encoded == 2


def test_heads_of_another_encoder_are_refused_with_the_mend() -> None:
    with pytest.raises(ModelError, match=r"fitted on another@1/int8, not on .*`make heads`"):
        SentenceScorer(heads=make_heads(encoder="another@1/int8"))


def test_the_shipped_heads_were_fitted_on_the_shipped_encoder() -> None:
    assert SentenceScorer().heads.encoder == inner_encoder_id()
