"""Locks, notes, raw pages, vectors and reports: whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from overheard.errors import LockedError, UnreadableError
from overheard.storage import (
    Captures,
    Note,
    VectorCache,
    damaged_notes,
    digest_of,
    hold_market,
    latest_report,
    load_note,
    load_published,
    publish_report,
    save_note,
    write_atomically,
)
from overheard.storage.runs import note_step
from tests.make import NOON, make_page


def test_a_second_run_is_told_who_holds_the_market(tmp_path: Path) -> None:
    with (
        hold_market(tmp_path, "run"),
        pytest.raises(LockedError, match=r"`overheard run` holds this market \(process \d+"),
        hold_market(tmp_path, "collect"),
    ):
        pass
    with hold_market(tmp_path, "collect"):
        pass


def test_a_killed_holder_leaves_nothing_to_unlock(tmp_path: Path) -> None:
    code = (
        "import os, signal, pathlib, sys; from overheard.storage import hold_market\n"
        "with hold_market(pathlib.Path(sys.argv[1]), 'run'): os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, tmp_path], timeout=60)
    assert killed.returncode == -9
    with hold_market(tmp_path, "run"):
        pass


_FLIPPED = (
    '{"step": "pains", "digest": "e", "made": "m", "tables": {"pains": 3}, "counts": {"in": 1, "out": 2}, "sum": "s"}'
)


@pytest.mark.parametrize("left", [None, "", '{"step": "pains", "di', "7", "[]", _FLIPPED])
def test_a_note_that_was_damaged_or_lost_is_read_in_the_journal(tmp_path: Path, left: str | None) -> None:
    note = Note("pains", "d", "m", {"pains": 3}, {"in": 1, "out": 2})
    save_note(tmp_path, replace(note, digest="older"), date(2026, 11, 1))
    save_note(tmp_path, note, date(2026, 11, 2))
    assert load_note(tmp_path, "pains") == note
    path = tmp_path / "notes" / "pains.json"
    path.unlink() if left is None else path.write_text(left)
    assert load_note(tmp_path, "pains") == note
    assert damaged_notes(tmp_path) == ([] if left is None else ["pains"])
    assert load_note(tmp_path, "people") is None


def test_a_note_lost_with_a_journal_of_an_older_release_keeps_the_tables_alone(tmp_path: Path) -> None:
    note_step(tmp_path, date(2026, 11, 2), {"step": "pains", "tables": {"pains": 3}})
    assert load_note(tmp_path, "pains") == Note("pains", "", "", {"pains": 3}, {"in": 0, "out": 0})


def test_digests_tell_parts_apart() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc")
    assert digest_of("a") == digest_of("a")


def test_a_file_appears_whole_and_leaves_no_part_behind(tmp_path: Path) -> None:
    write_atomically(tmp_path / "deep" / "file", b"one", mode=0o600)
    write_atomically(tmp_path / "deep" / "file", b"two", mode=0o600)
    assert (tmp_path / "deep" / "file").read_bytes() == b"two"
    assert (tmp_path / "deep" / "file").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["file"]


def test_a_page_is_kept_as_fetched_and_the_newest_comes_back(tmp_path: Path) -> None:
    first = make_page(b"<p>one\xff</p>")
    later = make_page(b"<p>two</p>", fetched_at=NOON + timedelta(days=1))
    captures = Captures(tmp_path / "forum")
    captures.save(later)
    captures.save(first)
    for known in (captures, Captures(tmp_path / "forum")):
        assert known.load(first.url) == later
        assert known.load("https://forum.example/other") is None


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_capture_cut_short_is_told_and_never_read_as_a_short_page(tmp_path: Path, share: float) -> None:
    page = make_page(bytes(range(256)) * 40)
    captures = Captures(tmp_path)
    captures.save(page)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(UnreadableError, match="damaged"):
        captures.load(page.url)


def test_vectors_are_kept_by_content_and_by_encoder(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path, "model@1/float32")
    rows = np.eye(3, 4, dtype=np.float32)
    cache.add(["a", "b"], rows[:2])
    cache.add(["c"], rows[2:])
    again = VectorCache(tmp_path, "model@1/float32")
    assert again.keys() == {"a", "b", "c"}
    np.testing.assert_array_equal(again.take(["c", "a", "c"]), rows[[2, 0, 2]])
    assert VectorCache(tmp_path, "model@2/float32").keys() == frozenset()


def test_latest_points_at_the_last_report_and_publishing_again_changes_nothing(tmp_path: Path) -> None:
    assert latest_report(tmp_path) is None
    publish_report(tmp_path, "one", {"index.html": b"1"})
    publish_report(tmp_path, "two", {"index.html": b"2"})
    before = (tmp_path / "two" / "index.html").stat().st_mtime_ns
    publish_report(tmp_path, "two", {"index.html": b"changed"})
    assert (tmp_path / "two" / "index.html").stat().st_mtime_ns == before
    latest = latest_report(tmp_path)
    assert latest is not None
    assert (latest / "index.html").read_bytes() == b"2"


def test_what_every_published_report_kept_is_found_and_the_newest_not_twice(tmp_path: Path) -> None:
    assert load_published(tmp_path / "none", "night.json") == {}
    publish_report(tmp_path, "one-1", {"night.json": b"1"})
    publish_report(tmp_path, "two-2", {"night.json": b"2"})
    publish_report(tmp_path, "three-3", {"index.html": b"of an older release"})
    (tmp_path / ".part-four").mkdir()
    (tmp_path / ".part-four" / "night.json").write_bytes(b"4")
    assert load_published(tmp_path, "night.json") == {"one-1": b"1", "two-2": b"2"}


def test_a_report_cut_off_by_a_kill_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / ".part-one").mkdir()
    (tmp_path / ".part-one" / "stale.html").write_bytes(b"half")
    folder = publish_report(tmp_path, "one", {"index.html": b"1"})
    assert [path.name for path in folder.iterdir()] == ["index.html"]
