"""A draft of a page → what to mend in it, by the tables of the last run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overheard.errors import BadInputError, OverheardError, as_word
from overheard.positioning import read_copy
from overheard.positioning.check import Finding, check_copy
from overheard.positioning.check import Market as Checked
from overheard.privacy import Blotter
from overheard.records import Document, Membership, Segment, Swap, Term, Utterance
from overheard.report.quotes import Quoter
from overheard.signals import cut_own_words
from overheard.steps.decisions.meant import find_meant
from overheard.steps.heard import load_customers, load_heard
from overheard.steps.market import Market
from overheard.steps.pains import members_by_group
from overheard.steps.positioning import decode_page
from overheard.steps.word_ranks import load_common_words

_SAID = {
    "swap": "they say “{theirs}” ({people_theirs} of {of_people}; yours {people})",
    "jargon": "no customer says it (0 of {of_people})",
    "vague": "tells a reader nothing (said by {people} of {of_people})",
    "other segment": "is a word of “{segment}”, not of these (said by {people} of {of_people})",
    "missing": "is a word of theirs ({people} of {of_people}) and stands nowhere on the page",
}


@dataclass(frozen=True, slots=True)
class CopyCheck:
    """A page's findings, ready to print or to write as JSON."""

    page: str
    segment: str
    rows: tuple[dict[str, Any], ...]

    def lines(self) -> list[str]:
        """Return one line a finding, in the form `FILE:LINE: word: what is wrong`, and a summary."""
        told = []
        for row in self.rows:
            place = f"{self.page}:{row['line']}" if row["line"] else self.page
            told.append(f"{place}: {row['kind']}: “{row['word']}” {row['told']}")
            told += [f"    “{row['quote']}” {row['url']}".rstrip()] if row["quote"] else []
        counts = {kind: sum(row["kind"] == kind for row in self.rows) for kind in _SAID}
        parts = [f"{count} {kind}" for kind, count in counts.items() if count]
        return [*told, f"{self.page}: {', '.join(parts) or 'nothing found'}, for {self.segment}"]

    def summary(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        return {"page": self.page, "segment": self.segment, "findings": list(self.rows), "clean": not self.rows}


def check_market_copy(market: Market, page: Path, segment: str) -> CopyCheck:
    """Check a page against the last run.

    Args:
        market: the market.
        page: HTML, Markdown or text.
        segment: a segment's name or id; "" for everybody.

    Raises:
        BadInputError: the page cannot be read or says nothing, or there is no such segment.
        OverheardError: there was no run yet.
    """
    try:
        body = page.read_bytes()
    except OSError:
        raise BadInputError(str(page), "cannot be read", "name an HTML, Markdown or text file") from None
    if b"\0" in body:  # a linter that finds nothing in what it cannot read would call it clean
        raise BadInputError(str(page), "is no text in UTF-8", "save it as HTML, Markdown or text in UTF-8")
    lines = read_copy(decode_page(body))
    if not lines:
        raise BadInputError(str(page), "holds no copy to check", "name a page with text in it")
    customers = load_customers(market)
    heard = load_heard(market)
    said = [row for row in heard.utterances if row.person_id in customers]
    if not said:
        raise OverheardError(f"{market.folder}: nothing was heard yet; first: overheard run {as_word(market.folder)}")
    names = {row.segment_id: row.name for row in market.tables.load("segments", Segment)}
    segment_id = _segment_of(market, names, segment)
    memberships = market.tables.load("memberships", Membership)
    checked = Checked(
        said,
        {row.utterance_id: cut_own_words(row.text, row.not_own) for row in said},
        members_by_group((row.segment_id, row.person_id) for row in memberships if row.valid_to is None),
        market.tables.load("terms", Term),
        market.tables.load("swaps", Swap),
    )
    settings = market.settings
    found = check_copy(
        lines, checked, segment_id, settings.product.names, settings.vocabulary.minimum_people, load_common_words()
    )
    quoter = Quoter(Blotter(market.load_names().values()).find)
    utterances = {row.utterance_id: row for row in said}
    smallest = settings.privacy.smallest_group
    rows = [_row(one, names, utterances, heard.documents, quoter, smallest) for one in found]
    return CopyCheck(str(page), names[segment_id] if segment_id else "everybody", tuple(rows))


def _segment_of(market: Market, names: Mapping[str, str], wanted: str) -> str | None:
    if not wanted:
        return None
    return find_meant(names, "segment", wanted, str(market.folder), "check the page for everybody: leave --segment out")


def _row(
    one: Finding,
    names: Mapping[str, str],
    utterances: Mapping[str, Utterance],
    documents: Mapping[str, Document],
    quoter: Quoter,
    smallest: int,
) -> dict[str, Any]:
    """Return a finding as it is told; a count of fewer people than may be shown is None, and nobody of them quoted."""
    few = [name for name in ("people", "people_theirs") if 0 < getattr(one, name) < smallest]
    fields: dict[str, Any] = {
        "kind": one.kind,
        "line": one.line,
        "word": one.word,
        "people": one.people,
        "of_people": one.of_people,
        "theirs": one.theirs,
        "people_theirs": one.people_theirs,
        "segment": names.get(one.segment_id, ""),
    }
    told = _SAID[one.kind].format(**fields | dict.fromkeys(few, f"fewer than {smallest}"))
    fields |= dict.fromkeys(few)
    quote, url = "", ""
    if one.example is not None and not few and one.example[0] in utterances:
        utterance = utterances[one.example[0]]
        line = quoter.line(utterance, documents[utterance.document_id], one.example[1], one.example[2])
        quote = "".join(piece.text for part in (line.left, line.hit, line.right) for piece in part)
        quote, url = " ".join(quote.split()), line.source.link.href or line.source.link.path
    return fields | {"told": told, "quote": quote, "url": url}
