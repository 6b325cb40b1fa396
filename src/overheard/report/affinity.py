"""Who is like whom, where people are too few for statistics: a page to judge by, not a finding.

Like the sheets it quotes single people, for a reader who goes to the thread; a market of fewer people than the smallest
group has no such page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from overheard.report.affinity_view import AffinityView, FellowView, PairView, TogetherView, ToldView
from overheard.report.choose import LEAST_VISIBLE
from overheard.report.findings import Market, Told, people_of
from overheard.report.notes import AffinityNote, PairNote
from overheard.report.pains import name_of
from overheard.report.quotes import Quote, Quoter
from overheard.report.segments import FEWEST_FOR_SEGMENTS
from overheard.report.sheet_view import SheetsView
from overheard.report.sheets import short_person

SHADES = (1 / 8, 1 / 4, 1 / 2)
"""Shares of pairs that are at least as alike, for the three darker shades."""
MOST_SHEETS_NAMED = 3
MOST_PAINS_NAMED = 3
MOST_ASKED = 3
FEWEST_TELLERS = 2


def affinity_view(market: Market, quoter: Quoter, sheets: SheetsView | None) -> AffinityView | None:
    """View who is like whom; None where people were not compared, or too few may be shown.

    Raises:
        UnfaithfulQuoteError: a quote does not fit the utterance it points into.
    """
    note = market.findings.affinity
    if note is None or len(market.customers) < market.smallest:
        return None
    compared = [one for one in note.people if one.person_id in market.customers]
    if len(compared) < FEWEST_TELLERS:
        return None
    numbers = {one.person_id: at for at, one in enumerate(compared, 1)}
    groups = _segments(market, quoter, numbers) or _proposals(note, numbers)
    quotes = _Quotes(market, quoter)
    grouped = {number for group in groups for number in group.numbers}
    pains = _pains(market, quoter, numbers)
    return AffinityView(
        people=_people(market, note, numbers, quotes, sheets),
        groups=groups,
        are_segments=bool(market.findings.segments),
        alone=tuple(number for number in numbers.values() if number not in grouped),
        pairs=_pairs(market, quoter, note, numbers, groups, quotes),
        pains=pains,
        asked=_asked(pains),
        too_little=note.too_little,
        left_out=note.left_out,
        needed=max(0, FEWEST_FOR_SEGMENTS - len(compared) - note.left_out),
    )


class _Quotes:
    """Cuts the quotes of signals; None for what no customer said and what is mostly blots."""

    def __init__(self, market: Market, quoter: Quoter) -> None:
        self._told: Mapping[str, Told] = {one.signal.signal_id: one for one in market.told.get("pain", ())}
        self._quoter = quoter

    def of(self, signal_id: str | None) -> Quote | None:
        one = self._told.get(signal_id or "")
        if one is None:
            return None
        start, end = one.signal.start, one.signal.end
        if self._quoter.visible_share(one.utterance.text, start, end) < LEAST_VISIBLE:
            return None
        return self._quoter.quote(one.utterance, one.document, start, end, one.signal.strength)


def _segments(market: Market, quoter: Quoter, numbers: Mapping[str, int]) -> tuple[TogetherView, ...]:
    names = {one.segment_id: quoter.clean(one.name) for one in market.findings.segments}
    groups = []
    for segment_id, members in market.members.items():
        inside = sorted(numbers[person] for person in members if person in numbers)
        groups.append(TogetherView(names[segment_id], tuple(inside)))
    return tuple(sorted((group for group in groups if group.numbers), key=lambda group: group.numbers))


def _proposals(note: AffinityNote, numbers: Mapping[str, int]) -> tuple[TogetherView, ...]:
    groups: dict[str, list[int]] = {}
    for one in note.people:
        if one.group and one.person_id in numbers:
            groups.setdefault(one.group, []).append(numbers[one.person_id])
    return tuple(TogetherView(f"Group {letter}", tuple(own)) for letter, own in groups.items() if len(own) > 1)


def _people(
    market: Market, note: AffinityNote, numbers: Mapping[str, int], quotes: _Quotes, sheets: SheetsView | None
) -> tuple[FellowView, ...]:
    addresses = {one.document_id: (one.title, one.address) for one in sheets.sheets if one.address} if sheets else {}
    nearest = _nearest(note.pairs, numbers)
    sentences = Counter(one.signal.person_id for one in market.told.get("pain", ()))
    people = []
    for one in note.people:
        if one.person_id in numbers:
            documents = {post.document_id for post in market.posts_of[one.person_id]}
            named = sorted(addresses[document] for document in documents if document in addresses)
            people.append(
                FellowView(
                    numbers[one.person_id],
                    short_person(one.person_id),
                    one.person_id,
                    sentences[one.person_id],
                    tuple(named[:MOST_SHEETS_NAMED]),
                    nearest[one.person_id],
                    quotes.of(one.alone),
                )
            )
    return tuple(people)


def _nearest(pairs: Sequence[PairNote], numbers: Mapping[str, int]) -> dict[str, int]:
    """Return the number of the person most like each; of two as alike, the one who stands first."""
    nearest: dict[str, int] = {}
    for pair in pairs:
        if pair.first in numbers and pair.second in numbers:
            nearest.setdefault(pair.first, numbers[pair.second])
            nearest.setdefault(pair.second, numbers[pair.first])
    return nearest


def _pairs(
    market: Market,
    quoter: Quoter,
    note: AffinityNote,
    numbers: Mapping[str, int],
    groups: Sequence[TogetherView],
    quotes: _Quotes,
) -> tuple[PairView, ...]:
    nearest = _nearest(note.pairs, numbers)
    group_of = {number: group.name for group in groups for number in group.numbers}
    names = {one.pain_id: name_of(one, quoter) for one in market.findings.pains}
    known = [pair for pair in note.pairs if pair.first in numbers and pair.second in numbers]
    views = []
    for rank, pair in enumerate(known, 1):
        first, second = numbers[pair.first], numbers[pair.second]
        both = [(quotes.of(mine), quotes.of(theirs)) for mine, theirs in pair.both]
        group = group_of.get(first, "")
        views.append(
            PairView(
                first,
                second,
                rank,
                pair.likeness,
                sum(rank <= max(1, round(share * len(known))) for share in SHADES),
                nearest[pair.first] == second and nearest[pair.second] == first,
                tuple((mine, theirs) for mine, theirs in both if mine is not None and theirs is not None),
                tuple(names[pain] for pain in pair.pains if pain in names)[:MOST_PAINS_NAMED],
                group if group == group_of.get(second) else "",
            )
        )
    return tuple(views)


def _pains(market: Market, quoter: Quoter, numbers: Mapping[str, int]) -> tuple[ToldView, ...]:
    names = {one.pain_id: name_of(one, quoter) for one in market.findings.pains}
    views = []
    for pain_id, told in market.pain_told.items():
        tellers = sorted(numbers[person] for person in people_of(told) if person in numbers)
        others = sorted(set(numbers.values()) - set(tellers))
        if len(tellers) >= FEWEST_TELLERS:
            views.append(ToldView(names[pain_id], tuple(tellers), tuple(others)))
    return tuple(sorted(views, key=lambda one: (-len(one.tellers), one.name, one.tellers)))


def _asked(pains: Sequence[ToldView]) -> tuple[ToldView, ...]:
    """Choose the pains whose answer would tell most: those that part people most evenly."""
    open_ones = [pain for pain in pains if pain.others]
    return tuple(sorted(open_ones, key=lambda pain: abs(len(pain.tellers) - len(pain.others)))[:MOST_ASKED])
