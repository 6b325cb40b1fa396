"""`overheard accept`: the last run is what the team works by, until the market moves away from it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def accept(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    probability: Annotated[
        float, typer.Option(min=0.01, max=0.99, help="that these segments will hold for a quarter")
    ] = 0.7,
) -> None:
    """Accept the last run's segments: changes are told since then, and the bets on them are entered."""
    from overheard.steps.acceptance import accept_run
    from overheard.steps.market import Market

    for bet in accept_run(Market(market), probability):
        print(f"{bet.bet_id[:6]}: {bet.probability:.2f} that {bet.statement[0].lower()}{bet.statement[1:]}")
    print(f"Accepted. Later reports tell what has changed since; `overheard bets {market}` tells what is due.")
