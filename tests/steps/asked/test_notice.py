"""A night's ten lines go where the environment says, and nowhere else."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from overheard.errors import OverheardError
from overheard.report import render_report
from overheard.steps.asked.notice import RECIPIENTS, SERVER, WEBHOOK, tell_market
from overheard.storage import publish_report
from tests.report.make_findings import make_findings
from tests.web.post_office import MailServer, Webhook, serving

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def market(tmp_path: Path) -> Path:
    (tmp_path / "market.toml").write_text(
        '[market]\nname = "Bees <!channel> @all"\n[[source]]\nname = "a"\nkind = "pages"\nfiles = "*.html"\n', "utf-8"
    )
    publish_report(tmp_path / "reports", "a1", render_report(make_findings()))
    return tmp_path


def test_the_lines_end_with_where_the_report_is(market: Path) -> None:
    lines = tell_market(market, {})
    assert lines[-1] == f"Report: {market.resolve()}/reports/latest/index.html"
    assert Path(lines[-1].removeprefix("Report: ")).exists()


def test_they_are_posted_and_mailed_without_the_path_of_this_machine(market: Path) -> None:
    with serving(Webhook()) as hook, serving(MailServer()) as server:
        mail = {SERVER: f"smtp://127.0.0.1:{server.port}", RECIPIENTS: "a@example.org, b@example.org"}
        lines = tell_market(market, {WEBHOOK: hook.url} | mail)
    text = json.loads(hook.posted[0][1])["text"]
    assert text.splitlines()[:-1] == list(lines[:-1])
    assert text.endswith("Report: reports/a1")
    assert "To: a@example.org, b@example.org" in server.heard
    assert "Report: reports/a1" in server.heard
    assert str(market) not in text + "\n".join(server.heard)


def test_what_a_chat_takes_for_a_call_to_everybody_calls_nobody(market: Path) -> None:
    report = market / "reports" / "a1" / "report.json"
    report.write_text(report.read_text("utf-8").replace("Keeping bees", "Bees <!channel> @all"), "utf-8")
    with serving(Webhook()) as hook:
        tell_market(market, {WEBHOOK: hook.url})
    body = hook.posted[0][1].decode()
    assert "‹!channel› ＠all" in body
    assert not set("<>@") & set(body)


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({WEBHOOK: "https://s3cret.invalid\n/"}, "not posted to OVERHEARD_WEBHOOK_URL"),
        ({WEBHOOK: "http://hooks.example/s3cret"}, "not posted to OVERHEARD_WEBHOOK_URL"),
        ({SERVER: "smtp://me:s3cret@127.0.0.1:1", RECIPIENTS: "a@example.org"}, "not mailed by OVERHEARD_SMTP_URL"),
        ({SERVER: "smtp://me:s3cret@127.0.0.1:1"}, "OVERHEARD_NOTICE_TO is not"),
    ],
)
def test_what_cannot_be_sent_is_one_line_without_secrets_and_fails_nothing(
    market: Path, caplog: pytest.LogCaptureFixture, environment: dict[str, str], told: str
) -> None:
    caplog.set_level(logging.DEBUG)
    assert tell_market(market, environment)
    mine = [one.getMessage() for one in caplog.records if one.name == "overheard"]
    assert len(mine) == 1
    assert told in mine[0]
    assert "\n" not in mine[0]
    assert "s3cret" not in caplog.text


def test_without_a_report_there_is_nothing_to_tell(market: Path) -> None:
    (market / "reports" / "latest").unlink()
    with pytest.raises(OverheardError, match="make one with"):
        tell_market(market, {})
