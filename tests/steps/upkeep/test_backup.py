"""A market fits into one file and comes out of it as it was; a hostile file writes nothing anywhere."""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

import overheard.steps.pains
from overheard.errors import BadInputError, DamagedError, LockedError, NewerSchemaError
from overheard.privacy import Forgotten, write_forgotten
from overheard.records import GroupEvent, Pain, Utterance
from overheard.steps.forgetting.refusals import FORGOTTEN_FILE
from overheard.steps.market import Market
from overheard.steps.upkeep import backup
from overheard.steps.upkeep.backup import backup_market
from overheard.steps.upkeep.restore import restore_market
from overheard.storage import Captures, hold_market, load_note, publish_report, write_archive
from tests.make import make_page
from tests.steps.pain_market import PainMarket

pytestmark = pytest.mark.slow


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PainMarket:
    """A market after one night, with a page, a report and what is private."""
    monkeypatch.setattr(overheard.steps.pains, "load_namer", lambda market: None)
    made = PainMarket(tmp_path / "market")
    for theme in ("late invoice", "bank feed"):
        made.hear(theme, 12)
    made.sleep()
    (made.folder / "posts.csv").write_text("text\nIt is slow.\n")
    os.utime(made.folder / "posts.csv", ns=(10**18, 10**18))
    Captures(made.folder / "data" / "raw" / "forum").save(make_page())
    publish_report(made.folder / "reports", "one-1", {"index.html": b"1"})
    (made.folder / "private").mkdir()
    for name in ("person.key", "names.json"):
        (made.folder / "private" / name).write_text("{}")
    return made


def tables_of(folder: Path) -> list[Any]:
    tables = Market(folder).tables
    return [tables.load("pains", Pain), tables.load("pain_events", GroupEvent), tables.load("utterances", Utterance)]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_restored_is_what_was_backed_up(town: PainMarket, tmp_path: Path) -> None:
    made = backup_market(town.folder, tmp_path / "b.zip", with_private=True)
    assert made.archive.has_private
    restored = tmp_path / "elsewhere" / "again"
    assert restore_market(tmp_path / "b.zip", restored) == made.archive
    assert tables_of(restored) == tables_of(town.folder)
    assert (restored / "reports" / "latest" / "index.html").read_bytes() == b"1"
    assert (restored / "posts.csv").stat().st_mtime_ns == 10**18
    assert stat.S_IMODE((restored / "private" / "person.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    before = files_of(town.folder)
    assert {name: content for name, content in files_of(restored).items() if before[name] != content} == {}
    assert set(before) - set(files_of(restored)) <= {"data/run.lock"}


def test_names_and_key_stay_at_home_unless_asked_for(town: PainMarket, tmp_path: Path) -> None:
    assert not backup_market(town.folder, tmp_path / "b.zip", with_private=False).archive.has_private
    restore_market(tmp_path / "b.zip", tmp_path / "again")
    assert not (tmp_path / "again" / "private").exists()
    with pytest.raises(DamagedError, match="--with-private"):  # never a second person for everybody
        _ = Market(tmp_path / "again").key


def test_a_backup_made_while_a_run_writes_holds_the_last_finished_night(town: PainMarket, tmp_path: Path) -> None:
    finished = tables_of(town.folder)
    market = town.market()
    with hold_market(market.data_dir, "run"):
        market.tables.replace("pains", Pain, [])  # the run is here, and has not noted it yet
        market.tables.replace("pain_events", GroupEvent, [])
        backup_market(town.folder, tmp_path / "b.zip", with_private=True)
    restore_market(tmp_path / "b.zip", tmp_path / "again")
    assert tables_of(tmp_path / "again")[:2] == finished[:2]
    note = load_note(tmp_path / "again" / "data", "pains")
    assert note is not None
    assert Market(tmp_path / "again").tables.version("pains") == note.tables["pains"]


def test_nobody_lives_on_in_a_backup_made_while_they_are_forgotten(town: PainMarket, tmp_path: Path) -> None:
    with hold_market(town.folder / "data", "forget"), pytest.raises(LockedError, match="back up when it has ended"):
        backup_market(town.folder, tmp_path / "b.zip", with_private=False)
    assert not (tmp_path / "b.zip").exists()


def begin_forgetting(town: PainMarket, finished_at: str = "") -> Forgotten:
    none: frozenset[str] = frozenset()
    person = Forgotten("p" * 16, "2026-11-01T00:00:00+00:00", finished_at, none, none, {}, {}, frozenset({"d" * 16}))
    (town.folder / FORGOTTEN_FILE).write_bytes(write_forgotten([person]))
    return person


@pytest.mark.parametrize("with_private", [False, True])
def test_what_a_killed_forgetting_left_is_not_backed_up(town: PainMarket, tmp_path: Path, with_private: bool) -> None:
    begin_forgetting(town)
    with pytest.raises(LockedError, match=r"did not end; `overheard collect .*` ends it; then back up again") as told:
        backup_market(town.folder, tmp_path / "b.zip", with_private)
    assert "\n" not in str(told.value)
    assert [one.name for one in tmp_path.iterdir()] == ["market"]
    begin_forgetting(town, finished_at="2026-11-01T00:01:00+00:00")
    backup_market(town.folder, tmp_path / "b.zip", with_private)


@pytest.mark.parametrize("finished_at", ["", "2026-11-01T00:01:00+00:00"])
def test_whoever_is_forgotten_while_a_backup_is_written_is_not_in_it(
    town: PainMarket, tmp_path: Path, finished_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*args: Any) -> Any:
        made = write_archive(*args)
        begin_forgetting(town, finished_at)
        return made

    monkeypatch.setattr(backup, "write_archive", write)
    with pytest.raises(LockedError):
        backup_market(town.folder, tmp_path / "b.zip", with_private=False)
    assert [one.name for one in tmp_path.iterdir()] == ["market"]


def test_who_was_forgotten_is_not_guessed_from_a_damaged_record(town: PainMarket, tmp_path: Path) -> None:
    (town.folder / FORGOTTEN_FILE).write_text('[{"person"')
    with pytest.raises(DamagedError, match=r"forgotten\.json: is damaged or missing"):
        backup_market(town.folder, tmp_path / "b.zip", with_private=False)


def test_a_damaged_table_is_not_backed_up_as_if_it_were_whole(town: PainMarket, tmp_path: Path) -> None:
    for path in (town.folder / "data" / "tables" / "pains").glob("*.parquet"):
        path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(DamagedError):
        backup_market(town.folder, tmp_path / "b.zip", with_private=False)
    assert [path.name for path in tmp_path.iterdir()] == ["market"]


def test_a_damaged_cache_stops_no_backup_and_is_made_anew_where_it_is_restored(
    town: PainMarket, tmp_path: Path
) -> None:
    (cache,) = (path for path in (town.folder / "data" / "vectors").glob("*") if path.is_dir())
    for path in cache.glob("*.parquet"):
        path.write_bytes(path.read_bytes()[:-9])
    made = backup_market(town.folder, tmp_path / "b.zip", with_private=False)
    assert made.left_out == (f"data/vectors/{cache.name} is damaged; the next run that needs it makes it anew",)
    restore_market(tmp_path / "b.zip", tmp_path / "again")
    assert tables_of(tmp_path / "again") == tables_of(town.folder)
    assert not (tmp_path / "again" / "data" / "vectors" / cache.name).exists()


def test_a_backup_replaces_nothing_and_lies_outside(town: PainMarket, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("precious")
    with pytest.raises(BadInputError, match="is there already"):
        backup_market(town.folder, tmp_path / "b.zip", with_private=False)
    with pytest.raises(BadInputError, match="inside the market"):
        backup_market(town.folder, town.folder / "data" / "b.zip", with_private=False)
    with pytest.raises(BadInputError, match="no such file"):
        backup_market(tmp_path, tmp_path / "c.zip", with_private=False)


def test_a_linked_file_is_taken_and_a_linked_folder_is_told(town: PainMarket, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "talk.txt").write_text("Ann: It is slow.")
    (town.folder / "talk.txt").symlink_to(outside / "talk.txt")
    (town.folder / "talks").symlink_to(outside)
    made = backup_market(town.folder, tmp_path / "b.zip", with_private=False)
    restore_market(tmp_path / "b.zip", tmp_path / "again")
    assert made.left_out == ("./talks is a link to a folder elsewhere",)
    assert not (tmp_path / "again" / "talk.txt").is_symlink()
    assert (tmp_path / "again" / "talk.txt").read_text() == "Ann: It is slow."


def test_a_market_that_is_there_is_never_written_over(town: PainMarket, tmp_path: Path) -> None:
    backup_market(town.folder, tmp_path / "b.zip", with_private=True)
    before = files_of(town.folder)
    with pytest.raises(BadInputError, match="is there already"):
        restore_market(tmp_path / "b.zip", town.folder)
    assert files_of(town.folder) == before
    (tmp_path / "empty").mkdir()
    restore_market(tmp_path / "b.zip", tmp_path / "empty")
    assert (tmp_path / "empty" / "market.toml").is_file()


def write_zip(path: Path, files: dict[str, bytes], told: dict[str, Any] | None = None, **more: Any) -> Path:
    """Write an archive as an attacker would."""
    names = {name: {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)} for name, body in files.items()}
    manifest = {"schema": 0, "overheard": "0", "latest": "", "files": names if told is None else told} | more
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
        archive.writestr("manifest.json", json.dumps(manifest))
    return path


OUTSIDE = [
    *("../evil", "/evil", "a/../../evil", "a//b", "./a", "..", "", "a/./b", "C:\\evil", "..\\evil", "a\x00b"),
    "private/../../evil",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leads_outside_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    path = write_zip(home / "b.zip", {"market.toml": b"", name or "x": b"evil"} if name else {"market.toml": b""})
    if not name:
        write_zip(path, {"market.toml": b""}, {"": {"sha256": "", "bytes": 0}})
    with pytest.raises(BadInputError, match="is no whole back-up"):
        restore_market(path, home / "market")
    assert [one.name for one in home.iterdir()] == ["b.zip"]
    assert [one.name for one in tmp_path.iterdir()] == ["home"]


def test_what_does_not_fit_its_manifest_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    body = b"[market]"
    right = {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}
    wrong: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"market.toml": right | {"sha256": "0" * 64}}, {}),
        ({"market.toml": right | {"bytes": 3}}, {}),
        ({"market.toml": right | {"bytes": -1}}, {}),
        ({"market.toml": right, "more": right}, {}),
        ({}, {}),
        ({"market.toml": right}, {"latest": "../../x"}),
        ({"market.toml": right}, {"schema": "one"}),
        ({"market.toml": 7}, {}),
    ]
    for at, (told, more) in enumerate(wrong):
        with pytest.raises(BadInputError, match="is no whole back-up"):
            restore_market(write_zip(tmp_path / f"{at}.zip", {"market.toml": body}, told, **more), tmp_path / "market")
    with pytest.raises(NewerSchemaError):
        restore_market(write_zip(tmp_path / "n.zip", {"market.toml": body}, schema=99), tmp_path / "market")
    assert all(path.suffix == ".zip" for path in tmp_path.iterdir())


def test_a_bomb_is_stopped_at_the_size_it_was_told_to_have(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "b.zip", {"big": bytes(50_000_000)}, {"big": {"sha256": "", "bytes": 10}})
    with pytest.raises(BadInputError):
        restore_market(path, tmp_path / "market")
    huge = write_zip(tmp_path / "h.zip", {"big": b""}, {"big": {"sha256": "", "bytes": 10**18}})
    with pytest.raises(BadInputError, match="too little space"):
        restore_market(huge, tmp_path / "market")


def test_a_link_in_an_archive_is_written_as_a_plain_file(tmp_path: Path) -> None:
    body = b"/etc/passwd"
    buffer = io.BytesIO()
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, body)
        told = {"link": {"sha256": hashlib.sha256(body).hexdigest(), "bytes": len(body)}}
        archive.writestr("manifest.json", json.dumps({"schema": 0, "overheard": "0", "latest": "", "files": told}))
    (tmp_path / "b.zip").write_bytes(buffer.getvalue())
    restore_market(tmp_path / "b.zip", tmp_path / "market")
    assert not (tmp_path / "market" / "link").is_symlink()
    assert (tmp_path / "market" / "link").read_bytes() == body


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_cut_backup_is_refused_in_one_line(town: PainMarket, tmp_path: Path, share: float) -> None:
    backup_market(town.folder, tmp_path / "b.zip", with_private=False)
    content = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BadInputError, match="is no whole back-up") as told:
        restore_market(tmp_path / "b.zip", tmp_path / "again")
    assert "\n" not in str(told.value)
    assert not (tmp_path / "again").exists()
