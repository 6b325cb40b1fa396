"""What one would write without overheard, to be measured beside it: every library at its defaults.

    python -m tests.benchmarks.plain_script POSTS.jsonl TERMS.json

spaCy's sentences → sentence-transformers on torch → BERTopic → its c-TF-IDF words of every topic and community.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bertopic import BERTopic
from sentence_transformers import SentenceTransformer

from overheard.registry import SENTENCE_MODEL, verify_model
from overheard.settings import PINNED_ENCODER

SPACY_BATCH = 1000
LONGEST_TEXT = 100_000
"""Characters; of a longer one (a pasted log) spaCy's parser wants gigabytes, or refuses it."""


def run(posts_path: Path, terms_path: Path) -> None:
    """Write the ten top words of every topic, in all and by community, and print the seconds of each stage."""
    with posts_path.open(encoding="utf-8") as lines:
        posts = [json.loads(line) for line in lines]
    sentences, owners = _timed("sentences", lambda: _split([post["text"] for post in posts]))
    encoder = SentenceTransformer(str(verify_model(PINNED_ENCODER)), device="cpu")
    rows = _timed("vectors", lambda: encoder.encode(sentences, show_progress_bar=False))
    model = BERTopic(language="english")
    topics, _ = _timed("topics", lambda: model.fit_transform(sentences, rows))
    communities = [posts[owner]["community"] for owner in owners]
    by_class = _timed("words by group", lambda: model.topics_per_class(sentences, classes=communities))
    kept = {"topics": len(set(topics)), "unassigned": topics.count(-1) / len(topics), "groups": len(by_class)}
    words = {str(topic): [word for word, _ in model.get_topic(topic)] for topic in sorted(set(topics))}
    terms_path.write_text(json.dumps(kept | {"words": words}), encoding="utf-8")


def _split(texts: list[str]) -> tuple[list[str], list[int]]:
    """Every sentence and the number of the post it stands in."""
    import spacy

    pipeline = spacy.load(verify_model(SENTENCE_MODEL))
    found = [
        (sentence.text, owner)
        for owner, document in enumerate(pipeline.pipe((text[:LONGEST_TEXT] for text in texts), batch_size=SPACY_BATCH))
        for sentence in document.sents
    ]
    return [text for text, _ in found], [owner for _, owner in found]


def _timed(stage: str, work: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = work()
    print(f"{stage}: {time.perf_counter() - started:.1f} s", flush=True)
    return result


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
