"""Each encoder, precision and part has a name of its own; a made graph lands whole and is made again once gone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

import overheard.vectors.load
from overheard.errors import ModelError
from overheard.registry import made_models_dir, verify_model
from overheard.settings import PINNED_ENCODER, EncoderSettings
from overheard.vectors import encoder_id_of, inner_encoder_id, load_encoder, load_inner_encoder
from overheard.vectors.quantise import INNER_LAYERS, Part, make_quantised

TEXTS = (
    "My client pays the invoice two months late.",
    "Customers never pay their bills on time.",
    "The dog likes the park.",
)


def test_encoders_and_precisions_have_ids_of_their_own() -> None:
    pinned = {encoder_id_of(EncoderSettings(precision=precision)) for precision in ("int8", "float32")}
    others = {encoder_id_of(EncoderSettings(name=name)) for name in ("BAAI/bge-small-en-v1.5", "./mine")}
    fast = encoder_id_of(EncoderSettings(profile="fast"))
    assert len({*pinned, *others, fast, inner_encoder_id()}) == 6
    assert all(encoder_id.endswith("/float32") for encoder_id in others)
    assert encoder_id_of(EncoderSettings()).endswith("/int8")


@pytest.mark.parametrize(
    ("profile", "same"),
    [
        ({"profile": "best"}, {"precision": "float32"}),
        ({"profile": "best", "name": "./mine"}, {"name": "./mine"}),
        ({"profile": "fast", "precision": "float32"}, {"profile": "fast"}),
    ],
)
def test_profiles_of_the_same_encoder_share_its_vectors(profile: dict[str, str], same: dict[str, str]) -> None:
    one, other = (encoder_id_of(EncoderSettings.model_validate(settings)) for settings in (profile, same))
    assert one == other


def test_another_recipe_of_distilling_makes_other_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    before = encoder_id_of(EncoderSettings(profile="fast"))
    monkeypatch.setattr(overheard.vectors.load, "DISTILLED_RECIPE", "of another version")
    assert encoder_id_of(EncoderSettings(profile="fast")) != before


def test_fast_is_refused_with_another_encoder() -> None:
    with pytest.raises(ValidationError, match="leave `name` out"):
        EncoderSettings(profile="fast", name="./mine")


def test_the_id_of_inner_rows_names_revision_precision_and_layers() -> None:
    assert inner_encoder_id().startswith(encoder_id_of(EncoderSettings(name=PINNED_ENCODER, precision="int8")))
    assert inner_encoder_id().endswith("-".join(map(str, INNER_LAYERS)))


class Recorded:
    """Stands in for the making and the running of a graph: both need the weights and half a minute."""

    def __init__(self) -> None:
        self.made: list[tuple[str, Part, Path]] = []
        self.distilled: list[Path] = []
        self.run: list[Path] = []

    def make(self, model_dir: Path, part: Part, target: Path) -> None:
        self.made.append((model_dir.name, part, target))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"a graph")

    def distil(self, model_dir: Path, target: Path) -> None:
        self.distilled.append(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"a table")

    def encoder(self, graph: Path, tokenizer: Path) -> str:
        assert tokenizer.is_file()
        self.run.append(graph)
        return graph.name


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    found = Recorded()
    monkeypatch.setattr(overheard.vectors.load, "made_models_dir", lambda: tmp_path / "cache" / "overheard")
    monkeypatch.setattr(overheard.vectors.load, "make_quantised", found.make)
    monkeypatch.setattr(overheard.vectors.load, "make_distilled", found.distil)
    monkeypatch.setattr(overheard.vectors.load, "QuantisedEncoder", found.encoder)
    monkeypatch.setattr(overheard.vectors.load, "DistilledEncoder", found.encoder)
    return found


@pytest.mark.slow
def test_a_graph_is_made_once_for_each_part_and_again_when_it_is_gone(recorded: Recorded) -> None:
    for _ in range(2):
        load_encoder(EncoderSettings())
        load_inner_encoder()
    assert [part for _, part, _ in recorded.made] == ["sentence", "inner"]
    assert len(recorded.run) == 4
    assert {made for _, _, made in recorded.made} == set(recorded.run)
    recorded.made[1][2].unlink()
    load_inner_encoder()
    assert [part for _, part, _ in recorded.made] == ["sentence", "inner", "inner"]


def test_a_table_is_made_once_and_again_when_it_is_gone(recorded: Recorded) -> None:
    for _ in range(2):
        load_encoder(EncoderSettings(profile="fast"))
    assert recorded.run == recorded.distilled * 2
    recorded.distilled[0].unlink()
    load_encoder(EncoderSettings(profile="fast"))
    assert len(recorded.distilled) == 2
    assert recorded.made == []


def test_what_is_made_here_lies_in_the_users_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert made_models_dir() == tmp_path / "overheard"


def test_another_recipe_makes_another_graph(recorded: Recorded, monkeypatch: pytest.MonkeyPatch) -> None:
    load_inner_encoder()
    monkeypatch.setattr(overheard.vectors.load, "RECIPE", "of another version")
    load_inner_encoder()
    assert len({made for _, _, made in recorded.made}) == 2


def test_changed_weights_are_refused_before_a_graph_is_made_of_them(
    recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> Path:
        raise ModelError(f"{name}: is not the registry's")

    monkeypatch.setattr(overheard.vectors.load, "verify_model", refuse)
    fast = EncoderSettings(profile="fast")
    for load in (load_inner_encoder, lambda: load_encoder(EncoderSettings()), lambda: load_encoder(fast)):
        with pytest.raises(ModelError, match="is not the registry's"):
            load()
    assert recorded.made == recorded.distilled == []


@pytest.mark.slow
def test_a_graph_made_anew_gives_the_same_rows_and_leaves_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {}
    for place in ("first", "second"):
        folder = tmp_path / place / "overheard"
        monkeypatch.setattr(overheard.vectors.load, "made_models_dir", lambda folder=folder: folder)
        rows[place] = load_inner_encoder().encode(TEXTS)
        graph, its_sum = sorted(folder.iterdir())
        assert graph.suffix == ".onnx"
        assert its_sum.name == f"{graph.name}.sha256"
        assert graph.stat().st_size > 10_000_000
        stamp = graph.stat().st_mtime_ns
        load_inner_encoder()
        assert graph.stat().st_mtime_ns == stamp
    assert rows["first"].tobytes() == rows["second"].tobytes()


def test_a_graph_whose_making_fails_does_not_land(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import onnxruntime.quantization

    def fail(exported: Path, quantised: Path, **_: object) -> None:
        assert exported.read_bytes() == b"exported"
        quantised.write_bytes(b"half a graph")
        raise OSError("no space left on device")

    monkeypatch.setattr(onnxruntime.quantization, "quantize_dynamic", fail)
    monkeypatch.setattr("overheard.vectors.quantise._export", lambda _, __, target: target.write_bytes(b"exported"))
    with pytest.raises(OSError, match="no space left"):
        make_quantised(verify_model(PINNED_ENCODER), "inner", tmp_path / "cache" / "inner.onnx")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["fast", "default", "best"])
def test_every_profile_tells_like_from_unlike_and_repeats_itself(profile: str) -> None:
    encoder = load_encoder(EncoderSettings.model_validate({"profile": profile}))
    rows = encoder.encode(TEXTS)
    assert rows.shape == (3, 384)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    np.testing.assert_array_equal(rows, encoder.encode(TEXTS))


@pytest.mark.slow
def test_an_encoder_that_is_not_there_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_encoder(EncoderSettings(name="./no-such-folder"))
