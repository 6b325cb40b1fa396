"""A view → files: self-contained pages, one text file, tables, JSON."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from overheard.records import PolishRequest
from overheard.report.affinity_files import AFFINITY_CSV, affinity_csv
from overheard.report.charts import RUNG_LABELS
from overheard.report.compose import MOST_PAINS, compose_report
from overheard.report.drafts.pages import write_drafts, write_landings
from overheard.report.drafts.polished import list_requests
from overheard.report.drafts.product_words import PRODUCT_WORDS_FILE, product_words_csv
from overheard.report.figures import counted, number
from overheard.report.findings import Findings
from overheard.report.grid import grid_of
from overheard.report.heard import missing_told
from overheard.report.markdown import report_markdown
from overheard.report.method import METHOD_FILE, method_of, short_method
from overheard.report.nights.page import NIGHTS_FILE, nights_shown
from overheard.report.nights.summary import NIGHT_FILE, night_of, write_night
from overheard.report.policy import policy_of
from overheard.report.programs import SCHEMA_FILE, report_json, report_schema
from overheard.report.references import chance_of
from overheard.report.search.write import SEARCH_FILE, write_search
from overheard.report.sheet_files import reading_csv, sheets_csv, sheets_markdown
from overheard.report.sheet_view import SheetsView
from overheard.report.sheets import KIND_NAMES, SHEETS_FILE
from overheard.report.single_pages.write import write_single_pages
from overheard.report.swap_files import SWAPS_FILE, swaps_csv
from overheard.report.tables import levels_csv, pains_csv, segments_csv, terms_csv
from overheard.report.view import PainView, ReportView, SegmentView

MOST_SEGMENT_PAINS = 12
MOST_SKIPS = 25
MOST_GROUPS = 30
"""Groups of one level on the page of levels; all are in levels.csv."""
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
VOICE_TITLES = {
    "request": "What they wish for",
    "question": "What they ask",
    "recommendation": "What they use and recommend",
}


def render_report(findings: Findings) -> dict[str, bytes]:
    """Write a report.

    Same records, in whatever order, give the same bytes; no clock is read.

    Args:
        findings: everything the report tells.

    Returns:
        File name → content: index.html, segment-<id>.html for each segment that may be shown, report.md, pains.csv,
        segments.csv, terms.csv, report.json and its schema, report.schema.json. Where pains
        have levels also levels.html and levels.csv. Where there are sheets also sheets.html, sheets.md, sheets.csv,
        reading.csv, and above `overheard.report.sheets.MOST_ON_ONE_PAGE` of them sheet-<document_id>.html for each.
        Where people were compared in pairs also affinity.html and affinity.csv.

    Raises:
        UnfaithfulQuoteError: a signal or a term's example does not fit the utterance it points into.
    """
    view = compose_report(findings)
    return {
        **render_pages(view),
        "report.md": report_markdown(view),
        "pains.csv": pains_csv(view),
        "segments.csv": segments_csv(view),
        "terms.csv": terms_csv(view),
        **({SWAPS_FILE: swaps_csv(view)} if view.swaps[""].page else {}),
        **({PRODUCT_WORDS_FILE: product_words_csv(view)} if view.segments else {}),
        "report.json": report_json(view),
        SCHEMA_FILE: report_schema(),
        NIGHT_FILE: write_night(night_of(view)),
        **({"levels.csv": levels_csv(view)} if view.levels else {}),
        **_sheet_tables(view),
        **({AFFINITY_CSV: affinity_csv(view.affinity)} if view.affinity else {}),
    }


def render_landings(findings: Findings) -> dict[str, bytes]:
    """Write the landing page of each segment, file name → content; see `overheard.report.drafts.landing`.

    Raises:
        UnfaithfulQuoteError: a signal or a term's example does not fit the utterance it points into.
    """
    pages = write_landings(_environment(), compose_report(findings), _read("landing.css"))
    return {name: page.encode("utf-8", errors="replace") for name, page in pages.items()}


def polish_requests(findings: Findings) -> tuple[PolishRequest, ...]:
    """List what of a report's drafts a model may put into better words."""
    return list_requests(compose_report(findings))


def render_pages(view: ReportView) -> dict[str, bytes]:
    """Write the HTML pages of a view."""
    style = _read("style.css")
    environment = _environment()
    shared: dict[str, Any] = {
        "view": view,
        # Our own file, not data: the only text that is not escaped, since its hash must match byte for byte.
        "style": Markup(style),  # noqa: S704
        "policy": policy_of(style),
        "method": method_of(view),
        "short_method": short_method(view),
        "missing": missing_told(view.heard) if view.heard.missing else "",
        "most_pains": MOST_PAINS,
        "most_skips": MOST_SKIPS,
        "most_groups": MOST_GROUPS,
        "rung_labels": RUNG_LABELS,
        "voice_titles": VOICE_TITLES,
        "kind_names": KIND_NAMES,
    }
    pages = {"index.html": environment.get_template("index.html").render(shared)}
    for segment in view.segments:
        page = {"segment": segment, "pains": _pains_on_page(segment)}
        pages[segment.file] = environment.get_template("segment.html").render(shared | page)
    pages |= write_single_pages(environment, shared, view)
    pages[METHOD_FILE] = environment.get_template("method.html").render(shared | {"appendix": view.appendix})
    if view.nights:
        pages[NIGHTS_FILE] = environment.get_template("nights.html").render(shared | nights_shown(view))
    if view.search is not None:
        script = _read("search.js")
        page = {"script": Markup(script), "policy": policy_of(style, script)}  # noqa: S704 - ours too
        pages[SEARCH_FILE] = write_search(environment, shared | page, view.search)
    pages |= write_drafts(environment, shared, view)
    if view.pain_map:
        pages["map.html"] = environment.get_template("map.html").render(shared)
    if view.levels:
        pages["levels.html"] = environment.get_template("levels.html").render(shared)
    if view.sheets is not None:
        pages |= _sheet_pages(environment, shared, view.sheets)
    if view.affinity is not None:
        page = {"affinity": view.affinity, "grid": grid_of(view.affinity)}
        pages["affinity.html"] = environment.get_template("affinity.html").render(shared | page)
    return {name: page.encode("utf-8", errors="replace") for name, page in pages.items()}


def _sheet_pages(environment: Environment, shared: dict[str, Any], sheets: SheetsView) -> dict[str, str]:
    pages = {SHEETS_FILE: environment.get_template("sheets.html").render(shared | {"sheets": sheets})}
    for sheet in sheets.written if sheets.has_pages else ():
        pages[sheet.address] = environment.get_template("sheet.html").render(shared | {"sheet": sheet})
    return pages


def _sheet_tables(view: ReportView) -> dict[str, bytes]:
    if view.sheets is None:
        return {}
    tables = {"sheets.md": sheets_markdown(view.market, view.sheets), "sheets.csv": sheets_csv(view.sheets)}
    return tables | ({"reading.csv": reading_csv(view.sheets)} if view.sheets.reading else {})


def _pains_on_page(segment: SegmentView) -> list[PainView]:
    """Choose the pains most people tell and those the index links to."""
    linked = {pain.pain_id for pain in segment.top_pains}
    return [pain for rank, pain in enumerate(segment.pains) if rank < MOST_SEGMENT_PAINS or pain.pain_id in linked]


def day_in_words(day: str) -> str:
    """Return an ISO date as "3 May 2026", with a blank at which no line breaks after the day."""
    then = date.fromisoformat(day)
    return f"{then.day}\u00a0{MONTHS[then.month - 1]} {then.year}"


@cache
def _environment() -> Environment:
    """Compiled templates are kept: compiling costs more than rendering."""
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_read),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "counted": counted,
        "number": number,
        "chance": chance_of,
        # A minus, not a hyphen.
        "signed": lambda value: f"{value:.2f}".replace("-", "\u2212"),
        "day": day_in_words,
        "rung": lambda strength: min(max(strength, 0), len(RUNG_LABELS) - 1),
        # Jinja's own `capitalize` lowers the rest of the text.
        "first_upper": _first_upper,
        # A middle dot must not begin a line.
        "heading": lambda text: _first_upper(text).replace(" · ", "\u00a0· "),
    }
    return environment


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _read(name: str) -> str:
    return (resources.files("overheard.report") / "templates" / name).read_text(encoding="utf-8")
