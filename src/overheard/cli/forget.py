"""`overheard forget`: somebody asks to be forgotten."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from overheard.cli.showing import busy, say
from overheard.errors import as_word


def forget(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    person: Annotated[
        str, typer.Argument(help="a name as it is shown, a pseudonym, or the address or id of one of their posts")
    ],
    source: Annotated[str, typer.Option(help="where the name is shown, if several sources have it")] = "",
    also_sources: Annotated[
        bool, typer.Option("--also-sources", help="blot their words out of your own text files as well")
    ] = False,
    report: Annotated[
        bool, typer.Option("--report/--no-report", help="make the report again now, or leave it to the next run")
    ] = True,
) -> None:
    """Take everything of a person out of a market, never take it in again, and prove it by a search of every file.

    Exit status 1 if something is left outside your own files; it is named then.
    """
    from overheard.steps.forgetting.forget import forget_person
    from overheard.steps.market import Market
    from overheard.steps.order import STEPS
    from overheard.storage import hold_market

    opened = Market(market)

    def again() -> None:
        for name, step in STEPS.items():
            if name != "collect":
                step(opened)

    home = Path(os.environ.get("PREFECT_HOME", Path.home() / ".prefect"))
    with hold_market(opened.data_dir, "forget"), busy("forgetting"):
        receipt = forget_person(
            opened,
            person,
            source,
            also_sources,
            again if report else lambda: None,
            [home] if home.is_dir() else [],
        )
    for kind, count in receipt.counts.items():
        print(f"{count:>7,}  {kind}")
    proof = receipt.proof
    print(f"Searched {proof.files:,} files ({proof.texts:,} texts); receipt: {receipt.path}")
    if receipt.nameless:
        print(f"{receipt.nameless} of their names are too short or too plain to be looked for in others' words.")
    for path in proof.yours:
        say(f"Your own file still holds something, and it is not read any more: {path}")
    for path in (*proof.found, *proof.unread):
        say(f"NOT CLEAN: {path} {'holds something' if path in proof.found else 'cannot be looked into'}; delete it")
    if not proof.is_clean:
        raise typer.Exit(1)
    if not report:
        print(f"The next report is made by `overheard run {as_word(market)}`.")
