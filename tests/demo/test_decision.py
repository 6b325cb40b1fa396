"""The demo market from raw files to a decision: the planted focus is found, the large one that tempts is refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from overheard.privacy import person_id_of
from overheard.records import FocusChoice, FocusRefusal, Membership, Segment
from overheard.steps.asked.focus import lines_of_decision, load_decision
from overheard.steps.market import Market
from tests.conftest import NIGHT
from tests.demo.make_demo import load_people

pytestmark = pytest.mark.slow


def needs_of_segments(market: Market) -> dict[str, str]:
    """Return need → segment_id: the need that most of a segment's people were planted with."""
    planted = {person_id_of(site, author, market.key): one["segment"] for (site, author), one in load_people().items()}
    told: dict[str, Counter[str]] = {}
    for row in market.tables.load("memberships", Membership):
        if row.valid_to is None and row.segment_id and planted.get(row.person_id):
            told.setdefault(row.segment_id, Counter())[planted[row.person_id]] += 1
    return {counts.most_common(1)[0][0]: segment_id for segment_id, counts in told.items()}


def test_late_payers_are_the_focus_and_the_large_unloved_segment_is_refused_with_its_reason(demo_run: Path) -> None:
    market = Market(demo_run, NIGHT)
    segment_of = needs_of_segments(market)
    (choice,) = market.tables.load("focus_choices", FocusChoice)
    assert (choice.segments, choice.is_feasible) == ((segment_of["late"],), True)
    assert choice.held_out is not None
    assert choice.held_out >= 0.40
    likely = {one.segment_id: one.likely for one in market.tables.load("focus_refusals", FocusRefusal)}
    assert likely.keys() == set(segment_of.values()) - {segment_of["late"]}
    # Told by name in market.toml; should its name ever be another one, this is where it shows.
    assert likely[segment_of["match"]] == pytest.approx(129_000)
    names = {one.segment_id: one.name for one in market.tables.load("segments", Segment)}
    (told,) = [line for line in lines_of_decision(load_decision(market)) if "all the same" in line]
    assert told.startswith(f"Not “{names[segment_of['match']]}” (likely GBP 129,000): ")
    assert "would be very disappointed: of all of them it may be as few as" in told
    page = (demo_run / "reports" / "latest" / "index.html").read_text(encoding="utf-8")
    assert "alone would meet the goal on paper (GBP\u00a0129,000) and is refused all the same" in page
