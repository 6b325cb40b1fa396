"""Every step in the order data walks, and which of them each command and flow does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from overheard.steps.collect import collect
from overheard.steps.customers import read_market_customers
from overheard.steps.levels import group_market_levels
from overheard.steps.market import Market, StepSummary
from overheard.steps.pains import group_market_pains
from overheard.steps.people import segment_market_people
from overheard.steps.polish import polish_market_drafts
from overheard.steps.positioning import find_market_swaps
from overheard.steps.reference import find_market_references
from overheard.steps.report import report_market
from overheard.steps.roles import find_market_roles
from overheard.steps.signals import find_market_signals
from overheard.steps.strategy import decide_market_strategy
from overheard.steps.topic_model import model_market_topics
from overheard.steps.traffic import read_market_traffic
from overheard.steps.vectors import encode_market
from overheard.steps.vocabulary import find_market_terms

STEPS: Mapping[str, Callable[[Market], StepSummary]] = {
    "collect": collect,
    "customers": read_market_customers,
    "roles": find_market_roles,
    "signals": find_market_signals,
    "vectors": encode_market,
    "pains": group_market_pains,
    "levels": group_market_levels,
    "topic_model": model_market_topics,
    "people": segment_market_people,
    "reference": find_market_references,
    "vocabulary": find_market_terms,
    "positioning": find_market_swaps,
    "traffic": read_market_traffic,
    "strategy": decide_market_strategy,
    "polish": polish_market_drafts,
    "report": report_market,
}

STAGES: Mapping[str, tuple[str, ...]] = {
    "collect": ("collect", "customers"),
    "understand": ("roles", "signals", "vectors", "pains", "levels", "topic_model"),
    "segment": ("people", "reference", "vocabulary", "positioning", "traffic", "strategy"),
    "report": ("polish", "report"),
}
"""What each command and flow does, in order."""
