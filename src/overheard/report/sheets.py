"""The note sheets and the passages to read first, ready to print.

A sheet quotes single people, since a reader wants to meet them where they wrote: here, and only here, the least number
of people a group needs does not hold. With fewer people than that in the whole market there are no sheets at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from overheard.records import Document, SignalKind, Slot, Utterance, id_of
from overheard.report.choose import LEAST_VISIBLE
from overheard.report.figures import MOST_TIMES, counted
from overheard.report.findings import Market, people_of
from overheard.report.notes import HeadingNote, JargonNote, LineNote, SheetNote
from overheard.report.pains import anchor_of, name_of
from overheard.report.quotes import Quoter, check_span, day_of
from overheard.report.sheet_view import HeadingView, JargonView, LineView, SheetsView, SheetView, TurnView

SHEETS_FILE = "sheets.html"
MOST_ON_ONE_PAGE = 60
"""Sheets of one page; of more, each gets a page of its own."""
MOST_SHEETS = 200
"""Sheets written out; nobody reads more in a week. The lines of the others are in sheets.csv."""
TITLES = {
    "pains": "Pains",
    "worldview": "Worldview",
    "recommendations": "Recommendations",
    "questions": "Questions",
    "also said": "Also said",
}
KIND_NAMES: dict[SignalKind, str] = {
    "pain": "pain",
    "job": "what they are trying to do",
    "request": "a wish",
    "question": "question",
    "workaround": "what they do instead",
    "recommendation": "recommendation",
    "worldview": "belief",
    "objection": "doubt",
    "gain": "what is good",
}
HEADED_KINDS = frozenset({"pain", "worldview", "recommendation", "question"})
"""Kinds whose heading says what they are."""


def sheets_view(market: Market, quoter: Quoter) -> SheetsView | None:
    """View the sheets; None where there is nothing that may be shown.

    Raises:
        UnfaithfulQuoteError: a line does not fit the utterance it points into.
    """
    if len(market.customers) < market.smallest:
        return None
    notes = sorted(market.findings.sheets, key=lambda one: (-one.telling, one.document_id))
    has_pages = len(notes) > MOST_ON_ONE_PAGE
    sheets: list[SheetView] = []
    for note in notes:
        headings = tuple(_heading(market, quoter, one) for one in note.headings)
        if any(heading.lines for heading in headings):
            sheets.append(_sheet(market, quoter, note, headings, len(sheets), has_pages))
    address_of = {one.document_id: one.address for one in sheets}
    reading = _reading(market, quoter, address_of)
    return SheetsView(tuple(sheets), reading, market.findings.without_sheet) if sheets else None


def short_person(person_id: str) -> str:
    """Return what a person is called in sheets: the same in all of them, and nothing the tables know them by."""
    return id_of("person", person_id)[:8]


def _sheet(
    market: Market, quoter: Quoter, note: SheetNote, headings: tuple[HeadingView, ...], rank: int, has_pages: bool
) -> SheetView:
    document = market.documents[note.document_id]
    anchor = anchor_of("sheet", document.document_id)
    address = "" if rank >= MOST_SHEETS else f"{anchor}.html" if has_pages else f"{SHEETS_FILE}#{anchor}"
    return SheetView(
        document_id=document.document_id,
        anchor=anchor,
        address=address,
        title=quoter.title(document) or _stand_in_title(headings),
        source=document.source,
        day=_day(market, document, headings),
        link=quoter.link(document.url),
        headings=headings,
        jargon=tuple(view for one in note.jargon if (view := _jargon(market, quoter, one)) is not None),
    )


def _stand_in_title(headings: Sequence[HeadingView]) -> str:
    people = {line.person for heading in headings for line in heading.lines}
    return f"Talk with person {people.pop()}" if len(people) == 1 else "Untitled"


def _day(market: Market, document: Document, headings: Sequence[HeadingView]) -> str:
    """Return when a thread began; where that is not known, the first day of its lines."""
    days = [line.quote.said_on for heading in headings for line in heading.lines if line.quote.said_on]
    return day_of(document.started_at) or min(days, default="")


def _heading(market: Market, quoter: Quoter, note: HeadingNote) -> HeadingView:
    lines = tuple(view for one in note.lines if (view := _line(market, quoter, one)) is not None)
    return HeadingView(note.name, TITLES.get(note.name, note.name), lines, min(note.shown, len(lines)))


def _line(market: Market, quoter: Quoter, note: LineNote) -> LineView | None:
    signal = note.signal
    utterance = _told_by(market, signal.utterance_id, signal.start, signal.end)
    if utterance is None or not _reads_well(quoter, utterance, signal.start, signal.end):
        return None
    document = market.documents[utterance.document_id]
    rung = signal.strength if signal.kind == "pain" else None
    quote = quoter.quote(utterance, document, signal.start, signal.end, rung)
    sides = tuple(dict.fromkeys(side for slot in note.slots for side in _sides(quoter, utterance, document, slot)))
    return LineView(quote, short_person(utterance.person_id), signal.kind, signal.probability, sides)


def _sides(quoter: Quoter, utterance: Utterance, document: Document, slot: Slot) -> Iterator[tuple[str, str]]:
    """Yield on which side a slot is; a practice needs no name, the sentence itself says it."""
    if slot.name in ("product", "product against"):
        name = quoter.quote(utterance, document, slot.start, slot.end).text
        yield ("against" if slot.name == "product against" else "for"), name
    elif slot.name in ("practice", "practice against"):
        yield ("against" if slot.name == "practice against" else "for"), ""


def _jargon(market: Market, quoter: Quoter, note: JargonNote) -> JargonView | None:
    """View a term; None where it holds a name, or no use of it may be shown."""
    if not quoter.is_clean(note.text):
        return None
    for utterance_id, start, end in note.examples:
        utterance = _told_by(market, utterance_id, start, end)
        if utterance is None:
            continue
        line = quoter.line(utterance, market.documents[utterance.document_id], start, end)
        if not any(piece.is_removed for piece in line.hit):
            times = f"more than {MOST_TIMES:.0f}" if note.times > MOST_TIMES else f"{note.times:.0f}"
            return JargonView(note.text, note.uses, times, short_person(utterance.person_id), line)
    return None


def _reading(market: Market, quoter: Quoter, address_of: Mapping[str, str]) -> tuple[TurnView, ...]:
    shown: list[TurnView] = []
    place_of: dict[int, int] = {}
    names = _pain_names(market, quoter)
    told: set[str] = set()
    for at, turn in enumerate(market.findings.reading):
        passage = turn.passage
        utterance = _told_by(market, passage.utterance_id, passage.start, passage.end)
        if utterance is None or not _reads_well(quoter, utterance, passage.start, passage.end):
            continue
        document = market.documents[utterance.document_id]
        place_of[at] = len(shown) + 1
        earlier = None if turn.like is None else place_of.get(turn.like)
        surest = sorted(turn.signals, key=lambda one: (-one.probability, one.signal_id))
        about = next((names[one.signal_id] for one in surest if one.signal_id in names), "")
        why = _why(earlier, about, about in told)
        told.add(about)
        quote = quoter.quote(utterance, document, passage.start, passage.end)
        sheet = address_of.get(document.document_id, "")
        person = short_person(utterance.person_id)
        shown.append(TurnView(place_of[at], quote, person, why, document.document_id, sheet))
    return tuple(shown)


def _pain_names(market: Market, quoter: Quoter) -> dict[str, str]:
    """Return, by signal_id, what the pains that enough people tell are called and how many people tell them."""
    pains = {one.pain_id: one for one in market.findings.pains}
    names: dict[str, str] = {}
    for pain_id, told in market.pain_told.items():
        people = len(people_of(told))
        if people >= market.smallest:
            called = f"“{name_of(pains[pain_id], quoter)}”, a pain of {counted(people, 'person', 'people')}"
            names |= {one.signal.signal_id: called for one in told}
    return names


def _why(earlier: int | None, about: str, is_told: bool) -> str:
    if earlier is not None:
        return f"Comes back to number {earlier}"
    if not about:
        return "First of its kind; belongs to no pain that many tell"
    return f"Another side of {about}" if is_told else f"First of its kind: {about}"


def _told_by(market: Market, utterance_id: str, start: int, end: int) -> Utterance | None:
    """Return the utterance a line points into; None where no customer said it.

    Raises:
        UnfaithfulQuoteError: there is no such text.
    """
    utterance = market.utterances.get(utterance_id)
    check_span(utterance, start, end, "a line of a sheet")
    return utterance if utterance is not None and utterance.person_id in market.customers else None


def _reads_well(quoter: Quoter, utterance: Utterance, start: int, end: int) -> bool:
    return quoter.visible_share(utterance.text, start, end) >= LEAST_VISIBLE
