"""A table of word pieces gives a text's vector: of known words, of common and rare ones, of none."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from overheard.settings import EncoderSettings
from overheard.vectors import load_encoder
from overheard.vectors.distil import distilled_table, make_distilled
from overheard.vectors.distilled import DistilledEncoder

PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "client", "invoice", "bank", "##s")
ODD = ["", " ", "?", "ﬁ é 漢字 🙂", "word " * 2000, "a" * 5000, "\x00"]


def write_tokenizer(folder: Path) -> Path:
    """An invented vocabulary in the form of a pinned encoder's."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = {piece: number for number, piece in enumerate(PIECES)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    path = folder / "tokenizer.json"
    tokenizer.save(str(path))
    return path


@pytest.fixture
def encoder(tmp_path: Path) -> DistilledEncoder:
    from safetensors.numpy import save_file

    save_file({"embeddings": np.eye(len(PIECES), dtype=np.float32)}, tmp_path / "table.safetensors")
    return DistilledEncoder(tmp_path / "table.safetensors", write_tokenizer(tmp_path))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The client", ["the", "client"]),
        ("CLIENTS", ["client", "##s"]),
        ("invoice, invoice, bank", ["invoice", "invoice", "bank"]),
        ("unheard invoice", ["invoice"]),
        ("unheard", ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_a_texts_row_is_the_mean_of_the_pieces_it_knows(
    text: str, pieces: list[str], encoder: DistilledEncoder
) -> None:
    mean = sum(np.eye(len(PIECES))[PIECES.index(piece)] for piece in pieces)
    np.testing.assert_allclose(encoder.encode([text])[0], mean / np.linalg.norm(mean), rtol=1e-6)


def test_no_texts_have_no_rows(encoder: DistilledEncoder) -> None:
    assert encoder.encode([]).shape == (0, len(PIECES))


def test_a_common_piece_weighs_less_than_a_rare_one_and_what_all_share_nothing() -> None:
    shared = np.array([5.0, 0, 0], dtype=np.float32)
    own = np.array([[0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]], dtype=np.float32)
    rows = np.vstack([np.full((1, 3), 9, dtype=np.float32), shared + own])
    table = distilled_table(rows, np.array([False, True, True, True, True]))
    assert table.dtype == np.float32
    np.testing.assert_allclose(table[1:, 0], 0, atol=1e-6)
    lengths = np.linalg.norm(table[1:], axis=1)
    assert (np.diff(lengths) > 0).all()
    # By Zipf's law and smooth inverse frequency: shares 1/2, 1/3, 1/4, 1/5 of their sum, weights a / (a + share).
    shares = np.array([1 / 2, 1 / 3, 1 / 4, 1 / 5]) / (1 / 2 + 1 / 3 + 1 / 4 + 1 / 5)
    np.testing.assert_allclose(lengths, 1e-4 / (1e-4 + shares), rtol=1e-5)


def test_marks_of_the_vocabulary_move_neither_the_centre_nor_the_weights() -> None:
    rows = np.random.default_rng(5).normal(size=(4, 3)).astype(np.float32)
    marks = np.full((2, 3), 100, dtype=np.float32)
    with_marks = distilled_table(np.vstack([marks, rows]), np.array([False, False, True, True, True, True]))
    np.testing.assert_allclose(with_marks[2:], distilled_table(rows, np.ones(4, dtype=np.bool_)), rtol=1e-5)


def test_a_table_whose_making_fails_does_not_land(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import safetensors.numpy

    def fail(table: dict[str, NDArray[np.float32]], path: Path) -> None:
        path.write_bytes(b"half a table")
        raise OSError("no space left on device")

    write_tokenizer(tmp_path)
    assert json.loads((tmp_path / "tokenizer.json").read_text())["model"]["vocab"]["client"] == 5
    rows = np.ones((len(PIECES), 3), dtype=np.float32)
    monkeypatch.setattr("overheard.vectors.distil._encode_pieces", lambda *_: rows)
    target = tmp_path / "cache" / "table.safetensors"
    make_distilled(tmp_path, target)
    assert [file.name for file in target.parent.iterdir()] == [target.name]
    target.unlink()
    monkeypatch.setattr(safetensors.numpy, "save_file", fail)
    with pytest.raises(OSError, match="no space left"):
        make_distilled(tmp_path, target)
    assert list(target.parent.iterdir()) == []


@pytest.mark.slow
def test_a_fast_row_depends_on_the_text_alone() -> None:
    encoder = load_encoder(EncoderSettings(profile="fast"))
    texts = ["The client pays late.", "Invoices get lost", "Nobody answers my mails!", *ODD]
    alone = {text: encoder.encode([text])[0].tobytes() for text in texts}
    random.Random(41).shuffle(texts)
    rows = encoder.encode(texts)
    assert rows.shape == (len(texts), 384)
    assert [row.tobytes() for row in rows] == [alone[text] for text in texts]
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
