"""Own words are cut once for all nights; what is not kept is cut where it is asked for."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import overheard.steps.sentences
from overheard.records import Span, Utterance
from overheard.settings import EngineSettings, SignalSettings
from overheard.signals import cut_own_words
from overheard.steps.engine import open_engine
from overheard.steps.sentences import KIND, UtteranceSplitter, load_own_words, sentence_id_of
from overheard.storage import NumberLists
from tests.make import MarkSplitter, make_utterance

TEXTS = ("> It rains.\nMy roof leaks. I mop.", "`ls -l`", "We moved in May. Then it froze.")


@pytest.fixture
def market(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(overheard.steps.sentences, "load_sentence_splitter", lambda _: MarkSplitter())
    return SimpleNamespace(data_dir=tmp_path, settings=SimpleNamespace(signals=SignalSettings()))


def utterances() -> list[Utterance]:
    return [make_utterance(text, position=at) for at, text in enumerate(TEXTS)]


def expected() -> dict[str, tuple[Span, ...]]:
    return {one.utterance_id: cut_own_words(one.text, one.not_own) for one in utterances()}


def split(market: Any) -> dict[str, tuple[Span, ...]]:
    cache = NumberLists(market.data_dir / "scores", KIND, sentence_id_of(SignalSettings()))
    return dict(UtteranceSplitter(cache, SignalSettings(), open_engine(EngineSettings()))(utterances()))


def test_own_words_are_kept_with_the_sentences_in_them(market: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = split(market)
    own = expected()
    for key, spans in sentences.items():
        assert all(any(left <= start and end <= right for left, right in own[key]) for start, end in spans)
    assert len(next(iter(sentences.values()))) == 2

    def is_cut_again(*_: object) -> None:
        raise AssertionError("cut again")

    monkeypatch.setattr(overheard.steps.sentences, "cut_own_words", is_cut_again)
    assert load_own_words(market, utterances()) == own


def test_without_a_whole_cache_they_are_cut_now_and_nothing_is_written(market: Any) -> None:
    assert load_own_words(market, utterances()) == expected()
    assert not (market.data_dir / "scores").exists()
    split(market)
    (kept,) = (market.data_dir / "scores").glob(f"{KIND}-*/*.parquet")
    kept.write_bytes(kept.read_bytes()[:-9])
    assert load_own_words(market, utterances()) == expected()
    assert kept.exists()
