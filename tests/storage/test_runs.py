"""The journal tells what each run came to, whatever became of the process."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from overheard.errors import ModelError
from overheard.storage import hold_market, holder_of, last_night, last_run, runs
from overheard.storage.runs import last_step, note_step


def test_a_run_that_ended_and_one_that_failed_are_told_apart(tmp_path: Path) -> None:
    assert last_run(tmp_path) is None
    with hold_market(tmp_path, "run"):
        told = last_run(tmp_path)
        assert told is not None
        assert told.ended_at is None
    told = last_run(tmp_path, "run")
    assert told is not None
    assert told.ended_at is not None
    assert told.why == ""
    with pytest.raises(ModelError), hold_market(tmp_path, "collect"):
        raise ModelError("the model is another")
    told = last_run(tmp_path)
    assert told is not None
    assert (told.command, told.why) == ("collect", "the model is another")


def test_what_is_no_message_of_ours_is_told_by_its_kind_alone(tmp_path: Path) -> None:
    with pytest.raises(ValueError), hold_market(tmp_path, "run"):
        raise ValueError("what Anna said in private")
    told = last_run(tmp_path)
    assert told is not None
    assert told.why == "ValueError"
    assert "Anna" not in (tmp_path / "runs.jsonl").read_text()


def test_a_cut_journal_loses_no_other_line(tmp_path: Path) -> None:
    note_step(tmp_path, date(2026, 11, 2), {"step": "pains", "tables": {"pains": 1}})
    path = tmp_path / "runs.jsonl"
    path.write_bytes(path.read_bytes() + b'{"what": "step", "st')
    note_step(tmp_path, date(2026, 11, 3), {"step": "people", "tables": {"segments": 4}})
    assert (last_step(tmp_path, "pains") or {})["tables"] == {"pains": 1}
    assert (last_step(tmp_path, "people") or {})["tables"] == {"segments": 4}
    assert last_night(tmp_path) == date(2026, 11, 3)


@pytest.mark.parametrize("line", [b"7\n", b"[]\n", b'{"what": "step"}\n', b'{"what": "end", "at": 3}\n', b"\xff\xfe\n"])
def test_a_damaged_line_is_left_out(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "runs.jsonl").write_bytes(line)
    note_step(tmp_path, date(2026, 11, 2), {"step": "pains", "tables": {"pains": 1}})
    assert (last_step(tmp_path, "pains") or {})["tables"] == {"pains": 1}
    assert last_night(tmp_path) == date(2026, 11, 2)
    assert last_run(tmp_path) is None


def test_the_journal_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "LARGEST_BYTES", 5000)
    for _ in range(200):
        with hold_market(tmp_path, "run"):
            pass
    assert (tmp_path / "runs.jsonl").stat().st_size < 6000
    assert last_run(tmp_path) is not None


def test_who_holds_a_market_is_told_without_taking_it(tmp_path: Path) -> None:
    assert holder_of(tmp_path) is None
    with hold_market(tmp_path, "run"):
        assert f"process {os.getpid()}" in str(holder_of(tmp_path))
    assert holder_of(tmp_path) is None
