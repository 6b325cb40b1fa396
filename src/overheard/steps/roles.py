"""Utterances → aliases and roles: which accounts are one person's, and whose words count."""

from __future__ import annotations

from collections import Counter, defaultdict

from overheard.people import find_roles
from overheard.privacy import person_id_of
from overheard.records import Alias, Role
from overheard.settings import TranscriptsSource
from overheard.steps.aliases import alias_digest, load_approved
from overheard.steps.heard import load_heard
from overheard.steps.market import Market, Outcome, StepSummary

STEP = "roles"


def find_market_roles(market: Market) -> StepSummary:
    """Write the tables `aliases` and `roles`."""
    settings = market.settings.people
    sources = [source for source in market.settings.source if isinstance(source, TranscriptsSource)]
    asking = [(source.name, name) for source in sources for name in source.interviewers]

    def work() -> Outcome:
        aliases = load_approved(market)
        market.tables.replace("aliases", Alias, aliases)
        person_of = {alias.account_id: alias.person_id for alias in aliases}
        names: dict[str, list[str]] = defaultdict(list)
        for account_id, name in market.load_names().items():
            names[person_of.get(account_id, account_id)].append(name)
        accounts = [person_id_of(source, name, market.key) for source, name in asking]
        interviewers = [person_of.get(account_id, account_id) for account_id in accounts]
        heard = load_heard(market)
        roles = find_roles(heard.utterances, names, heard.interviews, settings, interviewers)
        market.tables.replace("roles", Role, roles)
        left_out = Counter(str(role.role) for role in roles if role.role != "customer")
        joined = {"accounts of people already known": len(aliases) - len(set(person_of.values()))} if aliases else {}
        return Outcome({"aliases": Alias, "roles": Role}, len(heard.utterances), len(roles), left_out | joined)

    named = [source.name for source in market.settings.source]
    inputs = (settings.staff, settings.exclude, asking, named, alias_digest(market))
    return market.do_step(STEP, ("collect",), inputs, work)
