"""`overheard backup` and `overheard restore`: a market as one file, and a market from one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from overheard.cli.showing import busy
from overheard.errors import as_word


def backup(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the file to write; it must not be there")],
    with_private: Annotated[
        bool, typer.Option("--with-private", help="the key of the pseudonyms and people's names too")
    ] = False,
) -> None:
    """Write the whole market into one file, also while a run is at work.

    It holds what people said: keep it as you keep the market. Who is forgotten later is still in it.
    """
    from overheard.steps.upkeep.backup import backup_market

    with busy("backing up"):
        made = backup_market(market, file, with_private)
    for what in made.left_out:
        print(f"Left out: {what}.")
    print(f"{made.archive.files:,} files, {made.archive.size / 1e6:,.1f} MB: {file}")
    if made.archive.has_private:
        print("With private/: who holds this file can tell who is who.")
    else:
        print("Without private/ (key and names): keep a copy of it elsewhere, no run goes on without it.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="written by `overheard backup`")],
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="a new folder")],
) -> None:
    """Unpack a back-up into a new folder; every byte is checked, and nothing is left there if one is wrong."""
    from overheard.steps.upkeep.restore import restore_market

    with busy("restoring"):
        made = restore_market(file, market)
    print(f"{made.files:,} files, {made.size / 1e6:,.1f} MB: {market}")
    if not made.has_private:
        print(f"Now put the private/ folder of the old market into {market}; then: overheard run {as_word(market)}")
    print("Who was forgotten since the back-up was made is in it again: forget them anew.")
