"""Do the terms mined from one half of a community's posts tell its other posts from those of other communities?

The community is the truth. Scored by the scorer that stands beside the real data, on communities and other sources that
no number of ours was chosen on; beside ours, four rankings of the scorer's own on the same posts.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from overheard.settings import VocabularySettings
from overheard.steps.asked.filters import MOST_WORDS
from overheard.steps.word_ranks import load_common_words
from overheard.vocabulary import Said, rank_terms

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]

UNSEEN = ("Chefit", "Entrepreneur", "HITsWorthTurkingFor", "Libraries", "Mommit", "RealEstate", "farming", "freelance",
          "homestead", "pharmacy", "photography", "running", "solotravel", "vmware")  # fmt: skip
"""Communities of 150 posts and more that were looked at once, when all was chosen."""

OTHER_KINDS = ("jsparty", "brainscience", "podcast", "passwords-and-sign-in", "tabs", "send-and-receive-email")
"""Interviews by show and support questions by topic; as many of each as a community has posts at most."""

MOST_POSTS, LEAST_CHARACTERS = 300, 300
TOP = 20
FLOORS = {"auc": 0.93, "rbo": 0.75}
BASELINES = ("TF-IDF", "c-TF-IDF", "log-odds z", "log-odds z on posts")
Row = dict[str, Any]
Mine = Callable[[Sequence[Row], Sequence[Row]], list[str]]
Gold = Mapping[str, Mapping[str, list[Row]]]


def digest(text: str) -> int:
    return int(hashlib.sha1(text.encode()).hexdigest(), 16)


def load_rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def cut_gold(posts: Mapping[str, Sequence[Row]]) -> Gold:
    """Cut each community into halves by hash."""
    gold: dict[str, dict[str, list[Row]]] = {}
    for community, rows in posts.items():
        chosen = sorted(rows, key=lambda row: digest("o" + row["id"]))[:MOST_POSTS]
        gold[community] = {"mine": [], "test": []}
        for row in chosen:
            text = f"{row.get('title') or ''}\n\n{row['text'] or ''}"
            half = "mine" if digest(row["id"]) % 2 else "test"
            gold[community][half].append({"id": row["id"], "community": community, "half": half, "text": text})
    return gold


@pytest.fixture(scope="module")
def scorer(shared_data: Path) -> ModuleType:
    """The scorer, counting each half of a community once instead of once a ranking and community."""
    path = shared_data.parent / "score" / "score_words.py"
    spec = importlib.util.spec_from_file_location("score_words", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    spec.loader.exec_module(module)
    sys.path.remove(str(path.parent))
    count, counted = module.counts, {}

    def counts(rows: Sequence[Row]) -> tuple[Counter[str], Counter[str]]:
        parts = defaultdict(list)
        for row in rows:
            parts[row["community"], row["half"]].append(row)
        total: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        for key, part in parts.items():
            if key not in counted:
                counted[key] = count(part)
            for sums, more in zip(total, counted[key], strict=True):
                sums.update(more)
        return total

    module.counts = counts  # type: ignore[attr-defined]
    return module


def mine_terms(ranks: Mapping[str, int]) -> Mine:
    def said(rows: Sequence[Row]) -> list[Said]:
        return [Said(row["id"], row["id"], text := row["text"] or "", ((0, len(text)),)) for row in rows]

    def mine(target: Sequence[Row], reference: Sequence[Row]) -> list[str]:
        terms = rank_terms(said(target), said(reference), VocabularySettings(), MOST_WORDS, ranks)
        return [term.text for term in terms[:TOP]]

    return mine


def measure(scorer: ModuleType, name: str, gold: Gold) -> dict[str, dict[str, float]]:
    """Print and return the figures of each ranking."""
    ranks = {word: rank for rank, word in enumerate(load_common_words(), start=1)}
    rankings = {"overheard": mine_terms(ranks)} | {kind: scorer.baseline(kind) for kind in BASELINES}
    posts = sum(len(rows) for halves in gold.values() for rows in halves.values())
    print(f"\n# {name}: {len(gold)} communities, {posts} posts")
    figures = {}
    for kind, mine in rankings.items():
        began = time.perf_counter()
        figures[kind], lists = scorer.evaluate(gold, mine)
        print(f"{scorer.summary(kind, figures[kind])}, {time.perf_counter() - began:.0f} s")
        if kind == "overheard":
            print("\n".join(f"   {community}: {', '.join(terms)}" for community, terms in lists.items()))
    return figures


@pytest.mark.timeout(1800)
def test_terms_of_unseen_communities_tell_their_unread_posts_and_come_back(
    scorer: ModuleType, shared_data: Path
) -> None:
    posts = defaultdict(list)
    for row in load_rows(shared_data / "corpora" / "reddit_top2013.jsonl.gz"):
        if row["community"] in UNSEEN:
            posts[row["community"]].append(row)
    figures = measure(scorer, "forum communities", cut_gold(posts))
    ours = figures.pop("overheard")
    assert ours["auc"] >= FLOORS["auc"]
    assert ours["rbo"] >= FLOORS["rbo"]
    assert ours["clean"] >= 0.99
    assert ours["auc"] > max(theirs["auc"] for theirs in figures.values())


@pytest.mark.timeout(1800)
def test_terms_of_interviews_and_support_questions(scorer: ModuleType, shared_data: Path) -> None:
    posts = defaultdict(list)
    for row in load_rows(shared_data / "corpora" / "changelog_interviews.jsonl.gz"):
        if row["community"] in OTHER_KINDS and len(row["text"]) >= LEAST_CHARACTERS:
            posts[row["community"]].append(row)
    for row in load_rows(shared_data / "corpora" / "mozilla_support.jsonl.gz"):
        if row.get("topic") in OTHER_KINDS:
            posts[row["topic"]].append(row)
    ours = measure(scorer, "interviews and support", cut_gold(posts))["overheard"]
    assert ours["clean"] >= 0.99


def test_twelve_thousand_posts_take_seconds(shared_data: Path) -> None:
    rows = load_rows(shared_data / "corpora" / "reddit_top2013.jsonl.gz")
    mine = mine_terms({word: rank for rank, word in enumerate(load_common_words(), start=1)})
    target = [row for row in rows if row["community"] == "freelance"]
    reference = [row for row in rows if row["community"] != "freelance"]
    began = time.process_time()
    mine(target, reference)
    seconds = time.process_time() - began
    print(f"\n{len(rows)} posts: {seconds:.1f} s of one core")
    assert seconds < 30
