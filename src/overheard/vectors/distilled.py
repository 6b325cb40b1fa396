"""Encode with a table of word pieces: a text's vector is the mean of its pieces' rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from overheard.vectors.encode import MOST_TOKENS

_NOTHING = "[UNK]"


class DistilledEncoder:
    """A table that `make_distilled` wrote. It knows words, not their order or what surrounds them."""

    def __init__(self, table: Path, tokenizer: Path) -> None:
        """Args: table: the .safetensors file; tokenizer: the model's tokenizer.json."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._table: NDArray[np.float32] = load_file(table)["embeddings"]
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._nothing = self._tokenizer.token_to_id(_NOTHING) or 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit-length rows, shape (len(texts), dims); a text of no known word piece has the unknown one's."""
        rows = np.empty((len(texts), self._table.shape[1]), dtype=np.float32)
        for row, found in enumerate(self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)):
            known = [piece for piece in found.ids if piece != self._nothing]
            mean = self._table[known or [self._nothing]].mean(axis=0)
            rows[row] = mean / np.linalg.norm(mean)
        return rows
