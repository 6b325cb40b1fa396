"""A report that lacks a source says so on top, in every form it has."""

from __future__ import annotations

import json
from dataclasses import replace

from overheard.records import NOTHING_READ, Skip
from overheard.report import notice_of, render_report
from tests.report.make_findings import make_findings

TOLD = "Tonight nothing could be read of “forum”; what earlier nights read there stands."


def test_what_is_missing_stands_on_top_and_nothing_stands_there_where_all_was_read() -> None:
    skip = Skip("collect", "forum", "web", f"{NOTHING_READ}: the server kept answering 503")
    read = make_findings().settings.source[0].name
    partly = Skip("collect", read, "a.html", "holds no post")
    files = render_report(replace(make_findings(), skips=[skip, partly]))
    page = files["index.html"].decode()
    assert page.index(TOLD) < page.index("<nav")
    assert files["report.md"].decode().splitlines().index(TOLD) < 8
    report = json.loads(files["report.json"])
    assert report["heard"]["missing"] == ["forum"]
    lines = notice_of(report, "reports/a")
    assert "Not read: forum (the server kept answering 503)" in lines
    assert f"Skipped of what was read: {read} 1" in lines
    whole = render_report(replace(make_findings(), skips=[partly]))
    assert "could be read of" not in whole["index.html"].decode() + whole["report.md"].decode()
