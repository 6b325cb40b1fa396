"""The newest report → ten lines: told here, and sent on where the environment says to."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path

from overheard.errors import OverheardError, as_word
from overheard.report import notice_of
from overheard.settings import Settings, load_settings
from overheard.storage import latest_report
from overheard.web import NoticeError, mail_notice, post_notice

log = logging.getLogger("overheard")

SERVER, RECIPIENTS, WEBHOOK = "OVERHEARD_SMTP_URL", "OVERHEARD_NOTICE_TO", "OVERHEARD_WEBHOOK_URL"
"""Secrets, so they stand in the environment alone: in no file of the market, no table, no parameter of a flow."""
_COMMANDS = str.maketrans({"<": "‹", ">": "›", "@": "＠"})
"""What chats take for a link or a call to everybody, and what stands for it."""


def tell_market(market_dir: Path, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the ten lines of the newest report and send them on; what cannot be sent is logged and fails nothing.

    Args:
        market_dir: with market.toml.
        environment: OVERHEARD_WEBHOOK_URL, to which {"text": lines} is posted; OVERHEARD_SMTP_URL and
            OVERHEARD_NOTICE_TO (addresses with commas between), by which they are mailed.

    Raises:
        OverheardError: there is no report yet.
    """
    settings = load_settings(market_dir)
    folder = latest_report(market_dir / "reports")
    if folder is None:
        raise OverheardError(
            f"{market_dir}/reports: there is no report yet; make one with `overheard run {as_word(market_dir)}`"
        )
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    # Where the market lies on this machine is nobody's business elsewhere.
    send_notice("\n".join(notice_of(report, f"reports/{folder.name}")), settings, environment)
    return notice_of(report, str(market_dir.resolve() / "reports" / "latest" / "index.html"))


def send_notice(text: str, settings: Settings, environment: Mapping[str, str] = os.environ) -> None:
    """Send lines to where the environment says; what cannot be sent is logged and fails nothing."""
    webhook, server = environment.get(WEBHOOK, ""), environment.get(SERVER, "")
    recipients = [one.strip() for one in environment.get(RECIPIENTS, "").split(",") if one.strip()]
    if webhook:
        body = json.dumps({"text": text.translate(_COMMANDS)}, ensure_ascii=False).encode("utf-8", errors="replace")
        try:
            post_notice(webhook, body, settings.web.allow_private_addresses)
        except NoticeError as error:
            log.warning("notice: not posted to %s: %s", WEBHOOK, error)
    if server and not recipients:
        log.warning("notice: not mailed: %s is set and %s is not", SERVER, RECIPIENTS)
    elif server:
        try:
            mail_notice(server, recipients, f"overheard: {settings.market.name}", f"{text}\n")
        except NoticeError as error:
            log.warning("notice: not mailed by %s: %s", SERVER, error)
