"""The pains from coarse to fine: families of pains, the pains, their parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from overheard.records import PainGroup
from overheard.report.charts import whisker_of
from overheard.report.choose import Chooser
from overheard.report.figures import share_of
from overheard.report.findings import Market, Told, people_of
from overheard.report.level_view import GroupView, LevelView
from overheard.report.quotes import Quoter
from overheard.report.view import PainView

BETWEEN_NAMES = "; "
"""Names of pains hold commas and dots."""


def levels_view(
    market: Market, quoter: Quoter, pains: Sequence[PainView], people: Collection[str], linked: int
) -> tuple[LevelView, ...]:
    """View the levels, coarsest first; none where there is but one.

    A family counts only the pains that are shown, and a pain is shown in parts only if each part may be: else what a
    group has more than what is shown of it would tell of a few people.

    Args:
        market: where the pains were told.
        quoter: blots names.
        pains: those shown, most people first.
        people: whose pains; the denominator of every share.
        linked: how many of the pains have a place on the index page.
    """
    shown = {pain.pain_id: pain for pain in pains}
    anchors = {pain.pain_id: pain.anchor for pain in pains[:linked]}
    rank_of = {pain.pain_id: rank for rank, pain in enumerate(pains)}
    found: dict[int, LevelView] = {}
    for level in sorted({group.level for group in market.findings.pain_groups}):
        told = _told_of(market, level, shown, people)
        chooser = Chooser(quoter)
        ranked = sorted(told, key=lambda pair: _rank(pair[0], pair[1], rank_of if level > 0 else {}))
        groups = tuple(_view(quoter, chooser, group, rows, shown, anchors, len(people)) for group, rows in ranked)
        if level == 0 or len(groups) > 1:
            found[level] = LevelView(level, groups)
    kept = [one for level, one in found.items() if level == 0 or len(one.groups) != len(found[_nearer(level)].groups)]
    return _with_parents(kept) if len(kept) > 1 else ()


def _with_parents(levels: Sequence[LevelView]) -> tuple[LevelView, ...]:
    """Tell of each group in which one of the next coarser level that is shown it lies."""
    found = []
    of_pain: dict[str, str] = {}
    for one in levels:
        groups = tuple(replace(group, parent_id=of_pain.get(group.pains[0][0])) for group in one.groups)
        found.append(LevelView(one.level, groups))
        of_pain = {pain_id: group.group_id for group in groups for pain_id, *_ in group.pains}
    return tuple(found)


def _nearer(level: int) -> int:
    """Return the next level on the way to the pains; one that has as many groups has the same ones."""
    return level + (1 if level < 0 else -1)


def _told_of(
    market: Market, level: int, shown: Mapping[str, PainView], people: Collection[str]
) -> list[tuple[PainGroup, list[Told]]]:
    """Return the groups of a level that may be shown, with their sentences."""
    groups = [group for group in market.findings.pain_groups if group.level == level]
    found = []
    small: set[str] = set()
    for group in sorted(groups, key=lambda group: group.group_id):
        signals = frozenset(group.signals)
        told = [
            one
            for pain_id in group.pains
            if pain_id in shown
            for one in market.pain_told[pain_id]
            if one.signal.person_id in people and (not signals or one.signal.signal_id in signals)
        ]
        if signals and len(people_of(told)) < market.smallest:
            small |= set(group.pains)
        elif told:
            found.append((group, told))
    divided = [(group, told) for group, told in found if small.isdisjoint(group.pains)]
    return divided + _undivided(market, small & shown.keys(), people)


def _rank(group: PainGroup, told: Sequence[Told], rank_of: Mapping[str, int]) -> tuple[int, int, int, str]:
    return rank_of.get(group.pains[0], 0), -len(people_of(told)), -len(told), group.group_id


def _undivided(
    market: Market, pain_ids: Collection[str], people: Collection[str]
) -> list[tuple[PainGroup, list[Told]]]:
    """Return pains that are not shown in parts, whole."""
    whole = {group.group_id: group for group in market.findings.pain_groups if group.level == 0}
    return [
        (whole[pain_id], [one for one in market.pain_told[pain_id] if one.signal.person_id in people])
        for pain_id in sorted(pain_ids)
    ]


def _view(
    quoter: Quoter,
    chooser: Chooser,
    group: PainGroup,
    told: list[Told],
    shown: Mapping[str, PainView],
    anchors: Mapping[str, str],
    people: int,
) -> GroupView:
    inside = [pain for pain_id, pain in shown.items() if pain_id in group.pains]
    leads = [pain for pain in inside if pain.pain_id in group.named_after] or inside[:2]
    quotes = chooser.choose(told, group.exemplars, 1, with_rung=True)
    share = share_of(len(people_of(told)), people)
    return GroupView(
        group_id=group.group_id,
        parent_id=None,
        name=quoter.clean(group.name) if group.signals else BETWEEN_NAMES.join(pain.name for pain in leads),
        parent=inside[0].name if group.signals else "",
        share=share,
        whisker=whisker_of(share),
        pains=tuple((pain.pain_id, pain.name, anchors.get(pain.pain_id, "")) for pain in inside),
        quote=quotes[0] if quotes else None,
    )
