"""Posts recovered from other people's pages, where they are at hand: against annotations, and against counts."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from overheard.errors import UnreadableError
from overheard.forums import engine_of, read_page
from overheard.forums.reader import Content, Reader
from overheard.forums.structure.thread import READER
from overheard.records import Page, Reading

pytestmark = pytest.mark.bench

FLOORS = {"micro": 0.96, "macro": 0.94, "author": 0.95, "date": 0.90}
"""Of annotated pages; the reader of any page alone is held to .88."""


def load_page(path: Path, url: str) -> Page:
    return Page(url or path.name, path.read_bytes(), "", datetime(2026, 11, 1, tzinfo=UTC))


def row_of(reading: Reading, number: int) -> dict[str, object]:
    post = reading.posts[number]
    said_at = post.said_at.isoformat() if post.said_at else None
    return {"text": post.text, "author": post.author, "said_at": said_at, "url": post.url, "position": post.position}


@pytest.mark.parametrize("reader", [None, READER], ids=["every reader", "the reader of any page alone"])
def test_posts_of_annotated_pages(shared_data: Path, tmp_path: Path, reader: Reader | None) -> None:
    gold = shared_data / "wf52"
    for line in (gold / "index.jsonl").read_text("utf-8").splitlines():
        told = json.loads(line)
        name = told["page"]
        page = load_page(gold / f"{name}.html", told["url"])
        try:
            readings = read_page(page) if reader is None else reader.read(Content(page))
        except UnreadableError:
            readings = ()
        rows = [json.dumps(row_of(reading, number)) for reading in readings for number in range(len(reading.posts))]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(rows), "utf-8")
    scorer = shared_data.parent / "score" / "score_posts.py"
    scored = subprocess.run(
        [sys.executable, scorer, "--gold", gold, "--pred", tmp_path], capture_output=True, text=True, timeout=600
    )
    print("\n" + scored.stdout)
    assert scored.returncode == 0, scored.stderr
    figures = {name: float(value) for name, value in re.findall(r"(micro|macro|author|date) ([0-9.]+)", scored.stdout)}
    for name, floor in FLOORS.items() if reader is None else {"micro": 0.88}.items():
        assert figures[name] >= floor, f"{name} {figures[name]}"


def test_post_counts_of_saved_pages(shared_data: Path) -> None:
    """Prints, by folder, how many posts the index tells and how many are read; it tells what it counts nowhere."""
    pages = shared_data / "pages"
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    differing = []
    with (pages / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            page = load_page(pages / row["file"], row["url"])
            try:
                found = sum(len(reading.posts) for reading in read_page(page))
                why = ""
            except UnreadableError as error:
                found, why = 0, f"refused: {error.what}"
            of_folder = table[row["engine"]]
            of_folder[0] += 1
            of_folder[1] += bool(why)
            of_folder[2] += found
            if row["posts"]:
                of_folder[3] += int(row["posts"])
                of_folder[4] += int(row["posts"]) == found
                if int(row["posts"]) != found:
                    differing.append(f"{row['file']}\t{row['kind']}\t{row['posts']}\t{found}\t{engine_of(page)}\t{why}")
    print(f"\n{'folder':20}{'files':>6}{'refused':>8}{'read':>7}{'index':>7}{'equal':>6}")
    for engine, counts in sorted(table.items()):
        print(f"{engine:20}{counts[0]:6}{counts[1]:8}{counts[2]:7}{counts[3]:7}{counts[4]:6}")
    print("\nfile\tkind\tindex\tread\treader\trefusal\n" + "\n".join(differing))
    assert sum(counts[2] for counts in table.values()) > 0
