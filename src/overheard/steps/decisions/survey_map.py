"""A survey's export → the [[survey]] table that tells overheard what its columns hold."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from overheard.customers import Part, Proposal, Row, propose_mapping
from overheard.errors import BadInputError
from overheard.settings import MARKET_FILE, load_settings, read_settings
from overheard.steps.customer_files import open_customers
from overheard.storage import write_atomically

_ONE: tuple[Part, ...] = ("person", "answered_at", "feeling")
_MANY: tuple[Part, ...] = ("who_benefits", "benefit", "hold_back", "texts", "choices")
_RATED: tuple[Part, ...] = ("importance", "satisfaction")


@dataclass(frozen=True, slots=True)
class SurveyMap:
    """What a survey's columns were taken for, and the table to put into market.toml."""

    proposal: Proposal
    table: str


def map_survey(path: Path, name: str, market: Path | None) -> SurveyMap:
    """Look a survey's export through and write down what its columns seem to hold.

    Args:
        path: the export.
        name: what to call it; "": after the file.
        market: the market it lies in, for the path in the table.

    Raises:
        BadInputError: the file cannot be read, or does not lie in the market's folder.
    """
    file = open_customers(path)
    rows = [Row(row.line, row.values) for row in file.rows() if not row.problem]
    proposal = propose_mapping(file.found.columns, rows)
    called = name or re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40] or "survey"
    return SurveyMap(proposal, _table(proposal, called, _place(path, market)))


def add_survey(market: Path, found: SurveyMap) -> Path:
    """Add the table to a market's market.toml.

    Raises:
        BadInputError: the file would no longer be right with it.
    """
    path = market / MARKET_FILE
    load_settings(market)
    text = path.read_text(encoding="utf-8-sig").rstrip() + "\n\n" + found.table
    read_settings(text, str(path))
    write_atomically(path, text.encode())
    return path


def _place(path: Path, market: Path | None) -> str:
    if market is None:
        return path.name
    try:
        return path.resolve().relative_to(market.resolve()).as_posix()
    except ValueError:
        raise BadInputError(str(path), f"does not lie below {market}", "copy it into customers/ there") from None


def _table(proposal: Proposal, name: str, file: str) -> str:
    lines = ["[[survey]]", f"name = {_quoted(name)}", f"file = {_quoted(file)}"]
    for part in _ONE:
        lines += [f"{part} = {_quoted(one)}" for one in proposal.names(part)]
    for part in _MANY:
        if names := proposal.names(part):
            lines.append(f"{part} = [{', '.join(map(_quoted, names))}]")
    for part in _RATED:
        rated = [one for one in proposal.columns if one.part == part]
        if rated:
            lines.append(f"[survey.{part}]")
            lines += [f"{_quoted(one.subject)} = {_quoted(one.name)}" for one in rated]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
