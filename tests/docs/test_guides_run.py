"""The guides' commands are run in their order on the demo market, which stands in for `tea/`."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from overheard import cli
from tests.docs.test_shown_commands import ROOT, shown_commands

# A whole run has its own tests, and the others would open a browser, wait for the night or ask a site.
NOT_HERE = ("run", "open", "schedule", "new")
# What these answer depends on what they find: a page at fault, nothing to refuse.
MAY_SAY_NO = ("check-copy", "reject")


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_guides_commands_do_what_they_say(
    demo_run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(demo_run, tmp_path / "tea", symlinks=True)
    _put_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    renamed = {"late fee": _first_name(monkeypatch, capsys, "pains"), "Maud": "sparkyjen", "forum": "backoffice"}
    renamed_segments = renamed | {"late fee": _first_name(monkeypatch, capsys, "segments")}
    for command in shown_commands(ROOT / "docs" / "how-to.md"):
        words = shlex.split(command)[1:]
        if words[0] in NOT_HERE:
            continue
        names = renamed_segments if words[0] == "segments" else renamed
        status, _, err = _run(monkeypatch, capsys, [names.get(word, word) for word in words])
        assert status == 0 or (words[0] in MAY_SAY_NO and status == 1), f"{command}: {status}: {err}"
        assert "Traceback" not in err
    assert (tmp_path / "tea" / "private" / "outreach.csv").is_file()
    assert list((tmp_path / "tea-again" / "reports").iterdir())
    with (tmp_path / "assigned.csv").open(newline="", encoding="utf-8") as lines:
        assert len(list(csv.DictReader(lines))) == 2


def _run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: Sequence[str]
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["overheard", *words])
    try:
        cli.main()
        status = 0
    except SystemExit as ended:
        status = int(ended.code or 0)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def _first_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str) -> str:
    """The id of the first pain or segment that the command lists."""
    _, out, _ = _run(monkeypatch, capsys, [command, "tea"])
    found = re.search(r"\b[0-9a-f]{16}\b", out)
    assert found, out[:500]
    return found[0]


def _put_files(folder: Path) -> None:
    """The files the guides name beside the market."""
    interviews = sorted((folder / "tea" / "sources" / "interviews").glob("*.vtt"))
    shutil.copy(interviews[0], folder / "tea" / "sources" / "interviews" / "talk.vtt")
    posts = [
        {"id": str(at), "author": f"reader {at % 7}", "text": text, "date": "2026-10-01", "thread": str(at % 9)}
        for at, text in enumerate(
            ["I hate that the export loses my dates.", "Sending reminders costs me evenings."] * 40
        )
    ]
    for name in ("posts.jsonl", "ours.jsonl", "theirs.jsonl"):
        (folder / name).write_text("".join(json.dumps(post) + "\n" for post in posts), encoding="utf-8")
    (folder / "page.html").write_text(
        "<h1>Invoices that pay themselves</h1><p>Leverage synergies.</p>", encoding="utf-8"
    )
    (folder / "crm.csv").write_text(
        'id,notes\n1,"My clients pay late and I hate to remind them."\n2,"The tax return eats my weekends."\n',
        encoding="utf-8",
    )
    customers = folder / "tea" / "customers"
    shutil.copy(customers / "survey.csv", customers / "answers.csv")
