"""What the page of levels shows, ready to print."""

from __future__ import annotations

from dataclasses import dataclass

from overheard.report.charts import Whisker
from overheard.report.figures import Share, counted
from overheard.report.quotes import Quote


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
