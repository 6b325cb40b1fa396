"""Encode what the cache does not hold, in an order that a killed and restarted run repeats."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

CHUNK = 512
"""Texts between two saves: a kill loses at most half a minute of encoding."""


MOST_TOKENS = 256
"""Word pieces the pinned encoder was trained to read; what follows is cut."""


Chunk = tuple[list[str], list[str]]
"""Keys and their texts."""


class Encoder(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit-length rows, shape (len(texts), dimensions)."""
        ...


def key_of_text(text: str) -> str:
    """Return the content hash a text's vector is kept under: 32 hex digits of sha256 of the normalised text."""
    normal = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(normal.encode()).hexdigest()[:32]


def missing_chunks(texts: Iterable[str], known: Collection[str], size: int = CHUNK) -> list[Chunk]:
    """Return the keys and texts of each distinct text whose key is not in `known`, in chunks of `size`.

    Texts are taken by length, then by key: chunks hold texts of like length, and since finished chunks are a prefix of
    that order, a restarted run makes the same chunks as an undisturbed one and so the same bytes.

    Args:
        texts: any order, repeats allowed.
        known: keys of what is there already.
        size: texts between two saves.
    """
    missing = {key: text for text in texts if (key := key_of_text(text)) not in known}
    order = sorted(missing, key=lambda key: (len(missing[key]), key))
    chunks = [order[start : start + size] for start in range(0, len(order), size)]
    return [(keys, [missing[key] for key in keys]) for keys in chunks]


def encode_missing(
    texts: Iterable[str],
    known: Collection[str],
    encoder: Encoder,
    save_chunk: Callable[[list[str], NDArray[np.float32]], None],
) -> int:
    """Encode each distinct text whose key is not in `known`, handing over chunks as they are done (`missing_chunks`).

    Args:
        texts: any order, repeats allowed.
        known: keys whose vectors are there already.
        encoder: makes the vectors.
        save_chunk: called with keys and float32 vectors of shape (keys, dims).

    Returns:
        How many texts were encoded.
    """
    chunks = missing_chunks(texts, known)
    for keys, missing in chunks:
        save_chunk(keys, encoder.encode(missing))
    return sum(len(keys) for keys, _ in chunks)
