"""Who came to which landing page, and which sentence did they say is theirs? From web logs or a form's export."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from overheard.customers.row import NameOf, Row, Unread
from overheard.customers.times import is_day_first, read_time
from overheard.records import LandingVisit, id_of

_LOG = re.compile(
    # Combined log format: host, identity, user, [time], "request", status, size, "referrer", "agent".
    r"(\S{1,200}) \S{1,100} \S{1,200} \[([^\]\s]{10,30} [+-]\d{4})\] "
    r'"(?:GET|POST) (\S{1,4000})[^"]{0,20}" (\d{3}) \S{1,20}'
    r'(?: "[^"]{0,4000}" "([^"]{0,1000})")?'
)
_PAGE = re.compile(r"/landing-([0-9a-z-]{4,64})(?:_([ab]))?\.html$")
_VARIANTS = ("a", "b")
_TAG = re.compile(r"lp-([0-9a-z-]{4,64})")
_ANSWER = re.compile(r"[0-9a-z-]{4,64}")
_MACHINE = re.compile(r"bot|crawl|spider|preview|monitor|curl|wget|python-|headless", re.IGNORECASE)
NONE = "none"
"""What a visitor answers to whom no sentence belongs."""


def read_web_log(
    name: str, lines: Iterable[str], segments: Sequence[str], person_of: NameOf
) -> tuple[list[LandingVisit], list[Unread]]:
    """Read a web server's log in the combined format; requests for other pages are passed over.

    Args:
        name: the file's, part of ids.
        lines: of the log.
        segments: ids of the present segments.
        person_of: makes a person_id of an address and its browser.

    Returns:
        One visit for each visitor and page, with the last answer, by time; and what was left out.
    """
    found: list[LandingVisit] = []
    unread: list[Unread] = []
    machines = 0
    for number, line in enumerate(lines, 1):
        request = _LOG.match(line)
        if request is None:
            if line.strip():
                unread.append(Unread(number, "is no line of a web log (combined format)"))
            continue
        host, when, target, status, agent = request.groups()
        asked = _asked(target, segments)
        if asked is None or not status.startswith(("2", "3")):
            continue
        if _MACHINE.search(agent or ""):
            machines += 1
            continue
        at = datetime.strptime(when, "%d/%b/%Y:%H:%M:%S %z").astimezone(UTC)
        page, answer, source, variant = asked
        found.append(_visit(name, person_of(f"{host} {agent or ''}"), page, answer, source, at, variant))
    if machines:
        unread.append(Unread(0, f"{machines} requests of machines are left out"))
    return _merged(found), unread


def read_form_rows(
    name: str, rows: Sequence[Row], segments: Sequence[str], person_of: NameOf
) -> tuple[list[LandingVisit], list[Unread]]:
    """Read a form's export: columns `lp` and `who`; `utm_source`, `utm_content` and a time where there are.

    Args:
        name: the file's, part of ids.
        rows: of the export.
        segments: ids of the present segments.
        person_of: makes a person_id.
    """
    times = ("at", "ts", "timestamp", "Timestamp", "Submitted at", "submitted_at", "date")
    column = next((one for one in times if any(row.cell(one) for row in rows)), None)
    day_first = is_day_first(row.cell(column) for row in rows)
    found: list[LandingVisit] = []
    unread: list[Unread] = []
    for row in rows:
        page, answer = (
            _segment(row.cell("lp") or row.cell("utm_campaign"), segments),
            _answer(row.cell("who"), segments),
        )
        if page is None or answer is None:
            what = "landing page (`lp`)" if page is None else "segment (`who`)"
            unread.append(Unread(row.line, f"names no present {what}"))
            continue
        who = row.cell("email") or row.cell("person") or row.cell("id") or f"{name} line {row.line}"
        at = read_time(row.cell(column), day_first)
        variant = _variant(row.cell("utm_content"))
        found.append(_visit(name, person_of(who), page, answer, row.cell("utm_source"), at, variant))
    return _merged(found), unread


def _asked(target: str, segments: Sequence[str]) -> tuple[str, str, str, str] | None:
    """Return (the page's segment, the answer, the source, the variant) of a request; None where it is no such one."""
    try:
        address = urlsplit(target)
        told = parse_qs(address.query, max_num_fields=50)
    except ValueError:
        return None
    tag = next(iter(told.get("lp", told.get("utm_campaign", ()))), "")
    named = _PAGE.search(address.path)
    page = _segment(tag, segments) or (_segment(f"lp-{named[1]}", segments) if named else None)
    answer = _answer(next(iter(told.get("who", ())), ""), segments)
    if page is None or answer is None:
        return None
    # The page that was served tells its variant; what an advert's own link calls itself does not.
    variant = (named[2] or "a") if named else _variant(next(iter(told.get("utm_content", ())), ""))
    return page, answer, next(iter(told.get("utm_source", ())), "")[:80], variant


def _variant(told: str) -> str:
    return told if told in _VARIANTS else ""


def _segment(tag: str, segments: Sequence[str]) -> str | None:
    found = _TAG.fullmatch(tag)
    matching = [one for one in segments if found and (one.startswith(found[1]) or one == found[1])]
    return matching[0] if len(matching) == 1 else None


def _answer(said: str, segments: Sequence[str]) -> str | None:
    """Return the answered segment, "" for none given, `NONE` for none of these; None for what is no answer."""
    if said in ("", NONE):
        return said
    return said if _ANSWER.fullmatch(said) and said in segments else None


def _visit(
    name: str, person_id: str, page: str, answer: str, source: str, at: datetime | None, variant: str
) -> LandingVisit:
    return LandingVisit(id_of("visit", name, person_id, page), person_id, page, answer, source, at, variant)


def _merged(visits: Iterable[LandingVisit]) -> list[LandingVisit]:
    """Keep one visit for each visitor and page: the last that answered, else the first; of no variant who saw both."""
    kept: dict[str, LandingVisit] = {}
    seen: dict[str, set[str]] = defaultdict(set)
    for one in visits:
        seen[one.visit_id] |= {one.variant} - {""}
        if one.visit_id not in kept or one.answer:
            kept[one.visit_id] = one
    only = {key: next(iter(variants)) if len(variants) == 1 else "" for key, variants in seen.items()}
    found = (replace(one, variant=only[one.visit_id]) for one in kept.values())
    return sorted(found, key=lambda one: one.visit_id)
