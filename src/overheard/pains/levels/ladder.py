"""Which families do tonight's pains form, and into which parts do they fall? Last night's, while they are as good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.pains.lasting import Sentences
from overheard.pains.levels.divide import divided, spread
from overheard.pains.levels.join import joined
from overheard.pains.settle import Crowd, Floor, Labels, centroids_of, stands
from overheard.pains.space import Floats
from overheard.pains.tree import nearest
from overheard.records import PainGroup
from overheard.settings import PainSettings

HALVINGS = 3
"""Coarser levels: with a half, a quarter and an eighth as many groups as there are pains."""

FEWEST_FAMILIES = 2
PARTS_A_PAIN = 2
"""Parts there are at most, on average: large pains fall into more, most into none. Twice as many again would be more
than anybody reads and names."""

AS_GOOD = 0.9
"""Share of what tonight's best families or parts tell apart (`spread`) from which last night's are kept. A grouping
afresh after a quiet night is another one here and there, for nothing. Of parts those of the pains that lag most are
made anew, until all together are as good."""

Ladder = Mapping[int, Labels]
"""Label of each sentence at each level, -1 for none, shape (sentences,): level 0 the pains, -1 and below families, each
within one of the level below, 1 parts."""


def lasting_ladder(
    sentences: Sentences,
    places: Sequence[str | None],
    before: Sequence[PainGroup],
    settings: PainSettings,
    pinned: Collection[str] = (),
    anew: bool = True,
) -> Ladder:
    """Group tonight's pains into families and parts.

    Args:
        sentences: of tonight.
        places: the pain of each sentence, None for none.
        before: last night's groups of all levels.
        settings: of [pains].
        pinned: ids of the pains whose parts a person wants to stay as they are.
        anew: look for better parts, too; without it new sentences join last night's, where there are any, which is the
            work of them and not of all.
    """
    # Sums of floats depend on their order, which must not be the one sentences came in.
    order = np.array(sorted(range(len(places)), key=lambda row: (sentences.texts[row], sentences.ids[row])), dtype=int)
    ordered, placed = sentences.only(order), [places[row] for row in order.tolist()]
    pain_ids = sorted({place for place in placed if place is not None})
    if not pain_ids:
        return {}
    number = {pain_id: label for label, pain_id in enumerate(pain_ids)}
    pains = np.array([-1 if place is None else number[place] for place in placed], dtype=np.int64)
    families = _families(ordered, pains, _kept_families(before, number))
    fast = np.array([label for pain_id, label in number.items() if pain_id in pinned], dtype=np.int64)
    kept = _kept_parts(before, ordered.ids, placed)
    parts = _parts(ordered, pains, kept, settings, fast, anew or not before)
    levels = families | {0: pains} | ({1: parts} if parts.max() > pains.max() else {})
    back = np.argsort(order)
    return {level: labels[back] for level, labels in sorted(levels.items())}


def _families(sentences: Sentences, pains: Labels, kept: Mapping[int, Labels]) -> dict[int, Labels]:
    """Return the families' levels; `kept` is last night's family of each pain, -1 for a new one, by level."""
    sizes = np.bincount(pains[pains >= 0])
    centres, weights = centroids_of(sentences.plain, pains), np.sqrt(sizes)
    fresh = {-step: joined(centres, sizes, count) for step, count in _counts(len(centres))}
    families = _with_newcomers(centres, kept)
    if families.keys() != fresh.keys() or any(
        spread(centres, families[level], weights) < AS_GOOD * spread(centres, fresh[level], weights) for level in fresh
    ):
        families = fresh
    return {level: np.where(pains >= 0, labels[pains], -1) for level, labels in families.items()}


def _counts(pains: int) -> Iterator[tuple[int, int]]:
    """Yield the halving and the number of families of each coarser level."""
    before = pains
    for step in range(1, HALVINGS + 1):
        count = max(FEWEST_FAMILIES, round(pains / 2**step))
        if count < before:
            yield step, count
            before = count


def _kept_families(before: Sequence[PainGroup], number: Mapping[str, int]) -> dict[int, Labels]:
    kept: dict[int, Labels] = {}
    for label, group in enumerate(before):
        if group.level < 0:
            labels = kept.setdefault(group.level, np.full(len(number), -1, dtype=np.int64))
            labels[[number[pain_id] for pain_id in group.pains if pain_id in number]] = label
    return kept


def _with_newcomers(centres: Floats, kept: Mapping[int, Labels]) -> dict[int, Labels]:
    """Let each new pain join the families of the nearest one that has any."""
    known = np.flatnonzero(next(iter(kept.values())) >= 0) if kept else np.empty(0, dtype=np.int64)
    if not len(known):
        return {}
    nearest = known[(centres @ centres[known].T).argmax(axis=1)]
    nearest[known] = known
    return {
        level: np.unique(labels[nearest], return_inverse=True)[1].astype(np.int64) for level, labels in kept.items()
    }


def _parts(
    sentences: Sentences, pains: Labels, kept: Labels, settings: PainSettings, fast: Labels, anew: bool
) -> Labels:
    """Return the part of each sentence; `kept` is last night's, -1 where there is none, `fast` are pinned pains."""
    everyone = np.unique(np.array(sentences.people, dtype=object), return_inverse=True)[1]
    crowd = Crowd(np.arange(len(pains)), everyone)
    floor = Floor(settings.minimum_signals, settings.minimum_people)
    carried = _with_new_sentences(sentences.plain, pains, kept, crowd, floor)
    if not anew:
        return _numbered(carried, pains)
    fresh = divided(sentences.plain, pains, PARTS_A_PAIN * (int(pains.max()) + 1), crowd, floor)
    best, now = (_told_apart(sentences.plain, pains, labels) for labels in (fresh, carried))
    lag = best - now
    if (kept >= 0).any():
        lag[fast] = 0
    renewed = np.zeros(len(lag), dtype=bool)
    for pain in np.argsort(-lag, kind="stable").tolist():
        if lag[pain] <= 0 or np.where(renewed, best, now).sum() >= AS_GOOD * best.sum():
            break
        renewed[pain] = True
    return _numbered(np.where(renewed[pains], fresh + carried.max() + 1, carried), pains)


def _numbered(parts: Labels, pains: Labels) -> Labels:
    """Return labels of parts from 0 up without a gap, -1 for sentences in no pain."""
    labels = np.full(len(pains), -1, dtype=np.int64)
    labels[pains >= 0] = np.unique(parts[pains >= 0], return_inverse=True)[1]
    return labels


def _told_apart(vectors: Floats, pains: Labels, parts: Labels) -> NDArray[np.float64]:
    """Return how far the parts of each pain lie apart (`spread`), shape (pains,)."""
    rows = [np.flatnonzero(pains == pain) for pain in range(int(pains.max()) + 1)]
    return np.array(
        [spread(vectors[own], np.unique(parts[own], return_inverse=True)[1], np.ones(len(own))) for own in rows]
    )


def _kept_parts(before: Sequence[PainGroup], ids: Sequence[str], places: Sequence[str | None]) -> Labels:
    """Return last night's part of each sentence; a part goes where most of it went, into whatever pain that is."""
    part_of = {key: label for label, group in enumerate(before) for key in group.signals}
    found = [part_of.get(key, -1) for key in ids]
    homes = Counter((label, place) for label, place in zip(found, places, strict=True) if label >= 0 and place)
    home = {label: place for (label, place), _ in sorted(homes.items(), key=lambda one: (one[1], one[0]))}
    return np.array(
        [label if home.get(label) == place else -1 for label, place in zip(found, places, strict=True)], dtype=np.int64
    )


def _with_new_sentences(vectors: Floats, pains: Labels, kept: Labels, crowd: Crowd, floor: Floor) -> Labels:
    """Let each new sentence join the nearest part of its pain; parts that no longer stand go to their neighbours."""
    carried = pains.copy()
    for pain in np.unique(pains[kept >= 0]).tolist():
        rows = np.flatnonzero(pains == pain)
        own = np.unique(kept[rows], return_inverse=True)[1] - int((kept[rows] < 0).any())
        while own.max() > 0:
            near = nearest(vectors[rows], centroids_of(vectors[rows], own))
            full = np.full(len(pains), -1, dtype=np.int64)
            full[rows] = np.where(own >= 0, own, near)
            is_standing = stands(full, crowd, floor)
            if is_standing.all():
                carried[rows] = np.where(full[rows] > 0, carried.max() + full[rows], pain)
                break
            # One at a time: its neighbours may stand once they have what it leaves.
            weak = int(np.flatnonzero(~is_standing)[0])
            own = np.where(own == weak, -1, own - (own > weak))
    return carried
