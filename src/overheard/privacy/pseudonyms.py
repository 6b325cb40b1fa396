"""A person's id: a keyed hash, so that without the key nobody can test a name against the tables."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata


def new_key() -> bytes:
    """Make a market's key: 32 random bytes. It lies outside the tables; who loses it loses who is who."""
    return secrets.token_bytes(32)


def person_id_of(source: str, author: str, key: bytes) -> str:
    """Return the pseudonym of `author` at `source`: 16 hex digits of HMAC-SHA256.

    A person is one account of one source; letter case and Unicode form do not make two people.
    """
    name = unicodedata.normalize("NFKC", author).strip().casefold()
    return hmac.new(key, f"{source}\x1f{name}".encode(), hashlib.sha256).hexdigest()[:16]
