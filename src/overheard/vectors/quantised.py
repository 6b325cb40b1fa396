"""Run a quantised graph: one text at a time, several texts side by side."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from overheard.vectors.encode import MOST_TOKENS


class QuantisedEncoder:
    """A graph that `make_quantised` wrote.

    Activations are scaled by the largest of what is computed together, so in a batch a text's vector would depend on
    its neighbours, and the same sentence would move from night to night. Each text is therefore computed alone, on one
    thread; the threads share out the texts. A batch of like lengths would be 1.6 times as fast.
    """

    def __init__(self, graph: Path, tokenizer: Path) -> None:
        """Args: graph: the .onnx file; tokenizer: the model's tokenizer.json."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text, shape (len(texts), dims)."""
        with ThreadPoolExecutor(_cores()) as threads:
            rows = list(threads.map(self._encode_one, texts))
        return np.stack(rows) if rows else np.zeros((0, 1), dtype=np.float32)

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        row = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        return np.asarray(row, dtype=np.float32)


def _cores() -> int:
    """Return how many threads to use: all cores that are ours, or as many as OMP_NUM_THREADS leaves us."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    if told.isdecimal() and int(told):
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
