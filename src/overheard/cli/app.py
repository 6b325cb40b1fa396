"""The command line as a whole: its commands, and what happens when one fails."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from overheard import __version__
from overheard.cli.accept import accept
from overheard.cli.aliases import aliases
from overheard.cli.assign import assign
from overheard.cli.bets import bets
from overheard.cli.check_copy import check_copy
from overheard.cli.export import export
from overheard.cli.filters import detect, people, read, topics, words
from overheard.cli.focus import focus
from overheard.cli.map_survey import map_survey
from overheard.cli.pains import pains
from overheard.cli.pipeline import collect, new, open_report, report, run, schedule, segment, understand
from overheard.cli.segments import segments
from overheard.errors import OverheardError

app = typer.Typer(
    help="Hear a market in its own words: pains, segments by need, and the words people use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; every failure a person can act on is one line and an exit status."""
    try:
        app()
    except OverheardError as error:
        print(f"overheard: {error}", file=sys.stderr)
        sys.exit(error.exit_status)
    except BrokenPipeError:  # the reader of our output had enough: `overheard … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


@app.callback(invoke_without_command=True)
def options(version: Annotated[bool, typer.Option("--version", help="print the version")] = False) -> None:
    """Set up what every command needs."""
    if version:
        print(__version__)
        raise typer.Exit
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("overheard")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False


COMMANDS: tuple[Callable[..., None], ...] = (
    *(new, run, collect, understand, segment, report, schedule),
    *(aliases, assign, pains, segments, export, map_survey, focus, accept, bets),
    *(read, detect, topics, people, words),
)
for command in COMMANDS:
    app.command()(command)
app.command(name="open")(open_report)
app.command(name="check-copy")(check_copy)
