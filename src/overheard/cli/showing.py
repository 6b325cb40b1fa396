"""What a command shows while it works, and how it prints rows."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TextIO

from rich.console import Console

_CHATTER = Console(stderr=True)


def printable(text: str) -> str:
    """Return a text without what a terminal obeys: names of pains and people are strangers' words."""
    return "".join(one if one.isprintable() or one == "\n" else " " for one in text)


def say(text: str, file: TextIO | None = None) -> None:
    """Print lines for a person to read; what programs read is printed as it is."""
    print(printable(text), file=file or sys.stdout, flush=True)


class ErrorStream(logging.Handler):
    """Writes log events to what is standard error at that moment: while something spins there, a line goes above it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one event."""
        print(self.format(record), file=sys.stderr, flush=True)


class LineFormatter(logging.Formatter):
    """A log event as a line for a person to read."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return printable(super().format(record))


class EventFormatter(logging.Formatter):
    """A log event as a line of JSON: when, how grave, what, and a step's counts."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event = {"at": at, "level": record.levelname.lower(), "said": printable(record.getMessage())}
        return json.dumps(event | getattr(record, "counts", {}), ensure_ascii=False)


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Show that something is under way, on a terminal only."""
    if _CHATTER.is_terminal:
        with _CHATTER.status(what):
            yield
    else:
        yield


@contextmanager
def busy_steps(first: str) -> Iterator[None]:
    """Show that a run is under way, on a terminal only: `first`, then how many steps are done and for how long."""
    if not _CHATTER.is_terminal:
        yield
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=_CHATTER, transient=True) as shown:
        task = shown.add_task(first)
        done: list[str] = []

        def count(record: logging.LogRecord) -> bool:
            if step := getattr(record, "counts", {}).get("step"):
                done.append(step)
                shown.update(task, description=f"at work, {step} is done (step {len(done)})")
            return True

        logger = logging.getLogger("overheard")
        logger.addFilter(count)
        try:
            yield
        finally:
            logger.removeFilter(count)


@contextmanager
def show_progress() -> Iterator[Callable[[Any], None]]:
    """Yield what shows how far a crawl is: pages, posts, threads waiting and about how long they take."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    bars: dict[str, Any] = {}
    with Progress(*columns, console=_CHATTER, disable=not _CHATTER.is_terminal, transient=True) as shown:

        def tell(progress: Any) -> None:
            if progress.source not in bars:
                bars[progress.source] = shown.add_task(progress.source, told="", total=None)
            told = f"{progress.pages} pages, {progress.posts} posts, {progress.waiting} threads waiting"
            total = progress.pages + progress.waiting
            shown.update(bars[progress.source], completed=progress.pages, total=total, told=told)

        yield tell


def print_rows(rows: Iterable[Any]) -> None:
    """Print each row as a line of JSON."""
    from overheard.steps.asked.lines import line_of

    for row in rows:
        print(line_of(row))
