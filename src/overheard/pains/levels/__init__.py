"""Pains from coarse to fine: families of them, and parts of them, each level within the one above."""

from overheard.pains.levels.changes import level_events
from overheard.pains.levels.detail import at_detail
from overheard.pains.levels.ladder import Ladder, lasting_ladder
from overheard.pains.levels.told import tell_levels

__all__ = ["Ladder", "at_detail", "lasting_ladder", "level_events", "tell_levels"]
