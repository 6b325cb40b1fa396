"""Web logs and form exports of the landing pages → visits with the segment each visitor said is theirs."""

from __future__ import annotations

import hashlib

from overheard.customers import Row, Unread, read_form_rows, read_web_log
from overheard.errors import BadInputError
from overheard.privacy import person_id_of
from overheard.records import LandingVisit, Segment, Skip
from overheard.settings import TrafficSettings
from overheard.steps.customer_files import open_customers
from overheard.steps.customers import OWN
from overheard.steps.forgetting.refusals import load_refusals
from overheard.steps.market import Market, Outcome, StepSummary, log

STEP = "traffic"


def read_market_traffic(market: Market) -> StepSummary:
    """Write the tables `landing_visits` and `traffic_skips` from the files of [[traffic]]."""
    settings = market.settings.traffic
    inputs = [one.model_dump_json() for one in settings]
    for one in settings:
        path = market.folder / one.file
        inputs.append(hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing")

    def work() -> Outcome:
        visits: dict[str, LandingVisit] = {}
        skips: list[Skip] = []
        segments = [one.segment_id for one in market.tables.load("segments", Segment)]
        for one in settings:
            try:
                found, unread = _read(market, one, segments)
            except BadInputError as error:
                log.warning("%s", error)
                found, unread = [], [Unread(0, f"{error.what}; {error.mend}")]
            visits |= {visit.visit_id: visit for visit in found}
            places = {row: f"{one.file}:{row.line}" if row.line else one.file for row in unread}
            skips += [Skip(STEP, one.name, places[row], row.why) for row in unread]
        refusals = load_refusals(market)
        visits = {key: one for key, one in visits.items() if not refusals.is_person(one.person_id)}
        market.tables.replace("landing_visits", LandingVisit, list(visits.values()))
        market.tables.replace("traffic_skips", Skip, skips)
        tables = {"landing_visits": LandingVisit, "traffic_skips": Skip}
        left_out = {"lines could not be read": len(skips)} if skips else {}
        return Outcome(tables, len(visits) + len(skips), len(visits), left_out)

    return market.do_step(STEP, ("people",), inputs, work)


def _read(market: Market, settings: TrafficSettings, segments: list[str]) -> tuple[list[LandingVisit], list[Unread]]:
    path, key = market.folder / settings.file, market.key

    def person_of(name: str) -> str:
        return person_id_of(OWN, name, key)

    if settings.kind == "form":
        rows = [Row(row.line, row.values) for row in open_customers(path).rows() if not row.problem]
        return read_form_rows(settings.name, rows, segments, person_of)
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            return read_web_log(settings.name, lines, segments, person_of)
    except OSError as error:
        raise BadInputError(str(path), f"cannot be read ({error.strerror})", "check [[traffic]] file") from None
