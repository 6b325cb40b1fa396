"""Is a pain still one? It dies when its sentences are withdrawn, or when it is silent where it should be heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from scipy.stats import poisson

from overheard.pains.lasting.standing import Rows, Sentences, Standing
from overheard.pains.lasting.tell import Teller
from overheard.settings import PainSettings

CHANGED_BY = 0.25
"""Least relative change of its people since it was last told that is told; smaller ones are noise."""

BY_CHANCE = 1e-5
"""Chance below which a pain heard so seldom is silent. Hundreds of pains are looked at every night."""

HARDLY = 0.1
"""Share of what was to be expected that a silent pain is heard at most: by chance alone, one that others merely drown
out, as a wave of something new does, would count as silent."""

HEARD_AGAIN = 1e-2
"""Chance from which a silent pain is heard again; between the two, nothing is told."""

GONE = 0.8
"""Share of its people that must be gone for a pain to die although enough for a pain is left: what is left then are
sentences that were merely nearest to it."""


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
        is_gone = standing.sentences.count_people(rows) <= (1 - GONE) * pain.told
        if pain.ended is None and (is_gone or not is_large_enough(standing.sentences, rows, settings)):
            event = tell.event(pain_id, "died", f"too little is left of what {tell.people(pain.told)} said")
            standing = standing.moved(rows, None).with_pain(replace(pain, ended=tell.night), event)
    return standing


def tell_silence(standing: Standing, settings: PainSettings, tell: Teller) -> Standing:
    """Tell the pains that are no longer heard, and those that are heard again.

    A silent pain keeps its sentences and its id: what people said, they said. It is silent where, at the share of all
    sentences it had before, hearing as little of it as in the last `silent_days` is no chance (Poisson). So a quiet
    market lets no pain die, and a stray sentence does not keep one alive.
    """
    start = tell.night - timedelta(settings.silent_days)
    is_late = np.array([(day or date.min) > start for day in standing.first_heard], dtype=bool)
    late, early = int(is_late.sum()), int((~is_late).sum())
    for pain_id, rows in standing.members().items():
        pain, heard = standing.pains[pain_id], int(is_late[rows].sum())
        if pain.born > start or not early:
            continue
        expected = (len(rows) - heard) / early * late
        chance = float(poisson.cdf(heard, expected))
        if pain.silent is None and heard <= HARDLY * expected and chance < BY_CHANCE:
            event = tell.event(pain_id, "died", f"hardly heard for {settings.silent_days} days")
            standing = standing.with_pain(replace(pain, silent=tell.night), event)
        elif pain.silent is not None and heard and chance >= HEARD_AGAIN:
            back = replace(pain, silent=None)
            standing = standing.with_pain(back, tell.event(pain_id, "revived", "it is heard again"))
    return standing


def tell_sizes(standing: Standing, tell: Teller) -> Standing:
    """Tell the pains whose people are a quarter more or fewer than when their size was last told."""
    for pain_id, rows in standing.members().items():
        pain, now = standing.pains[pain_id], standing.sentences.count_people(rows)
        if abs(now - pain.told) >= CHANGED_BY * pain.told:
            what = "grew" if now > pain.told else "shrank"
            event = tell.event(pain_id, what, tell.change(pain.told, now))
            standing = standing.with_pain(replace(pain, told=now), event)
    return standing
