"""Pain signals and their vectors → pains with lasting ids, placements, and what happened since the last night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from overheard.identity import match_groups
from overheard.pains import fit_pains, pain_records
from overheard.records import GroupEvent, Pain, Placement
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.vectors import load_pain_signals, open_cache
from overheard.vectors import key_of_text

STEP = "pains"


def group_market_pains(market: Market) -> StepSummary:
    """Write the tables `pains`, `placements` and `pain_events`."""
    settings = market.settings.pains

    def work() -> Outcome:
        signals, texts = load_pain_signals(market)
        vectors = open_cache(market).take([key_of_text(text) for text in texts])
        ids = [signal.signal_id for signal in signals]
        fit = fit_pains(texts, vectors, ids, [signal.person_id for signal in signals], settings)
        before = members_by_group(
            (placement.pain_id, placement.signal_id)
            for placement in market.load_finished(STEP, "placements", Placement)
        )
        tonight = [frozenset(ids[row] for row in topic.rows) for topic in fit.topics]
        matching = match_groups(before, tonight, "pain", market.night)
        pains, placements = pain_records(fit, list(matching.ids))
        market.tables.replace("pains", Pain, pains)
        market.tables.replace("placements", Placement, placements)
        earlier = market.load_finished(STEP, "pain_events", GroupEvent)
        market.tables.replace("pain_events", GroupEvent, [*earlier, *matching.events])
        unassigned = sum(1 for placement in placements if placement.pain_id is None)
        tables = {"pains": Pain, "placements": Placement, "pain_events": GroupEvent}
        return Outcome(tables, len(signals), len(pains), {"sentences in no pain": unassigned})

    return market.do_step(STEP, ("signals", "vectors"), settings.model_dump_json(), work)


def members_by_group(pairs: Iterable[tuple[str | None, str]]) -> dict[str, frozenset[str]]:
    """Gather members by their group; members of no group are left out."""
    groups: dict[str, set[str]] = defaultdict(set)
    for group_id, member in pairs:
        if group_id is not None:
            groups[group_id].add(member)
    return {group_id: frozenset(members) for group_id, members in groups.items()}
