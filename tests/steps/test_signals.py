"""A market's signals: each source by its own shares, customers' words alone, and no sentence encoded twice."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import overheard.steps.scores
import overheard.steps.sentences
import overheard.steps.signals
from overheard.records import Signal, SourceKind, Utterance
from overheard.signals import KINDS
from overheard.steps.collect import collect
from overheard.steps.market import Market, StepSummary
from overheard.steps.roles import find_market_roles
from overheard.steps.signals import find_market_signals
from overheard.vectors import inner_encoder_id
from tests.conftest import NIGHT
from tests.make import InnerEncoder, MarkSplitter, make_heads

pytestmark = pytest.mark.slow

POSTS = (
    "The lamp is made of brass. It stands on the shelf. It is broken again and I hate it.",
    "We dusted the lamp. We polished the lamp. We lit the lamp.",
    "Does anyone know a good smith? Ours is away. He is a cousin of ours.",
)
ANSWERS = ("The lid is broken.", "I love the lid.", "The lid is broken.")


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> InnerEncoder:
    found = InnerEncoder()
    heads = make_heads(encoder=inner_encoder_id())
    monkeypatch.setattr(overheard.steps.scores, "load_inner_encoder", lambda: found)
    monkeypatch.setattr(overheard.steps.signals, "load_heads", lambda: heads)
    monkeypatch.setattr(overheard.steps.sentences, "load_sentence_splitter", lambda _: MarkSplitter())
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A market of two sources: posts of several sentences and answers of one."""
    market = tmp_path / "market"
    (market / "sources").mkdir(parents=True)
    (market / "market.toml").write_text(
        '[market]\nname = "Lamps"\n'
        + "".join(
            f'[[source]]\nname = "{name}"\nkind = "table"\nfiles = "sources/{name}.jsonl"\n'
            '[source.columns]\nauthor = "author"\ndocument = "thread"\n'
            for name in ("forum", "survey")
        ),
        encoding="utf-8",
    )
    say(market, "forum", *POSTS)
    say(market, "survey", *ANSWERS)
    return market


def say(market: Path, source: str, *texts: str) -> None:
    """Write a source's posts, each by a person and in a thread of its own."""
    rows = [{"text": text, "author": f"{source} {at}", "thread": f"t{at}"} for at, text in enumerate(texts)]
    (market / "sources" / f"{source}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def run_night(folder: Path, night: date) -> tuple[Market, StepSummary]:
    market = Market(folder, night)
    collect(market)
    find_market_roles(market)
    return market, find_market_signals(market)


def test_each_source_is_taken_by_its_own_register_shares_and_thresholds(folder: Path, encoder: InnerEncoder) -> None:
    market, summary = run_night(folder, NIGHT)
    kept = market.tables.load("source_kinds", SourceKind)
    assert sorted((one.source, one.kind) for one in kept) == sorted(
        (source, kind) for source in ("forum", "survey") for kind in KINDS
    )
    assert {(one.source, one.register, one.sentences) for one in kept} == {
        ("forum", "post", 9),
        ("survey", "answer", 3),
    }
    assert all(0 <= one.share <= 1 and 0 <= one.threshold <= 1 for one in kept)
    assert summary.rows_in == 12


def test_every_signal_points_at_a_sentence_of_its_person(folder: Path, encoder: InnerEncoder) -> None:
    market, summary = run_night(folder, NIGHT)
    utterances = {one.utterance_id: one for one in market.tables.load("utterances", Utterance)}
    signals = market.tables.load("signals", Signal)
    assert summary.rows_out == len(signals) == len({signal.signal_id for signal in signals})
    said = set()
    for signal in signals:
        assert signal.person_id == utterances[signal.utterance_id].person_id
        said.add((signal.kind, utterances[signal.utterance_id].text[signal.start : signal.end]))
    assert said >= {
        ("pain", "It is broken again and I hate it."),
        ("pain", "The lid is broken."),
        ("gain", "I love the lid."),
        ("question", "Does anyone know a good smith?"),
    }


def test_the_second_night_encodes_only_what_is_new(folder: Path, encoder: InnerEncoder) -> None:
    run_night(folder, NIGHT)
    assert len(encoder.sentences) == len(set(encoder.sentences)) == 11
    say(folder, "forum", *POSTS, "We lit the lamp. It went out. It is broken again and I hate it.")
    _, summary = run_night(folder, NIGHT.replace(day=3))
    assert not summary.reused
    assert encoder.sentences[11:] == ["It went out."]


def test_a_night_without_anything_new_does_nothing(folder: Path, encoder: InnerEncoder) -> None:
    run_night(folder, NIGHT)
    assert run_night(folder, NIGHT.replace(day=3))[1].reused


def test_other_heads_find_the_signals_again(
    folder: Path, encoder: InnerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_night(folder, NIGHT)
    never = np.full(len(make_heads().bias), -20, dtype=np.float32)
    heads = make_heads(encoder=inner_encoder_id(), digest="others", bias=never)
    monkeypatch.setattr(overheard.steps.signals, "load_heads", lambda: heads)
    market, summary = run_night(folder, NIGHT.replace(day=3))
    assert not summary.reused
    assert market.tables.load("signals", Signal) == []


def test_a_source_in_which_no_customer_says_a_sentence_stops_nothing(folder: Path, encoder: InnerEncoder) -> None:
    say(folder, "forum", "1 2 3")
    market, _ = run_night(folder, NIGHT)
    kept = market.tables.load("source_kinds", SourceKind)
    assert {one.sentences for one in kept if one.source == "forum"} == {0}
    assert {signal.kind for signal in market.tables.load("signals", Signal)} >= {"pain", "gain"}
