"""The command line as a whole: its commands, and what happens when one fails."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer
from typer.exceptions import TyperException

from overheard import __version__
from overheard.cli.accept import accept, reject
from overheard.cli.aliases import aliases
from overheard.cli.assign import assign
from overheard.cli.backup import backup, restore
from overheard.cli.bets import bets
from overheard.cli.check_copy import check_copy
from overheard.cli.doctor import doctor
from overheard.cli.export import export
from overheard.cli.filters import detect, people, read, topics, words
from overheard.cli.focus import focus
from overheard.cli.forget import forget
from overheard.cli.map_survey import map_survey
from overheard.cli.outreach import outreach
from overheard.cli.pains import pains
from overheard.cli.pipeline import collect, new, open_report, report, run, schedule, segment, understand
from overheard.cli.segments import segments
from overheard.cli.showing import ErrorStream, EventFormatter, LineFormatter, say
from overheard.errors import OverheardError, disk_error_of

app = typer.Typer(
    help="Hear a market in its own words: pains, segments by need, and the words people use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; every failure a person can act on is one line and an exit status."""
    try:
        sys.exit(app(standalone_mode=False))
    except TyperException as error:  # options and arguments; without any, help is shown, and nothing more to say
        if message := error.format_message().rstrip("."):
            say(f"overheard: {message}; see `{_command_of(error)} --help`", sys.stderr)
        sys.exit(error.exit_code)
    except OverheardError as error:
        say(f"overheard: {error}", sys.stderr)
        sys.exit(error.exit_status)
    except BrokenPipeError:  # the reader of our output had enough: `overheard … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        told = disk_error_of(error)
        if told is None:
            raise
        say(f"overheard: {told}", sys.stderr)
        sys.exit(told.exit_status)


def _command_of(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context else "overheard"


@app.callback(invoke_without_command=True)
def options(
    version: Annotated[bool, typer.Option("--version", help="print the version")] = False,
    json_logs: Annotated[bool, typer.Option("--json-logs", help="log each event as a line of JSON")] = False,
) -> None:
    """Set up what every command needs."""
    if version:
        print(__version__)
        raise typer.Exit
    handler = ErrorStream()
    handler.setFormatter(EventFormatter() if json_logs else LineFormatter("%(message)s"))
    logger = logging.getLogger("overheard")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False


COMMANDS: tuple[Callable[..., None], ...] = (
    *(new, run, collect, understand, segment, report, schedule),
    *(doctor, backup, restore, forget),
    *(aliases, assign, pains, segments, export, map_survey, focus, outreach, accept, reject, bets),
    *(read, detect, topics, people, words),
)
for command in COMMANDS:
    app.command()(command)
app.command(name="open")(open_report)
app.command(name="check-copy")(check_copy)
