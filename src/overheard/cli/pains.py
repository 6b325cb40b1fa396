"""`overheard pains`: look at a market's pains and decide about them by hand."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

from overheard.cli.showing import say
from overheard.errors import BadInputError, as_word
from overheard.records import EditAction


class Action(StrEnum):
    """What to do."""

    LIST = "list"
    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    PIN = "pin"
    UNPIN = "unpin"


SECOND = {Action.RENAME: "NAME", Action.MERGE: "OTHER_PAIN"}
"""What stands after the pain, where something does."""


def pains(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    action: Annotated[Action, typer.Argument(help="what to do")] = Action.LIST,
    pain: Annotated[str, typer.Argument(metavar="[PAIN]", help="its name or id")] = "",
    other: Annotated[
        str, typer.Argument(metavar="[NAME|PAIN]", help="rename: new name; merge: what is merged in")
    ] = "",
) -> None:
    """List a market's pains, or rename, merge, split, pin or unpin one; what you decide outlives every regrouping."""
    from overheard.steps.decisions.pain_edits import edit_pain, list_pains
    from overheard.steps.market import Market
    from overheard.storage import hold_market

    opened = Market(market)
    if action is Action.LIST:
        rows = list_pains(opened)
    else:
        wanted = SECOND.get(action, "")
        if not pain or bool(wanted) != bool(other):
            what = "no pain was named" if not pain else f"{wanted} is missing" if wanted else f"`{other}` is too much"
            mend = f"overheard pains {as_word(market)} {action.value} PAIN {wanted}".rstrip()
            raise BadInputError(str(market), what, mend)
        with hold_market(opened.data_dir, f"pains {action.value}"):
            if action is Action.RENAME:
                rows = edit_pain(opened, "rename", pain, name=other)
            else:
                rows = edit_pain(opened, cast("EditAction", action.value), pain, other or None)
    if action is Action.LIST and not rows:
        say(f"No pains were found yet; they come with: overheard run {as_word(market)}", sys.stderr)
    if action is not Action.LIST:
        rows = [row for row in rows if row[-1]]
        say(f"Decided by hand so far (the next run's report tells it; or now: overheard report {as_word(market)}):")
    for pain_id, name, people, sentences, decided in rows:
        say(f"{pain_id}  {people:5} people  {sentences:6} sentences  {name}{f'  ({decided})' if decided else ''}")
