"""`overheard focus`: the smallest set of segments that love the product and can meet the goal, or why there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from overheard.cli.showing import say


def focus(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Say which segments to bet on, from the last run, and which number would change that."""
    import json
    from dataclasses import asdict

    from overheard.steps.asked.focus import lines_of_decision, load_decision
    from overheard.steps.market import Market

    decision = load_decision(Market(market))
    if as_json:
        print(json.dumps(asdict(decision), default=str, ensure_ascii=False))
    else:
        say("\n".join(lines_of_decision(decision)))
