"""A browser and folders of reports to open in it.

Debian's Chromium is driven by its path, so that no browser is fetched; it is spoken to through a pipe, so that the
tests' ban on sockets holds.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from overheard.report import render_landings, render_report
from overheard.report.shareable import shareable_files
from tests.report.make_findings import decided_findings
from tests.report.make_market import make_market
from tests.report.test_affinity import make_eight
from tests.report.test_pages import poison
from tests.report.test_sheets import make_threads

CHROMIUM = shutil.which("chromium")
PAYLOAD = "</script></style><script>alert(1)</script><!--<svg/onload=alert(1)> " + "\u202eW" * 200
"""Markup, and a word wider than any page."""


@pytest.fixture(scope="package")
def browser() -> Iterator:
    # Not for the session: the driver keeps an event loop running in this thread, and other tests must find none.
    if CHROMIUM is None:
        pytest.skip("needs Chromium: tests/browser/packages names what to install")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra dev")
    with playwright.sync_playwright() as driver:
        # Machines that run tests as root have no sandbox to offer; nothing but our own files is opened.
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders: reports on much, little, interviews, many threads, hostile words; one to share; landing pages."""
    findings = {
        "market": make_market(),
        "beekeepers": decided_findings(),
        "eight": make_eight(),
        "threads": make_threads(61),
        "hostile": poison(PAYLOAD),
    }
    files = {name: render_report(one) for name, one in findings.items()}
    said = [(one.person_id, one.text) for one in findings["market"].utterances]
    files["shareable"] = shareable_files(json.loads(files["market"]["report.json"]), said)
    files["landing"] = render_landings(findings["beekeepers"])
    folders = {name: tmp_path_factory.mktemp(name) for name in files}
    for name, folder in folders.items():
        for file, content in files[name].items():
            (folder / file).write_bytes(content)
    return folders
