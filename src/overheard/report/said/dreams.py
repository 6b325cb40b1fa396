"""What they dream of, what holds them back, and how they see the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overheard.records import Slot
from overheard.report.findings import Told
from overheard.report.said.group import Group
from overheard.report.said.views import PointList, Story

MOST_STORIES = 5
MOST_POINTS = 6
LONGEST_PART = 110
"""Characters of a part of a job's story; longer ones are half a post."""
SHORTEST_PART = 12
"""a bucket" is no job."""
LEAST_PEOPLE = 2
"""Who must share a view of the world before it is shown as one."""


def tell_stories(group: Group, slots: Mapping[str, Sequence[Slot]]) -> tuple[tuple[Story, ...], str]:
    """Put jobs into the order of a story, when, what they want, so that: the fullest first, one a person.

    Returns:
        The stories, and of how many people they are.
    """
    note, is_shown = group.note("tell what they try to get done", ("job",))
    stories: list[tuple[int, Story]] = []
    quoted: set[str] = set()
    for one in group.telling("job") if is_shown else ():
        parts = _parts(group, one, slots.get(one.signal.signal_id, ()))
        if "motivation" in parts and one.signal.person_id not in quoted and group.is_whole(one):
            quoted.add(one.signal.person_id)
            story = Story(parts.get("situation", ""), parts["motivation"], parts.get("outcome", ""), group.quote(one))
            stories.append((len(parts), story))
    return tuple(story for _, story in sorted(stories, key=lambda row: -row[0])[:MOST_STORIES]), note


def list_outcomes(group: Group) -> PointList:
    """List what they are glad of and what they wish for."""
    return group.points("say what they are glad of or wish for", ("gain", "request"), MOST_POINTS)


def list_anxieties(group: Group) -> PointList:
    """List what they fear or will not do."""
    return group.points("voice a fear or a refusal", ("objection",), MOST_POINTS)


def list_worldviews(group: Group) -> PointList:
    """List what at least two people hold to be so; none of it is confirmed."""
    return group.points("say how they see the world", ("worldview",), MOST_POINTS, LEAST_PEOPLE)


def _parts(group: Group, one: Told, slots: Sequence[Slot]) -> dict[str, str]:
    found: dict[str, str] = {}
    text = one.utterance.text
    for slot in slots:
        said = " ".join(text[slot.start : slot.end].split())
        if SHORTEST_PART <= len(said) <= LONGEST_PART:
            found.setdefault(slot.name, said)
    return found
