"""`overheard map-survey`: what a survey's columns hold, as the table that market.toml needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def map_survey(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, TSV, JSON Lines or .xlsx")],
    market: Annotated[Path | None, typer.Option(help="add the table to this market's market.toml")] = None,
    name: Annotated[str, typer.Option(help="what to call the survey; else after the file")] = "",
) -> None:
    """Print what each column of a survey's export seems to ask, and the survey table for market.toml."""
    from overheard.steps.decisions import survey_map

    found = survey_map.map_survey(file, name, market)
    for column in found.proposal.columns:
        print(f"# {column.part or 'left out':<12} {column.name[:70]!r}: {column.why}")
    print(f"# {found.proposal.rows} rows\n\n{found.table}", end="")
    if market is not None:
        print(f"\n# Added to {survey_map.add_survey(market, found)}; correct there what is wrong.")
