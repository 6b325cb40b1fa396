"""Pains → families of them and parts of them: the levels between which a reader moves."""

from __future__ import annotations

from functools import partial

from overheard.pains.levels import lasting_ladder, tell_levels
from overheard.records import Pain, PainGroup, Placement
from overheard.steps import pains
from overheard.steps.market import Market, Outcome, StepSummary

STEP = "levels"
TABLES = {"pain_groups": PainGroup}


def group_market_levels(market: Market) -> StepSummary:
    """Write the table `pain_groups`."""
    settings = market.settings.pains

    def work() -> Outcome:
        sentences = pains.load_sentences(market)
        shown = market.tables.load("pains", Pain)
        pain_of = {one.signal_id: one.pain_id for one in market.tables.load("placements", Placement)}
        before = market.load_finished(STEP, "pain_groups", PainGroup)
        ladder = lasting_ladder(sentences, [pain_of.get(one) for one in sentences.ids], before, settings)
        describe = partial(pains.describe_sentences, namer=pains.load_namer(market))
        groups = tell_levels(sentences, ladder, shown, before, describe)
        market.tables.replace("pain_groups", PainGroup, groups)
        return Outcome(TABLES, len(shown), len(groups))

    return market.do_step(STEP, (pains.STEP,), settings.model_dump_json(), work)
