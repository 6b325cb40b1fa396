"""Load the encoder that market.toml names."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.errors import ModelError
from overheard.registry import registry, verify_model
from overheard.settings import EncoderSettings
from overheard.vectors.encode import Encoder


class SentenceTransformerEncoder:
    """A sentence-transformers model in float32 on the CPU."""

    def __init__(self, model: str, settings: EncoderSettings) -> None:
        """Args: model: folder or name to load; settings: of [encoder]."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # loading takes a second; its bar would stand in every log
        self._model = SentenceTransformer(model, device="cpu")
        self._batch_size = settings.batch_size

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit-length rows, shape (len(texts), dims)."""
        rows = self._model.encode(
            list(texts), batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(rows, dtype=np.float32)


def encoder_id_of(settings: EncoderSettings) -> str:
    """Return what an encoder's vectors are kept under: name, revision and precision, without loading it."""
    entry = registry().get(settings.name)
    return f"{settings.name}@{entry['revision']}/float32" if entry else f"{settings.name}/float32"


def load_encoder(settings: EncoderSettings) -> Encoder:
    """Load the encoder that market.toml names: a registered one, verified, or any sentence-transformers model.

    Raises:
        ModelError: a registered model's weights are not the registered ones, or the named model cannot be loaded.
    """
    # The hub is never asked for a registered model; a foreign one named by the user may be fetched by its own library.
    if settings.name in registry():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        return SentenceTransformerEncoder(str(verify_model(settings.name)), settings)
    try:
        return SentenceTransformerEncoder(settings.name, settings)
    except (OSError, ValueError) as error:
        what = str(error).splitlines()[0][:200]
        mend = f"name a folder or {sorted(registry())[0]}"
        raise ModelError(f"encoder `{settings.name}` cannot be loaded ({what}); {mend}") from None
