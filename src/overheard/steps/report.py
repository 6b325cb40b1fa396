"""Tables → the published report. The same tables make the same bytes under the same name."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

from overheard.privacy import Blotter
from overheard.records import (
    Document,
    GroupEvent,
    Membership,
    Pain,
    Placement,
    Role,
    Segment,
    Signal,
    Skip,
    Term,
    Utterance,
)
from overheard.report import Findings, render_report
from overheard.steps.heard import load_heard
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.storage import digest_of, latest_report, publish_report

STEP = "report"
TABLES = {
    "documents": Document,
    "utterances": Utterance,
    "roles": Role,
    "signals": Signal,
    "pains": Pain,
    "placements": Placement,
    "pain_events": GroupEvent,
    "segments": Segment,
    "segment_events": GroupEvent,
    "memberships": Membership,
    "terms": Term,
    "skips": Skip,
}


def report_market(market: Market) -> StepSummary:
    """Publish MARKET/reports/<id>, where the id follows from what the report tells."""
    settings = market.settings
    reports_dir = market.folder / "reports"
    after = ("collect", "roles", "signals", "pains", "people", "vocabulary")

    def work() -> Outcome:
        heard = load_heard(market)
        tables: dict[str, list[Any]] = {name: market.tables.load(name, record) for name, record in TABLES.items()}
        tables |= {"documents": list(heard.documents.values()), "utterances": list(heard.utterances)}
        blots = cache(Blotter(market.load_names().values()).find)
        digests = [market.tables.digest(name, record) for name, record in TABLES.items()]
        report_id = digest_of(settings.model_dump_json(), *digests)[:12]
        files = render_report(Findings(report_id=report_id, settings=settings, blots=blots, **tables))
        # The same findings in a new edition of the pages are another report.
        edition = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[:6]
        publish_report(reports_dir, f"{report_id}-{edition}", files)
        return Outcome({}, sum(len(rows) for rows in tables.values()), len(files))

    lost = latest_report(reports_dir) is None
    return market.do_step(STEP, after, settings.model_dump_json(), work, lost)
