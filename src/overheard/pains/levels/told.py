"""Which group is which, from night to night and from level to level, and what is each called?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from overheard.identity import match_groups
from overheard.pains.lasting import Rows, Sentences
from overheard.pains.lasting.names import Describing
from overheard.pains.lasting.standing import centre_of
from overheard.pains.levels.ladder import Ladder
from overheard.pains.settle import Labels
from overheard.pains.topics import Topic
from overheard.pains.wording import folded, stems_of, words_of
from overheard.records import Pain, PainGroup, id_of

NAMED_AFTER = 2
"""Pains a family is named after, those most people tell."""

TERMS = 3
"""Terms that name a part together where no phrase does."""

BETWEEN_NAMES = "; "
EXEMPLARS = 5


def tell_levels(
    sentences: Sentences, ladder: Ladder, pains: Sequence[Pain], before: Sequence[PainGroup], describe: Describing
) -> list[PainGroup]:
    """Give every group of a ladder its id, its name and the sentences that stand for it.

    Args:
        sentences: of tonight.
        ladder: labels of the sentences by level; those of level 0 number the pains by id.
        pains: as shown tonight; the groups of level 0 are these.
        before: last night's groups of all levels.
        describe: names parts beside each other; called where a part has no name yet, for it is slow.

    Returns:
        The groups, coarsest level first, by id within a level.
    """
    known = {pain.pain_id: pain for pain in pains}
    whole = [_whole(known[pain_id]) for pain_id in sorted(known)]
    levels: dict[int, list[PainGroup]] = {0: whole} if whole else {}
    said = {
        group.group_id: frozenset(sentences.ids[row] for row in rows.tolist())
        for group, rows in zip(whole, _rows(ladder[0]) if ladder else (), strict=True)
    }
    for level in sorted((one for one in ladder if one < 0), reverse=True):
        levels[level] = _families(level, _pains_of(ladder[level], ladder[0], whole), levels, before, known, said)
    if 1 in ladder:
        levels[1] = _parts(sentences, ladder, whole, before, describe)
    told: list[PainGroup] = []
    for level, groups in sorted(levels.items()):
        parents = _parents(ladder[level], ladder.get(level - 1), levels.get(level - 1, ()))
        told += sorted(
            (
                replace(
                    group,
                    parent_id=parent,
                    people=sentences.count_people(rows),
                    exemplars=group.exemplars or _central(sentences, rows, group, before),
                )
                for group, parent, rows in zip(groups, parents, _rows(ladder[level]), strict=True)
            ),
            key=lambda group: group.group_id,
        )
    return told


def _whole(pain: Pain) -> PainGroup:
    return PainGroup(0, pain.pain_id, pain.name, None, (pain.pain_id,), (), 0, pain.exemplars, (pain.pain_id,))


def _families(
    level: int,
    sets: Sequence[frozenset[str]],
    levels: Mapping[int, Sequence[PainGroup]],
    before: Sequence[PainGroup],
    known: Mapping[str, Pain],
    said: Mapping[str, frozenset[str]],
) -> list[PainGroup]:
    """Return a level's families, in the order of `sets`; one that is a group of the next finer level is that group.

    Which is which follows from the sentences of the pains they share: `said`, by pain.
    """
    same = {frozenset(group.pains): group for group in levels[level + 1]}
    taken = {group.group_id for groups in levels.values() for group in groups}
    old = [group for group in before if group.level == level and group.group_id not in taken and len(group.pains) > 1]
    fresh = [pains for pains in sets if pains not in same]
    members = {group.group_id: _said_by(group.pains, said) for group in old}
    tonight = [_said_by(pains, said) for pains in fresh]
    ids = dict(zip(fresh, _lasting_ids(members, tonight, "pain family", taken, before), strict=True))
    named_after = {group.group_id: group.named_after for group in old}
    groups = []
    for pains in sets:
        if pains in same:
            groups.append(replace(same[pains], level=level))
            continue
        kept = [pain_id for pain_id in named_after.get(ids[pains], ()) if pain_id in pains]
        loudest = sorted(pains, key=lambda pain_id: (-known[pain_id].people, pain_id))
        leads = tuple([*kept, *(pain_id for pain_id in loudest if pain_id not in kept)][:NAMED_AFTER])
        name = BETWEEN_NAMES.join(known[pain_id].name for pain_id in leads)
        groups.append(PainGroup(level, ids[pains], name, None, tuple(sorted(pains)), (), 0, (), leads))
    return groups


def _said_by(pains: Iterable[str], said: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(said.get(pain_id, ()) for pain_id in pains))


def _parts(
    sentences: Sentences, ladder: Ladder, whole: Sequence[PainGroup], before: Sequence[PainGroup], describe: Describing
) -> list[PainGroup]:
    """Return the parts of level 1, by label; a pain that does not fall into parts is itself."""
    owners = [int(ladder[0][rows[0]]) for rows in _rows(ladder[1])]
    signals = [frozenset(sentences.ids[row] for row in rows.tolist()) for rows in _rows(ladder[1])]
    is_part = [owners.count(owner) > 1 for owner in owners]
    fresh = [one for one, part in zip(signals, is_part, strict=True) if part]
    old = {group.group_id: group for group in before if group.level == 1 and group.signals}
    members = {group_id: frozenset(group.signals) for group_id, group in old.items()}
    taken = {group.group_id for group in whole}
    ids = iter(_lasting_ids(members, fresh, "pain part", taken, before))
    groups = []
    for owner, one, part in zip(owners, signals, is_part, strict=True):
        if not part:
            groups.append(replace(whole[owner], level=1))
            continue
        group_id = next(ids)
        name = old[group_id].name if group_id in old else ""
        pains = whole[owner].pains
        groups.append(PainGroup(1, group_id, name, None, pains, tuple(sorted(one)), 0, (), ()))
    return _named(sentences, ladder[1], groups, whole, describe)


def _named(
    sentences: Sentences, labels: Labels, groups: Sequence[PainGroup], whole: Sequence[PainGroup], describe: Describing
) -> list[PainGroup]:
    """Name the parts that have no name, beside their siblings. None is named as a pain, not even as its own."""
    taken = {group.name.casefold() for group in whole}
    kept = {group.group_id: group.name for group in groups if group.name and group.name.casefold() not in taken}
    taken |= {name.casefold() for name in kept.values()}
    stale = {group.pains for group in groups if group.signals and group.group_id not in kept}
    described = [label for label, group in enumerate(groups) if group.pains in stale]
    place_of = {label: place for place, label in enumerate(described)}
    among = np.array([place_of.get(label, -1) for label in labels.tolist()], dtype=np.int64)
    topics = dict(zip(described, describe(sentences, among) if described else (), strict=True))
    named = list(groups)
    for label, group in enumerate(groups):
        if group.signals and group.group_id not in kept:
            own = next(one.name for one in whole if one.pains == group.pains)
            name = next(one for one in _candidates(topics[label], own) if one.casefold() not in taken)
            taken.add(name.casefold())
            named[label] = replace(group, name=name)
    return named


def _candidates(topic: Topic, pain: str) -> Iterator[str]:
    """Yield names for a part of a pain, the best first, without end; what only repeats the pain's comes last."""
    told = stems_of(" ".join(folded(word) for word in words_of(pain)))
    words = [word for word in topic.words if not stems_of(folded(word)) <= told]
    if not stems_of(" ".join(folded(word) for word in words_of(topic.name))) <= told:
        yield topic.name
    yield from (", ".join(words[:length]) for length in range(min(TERMS, len(words)), len(words) + 1) if words)
    number = 2
    while True:
        yield f"{topic.name} ({number})"
        number += 1


def _lasting_ids(
    old: Mapping[str, frozenset[str]],
    tonight: Sequence[frozenset[str]],
    kind: str,
    taken: Collection[str],
    before: Sequence[PainGroup],
) -> list[str]:
    """Return last night's ids where members stay, else new ones that no group has or had last night."""
    used = {*taken, *(group.group_id for group in before)}
    ids = []
    for group_id in match_groups(old, tonight, kind, date.min).ids:
        is_new = group_id not in old
        while is_new and group_id in used:
            group_id = id_of(kind, group_id)
        used.add(group_id)
        ids.append(group_id)
    return ids


def _central(sentences: Sentences, rows: Rows, group: PainGroup, before: Sequence[PainGroup]) -> tuple[str, ...]:
    """Return the sentences that stand for a group: last night's that are left, else the most central, one a person."""
    own = {sentences.ids[row]: row for row in rows.tolist()}
    for last in before:
        if (last.level, last.group_id) == (group.level, group.group_id):
            left = tuple(one for one in last.exemplars if one in own)
            if len(left) >= min(len(last.exemplars), EXEMPLARS):
                return left
    nearness = sentences.plain[rows] @ centre_of(sentences.plain[rows])
    ranked = sorted(
        zip((-nearness).tolist(), rows.tolist(), strict=True), key=lambda one: (one[0], sentences.texts[one[1]])
    )
    first_of: dict[str, str] = {}
    for _, row in ranked:
        first_of.setdefault(sentences.people[row], sentences.ids[row])
    return tuple(first_of.values())[:EXEMPLARS]


def _rows(labels: Labels) -> list[Rows]:
    return [np.flatnonzero(labels == label) for label in range(int(labels.max(initial=-1)) + 1)]


def _pains_of(labels: Labels, pains: Labels, whole: Sequence[PainGroup]) -> list[frozenset[str]]:
    return [frozenset(whole[pain].group_id for pain in set(pains[rows].tolist())) for rows in _rows(labels)]


def _parents(labels: Labels, above: Labels | None, groups: Sequence[PainGroup]) -> list[str | None]:
    """Return the id of the group of the next coarser level in which each group lies, None where there is no such."""
    if above is None:
        return [None] * (int(labels.max(initial=-1)) + 1)
    return [groups[int(above[rows[0]])].group_id for rows in _rows(labels)]
