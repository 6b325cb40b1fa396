"""What can be found: names of segments, pains, words and threads; and sentences, more of them than any page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from overheard.report.choose import LEAST_VISIBLE
from overheard.report.findings import Market, Told, people_of
from overheard.report.pains import VOICE_SURE, VOICES
from overheard.report.quotes import Quote, Quoter
from overheard.report.sheets import KIND_NAMES
from overheard.report.term_view import TermView
from overheard.report.view import PainView, ReportView


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
    """All that can be found: names in the order of their kinds, most people first; sentences, most telling first."""

    names: tuple[Name, ...]
    sentences: tuple[Sentence, ...]


def search_view(market: Market, quoter: Quoter, view: ReportView) -> SearchView:
    """Collect what can be found.

    Sentences are those of the pains that are shown, and the wishes, questions and recommendations that enough people
    voice: nothing that the pages hide for its few people.
    """
    names = (*_segments(view), *_pains(view.pains), *_terms(view), *_threads(view))
    shown: dict[tuple[str, int, int], Sentence] = {}
    for one in _by_turns([*_of_pains(market, quoter, view.pains), *_of_voices(market, quoter)]):
        # One sentence may be a pain and a wish.
        shown.setdefault((one.quote.utterance_id, one.quote.start, one.quote.end), one)
    return SearchView(names, tuple(shown.values()))


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


def _of_pains(market: Market, quoter: Quoter, pains: Iterable[PainView]) -> Iterator[list[Sentence]]:
    for pain in pains:
        told = sorted(market.pain_told[pain.pain_id], key=_weakness)
        yield [Sentence(quote, pain.name, pain.file) for quote in _quotes(quoter, told)]


def _of_voices(market: Market, quoter: Quoter) -> Iterator[list[Sentence]]:
    for kind in VOICES:
        told = [one for one in market.told.get(kind, ()) if one.signal.probability >= VOICE_SURE]
        if len(people_of(told)) >= market.smallest:
            yield [Sentence(quote, KIND_NAMES[kind], "") for quote in _quotes(quoter, sorted(told, key=_weakness))]


def _quotes(quoter: Quoter, told: Iterable[Told]) -> Iterator[Quote]:
    for one in told:
        text, start, end = one.utterance.text, one.signal.start, one.signal.end
        if quoter.visible_share(text, start, end) >= LEAST_VISIBLE:
            yield quoter.quote(one.utterance, one.document, start, end)


def _weakness(one: Told) -> tuple[object, ...]:
    return -one.signal.strength, -one.signal.probability, one.signal.signal_id


def _by_turns(groups: Sequence[Sequence[Sentence]]) -> Iterator[Sentence]:
    """Yield the first of each group, then the second of each: where the list is cut, every group keeps its best."""
    for row in zip_longest(*groups):
        yield from (one for one in row if one is not None)
