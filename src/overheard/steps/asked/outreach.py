"""The focus segment → whom to write to, in the market's private folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from overheard.errors import BadInputError, OverheardError
from overheard.positioning.outreach import Contact, Known, Outreach, choose_contacts
from overheard.privacy import Blotter
from overheard.privacy.opt_out import load_opt_outs
from overheard.records import (
    FocusChoice,
    Membership,
    Pain,
    Placement,
    Reference,
    Segment,
    Signal,
    Utterance,
)
from overheard.report import csv_of
from overheard.report.links import link_of
from overheard.report.quotes import Quoter
from overheard.steps.heard import Heard, load_customers, load_heard, load_joined
from overheard.steps.market import Market, log
from overheard.steps.pains import members_by_group
from overheard.storage import write_atomically

OUTREACH_FILE = "private/outreach.csv"
_HEADER = ("segment", "source", "account", "person_id", "reason", "quote", "where", "link", "last_heard", "referred_by",
           "of_them_in_segment", "refers_to", "advice_taken_by")  # fmt: skip


def write_outreach(market: Market, segment: str = "") -> tuple[Path, Outreach]:
    """Write MARKET/private/outreach.csv, readable by its owner alone; it never goes into a report.

    Args:
        market: after its last run.
        segment: a segment's name or id; it must be of the focus. "" for the whole focus.

    Raises:
        BadInputError: the segment is not of the focus.
        OverheardError: nothing was decided, no focus is feasible, or the segment is too small.
    """
    focus = _focus(market, segment)
    memberships = [one for one in market.tables.load("memberships", Membership) if one.valid_to is None]
    customers = load_customers(market)
    members = members_by_group((one.segment_id, one.person_id) for one in memberships)
    heard = load_heard(market)
    known = _known(market, heard, customers)
    top_pains = {one.segment_id: one.top_pains for one in market.tables.load("segments", Segment)}
    opted_out = _opted_out(market, heard)
    rows: list[Sequence[str | int]] = []
    contacts: list[Contact] = []
    left_out: dict[str, int] = {}
    for segment_id, name in focus.items():
        people = members.get(segment_id, frozenset()) & customers
        if len(people) < market.settings.privacy.smallest_group:
            raise OverheardError(f"“{name}” has fewer than {market.settings.privacy.smallest_group} people: no list")
        found = choose_contacts(people, top_pains[segment_id], known, opted_out, market.settings.strategy.outreach_days)
        contacts += found.contacts
        for why, count in found.left_out.items():
            left_out[why] = left_out.get(why, 0) + count
        rows += _rows(market, heard, name, found.contacts)
    path = market.folder / OUTREACH_FILE
    write_atomically(path, csv_of(_HEADER, rows), mode=0o600)
    path.parent.chmod(0o700)
    log.info(f"outreach: {sum(len(members[one] & customers) for one in focus)} people, {len(contacts)} listed")
    return path, Outreach(tuple(contacts), left_out)


def _focus(market: Market, wanted: str) -> dict[str, str]:
    """Return segment_id → name of the focus, or of the one wanted segment of it."""
    choices: list[FocusChoice] = market.tables.load("focus_choices", FocusChoice)
    if not choices or not choices[-1].is_feasible:
        why = "no focus was found" if choices else "nothing was decided yet"
        raise OverheardError(f"{market.folder}: {why}; only the focus is written to, see `overheard focus`")
    names = {one.segment_id: one.name for one in market.tables.load("segments", Segment)}
    focus = {one: names[one] for one in choices[-1].segments if one in names}
    if not wanted:
        return focus
    found = {key: name for key, name in focus.items() if wanted == key or wanted.casefold() == name.casefold()}
    if not found:
        known = " or ".join(f"“{name}”" for name in focus.values())
        raise BadInputError(
            str(market.folder), f"`{wanted}` is not the focus", f"only the focus is written to: {known}"
        )
    return found


def _known(market: Market, heard: Heard, customers: frozenset[str]) -> Known:
    said = [one for one in heard.utterances if one.person_id in customers]
    placements = market.tables.load("placements", Placement)
    return Known(
        said,
        market.tables.load("signals", Signal),
        {one.signal_id: one.pain_id for one in placements if one.pain_id},
        market.tables.load("references", Reference),
        frozenset(one.utterance_id for one in said if link_of(_address(heard, one)).href),
    )


def _address(heard: Heard, one: Utterance) -> str:
    return one.url or heard.documents[one.document_id].url


def _opted_out(market: Market, heard: Heard) -> frozenset[str]:
    """Return who opted out by any of their accounts."""
    asked = load_opt_outs(market.folder, market.settings.privacy.opt_out)
    names, person_of = market.load_names(), load_joined(market)
    found: set[str] = set()
    for one in market.tables.load("utterances", Utterance):
        account, document = one.person_id, heard.documents.get(one.document_id)
        person = person_of.get(account, account)
        is_named = asked.has_name(names.get(account, account), document.source if document else "")
        if is_named or asked.has_id(account) or asked.has_id(person):
            found.add(person)
    return frozenset(found)


def _rows(market: Market, heard: Heard, segment: str, contacts: Sequence[Contact]) -> list[Sequence[str | int]]:
    names = market.load_names()
    quoter = Quoter(Blotter(names.values()).find)
    accounts = {one.utterance_id: one.person_id for one in market.tables.load("utterances", Utterance)}
    said = {one.utterance_id: one for one in heard.utterances}
    pains = {one.pain_id: one.name for one in market.tables.load("pains", Pain)}
    rows: list[Sequence[str | int]] = []
    for one in contacts:
        utterance = said[one.signal.utterance_id]
        document = heard.documents[utterance.document_id]
        quote = quoter.quote(utterance, document, one.signal.start, one.signal.end)
        account = names.get(accounts[utterance.utterance_id], "")
        where = [quote.title or document.source, quote.link.href or "", one.last_said.isoformat()]
        counts = [one.referred_by, one.here, one.refers_to, one.advised]
        who = [segment, document.source, account, one.person_id]
        rows.append((*who, _reason(one, pains), quote.text, *where, *counts))
    return rows


def _reason(one: Contact, pains: Mapping[str, str]) -> str:
    """Say in words why somebody is on the list."""
    told = [f"tells of “{pains.get(one.pain_id, 'a pain')}”"]
    if one.referred_by:
        here = f", {one.here} of them in this segment" if one.here else ""
        told.append(f"{one.referred_by} {'person refers' if one.referred_by == 1 else 'people refer'} to them{here}")
    if one.advised:
        told.append(f"{one.advised} took their advice")
    if one.refers_to:
        told.append(f"they refer to {one.refers_to}")
    return "; ".join((*told, f"last heard {one.last_said.isoformat()}"))
