"""What goes wrong between two nights: the next ends right, or says in one line what to do."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

import overheard.steps.collect
import overheard.steps.pains
from overheard.cli.showing import EventFormatter
from overheard.errors import BadInputError, DamagedError, OverheardError, disk_error_of
from overheard.records import GroupEvent, Intake, LastingPain, PainNight, Removal, Skip, Utterance, Version
from overheard.steps.collect import collect
from overheard.steps.collecting.crawl import Crawl
from overheard.steps.market import Market, StepSummary
from overheard.storage import hold_market
from overheard.web import Host
from tests.chaos.made_market import FIRST, SiteFetcher, now_on, write_mails, write_market
from tests.steps.pain_market import PainMarket

pytestmark = pytest.mark.slow


class Nights:
    """The made market, night after night, collected alone."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch, self.day = folder, patch, 0
        write_market(folder)

    @property
    def market(self) -> Market:
        return Market(self.folder, FIRST + timedelta(days=self.day))

    def collect(self, full: bool = False) -> StepSummary:
        write_mails(self.folder, self.day)
        self._patch.setattr(overheard.steps.collect, "Fetcher", lambda *_: SiteFetcher(self.day))
        self._patch.setattr(overheard.steps.collect, "Crawl", partial(Crawl, now=lambda: now_on(self.day)))
        return collect(Market(self.folder, FIRST + timedelta(days=self.day), full))

    def posts(self) -> dict[str, str]:
        return {one.utterance_id: one.text for one in self.market.tables.load("utterances", Utterance)}

    def changes(self) -> int:
        tables = self.market.tables
        return len(tables.load("removals", Removal)) + len(tables.load("versions", Version))

    def skips(self) -> list[str]:
        return [one.why for one in self.market.tables.load("skips", Skip)]

    def captures(self) -> list[Path]:
        return sorted((self.folder / "data" / "raw" / "forum").glob("*.warc.gz"))


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    made = Nights(tmp_path / "market", monkeypatch)
    made.collect()
    return made


def test_a_damaged_capture_takes_no_post_with_it_and_is_fetched_again(nights: Nights) -> None:
    before = nights.posts()
    paths = nights.captures()
    for path in paths[::3]:
        path.write_bytes(path.read_bytes()[:60])
    nights.collect()
    assert nights.posts() == before
    assert any("damaged" in why for why in nights.skips())
    nights.collect()
    assert nights.posts() == before
    assert nights.skips() == []
    assert nights.captures() == paths
    assert nights.changes() == 0


def test_a_capture_somebody_deleted_takes_no_post_with_it_and_is_fetched_again(nights: Nights) -> None:
    before = nights.posts()
    paths = nights.captures()
    for path in paths[::3]:
        path.unlink()
    nights.collect()
    assert nights.posts() == before
    assert nights.captures() == paths
    assert nights.changes() == 0


@pytest.mark.parametrize("how", ["deleted", "overwritten", "line lost"])
def test_a_damaged_journal_of_visits_takes_no_post_with_it(nights: Nights, how: str) -> None:
    before = nights.posts()
    journal = nights.folder / "data" / "raw" / "forum.visits.jsonl"
    if how == "deleted":
        journal.unlink()
    elif how == "overwritten":
        journal.write_bytes(b"\x00" * 300 + b"\n")
    else:
        lines = journal.read_text().splitlines(keepends=True)
        journal.write_text("".join(['{"what": "thread"}\n' if '"thread"' in line else line for line in lines]))
    nights.collect()
    assert nights.posts() == before
    assert nights.changes() == 0
    nights.collect()
    assert nights.posts() == before
    assert nights.skips() == []


@pytest.mark.parametrize("table", ["utterances", "documents", "intakes", "skips"])
def test_a_table_that_was_deleted_is_read_from_the_sources_again(nights: Nights, table: str) -> None:
    before = nights.posts()
    documents = len(nights.market.tables.load("documents", overheard.steps.collect.Document))
    shutil.rmtree(nights.folder / "data" / "tables" / table)
    assert not nights.collect().reused
    assert nights.posts() == before
    assert len(nights.market.tables.load("documents", overheard.steps.collect.Document)) == documents
    assert len(nights.market.tables.load("intakes", Intake)) > 0
    assert nights.collect().reused


def test_a_damaged_table_is_told_in_one_line_and_nothing_is_written(nights: Nights) -> None:
    (path, *_) = (nights.folder / "data" / "tables" / "utterances").glob("*.parquet")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    nights.day = 1
    with pytest.raises(DamagedError, match=r"utterances.*overheard restore.*delete the folder") as told:
        nights.collect()
    assert "\n" not in str(told.value)
    path.write_bytes(content)
    nights.collect()
    assert len(nights.posts()) > 60


def test_a_night_before_the_last_is_refused_before_anything_is_fetched(nights: Nights) -> None:
    nights.day = 3
    nights.collect()
    nights.day = 1
    captures = nights.captures()
    with pytest.raises(BadInputError, match="set the clock right, or run with --night 2026-11-05"):
        nights.collect()
    assert nights.captures() == captures


def test_a_clock_that_was_years_ahead_asks_for_no_years_of_patience(nights: Nights, tmp_path: Path) -> None:
    later = datetime.now(UTC) + timedelta(days=4000)
    path = tmp_path / "hosts.json"
    known = {"https://a.example": Host("https://a.example", later, "", later)}
    overheard.steps.collect._save_hosts(path, known)
    (host,) = overheard.steps.collect._load_hosts(path).values()
    assert host.not_before <= datetime.now(UTC)


def test_a_lost_key_or_lost_names_stop_a_run_instead_of_making_everybody_anew(nights: Nights) -> None:
    names = nights.folder / "private" / "names.json"
    content = names.read_bytes()
    nights.day = 1
    for damaged in (None, b'{"a'):
        names.unlink(missing_ok=True)
        if damaged:
            names.write_bytes(damaged)
        with pytest.raises(DamagedError, match="--full"):
            nights.collect()
    nights.collect(full=True)  # as the line says
    assert set(json.loads(content)) <= set(json.loads(names.read_bytes()))
    (nights.folder / "private" / "person.key").unlink()
    nights.day = 2
    with pytest.raises(DamagedError, match="put it back"):
        nights.collect()


@pytest.mark.parametrize("what", ["deleted", "cut"])
def test_a_step_whose_note_is_damaged_keeps_its_past(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(overheard.steps.pains, "load_namer", lambda market: None)
    town = PainMarket(tmp_path / "market")
    for theme in ("late invoice", "bank feed"):
        town.hear(theme, 12)
    town.sleep()
    ids = set(town.pains()), [pain.pain_id for pain in town.pains().values()], town.events()
    note = town.folder / "data" / "notes" / "pains.json"
    if what == "deleted":
        note.unlink()
    else:
        note.write_bytes(note.read_bytes()[:30])
    town.sleep()
    assert (set(town.pains()), [pain.pain_id for pain in town.pains().values()]) == ids[:2]
    assert [event for event in town.events() if event.what == "born"] == [one for one in ids[2] if one.what == "born"]


@pytest.mark.parametrize("table", ["pains", "placements", "pain_events", "lasting_pains", "pain_nights"])
def test_a_table_of_pains_that_was_deleted_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    monkeypatch.setattr(overheard.steps.pains, "load_namer", lambda market: None)
    town = PainMarket(tmp_path / "market")
    for theme in ("late invoice", "bank feed"):
        town.hear(theme, 12)
    town.sleep()
    shutil.rmtree(town.folder / "data" / "tables" / table)
    assert not town.sleep().reused
    assert len(town.pains()) == 2
    tables = town.market().tables
    assert tables.load("pain_nights", PainNight)
    assert len(tables.load("lasting_pains", LastingPain)) == 2
    assert tables.load("pain_events", GroupEvent)
    assert len(town.placements()) == 24
    assert town.sleep().reused


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A disk of a megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting needs root")
    yield folder  # type: ignore[misc]
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_and_a_read_only_one_are_told_in_one_line_and_a_run_after_it_ends_right(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights = Nights(small_disk / "market", monkeypatch)
    filler = small_disk / "filler"
    told = 0
    for free_kilobytes in (8, 24, 60, 120, 180):
        filler.unlink(missing_ok=True)
        free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
        filler.write_bytes(bytes(max(0, free - free_kilobytes * 1024)))
        try:
            nights.collect()
        except (OSError, OverheardError) as error:
            line = disk_error_of(error) if isinstance(error, OSError) else error
            assert "the disk is full; free some space and run again" in str(line)
            told += 1
    assert told > 0
    filler.unlink(missing_ok=True)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises((OSError, OverheardError)) as failed, hold_market(nights.folder / "data", "run"):
        nights.collect()
    assert "the disk is read-only" in str(disk_error_of(failed.value) or failed.value)
    subprocess.run(["mount", "-o", "remount,rw,size=100m", small_disk], check=True)
    nights.collect()
    peace = Nights(tmp_path / "peace", monkeypatch)
    peace.collect()
    assert nights.posts() == peace.posts()
    assert nights.changes() == 0


def test_logs_hold_nobodys_name_and_nobodys_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "market"
    folder.mkdir()
    name, words = "Zebedee Quillfeather", "the quince marmalade jammed the teleprinter"
    (folder / "market.toml").write_text(
        '[market]\nname = "Lamps"\n[[source]]\nname = "mails"\nkind = "table"\nfiles = "*.jsonl"\n'
        '[source.columns]\nauthor = "author"\nsaid_at = "date"\n[[source]]\nname = "talks"\nkind = "transcripts"\n'
        'files = "talks/*"\n'
    )
    rows = [
        json.dumps({"text": words, "author": name, "date": "2026-01-02"}),
        json.dumps({"text": words, "author": name, "date": f"{name} said {words}"}),
        json.dumps({"text": None, "author": name, "note": words}),
        f'{{"text": "{words}", "author": "{name}"',
        f"{name}: {words}",
    ]
    (folder / "mails.jsonl").write_text("\n".join(rows))
    (folder / "talks").mkdir()
    (folder / "talks" / "one.vtt").write_text(f"WEBVTT\n\nbroken {words}\n<v {name}>{words}")
    (folder / "talks" / "two.json").write_text(json.dumps({"speaker": name, "said": words}))
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(logging.getLogger("overheard"), "propagate", True)
    with hold_market(folder / "data", "run"):
        collect(Market(folder))
    told = caplog.text + "".join(capfd.readouterr()) + (folder / "data" / "runs.jsonl").read_text()
    assert "collect" in told
    assert not [word for word in (*name.split(), "marmalade", "teleprinter") if word.lower() in told.lower()]


def test_a_log_event_is_a_line_of_json_with_its_counts() -> None:
    summary = StepSummary("collect", 3, 2, {"skips": 1})
    record = logging.makeLogRecord({"msg": summary.line(), "levelname": "INFO", "counts": {"step": "collect"}})
    told = json.loads(EventFormatter().format(record))
    assert (told["level"], told["said"], told["step"]) == ("info", "collect: 3 in, 2 out, 1 skips", "collect")
    assert datetime.fromisoformat(told["at"]).tzinfo == UTC
    assert os.linesep not in EventFormatter().format(record)
