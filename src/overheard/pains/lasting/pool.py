"""When does what no pain reached become a pain of its own? When enough people said it, on more than one night."""

from __future__ import annotations

from datetime import date

import numpy as np

from overheard.pains.lasting.life import is_large_enough
from overheard.pains.lasting.move import born
from overheard.pains.lasting.standing import Grouping, Rows, Standing, tightness
from overheard.pains.lasting.tell import Teller
from overheard.settings import PainSettings

NIGHTS_HEARD = 2
"""Different nights a new pain's sentences must come from: one loud thread is one night."""

TIGHT_ENOUGH = 0.5
"""Share of the usual tightness below which a group of the pool is none: the left-over of a market has outliers that are
alike in nothing but lying far from all pains. Measured on 8,000 titles: pains .14 to .55, median .36; groups of the
20 to 200 titles farthest from all pains .04 to .17, but for two of five titles at .25 and .32, which pass."""


def promote_pool(
    standing: Standing, settings: PainSettings, group: Grouping, tell: Teller, since: date
) -> tuple[Standing, int]:
    """Group the pool alone and make pains of the groups that have enough people from at least two nights.

    Only what was heard after `since`, when everything was last grouped, counts: what was there then was found to be no
    pain, and is none for being joined by one more.

    Returns:
        The standing with the new pains, and how many sentences were grouped.
    """
    pool = standing.pool()
    if not is_ripe(standing, _heard_after(standing, pool, since), settings):
        return standing, 0
    # The number of topics a person asked for is for all sentences, not for the left-over.
    groups = group(standing.sentences.only(pool), settings.model_copy(update={"topics": None}))
    least = least_tightness(standing)
    for rows in sorted((pool[rows] for rows in groups), key=lambda rows: (-len(rows), int(rows[0]))):
        fresh = _heard_after(standing, rows, since)
        if is_ripe(standing, fresh, settings) and tightness(standing.sentences.plain[rows]) >= least:
            standing = born(standing, rows, tell, tell.people(standing.sentences.count_people(rows)))
    return standing, len(pool)


def is_ripe(standing: Standing, rows: Rows, settings: PainSettings) -> bool:
    """Say whether these rows may become a pain: of enough sentences, people and nights."""
    nights = {standing.first_heard[row] for row in rows.tolist()}
    return len(nights) >= NIGHTS_HEARD and is_large_enough(standing.sentences, rows, settings)


def _heard_after(standing: Standing, rows: Rows, since: date) -> Rows:
    return np.array([row for row in rows.tolist() if (standing.first_heard[row] or date.min) > since], dtype=np.int64)


def least_tightness(standing: Standing) -> float:
    """Return how tight a new pain must be: `TIGHT_ENOUGH` of the median of the living ones."""
    plain = standing.sentences.plain
    living = [tightness(plain[rows]) for rows in standing.members().values() if len(rows) > 1]
    return TIGHT_ENOUGH * float(np.median(living)) if living else -1.0
