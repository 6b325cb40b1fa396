"""Pains → families of them and parts of them: the levels between which a reader moves."""

from __future__ import annotations

from functools import partial

from overheard.pains.levels import lasting_ladder, level_events, tell_levels
from overheard.records import GroupEvent, LastingPain, Pain, PainGroup, PainNight, Placement
from overheard.steps import pains
from overheard.steps.market import Market, Outcome, StepSummary

STEP = "levels"
TABLES = {"pain_groups": PainGroup, "pain_group_events": GroupEvent}


def group_market_levels(market: Market) -> StepSummary:
    """Write the tables `pain_groups` and `pain_group_events`."""
    settings = market.settings.pains

    def work() -> Outcome:
        sentences = pains.load_sentences(market)
        shown = market.tables.load("pains", Pain)
        pain_of = {one.signal_id: one.pain_id for one in market.tables.load("placements", Placement)}
        before = market.load_finished(STEP, "pain_groups", PainGroup)
        lasting = market.tables.load("lasting_pains", LastingPain)
        pinned = {pain.pain_id for pain in lasting if "pinned" in pain.by_hand}
        # A part is looked for when pains are: weekly, not every night.
        anew = market.tables.load("pain_nights", PainNight)[-1].refitted > 0
        ladder = lasting_ladder(sentences, [pain_of.get(one) for one in sentences.ids], before, settings, pinned, anew)
        describe = partial(pains.describe_sentences, namer=pains.load_namer(market))
        groups = tell_levels(sentences, ladder, shown, before, describe)
        told = market.load_finished(STEP, "pain_group_events", GroupEvent)
        events = level_events(before, groups, pain_of, market.night)
        market.tables.replace("pain_groups", PainGroup, groups)
        market.tables.replace("pain_group_events", GroupEvent, [*told, *events])
        return Outcome(TABLES, len(shown), len(groups))

    return market.do_step(STEP, (pains.STEP,), settings.model_dump_json(), work)
