"""`overheard outreach`: whom of the focus to write to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from overheard.errors import BadInputError


def outreach(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    has_basis: Annotated[
        bool,
        typer.Option(
            "--i-have-a-lawful-basis", help="you may write to these people by the law and by their forums' rules"
        ),
    ] = False,
    segment: Annotated[str, typer.Option(metavar="NAME", help="one segment of the focus, by name or id")] = "",
) -> None:
    """List people of the focus who were heard lately and whom others turn to, each with a reason and a quote.

    The list goes to MARKET/private/outreach.csv. Who stands in private/opt_out.txt is not on it.
    """
    from overheard.steps.asked.outreach import write_outreach
    from overheard.steps.market import Market

    if not has_basis:
        what = "nobody is listed: a list of people to write to needs a lawful basis, and only you can know of one"
        raise BadInputError(str(market), what, "where you have one, add --i-have-a-lawful-basis")
    path, found = write_outreach(Market(market), segment)
    for why, count in found.left_out.items():
        print(f"left out: {count} ({why})")
    print(f"{len(found.contacts)} people: {path}. Tell each where you read them, and stop when they ask you to.")
