"""Identifiers that follow from what they name."""

from __future__ import annotations

import hashlib


def id_of(*parts: object) -> str:
    """Return the identifier of a natural key: 16 hex digits of sha256 over its parts."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode(errors="replace")).hexdigest()[:16]
