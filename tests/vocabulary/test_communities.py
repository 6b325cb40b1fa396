"""Real communities of the shared data, where they are at hand."""

import gzip
import json

import pytest

from overheard.settings import VocabularySettings
from overheard.vocabulary import Said, find_terms
from tests.vocabulary.make import KNOWN

COMMUNITIES = ("freelance", "running", "pharmacy", "solotravel")


@pytest.fixture(scope="module")
def posts(shared_data):
    path = shared_data / "corpora" / "reddit_top2013.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["community"] in COMMUNITIES]


@pytest.mark.slow
def test_a_communitys_words_tell_its_unread_posts_from_the_others(posts):
    from sklearn.metrics import roc_auc_score

    read, unread = posts[::2], posts[1::2]
    said = [Said(row["id"], row["id"], row["text"], ((0, len(row["text"])),)) for row in read]
    groups = {name: [row["id"] for row in read if row["community"] == name] for name in COMMUNITIES}
    terms = find_terms(said, groups, VocabularySettings(most_terms=20), KNOWN)
    for name in COMMUNITIES:
        texts = [term.text.lower() for term in terms if term.group_id == name]
        hits = [sum(text in row["text"].lower() for text in texts) for row in unread]
        assert len(texts) == 20
        assert roc_auc_score([row["community"] == name for row in unread], hits) > 0.9, name
