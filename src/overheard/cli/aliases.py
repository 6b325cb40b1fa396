"""`overheard aliases`: which accounts are one person's, as approved by hand, and which may be."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from overheard.cli.showing import say


class Action(StrEnum):
    """What to do."""

    LIST = "list"
    PROPOSE = "propose"


def aliases(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    action: Annotated[Action, typer.Argument(help="what to do")] = Action.LIST,
) -> None:
    """List the accounts you approved as one person's, or write a list of those that may be; it is never applied."""
    from overheard.steps.aliases import alias_path, list_aliases, save_proposals
    from overheard.steps.market import Market
    from overheard.storage import hold_market

    opened = Market(market)
    if action is Action.LIST:
        for person, source, name, posts in list_aliases(opened):
            say(f"{person}  {source}  {name}  {posts} posts")
        return
    from overheard.steps.word_ranks import load_common_words

    with hold_market(opened.data_dir, "aliases propose"):
        path, people = save_proposals(opened, load_common_words())
    print(
        f"{people} people proposed in {path}. Copy the rows you are sure of into {alias_path(opened)}, header included."
    )
