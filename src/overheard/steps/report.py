"""Findings → the published report. The same findings make the same bytes under the same name."""

from __future__ import annotations

import hashlib

from overheard.report import NIGHTS_FILE, render_report
from overheard.steps.decisions.acceptance import load_acceptance
from overheard.steps.findings import TABLES, load_findings
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.storage import find_changed, latest_report, publish_report

STEP = "report"


def report_market(market: Market) -> StepSummary:
    """Publish MARKET/reports/<id>, where the id follows from what the report tells."""
    reports_dir = market.folder / "reports"
    understood = ("collect", "roles", "signals", "vectors", "pains", "levels")
    after = (*understood, "people", "reference", "vocabulary", "positioning", "strategy", "polish")

    def work() -> Outcome:
        findings = load_findings(market)
        files = render_report(findings)
        # The same findings in a new edition of the pages are another report. What lies beside it makes it no other one.
        told = b"".join(files[name] for name in sorted(files) if name != NIGHTS_FILE)
        edition = hashlib.sha256(told).hexdigest()[:6]
        publish_report(reports_dir, f"{findings.report_id}-{edition}", files)
        return Outcome({}, sum(len(getattr(findings, name)) for name in TABLES), len(files))

    latest = latest_report(reports_dir)
    lost = latest is None or find_changed(latest) is not None
    inputs = (market.settings.model_dump_json(), str(load_acceptance(market)))
    return market.do_step(STEP, after, inputs, work, lost)
