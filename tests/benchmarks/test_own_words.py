"""What is cut from posts labelled by hand, where they are at hand: characters on the right side."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from overheard.forums import read_page
from overheard.records import Page, Span
from overheard.signals import cut_own_words
from tests.demo.make_demo import ROOT

pytestmark = pytest.mark.bench

LABELS = ROOT / "models" / "labels" / "own_words.tsv"
UNSEEN = "test 6"
"""The part no rule was changed for; the other test parts were scored once and then learnt from."""
LEAST_MEAN, MOST_LOST = 0.97, 0.02


@dataclass(frozen=True, slots=True)
class Place:
    """A labelled post: where it lies and the digest of its text, as it was labelled."""

    part: str
    corpus: str
    document: str
    digest: str


@dataclass(slots=True)
class Tally:
    """Counts of the characters of some posts, white space aside."""

    right: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    own: int = 0
    lost: int = 0
    others: int = 0
    kept: int = 0

    def add(self, text: str, not_own: Sequence[Span], labelled: Sequence[Span]) -> None:
        """Score one post."""
        is_other, is_cut = mark(text, labelled), [not kept for kept in mark(text, cut_own_words(text, not_own))]
        pairs = [pair for sign, *pair in zip(text, is_other, is_cut, strict=True) if not sign.isspace()]
        self.sizes.append(len(pairs))
        self.right.append(sum(other == cut for other, cut in pairs))
        self.own += sum(not other for other, _ in pairs)
        self.lost += sum(cut and not other for other, cut in pairs)
        self.others += sum(other for other, _ in pairs)
        self.kept += sum(other and not cut for other, cut in pairs)

    @property
    def mean(self) -> float:
        """The mean share of characters right, every post alike."""
        return sum(right / size for right, size in zip(self.right, self.sizes, strict=True)) / len(self.sizes)

    @property
    def share_lost(self) -> float:
        """The share of own words' characters that were cut."""
        return self.lost / self.own

    def line(self) -> str:
        """Say it."""
        return (
            f"{len(self.sizes):4} posts  right {self.mean:.3f} per post, {sum(self.right) / sum(self.sizes):.3f} pooled"
            f"  own words lost {self.share_lost:.3f}, others' kept {self.kept / self.others:.3f}"
        )


def mark(text: str, spans: Sequence[Span]) -> list[bool]:
    """Return for each character of `text` whether it lies in `spans`."""
    marks = [False] * len(text)
    for start, end in spans:
        marks[start:end] = [True] * (end - start)
    return marks


def load_places() -> dict[Place, list[Span]]:
    """Return each labelled post's spans of words that are not its author's own."""
    places: dict[Place, list[Span]] = defaultdict(list)
    with LABELS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            place = Place(row["part"], row["corpus"], row["document"], row["digest"])
            places[place].append((int(row["start"]), int(row["end"])))
    return places


def read_texts(data: Path, corpus: str, documents: set[str]) -> Iterator[tuple[str, str, Sequence[Span]]]:
    """Yield document, text and the spans its reader found of those asked for."""
    if corpus == "pages":
        for name in sorted({document.rpartition("#")[0] for document in documents}):
            page = Page(
                name.rpartition("/")[2], (data / "pages" / name).read_bytes(), "", datetime(2026, 11, 1, tzinfo=UTC)
            )
            posts = [post for reading in read_page(page) for post in reading.posts]
            for ordinal, post in enumerate(posts):
                if f"{name}#{ordinal}" in documents:
                    yield f"{name}#{ordinal}", post.text, post.not_own
        return
    with gzip.open(data / "corpora" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            if row.get("id") in documents:
                yield row["id"], row["text"], ()


def test_of_each_labelled_post_its_authors_words_are_kept_and_nothing_else(shared_data: Path) -> None:
    """Prints, part by part, how many characters are right; posts whose text has changed since are left out."""
    places = load_places()
    by_document = {(place.corpus, place.document): place for place in places}
    tallies: dict[str, Tally] = defaultdict(Tally)
    for corpus in sorted({place.corpus for place in places}):
        documents = {place.document for place in places if place.corpus == corpus}
        for document, text, not_own in read_texts(shared_data, corpus, documents):
            place = by_document[corpus, document]
            if sha256(text.encode()).hexdigest()[: len(place.digest)] != place.digest:
                continue
            for part in {place.part, place.part.split()[0]}:
                tallies[part].add(text, not_own, places[place])
    print()
    for part in sorted(tallies):
        print(f"{part:12}{tallies[part].line()}")
    found = sum(len(tallies[part].sizes) for part in ("development", "test"))
    assert found >= 0.95 * len(places), f"{found} of {len(places)} labelled posts found as they were"
    for part in ("development", "test", UNSEEN):
        assert tallies[part].mean >= LEAST_MEAN, f"{part}: {tallies[part].mean:.4f}"
        assert tallies[part].share_lost <= MOST_LOST, f"{part}: {tallies[part].share_lost:.4f}"
