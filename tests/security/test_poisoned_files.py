"""A market whose every file is poisoned walks through every step; then every file it made is looked through."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import overheard.steps.collect
from overheard.records import Answer, FunnelEvent, LandingVisit, Segment, Skip
from overheard.report import notice_of
from overheard.steps.asked.export import export_landings, export_market, export_shareable
from overheard.steps.market import Market
from overheard.steps.order import STEPS
from tests.chaos.made_market import FIRST, SiteFetcher, stand_ins, write_mails, write_market
from tests.security.attacks import ATTACKS
from tests.security.checks import faults_of
from tests.security.poisoned import Files

pytestmark = pytest.mark.slow

TEXTS = [one.text.encode(errors="replace").decode() for one in ATTACKS]
RATED = ("Matters", "=cmd|' /C calc'!A0 Content")
SURVEY = ("Who are you?", "When?", "How would you feel?", "Who benefits?", "What for?", "What holds you back?",
          "</script><script>window.attacked=1</script>", "=1+1 Which one?", '"><img src=x onerror=window.attacked=1>',
          *RATED)  # fmt: skip
EVENTS = ("person", "ts", "name", "stage", "value", "currency", "source", "event_id")
PAID = ("Customer Email", "Created (UTC)", "Amount", "Currency", "Status", "id")
FORM = ("Timestamp", "email", "lp", "who", "utm_source", "utm_content", "utm_campaign")


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([header, *rows])
    return stream.getvalue().encode()


def poisoned_rows(columns: Sequence[str], clean: Mapping[str, str], texts: Iterator[str]) -> list[list[str]]:
    """Return rows in which one cell after another is an attack and the others are as `clean` says, and a few all bad.

    A row all of attacks is left out by its reader and told of; a row with one of them is read.
    """
    rows = [
        [next(texts) if name == bad else clean.get(name, "").format(number) for name in columns]
        for number, bad in enumerate([*columns] * -(-2 * len(TEXTS) // len(columns)))
    ]
    return rows + [[next(texts) for _ in columns] for _ in range(8)]


def write_files(folder: Path, segment: str) -> None:
    """Write a survey, events, payments, a web log and a form's export, an attack in every cell in turn."""
    texts = cycle(TEXTS)
    day = FIRST.isoformat()
    who = "writer {}"
    said = dict.fromkeys(SURVEY, "It is late again.") | {
        SURVEY[0]: who, SURVEY[1]: day, SURVEY[2]: "Very disappointed", RATED[0]: "5", RATED[1]: "2",
    }  # fmt: skip
    did = {"person": who, "ts": f"{day}T10:00:00Z", "name": "activation", "stage": "activation", "value": "9",
           "currency": "EUR", "source": "forum", "event_id": "e{}"}  # fmt: skip
    paid = {"Customer Email": who, "Created (UTC)": f"{day} 10:00", "Amount": "12.00", "Currency": "eur",
            "Status": "Paid", "id": "p{}"}  # fmt: skip
    told = {"Timestamp": f"{day} 10:00", "email": who, "lp": f"lp-{segment[:8]}", "who": segment, "utm_source": "forum",
            "utm_content": "a", "utm_campaign": "x"}  # fmt: skip
    (folder / "customers").mkdir(exist_ok=True)
    for name, columns, clean in (("survey", SURVEY, said), ("events", EVENTS, did), ("paid", PAID, paid),
                                 ("form", FORM, told)):  # fmt: skip
        (folder / "customers" / f"{name}.csv").write_bytes(csv_bytes(columns, poisoned_rows(columns, clean, texts)))
    lines = [line for number, text in enumerate(TEXTS) for line in requests(number, text, segment)]
    (folder / "customers" / "access.log").write_text("".join(lines), "utf-8", newline="")


def requests(number: int, text: str, segment: str) -> Iterator[str]:
    """Yield lines of a web log with an attack in one place each."""
    packed, at = quote(text, safe=""), f"[{FIRST:%d/%b/%Y}:12:00:00 +0200]"
    for key in ("utm_source", "utm_content", "utm_campaign", "who", "lp"):
        told = {"utm_source": "forum", "lp": f"lp-{segment[:8]}", "who": segment} | {key: packed}
        query = "&".join(f"{name}={value}" for name, value in told.items())
        yield f'192.0.2.{number % 250} - - {at} "GET /told?{query} HTTP/1.1" 200 5 "-" "Firefox {number} {key}"\n'
    page = f"/landing-{segment}.html"
    yield f'192.0.2.1 - {text} {at} "GET {page} HTTP/1.1" 200 5 "{text}" "{text}"\n'
    yield f'192.0.2.2 - - {at} "GET {page}?utm_source={text} HTTP/1.1" 200 5 "-" "Firefox"\n'


def write_settings(folder: Path) -> None:
    """Add the files to market.toml; the questions of the survey are strangers' words too."""
    of = 'accounts_of = ["mails"]'
    quoted = [json.dumps(one) for one in SURVEY]
    rated = [json.dumps(one) for one in RATED]
    parts = (
        f"[[survey]]\nname = 's'\nfile = 'customers/survey.csv'\n{of}\nperson = {quoted[0]}",
        f"answered_at = {quoted[1]}\nfeeling = {quoted[2]}\nwho_benefits = [{quoted[3]}]\nbenefit = [{quoted[4]}]",
        f"hold_back = [{quoted[5]}]\ntexts = [{quoted[6]}]\nchoices = [{quoted[7]}]",
        f"importance = {{ {quoted[8]} = {rated[0]} }}\nsatisfaction = {{ {quoted[8]} = {rated[1]} }}",
        f"[[funnel]]\nname = 'f'\nfile = 'customers/events.csv'\n{of}",
        f"[[payments]]\nname = 'p'\nfile = 'customers/paid.csv'\n{of}",
        "[[traffic]]\nname = 'form'\nfile = 'customers/form.csv'\nkind = 'form'",
        "[[traffic]]\nname = 'log'\nfile = 'customers/access.log'\nkind = 'log'",
    )
    with (folder / "market.toml").open("a", encoding="utf-8") as stream:
        stream.write("\n".join(parts) + "\n")


def poison_mails(folder: Path) -> None:
    """Let everybody write, sign and title with attacks."""
    texts = cycle(TEXTS)
    for path in sorted((folder / "mails").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        said = [[f"{row[0]} {next(texts)}", *row[1:]] for row in rows]
        said += [[row[0], f"{row[1]} {next(texts)}", f"{row[2]} {next(texts)}", row[3]] for row in rows]
        path.write_bytes(csv_bytes(header, said))


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """The poisoned market after two nights: the second knows its segments, so that the landing pages' files fit."""
    folder = tmp_path_factory.mktemp("poisoned") / "market"
    write_market(folder)
    for day in range(2):
        write_mails(folder, day)
    poison_mails(folder)
    write_settings(folder)
    with pytest.MonkeyPatch.context() as patch:
        for owner, name, stand_in in stand_ins():
            patch.setattr(owner, name, stand_in, raising=False)
        patch.setattr(overheard.steps.collect, "Fetcher", lambda *_: SiteFetcher(0))
        segment = "0" * 16
        for _ in range(2):
            write_files(folder, segment)
            market = Market(folder, FIRST)
            for step in STEPS.values():
                step(market)
            segment = market.tables.load("segments", Segment)[0].segment_id
        yield market


def files_of(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def made_by(market: Market, out: Path) -> dict[str, Files]:
    """Return every folder of files that a command makes for others to open."""
    report = (market.folder / "reports" / "latest").resolve()
    export_landings(market, out / "landing")
    export_shareable(market, out / "shareable")
    for form in ("csv", "convokit"):
        export_market(market, form, out / form, True)
    (out / "qda").mkdir()
    export_market(market, "refi-qda", out / "qda" / "market.qdpx", True)
    sites = {name: files_of(out / name) for name in ("landing", "shareable", "csv", "convokit", "qda")}
    told = notice_of(json.loads((report / "report.json").read_bytes()), str(report))
    return {"report": files_of(report), "notice": {"notice.txt": "\n".join(told).encode()}, **sites}


def test_what_the_files_held_is_in_the_tables_and_every_kind_was_read(market: Market) -> None:
    def held(name: str, record: type[Any], field: str) -> int:
        there = {getattr(row, field) for row in market.tables.load(name, record)}
        return sum(text.strip() in there or text.strip()[:80] in there for text in TEXTS)

    assert held("answers", Answer, "text") > 100
    assert held("answers", Answer, "subject") + held("answers", Answer, "question") >= 1
    assert held("funnel_events", FunnelEvent, "name") + held("funnel_events", FunnelEvent, "currency") > 20
    assert held("funnel_events", FunnelEvent, "source") > 20
    assert held("funnel_events", FunnelEvent, "event_id") > 20
    assert held("landing_visits", LandingVisit, "source") > 100
    for name in ("customer_skips", "traffic_skips"):
        assert market.tables.load(name, Skip)


def test_no_value_of_any_file_is_more_than_text_in_any_output(market: Market, tmp_path: Path) -> None:
    sites = made_by(market, tmp_path)
    assert len(sites["report"]) > 20 and all(sites.values())
    assert [f"{site}/{fault}" for site, files in sites.items() for fault in faults_of(files)] == []
