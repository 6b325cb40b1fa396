"""What the page of levels shows, ready to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from overheard.report.charts import Whisker
from overheard.report.figures import Share, counted
from overheard.report.quotes import Quote

GroupKind = Literal["family of pains", "part of a pain"]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A pain, a family of pains, or a part of one. `pains` are (id, name, place on the index page or "").

    `parent` is the name of the pain a part is of, else "".
    """

    group_id: str
    parent_id: str | None
    name: str
    parent: str
    share: Share
    whisker: Whisker
    pains: tuple[tuple[str, str, str], ...]
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class LevelView:
    """One level, coarser below 0; its groups, those most people tell first, parts in the order of their pains."""

    level: int
    groups: tuple[GroupView, ...]

    @property
    def stop(self) -> str:
        """What stands at its stop of the slider."""
        if self.level < 0:
            return counted(len(self.groups), "family", "families")
        return counted(len(self.groups), "pain", "pains" if self.level == 0 else "pains and parts")

    @property
    def listed(self) -> tuple[GroupView, ...]:
        """What the page lists: of a level of parts only these, for the whole pains stand one stop before."""
        return tuple(group for group in self.groups if group.parent) if self.level > 0 else self.groups


@dataclass(frozen=True, slots=True)
class GroupChange:
    """What became of a family or a part, in words; `evidence` counts its people or says where they are now."""

    kind: GroupKind
    name: str
    what: str
    evidence: str
    people: int

    @property
    def sentence(self) -> str:
        """One line, without its end."""
        return f"{self.kind.capitalize()} “{self.name}” {self.what}: {self.evidence}"


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What became of families and parts in a night or since one (`night`, an ISO date), families first.

    `more` are not listed; `hidden` are of too few people to be told.
    """

    night: str
    changes: tuple[GroupChange, ...]
    more: int
    hidden: int


def families_and_parts(levels: Iterable[LevelView]) -> dict[str, tuple[GroupKind, GroupView]]:
    """Return the shown groups that are no pains, by id; one that stands at several levels as it is at the coarsest."""
    found: dict[str, tuple[GroupKind, GroupView]] = {}
    for one in levels:
        for group in one.groups:
            if one.level < 0 and len(group.pains) > 1:
                found.setdefault(group.group_id, ("family of pains", group))
            elif group.parent:
                found.setdefault(group.group_id, ("part of a pain", group))
    return found
