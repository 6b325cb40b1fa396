"""From the tables to who refers to whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from overheard.records import (
    Alias,
    Document,
    Membership,
    Reference,
    Role,
    Segment,
    SegmentReference,
    Utterance,
)
from overheard.steps.market import Market
from overheard.steps.order import STAGES, STEPS
from overheard.steps.reference import STEP, find_market_references
from tests.make import make_document, make_utterance

NIGHT = date(2026, 3, 2)
PEOPLE = [f"p{at:02}" for at in range(12)]


@pytest.fixture
def market(tmp_path: Path) -> Market:
    """Twelve people of one segment who each answer the next by name, and one who has left it."""
    (tmp_path / "market.toml").write_text(
        '[market]\nname = "Kilns"\n[[source]]\nkind = "pages"\nname = "forum"\nfiles = "*.html"\n', encoding="utf-8"
    )
    market = Market(tmp_path, NIGHT)
    market.save_names({one: f"Potter {one}" for one in PEOPLE})
    documents, utterances = [], []
    for at, one in enumerate(PEOPLE * 2):
        thread = f"d{at:02}"
        documents.append(make_document(thread))
        utterances.append(make_utterance("Kilns are slow.", PEOPLE[(at + 1) % 12], thread))
        utterances.append(make_utterance("Mine too.", one, thread, 1, replies_to="#p0"))
        utterances.append(make_utterance("An old member.", "gone", thread, 2, replies_to="#p0"))
    market.tables.replace("documents", Document, documents)
    market.tables.replace("utterances", Utterance, utterances)
    market.tables.replace("roles", Role, [Role(one, "customer", ()) for one in [*PEOPLE, "gone"]])
    market.tables.replace("segments", Segment, [Segment("s", "slow kilns", 12, 0.8, ())])
    places = [Membership(one, "s", 0.9, "needs-kmeans", NIGHT, None) for one in PEOPLE]
    places.append(Membership("gone", "s", 0.9, "needs-kmeans", date(2026, 3, 1), NIGHT))
    market.tables.replace("memberships", Membership, places)
    return market


def test_references_are_found_counted_and_kept_until_something_changes(market: Market) -> None:
    summary = find_market_references(market)
    assert (summary.rows_in, summary.rows_out, summary.reused) == (72, 48, False)
    references = market.tables.load("references", Reference)
    assert {one.kind for one in references} == {"reply"}
    everything, own = market.tables.load("segment_references", SegmentReference)[::-1]
    assert (own.segment_id, own.people, own.internal, own.external) == ("s", 12, 24, 0)
    # The only segment: whoever is dealt to it, all stays within.
    assert (own.level, own.p) == ("shared needs only", 1.0)
    assert everything.segment_id is None
    assert find_market_references(market).reused


def test_references_are_found_after_segments_and_before_the_report() -> None:
    steps = list(STEPS)
    assert steps.index("people") < steps.index(STEP) < steps.index("report")
    assert STEP in STAGES["segment"]


def test_who_has_two_accounts_is_known_by_the_name_of_the_one_that_is_seen(market: Market) -> None:
    market.save_names(market.load_names() | {"other": "Wren Claypool"})
    market.tables.replace("aliases", Alias, [Alias("other", "p03")])
    told = "Ask Wren Claypool, whose kiln never cracks a shelf."
    utterances = market.tables.load("utterances", Utterance)
    utterances += [make_utterance("I fire twice a week.", "other", "d00", 3), make_utterance(told, "p05", "d00", 4)]
    market.tables.replace("utterances", Utterance, utterances)
    find_market_references(market)
    (mention,) = [one for one in market.tables.load("references", Reference) if one.kind == "mention"]
    assert (mention.person_id, mention.to_person_id) == ("p05", "p03")
