"""Every step in the order data walks, and which of them each command and flow does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from overheard.steps.collect import collect
from overheard.steps.market import Market, StepSummary
from overheard.steps.pains import group_market_pains
from overheard.steps.people import segment_market_people
from overheard.steps.report import report_market
from overheard.steps.roles import find_market_roles
from overheard.steps.signals import find_market_signals
from overheard.steps.vectors import encode_market
from overheard.steps.vocabulary import find_market_terms

STEPS: Mapping[str, Callable[[Market], StepSummary]] = {
    "collect": collect,
    "roles": find_market_roles,
    "signals": find_market_signals,
    "vectors": encode_market,
    "pains": group_market_pains,
    "people": segment_market_people,
    "vocabulary": find_market_terms,
    "report": report_market,
}

STAGES: Mapping[str, tuple[str, ...]] = {
    "collect": ("collect",),
    "understand": ("roles", "signals", "vectors", "pains"),
    "segment": ("people", "vocabulary"),
    "report": ("report",),
}
"""What each command and flow does, in order."""
