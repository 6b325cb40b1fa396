"""What a command shows while it works, and how it prints rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console

_CHATTER = Console(stderr=True)


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Show that something is under way, on a terminal only."""
    if _CHATTER.is_terminal:
        with _CHATTER.status(what):
            yield
    else:
        yield


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
    from overheard.steps.lines import line_of

    for row in rows:
        print(line_of(row))
