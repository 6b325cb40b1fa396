"""What a person does to a market's pains: list them, rename, merge, split, pin, unpin. What was done lasts."""

from __future__ import annotations

import numpy as np

from overheard.errors import BadInputError, as_word
from overheard.pains.lasting import parts_of
from overheard.records import EditAction, LastingPain, Pain, PainEdit, Placement
from overheard.steps.decisions.meant import find_meant
from overheard.steps.market import Market
from overheard.steps.pains import EDITS, STEP, group_market_pains, group_sentences, load_sentences
from overheard.steps.vectors import encode_market

LONGEST_NAME = 80
"""Characters of a name; more does not fit a heading."""


Row = tuple[str, str, int, int, str]


def list_pains(market: Market) -> list[Row]:
    """Return id, name, people, sentences and what a person decided of each pain, most people first."""
    decided = {
        pain.pain_id: ", ".join(pain.by_hand) for pain in market.load_finished(STEP, "lasting_pains", LastingPain)
    }
    pains = sorted(market.load_finished(STEP, "pains", Pain), key=lambda pain: (-pain.people, pain.pain_id))
    return [(pain.pain_id, pain.name, pain.people, pain.signals, decided.get(pain.pain_id, "")) for pain in pains]


def edit_pain(market: Market, action: EditAction, pain: str, other: str | None = None, name: str = "") -> list[Row]:
    """Write down what a person decided of a pain, and do it at once.

    Args:
        market: whose pains were found.
        action: rename `pain` to `name`, merge `other` into it, split it, pin it, or take its pin off.
        pain: its id, the beginning of its id, or its name.
        other: the pain to merge into it, said likewise; only for merge.
        name: the new name; only for rename.

    Returns:
        The pains after, as `list_pains`.

    Raises:
        BadInputError: no such pain, or it cannot be done; nothing is written then.
    """
    pains = market.load_finished(STEP, "pains", Pain)
    one = _find(market, pains, pain)
    two = _find(market, pains, other) if other is not None else None
    name = " ".join(name.split())
    encode_market(market)  # what was collected since may hold sentences that have no vector yet
    _check(market, action, one, two, name, pains)
    edits = market.tables.load(EDITS, PainEdit)
    number = max((edit.number for edit in edits), default=0) + 1
    edit = PainEdit(number, market.night, action, one.pain_id, two.pain_id if two else None, name)
    market.tables.replace(EDITS, PainEdit, [*edits, edit])
    group_market_pains(market)
    return list_pains(market)


def _check(market: Market, action: EditAction, one: Pain, two: Pain | None, name: str, pains: list[Pain]) -> None:
    """Refuse what cannot be done."""
    place = str(market.folder)
    if action == "rename":
        if not name or len(name) > LONGEST_NAME:
            raise BadInputError(place, f"the new name has {len(name)} characters", f"give it 1 to {LONGEST_NAME}")
        if any(pain.name.casefold() == name.casefold() and pain != one for pain in pains):
            raise BadInputError(place, f"another pain is named “{name}”", "choose another name, or merge the two")
    if action == "merge" and (two is None or two == one):
        raise BadInputError(place, f"“{one.name}” cannot be merged with itself", "name two pains")
    if action == "unpin":
        lasting = market.load_finished(STEP, "lasting_pains", LastingPain)
        if not any(pain.pain_id == one.pain_id and "pinned" in pain.by_hand for pain in lasting):
            raise BadInputError(place, f"“{one.name}” is not pinned", "`overheard pains` lists what was decided")
    if action == "split":
        sentences = load_sentences(market)
        placed = market.load_finished(STEP, "placements", Placement)
        own = {placement.signal_id for placement in placed if placement.pain_id == one.pain_id}
        rows = np.array([row for row, key in enumerate(sentences.ids) if key in own], dtype=np.int64)
        if len(parts_of(sentences, rows, market.settings.pains, group_sentences)) < 2:
            mend = f"each part needs {market.settings.pains.minimum_people} people"
            raise BadInputError(place, f"“{one.name}” does not fall into parts", mend)


def _find(market: Market, pains: list[Pain], asked: str) -> Pain:
    """Return the pain a person means."""
    mend = f"overheard understand {as_word(market.folder)}"
    names = {pain.pain_id: pain.name for pain in pains}
    meant = find_meant(names, "pain", asked, str(market.folder), mend)
    return next(pain for pain in pains if pain.pain_id == meant)
