"""Where do the sentences of a turn begin and end? Rough, for telling asides; signals has the fine one."""

from __future__ import annotations

import re

from overheard.records import Span

_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s)|[。！？]+[」』）]*|\n+")


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences, without the spaces around them."""
    spans = []
    start = 0
    for found in (*_END.finditer(text), None):
        end = found.end() if found else len(text)
        piece = text[start:end]
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
        start = end
    return spans
