"""A whole night from nothing, a night after it with a hundredth more posts, and a plain script on the same posts.

OVERHEARD_NIGHT_POSTS says how many posts, several sizes with commas between them (default 10000); the plain script runs
on the first size, the growth is told where there are more. Posts past the support questions' own 40,000 are the same
ones again with a word left out of every sentence, so that no cache knows them, by other authors.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

import pytest

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]

SIZES = [int(size) for size in os.environ.get("OVERHEARD_NIGHT_POSTS", "10000").split(",")]
SHARE_OF_NEW = 100
"""One new post to so many known ones in the second night."""
LEAST_TIMES_AS_FAST, MOST_SHARE_OF_MEMORY, MOST_SHARE_OF_COLD = 4.0, 0.5, 0.03
"""What is aimed at; shown beside what is measured, a timing never fails."""

MARKET = """[market]
name = "Browser and mail support"
[[source]]
name = "support"
kind = "table"
files = "sources/*.jsonl"
[source.columns]
text = "text"
author = "author"
said_at = "date"
document = "thread"
title = "title"
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and processor seconds, the largest memory of the process and its children in bytes, and what it printed."""

    wall: float
    processor: float
    memory: int
    told: tuple[tuple[float, str], ...]


def altered_posts(path: Path) -> Iterator[dict[str, str]]:
    """Yield the posts of `path` in their order and, after the last, again and again, altered."""
    for turn in count():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                post = json.loads(line)
                if post["text"].strip():
                    yield post if turn == 0 else _altered(post, turn)


def _altered(post: dict[str, str], turn: int) -> dict[str, str]:
    sentences = post["text"].split(". ")
    return post | {
        "author": f"{post['author']}-{turn}",
        "thread": f"{post['thread']}-{turn}",
        "text": ". ".join(_without_a_word(sentence, turn) for sentence in sentences),
        "title": f"{post['title']} (altered {turn})",
    }


def _without_a_word(sentence: str, turn: int) -> str:
    words = sentence.split(" ")
    left_out = int(hashlib.sha256(f"{turn} {sentence}".encode()).hexdigest(), 16) % len(words)
    return " ".join(word for at, word in enumerate(words) if at != left_out) if len(words) > 1 else sentence


def cost_of(command: Sequence[str]) -> Cost:
    """Run `command`, watching what it takes; its children count."""
    before = os.times()
    started = time.perf_counter()
    told: list[tuple[float, str]] = []
    environment = os.environ | {"OMP_NUM_THREADS": str(os.cpu_count())}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    largest = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal largest
        while not ended.wait(0.5):
            largest = max(largest, _memory_of(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    assert process.stdout is not None
    for line in process.stdout:
        told.append((time.perf_counter() - started, line.rstrip()))
    assert process.wait() == 0, "\n".join(line for _, line in told[-20:])
    ended.set()
    watcher.join()
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - started, processor, largest, tuple(told))


def _memory_of(pid: int) -> int:
    """Bytes of a process and its children, what they share counted once (Linux)."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        parents.setdefault(parent, []).append(int(folder.name))
    family, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        family.append(one)
        waiting += parents.get(one, [])
    return sum(_share_of(one) for one in family)


def _share_of(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def write_posts(path: Path, posts: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(post) + "\n" for post in posts), encoding="utf-8")


def test_nights(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "corpora" / "mozilla_support.jsonl.gz"
    rows: dict[int, tuple[Cost, Cost]] = {}
    for size in SIZES:
        market = tmp_path / f"market-{size}"
        (market / "sources").mkdir(parents=True)
        (market / "market.toml").write_text(MARKET, encoding="utf-8")
        posts = list(islice(altered_posts(source), size + size // SHARE_OF_NEW))
        write_posts(market / "sources" / "night-1.jsonl", posts[:size])
        run = [sys.executable, "-c", "from overheard.cli import main; main()", "run", str(market)]
        cold = cost_of(run)
        write_posts(market / "sources" / "night-2.jsonl", posts[size:])
        second = cost_of(run)
        rows[size] = (cold, second)
        _show_night(f"{size:,} posts, cold", cold)
        _show_night(f"+ {size // SHARE_OF_NEW:,} posts", second)
        share = second.processor / cold.processor
        print(f"  second night: {share:.1%} of the cold one's processor time (aim {MOST_SHARE_OF_COLD:.0%})")
    first, last = SIZES[0], SIZES[-1]
    if last > first:
        grown = rows[last][0].processor / rows[first][0].processor
        print(f"growth: {last / first:.1f} times the posts, {grown:.1f} times the processor time")
    plain_posts, terms = tmp_path / "plain.jsonl", tmp_path / "terms.json"
    write_posts(plain_posts, list(islice(altered_posts(source), first)))
    plain = cost_of([sys.executable, "-m", "tests.benchmarks.plain_script", str(plain_posts), str(terms)])
    _show_night(f"a plain script, {first:,} posts", plain)
    cold = rows[first][0]
    told = json.loads(terms.read_text(encoding="utf-8"))
    print(f"  its topics: {told['topics']}, {told['unassigned']:.0%} of the sentences in none")
    print(
        f"overheard is {plain.wall / cold.wall:.2f} times as fast (aim {LEAST_TIMES_AS_FAST:g}), with"
        f" {cold.memory / plain.memory:.0%} of the memory (aim {MOST_SHARE_OF_MEMORY:.0%})"
    )


def _show_night(name: str, cost: Cost) -> None:
    print(f"\n{name}: {cost.wall:.0f} s, {cost.processor:.0f} s of processors, {cost.memory / 1e9:.2f} GB at most")
    before = 0.0
    for at, line in cost.told:
        if ": " in line and (" in, " in line or line.endswith(" s") or "reused" in line):
            print(f"  {at - before:8.1f} s  {line}")
            before = at
