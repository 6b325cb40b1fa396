"""How long does a report of 40,000 posts take, and how heavy are its pages?

The posts are real; what a market's steps find in them is stood in for by rules, since only its amount matters here: two
in five sentences tell one of 400 pains, eight segments have forty terms each.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from overheard.privacy import Blotter
from overheard.records import (
    Document,
    LastingPain,
    Membership,
    Pain,
    PainGroup,
    Placement,
    Segment,
    Segmentation,
    SegmentCheck,
    Signal,
    SignalKind,
    Term,
    Utterance,
    id_of,
)
from overheard.report import Findings, render_report
from overheard.settings import Settings
from overheard.sheets import write_sheets

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

POSTS = 40_000
PAINS = 400
SEGMENTS = 8
NIGHT = date(2026, 9, 1)
HEAVIEST = 1_500_000
"""Bytes of one page; more keeps a phone busy."""
KINDS: Sequence[SignalKind | None] = (
    "pain",
    "pain",
    "pain",
    "pain",
    "question",
    "request",
    "recommendation",
    None,
    None,
    None,
)
SENTENCE = re.compile(r"[^.!?\n]{20,400}[.!?]")


def load_posts(shared_data: Path) -> list[Mapping[str, Any]]:
    with gzip.open(shared_data / "corpora" / "mozilla_support.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line, _ in zip(lines, range(POSTS), strict=False)]


def make_market(posts: Sequence[Mapping[str, Any]]) -> Findings:
    """Make findings of as much as a market of these posts holds."""
    utterances = [_utterance(post) for post in posts if post["text"].strip()]
    documents = {one.document_id: Document(one.document_id, "support", one.url, "", one.said_at) for one in utterances}
    for post in posts:
        if post.get("title") and (old := documents.get(post["thread"])):
            documents[post["thread"]] = Document(old.document_id, old.source, old.url, post["title"], old.started_at)
    signals = [signal for one in utterances for signal in _signals(one)]
    # An answer stands in its question's topic.
    of_thread = {post["thread"]: post["topic"] for post in posts if post.get("topic")}
    topic = {str(post["id"]): of_thread.get(post["thread"], "") for post in posts}
    placements = [
        Placement(one.signal_id, _pain_of(topic[one.utterance_id], one.signal_id), 0.7)
        for one in signals
        if one.kind == "pain"
    ]
    segments, memberships = _segments(utterances, topic)
    settings = Settings(market={"name": "Support"}, source=[{"kind": "table", "name": "support", "files": "a.jsonl"}])
    pains = _pains(placements)
    return Findings(
        report_id="weighed",
        settings=settings,
        documents=list(documents.values()),
        utterances=utterances,
        roles=[],
        signals=signals,
        pains=pains,
        placements=placements,
        pain_events=[],
        segments=segments,
        segment_events=[],
        memberships=memberships,
        terms=list(_terms(utterances, memberships)),
        skips=[],
        blots=Blotter(post["author"] for post in posts).find,
        sheets=write_sheets(utterances, signals, [], {}, 6),
        pain_groups=_families(pains),
        segmentations=[Segmentation(NIGHT, "recipe", "constructive", "", 5000, 0.02, 0.4, 0.8)],
        segment_checks=[SegmentCheck(one.segment_id, 0.8, 0.5, 0.9, 0.0, 1.0, 0.8) for one in segments],
        lasting_pains=_lasting(pains),
        night=NIGHT.isoformat(),
    )


def _utterance(post: Mapping[str, Any]) -> Utterance:
    said_at = datetime.strptime(post["date"], "%Y-%m-%d %H:%M:%S %z").astimezone(UTC)
    url = f"https://support.example/questions/{post['thread']}#{post['id']}"
    return Utterance(str(post["id"]), str(post["thread"]), post["author"], 0, post["text"], (), said_at, None, url, "")


def _signals(one: Utterance) -> Iterator[Signal]:
    for match in SENTENCE.finditer(one.text):
        start, end = match.span()
        signal_id = id_of(one.utterance_id, start)
        kind = KINDS[int(signal_id[:4], 16) % len(KINDS)]
        if kind is not None:
            rung = int(signal_id[4], 16) % 5
            yield Signal(signal_id, one.utterance_id, one.person_id, start, end, kind, rung, 0.8, ("cue",))


def _pain_of(topic: str, signal_id: str) -> str | None:
    if int(signal_id[5], 16) > 10:
        return None
    return id_of("pain", int(id_of(topic, int(signal_id[6:8], 16) % 32), 16) % PAINS)


def _pains(placements: Sequence[Placement]) -> list[Pain]:
    own: dict[str, list[str]] = defaultdict(list)
    for one in placements:
        if one.pain_id is not None:
            own[one.pain_id].append(one.signal_id)
    return [
        Pain(pain_id, f"pain {pain_id[:6]}", ("one", "two", "three", "four", "five"), tuple(ids[:10]), 9, len(ids))
        for pain_id, ids in sorted(own.items())
    ]


def _families(pains: Sequence[Pain]) -> list[PainGroup]:
    ids = [one.pain_id for one in pains]
    families = [ids[at : at + 10] for at in range(0, len(ids), 10)]
    groups = [
        PainGroup(-1, id_of("family", own[0]), "", None, tuple(own), (), 9, (), tuple(own[:2])) for own in families
    ]
    return groups + [
        PainGroup(0, one.pain_id, one.name, None, (one.pain_id,), (), 9, one.exemplars, ()) for one in pains
    ]


def _lasting(pains: Sequence[Pain]) -> list[LastingPain]:
    middles = np.random.default_rng(7).normal(size=(len(pains), 384)) + 0.6
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    return [
        LastingPain(one.pain_id, one.name, one.words, NIGHT, 9, tuple(middle))
        for one, middle in zip(pains, middles.tolist(), strict=True)
    ]


def _segments(utterances: Sequence[Utterance], topic: Mapping[str, str]) -> tuple[list[Segment], list[Membership]]:
    topics: dict[str, Counter[str]] = defaultdict(Counter)
    for one in utterances:
        topics[one.person_id][topic[one.utterance_id]] += 1
    largest = [name for name, _ in Counter(topic.values()).most_common(SEGMENTS)]
    memberships = []
    for person, told in sorted(topics.items()):
        main = told.most_common(1)[0][0]
        segment_id = id_of("segment", main) if main in largest and told.total() > 1 else None
        memberships.append(Membership(person, segment_id, 0.8, "needs", NIGHT, None))
    return [Segment(id_of("segment", name), f"{name} people", 9, 0.8, ()) for name in largest], memberships


def _terms(utterances: Sequence[Utterance], memberships: Sequence[Membership]) -> Iterator[Term]:
    segment_of = {one.person_id: one.segment_id for one in memberships if one.segment_id}
    places: dict[str, dict[str, dict[str, tuple[str, int, int]]]] = defaultdict(lambda: defaultdict(dict))
    for one in utterances:
        if segment := segment_of.get(one.person_id):
            for match in re.finditer(r"[a-z]{6,}", one.text):
                places[segment][match[0]].setdefault(one.person_id, (one.utterance_id, *match.span()))
    for segment, words in sorted(places.items()):
        for word, people in sorted(words.items(), key=lambda row: (-len(row[1]), row[0]))[:40]:
            examples = tuple(people.values())[:8]
            yield Term(segment, word, len(people), len(people), 50, 1.5, (0.5, 2.5), float(len(people)), examples)


def test_a_report_of_40_000_posts_is_light(shared_data: Path) -> None:
    findings = make_market(load_posts(shared_data))
    started, worked = time.perf_counter(), time.process_time()
    files = render_report(findings)
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    kinds: dict[str, list[int]] = defaultdict(list)
    for name, content in files.items():
        kinds[re.sub(r"-.*(?=\.)", "-…", name)].append(len(content))
    total = sum(map(len, files.values()))
    print(
        f"\n{len(findings.utterances):,} posts, {len(findings.signals):,} signals: {seconds:.1f} s "
        f"({worked:.1f} s of one core), {len(files):,} files, {total / 1e6:.1f} MB"
    )
    print(f"{'file':20} {'files':>6} {'largest kB':>11} {'all MB':>8}")
    for kind, sizes in sorted(kinds.items(), key=lambda row: -max(row[1])):
        print(f"{kind:20} {len(sizes):6} {max(sizes) / 1e3:11.0f} {sum(sizes) / 1e6:8.1f}")
    assert max(len(content) for name, content in files.items() if name.endswith(".html")) < HEAVIEST
