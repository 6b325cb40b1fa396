"""How often customers fall to their own segment, what three questions recover, and how long 100,000 rows take."""

from __future__ import annotations

import csv
import gzip
import json
import random
import resource
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from overheard.people import Evidence
from overheard.people.assigning import Assigner, Check, SentenceMeans, fit_assigner, pieces_of
from overheard.settings import EncoderSettings
from overheard.steps.asked.assign import fit_questions, load_known, plan_assignment
from overheard.steps.asked.assigned import lines_of_questions, write_assigned
from overheard.steps.market import Market
from overheard.vectors import load_encoder
from tests.conftest import NIGHT

pytestmark = pytest.mark.bench

ROWS = 100_000
SEEDS = (7, 8, 9)


def tell(what: str, check: Check, seconds: float) -> None:
    """Print one line of figures."""
    print(
        f"{what}: {check.people} people, accuracy {check.accuracy:.3f} (largest segment {check.chance:.3f}), "
        f"assigned {check.coverage:.3f}, of them right {check.right:.3f}, {seconds:.0f} s"
    )


def test_what_people_of_the_demo_market_wrote_in_one_thread_and_what_they_would_answer(demo_run: Path) -> None:
    known = load_known(Market(demo_run, NIGHT))
    pieces = pieces_of(known.evidence, known.segment_of)
    readers = {
        "fast": load_encoder(EncoderSettings(profile="fast")).encode,
        "closely": SentenceMeans(load_encoder(EncoderSettings()).encode).encode,
    }
    print("\n# demo market, one thread of a person left out")
    for name, encode in readers.items():
        for seed in SEEDS if name == "fast" else SEEDS[:1]:
            began = time.perf_counter()
            assigner = fit_assigner(pieces, encode, seed)
            assert isinstance(assigner, Assigner)
            tell(f"{name}, seed {seed}", assigner.check, time.perf_counter() - began)
            assert assigner.check.right >= 0.8
    key = fit_questions(known)
    assert not isinstance(key, str)
    print("\n".join(lines_of_questions(known, key)))
    assert key.check.accuracy >= 0.75


def test_a_hundred_thousand_rows(demo_run: Path, tmp_path: Path) -> None:
    known = load_known(Market(demo_run, NIGHT))
    draw = random.Random(7)
    words = [word for one in known.evidence for word in one.text.split()]
    people = tmp_path / "crm.csv"
    with people.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "plan", "ticket"])
        for number in range(ROWS):
            first, second = draw.choice(known.evidence).text, " ".join(draw.choices(words, k=12))
            writer.writerow([number, draw.choice(["free", "pro"]), f"{first} {second}"])
    began = time.perf_counter(), time.process_time()
    plan = plan_assignment(known, people, [], None, closely=False)
    counts = write_assigned(plan, tmp_path / "assigned.csv", plan.rows())
    wall, processor = time.perf_counter() - began[0], time.process_time() - began[1]
    print(f"\n# {ROWS} rows of distinct text: {wall / 60:.1f} minutes, {processor:.0f} s of one processor,")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most, {counts}")
    assert counts.rows == ROWS


def test_askers_of_support_questions_by_their_most_frequent_topic(shared_data: Path) -> None:
    posts: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(shared_data / "corpora" / "mozilla_support.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            post = json.loads(line)
            if post.get("text") and post.get("topic"):
                posts[post["author"]].append(post)
    most = {key: Counter(one["topic"] for one in own).most_common(1)[0][0] for key, own in posts.items()}
    told = {key: topic for key, topic in most.items() if len(posts[key]) >= 3 and topic != "other"}
    kept = {topic for topic, _ in sorted(Counter(told.values()).items(), key=lambda item: (-item[1], item[0]))[:8]}
    segment_of = {key: topic for key, topic in told.items() if topic in kept}
    evidence = [
        Evidence(key, str(post["thread"]), None, 1, post["text"], None) for key in segment_of for post in posts[key]
    ]
    began = time.perf_counter()
    encode = load_encoder(EncoderSettings(profile="fast")).encode
    assigner = fit_assigner(pieces_of(evidence, segment_of), encode, 7)
    assert isinstance(assigner, Assigner)
    print("\n# support questions, one post of a person left out, 8 topics")
    tell("fast", assigner.check, time.perf_counter() - began)
    for topic, recall, people in assigner.check.recall:
        print(f"  {recall:.2f} of {people:4} {topic}")
