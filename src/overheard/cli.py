"""Front door 2: the command line. A command reads options and calls one step or one flow.

Heavy imports happen inside the command that needs them: `overheard --help` must answer at once.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from overheard import __version__
from overheard.aliases_command import aliases
from overheard.assign_command import assign
from overheard.errors import OverheardError
from overheard.pains_command import pains
from overheard.segments_command import segments

app = typer.Typer(
    help="Hear a market in its own words: pains, segments by need, and the words people use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
MarketDir = Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")]
Full = Annotated[bool, typer.Option("--full", help="do every step again, also what is up to date")]
Night = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the date of this run (default: today, UTC)")
]
Lines = Annotated[Path, typer.Argument(metavar="FILE.jsonl")]

_CHATTER = Console(stderr=True)


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


@app.command()
def new(
    target: Annotated[str, typer.Argument(metavar="MARKET|URL", help="a folder to make, or a board or thread to add")],
    market: Annotated[Path, typer.Argument(metavar="[MARKET]", help="the market a URL is added to")] = Path(),
    contact: Annotated[str, typer.Option(help="where a site's owner can reach you; else [web] contact")] = "",
) -> None:
    """Write a commented market.toml and its folders, or look at URL and add it to a market as a source."""
    from overheard.steps.new import add_source, write_market

    if "://" not in target:
        path = write_market(Path(target))
        print(f"Wrote {path}. Put pages into {target}/sources, edit the file, then: overheard run {target}")
        return
    with _busy(f"looking at {target}"):
        found = add_source(market, target, contact)
    print(f"{found.engine}, {found.what}. Added to {found.path}:\n\n{found.entry}\nThen: overheard collect {market}")


@app.command()
def run(market: MarketDir, full: Full = False, night: Night = None) -> None:
    """Do the whole pipeline now, as the on-demand Prefect flow."""
    _check_market(market)
    _prepare_prefect()
    with _busy("starting Prefect"):
        from flows.nightly import nightly_flow
    nightly_flow(str(market.resolve()), _day(night), full)
    _tell_report(market)


@app.command()
def collect(market: MarketDir, full: Full = False, night: Night = None) -> None:
    """Read the market's sources."""
    _do_stage("collect", market, full, night)


@app.command()
def understand(market: MarketDir, full: Full = False, night: Night = None) -> None:
    """Find signals in what was collected, and group the pains."""
    _do_stage("understand", market, full, night)


@app.command()
def segment(market: MarketDir, full: Full = False, night: Night = None) -> None:
    """Group people by need and find each group's words."""
    _do_stage("segment", market, full, night)


@app.command()
def report(market: MarketDir, full: Full = False, night: Night = None) -> None:
    """Publish the report."""
    _do_stage("report", market, full, night)
    _tell_report(market)


for command in (aliases, assign, pains, segments):
    app.command()(command)


@app.command()
def schedule(
    market: MarketDir,
    cron: Annotated[str, typer.Option(help="when, in UTC")] = "0 2 * * *",
    port: Annotated[int, typer.Option(help="of the server, where PREFECT_API_URL names none")] = 4200,
) -> None:
    """Run the market nightly on Prefect until stopped; starts a server on this machine where none is set."""
    _check_market(market)
    _prepare_prefect()
    from flows.serving import serve_nightly

    serve_nightly(market.resolve(), cron, port)


@app.command(name="open")
def open_report(market: MarketDir) -> None:
    """Open the last report in the browser."""
    import webbrowser

    webbrowser.open(_tell_report(market).as_uri())


@app.command()
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a saved forum page or payload, or a transcript")],
    url: Annotated[str | None, typer.Option(help="where the page came from")] = None,
) -> None:
    """Print what was said in FILE, one JSON object per post or turn."""
    from overheard.steps.reading import posts_of, read_file

    readings = read_file(file, url)
    for line, what in (problem for reading in readings for problem in reading.problems):
        print(f"overheard: {file}{f':{line}' if line else ''}: {what}", file=sys.stderr)
    _print_rows(posts_of(readings))


@app.command()
def detect(
    file: Lines, everything: Annotated[bool, typer.Option("--all", help="every sentence × kind from .01 on")] = False
) -> None:
    """Print the signals in lines of {"id","text"}."""
    with _busy("reading sentences"):
        from overheard.steps.filters import detect_in

        rows = list(detect_in(file, everything))
    _print_rows(rows)


@app.command()
def topics(
    file: Lines, detail: Annotated[float, typer.Option(min=0.01, max=10, help="2: twice as many topics")] = 1.0
) -> None:
    """Print the topic of each line of {"id","text"}."""
    with _busy("grouping"):
        from overheard.steps.filters import topics_in

        rows = list(topics_in(file, detail))
    _print_rows(rows)


@app.command()
def people(file: Lines) -> None:
    """Print the segment of each author in lines of {"id","author","text","date","thread"}."""
    with _busy("grouping people"):
        from overheard.steps.filters import people_in

        rows = list(people_in(file))
    _print_rows(rows)


@app.command()
def words(
    target: Annotated[Path, typer.Option(metavar="A.jsonl", help="whose words")],
    reference: Annotated[Path, typer.Option(metavar="B.jsonl", help="compared with whose")],
) -> None:
    """Print the words the target uses and the reference does not, as CSV, best first."""
    with _busy("counting"):
        from overheard.steps.filters import words_in

        table = words_in(target, reference)
    print(table, end="")


def _do_stage(stage: str, market_dir: Path, full: bool, night: datetime | None) -> None:
    from overheard.steps.market import Market
    from overheard.steps.order import STAGES, STEPS
    from overheard.storage import hold_market

    with _progress() as tell:
        market = Market(market_dir, night.date() if night else None, full, tell)
        with hold_market(market.data_dir, stage):
            for step in STAGES[stage]:
                with _busy(step):
                    STEPS[step](market)


def _check_market(market: Path) -> None:
    """Tell a wrong market.toml at once, not after half a minute of Prefect."""
    from overheard.settings import load_settings

    load_settings(market)


def _prepare_prefect() -> None:
    """Set what makes Prefect quiet, private and patient, where the user has not set it."""
    from platformdirs import user_data_path

    settings = {
        "DO_NOT_TRACK": "1",
        # On, its heartbeat locks the fresh database of the very first run.
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        # A first start migrates its database: 20-50 s on a small machine, where 20 s is the default limit.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
        # What fails is told once, by us, in one line; Prefect would print its traceback first, and its server one more
        # after every success (tasks' last states arrive while it stops).
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    }
    if "PREFECT_API_URL" not in os.environ and "PREFECT_PROFILE" not in os.environ:
        # Prefect makes its folder, but not the folders above it.
        settings["PREFECT_HOME"] = str(user_data_path("overheard", ensure_exists=True) / "prefect")
    for name, value in settings.items():
        os.environ.setdefault(name, value)


def _tell_report(market: Path) -> Path:
    from overheard.storage import latest_report

    folder = latest_report(market / "reports")
    if folder is None:
        raise OverheardError(f"{market}/reports: there is no report yet; make one with `overheard run {market}`")
    page = market.resolve() / "reports" / "latest" / "index.html"
    print(f"Report: {page}")
    return page


def _day(night: datetime | None) -> str | None:
    return night.date().isoformat() if night else None


@contextmanager
def _busy(what: str) -> Iterator[None]:
    """Show that something is under way, on a terminal only."""
    if _CHATTER.is_terminal:
        with _CHATTER.status(what):
            yield
    else:
        yield


@contextmanager
def _progress() -> Iterator[Callable[[Any], None]]:
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


def _print_rows(rows: Iterable[Any]) -> None:
    from overheard.steps.lines import line_of

    for row in rows:
        print(line_of(row))
