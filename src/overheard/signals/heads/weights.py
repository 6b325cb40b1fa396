"""How strongly does a sentence say each kind? Linear heads over its inner rows, its traits and its neighbours.

Two registers: a sentence of a post or an interview stands among others and most say nothing of a kind; an answer (to a
survey, a short review, a message) stands alone and nearly each says something. One set of weights cannot serve both:
each register has its own, fitted on sentences of its own kind (`fit_heads`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from overheard.records import Force, SignalKind
from overheard.signals.traits import Reading, read_sentence

Register = Literal["post", "answer"]
KINDS: tuple[SignalKind, ...] = get_args(SignalKind)
RUNGS = (2, 3, 4)
FORCES: tuple[Force, ...] = tuple(force for force in get_args(Force) if force)
# What one column of the heads' weights is of, in the order of the columns. "near" is a first look at a sentence by
# itself: what a post's sentence is told of the sentences beside it.
COLUMNS: tuple[str, ...] = (
    *(f"near {kind}" for kind in KINDS),
    *(f"post {kind}" for kind in KINDS),
    *(f"answer {kind}" for kind in KINDS),
    *(f"rung {rung}" for rung in RUNGS),
    *(f"force {force}" for force in FORCES),
)
NEIGHBOURS: tuple[str, ...] = (
    *(f"before {kind}" for kind in KINDS),
    *(f"after {kind}" for kind in KINDS),
    "has before",
    "has after",
)
_SIZE = len(KINDS)
_MOST_SENTENCES_OF_AN_ANSWER = 2

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heads:
    """The fitted weights.

    `inner` has shape (inner dims, columns), `traits` (traits, columns), `bias` (columns,), `neighbours`
    (len(NEIGHBOURS), kinds): what a post's sentence gains from those beside it. `priors` and `thresholds` hold each
    register's usual share of sentences that say a kind, and the usual probability from which it counts as said.
    """

    encoder: str
    inner: Rows
    traits: Rows
    bias: Rows
    neighbours: Rows
    priors: Mapping[Register, Rows]
    thresholds: Mapping[Register, Rows]
    digest: str

    def score_inner(self, inner: Rows) -> Rows:
        """Return what inner rows of shape (sentences, dims) add to each column, shape (sentences, columns)."""
        return np.asarray(inner @ self.inner + self.bias, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Scores:
    """Log-odds of the sentences of one source: `kinds` (sentences, kinds), `rungs` (…, 3), `forces` (…, 4)."""

    kinds: Rows
    rungs: Rows
    forces: Rows


def trait_names() -> tuple[str, ...]:
    """Return the names of the traits, in the order of the columns of `read_traits`."""
    return tuple(read_sentence("").values)


def read_traits(readings: Sequence[Reading]) -> Rows:
    """Return the traits of sentences, shape (sentences, traits)."""
    rows = [tuple(reading.values.values()) for reading in readings]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(trait_names()))


def choose_register(sentences: Sequence[int]) -> Register:
    """Return how a source speaks, from how many sentences each of its texts has."""
    short = sum(count <= _MOST_SENTENCES_OF_AN_ANSWER for count in sentences)
    return "answer" if 2 * short >= len(sentences) else "post"


def place_neighbours(near: Rows, sentences: Sequence[int]) -> Rows:
    """Return what each sentence is told of those beside it in its text, shape (sentences, len(NEIGHBOURS)).

    Args:
        near: first look at all sentences, text by text, shape (sum of `sentences`, kinds).
        sentences: of each text.
    """
    found = np.zeros((len(near), len(NEIGHBOURS)), dtype=np.float32)
    starts = np.zeros(len(near) + 1, dtype=bool)
    starts[np.concatenate([[0], np.cumsum(np.asarray(sentences, dtype=np.int64))])] = True
    has_before, has_after = ~starts[:-1], ~starts[1:]
    found[1:, :_SIZE] = near[:-1] * has_before[1:, None]
    found[:-1, _SIZE : 2 * _SIZE] = near[1:] * has_after[:-1, None]
    found[:, -2], found[:, -1] = has_before, has_after
    return found


def score_sentences(heads: Heads, columns: Rows, sentences: Sequence[int], register: Register) -> Scores:
    """Return the scores of one source's sentences, given text by text.

    Args:
        heads: the weights.
        columns: what inner rows and traits add up to, shape (sentences, columns).
        sentences: how many sentences each text has.
        register: how the source speaks.
    """
    near, post, answer = (columns[:, at * _SIZE : (at + 1) * _SIZE] for at in range(3))
    kinds = post + place_neighbours(near, sentences) @ heads.neighbours if register == "post" else answer
    first_force = 3 * _SIZE + len(RUNGS)
    return Scores(kinds, columns[:, 3 * _SIZE : first_force], columns[:, first_force:])


def read_heads(text: str) -> Heads:
    """Read the heads' file.

    Raises:
        ValueError: it was fitted on other traits or kinds than this version reads; they must be fitted again.
    """
    kept: dict[str, Any] = json.loads(text)
    if tuple(kept["columns"]) != COLUMNS or tuple(kept["traits"]) != trait_names():
        raise ValueError("heads.json was fitted on other kinds or traits; fit it again with `make heads`")

    def rows(name: str) -> Rows:
        return np.array(kept[name], dtype=np.float32)

    shares: dict[str, dict[Register, Rows]] = {
        name: {register: np.array(kept[name][register], dtype=np.float32) for register in get_args(Register)}
        for name in ("priors", "thresholds")
    }
    return Heads(
        encoder=kept["encoder"],
        inner=rows("inner_weights"),
        traits=rows("trait_weights"),
        bias=rows("bias"),
        neighbours=rows("neighbour_weights"),
        priors=shares["priors"],
        thresholds=shares["thresholds"],
        digest=hashlib.sha256(text.encode()).hexdigest()[:12],
    )


def write_heads(heads: Heads) -> str:
    """Return the heads as the text that `read_heads` reads, five digits a weight."""

    def numbers(rows: Rows) -> Any:
        return [numbers(row) for row in rows] if rows.ndim > 1 else [float(f"{value:.5g}") for value in rows]

    kept = {
        "encoder": heads.encoder,
        "columns": COLUMNS,
        "traits": trait_names(),
        "neighbours": NEIGHBOURS,
        "priors": {register: numbers(rows) for register, rows in heads.priors.items()},
        "thresholds": {register: numbers(rows) for register, rows in heads.thresholds.items()},
        "bias": numbers(heads.bias),
        "trait_weights": numbers(heads.traits),
        "neighbour_weights": numbers(heads.neighbours),
        "inner_weights": numbers(heads.inner),
    }
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in kept.items()) + "\n}\n"


@lru_cache(maxsize=1)
def load_heads() -> Heads:
    """Return the heads that ship with the package (models/heads.json)."""
    inside = resources.files("overheard") / "models" / "heads.json"
    # An editable install: the folder stands beside src/.
    path = inside if inside.is_file() else Path(__file__).parents[4] / "models" / "heads.json"
    return read_heads(path.read_text(encoding="utf-8"))
