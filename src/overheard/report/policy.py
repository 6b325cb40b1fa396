"""What may a page apply and run? Its own style and script, each named by its hash; nothing else, from nowhere."""

from __future__ import annotations

import base64
import hashlib

NOT_COVERED_BY_DEFAULT = "base-uri 'none'; form-action 'none'"
"""Directives that `default-src` does not stand in for."""


def policy_of(style: str, script: str = "") -> str:
    """Return the Content Security Policy of a page with this inline style and script."""
    scripts = f" script-src {_source_of(script)};" if script else ""
    return f"default-src 'none'; style-src {_source_of(style)};{scripts} img-src data:; {NOT_COVERED_BY_DEFAULT}"


def _source_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
