"""Which code made something: digests of this package's files and of the libraries results depend on."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

import overheard
from overheard.storage import digest_of

# What is computed depends on these; another version makes the steps run again.
_LIBRARIES = (
    "bertopic",
    "hdbscan",
    "numpy",
    "onnxruntime",
    "scikit-learn",
    "sentence-transformers",
    "spacy",
    "torch",
    "umap-learn",
)


def library_versions() -> dict[str, str]:
    """Return the versions of this package and of the libraries results depend on, by name."""
    return {name: metadata.version(name) for name in ("overheard", *_LIBRARIES)}


@cache
def code_digest(room: str = "") -> str:
    """Return a digest of this package's files, or of one room's, and of the versions of the libraries."""
    package = Path(overheard.__file__).parent
    parts = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
    for path in sorted((package / room).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            parts.append(f"{path.relative_to(package)} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return digest_of(*parts)
