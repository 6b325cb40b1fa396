"""`overheard doctor`: is a market fit for tonight?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from overheard.cli.showing import busy, print_rows, say


def doctor(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    as_json: Annotated[bool, typer.Option("--json", help="a line of JSON for each check")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="ask no site")] = False,
) -> None:
    """Check models, disk, lock, schedule, sources, tables and the last night; say the mend of what is wrong.

    Exit status 0: nothing is bad (there may be warnings); 1: something is.
    """
    from overheard.steps.upkeep.doctor import examine_market

    with busy("looking"):
        found = examine_market(market, ask_sites=not offline)
    if as_json:
        print_rows(asdict(one) for one in found)
    else:
        for one in found:
            say(f"{one.state:4}  {one.check}: {one.told}{f'; {one.mend}' if one.mend else ''}")
    if any(one.state == "bad" for one in found):
        raise typer.Exit(1)
