"""Which of the dates and names in a post are its own? Those that stand in the same slot from post to post."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from overheard.forums.marks import nearest_mark
from overheard.forums.outline import Outline
from overheard.forums.structure.blocks import Block
from overheard.forums.structure.names import Name, is_name
from overheard.forums.structure.stamps import Stamp

_Placed = TypeVar("_Placed", Name, Stamp)

_DIGITS = re.compile(r"\d+")
_GUESS_COVERAGE = 0.8
"""Share of the posts in which an unmarked short text must stand to be taken for the name."""


def choose_dates(blocks: list[Block], stamps: list[Stamp]) -> list[datetime | None]:
    """Choose each post's date: from the slot most posts have, machine-written before printed.

    Returns:
        One date for each block, None where none is shown or it cannot be told.
    """
    places = [stamp.at for stamp in stamps]
    per_block = [_beside(block, stamps, places) for block in blocks]
    first: dict[str, list[Stamp]] = defaultdict(list)
    for found in per_block:
        seen: set[str] = set()
        for stamp, _ in found:
            if stamp.slot not in seen and stamp.said_at is not None:
                seen.add(stamp.slot)
                first[stamp.slot].append(stamp)
    before = Counter(stamp.slot for found in per_block for stamp, is_before in found if is_before)
    scores = {slot: _date_score(slot, found, before[slot], len(blocks)) for slot, found in first.items()}
    order = sorted(scores, key=lambda slot: (-scores[slot], slot))
    out: list[datetime | None] = []
    for found in per_block:
        by_slot: dict[str, Stamp] = {}
        for stamp, _ in found:
            if stamp.said_at is not None:
                by_slot.setdefault(stamp.slot, stamp)
        best = next((by_slot[slot] for slot in order if slot in by_slot and not slot.startswith("edit")), None)
        out.append(best.said_at if best else None)
    return out


def _date_score(slot: str, found: list[Stamp], before: int, blocks: int) -> float:
    score = len(found) / blocks + 0.1 * before / blocks
    score += 0.15 * any(stamp.machine for stamp in found)
    score -= 0.4 * slot.startswith("prose")
    times = [stamp.said_at for stamp in found if stamp.said_at is not None]
    if len(times) > 2:
        rising = sum(a <= b for a, b in pairwise(times)) / (len(times) - 1)
        score += 0.2 * abs(2 * rising - 1)
        score -= 0.5 * (len(set(times)) == 1)
    return score


def choose_names(page: Outline, blocks: list[Block], names: list[Name]) -> list[Name | None]:
    """Choose each post's author: from the slot most posts have, the surest first.

    Returns:
        One name for each block, None where none is shown.
    """
    places = [name.at for name in names]
    per_block = [_beside(block, names, places) for block in blocks]
    first: dict[str, list[tuple[Name, bool]]] = defaultdict(list)
    for found in per_block:
        seen: set[str] = set()
        for name, is_before in found:
            if name.slot not in seen:
                seen.add(name.slot)
                first[name.slot].append((name, is_before))
    scores = {slot: _name_score(found, len(blocks)) for slot, found in first.items()}
    order = sorted(scores, key=lambda slot: (-scores[slot], slot))
    if not order or scores[order[0]] < 0.5:
        guessed = _guess_names(page, blocks)
        if guessed is not None:
            return guessed
    out: list[Name | None] = []
    for found in per_block:
        by_slot: dict[str, Name] = {}
        for name, _ in found:
            by_slot.setdefault(name.slot, name)
        out.append(next((by_slot[slot] for slot in order if slot in by_slot), None))
    return out


def _name_score(found: list[tuple[Name, bool]], blocks: int) -> float:
    score = len(found) / blocks
    score += 0.08 * sum(name.weight for name, _ in found) / len(found)
    score += 0.15 * sum(is_before for _, is_before in found) / len(found)
    if len(found) > 3 and len({name.text for name, _ in found}) == 1:
        score -= 0.5
    return score


def _guess_names(page: Outline, blocks: list[Block]) -> list[Name | None] | None:
    """Take the first short text that stands in the same slot of nearly every post and differs from post to post."""
    slots: dict[str, dict[int, Name]] = defaultdict(dict)
    for number, block in enumerate(blocks):
        ranges = ((block.start, block.text_start), (block.text_end, block.end))
        for start, end in ranges:
            for piece in page.pieces_in(start, end)[:40]:
                text = " ".join(piece.text.split()).strip(" :-–|·")
                if is_name(text) and not any(char.isdigit() for char in text[:1]):
                    slot = nearest_mark(page, piece.owner)
                    slots[slot].setdefault(number, Name(piece.at, slot, text, 1, piece.owner))
    best: dict[int, Name] | None = None
    for found in slots.values():
        # "Level 1" and "level 2" are one label.
        different = len({_DIGITS.sub("#", name.text) for name in found.values()})
        if len(found) < _GUESS_COVERAGE * len(blocks) or different < max(2, 0.3 * len(found)):
            continue
        if best is None or min(name.at for name in found.values()) < min(name.at for name in best.values()):
            best = found
    return [best.get(number) for number in range(len(blocks))] if best is not None else None


def _beside(block: Block, items: list[_Placed], places: list[int]) -> list[tuple[_Placed, bool]]:
    """Return the items of a block that stand outside its text, with whether they stand before it."""
    start, end = block.text_start, block.text_end
    found = items[bisect_left(places, block.start) : bisect_left(places, block.end)]
    return [(item, item.at < start) for item in found if item.at < start or item.at >= end]
