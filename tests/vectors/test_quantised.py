"""A text's row depends on the text alone, and is nearly what the weights give at full precision."""

from __future__ import annotations

import random

import numpy as np
import pytest

import overheard.vectors.quantised
from overheard.settings import PINNED_ENCODER, EncoderSettings
from overheard.vectors import Encoder, load_encoder, load_inner_encoder
from overheard.vectors.quantise import INNER_LAYERS
from tests.signals.invented import SENTENCES

pytestmark = pytest.mark.slow

TEXTS = [sentences[number] for number in range(6) for sentences in SENTENCES.values()]
ODD = ["", " ", "?", "ﬁ é 漢字 🙂", "word " * 2000, "a" * 5000, "\x00"]


@pytest.fixture(scope="module")
def encoders() -> dict[str, Encoder]:
    return {"sentence": load_encoder(EncoderSettings()), "inner": load_inner_encoder()}


@pytest.mark.parametrize("part", ["sentence", "inner"])
@pytest.mark.parametrize("threads", [1, 2])
def test_a_text_has_the_same_bytes_whatever_stands_beside_it_and_however_many_threads_work(
    encoders: dict[str, Encoder], part: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [*TEXTS[:20], *ODD]
    alone = {text: encoders[part].encode([text])[0].tobytes() for text in texts}
    monkeypatch.setattr(overheard.vectors.quantised, "_cores", lambda: threads)
    random.Random(41).shuffle(texts)
    for beside in (texts, texts[::-1], texts[:7]):
        rows = encoders[part].encode(beside)
        assert [row.tobytes() for row in rows] == [alone[text] for text in beside]


@pytest.mark.parametrize(("part", "dimensions"), [("sentence", 384), ("inner", 768)])
def test_every_text_has_one_row_of_finite_numbers(encoders: dict[str, Encoder], part: str, dimensions: int) -> None:
    rows = encoders[part].encode(ODD)
    assert rows.shape == (len(ODD), dimensions)
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()
    assert len(encoders[part].encode([])) == 0


def test_sentence_rows_have_unit_length_and_point_where_full_precision_points(encoders: dict[str, Encoder]) -> None:
    rows = encoders["sentence"].encode(TEXTS)
    full = load_encoder(EncoderSettings(precision="float32")).encode(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    cosines = (rows * full).sum(1)
    assert len(cosines) == 60
    assert cosines.mean() >= 0.97
    assert cosines.min() >= 0.9


def test_inner_rows_are_the_mean_token_states_of_the_middle_layers(encoders: dict[str, Encoder]) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    from overheard.registry import verify_model

    folder = verify_model(PINNED_ENCODER)
    model, tokenizer = AutoModel.from_pretrained(folder).eval(), AutoTokenizer.from_pretrained(folder)
    texts = TEXTS[:10]
    rows = encoders["inner"].encode(texts)
    for text, row in zip(texts, rows, strict=True):
        with torch.no_grad():
            states = model(**tokenizer(text, return_tensors="pt"), output_hidden_states=True).hidden_states
        expected = np.concatenate([states[layer][0].mean(0).numpy() for layer in INNER_LAYERS])
        assert row @ expected / np.linalg.norm(row) / np.linalg.norm(expected) > 0.97
