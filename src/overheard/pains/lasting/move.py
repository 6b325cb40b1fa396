"""Pains that come into being out of sentences, part, and are taken in: the only places where sentences change pains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from overheard.pains.lasting.standing import Rows, Standing, centre_of, likeness, stored
from overheard.pains.lasting.tell import Teller
from overheard.records import LastingPain, id_of

REVIVES_AT = 0.94
LEAST_COSINE = 0.7
"""Likeness, and cosine of centroids, from which a new pain is an ended one again. Measured on 75 of the
150 intents of CLINC150: two samples of one intent are so alike for all at 50 sentences and at 25, 93 % at 10 and 86 %
at 5 (plain cosine of .9: 100, 97, 64 and 20 %); another intent for 1 to 3 % of them. The other 75 gave 95 % at 10 and
82 % at 5; both halves were seen when .94 was chosen. The least cosine is a guard that was not measured."""


def born(standing: Standing, rows: Rows, tell: Teller, evidence: str) -> Standing:
    """Make a pain of these rows: one that died where its centroid is the same, else a new one, not yet named."""
    again = revived(standing.pains, standing.sentences.vectors[rows])
    if again is None:
        return _made(standing, rows, tell, "born", evidence)[0]
    pain = _told(standing, replace(again, ended=None, silent=None), rows)
    return standing.moved(rows, pain.pain_id).with_pain(pain, tell.event(pain.pain_id, "revived", evidence))


def part_off(standing: Standing, rows: Rows, parent_id: str, tell: Teller, hand: str = "") -> Standing:
    """Make a pain of a part of a living pain; both are told, and both may be named anew.

    `hand` is put before the evidence where a person did it.
    """
    whole = standing.members()[parent_id]
    part = tell.part(standing.sentences, rows, whole)
    standing, pain_id = _made(standing, rows, tell, "split", f"{hand}{part} of {{{parent_id}}}")
    parent = standing.pains[parent_id]
    rest = np.setdiff1d(whole, rows, assume_unique=True)
    parent = _told(standing, parent, rest)
    standing = standing.with_pain(parent, tell.event(parent_id, "split", f"{hand}{part} went to {{{pain_id}}}"))
    return replace(standing, restated=standing.restated | {parent_id})


def absorb(standing: Standing, pain_id: str, target_id: str, tell: Teller, hand: str = "") -> Standing:
    """Move all of a pain's sentences to another and end it; both are told. `hand` as for `part_off`."""
    rows = standing.members()[pain_id]
    ended = replace(standing.pains[pain_id], ended=tell.night, into=target_id)
    standing = standing.moved(rows, target_id)
    whole = standing.members()[target_id]
    part = tell.part(standing.sentences, rows, whole)
    target = _told(standing, standing.pains[target_id], whole)
    standing = standing.with_pain(ended, tell.event(pain_id, "merged", f"{hand}it is part of {{{target_id}}} now"))
    standing = standing.with_pain(target, tell.event(target_id, "merged", f"{hand}{part} were {{{pain_id}}} before"))
    return replace(standing, restated=standing.restated | {target_id})


def revived(pains: Mapping[str, LastingPain], vectors: NDArray[np.float32]) -> LastingPain | None:
    """Return the pain that died and is told of by these sentences, None where there is none.

    What was merged into another pain stays merged.

    Args:
        pains: living and ended.
        vectors: unit rows of the new pain, at least two.
    """
    gone = [
        pain
        for _, pain in sorted(pains.items())
        if pain.ended is not None and pain.into is None and len(pain.centroid) == vectors.shape[1]
    ]
    if not gone:
        return None
    cosines = np.array([pain.centroid for pain in gone]) @ centre_of(vectors)
    alike = likeness(cosines, np.array([pain.told for pain in gone]), vectors)
    best = int(alike.argmax())
    return gone[best] if alike[best] >= REVIVES_AT and cosines[best] >= LEAST_COSINE else None


def _made(standing: Standing, rows: Rows, tell: Teller, what: str, evidence: str) -> tuple[Standing, str]:
    pain_id = id_of("pain", *sorted(standing.sentences.ids[row] for row in rows.tolist()))
    while pain_id in standing.pains:
        pain_id = id_of("pain", pain_id, tell.night)
    pain = _told(standing, LastingPain(pain_id, "", (), tell.night, 0, ()), rows)
    return standing.moved(rows, pain_id).with_pain(pain, tell.event(pain_id, what, evidence)), pain_id


def _told(standing: Standing, pain: LastingPain, rows: Rows) -> LastingPain:
    centre = centre_of(standing.sentences.vectors[rows])
    return replace(pain, told=standing.sentences.count_people(rows), centroid=stored(centre))
