"""Which authors of a plain file of posts write about the same? The segments' own method, without a market around it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overheard.people.needs.evidence import Evidence, rows_by_person
from overheard.people.needs.space import NeedSpace, Sayings
from overheard.people.segments.fit import FEWEST_PEOPLE
from overheard.people.segments.grouping import find_groups
from overheard.people.segments.held_out import fit_places, held_out_places
from overheard.people.segments.threads import one_thread
from overheard.people.segments.validity import half_agreement, least_agreement, split_halves
from overheard.records import id_of
from overheard.settings import PeopleSettings

LEAST_PROBABILITY = 0.4
"""Everybody above it is placed: the caller sees the probability and can cut where the use demands it."""
_FEWEST_WORDS = 30
"""Of an author, in all their posts; a "thanks, that did it" places nobody."""
_FEWEST_POST_WORDS = 8
_ENOUGH_WORDS = 60
"""Of an author with a single post, to be among those the groups are fitted on."""


@dataclass(frozen=True, slots=True)
class AuthorPost:
    """One line of the input: what `author` wrote in `thread`."""

    author: str
    thread: str
    text: str


@dataclass(frozen=True, slots=True)
class AuthorPlace:
    """One line of the output; `segment_id` is None where too little is known or nothing groups."""

    person_id: str
    segment_id: str | None
    probability: float


def choose_posts(posts: Sequence[AuthorPost], most_per_author: int = 20) -> list[int]:
    """Choose the posts worth encoding: a fair draw of each author's, for encoding all of a talkative one adds little.

    The draw is by a digest of the text, so that the order of posts does not matter. Posts of a few words come last. (Of
    about 300 speakers 20 drawn turns give ARI .37, 12 drawn ones .30, the 12 longest .28 to .30.)

    Returns:
        Rows of `posts`, increasing.
    """
    by_author: dict[str, list[int]] = defaultdict(list)
    for row, post in enumerate(posts):
        by_author[post.author].append(row)
    chosen = []
    for rows in by_author.values():
        chosen += sorted(rows, key=lambda row: _draw(posts[row].text))[:most_per_author]
    return sorted(chosen)


def _draw(text: str) -> tuple[bool, str]:
    return len(text.split()) < _FEWEST_POST_WORDS, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@one_thread()
def group_authors(
    posts: Sequence[AuthorPost], encoded: Sequence[int], vectors: NDArray[np.float32], settings: PeopleSettings
) -> list[AuthorPlace]:
    """Group the authors of posts by what they write about.

    Args:
        posts: in any order; every post's words count.
        encoded: rows of `posts` that were encoded (see `choose_posts`).
        vectors: their sentence vectors, unit length, shape (len(encoded), dims).
        settings: the most segments and the seed.

    Returns:
        One place an author, by author. All are without a segment where the file holds none.
    """
    vector_rows = {post: row for row, post in enumerate(encoded)}
    evidence = [
        Evidence(post.author, post.thread, None, 1, post.text, vector_rows.get(row)) for row, post in enumerate(posts)
    ]
    people = rows_by_person(evidence)
    words = {author: sum(len(posts[row].text.split()) for row in rows) for author, rows in people.items()}
    placeable = {author: rows for author, rows in people.items() if words[author] >= _FEWEST_WORDS}
    fitted = [rows for author, rows in placeable.items() if len(rows) > 1 or words[author] >= _ENOUGH_WORDS]
    nowhere = [AuthorPlace(author, None, 0.0) for author in people]
    if len(fitted) < FEWEST_PEOPLE:
        return nowhere
    sayings = Sayings(evidence, vectors)
    space = NeedSpace(sayings, fitted)
    grouping = find_groups(space.place(fitted), space.describe(fitted), settings.most_segments, settings.seed)
    if grouping is None:
        return nowhere
    rows = list(placeable.values())
    splits = split_halves(evidence, rows, settings.seed)
    if half_agreement(sayings, splits, grouping.chosen.groups, settings.seed) < least_agreement(len(fitted)):
        return nowhere
    certain = _certainties(space, grouping.labels, fitted, rows, settings.seed)
    labels, probabilities = certain.argmax(axis=1), certain.max(axis=1)
    members: dict[int, list[str]] = defaultdict(list)
    for author, label in zip(placeable, labels.tolist(), strict=True):
        members[label].append(author)
    segment_ids = {label: id_of("segment of authors", *authors) for label, authors in members.items()}
    found = {
        author: AuthorPlace(author, segment_ids[label] if probability >= LEAST_PROBABILITY else None, probability)
        for author, label, probability in zip(placeable, labels.tolist(), probabilities.tolist(), strict=True)
    }
    return [found.get(author, AuthorPlace(author, None, 0.0)) for author in people]


def _certainties(
    space: NeedSpace, labels: NDArray[np.int64], fitted: Sequence[list[int]], rows: Sequence[list[int]], seed: int
) -> NDArray[np.float64]:
    """Place those fitted on by what the others say, and the rest by what all fitted say, shape (rows, groups)."""
    described = space.describe(fitted)
    held_out = iter(held_out_places(described, labels, seed))
    among = {id(own) for own in fitted}
    others = [own for own in rows if id(own) not in among]
    placed = iter(fit_places(described, labels, space.describe(others)) if others else ())
    return np.array([next(held_out if id(own) in among else placed) for own in rows])
