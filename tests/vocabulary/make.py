"""Makes what the tests of this room say to each other."""

from __future__ import annotations

from collections.abc import Iterable

from overheard.vocabulary import Said


def make_said(texts: Iterable[str], side: str = "p", people: int = 10**9) -> list[Said]:
    """One utterance a text, by as many persons in turn."""
    return [
        Said(f"{side}-u{number}", f"{side}{number % people}", text, ((0, len(text)),))
        for number, text in enumerate(texts)
    ]
