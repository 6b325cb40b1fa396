"""Plain filters: JSON Lines in and out, usable without a market."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from overheard.cli.showing import busy, print_rows, say

Lines = Annotated[Path, typer.Argument(metavar="FILE.jsonl")]


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a saved forum page or payload, or a transcript")],
    url: Annotated[str | None, typer.Option(help="where the page came from")] = None,
) -> None:
    """Print what was said in FILE, one JSON object per post or turn."""
    from overheard.steps.asked.reading import posts_of, read_file

    readings = read_file(file, url)
    for line, what in (problem for reading in readings for problem in reading.problems):
        say(f"overheard: {file}{f':{line}' if line else ''}: {what}", sys.stderr)
    print_rows(posts_of(readings))


def detect(
    file: Lines, everything: Annotated[bool, typer.Option("--all", help="every sentence × kind from .01 on")] = False
) -> None:
    """Print the signals in lines of {"id","text"}."""
    with busy("reading sentences"):
        from overheard.steps.asked.filters import detect_in

        rows = list(detect_in(file, everything))
    print_rows(rows)


def topics(
    file: Lines, detail: Annotated[float, typer.Option(min=0.01, max=10, help="2: twice as many topics")] = 1.0
) -> None:
    """Print the topic of each line of {"id","text"}."""
    with busy("grouping"):
        from overheard.steps.asked.filters import topics_in

        rows = list(topics_in(file, detail))
    print_rows(rows)


def people(file: Lines) -> None:
    """Print the segment of each author in lines of {"id","author","text","date","thread"}."""
    with busy("grouping people"):
        from overheard.steps.asked.filters import people_in

        rows = list(people_in(file))
    print_rows(rows)


def words(
    target: Annotated[Path, typer.Option(metavar="A.jsonl", help="whose words")],
    reference: Annotated[Path, typer.Option(metavar="B.jsonl", help="compared with whose")],
) -> None:
    """Print the words the target uses and the reference does not, as CSV, best first."""
    with busy("counting"):
        from overheard.steps.asked.filters import words_in

        table = words_in(target, reference)
    print(table, end="")
