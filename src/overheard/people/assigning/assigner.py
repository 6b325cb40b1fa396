"""Which segment's people does a customer's text sound like, by which of its own words, and whom does it sound like?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from overheard.people.assigning.centres import Floats, deal_people, fit_centres, fit_sharpness, probabilities
from overheard.people.assigning.check import FOLDS, Check, Trials, check_trials
from overheard.people.assigning.pieces import Encode, Piece, sentences_in
from overheard.people.assigning.space import Placed, TextSpace
from overheard.people.needs.words import shown_words

ASSIGNED = "assigned"
TOO_LITTLE = "too little text"
UNHEARD = "unlike anything heard here"
BETWEEN = "between segments"
NO_SEGMENTS = "no segments in this market"

LEAST_WORDS = 3
"""Distinct content words of a text that the market's people use, too; fewer say nothing."""
MOSTLY = 0.5
"""A text of which so large a share of words was heard is not unheard, however alike the market's people speak."""
_UNHEARD_SHARE = 0.1
"""Of members' own pieces that are taken for unheard when their people are left out. Of texts of other subjects .08 are
assigned so, against .39 by likeness to the nearest piece; at .05 it is .12, at .15 .06."""
_TOP_WORDS = 3
_LONGEST_REASON = 240


@dataclass(frozen=True, slots=True)
class Assignment:
    """One customer's segment, or why there is none (`why` is ASSIGNED or the reason).

    `probability` is of the nearest segment, whether assigned or not. For assigned ones `words` are their own words that
    decided, `reason` the sentence of theirs that holds most of it, verbatim, and `quote` the row of the nearest quote.
    `likely` are the segments' probabilities for who is between them, by segment_id.
    """

    segment_id: str | None
    probability: float
    why: str
    words: tuple[str, ...] = ()
    reason: str = ""
    quote: int | None = None
    likely: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Fit:
    """What was fitted to pieces; `centres` has shape (segments, words + dims)."""

    space: TextSpace
    centres: Floats


class Assigner:
    """Assigns texts; made by `fit_assigner`. `check` says how far to trust it, None where it could not be measured."""

    def __init__(
        self,
        fit: _Fit,
        segment_ids: Sequence[str],
        encode: Encode,
        sharpness: float,
        least: float,
        heard: float,
        check: Check,
    ) -> None:
        """Args: as measured by `fit_assigner`; `heard` is the least share of words that were heard."""
        self._fit, self._encode, self._segment_ids = fit, encode, tuple(segment_ids)
        self._sharpness, self._heard = sharpness, heard
        self.least_probability, self.check = least, check
        self._quotes: Placed | None = None
        self._quoted: NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    def set_quotes(self, texts: Sequence[str], segment_ids: Sequence[str]) -> None:
        """Set what may be shown of members: verbatim sentences and whose segment each is of."""
        self._quotes = self._fit.space.place(texts, self._encode(texts)) if texts else None
        self._quoted = np.array([self._segment_ids.index(segment_id) for segment_id in segment_ids], dtype=np.int64)

    def assign(self, texts: Sequence[str]) -> list[Assignment]:
        """Assign customers.

        Args:
            texts: what each wrote, at most `LONGEST_TEXT` characters.

        Returns:
            One assignment a text. A text's does not depend on the others.
        """
        if not texts:
            return []
        placed = self._fit.space.place(texts, self._encode(texts))
        words = placed.known_words()
        shares = probabilities(placed.scores(self._fit.centres), self._sharpness)
        guess, likely = shares.argmax(axis=1), shares.max(axis=1)
        quotes = self._nearest_quotes(placed, guess)
        found = []
        for row, text in enumerate(texts):
            probability, segment = float(likely[row]), int(guess[row])
            if words[row] < LEAST_WORDS:
                found.append(Assignment(None, 0.0, TOO_LITTLE))
            elif placed.heard[row] < self._heard:
                found.append(Assignment(None, 0.0, UNHEARD))
            elif probability < self.least_probability:
                between = dict(zip(self._segment_ids, shares[row].tolist(), strict=True))
                found.append(Assignment(None, probability, BETWEEN, likely=between))
            else:
                told, reason = self._reason(text, segment)
                found.append(Assignment(self._segment_ids[segment], probability, ASSIGNED, told, reason, quotes[row]))
        return found

    def _reason(self, text: str, segment: int) -> tuple[tuple[str, ...], str]:
        """Return the words of a text that speak most for a segment, and the sentence that holds most of them."""
        sentences = sentences_in(text)
        said = [shown_words(sentence) for sentence in sentences]
        telling = self._fit.centres[segment]
        columns = self._fit.space.vocabulary
        forms: dict[str, str] = {}
        for own in said:
            for folded, form in own:
                forms.setdefault(folded, form)
        weight = {folded: float(telling[columns[folded]]) for folded in forms if folded in columns}
        top = sorted((word for word in weight if weight[word] > 0), key=lambda word: (-weight[word], word))[:_TOP_WORDS]
        held = [sum(weight.get(folded, 0.0) for folded, _ in set(own)) for own in said]
        best = int(np.argmax(held))
        return tuple(forms[word] for word in top), sentences[best][:_LONGEST_REASON]

    def _nearest_quotes(self, placed: Placed, guess: NDArray[np.int64]) -> list[int | None]:
        """Return for each text the row of the nearest quote of its segment, None where nothing may be shown."""
        if self._quotes is None:
            return [None] * len(guess)
        own = guess[:, None] == self._quoted
        nearest = np.where(own, placed.cosines(self._quotes), -np.inf).argmax(axis=1)
        return [int(row) if has else None for row, has in zip(nearest, own.any(axis=1), strict=True)]


def fit_assigner(pieces: Sequence[Piece], encode: Encode, seed: int) -> Assigner | str:
    """Learn what each segment's people say, and measure on people left out how often it is right.

    Args:
        pieces: what each person of a segment said in each thread.
        encode: encodes whole texts.
        seed: of the folds.

    Returns:
        The assigner, or why there can be none.
    """
    segment_ids = sorted({piece.segment_id for piece in pieces})
    if len(segment_ids) < 2:
        return NO_SEGMENTS
    segments = np.array([segment_ids.index(piece.segment_id) for piece in pieces], dtype=np.int64)
    weights = np.array([piece.weight for piece in pieces])
    vectors = encode([piece.text for piece in pieces])
    folds = deal_people([piece.person_id for piece in pieces], segments, FOLDS, seed)
    try:
        fit = _fit_to(pieces, vectors, segments, weights, len(segment_ids))
        tried = [_try_fold(pieces, vectors, segments, weights, folds == fold) for fold in np.unique(folds).tolist()]
    except ValueError:
        return "the people of its segments share no words"
    scores, words, shares = np.zeros((len(pieces), len(segment_ids))), np.zeros(len(pieces)), np.zeros(len(pieces))
    for held, found in tried:
        scores[held], words[held], shares[held] = found
    enough = words >= LEAST_WORDS
    heard = min(MOSTLY, float(np.quantile(shares[enough], _UNHEARD_SHARE))) if enough.any() else 0.0
    sharpness = fit_sharpness(scores, segments, weights)
    likely = probabilities(scores, sharpness)
    people = {person_id: row for row, person_id in enumerate(dict.fromkeys(piece.person_id for piece in pieces))}
    trials = Trials(
        np.array([people[piece.person_id] for piece in pieces]),
        folds,
        weights,
        segments,
        likely.argmax(axis=1),
        likely.max(axis=1),
        enough & (shares >= heard),
    )
    check, least = check_trials(trials, segment_ids)
    return Assigner(fit, segment_ids, encode, sharpness, least, heard, check)


def _fit_to(
    pieces: Sequence[Piece], vectors: NDArray[np.float32], segments: NDArray[np.int64], weights: Floats, count: int
) -> _Fit:
    space = TextSpace(pieces, vectors)
    placed = space.place([piece.text for piece in pieces], vectors)
    return _Fit(space, fit_centres(placed, segments, weights, count))


def _try_fold(
    pieces: Sequence[Piece],
    vectors: NDArray[np.float32],
    segments: NDArray[np.int64],
    weights: Floats,
    held: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], tuple[Floats, NDArray[np.int64], NDArray[np.float32]]]:
    """Score the pieces of people held out by segment; count their known words, and the share these are of all."""
    told, asked = np.flatnonzero(~held).tolist(), np.flatnonzero(held).tolist()
    fit = _fit_to([pieces[row] for row in told], vectors[told], segments[told], weights[told], segments.max() + 1)
    placed = fit.space.place([pieces[row].text for row in asked], vectors[asked])
    return held, (placed.scores(fit.centres), placed.known_words(), placed.heard)
