"""Utterances → roles: whose words count."""

from __future__ import annotations

from collections import Counter

from overheard.people import find_roles
from overheard.privacy import person_id_of
from overheard.records import Role
from overheard.settings import TranscriptsSource
from overheard.steps.heard import load_heard
from overheard.steps.market import Market, Outcome, StepSummary

STEP = "roles"


def find_market_roles(market: Market) -> StepSummary:
    """Write the table `roles`."""
    settings = market.settings.people
    sources = [source for source in market.settings.source if isinstance(source, TranscriptsSource)]
    asking = [(source.name, name) for source in sources for name in source.interviewers]

    def work() -> Outcome:
        heard = load_heard(market)
        interviewers = [person_id_of(source, name, market.key) for source, name in asking]
        roles = find_roles(heard.utterances, market.load_names(), heard.interviews, settings, interviewers)
        market.tables.replace("roles", Role, roles)
        left_out = Counter(str(role.role) for role in roles if role.role != "customer")
        return Outcome({"roles": Role}, len(heard.utterances), len(roles), left_out)

    inputs = (settings.staff, settings.exclude, asking, [source.name for source in market.settings.source])
    return market.do_step(STEP, ("collect",), inputs, work)
