"""Only new sentences are encoded, in an order a killed run repeats; other weights than the registered are refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

import overheard.registry
from overheard.errors import ModelError
from overheard.registry import registry, verify_model
from overheard.vectors import encode_missing, key_of_text
from overheard.vectors.encode import CHUNK
from tests.make import WordEncoder


def test_a_text_is_known_by_its_content() -> None:
    assert key_of_text("It is  slow.\n") == key_of_text("It is slow.")
    assert key_of_text("It is slow.") != key_of_text("it is slow.")


def test_only_what_is_not_known_is_encoded_and_each_text_once() -> None:
    encoder, kept = WordEncoder(), {}
    texts = ["one", "two", "one", "three"]
    count = encode_missing(
        texts, {key_of_text("two")}, encoder, lambda keys, rows: kept.update(zip(keys, rows, strict=True))
    )
    assert count == 2
    assert encoder.asked == [["one", "three"]]
    assert set(kept) == {key_of_text("one"), key_of_text("three")}


def test_a_restarted_run_makes_the_same_chunks() -> None:
    texts = [f"text number {number} {'long ' * (number % 7)}" for number in range(3 * CHUNK)]
    whole, first, rest = WordEncoder(), WordEncoder(), WordEncoder()
    done: list[str] = []

    class KilledError(Exception):
        pass

    def save_once(keys: list[str], _: NDArray[np.float32]) -> None:
        if done:
            raise KilledError
        done.extend(keys)

    encode_missing(texts, (), whole, lambda *_: None)
    with pytest.raises(KilledError):
        encode_missing(texts, (), first, save_once)
    encode_missing(reversed(texts), done, rest, lambda *_: None)
    assert whole.asked == first.asked[:1] + rest.asked


def test_each_registered_model_has_a_card_and_a_fingerprint() -> None:
    models = Path(__file__).parents[2] / "models"
    for name, entry in registry().items():
        assert (models / entry["card"]).is_file(), f"models/{entry['card']} is missing"
        assert entry["licence"], name
        assert entry["sha256"], name
    weights = registry()["all-MiniLM-L6-v2"]["sha256"]["model.safetensors"]
    assert weights == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_changed_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "en_core_web_sm"
    shutil.copytree(verify_model(name), tmp_path / registry()[name]["folder"])
    found = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(overheard.registry, "find_spec", lambda _: found)
    verify_model(name)
    weights = tmp_path / registry()[name]["folder"] / "senter" / "model"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=r"senter/model: sha256 \w+… is not the registry's"):
        verify_model(name)
    weights.unlink()
    with pytest.raises(ModelError, match="missing; pip install"):
        verify_model(name)
