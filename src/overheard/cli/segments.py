"""`overheard segments`: look at a market's segments and decide about them by hand."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from overheard.cli.showing import say
from overheard.errors import BadInputError, as_word
from overheard.records import SegmentEditAction

if TYPE_CHECKING:
    from overheard.steps.market import Market


class Action(StrEnum):
    """What to do."""

    LIST = "list"
    EDIT = "edit"
    RENAME = "rename"
    MERGE = "merge"
    MOVE = "move"
    CLEAR = "clear"


WANTED = {
    Action.LIST: (),
    Action.EDIT: (),
    Action.RENAME: ("SEGMENT", "NAME"),
    Action.MERGE: ("SEGMENT", "OTHER_SEGMENT"),
    Action.MOVE: ("PERSON", "SEGMENT"),
    Action.CLEAR: (),
}
"""What must stand after an action; SEGMENT or PERSON may stand after clear."""

EDITS: dict[Action, SegmentEditAction] = {
    Action.RENAME: "rename",
    Action.MERGE: "merge",
    Action.MOVE: "place",
    Action.CLEAR: "clear",
}


def segments(
    market: Annotated[Path, typer.Argument(metavar="MARKET", help="the market's folder")],
    action: Annotated[Action, typer.Argument(help="what to do")] = Action.LIST,
    one: Annotated[
        str, typer.Argument(metavar="[SEGMENT|PERSON]", help="its name or id; clear: of whom, else of all")
    ] = "",
    other: Annotated[
        str,
        typer.Argument(
            metavar="[NAME|SEGMENT]", help="rename: new name; merge: what is merged in; move: where to, or -"
        ),
    ] = "",
    filled: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="edit: a filled segments.csv, without an editor")
    ] = None,
) -> None:
    """List a market's segments, or make, rename, merge and clear them by hand or move people; it outlives every fit."""
    from overheard.steps.decisions.segment_edits import edit_segment
    from overheard.steps.market import Market
    from overheard.storage import hold_market

    _check(market, action, one, other, filled)
    opened = Market(market)
    if action is Action.EDIT and not _edit(opened, filled):
        return
    if action in EDITS:
        with hold_market(opened.data_dir, f"segments {action.value}"):
            edit_segment(opened, EDITS[action], one, other)
    _print(opened)


def _edit(market: Market, filled: Path | None) -> bool:
    """Follow a filled file, or write one and open the editor; tell whether there was something to follow."""
    from overheard.steps.decisions.segment_edits import read_segment_file, write_segment_file
    from overheard.storage import hold_market

    path = filled
    if path is None:
        with hold_market(market.data_dir, "segments edit"):
            path = write_segment_file(market)
        editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
        command = f"overheard segments {as_word(market.folder)} edit --from {path}"
        if not editor or not sys.stdin.isatty() or not sys.stdout.isatty():
            print(
                f"Fill the column your_choice of {path} (a name, or - for none; it quotes people, keep it to yourself)."
            )
            print(f"Then: {command}")
            return False
        # The editor is the user's own, as with `git commit`.
        if subprocess.run([*editor, str(path)], check=False).returncode:  # noqa: S603
            raise BadInputError(str(path), f"{editor[0]} ended with an error, nothing was read", command)
    with hold_market(market.data_dir, "segments edit"):
        count = read_segment_file(market, path)
    print(f"{count} {'person' if count == 1 else 'people'} placed by hand")
    return True


def _check(market: Path, action: Action, one: str, other: str, filled: Path | None) -> None:
    wanted = WANTED[action]
    given = [word for word in (one, other) if word]
    most = 1 if action is Action.CLEAR else len(wanted)
    if filled is not None and action is not Action.EDIT:
        mend = f"overheard segments {as_word(market)} edit --from {as_word(filled)}"
        raise BadInputError(str(market), "--from is for edit only", mend)
    if not len(wanted) <= len(given) <= most:
        what = f"`{given[-1]}` is too much" if len(given) > most else f"{wanted[len(given)]} is missing"
        shown = " ".join(wanted) or ("[SEGMENT|PERSON]" if most else "")
        raise BadInputError(str(market), what, f"overheard segments {as_word(market)} {action.value} {shown}".rstrip())


def _print(market: Market) -> None:
    from overheard.steps.decisions.segment_edits import list_segments

    rows = list_segments(market)
    for row in rows:
        stability = "  made by hand" if row.stability is None else f"stability {row.stability:.2f}"
        placed = f"  ({row.placed} placed by hand)" if row.placed and row.stability is not None else ""
        say(f"{row.segment_id}  {row.people:5} people  {stability:14}  {row.name}{placed}")
    if not rows:
        print(f"There are no segments. Make them by hand: overheard segments {as_word(market.folder)} edit")
