"""The report as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
import math
import unicodedata
from collections.abc import Iterable, Sequence

from overheard.report.figures import Share
from overheard.report.level_view import GroupView
from overheard.report.quotes import Quote
from overheard.report.term_view import TermView
from overheard.report.view import PainView, ReportView, SegmentView

_FORMULA_STARTS = frozenset("=+-@\t\r\n\0|%")

Cell = str | int | float | None

TERM_FIGURES = ("rate", "rate_elsewhere", "lrc", "q", "dispersion", "effective_people", "threads", "common_rank",
                "trend", "trend_low", "trend_high", "people_apart", "elsewhere_apart", "chosen", "unseen_here",
                "unseen_elsewhere", "unseen_q")  # fmt: skip
"""What is measured of a term, by the names of `overheard.records.Term`."""


def guarded(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula (CWE-1236).

    Looks at the first character that is seen: blanks and invisible characters before it are skipped and full-width
    forms count as their plain ones, as spreadsheets do both. A tab, a line's end or a NUL at the start is enough.
    """
    if text[:1] in {"\t", "\r", "\n", "\0"}:
        return "'" + text
    seen = next((one for one in text if not one.isspace() and unicodedata.category(one) not in {"Cf", "Cc"}), "")
    return "'" + text if unicodedata.normalize("NFKC", seen)[:1] in _FORMULA_STARTS else text


def csv_of(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a CSV file (RFC 4180, UTF-8, every cell quoted); numbers stay numbers, texts are guarded."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in header])
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else _number(cell) for cell in row])
    return stream.getvalue().encode("utf-8", errors="replace")


def pains_csv(view: ReportView) -> bytes:
    """One row a pain and group (`segment_id` empty: everybody); groups too small to show are not in it."""
    header = ("pain_id", "segment_id", "group", "name", "people", "of_people", "share_low", "share_high", "sentences",
              "rung_0", "rung_1", "rung_2", "rung_3", "rung_4", "sources", "threads", "words", "quote", "quote_url",
              "quote_date", "page")  # fmt: skip
    rows = [("", "everybody", pain) for pain in view.pains]
    rows += [(segment.segment_id, segment.name, pain) for segment in view.segments for pain in segment.pains]
    return csv_of(header, [_pain_row(*row) for row in rows])


def segments_csv(view: ReportView) -> bytes:
    """One row a segment."""
    header = ("segment_id", "name", "people", "of_people", "share_low", "share_high", "stability", "stability_word",
              "verdict", "reasons", "posts", "threads", "loudest_sentences", "of_sentences", "top_pains",
              "words")  # fmt: skip
    return csv_of(header, [_segment_row(one) for one in view.segments])


def terms_csv(view: ReportView) -> bytes:
    """One row a term and group; `effect`, `low` and `high` are log2 of the odds ratio by people.

    What the other columns measure is told with `overheard.records.Term`; those of what was not measured are empty.
    """
    header = ("group_id", "group", "term", "people", "of_people", "people_elsewhere", "of_people_elsewhere", "uses",
              "effect", "low", "high", "z", "headline", "example_url", "kind", "first_said", "last_said",
              *TERM_FIGURES, "page")  # fmt: skip
    headline = view.rules["headline_people"]
    rows = [[*_term_row(one, one.here.count >= headline), view.term_page(one.text)] for one in _all_terms(view)]
    return csv_of(header, rows)


def levels_csv(view: ReportView) -> bytes:
    """One row a group and level of detail: below 0 families of pains, 0 the pains, 1 parts of them."""
    header = ("level", "group_id", "parent_id", "name", "people", "of_people", "share_low", "share_high", "pains",
              "quote", "quote_url", "quote_date")  # fmt: skip
    return csv_of(header, [_group_row(one.level, group) for one in view.levels for group in one.groups])


def _all_terms(view: ReportView) -> list[TermView]:
    """Every segment's terms, then those only the index shows."""
    rows = [term for segment in view.segments for term in segment.terms.all]
    known = {(term.group_id, term.text) for term in rows}
    return rows + [term for term in view.terms if (term.group_id, term.text) not in known]


def _pain_row(segment_id: str, group: str, pain: PainView) -> list[Cell]:
    quote = pain.quotes[0] if pain.quotes else None
    shown = (quote.text, address_of(quote), quote.said_on) if quote else ("", "", "")
    return [pain.pain_id, segment_id, group, pain.name, *_share_cells(pain.share), sum(pain.rungs), *pain.rungs,
            pain.sources, pain.threads, ", ".join(pain.words), *shown, pain.file]  # fmt: skip


def _group_row(level: int, one: GroupView) -> list[Cell]:
    shown = (one.quote.text, address_of(one.quote), one.quote.said_on) if one.quote else ("", "", "")
    pains = "; ".join(name for _, name, _ in one.pains)
    return [level, one.group_id, one.parent_id or "", one.name, *_share_cells(one.share), pains, *shown]


def _segment_row(one: SegmentView) -> list[Cell]:
    return [one.segment_id, one.name, *_share_cells(one.share), one.stability.value, one.stability.word,
            one.verdict.standing, "; ".join(one.verdict.reasons), one.posts, one.threads, *one.loudest,
            "; ".join(pain.name for pain in one.top_pains), ", ".join(one.words)]  # fmt: skip


def _term_row(one: TermView, is_headline: bool) -> list[Cell]:
    others: list[Cell] = [one.others.count, one.others.total] if one.others else [None, None]
    url = address_of(one.lines[0].source) if one.lines else ""
    return [one.group_id, one.group, one.text, one.here.count, one.here.total, *others, one.uses, one.effect, one.low,
            one.high, one.z, "yes" if is_headline else "no", url, one.kind, one.first_said, one.last_said,
            *(term_numbers(one)[name] for name in TERM_FIGURES)]  # fmt: skip


def term_numbers(one: TermView) -> dict[str, int | float | None]:
    """Return what was measured of a term by `TERM_FIGURES`, None where it was not."""
    told = one.figures
    if told is None:
        return dict.fromkeys(TERM_FIGURES)
    low, high = told.trend_interval or (None, None)
    elsewhere = told.apart_others.count if told.apart_others else None
    other = {"trend_low": low, "trend_high": high, "people_apart": told.apart.count, "elsewhere_apart": elsewhere}
    return {name: other[name] if name in other else getattr(told, name) for name in TERM_FIGURES}


def _share_cells(share: Share) -> list[Cell]:
    return [share.count, share.total, share.low, share.high]


def address_of(quote: Quote) -> str:
    """Return where a quote stands: an address or a file's path, "" where it cannot be shown."""
    return quote.link.href or quote.link.path


def _number(cell: int | float | None) -> Cell:
    if isinstance(cell, float):
        return round(cell, 4) if math.isfinite(cell) else ""
    return "" if cell is None else cell
