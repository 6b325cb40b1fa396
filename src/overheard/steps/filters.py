"""The plain filters: one file in, rows out, no market needed. Each calls the same rooms as the pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from overheard.errors import BadInputError, UnreadableError
from overheard.forums import read_page
from overheard.forums.address import address_of
from overheard.pains import group_texts
from overheard.people import AuthorPost, choose_posts, group_authors
from overheard.records import Page, Reading, Span
from overheard.registry import verify_model
from overheard.settings import EncoderSettings, PainSettings, PeopleSettings, SignalSettings, VocabularySettings
from overheard.signals import detect_texts, load_sentence_splitter
from overheard.steps.lines import load_lines
from overheard.steps.signals import SENTENCE_MODEL
from overheard.transcripts import read_transcript
from overheard.vectors import Encoder, encode_missing, key_of_text, load_encoder
from overheard.vocabulary import Said, rank_terms, write_table

Row = dict[str, Any]

MOST_WORDS = 200
"""Terms the `words` filter prints; nobody reads more."""


def read_file(path: Path, url: str | None) -> tuple[Reading, ...]:
    """Read a forum page, a forum payload or a transcript.

    Returns:
        One reading a thread or talk.

    Raises:
        BadInputError: there is no such file, or nothing in it can be read.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise BadInputError(str(path), error.strerror or "cannot be read", "check its name") from None
    fetched_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    address = url or address_of(body) or path.name
    try:
        return read_page(Page(address, body, "", fetched_at))
    except UnreadableError as error:
        as_page = error
    try:
        return (read_transcript(str(path), body),)
    except UnreadableError as error:
        # What it looks like decides which of the two refusals helps.
        looks_like_markup = body.lstrip()[:1] in (b"<", b"{", b"[")
        raise UnreadableError(
            str(path), *((as_page.what, as_page.mend) if looks_like_markup else (error.what, error.mend))
        ) from None


def posts_of(readings: Iterable[Reading]) -> Iterator[Row]:
    """Return the posts as rows."""
    for post in (post for reading in readings for post in reading.posts):
        yield {
            "text": post.text,
            "not_own": [list(span) for span in post.not_own],
            "author": post.author,
            "said_at": post.said_at.isoformat() if post.said_at else None,
            "url": post.url,
            "position": post.position,
            "replies_to": post.replies_to,
        }


def detect_in(path: Path, everything: bool) -> Iterator[Row]:
    """Return signals of every line's text; with `everything`, each sentence × kind of probability .01 or more."""
    rows = load_lines(path, ("id", "text"))
    splitter = load_sentence_splitter(verify_model(SENTENCE_MODEL))
    judged = detect_texts([str(row["text"]) for row in rows], splitter, SignalSettings())
    for row, findings in zip(rows, judged, strict=True):
        for finding, said in findings:
            if said or everything:
                yield {"id": row["id"], **asdict(finding), "said": said, "evidence": list(finding.evidence)}


def topics_in(path: Path) -> Iterator[Row]:
    """Return each line's topic."""
    rows = load_lines(path, ("id", "text"))
    texts = [str(row["text"]) for row in rows]
    vectors = _encode(texts, load_encoder(EncoderSettings()))
    for row, (_, topic_id, probability) in zip(
        rows, group_texts(texts, vectors, [str(row["id"]) for row in rows], PainSettings()), strict=True
    ):
        yield {"id": row["id"], "topic_id": topic_id, "probability": round(probability, 4)}


def people_in(path: Path) -> Iterator[Row]:
    """Return each author's segment."""
    posts = [
        AuthorPost(str(row["author"]), str(row.get("thread") or row["id"]), str(row["text"]))
        for row in load_lines(path, ("id", "author", "text"))
    ]
    encoded = choose_posts(posts)
    vectors = _encode([posts[row].text for row in encoded], load_encoder(EncoderSettings()))
    for place in group_authors(posts, encoded, vectors, PeopleSettings()):
        yield asdict(place) | {"probability": round(place.probability, 4)}


def words_in(target: Path, reference: Path) -> str:
    """Return the words the target uses and the reference does not, as CSV, best first."""
    return write_table(rank_terms(_said_in(target), _said_in(reference), VocabularySettings(), MOST_WORDS))


def _said_in(path: Path) -> list[Said]:
    said = []
    for number, row in enumerate(load_lines(path, ("id", "text"))):
        text = str(row["text"])
        whole: tuple[Span, ...] = ((0, len(text)),)
        said.append(Said(str(row["id"]), str(row.get("author") or f"line {number}"), text, whole))
    return said


def _encode(texts: list[str], encoder: Encoder) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return unit rows, shape (texts, dimensions); equal texts are encoded once."""
    kept: dict[str, np.ndarray[Any, np.dtype[np.float32]]] = {}
    encode_missing(texts, (), encoder, lambda keys, rows: kept.update(zip(keys, rows, strict=True)))
    return np.stack([kept[key_of_text(text)] for text in texts]) if texts else np.zeros((0, 1), dtype=np.float32)
