"""The pipeline of a market: make one, run it or one stage of it, schedule it, open what came out."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from overheard.cli.showing import busy, busy_steps, show_progress
from overheard.errors import OverheardError, as_word

MarketDir = Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")]
Full = Annotated[bool, typer.Option("--full", help="do every step again, also what is up to date")]
Night = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the date of this run (default: today, UTC)")
]


def new(
    target: Annotated[str, typer.Argument(metavar="MARKET|URL", help="a folder to make, or a board or thread to add")],
    market: Annotated[Path, typer.Argument(metavar="[MARKET]", help="the market a URL is added to")] = Path(),
    contact: Annotated[str, typer.Option(help="where a site's owner can reach you; else [web] contact")] = "",
) -> None:
    """Write a commented market.toml and its folders, or look at URL and add it to a market as a source."""
    from overheard.steps.asked.new import add_source, write_market

    if "://" not in target:
        folder = Path(target)
        path = write_market(folder)
        said = f"Wrote {path}. Put pages into {folder / 'sources' / 'pages'}, edit the file, then:"
        print(f"{said} overheard run {as_word(folder)}")
        return
    with busy(f"looking at {target}"):
        found = add_source(market, target, contact)
    print(f"{found.engine}, {found.what}. Added to {found.path}:\n\n{found.entry}")
    print(f"Then: overheard collect {as_word(market)}")


def run(market: MarketDir, full: Full = False, night: Night = None) -> None:
    """Do the whole pipeline now, as the on-demand Prefect flow."""
    _check_market(market)
    _prepare_prefect()
    with busy_steps("starting Prefect"):
        from flows.nightly import nightly_flow

        nightly_flow(str(market.resolve()), _day(night), full)  # prints what matters, and the report's place


def collect(market: MarketDir, full: Full = False, night: Night = None) -> None:
    """Read the market's sources."""
    _do_stage("collect", market, full, night)


def understand(market: MarketDir, full: Full = False, night: Night = None) -> None:
    """Find signals in what was collected, and group the pains."""
    _do_stage("understand", market, full, night)


def segment(market: MarketDir, full: Full = False, night: Night = None) -> None:
    """Group people by need and find each group's words."""
    _do_stage("segment", market, full, night)


def report(market: MarketDir, full: Full = False, night: Night = None) -> None:
    """Publish the report."""
    _do_stage("report", market, full, night)
    _tell_report(market)


def schedule(
    market: MarketDir,
    cron: Annotated[str, typer.Option(help="when, in UTC")] = "0 2 * * *",
    port: Annotated[int, typer.Option(help="of the server, where PREFECT_API_URL names none")] = 4200,
    everything: Annotated[
        bool, typer.Option("--all", help="serve every deployment of prefect.yaml, at the hours it says")
    ] = False,
) -> None:
    """Run the market nightly on Prefect until stopped; starts a server on this machine where none is set."""
    _check_market(market)
    _prepare_prefect()
    from flows.serving import serve_all, serve_nightly

    if everything:
        serve_all(market.resolve(), port)
    else:
        serve_nightly(market.resolve(), cron, port)


def open_report(market: MarketDir) -> None:
    """Open the last report in the browser."""
    import webbrowser

    webbrowser.open(_tell_report(market).as_uri())


def _do_stage(stage: str, market_dir: Path, full: bool, night: datetime | None) -> None:
    _check_market(market_dir)
    from overheard.steps.market import Market
    from overheard.steps.order import STAGES, STEPS
    from overheard.storage import hold_market

    with show_progress() as tell:
        market = Market(market_dir, night.date() if night else None, full, tell)
        with hold_market(market.data_dir, stage):
            for step in STAGES[stage]:
                with busy(step):
                    STEPS[step](market)


def _check_market(market: Path) -> None:
    """Tell a wrong market.toml at once, not after everything else is loaded."""
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
        mend = f"make one with `overheard run {as_word(market)}`"
        raise OverheardError(f"{market / 'reports'}: there is no report yet; {mend}")
    page = market.resolve() / "reports" / "latest" / "index.html"
    print(f"Report: {page}")
    return page


def _day(night: datetime | None) -> str | None:
    return night.date().isoformat() if night else None
