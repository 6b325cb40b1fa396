"""What a persona card shows."""

from __future__ import annotations

from dataclasses import dataclass

from overheard.report.quotes import Quote


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a card: our words, theirs, or both. `people` is "12 of 24", or "" where a quote stands for itself."""

    text: str
    people: str = ""
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class CardPart:
    """One part of a card. `note` says of whom it holds, or plainly why there is nothing to show.

    `is_run`: its lines are a few words each, set one after another.
    """

    title: str
    note: str
    lines: tuple[CardLine, ...]
    is_run: bool = False


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One thing known of the people besides their needs: here, and how it goes with the segments.

    `is_sure`: it differs between them beyond chance.
    """

    name: str
    here: str
    known: str
    effect: str
    chance: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class PersonaView:
    """A segment on one screen. `fields` describe its people; they were not grouped by them."""

    parts: tuple[CardPart, ...]
    quotes: tuple[Quote, ...]
    fields: tuple[FieldRow, ...]

    @property
    def has_difference(self) -> bool:
        """Whether anything else known of the people differs between the segments beyond chance."""
        return any(one.is_sure for one in self.fields)
