"""The doctor names what is wrong with a market and the mend, and stops at nothing."""

from __future__ import annotations

import json
import logging
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import overheard.steps.pains
import overheard.steps.upkeep.doctor as doctor
from overheard.cli import app
from overheard.errors import ModelError
from overheard.privacy import Forgotten, write_forgotten
from overheard.steps.forgetting.refusals import FORGOTTEN_FILE
from overheard.steps.upkeep.doctor import Finding, State, examine_market
from overheard.storage import Captures, hold_market, publish_report
from tests.make import make_page
from tests.steps.pain_market import PainMarket


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PainMarket:
    """A market after a night that ended well."""
    monkeypatch.setattr(overheard.steps.pains, "load_namer", lambda market: None)
    monkeypatch.setattr(doctor, "verify_model", lambda name: Path(name))
    made = PainMarket(tmp_path / "market")
    made.hear("bank feed", 12)
    with hold_market(made.folder / "data", "run"):
        made.sleep()
    (made.folder / "posts.csv").write_text("text\nIt is slow.\n")
    (made.folder / "private").mkdir()
    for name in ("person.key", "names.json"):
        path = made.folder / "private" / name
        path.write_text("{}")
        path.chmod(0o600)
    publish_report(made.folder / "reports", "one-1", {"index.html": b"1"})
    return made


def found(town: PainMarket, check: str) -> list[Finding]:
    return [one for one in examine_market(town.folder) if one.check == check]


def told(town: PainMarket, check: str) -> tuple[State, str]:
    (one,) = found(town, check)
    return one.state, f"{one.told}; {one.mend}"


def test_a_healthy_market_has_nothing_bad(town: PainMarket) -> None:
    states = {one.check: one.state for one in examine_market(town.folder) if one.check not in ("schedule", "Prefect")}
    assert set(states.values()) == {"ok"}
    assert set(states) > {"settings", "models", "disk", "lock", "last night", "sources", "tables", "notes", "reports"}


def test_a_forgetting_that_did_not_end_is_told_with_its_mend(town: PainMarket) -> None:
    none: frozenset[str] = frozenset()
    person = Forgotten("p" * 16, "2026-11-01T00:00:00+00:00", "", none, none, {}, {})
    (town.folder / FORGOTTEN_FILE).write_bytes(write_forgotten([person]))
    bad = next(one for one in found(town, "private") if one.state == "bad")
    assert "2026-11-01" in bad.told and "overheard collect" in bad.mend


def test_a_changed_model_is_told_and_the_rest_is_still_looked_at(
    town: PainMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> Path:
        raise ModelError(f"{name}: sha256 is not the registry's; pip install --force-reinstall it")

    monkeypatch.setattr(doctor, "verify_model", fail)
    assert told(town, "models")[0] == "bad"
    assert told(town, "tables")[0] == "ok"


@pytest.mark.parametrize(("free", "state"), [(10**7, "bad"), (10**9, "warn"), (10**11, "ok")])
def test_a_disk_that_fills_up_is_told_before_it_is_full(
    town: PainMarket, free: int, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 0, free))
    assert told(town, "disk")[0] == state


def test_settings_that_cannot_be_read_are_told_with_their_line(town: PainMarket) -> None:
    (town.folder / "market.toml").write_text('[market]\nname = "Bills"\ncolour = 3\n')
    first, *_ = examine_market(town.folder)
    assert (first.check, first.state) == ("settings", "bad")
    assert "market.toml:" in first.told


def test_the_last_night_is_told_by_what_became_of_it(town: PainMarket, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(town, "last night")[0] == "ok"
    with pytest.raises(ModelError), hold_market(town.folder / "data", "run"):
        raise ModelError("the model is another")
    state, line = told(town, "last night")
    assert state == "bad"
    assert "the model is another" in line
    journal = town.folder / "data" / "runs.jsonl"
    lines = journal.read_text().splitlines(keepends=True)
    journal.write_text("".join(lines[:-1]))
    state, line = told(town, "last night")
    assert state == "bad"
    assert "was killed" in line
    began = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    events = [{"what": what, "command": "run", "at": began, "why": ""} for what in ("begin", "end")]
    journal.write_text("".join(json.dumps(event) + "\n" for event in events))
    state, line = told(town, "last night")
    assert state == "warn"
    assert "is 3.0 days ago; is `overheard schedule` running?" in line
    with hold_market(town.folder / "data", "run"):
        assert "at work" in told(town, "last night")[1]
        assert "holds this market" in told(town, "lock")[1]


def test_damage_is_told_by_its_file(town: PainMarket) -> None:
    (path, *_) = (town.folder / "data" / "tables" / "pains").glob("*.parquet")
    path.write_bytes(path.read_bytes()[:-1])
    state, line = told(town, "tables")
    assert state == "bad"
    assert path.name in line
    assert "overheard restore" in line


def test_what_mends_itself_is_a_warning(town: PainMarket) -> None:
    (path, *_) = (town.folder / "data" / "vectors").rglob("*.parquet")
    path.write_bytes(path.read_bytes()[:-1])
    (town.folder / "data" / "notes" / "pains.json").write_text("{")
    (town.folder / "reports" / "one-1" / "index.html").write_text("2")
    assert [one.state for one in found(town, "tables")] == ["warn"]
    state, line = told(town, "notes")
    assert state == "warn"
    assert "pains" in line
    assert {one.state for one in found(town, "reports")} == {"warn", "ok"}


def test_a_missing_key_and_one_that_others_can_read_are_bad(town: PainMarket) -> None:
    key = town.folder / "private" / "person.key"
    key.chmod(0o644)
    assert ("bad", f"chmod 600 {key}") in [(one.state, one.mend) for one in found(town, "private")]
    key.unlink()
    state, line = told(town, "private")
    assert state == "bad"
    assert "put it back" in line


def test_a_source_without_files_is_named(town: PainMarket) -> None:
    (town.folder / "posts.csv").unlink()
    state, line = told(town, "sources")
    assert state == "bad"
    assert line == "forum: posts.csv: nothing is there; put files there or mend `files` of `forum` in market.toml"


def test_a_damaged_capture_is_counted(town: PainMarket) -> None:
    with (town.folder / "market.toml").open("a") as stream:
        stream.write('[[source]]\nname = "site"\nkind = "web"\nurls = ["https://forum.example/t/1"]\n')
    folder = town.folder / "data" / "raw" / "site"
    Captures(folder).save(make_page())
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:50])
    (one,) = [one for one in examine_market(town.folder, ask_sites=False) if one.check == "captures"]
    assert (one.state, "1 captures are damaged" in one.told) == ("warn", True)
    (asked,) = [one for one in found(town, "sources") if one.told.startswith("site")]
    assert (asked.state, "contact" in asked.told) == ("warn", True)  # without a contact no site is asked


def test_the_command_prints_a_line_a_check_and_its_status_tells_whether_a_night_can_come(town: PainMarket) -> None:
    told = CliRunner().invoke(app, ["doctor", str(town.folder), "--offline"])
    assert told.exit_code == 0, told.output
    assert "ok    settings: 1 sources" in told.output
    (town.folder / "posts.csv").unlink()
    told = CliRunner().invoke(app, ["doctor", str(town.folder), "--offline", "--json"])
    logging.getLogger("overheard").handlers.clear()  # it held the runner's own stream
    assert told.exit_code == 1
    rows = [json.loads(line) for line in told.output.splitlines()]
    assert {"check", "state", "told", "mend"} == set(rows[0])
    assert [row["check"] for row in rows if row["state"] == "bad"] == ["sources"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="/proc and pidfd are Linux's")
def test_a_killed_run_takes_its_server_with_it(tmp_path: Path) -> None:
    code = (
        "import os, signal, subprocess, sys, time\n"
        "from flows import ending; from overheard.steps.upkeep import servers\n"
        "name = 'prefect.server.api.server:create_app'\n"
        "environment = {**os.environ, 'PREFECT__SERVER_EPHEMERAL': '1'}\n"
        "server = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)', name], env=environment)\n"
        "while not servers.own_servers(): time.sleep(0.05)\n"
        "ending.end_servers_with_us(); print(server.pid, flush=True); time.sleep(1)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[3], capture_output=True, timeout=120
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    server = int(killed.stdout)
    until = time.monotonic() + 20
    while Path(f"/proc/{server}").exists() and " Z " not in Path(f"/proc/{server}/stat").read_text():
        assert time.monotonic() < until, "the server is still there"
        time.sleep(0.05)
