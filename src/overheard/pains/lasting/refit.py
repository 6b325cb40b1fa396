"""Everything grouped anew, in the shadow: pains that still stand stay as they are, and what changed is told.

A new grouping of the same sentences and a few more cuts many pains a little differently. Followed to the letter it
would move many sentences for nothing (measured: 23 % of 10,800 titles once 1,200 more were grouped with them), so
sentences move only with a pain that split, was absorbed, scattered or is new.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from scipy.optimize import linear_sum_assignment

from overheard.pains.lasting.life import is_large_enough
from overheard.pains.lasting.match import SPLIT_SHARE, Transitions, confirmed, match_groups_to_pains, shared_counts
from overheard.pains.lasting.move import absorb, born, part_off
from overheard.pains.lasting.pool import is_ripe
from overheard.pains.lasting.standing import Grouping, Rows, Standing, centre_of, stored
from overheard.pains.lasting.tell import Teller
from overheard.settings import PainSettings

DRIFTED_BELOW = 0.9
"""Cosine of a pain's centroid now and when it was last told, below which it is another thing by now."""

NEWS = 0.3
"""Least share of a pain's sentences that were heard since it was born for it to split: that another night's grouping
cuts the same sentences in two is no news. What is cut so was of two kinds all along: its halves are less alike
(corrected cosine .49 to .64) than those of many pains that did become two (to .86), and every sample shows it."""

SAMPLES = 2
SAMPLE_PARTS = 10
"""A change is believed if each of two samples, without every tenth sentence, shows it as well when cut into as many
topics as there are pains: how fine the best cut is changes with a few sentences, and is no news of any pain."""


def refit_pains(
    standing: Standing, settings: PainSettings, group: Grouping, tell: Teller, since: date, is_new_recipe: bool
) -> tuple[Standing, int]:
    """Group all sentences anew and carry what changed into the standing.

    Args:
        standing: after tonight's new sentences were placed.
        settings: of [pains].
        group: groups sentences.
        tell: says events.
        since: the night everything was last grouped.
        is_new_recipe: encoder or settings changed, so that the new grouping is followed: every cut of it counts.

    Returns:
        The standing after, and how many sentences were grouped, samples included.
    """
    groups = _united(list(group(standing.sentences, settings)), standing)
    found = _respecting(_transitions(groups, standing, since, 0.0 if is_new_recipe else SPLIT_SHARE), standing)
    if not is_new_recipe:
        found = _with_news(found, standing)
    grouped = len(standing.sentences)
    as_fine = settings.model_copy(update={"topics": settings.topics or max(2, len(standing.members()))})
    for left_out in range(0 if is_new_recipe else SAMPLES):
        if not (found.parts or found.absorbed or found.scattered or found.fresh):
            break
        sample = _sample_rows(standing.sentences.ids, left_out)
        some = _united([sample[rows] for rows in group(standing.sentences.only(sample), as_fine)], standing)
        found = confirmed(found, groups, _transitions(some, standing, since, SPLIT_SHARE), some, sample)
        grouped += len(sample)
    standing = _carried(standing, groups, found, settings, tell)
    if is_new_recipe:
        standing = _followed(standing, groups, settings, tell)
    return _drifted(standing, tell), grouped


def _transitions(groups: Sequence[Rows], standing: Standing, since: date, split_share: float) -> Transitions:
    vectors = standing.sentences.vectors
    is_old = np.array([day is None or day <= since for day in standing.first_heard], dtype=bool)
    # A pain that came out of the pool since is what it was born of: of old ones it may have a stray.
    members = {
        pain_id: rows[is_old[rows]] if standing.pains[pain_id].born <= since and is_old[rows].any() else rows
        for pain_id, rows in standing.members().items()
    }
    old = np.array([centre_of(vectors[rows]) for rows in members.values()], dtype=np.float64)
    new = np.array([centre_of(vectors[rows]) for rows in groups], dtype=np.float64)
    cosines = old @ new.T if len(old) and len(new) else np.zeros((len(old), len(new)))
    return match_groups_to_pains(members, groups, cosines, split_share)


def _with_news(found: Transitions, standing: Standing) -> Transitions:
    """Drop the splits of pains of which hardly anything was heard since they were born."""
    members = standing.members()

    def has_news(pain_id: str) -> bool:
        born = standing.pains[pain_id].born
        rows: list[int] = members[pain_id].tolist()
        return sum((standing.first_heard[row] or born) > born for row in rows) >= NEWS * len(rows)

    return replace(found, parts={group: pain_id for group, pain_id in found.parts.items() if has_news(pain_id)})


def _united(groups: Sequence[Rows], standing: Standing) -> list[Rows]:
    """Join the groups that come from one pain which a person joined by hand."""
    whole = [rows for pain_id, rows in standing.members().items() if "whole" in standing.pains[pain_id].by_hand]
    united = list(groups)
    for counts in shared_counts(whole, groups):
        parts = [index for index, rows in enumerate(groups) if 2 * counts[index] > len(rows)]
        if len(parts) > 1:
            united[parts[0]] = np.sort(np.concatenate([groups[index] for index in parts]))
            for index in parts[1:]:
                united[index] = united[index][:0]
    return [rows for rows in united if len(rows)]


def _sample_rows(ids: Sequence[str], left_out: int) -> Rows:
    """Return the rows of a sample that is the same every night: whether a sentence is in it follows from its id."""
    kept = [row for row, key in enumerate(ids) if zlib.crc32(key.encode()) % SAMPLE_PARTS != left_out]
    return np.array(kept, dtype=np.int64)


def _respecting(found: Transitions, standing: Standing) -> Transitions:
    """Drop what a person's decisions rule out: pinned pains neither change nor take others in."""

    def is_held(pain_id: str, *decisions: str) -> bool:
        return bool(set(decisions) & set(standing.pains[pain_id].by_hand))

    return replace(
        found,
        parts={group: pain for group, pain in found.parts.items() if not is_held(pain, "pinned", "whole")},
        absorbed={
            pain: group
            for pain, group in found.absorbed.items()
            if not is_held(pain, "pinned", "apart") and not is_held(found.survived[group], "pinned")
        },
        scattered=frozenset(pain for pain in found.scattered if not is_held(pain, "pinned", "apart", "whole")),
    )


def _carried(
    standing: Standing, groups: Sequence[Rows], found: Transitions, settings: PainSettings, tell: Teller
) -> Standing:
    before = standing.members()
    for pain_id, group in sorted(found.absorbed.items()):
        standing = absorb(standing, pain_id, found.survived[group], tell)
    for group, pain_id in sorted(found.parts.items()):
        part = np.intersect1d(groups[group], before[pain_id], assume_unique=True)
        rest = np.setdiff1d(standing.members().get(pain_id, part[:0]), part, assume_unique=True)
        if all(is_large_enough(standing.sentences, rows, settings) for rows in (part, rest)):
            standing = part_off(standing, part, pain_id, tell)
            loose = [row for row in groups[group].tolist() if standing.places[row] is None]
            standing = standing.moved(np.array(loose, dtype=np.int64), standing.places[int(part[0])])
    for group in sorted(found.fresh):
        rows = _movable(standing, groups[group])
        if is_ripe(standing, rows, settings):
            standing = born(standing, rows, tell, tell.people(standing.sentences.count_people(rows)))
    for group, pain_id in sorted(found.survived.items()):
        if "pinned" not in standing.pains[pain_id].by_hand:
            loose = [row for row in groups[group].tolist() if standing.places[row] in (None, *found.scattered)]
            standing = standing.moved(np.array(loose, dtype=np.int64), pain_id)
    return standing


def _movable(standing: Standing, rows: Rows) -> Rows:
    """Return the rows that are not of a pain a person pinned or joined."""
    fast = {pain_id for pain_id, pain in standing.pains.items() if {"pinned", "whole"} & set(pain.by_hand)}
    return np.array([row for row in rows.tolist() if standing.places[row] not in fast], dtype=np.int64)


def _followed(standing: Standing, groups: Sequence[Rows], settings: PainSettings, tell: Teller) -> Standing:
    """Follow the grouping to the letter: each group is the pain most of which it holds, or a new one."""
    owners = standing.members()
    shared = shared_counts(list(owners.values()), groups)
    pairs = zip(*linear_sum_assignment(-shared), strict=True)
    owner_of = {int(group): list(owners)[pain] for pain, group in pairs if shared[pain, group]}
    movable = [_movable(standing, rows) for rows in groups]
    standing = standing.moved(_movable(standing, np.arange(len(standing.sentences))), None)
    for group, rows in enumerate(movable):
        pain_id = owner_of.get(group)
        if pain_id is not None and "pinned" not in standing.pains[pain_id].by_hand:
            standing = standing.moved(rows, pain_id)
        elif is_large_enough(standing.sentences, rows, settings):
            standing = born(standing, rows, tell, tell.people(standing.sentences.count_people(rows)))
    return standing


def _drifted(standing: Standing, tell: Teller) -> Standing:
    for pain_id, rows in standing.members().items():
        pain, centre = standing.pains[pain_id], centre_of(standing.sentences.vectors[rows])
        cosine = float(np.array(pain.centroid) @ centre) if len(pain.centroid) == len(centre) else 1.0
        if cosine < DRIFTED_BELOW:
            event = tell.event(pain_id, "drifted", f"its middle moved to a cosine of {cosine:.2f}")
            standing = standing.with_pain(replace(pain, centroid=stored(centre)), event)
            standing = replace(standing, restated=standing.restated | {pain_id})
    return standing
