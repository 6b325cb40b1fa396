"""The filter `detect` prints a row for each sentence and kind, by the contract other tools rely on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import overheard.steps.asked.filters
from overheard.signals import KINDS
from overheard.signals.detect import LEAST_PROBABILITY
from overheard.steps.asked.filters import detect_in
from tests.make import MarkSplitter, make_heads, make_scorer

ROWS = [
    {"id": "a", "text": "The lamp is of brass. It stands on a shelf. It is broken again and I hate it. Is it old?"},
    {"id": 7, "text": "We dusted it. It was Monday. Then we slept. I heard good things, it would save us time."},
    {"id": "c", "text": ""},
]


class MadeScorer:
    """Stands in for the scorer, whose encoder needs the weights."""

    heads = make_heads({"force push": {"hurt": 9.0, "bias": -2.0}})

    def __call__(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        return make_scorer(self.heads)(sentences)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(overheard.steps.asked.filters, "SentenceScorer", MadeScorer)
    monkeypatch.setattr(overheard.steps.asked.filters, "load_sentence_splitter", lambda _: MarkSplitter())
    written = tmp_path / "posts.jsonl"
    written.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    return written


def detected(path: Path, everything: bool) -> list[dict[str, Any]]:
    """Return the rows as they are printed and read back."""
    return [json.loads(json.dumps(row)) for row in detect_in(path, everything)]


def test_each_row_points_at_its_lines_text_and_says_what_why_and_whether_it_counts(path: Path) -> None:
    rows = detected(path, everything=False)
    assert [(row["id"], row["kind"]) for row in rows if row["id"] == "a"] == [("a", "pain"), ("a", "question")]
    pain = rows[0]
    assert set(pain) == {"id", "start", "end", "kind", "strength", "probability", "said", "evidence", "force"}
    assert ROWS[0]["text"][pain["start"] : pain["end"]] == "It is broken again and I hate it."  # type: ignore[index]
    assert (pain["strength"], pain["said"], pain["force"]) == (2, True, "push")
    assert "hurt:hate" in pain["evidence"]
    assert "force" not in rows[1]


def test_with_all_each_sentence_and_kind_from_a_hundredth_on_is_printed_and_the_said_ones_are_among_them(
    path: Path,
) -> None:
    rows, said = detected(path, everything=True), detected(path, everything=False)
    assert [row for row in rows if row["said"]] == said
    assert len(rows) > len(said) > 0
    assert all(LEAST_PROBABILITY <= row["probability"] <= 1 and row["kind"] in KINDS for row in rows)
    assert {row["id"] for row in rows} == {"a", 7}


@pytest.mark.slow
def test_the_shipped_heads_tell_a_few_lines_apart(tmp_path: Path) -> None:
    lines = [
        ("pain", "The bellows leak again and I am sick of patching them."),
        ("question", "Does anyone know where to get new bellows?"),
        ("request", "Please add a valve that can be cleaned."),
        ("gain", "I love how quiet the new forge is."),
    ]
    filler = "We are on the west coast. The forge is next to the chapel. My uncle built it in 1960."
    written = tmp_path / "posts.jsonl"
    rows = [{"id": kind, "text": f"{filler} {text}"} for kind, text in lines]
    written.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = {(row["id"], row["kind"]) for row in detect_in(written, everything=False)}
    assert {(kind, kind) for kind, _ in lines} <= found
    again = list(detect_in(written, everything=True))
    assert again == list(detect_in(written, everything=True))
    for row in again:
        assert row["start"] >= len(filler) or row["probability"] < 0.5
