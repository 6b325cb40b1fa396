"""More sentences than can be grouped at once? A sample is grouped, and the others go to the nearest group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from overheard.pains.lasting.place import nearest_pains, reach_of
from overheard.pains.lasting.standing import Grouping, Rows, Sentences
from overheard.settings import PainSettings


def group_sample(sentences: Sentences, settings: PainSettings, group: Grouping) -> Sequence[Rows]:
    """Group sentences, by a sample where there are more than `settings.most_grouped`.

    Args:
        sentences: of the night.
        settings: of [pains].
        group: groups sentences, all of them.

    Returns:
        The rows of each group. Of those outside the sample a sentence is in the nearest group, if it lies within that
        group's reach.
    """
    if len(sentences) <= settings.most_grouped:
        return group(sentences, settings)
    rows = sample_rows(sentences.ids, sentences.people, settings.most_grouped)
    groups = {str(number): rows[found] for number, found in enumerate(group(sentences.only(rows), settings))}
    others = np.setdiff1d(np.arange(len(sentences)), rows)
    places = nearest_pains(sentences.plain[others], reach_of(sentences, groups))
    joined: dict[str, list[int]] = {name: [] for name in groups}
    for row, name in zip(others.tolist(), places, strict=True):
        if name is not None:
            joined[name].append(row)
    return [np.sort(np.concatenate([some, np.array(joined[name], np.int64)])) for name, some in groups.items()]


def sample_rows(ids: Sequence[str], people: Sequence[str], most: int) -> Rows:
    """Return at most `most` rows, ascending: everybody is heard once before anybody is heard twice.

    Among equals the id decides, which is a hash of content: a sample of any night holds most of the one before.
    """
    heard: dict[str, int] = {}
    order = []
    for row in sorted(range(len(ids)), key=lambda row: ids[row]):
        turn = heard[people[row]] = heard.get(people[row], 0) + 1
        order.append((turn, ids[row], row))
    return np.array(sorted(row for _, _, row in sorted(order)[:most]), dtype=np.int64)
