"""Is a pain still one? It dies when its sentences are withdrawn, or when it is silent where it should be heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from overheard.pains.lasting.standing import Rows, Sentences, Standing, centre_of, likeness
from overheard.pains.lasting.tell import Teller
from overheard.records import LastingPain
from overheard.settings import PainSettings

CHANGED_BY = 0.25
"""Least relative change of its people since it was last told that is told; smaller ones are noise."""

BY_CHANCE = 5e-4
"""Chance below which a pain heard so seldom is silent. Measured on intents of one sentence a night, after a fortnight:
silent ones had 8e-6 to 3e-4, others of which by chance hardly any were placed there 1.7e-3 and more."""

HARDLY = 0.1
"""Share of what was to be expected that a silent pain is heard at most: by chance alone, a large one that is heard a
third as often as usual would count as silent."""

HEARD_AGAIN = 1e-2
"""Chance from which a silent pain is heard again; between the two, nothing is told."""

GONE = 0.8
"""Share of its people that must be gone for a pain to die although enough for a pain is left: what is left then are
sentences that were merely nearest to it."""

MOSTLY_GONE = 0.4
SAME_MIDDLE = 0.95
SAME_PLACE = 0.8
"""A pain also dies where this share of its people is gone and what is left is not what it was: `likeness` of centroids
below `SAME_MIDDLE` or their cosine below `SAME_PLACE`. Measured on 75 intents: where 10 of 30 sentences of one stayed
.95 and .88 in nine of ten cases; where a larger one went and its neighbour stayed, a likeness of .73 to .96, and where
it went and strays stayed, which are alike in nothing, a cosine of .40 to .70."""

CORE = 0.25
"""Quantile of its earlier sentences' cosines to its middle from which a late sentence counts as hearing a pain: what
only lies at its edge was merely nearest to it."""


def is_large_enough(sentences: Sentences, rows: Rows, settings: PainSettings) -> bool:
    """Say whether these rows are enough sentences of enough people for a pain."""
    return len(rows) >= settings.minimum_signals and sentences.count_people(rows) >= settings.minimum_people


def end_withdrawn(standing: Standing, settings: PainSettings, tell: Teller) -> Standing:
    """End the pains that fell below the floor or lost nearly all; what is left of them goes back to the pool.

    Their centroid stays as it was when last told: a mean over so few people would tell what one of them said.
    """
    members = standing.members()
    for pain_id, pain in sorted(standing.pains.items()):
        rows = members.get(pain_id, np.empty(0, dtype=np.int64))
        if pain.ended is None and (
            not is_large_enough(standing.sentences, rows, settings) or _is_gone(standing, pain, rows)
        ):
            event = tell.event(pain_id, "died", f"too little is left of what {tell.people(pain.told)} said")
            standing = standing.moved(rows, None).with_pain(replace(pain, ended=tell.night), event)
    return standing


def _is_gone(standing: Standing, pain: LastingPain, rows: Rows) -> bool:
    """Say whether what is left of a pain is not that pain any more; at least one row."""
    left = standing.sentences.count_people(rows)
    if left <= (1 - GONE) * pain.told:
        return True
    centre = centre_of(standing.sentences.vectors[rows])
    if left > (1 - MOSTLY_GONE) * pain.told or len(pain.centroid) != len(centre):
        return False
    cosine = np.array([np.array(pain.centroid) @ centre])
    alike = likeness(cosine, np.array([pain.told]), standing.sentences.vectors[rows])
    return bool(alike[0] < SAME_MIDDLE or cosine[0] < SAME_PLACE)


def tell_silence(standing: Standing, settings: PainSettings, tell: Teller) -> Standing:
    """Tell the pains that are no longer heard, and those that are heard again.

    A silent pain keeps its sentences and its id: what people said, they said. It is silent where, did it grow like the
    pain in the middle, hearing as little of it as in the last `silent_days` were no chance (Poisson). So neither a
    quiet market nor a wave of something new, which makes all sentences more, lets a pain die, and a stray sentence
    does not keep one alive.
    """
    start = tell.night - timedelta(settings.silent_days)
    is_late = np.array([(day or date.min) > start for day in standing.first_heard], dtype=bool)
    looked_at = {
        pain_id: rows
        for pain_id, rows in standing.members().items()
        if standing.pains[pain_id].born <= start and not is_late[rows].all()
    }
    growth = float(np.median([is_late[rows].sum() / (~is_late[rows]).sum() for rows in looked_at.values()] or [0.0]))
    for pain_id, rows in looked_at.items():
        pain = standing.pains[pain_id]
        heard, before = _core_counts(standing.sentences.plain[rows], is_late[rows])
        expected = before * growth
        chance = float(poisson.cdf(heard, expected))
        if pain.silent is None and heard <= HARDLY * expected and chance < BY_CHANCE:
            event = tell.event(pain_id, "died", f"hardly heard for {settings.silent_days} days")
            standing = standing.with_pain(replace(pain, silent=tell.night), event)
        elif pain.silent is not None and heard and chance >= HEARD_AGAIN:
            back = replace(pain, silent=None)
            standing = standing.with_pain(back, tell.event(pain_id, "revived", "it is heard again"))
    return standing


def _core_counts(plain: NDArray[np.float32], lately: NDArray[np.bool_]) -> tuple[int, int]:
    """Count a pain's sentences that lie no farther from its middle than most earlier ones: late and earlier ones."""
    cosines = plain @ centre_of(plain[~lately])
    is_core = cosines >= np.quantile(cosines[~lately], CORE)
    return int((is_core & lately).sum()), int((is_core & ~lately).sum())


def tell_sizes(standing: Standing, tell: Teller) -> Standing:
    """Tell the pains whose people are a quarter more or fewer than when their size was last told."""
    for pain_id, rows in standing.members().items():
        pain, now = standing.pains[pain_id], standing.sentences.count_people(rows)
        if abs(now - pain.told) >= CHANGED_BY * pain.told:
            what = "grew" if now > pain.told else "shrank"
            event = tell.event(pain_id, what, tell.change(pain.told, now))
            standing = standing.with_pain(replace(pain, told=now), event)
    return standing
