"""The invented beekeepers as what an export is made of."""

from __future__ import annotations

from typing import Any

from overheard.exports import Corpus, Found, join_corpus
from overheard.records import PainGroup
from tests.report.make_findings import LOG, MITES, SWARM, make_findings


def make_found(**changes: Any) -> Found:
    """Return the findings' records, the log pain in two parts below a family of two pains."""
    findings = make_findings()
    log = sorted(one.signal_id for one in findings.placements if one.pain_id == LOG)
    groups = [
        PainGroup(-1, "family", "hive work", None, (LOG, MITES), (), 11, (), (LOG, MITES)),
        PainGroup(-1, SWARM, "swarming", None, (SWARM,), (), 1, (), (SWARM,)),
        PainGroup(0, LOG, "", "family", (LOG,), (), 6, (), (LOG,)),
        PainGroup(0, MITES, "", "family", (MITES,), (), 5, (), (MITES,)),
        PainGroup(0, SWARM, "swarming", SWARM, (SWARM,), (), 1, (), (SWARM,)),
        PainGroup(1, "wet", "hive log, notes, paper", LOG, (LOG,), tuple(log[:4]), 3, (), ()),
        PainGroup(1, "voice", "voice notes", LOG, (LOG,), tuple(log[4:]), 3, (), ()),
    ]
    values = {
        "market": findings.settings.market.name,
        "pain_groups": groups,
        **{
            name: getattr(findings, name)
            for name in ("documents", "utterances", "roles", "signals", "pains", "placements", "segments",
                         "memberships", "references", "blots")
        },
    }  # fmt: skip
    return Found(**values | changes)


def make_corpus(**changes: Any) -> Corpus:
    return join_corpus(make_found(**changes))
