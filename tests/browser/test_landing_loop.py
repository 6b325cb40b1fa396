"""The traffic loop on loopback: a landing page is served, a visitor answers it, the log becomes evidence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from overheard.customers import read_web_log
from overheard.report import render_landings
from overheard.strategy import count_landings, count_variants
from tests.report.make_findings import make_findings, make_settings

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

SEGMENTS = ("seg-log", "seg-mites")


class Logging(SimpleHTTPRequestHandler):
    """Serves a folder and keeps its log as web servers do; any other address is the form's."""

    lines: list[str] = []  # noqa: RUF012 - one server a test

    def do_GET(self) -> None:
        if self.path.startswith("/told"):
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        at = "04/May/2026:12:00:00 +0000"
        agent = self.headers.get("User-Agent", "").replace("Headless", "")
        self.lines.append(f'{self.client_address[0]} - - [{at}] "{self.requestline}" {int(code)} 1 "-" "{agent}"\n')


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    Logging.lines = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Logging, directory=str(tmp_path)))
    address = f"http://127.0.0.1:{server.server_port}"
    pages = render_landings(make_findings(settings=make_settings(strategy={"landing_action": f"{address}/told"})))
    for name, page in pages.items():
        (tmp_path / name).write_bytes(page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address, Logging.lines
    server.shutdown()
    server.server_close()


def test_a_visitors_answer_becomes_evidence_of_the_segment(browser: Any, served: tuple[str, list[str]]) -> None:
    address, lines = served
    page = browser.new_page()
    page.goto(f"{address}/landing-seg-log.html?utm_source=forum")
    page.get_by_label("None of these").check()
    page.keyboard.press("ArrowUp")
    with page.expect_request("**/told?*"):
        page.get_by_role("button", name="Tell us").click()
    page.close()
    visits, unread = read_web_log("log", lines, SEGMENTS, lambda name: name)
    assert unread == []
    (count,) = count_landings(visits)
    assert (count.segment_id, count.answer, count.people, count.visitors) == ("seg-log", "seg-mites", 1, 1)


def test_each_variant_tells_itself_through_its_form(browser: Any, served: tuple[str, list[str]]) -> None:
    address, lines = served
    for agent, name in (("one", "landing-seg-log.html"), ("two", "landing-seg-log_b.html")):
        page = browser.new_page(user_agent=f"Reader {agent}")
        page.goto(f"{address}/{name}")
        page.locator("input[value='seg-log']").check()
        with page.expect_request("**/told?*"):
            page.get_by_role("button", name="Tell us").click()
        page.close()
    visits, _ = read_web_log("log", lines, SEGMENTS, lambda name: name)
    assert [(one.variant, one.visitors, one.theirs) for one in count_variants(visits)] == [("a", 1, 1), ("b", 1, 1)]
