"""`overheard check-copy`: a linter for a page's words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from overheard.cli.showing import say


def check_copy(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    page: Annotated[Path, typer.Argument(metavar="PAGE", help="HTML, Markdown or text")],
    segment: Annotated[str, typer.Option(metavar="NAME", help="whom the page is for: a segment's name or id")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="tell it for programs")] = False,
) -> None:
    """Check a page's words against what customers say: exit status 0 clean, 1 something found, 2 bad input."""
    from overheard.steps.asked.check_copy import check_market_copy
    from overheard.steps.market import Market

    checked = check_market_copy(Market(market), page, segment)
    if as_json:
        print(json.dumps(checked.summary(), ensure_ascii=False))
    else:
        say("\n".join(checked.lines()))
    if checked.rows:
        raise typer.Exit(1)
