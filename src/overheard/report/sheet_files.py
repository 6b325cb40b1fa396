"""The sheets as tables, for spreadsheets, and as one Markdown file to take notes in."""

from __future__ import annotations

from collections.abc import Iterator

from overheard.report.charts import RUNG_LABELS
from overheard.report.escaping import escaped, origin_markdown
from overheard.report.figures import counted
from overheard.report.quotes import Quote
from overheard.report.sheet_view import HeadingView, JargonView, LineView, SheetsView, SheetView
from overheard.report.sheets import HEADED_KINDS, KIND_NAMES
from overheard.report.tables import Cell, address_of, csv_of


def rung_in_words(quote: Quote) -> str:
    """Return what a pain's sentence does ("says what it costs"), "" for other kinds."""
    return "" if quote.rung is None else RUNG_LABELS[min(max(quote.rung, 0), len(RUNG_LABELS) - 1)]


def sheets_csv(view: SheetsView) -> bytes:
    """One row a line, of all sheets: the same sentence may stand under two headings; jargon has no probability."""
    header = ("document_id", "document", "source", "heading", "quote", "url", "date", "person", "kind", "rung",
              "rung_in_words", "probability", "sides", "term", "times_general_english")  # fmt: skip
    return csv_of(header, [row for sheet in view.sheets for row in _rows(sheet)])


def reading_csv(view: SheetsView) -> bytes:
    """One row a passage, in the order in which to read."""
    header = ("place", "passage", "url", "date", "person", "why", "document_id", "document", "source")
    rows: list[list[Cell]] = [
        [one.place, one.quote.text, address_of(one.quote), one.quote.said_on, one.person, one.why, one.document_id,
         one.quote.title, one.quote.source]
        for one in view.reading
    ]  # fmt: skip
    return csv_of(header, rows)


def sheets_markdown(market: str, view: SheetsView) -> bytes:
    """Write what to read first and the sheets as Markdown (CommonMark), the rough notes left blank."""
    lines = [f"# Sheets: {escaped(market)}", ""]
    if view.reading:
        lines += ["## Read these first", ""]
        for turn in view.reading:
            lines += [f"{turn.place}. {escaped(turn.quote.text)}", f"   {_meta(turn.quote, turn.person, turn.why)}", ""]
    for sheet in view.written:
        lines += [f"## {escaped(sheet.title)}", "", f"{escaped(sheet.source)}, {sheet.day or 'no date'}", ""]
        lines += ["### Rough notes", ""]
        for heading in sheet.headings:
            lines += _heading(heading)
            lines += _jargon(sheet.jargon) if heading.name == "worldview" else []
    hidden = len(view.sheets) - len(view.written)
    lines += [f"{counted(hidden, 'further sheet')}: see sheets.csv", ""] if hidden else []
    without = counted(view.without, "thread or interview", "threads and interviews")
    lines += [f"Without a sheet, since they tell least: {without}", ""] if view.without else []
    return "\n".join(lines).encode("utf-8", errors="replace")


def _rows(sheet: SheetView) -> Iterator[list[Cell]]:
    for heading in sheet.headings:
        for line in heading.lines:
            yield [sheet.document_id, sheet.title, sheet.source, heading.name, line.quote.text, address_of(line.quote),
                   line.quote.said_on, line.person, line.kind, line.quote.rung, rung_in_words(line.quote),
                   line.probability, _named(line), "", ""]  # fmt: skip
        for term in sheet.jargon if heading.name == "worldview" else ():
            quote = term.line.source
            sides = (term.line.left, term.line.hit, term.line.right)
            yield [sheet.document_id, sheet.title, sheet.source, "jargon",
                   "".join(piece.text for side in sides for piece in side), address_of(quote), quote.said_on,
                   term.person, "", None, "", None, "", term.text, term.times]  # fmt: skip


def _named(line: LineView) -> str:
    return "; ".join(f"{side} {name}".rstrip() for side, name in line.sides)


def _heading(heading: HeadingView) -> list[str]:
    lines = [f"### {heading.title}", ""]
    lines += [f"- {escaped(one.quote.text)} ({_about(one)})" for one in heading.lines[: heading.shown]]
    lines += ["- nothing found"] if not heading.lines else []
    lines += [f"- {heading.more} more: see sheets.csv"] if heading.more else []
    return [*lines, ""]


def _jargon(jargon: tuple[JargonView, ...]) -> list[str]:
    lines = ["### Jargon candidates", ""]
    for one in jargon:
        sides = (one.line.left, one.line.hit, one.line.right)
        use = escaped("".join(piece.text for side in sides for piece in side))
        lines.append(f"- **{escaped(one.text)}**: … {use} … ({_meta(one.line.source, one.person, '')})")
    return [*lines, *(["- nothing found"] if not jargon else []), ""]


def _about(line: LineView) -> str:
    words = [rung_in_words(line.quote), "" if line.kind in HEADED_KINDS else KIND_NAMES[line.kind]]
    return _meta(line.quote, line.person, *words, _named(line), f"{100 * line.probability:.0f}% sure")


def _meta(quote: Quote, person: str, *words: str) -> str:
    return ", ".join([*(escaped(word) for word in words if word), f"person {person}", origin_markdown(quote)])
