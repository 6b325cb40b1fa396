"""Swaps for spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Sequence

from overheard.report.escaping import escaped, origin_markdown
from overheard.report.quotes import Line
from overheard.report.swaps import SwapsView
from overheard.report.tables import Cell, address_of, csv_of
from overheard.report.view import ReportView

SWAPS_FILE = "swaps.csv"
_HEADER = ("segment_id", "group", "verdict", "they_say", "your_page_says", "line", "copy", "people_theirs",
           "people_yours", "of_people", "effect", "low", "high", "quote", "quote_url", "quote_date")  # fmt: skip


def swaps_csv(view: ReportView) -> bytes:
    """One row a word of the page and group; `effect`, `low` and `high` are log2 of the odds ratio by people."""
    names = {one.segment_id: one.name for one in view.segments}
    rows: list[Sequence[Cell]] = []
    for group, swaps in view.swaps.items():
        for one in (*swaps.rows, *swaps.kept):
            quote = one.example.source if one.example else None
            counts = [one.theirs.count if one.theirs else None, one.ours.count, one.ours.total]
            shown = [_text(one.example), address_of(quote), quote.said_on] if quote else ["", "", ""]
            cells = [
                group,
                names.get(group, "everybody"),
                one.verdict,
                one.word,
                one.yours,
                one.line,
                one.copy,
                *counts,
            ]
            rows.append([*cells, one.effect, one.low, one.high, *shown])
    return csv_of(_HEADER, rows)


def swaps_json(one: SwapsView) -> dict[str, object]:
    """Return a group's swaps for report.json."""
    rows = [
        {
            "verdict": row.verdict,
            "they_say": row.word,
            "your_page_says": row.yours,
            "line": row.line,
            "people_theirs": row.theirs.count if row.theirs else None,
            "people_yours": row.ours.count,
            "of_people": row.ours.total,
            "effect": row.effect,
            "low": row.low,
            "high": row.high,
            "quote": _text(row.example),
            "url": address_of(row.example.source) if row.example else "",
        }
        for row in (*one.rows, *one.kept)
    ]
    return {"page": one.page, "rows": rows, "nobody_says": list(one.unheard)}


def swaps_markdown(one: SwapsView) -> list[str]:
    """Return a group's swaps as lines of report.md."""
    lines = ["#### Say this, not that", ""]
    if not one.page:
        return [*lines, "No page of yours is named: name it in market.toml as page of the table product.", ""]
    if one.rows:
        lines += [
            "| they say | you say | theirs | yours | what to do | line |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
    for row in one.rows:
        theirs = row.theirs.counted if row.theirs else "–"
        cells = [escaped(row.word), escaped(row.yours), theirs, row.ours.counted, row.shown, str(row.line)]
        lines.append(f"| {' | '.join(cells)} |")
    lines += [""] if one.rows else ["For no word of your page was a word of theirs found.", ""]
    for row in one.rows:
        if row.example:
            lines += [f"> {escaped(_text(row.example))}", ">", f"> {origin_markdown(row.example.source)}", ""]
    kept = ", ".join(f"{escaped(row.yours)} ({row.ours.counted})" for row in one.kept)
    unheard = ", ".join(map(escaped, one.unheard))
    lines += [f"- keep, they say it too: {kept}"] if kept else []
    lines += [f"- no customer word found: {unheard}"] if unheard else []
    return [*lines, ""]


def _text(line: Line | None) -> str:
    return "".join(piece.text for part in (line.left, line.hit, line.right) for piece in part) if line else ""
