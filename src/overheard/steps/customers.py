"""Your own customers' files → the tables `answers` and `funnel_events`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from overheard.customers import NameOf, Row, Unread, read_answers, read_events, read_payments
from overheard.errors import BadInputError
from overheard.privacy import person_id_of
from overheard.records import Answer, FunnelEvent, Skip
from overheard.settings import FunnelSettings, PaymentSettings, SurveySettings
from overheard.steps.customer_files import open_customers
from overheard.steps.forgetting.refusals import load_refusals
from overheard.steps.heard import load_heard, load_joined
from overheard.steps.market import Market, Outcome, StepSummary, log

STEP = "customers"
OWN = "customers"
"""Whose names the files hold where no source is named: your own product's."""


def read_market_customers(market: Market) -> StepSummary:
    """Read the files of [[survey]], [[funnel]] and [[payments]]; rows that cannot be read go to `customer_skips`."""
    settings = market.settings
    files = (*settings.survey, *settings.funnel, *settings.payments)
    inputs = [one.model_dump_json() for one in files] + [_digest(market.folder / one.file) for one in files]

    def work() -> Outcome:
        answers: list[Answer] = []
        events: dict[str, FunnelEvent] = {}
        skips: list[Skip] = []
        for survey in settings.survey:
            found, unread = read_answers(_rows(market, survey, skips), survey, _namer(market, survey))
            answers += found
            skips += _skips(survey, unread)
        for log_file in settings.funnel:
            told, unread = read_events(_rows(market, log_file, skips), log_file, _namer(market, log_file))
            skips += _skips(log_file, [*unread, *_keep_new(events, told)])
        for paid in settings.payments:
            told, unread = read_payments(_rows(market, paid, skips), paid, _namer(market, paid))
            skips += _skips(paid, [*unread, *_keep_new(events, told)])
        refusals = load_refusals(market)
        answers = [one for one in answers if not refusals.is_person(one.person_id)]
        events = {key: one for key, one in events.items() if not refusals.is_person(one.person_id)}
        market.tables.replace("answers", Answer, answers)
        market.tables.replace("funnel_events", FunnelEvent, list(events.values()))
        market.tables.replace("customer_skips", Skip, skips)
        tables = {"answers": Answer, "funnel_events": FunnelEvent, "customer_skips": Skip}
        left_out = {"rows or cells could not be read": len(skips)} if skips else {}
        people = {one.person_id for one in answers} | {one.person_id for one in events.values()}
        return Outcome(tables, len(answers) + len(events), len(people), left_out)

    return market.do_step(STEP, ("collect",), inputs, work)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"


def _rows(
    market: Market, settings: SurveySettings | FunnelSettings | PaymentSettings, skips: list[Skip]
) -> Sequence[Row]:
    """Return a file's rows, none where it cannot be read: one bad file must not stop a night."""
    path = market.folder / settings.file
    try:
        file = open_customers(path)
        asked = [value for name, value in _columns(settings) if value]
        for column in asked:
            if column not in file.found.columns:
                there = ", ".join(f"`{one[:40]}`" for one in file.found.columns[:30])
                raise BadInputError(str(path), f"no column `{column}`", f"the columns are {there}")
        rows = []
        for row in file.rows():
            if row.problem:
                skips.append(Skip(STEP, settings.name, f"{settings.file}:{row.line}", row.problem))
            else:
                rows.append(Row(row.line, row.values))
    except BadInputError as error:
        log.warning("%s", error)
        skips.append(Skip(STEP, settings.name, settings.file, f"{error.what}; {error.mend}"))
        return ()
    return rows


def _columns(settings: SurveySettings | FunnelSettings | PaymentSettings) -> Iterable[tuple[str, str]]:
    for name, value in settings:
        if name in ("name", "file", "accounts_of", "feelings", "stages"):
            continue
        values: Iterable[str] = (
            value.values() if isinstance(value, dict) else (value,) if isinstance(value, str) else value or ()
        )
        for one in values:
            yield name, one


def _namer(market: Market, settings: SurveySettings | FunnelSettings | PaymentSettings) -> NameOf:
    """Return what makes person_ids: those of accounts where the market says that the file names accounts."""
    key = market.key
    if not settings.accounts_of:
        return lambda name: person_id_of(OWN, name, key)
    heard = {row.person_id for row in load_heard(market).utterances}
    joined = load_joined(market)

    def person_of(name: str) -> str:
        for source in settings.accounts_of:
            account = person_id_of(source, name, key)
            if (person := joined.get(account, account)) in heard:
                return person
        return person_id_of(OWN, name, key)

    return person_of


def _keep_new(events: dict[str, FunnelEvent], told: Iterable[FunnelEvent]) -> list[Unread]:
    twice = []
    for event in told:
        if event.event_id in events:
            twice.append(Unread(0, "an event of another file has the same id; it counts once"))
        else:
            events[event.event_id] = event
    return twice


def _skips(settings: SurveySettings | FunnelSettings | PaymentSettings, unread: Iterable[Unread]) -> list[Skip]:
    return [
        Skip(STEP, settings.name, f"{settings.file}:{one.line}" if one.line else settings.file, one.why)
        for one in unread
    ]
