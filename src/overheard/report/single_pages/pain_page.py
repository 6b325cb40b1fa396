"""Everything that is known of one pain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from overheard.report.changes import WORDS, evidence_shown
from overheard.report.choose import Chooser
from overheard.report.figures import share_of, shielded
from overheard.report.findings import Market, Told, people_of
from overheard.report.levels import BETWEEN_NAMES
from overheard.report.quotes import Quote, Quoter
from overheard.report.single_pages.over_time import first_days, strip_of, timeline_of
from overheard.report.single_pages.views import Happening, Neighbour, PainPage, Row, Saying
from overheard.report.view import PainView, ReportView

MOST_QUOTES = 60
"""Quotes on a page: an evening's reading. How many more there are is told."""
MOST_NEIGHBOURS = 5
MOST_HAPPENINGS = 30
LEAST_LIKENESS = 0.3
"""Cosine of two pains' middles below which the nearest one is not near."""


class PainPages:
    """Makes the page of each pain shown."""

    def __init__(
        self, market: Market, quoter: Quoter, view: ReportView, sayings: Mapping[str, Sequence[Saying]]
    ) -> None:
        """Gather what all the pages need.

        Args:
            market: where the pains were told.
            quoter: cuts and blots.
            view: the rest of the report.
            sayings: terms in the sentences of each pain.
        """
        self._market, self._quoter, self._view = market, quoter, view
        self._sayings = sayings
        self._people = {one.pain_id: people_of(market.pain_told[one.pain_id]) for one in view.pains}
        self._views = {one.pain_id: one for one in view.pains}
        self._near = _nearest(market, sorted(self._views))
        self._by_source = _heard_by_source(market)

    def page(self, pain: PainView) -> PainPage:
        """Make the page of a pain."""
        told = self._market.pain_told[pain.pain_id]
        exemplars = next(one.exemplars for one in self._market.findings.pains if one.pain_id == pain.pain_id)
        said = [(one.utterance.said_at.date(), one.signal.person_id) for one in told if one.utterance.said_at]
        return PainPage(
            file=pain.file,
            timeline=timeline_of(self._market.calendar, said, self._market.smallest),
            strip=strip_of(self._market.calendar, first_days(one.utterance for one in told)),
            undated=sum(one.utterance.said_at is None for one in told),
            sources=self._sources(told),
            segments=self._segments(pain.pain_id),
            sentences=len(told),
            quotes=choose_quotes(Chooser(self._quoter), told, exemplars),
            sayings=tuple(self._sayings.get(pain.pain_id, ())),
            near=tuple(self._neighbour(pain.pain_id, other) for other in self._near.get(pain.pain_id, ())),
            together=self._together(pain.pain_id),
            family=self._family(pain.pain_id),
            happenings=self._happenings(pain.pain_id),
        )

    def _neighbour(self, pain_id: str, other: str) -> Neighbour:
        both = len(self._people[pain_id] & self._people[other])
        is_shown = both >= self._market.smallest or not both
        return Neighbour(other, self._views[other].name, self._views[other].file, both if is_shown else None)

    def _together(self, pain_id: str) -> tuple[Neighbour, ...]:
        """Return the pains told by more of the same people than if pains were told independently of each other.

        Ordered by Pearson's residual, so that neither the largest pains nor the smallest come first.
        """
        own, crowd = self._people[pain_id], max(len(self._market.customers), 1)
        ranked = []
        for other, people in self._people.items():
            both, expected = len(own & people), len(own) * len(people) / crowd
            if other != pain_id and both >= self._market.smallest and both > expected:
                ranked.append((-(both - expected) / expected**0.5, other))
        return tuple(self._neighbour(pain_id, other) for _, other in sorted(ranked)[:MOST_NEIGHBOURS])

    def _family(self, pain_id: str) -> tuple[str, tuple[Neighbour, ...]] | None:
        """Return the nearest family of several pains, and the others in it, most people first."""
        for level in sorted((one for one in self._view.levels if one.level < 0), key=lambda one: -one.level):
            for group in level.groups:
                ids = [other for other, *_ in group.pains]
                if pain_id in ids and len(ids) > 1:
                    others = tuple(self._neighbour(pain_id, other) for other in ids if other != pain_id)
                    return group.name.replace(BETWEEN_NAMES, " · "), others
        return None

    def _sources(self, told: Sequence[Told]) -> tuple[Row, ...]:
        people: dict[str, set[str]] = {source: set() for source in self._by_source}
        for one in told:
            people[self._market.source_of(one.utterance)].add(one.signal.person_id)
        counts = {source: len(own) for source, own in people.items()}
        return _rows(counts, self._by_source, {}, self._market.smallest)

    def _segments(self, pain_id: str) -> tuple[Row, ...]:
        if not self._view.segments:
            return ()
        members = {one.segment_id: self._market.members[one.segment_id] for one in self._view.segments}
        rest = self._market.customers.difference(*members.values())
        groups = {**members, "": rest}
        counts = {key: len(self._people[pain_id] & people) for key, people in groups.items()}
        named = {one.segment_id: (one.name, one.file) for one in self._view.segments} | {"": ("in none of these", "")}
        return _rows(counts, {key: len(people) for key, people in groups.items()}, named, self._market.smallest)

    def _happenings(self, pain_id: str) -> tuple[Happening, ...]:
        events = [one for one in self._market.findings.pain_events if one.group_id == pain_id]
        ranked = sorted(events, key=lambda one: (one.night, one.what, one.evidence), reverse=True)
        return tuple(
            Happening(
                one.night.isoformat(),
                WORDS.get(one.what, one.what),
                evidence_shown(one, self._market.smallest, self._quoter),
            )
            for one in ranked[:MOST_HAPPENINGS]
        )


def choose_quotes(chooser: Chooser, told: Sequence[Told], exemplars: Sequence[str]) -> tuple[Quote, ...]:
    """Choose the quotes worth reading: the best of each thread, then of whoever is not heard yet, then others."""
    best: dict[str, Told] = {}
    for one in sorted(told, key=lambda one: (-one.signal.strength, -one.fit, one.signal.signal_id)):
        best.setdefault(one.document.document_id, one)
    person_of = {one.utterance.utterance_id: one.signal.person_id for one in told}
    chosen = [*chooser.choose(list(best.values()), exemplars, MOST_QUOTES, with_rung=True)]
    heard = {person_of[quote.utterance_id] for quote in chosen}
    unheard = [one for one in told if one.signal.person_id not in heard]
    for candidates in (unheard, told, told):  # so nobody is quoted a fourth time
        chosen += chooser.choose(candidates, exemplars, MOST_QUOTES - len(chosen), with_rung=True)
    return tuple(chosen)


def _rows(
    counts: Mapping[str, int], totals: Mapping[str, int], named: Mapping[str, tuple[str, str]], smallest: int
) -> tuple[Row, ...]:
    """Break people down; what too few tell, or is told where too few were heard, is not shown."""
    shown = shielded(dict(counts), smallest)
    rows = []
    for key, count in shown.items():
        name, file = named.get(key, (key, ""))
        is_shown = count is not None and totals[key] >= smallest
        rows.append(Row(name, file, share_of(count, totals[key]) if is_shown and count is not None else None))
    return tuple(sorted(rows, key=lambda row: (not row.share, -(row.share.point if row.share else 0), row.name)))


def _heard_by_source(market: Market) -> dict[str, int]:
    people: dict[str, set[str]] = {}
    for person, posts in market.posts_of.items():
        for post in posts:
            people.setdefault(market.source_of(post), set()).add(person)
    return {source: len(own) for source, own in sorted(people.items())}


def _nearest(market: Market, pains: Collection[str]) -> dict[str, list[str]]:
    """Return the pains whose middles are near, nearest first."""
    kept = sorted((one.pain_id, one.centroid) for one in market.findings.lasting_pains if one.pain_id in pains)
    if len(kept) < 2:
        return {}
    ids = [pain_id for pain_id, _ in kept]
    middles: NDArray[np.float64] = np.array([centroid for _, centroid in kept])
    likeness = middles @ middles.T
    np.fill_diagonal(likeness, -1.0)
    ranked = np.argsort(-np.round(likeness, 6), axis=1, kind="stable")[:, :MOST_NEIGHBOURS]
    return {
        ids[row]: [ids[other] for other in ranked[row].tolist() if likeness[row, other] >= LEAST_LIKENESS]
        for row in range(len(ids))
    }
