"""What a person decided of pains: a name, that two are one, that one is several, that one stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from overheard.pains.lasting.move import absorb, part_off
from overheard.pains.lasting.standing import Grouping, Rows, Sentences, Standing
from overheard.pains.lasting.tell import Teller
from overheard.records import ByHand, LastingPain, PainEdit
from overheard.settings import PainSettings

BY_HAND = "by hand: "


def apply_edits(
    standing: Standing, edits: Iterable[PainEdit], settings: PainSettings, group: Grouping, tell: Teller
) -> tuple[Standing, int]:
    """Do what a person decided, in order.

    Returns:
        The standing after, and how many decisions could not be followed, because a pain they speak of ended meanwhile
        or does not fall into parts.
    """
    missed = 0
    for edit in edits:
        asked = {edit.pain_id, edit.other_id or edit.pain_id}
        if not asked <= standing.members().keys():
            missed += 1
        elif edit.action == "rename":
            standing = _renamed(standing, edit, tell)
        elif edit.action == "pin":
            standing = standing.with_pain(_marked(standing.pains[edit.pain_id], add="pinned"))
        elif edit.action == "unpin":
            standing = standing.with_pain(_marked(standing.pains[edit.pain_id], drop="pinned"))
        elif edit.action == "merge" and edit.other_id:
            standing = _merged(standing, edit.other_id, edit.pain_id, tell)
        else:
            parts = parts_of(standing.sentences, standing.members()[edit.pain_id], settings, group)
            missed += len(parts) < 2
            standing = _split(standing, edit.pain_id, parts, tell)
    return standing, missed


def parts_of(sentences: Sentences, rows: Rows, settings: PainSettings, group: Grouping) -> list[Rows]:
    """Group one pain's sentences alone, into two or more parts, largest first; fewer where they do not fall apart."""
    parts = [rows[part] for part in group(sentences.only(rows), settings.model_copy(update={"topics": 2}))]
    return sorted(parts, key=lambda part: (-len(part), int(part[0])))


def _renamed(standing: Standing, edit: PainEdit, tell: Teller) -> Standing:
    pain = standing.pains[edit.pain_id]
    event = tell.event(edit.pain_id, "renamed", f"{BY_HAND}“{pain.name}” → “{edit.name}”")
    return standing.with_pain(replace(_marked(pain, add="named"), name=edit.name), event)


def _merged(standing: Standing, pain_id: str, target_id: str, tell: Teller) -> Standing:
    standing = absorb(standing, pain_id, target_id, tell, BY_HAND)
    standing = standing.with_pain(_marked(standing.pains[target_id], add="whole", drop="apart"))
    return replace(standing, restated=standing.restated - {target_id})


def _split(standing: Standing, pain_id: str, parts: list[Rows], tell: Teller) -> Standing:
    for part in parts[1:]:
        standing = part_off(standing, part, pain_id, tell, BY_HAND)
        child_id = standing.places[int(part[0])]
        for apart in (pain_id, child_id or pain_id):
            standing = standing.with_pain(_marked(standing.pains[apart], add="apart", drop="whole"))
    return replace(standing, restated=standing.restated - {pain_id})


def _marked(pain: LastingPain, add: ByHand | None = None, drop: ByHand | None = None) -> LastingPain:
    decided = {*pain.by_hand, *((add,) if add else ())} - {drop}
    return replace(pain, by_hand=tuple(sorted(decided)))
