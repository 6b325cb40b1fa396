"""Every step in the order data walks, and which of them each command and flow does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from overheard.steps.collect import collect
from overheard.steps.levels import group_market_levels
from overheard.steps.market import Market, StepSummary
from overheard.steps.pains import group_market_pains
from overheard.steps.people import segment_market_people
from overheard.steps.reference import find_market_references
from overheard.steps.report import report_market
from overheard.steps.roles import find_market_roles
from overheard.steps.signals import find_market_signals
from overheard.steps.topic_model import model_market_topics
from overheard.steps.vectors import encode_market
from overheard.steps.vocabulary import find_market_terms

STEPS: Mapping[str, Callable[[Market], StepSummary]] = {
    "collect": collect,
    "roles": find_market_roles,
    "signals": find_market_signals,
    "vectors": encode_market,
    "pains": group_market_pains,
    "levels": group_market_levels,
    "topic_model": model_market_topics,
    "people": segment_market_people,
    "reference": find_market_references,
    "vocabulary": find_market_terms,
    "report": report_market,
}

STAGES: Mapping[str, tuple[str, ...]] = {
    "collect": ("collect",),
    "understand": ("roles", "signals", "vectors", "pains", "levels", "topic_model"),
    "segment": ("people", "reference", "vocabulary"),
    "report": ("report",),
}
"""What each command and flow does, in order."""
