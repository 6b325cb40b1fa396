"""People into segments: real speakers and askers against where they speak, beside simpler recipes told the number."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score
from sklearn.model_selection import cross_val_predict
from sklearn.preprocessing import normalize

from overheard.people import AuthorPost, choose_posts, group_authors
from overheard.settings import EncoderSettings, PeopleSettings
from overheard.vectors import load_encoder

pytestmark = pytest.mark.bench

SETTINGS = PeopleSettings()
FEWEST_WORDS = 1000
HOST_EPISODES = 5
"""Who speaks in so many episodes hosts them."""
MOST_PEOPLE = 600
TOPICS = 20


@dataclass(frozen=True)
class People:
    """Posts, which of them are encoded, their vectors, and where each author mostly writes."""

    posts: Sequence[AuthorPost]
    encoded: Sequence[int]
    vectors: NDArray[np.float32]
    home: Mapping[str, str]


def load_rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def by_author(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["author"]].append(row)
    return grouped


def make_people(rows: Sequence[dict[str, Any]], home: Mapping[str, str]) -> People:
    posts = [
        AuthorPost(row["author"], row["thread"], f"{row['title']}. {row['text']}" if row["title"] else row["text"])
        for row in rows
    ]
    encoded = choose_posts(posts)
    texts = [" ".join(posts[row].text.split()[:60]) for row in encoded]
    return People(posts, encoded, load_encoder(EncoderSettings()).encode(texts), home)


@pytest.fixture(scope="module")
def speakers(shared_data: Path) -> People:
    """Speakers of 1,000 words and more against their show, hosts left out."""
    authors = by_author(load_rows(shared_data / "corpora" / "changelog_interviews.jsonl.gz"))
    kept = {
        author: rows
        for author, rows in authors.items()
        if sum(len(row["text"].split()) for row in rows) >= FEWEST_WORDS
        and len({row["thread"] for row in rows}) < HOST_EPISODES
    }
    home = {
        author: Counter({show: sum(len(row["text"].split()) for row in rows if row["community"] == show)
                         for show in {row["community"] for row in rows}}).most_common(1)[0][0]
        for author, rows in sorted(kept.items())
    }  # fmt: skip
    return make_people([row for rows in kept.values() for row in rows if len(row["text"].split()) >= 8], home)


@pytest.fixture(scope="module")
def askers(shared_data: Path) -> People:
    """Askers of three questions and more against the topic they most often chose."""
    rows = load_rows(shared_data / "corpora" / "mozilla_support.jsonl.gz")
    authors = by_author([row for row in rows if row.get("topic")])
    often = [author for author, rows in authors.items() if len(rows) >= 3]
    chosen = sorted(often, key=lambda author: hashlib.sha256(author.encode()).hexdigest())[:MOST_PEOPLE]
    home = {
        author: Counter(f"{row['community']}/{row['topic']}" for row in authors[author]).most_common(1)[0][0]
        for author in chosen
    }
    return make_people([row for author in chosen for row in authors[author]], home)


def told_the_number(people: People) -> dict[str, float]:
    """ARI of recipes that are told how many groups there are, over all people."""
    authors = sorted(people.home)
    home = [people.home[author] for author in authors]
    groups = len(set(home))
    rows = {author: [at for at, post in enumerate(people.posts) if post.author == author] for author in authors}
    at = {row: number for number, row in enumerate(people.encoded)}
    vectors = [people.vectors[[at[row] for row in rows[author] if row in at]] for author in authors]
    means = normalize(np.array([own.mean(axis=0) for own in vectors]))
    topics = KMeans(TOPICS, n_init=3, random_state=7).fit(np.vstack(vectors))
    shares = np.array([np.bincount(topics.predict(own), minlength=TOPICS) / len(own) for own in vectors])
    texts = [" ".join(people.posts[row].text for row in rows[author]) for author in authors]
    words = TfidfVectorizer(sublinear_tf=True, min_df=3, max_df=0.4, stop_words="english").fit_transform(texts)
    latent = normalize(TruncatedSVD(20, random_state=7).fit_transform(words))

    def ari(features: NDArray[np.float64]) -> float:
        return float(adjusted_rand_score(home, KMeans(groups, n_init=10, random_state=7).fit_predict(features)))

    guessed = cross_val_predict(LogisticRegression(C=10, max_iter=500), np.hstack([latent, means]), home, cv=5)
    return {
        "mean vectors, k-means": ari(means),
        f"shares of {TOPICS} topics, k-means": ari(np.sqrt(shares)),
        "TF-IDF, LSA 20, k-means": ari(latent),
        "supervised, five folds": float(adjusted_rand_score(home, guessed)),
    }


def print_figures(name: str, people: People) -> tuple[float, float]:
    """Print ARI and coverage beside the recipes that are told the number; return both of ours."""
    places = {place.person_id: place.segment_id for place in group_authors(
        people.posts, people.encoded, people.vectors, SETTINGS
    )}  # fmt: skip
    placed = [author for author in sorted(people.home) if places.get(author)]
    found = adjusted_rand_score([people.home[one] for one in placed], [places[one] for one in placed])
    coverage = len(placed) / len(people.home)
    print(f"\n# {name}: {len(people.home)} people, {len(set(people.home.values()))} homes")
    print(f"{'overheard (number not told)':36} ARI {found:.3f} of those placed, coverage {coverage:.2f}, "
          f"{len({places[one] for one in placed})} segments")  # fmt: skip
    for recipe, ari in told_the_number(people).items():
        print(f"{recipe:36} ARI {ari:.3f}")
    again = resampled(people, places)
    print(f"{'without every tenth person':36} ARI {again:.3f} with the above")
    return float(found), coverage


def resampled(people: People, places: Mapping[str, str | None]) -> float:
    """Compare with the segments found when every tenth person was not there."""
    authors = sorted(people.home)
    left = set(authors) - set(authors[::10])
    kept = [row for row, post in enumerate(people.posts) if post.author in left]
    at = {row: number for number, row in enumerate(people.encoded)}
    encoded = [number for number, row in enumerate(kept) if row in at]
    vectors = people.vectors[[at[row] for row in kept if row in at]]
    found = group_authors([people.posts[row] for row in kept], encoded, vectors, SETTINGS)
    both = [(place.segment_id, places[place.person_id]) for place in found
            if place.segment_id and places.get(place.person_id)]  # fmt: skip
    return float(adjusted_rand_score(*zip(*both, strict=True))) if both else 0.0


def test_speakers_against_their_show(speakers: People) -> None:
    ari, coverage = print_figures("speakers against their show", speakers)
    assert ari >= 0.28
    assert coverage >= 0.8


def test_askers_against_their_topic(askers: People) -> None:
    print_figures("askers against their most frequent topic", askers)
