"""The pains are kept as a BERTopic model that plain BERTopic loads, made again only when the pains changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import overheard.steps.pains
import overheard.steps.topic_model
from overheard.pains.topic_model import shared_terms
from overheard.steps.pains import load_sentences
from overheard.steps.topic_model import model_market_topics
from overheard.steps.vectors import open_cache
from overheard.vectors import key_of_text
from tests.steps.pain_market import THEMES, PainMarket

pytestmark = pytest.mark.slow


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PainMarket:
    """Three pains by name of their terms, made without models."""
    monkeypatch.setattr(overheard.steps.pains, "load_namer", lambda market: None)
    town = PainMarket(tmp_path / "market")
    for number, theme in enumerate(("late invoice", "bank feed", "exchange fee")):
        town.hear(theme, 16 - 2 * number)
    town.sleep()
    return town


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count models instead of making them."""
    made: list[int] = []

    def save(folder: Path, *rest: Any) -> None:
        made.append(len(rest[1]))
        (folder / "topics.json").write_text("{}")

    monkeypatch.setattr(overheard.steps.topic_model, "_save", save)
    return made


def folder_of(town: PainMarket) -> Path:
    return town.market().data_dir / "models" / "pains"


def test_it_is_made_again_only_when_pains_changed_or_it_is_lost(town: PainMarket, quick: list[int]) -> None:
    assert model_market_topics(town.market()).rows_out == 3
    assert model_market_topics(town.market()).reused
    town.hear("bank feed", 2)
    town.sleep()
    assert model_market_topics(town.market()).reused, "a sentence more makes no other pains"
    (folder_of(town) / "topics.json").unlink()
    folder_of(town).rmdir()
    assert not model_market_topics(town.market()).reused
    for _ in range(2):
        town.hear("broken export", 6)
        town.sleep()
    assert model_market_topics(town.market()).rows_out == 4
    assert quick == [3, 3, 4]


def test_a_run_killed_while_writing_leaves_no_half_model(
    town: PainMarket, quick: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = overheard.steps.topic_model._save

    def die(folder: Path, *rest: Any) -> None:
        (folder / "half.json").write_text("{")
        raise KeyboardInterrupt

    monkeypatch.setattr(overheard.steps.topic_model, "_save", die)
    with pytest.raises(KeyboardInterrupt):
        model_market_topics(town.market())
    assert not folder_of(town).exists()
    monkeypatch.setattr(overheard.steps.topic_model, "_save", whole)
    assert not model_market_topics(town.market()).reused
    assert [file.name for file in folder_of(town).iterdir()] == ["topics.json"]
    assert [path.name for path in folder_of(town).parent.iterdir()] == ["pains"]


def test_a_market_without_pains_has_no_model(town: PainMarket, quick: list[int]) -> None:
    model_market_topics(town.market())
    for theme in THEMES:
        town.withdraw(theme, 99)
    town.sleep()
    assert model_market_topics(town.market()).rows_out == 0
    assert not folder_of(town).exists()
    assert model_market_topics(town.market()).reused


def test_words_of_few_people_are_not_shared() -> None:
    texts = ["Zelda broke the bank feed", "bank feed again", "my bank feed", "The feed, Zelda!", "feed feed feed"]
    assert shared_terms(texts, ["p1", "p2", "p3", "p1", "p4"], 3) == ["bank", "bank feed", "feed"]


@pytest.mark.slow
def test_plain_bertopic_loads_the_pains_transforms_and_draws_them(town: PainMarket) -> None:
    from bertopic import BERTopic

    model_market_topics(town.market())
    found = BERTopic.load(str(folder_of(town)))
    ids = json.loads((folder_of(town) / "pains.json").read_text())
    themes = ("late invoice", "bank feed", "exchange fee")
    assert ids["pains"] == [town.id_of(theme) for theme in themes]
    names = {pain.pain_id: pain.name for pain in town.pains().values()}
    assert found.custom_labels_ == [names[pain_id] for pain_id in ids["pains"]]
    sentences = load_sentences(town.market())
    texts = [sentences.texts[sentences.ids.index(signal_id)] for signal_id in ids["signals"]]
    vectors = sentences.vectors[[sentences.ids.index(signal_id) for signal_id in ids["signals"]]]
    said = [next(number for number, theme in enumerate(themes) if theme in text) for text in texts]
    assert found.topics_ == said
    assert np.array_equal(found.transform(texts, vectors)[0], said)
    hierarchy = found.hierarchical_topics(texts)
    assert len(hierarchy) == 2
    assert found.visualize_hierarchy(hierarchical_topics=hierarchy, custom_labels=True).data
    assert found.visualize_barchart(custom_labels=True).data


@pytest.mark.slow
def test_no_sentence_and_no_word_of_one_person_is_kept(town: PainMarket) -> None:
    said = replace(town.utterances[0], text="My late invoice trouble in Ravenscroft, overdue again, case 0.")
    open_cache(town.market()).add([key_of_text(said.text)], np.eye(24, dtype=np.float32)[:1])
    town.utterances[0] = said
    town.signals[0] = replace(town.signals[0], end=len(said.text))
    town.sleep()
    model_market_topics(town.market())
    kept = "".join(file.read_text(errors="replace") for file in folder_of(town).glob("*.json"))
    assert "late invoice" in kept
    assert "ravenscroft" not in kept.lower()
    assert {file.suffix for file in folder_of(town).iterdir()} == {".json", ".safetensors"}
    for one in town.utterances:
        assert one.text not in kept
        assert f'"{one.person_id}"' not in kept
