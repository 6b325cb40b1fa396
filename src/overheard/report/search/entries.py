"""What can be found: names of segments, pains, words and threads; and sentences, more of them than any page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from overheard.report.choose import LEAST_VISIBLE
from overheard.report.findings import Market, Told, people_of
from overheard.report.pains import VOICE_SURE, VOICES
from overheard.report.quotes import Quote, Quoter
from overheard.report.sheets import KIND_NAMES
from overheard.report.term_view import TermView
from overheard.report.view import PainView, ReportView

MOST_SENTENCES = 25_000
"""More than find room in a page, be they as short as sentences are: what is not to be written is not quoted."""


@dataclass(frozen=True, slots=True)
class Name:
    """Something with a name. `also` are other words by which it is found, `note` stands beside it."""

    kind: str
    text: str
    also: str
    note: str
    file: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `says` is the pain it tells, whose page is `file`, or else what kind it is."""

    quote: Quote
    says: str
    file: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """What can be found: names in the order of their kinds, most people first; sentences, most telling first.

    `more` counts the sentences behind them.
    """

    names: tuple[Name, ...]
    sentences: tuple[Sentence, ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Sentences, the strongest first, and what they say."""

    told: Sequence[Told]
    says: str
    file: str


_Place = tuple[str, int, int]
"""Where a sentence stands: utterance_id, first character, one past the last."""


def search_view(market: Market, quoter: Quoter, view: ReportView) -> SearchView:
    """Collect what can be found.

    Sentences are those of the pains that are shown, and the wishes, questions and recommendations that enough people
    voice: nothing that the pages hide for its few people.
    """
    names = (*_segments(view), *_pains(view.pains), *_terms(view), *_threads(view))
    groups = [*_of_pains(market, view.pains), *_of_voices(market)]
    looked_at: set[_Place] = set()
    turns = _by_turns([_sentences(group, quoter, looked_at) for group in groups])
    shown = tuple(islice(_distinct(turns), MOST_SENTENCES))
    return SearchView(names, shown, len({_place_of(one) for group in groups for one in group.told} - looked_at))


def _segments(view: ReportView) -> Iterator[Name]:
    for one in view.segments:
        yield Name("segment", one.name, " ".join(one.words), f"{one.share.counted} people", one.file)


def _pains(pains: Sequence[PainView]) -> Iterator[Name]:
    for one in pains:
        yield Name("pain", one.name, " ".join(one.words), f"{one.share.counted} people", one.file)


def _terms(view: ReportView) -> Iterator[Name]:
    """Yield each term once: of the group that it tells apart best."""
    files = {one.segment_id: one.file for one in view.segments}
    rows = [row for segment in view.segments for row in segment.terms.all] + list(view.terms)
    best: dict[str, TermView] = {}
    for row in sorted(rows, key=lambda row: (-row.z, row.text, row.group_id)):
        best.setdefault(row.text.casefold(), row)
    for row in sorted(best.values(), key=lambda row: (-row.here.count, row.text)):
        file = view.term_page(row.text) or f"{files.get(row.group_id, 'index.html')}#words"
        yield Name("word", row.text, "", f"{row.here.counted} people, {row.group}", file)


def _threads(view: ReportView) -> Iterator[Name]:
    for one in view.sheets.written if view.sheets else ():
        yield Name("thread", one.title, one.source, one.source, one.address)


def _of_pains(market: Market, pains: Iterable[PainView]) -> Iterator[_Group]:
    for pain in pains:
        yield _Group(sorted(market.pain_told[pain.pain_id], key=_weakness), pain.name, pain.file)


def _of_voices(market: Market) -> Iterator[_Group]:
    for kind in VOICES:
        told = [one for one in market.told.get(kind, ()) if one.signal.probability >= VOICE_SURE]
        if len(people_of(told)) >= market.smallest:
            yield _Group(sorted(told, key=_weakness), KIND_NAMES[kind], "")


def _sentences(group: _Group, quoter: Quoter, looked_at: set[_Place]) -> Iterator[Sentence]:
    """Yield those of which enough may be shown, and note each that was looked at."""
    for one in group.told:
        looked_at.add(_place_of(one))
        text, start, end = one.utterance.text, one.signal.start, one.signal.end
        if quoter.visible_share(text, start, end) >= LEAST_VISIBLE:
            yield Sentence(quoter.quote(one.utterance, one.document, start, end), group.says, group.file)


def _place_of(one: Told) -> _Place:
    return one.utterance.utterance_id, one.signal.start, one.signal.end


def _weakness(one: Told) -> tuple[object, ...]:
    return -one.signal.strength, -one.signal.probability, one.signal.signal_id


def _by_turns(groups: Iterable[Iterator[Sentence]]) -> Iterator[Sentence]:
    """Yield the first of each group, then the second of each: where the list is cut, every group keeps its best."""
    waiting = list(groups)
    while waiting:
        for group in tuple(waiting):
            one = next(group, None)
            if one is None:
                waiting.remove(group)
            else:
                yield one


def _distinct(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield each place once: one sentence may be a pain and a wish."""
    known: set[_Place] = set()
    for one in sentences:
        place = (one.quote.utterance_id, one.quote.start, one.quote.end)
        if place not in known:
            known.add(place)
            yield one
