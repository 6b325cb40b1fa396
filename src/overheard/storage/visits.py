"""What was asked of a site, and what of it is still owed: a run that was killed goes on where it stopped.

A journal of JSON lines, one an event, appended as it happens. The end of a pass writes it anew, one line a fact.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from overheard.storage.files import append_line, write_atomically


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that answered: when first and last (UTC), and with which status last."""

    url: str
    first_at: datetime
    last_at: datetime
    status: int


@dataclass(frozen=True, slots=True)
class ThreadState:
    """A thread as far as it is known: its pages in order, and the mark its listing showed when all were read.

    `mark` is None while something of the thread is owed; `board` is the listing that led to it, empty where the market
    names the thread itself.
    """

    thread: str
    url: str
    mark: str | None
    pages: tuple[str, ...]
    board: str


class Visits:
    """One source's journal.

    Attributes:
        visits: by address.
        threads: by thread.
        boards: boards that were once walked to their end.
        is_whole: whether every line could be read; one cut off by a kill may be missing.
        started_at: of the pass under way; None between passes.
        asked: addresses visited in the pass under way.
        marks_before: the threads' marks when the pass under way began.
    """

    def __init__(self, path: Path) -> None:
        """Read the journal; a line cut off by a kill is left out, and what is damaged otherwise is told."""
        self._path = path
        self.visits: dict[str, Visit] = {}
        self.threads: dict[str, ThreadState] = {}
        self.boards: set[str] = set()
        self.started_at: datetime | None = None
        self.asked: set[str] = set()
        self.marks_before: dict[str, str | None] = {}
        self.is_whole = path.exists()
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
        for line in lines:
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError):
                # A kill cuts a line before its end; anything else is no work of ours.
                self.is_whole = self.is_whole and line.startswith("{") and not line.endswith("}")

    def begin(self, at: datetime) -> None:
        """Begin a pass, or go on with the one that was killed."""
        if self.started_at is None:
            self._add({"what": "begin", "at": at.isoformat()})

    def note_visit(self, url: str, at: datetime, status: int) -> None:
        """Note that a page answered."""
        self._add({"what": "visit", "url": url, "at": at.isoformat(), "status": status})

    def note_thread(self, state: ThreadState) -> None:
        """Note what of a thread is read and what is owed."""
        self._add(_of_thread(state))

    def note_board(self, url: str) -> None:
        """Note that a board was walked to its end."""
        self._add({"what": "board", "url": url})

    def end(self) -> None:
        """End the pass, and write the journal anew without what was superseded."""
        self.started_at, self.asked = None, set()
        events: list[dict[str, Any]] = [{"what": "board", "url": url} for url in sorted(self.boards)]
        events += [_of_thread(state) for _, state in sorted(self.threads.items())]
        for url, visit in sorted(self.visits.items()):
            first, last = visit.first_at.isoformat(), visit.last_at.isoformat()
            events.append({"what": "visit", "url": url, "first": first, "at": last, "status": visit.status})
        write_atomically(self._path, "".join(json.dumps(event) + "\n" for event in events).encode())

    def drop(self, is_gone: Callable[[str], bool]) -> int:
        """Drop the threads and visits whose address is gone, and end the pass; return how many went."""
        threads = {key: state for key, state in self.threads.items() if not is_gone(state.url)}
        visits = {url: visit for url, visit in self.visits.items() if not is_gone(url)}
        dropped = len(self.threads) + len(self.visits) - len(threads) - len(visits)
        if dropped:
            self.threads, self.visits = threads, visits
            self.end()
        return dropped

    def _add(self, event: dict[str, Any]) -> None:
        append_line(self._path, json.dumps(event).encode())
        self._take(event)

    def _take(self, event: dict[str, Any]) -> None:
        what = event.get("what")
        if what == "begin":
            self.started_at = datetime.fromisoformat(event["at"])
            self.marks_before = {thread: state.mark for thread, state in self.threads.items()}
        elif what == "visit":
            url, at = event["url"], datetime.fromisoformat(event["at"])
            first = datetime.fromisoformat(event["first"]) if "first" in event else at
            known = self.visits.get(url)
            self.visits[url] = Visit(url, known.first_at if known else first, at, event["status"])
            if self.started_at is not None:
                self.asked.add(url)
        elif what == "thread":
            pages = tuple(event["pages"])
            self.threads[event["thread"]] = ThreadState(
                event["thread"], event["url"], event["mark"], pages, event["board"]
            )
        elif what == "board":
            self.boards.add(event["url"])


def _of_thread(state: ThreadState) -> dict[str, Any]:
    return {"what": "thread"} | asdict(state)
