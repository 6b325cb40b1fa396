"""What did each run of a market come to? A journal of JSON lines: a run's begin, its finished steps, its end.

It also keeps what a step's note says, for where that is damaged.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from overheard.storage.files import append_line, write_atomically

LARGEST_BYTES = 2_000_000
"""Of the journal, about a year of nights; then its older half goes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run.

    Attributes:
        command: that ran ("run", "collect").
        began_at: UTC.
        ended_at: UTC; None while it runs, or where it was killed.
        why: why it failed; empty where it did not.
    """

    command: str
    began_at: datetime
    ended_at: datetime | None = None
    why: str = ""


def note_run(data_dir: Path, what: str, command: str, why: str = "") -> None:
    """Note that a run of `command` began ("begin") or ended ("end"), now."""
    path = _path(data_dir)
    if what == "begin" and path.exists() and path.stat().st_size > LARGEST_BYTES:
        lines = path.read_bytes().splitlines(keepends=True)
        write_atomically(path, b"".join(lines[len(lines) // 2 :]))
    _note(path, {"what": what, "command": command, "at": datetime.now(UTC).isoformat(), "why": why})


def note_step(data_dir: Path, night: date, note: Mapping[str, Any]) -> None:
    """Note that a step finished for a night, with the fields of its note."""
    _note(_path(data_dir), {**note, "what": "step", "night": night.isoformat()})


def last_run(data_dir: Path, command: str | None = None) -> Run | None:
    """Return the last run of the market, or of one command; None before the first."""
    run: Run | None = None
    for event in _events(data_dir):
        if event["what"] != "step" and command in (None, event["command"]):
            at = datetime.fromisoformat(event["at"])
            if event["what"] == "begin":
                run = Run(event["command"], at)
            elif run is not None:
                run = Run(run.command, run.began_at, at, event["why"])
    return run


def last_night(data_dir: Path) -> date | None:
    """Return the latest night any step finished for, None before the first."""
    nights = [date.fromisoformat(event["night"]) for event in _events(data_dir) if event["what"] == "step"]
    return max(nights, default=None)


def last_step(data_dir: Path, step: str) -> Mapping[str, Any] | None:
    """Return what a step's note said when it last finished, None before its first."""
    return next((event for event in reversed(_events(data_dir)) if event.get("step") == step), None)


def _path(data_dir: Path) -> Path:
    return data_dir / "runs.jsonl"


def _note(path: Path, event: dict[str, Any]) -> None:
    append_line(path, json.dumps(event, sort_keys=True).encode())


def _events(data_dir: Path) -> list[dict[str, Any]]:
    """Return the events in order; lines cut off by a kill or damaged otherwise are left out."""
    path = _path(data_dir)
    events = []
    for line in path.read_bytes().splitlines() if path.exists() else []:
        try:
            event = json.loads(line)
            if event["what"] == "step":
                date.fromisoformat(event["night"])
                is_sound = isinstance(event["step"], str) and isinstance(event["tables"], dict)
            else:
                datetime.fromisoformat(event["at"])
                is_sound = event["what"] in ("begin", "end") and isinstance(event["command"] + event["why"], str)
        except (ValueError, KeyError, TypeError):
            continue
        if is_sound:
            events.append(event)
    return events
