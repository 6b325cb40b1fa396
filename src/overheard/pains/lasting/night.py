"""One night in the life of the pains: from what they were, and what is heard now, to what they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from overheard.pains.duplicates import normalised_text
from overheard.pains.lasting.edits import apply_edits
from overheard.pains.lasting.life import end_withdrawn, tell_silence, tell_sizes
from overheard.pains.lasting.move import born
from overheard.pains.lasting.names import Describing, name_pains
from overheard.pains.lasting.place import belonging, nearest_pains, reach_of
from overheard.pains.lasting.pool import promote_pool
from overheard.pains.lasting.refit import refit_pains
from overheard.pains.lasting.standing import Grouping, Sentences, Standing, centre_of, stored
from overheard.pains.lasting.tell import Teller, with_names
from overheard.records import GroupEvent, LastingPain, Pain, PainEdit, Placement
from overheard.settings import PainSettings

Refit = Literal["no", "due", "new settings", "new encoder"]
"""Whether everything is grouped anew, and why. A new encoder's vectors cannot be compared with the old one's."""


@dataclass(frozen=True, slots=True)
class Before:
    """What last night left: pains as they last, as they were shown, placements, and when all were last grouped."""

    lasting: Sequence[LastingPain] = ()
    shown: Sequence[Pain] = ()
    placements: Sequence[Placement] = ()
    grouped_on: date = date.min


@dataclass(frozen=True, slots=True)
class Work:
    """A night's work in counts: sentences newly placed, their comparisons with centroids, and sentences grouped."""

    placed: int = 0
    compared: int = 0
    pooled: int = 0
    refitted: int = 0


@dataclass(frozen=True, slots=True)
class Night:
    """What a night leaves. `missed` counts a person's decisions that could not be followed."""

    lasting: list[LastingPain]
    shown: list[Pain]
    placements: list[Placement]
    events: list[GroupEvent]
    work: Work
    missed: int


def pass_night(
    sentences: Sentences,
    before: Before,
    edits: Iterable[PainEdit],
    settings: PainSettings,
    tell: Teller,
    refit: Refit,
    group: Grouping,
    describe: Describing,
) -> Night:
    """Carry the pains over one night.

    A sentence that was placed keeps its place. New ones go to the nearest pain in whose reach they are, else to the
    pool. Where no pain ever was, everything is grouped at once.

    Args:
        sentences: all that exist now; those of last night that are not among them were withdrawn.
        before: what last night left.
        edits: a person's decisions not yet followed, in order.
        settings: of [pains].
        tell: says events of this night.
        refit: whether everything is grouped anew.
        group: groups sentences.
        describe: names topics.
    """
    standing = _resumed(sentences, before, tell, refit)
    if not standing.pains:
        standing, work, missed = _first(standing, settings, group, tell), Work(refitted=len(sentences)), 0
    else:
        standing = end_withdrawn(standing, settings, tell)
        standing, work = _placed(standing, {one.signal_id for one in before.placements})
        standing, missed = apply_edits(standing, edits, settings, group, tell)
        if refit == "no":
            standing, pooled = promote_pool(standing, settings, group, tell, before.grouped_on)
            work = replace(work, pooled=pooled)
        else:
            standing, grouped = refit_pains(standing, settings, group, tell, before.grouped_on, refit != "due")
            work = replace(work, refitted=grouped)
        standing = end_withdrawn(standing, settings, tell)
        standing = tell_sizes(tell_silence(standing, settings, tell), tell)
    standing, shown = name_pains(standing, before.shown, describe, tell)
    lasting = [standing.pains[pain_id] for pain_id in sorted(standing.pains)]
    events = with_names(standing.events, standing.pains)
    return Night(lasting, shown, _placements(standing, before), events, work, missed)


def _resumed(sentences: Sentences, before: Before, tell: Teller, refit: Refit) -> Standing:
    """Return last night's pains over the sentences that exist now."""
    known = {one.signal_id: one for one in before.placements}
    places = [known[one].pain_id if one in known else None for one in sentences.ids]
    heard = [known[one].first_heard if one in known else tell.night for one in sentences.ids]
    pains = {pain.pain_id: pain for pain in before.lasting}
    standing = Standing(sentences, tuple(heard), tuple(places), pains)
    for pain_id, rows in standing.members().items():
        centre = stored(centre_of(sentences.vectors[rows]))
        if pain_id not in pains:  # a market of an earlier release, whose pains were not kept
            shown = next(pain for pain in before.shown if pain.pain_id == pain_id)
            pain = LastingPain(pain_id, shown.name, shown.words, tell.night, shown.people, centre)
            standing = standing.with_pain(pain)
        elif refit == "new encoder":
            standing = standing.with_pain(replace(pains[pain_id], centroid=centre))
    if refit == "new encoder":
        ended = [replace(pain, centroid=()) for pain in pains.values() if pain.ended is not None]
        standing = replace(standing, pains={**standing.pains, **{pain.pain_id: pain for pain in ended}})
    return standing


def _first(standing: Standing, settings: PainSettings, group: Grouping, tell: Teller) -> Standing:
    for rows in group(standing.sentences, settings):
        standing = born(standing, rows, tell, tell.people(standing.sentences.count_people(rows)))
    return standing


def _placed(standing: Standing, known: Collection[str]) -> tuple[Standing, Work]:
    """Place the sentences that are not among the known ones; what has no letter or digit belongs nowhere."""
    sentences = standing.sentences
    new = np.array(
        [row for row, key in enumerate(sentences.ids) if key not in known and normalised_text(sentences.texts[row])],
        dtype=np.int64,
    )
    reach = reach_of(sentences, standing.members())
    places = list(standing.places)
    for row, place in zip(new.tolist(), nearest_pains(sentences.plain[new], reach), strict=True):
        places[row] = place
    work = Work(placed=len(new), compared=len(new) * len(reach.pain_ids))
    return replace(standing, places=tuple(places)), work


def _placements(standing: Standing, before: Before) -> list[Placement]:
    """Return a placement per sentence; one whose place is last night's stays as it was, to the last digit."""
    known = {one.signal_id: one for one in before.placements}
    kept = [
        known[key] if key in known and known[key].pain_id == place else None
        for key, place in zip(standing.sentences.ids, standing.places, strict=True)
    ]
    moved = np.array([row for row, one in enumerate(kept) if one is None], dtype=np.int64)
    places = [standing.places[row] for row in moved.tolist()]
    sure = belonging(standing.sentences.plain[moved], places, reach_of(standing.sentences, standing.members()))
    for row, place, probability in zip(moved.tolist(), places, sure, strict=True):
        kept[row] = Placement(standing.sentences.ids[row], place, probability, standing.first_heard[row])
    return [one for one in kept if one is not None]
