"""Readers that keep no limit: the process that reads must be ended, or refused memory, where they run."""

from __future__ import annotations

import re

from tests.fuzz.checking import Kind


def read_and_check(kind: Kind, body: bytes, url: str, content_type: str) -> str:
    """Break the limit that the body names; "read" for any other body."""
    if body == b"spin":
        # Compiled code, which sees no signal until it is done, and that is never.
        re.match(r"(a|a)*$", "a" * 60 + "b")
    if body == b"grow":
        return "read" if len(bytes(700_000_000)) else "refused"
    if body == b"fill":
        return "read" if len(b"x" * 530_000_000) else "refused"
    return "read"
