"""Static vectors distilled from the pinned encoder: one row per word piece, made from its verified weights.

The recipe is Model2Vec's (Tulkens and van Dongen, 2024, https://github.com/MinishLab/model2vec): each word piece is
encoded alone, the rows are centred, and each is weighted by smooth inverse frequency (Arora et al., 2017), its
frequency guessed from its rank in the vocabulary by Zipf's law. Model2Vec turns the rows to their principal components
and drops the last third; here all are kept, and turning alone changes no cosine. It is done here because that package's
distilling needs an older transformers than the other encoders do.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DISTILLED_RECIPE = "1"
"""Part of the name of what is made, and of its vectors' id: another recipe makes other vectors."""

SMOOTHING = 1e-4
"""Arora's `a`, as Model2Vec has it: frequency at which a word piece counts half."""

PIECES_AT_ONCE = 1024

_WORDLESS = re.compile(r"\[\w+\]")
"""Marks of the vocabulary that stand for no text: [PAD], [CLS], [unused17]; they lie before all words."""


def make_distilled(model_dir: Path, target: Path) -> None:
    """Write the table of the BERT encoder in `model_dir` to `target`, whole or not at all.

    It is a safetensors file with `embeddings`, float32, shape (word pieces, dims), a row for each id of the tokenizer.
    """
    from safetensors.numpy import save_file

    vocabulary = json.loads((model_dir / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    table = distilled_table(
        _encode_pieces(model_dir, vocabulary), np.array([not _WORDLESS.fullmatch(p) for p in pieces])
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        path = Path(folder) / "distilled.safetensors"
        save_file({"embeddings": table}, path)
        path.replace(target)


def distilled_table(rows: NDArray[np.float32], is_word: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Turn the encoder's rows of single word pieces into rows whose mean stands for a text.

    Args:
        rows: shape (word pieces, dims), commonest words first.
        is_word: which of them stand for text, shape (word pieces,); the others say nothing of frequency or direction.

    Returns:
        float32, shape (word pieces, dims).
    """
    # What all pieces share would make all texts alike.
    centre = rows[is_word].mean(axis=0, dtype=np.float64)
    ranks = np.maximum(np.cumsum(is_word), 1)
    shares = 1 / (ranks + 1)
    shares /= shares[is_word].sum()
    weights = SMOOTHING / (SMOOTHING + shares)
    table: NDArray[np.float32] = ((rows - centre) * weights[:, None]).astype(np.float32)
    return table


def _encode_pieces(model_dir: Path, vocabulary: dict[str, int]) -> NDArray[np.float32]:
    """Return the mean token state of each word piece alone between the marks of a text's ends, by id."""
    import torch
    from transformers import AutoModel
    from transformers.utils import logging

    logging.disable_progress_bar()
    encoder = AutoModel.from_pretrained(model_dir).eval()
    ids = torch.arange(len(vocabulary))
    start, end = (torch.full_like(ids, vocabulary[mark]) for mark in ("[CLS]", "[SEP]"))
    parts = []
    with torch.inference_mode():
        for texts in torch.stack([start, ids, end], dim=1).split(PIECES_AT_ONCE):
            states = encoder(input_ids=texts, attention_mask=torch.ones_like(texts)).last_hidden_state
            parts.append(states.mean(dim=1).numpy())
    return np.concatenate(parts)
