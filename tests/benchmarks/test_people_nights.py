"""Segments from one night to the next: who keeps theirs when people join, and what a regrouping changes. Prints."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from overheard.identity import match_groups
from overheard.people import Evidence, SegmentFit, carry_places, fit_segments
from overheard.settings import PeopleSettings
from overheard.steps.market import Market
from overheard.steps.people import load_evidence
from overheard.steps.vectors import open_cache
from tests.conftest import NIGHT

pytestmark = pytest.mark.bench

SETTINGS = PeopleSettings()
LATER = date(2026, 11, 9)
NEW_SHARE = 0.02
DRAWS = 3


def homes(fit: SegmentFit) -> dict[str, int]:
    return {place.person_id: place.segment for place in fit.places if place.segment is not None}


def groups(fit: SegmentFit) -> list[frozenset[str]]:
    own = homes(fit)
    return [frozenset(who for who, segment in own.items() if segment == row) for row in range(len(fit.findings))]


def share_kept(before: dict[str, str], after: dict[str, str]) -> float:
    return float(np.mean([after.get(who) == segment for who, segment in before.items()]))


def test_most_people_keep_their_segment_when_a_few_join(demo_run: Path) -> None:
    market = Market(demo_run, NIGHT)
    evidence, keys = load_evidence(market)
    vectors: NDArray[np.float32] = open_cache(market).take(keys)
    people = sorted(
        {one.person_id for one in evidence}, key=lambda who: min(e.text for e in evidence if e.person_id == who)
    )
    print("\n# share of placed people who keep their segment when 2 % of the people are new")
    for draw in range(DRAWS):
        new = set(np.random.default_rng(draw).choice(people, max(1, round(NEW_SHARE * len(people))), replace=False))
        known: list[Evidence] = [one for one in evidence if one.person_id not in new]
        first = fit_segments(known, vectors, SETTINGS)
        matching = match_groups({}, groups(first), "segment", NIGHT)
        before = {who: matching.ids[row] for who, row in homes(first).items()}
        carried = carry_places(evidence, vectors, homes(first), SETTINGS)
        tonight = {one.person_id: matching.ids[one.segment] for one in carried if one.segment is not None}
        again = fit_segments(evidence, vectors, SETTINGS)
        members = {key: frozenset(who for who, own in before.items() if own == key) for key in matching.ids}
        lasting = match_groups(members, groups(again), "segment", LATER)
        regrouped = {who: lasting.ids[row] for who, row in homes(again).items()}
        kept = share_kept(before, tonight)
        print(f"usual night {kept:.3f}   weekly regrouping {share_kept(before, regrouped):.3f}, ids kept "
              f"{len(set(lasting.ids) & set(matching.ids))} of {len(matching.ids)}")  # fmt: skip
        assert kept >= 0.95
