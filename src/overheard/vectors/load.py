"""Load the encoder that market.toml names."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.errors import ModelError
from overheard.registry import has_made_model, keep_made_model, made_models_dir, registry, verify_model
from overheard.settings import PINNED_ENCODER, EncoderSettings
from overheard.vectors.distil import DISTILLED_RECIPE, make_distilled
from overheard.vectors.distilled import DistilledEncoder
from overheard.vectors.encode import Encoder
from overheard.vectors.quantise import INNER_LAYERS, RECIPE, Part, make_quantised
from overheard.vectors.quantised import QuantisedEncoder


class SentenceTransformerEncoder:
    """A sentence-transformers model in float32 on the CPU."""

    def __init__(self, model: str, settings: EncoderSettings) -> None:
        """Args: model: folder or name to load; settings: of [encoder]."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # loading takes a second; its bar would stand in every log
        # Other kinds of weights are pickles, which run what they hold.
        self._model = SentenceTransformer(model, device="cpu", model_kwargs={"use_safetensors": True})
        self._batch_size = settings.batch_size

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit-length rows, shape (len(texts), dims)."""
        rows = self._model.encode(
            list(texts), batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(rows, dtype=np.float32)


def encoder_id_of(settings: EncoderSettings) -> str:
    """Return what an encoder's vectors are kept under: name, revision and precision, without loading it."""
    precision = _precision_of(settings)
    return _id_of(settings.name, precision) if settings.name in registry() else f"{settings.name}/{precision}"


def inner_encoder_id() -> str:
    """Return what the inner encoder's rows are known by: name, revision, precision and layers."""
    return f"{_id_of(PINNED_ENCODER, 'int8')}/layers-{'-'.join(map(str, INNER_LAYERS))}"


def load_encoder(settings: EncoderSettings) -> Encoder:
    """Load the encoder that market.toml names: a registered one, verified, or any sentence-transformers model.

    What is made of a registered one's weights, int8 or distilled, is made on first use and kept in the user's cache
    folder.

    Raises:
        ModelError: a registered model's weights are not the registered ones, or the named model cannot be loaded.
    """
    # The hub is never asked for a registered model; a foreign one named by the user may be fetched by its own library.
    if settings.name in registry():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        precision = _precision_of(settings)
        if precision == "int8":
            return _load_quantised(settings.name, "sentence")
        if precision != "float32":
            return _load_distilled(settings.name)
        return SentenceTransformerEncoder(str(verify_model(settings.name)), settings)
    try:
        return SentenceTransformerEncoder(settings.name, settings)
    except (OSError, ValueError) as error:
        what = str(error).splitlines()[0][:200]
        mend = f"name a folder or {sorted(registry())[0]}"
        raise ModelError(f"encoder `{settings.name}` cannot be loaded ({what}); {mend}") from None


def load_inner_encoder() -> Encoder:
    """Load the pinned encoder's middle layers: rows of shape (texts, 768), not of unit length.

    Raises:
        ModelError: the weights are not the registered ones.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    return _load_quantised(PINNED_ENCODER, "inner")


def _precision_of(settings: EncoderSettings) -> str:
    """Return how exact the vectors are, by the word that stands in their id."""
    if settings.profile == "fast":
        return f"distilled-{DISTILLED_RECIPE}"
    if settings.profile == "best" or settings.name not in registry():
        return "float32"
    return settings.precision


def _id_of(name: str, precision: str) -> str:
    return f"{name}@{registry()[name]['revision']}/{precision}"


def _load_quantised(name: str, part: Part) -> Encoder:
    folder = verify_model(name)
    graph = made_models_dir() / f"{name}@{registry()[name]['revision']}-int8-{part}-{RECIPE}.onnx"
    if not has_made_model(graph):
        make_quantised(folder, part, graph)
        keep_made_model(graph)
    return QuantisedEncoder(graph, folder / "tokenizer.json")


def _load_distilled(name: str) -> Encoder:
    folder = verify_model(name)
    table = made_models_dir() / f"{name}@{registry()[name]['revision']}-distilled-{DISTILLED_RECIPE}.safetensors"
    if not has_made_model(table):
        make_distilled(folder, table)
        keep_made_model(table)
    return DistilledEncoder(table, folder / "tokenizer.json")
