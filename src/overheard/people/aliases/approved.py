"""Which accounts did somebody approve as one person's? A CSV file: source, name as shown there, a label of the person.

Labels, not pairs: there are no chains to follow and no cycles, and an account with two labels is an error.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from overheard.errors import BadInputError
from overheard.records import Alias

COLUMNS = ("source", "name", "person")
_FORMULA_STARTS = frozenset("=+-@|%")
"""Spreadsheets take what starts so for a formula; names that do are written with ' before them."""


@dataclass(frozen=True, slots=True)
class Approved:
    """One row of the file: the account `name` of `source` is the person labelled `person`."""

    line: int
    source: str
    name: str
    person: str


def read_approved(place: str, content: bytes) -> list[Approved]:
    """Read the rows of an alias file; empty rows and further columns are left aside.

    Args:
        place: the file, told in errors.
        content: CSV with a header; separated by comma, semicolon or tab.

    Raises:
        BadInputError: it is no such file, or a row lacks something.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(place, "is not UTF-8", "save it as CSV UTF-8") from None
    header = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=header.count))
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        missing = [name for name in COLUMNS if name not in names]
        if missing:
            raise BadInputError(f"{place}:1", f"no column {missing[0]}", f"begin with the line {','.join(COLUMNS)}")
        at = [names.index(name) for name in COLUMNS]
        return list(_rows(place, reader, at))
    except csv.Error as error:
        raise BadInputError(f"{place}:{reader.line_num}", f"is no CSV ({error})", "save it again as CSV") from None


def join_accounts(
    place: str,
    approved: Collection[Approved],
    shown: Mapping[str, Collection[str]],
    account_of: Callable[[str, str], str],
    known: Collection[str],
) -> list[Alias]:
    """Join accounts: each person has the id of the account that stands first, so that rows added below change nothing.

    Args:
        place: the file, told in errors.
        approved: its rows.
        shown: source → names shown there now, of every source of the market.
        account_of: (source, name) → account_id.
        known: account_ids ever heard.

    Returns:
        One alias an account, by account_id, the first account of each person included.

    Raises:
        BadInputError: a row names a source or an account there is none of, or one that stands in two rows; or a person
            has one account only.
    """
    taken: dict[str, Approved] = {}
    people: dict[str, list[tuple[Approved, str]]] = defaultdict(list)
    for row in approved:
        account_id = _account(place, row, shown, account_of, known)
        if account_id in taken:
            first = taken[account_id]
            same = "again" if _plain(first.person) == _plain(row.person) else f"as `{row.person}`"
            what = f"`{row.name}` of {row.source} stands here {same}, and as `{first.person}` in line {first.line}"
            mend = "one account is one person: keep one of the two rows, or give all their accounts one label"
            raise BadInputError(f"{place}:{row.line}", what, mend)
        taken[account_id] = row
        people[_plain(row.person)].append((row, account_id))
    for (row, _), *others in people.values():
        if not others:
            what = f"`{row.person}` has one account only"
            raise BadInputError(
                f"{place}:{row.line}", what, "give their other account the very same label, or take the row out"
            )
    joined = [Alias(account_id, accounts[0][1]) for accounts in people.values() for _, account_id in accounts]
    return sorted(joined, key=lambda alias: alias.account_id)


def written_name(name: str) -> str:
    """Return a name as it stands in a file that may be opened in a spreadsheet."""
    return f"'{name}" if _is_formula(name) else name


def _is_formula(text: str) -> bool:
    """Tell whether a spreadsheet takes a text for a formula: it skips what is not seen, and knows full-width signs."""
    seen = (one for one in text if not one.isspace() and unicodedata.category(one) not in {"Cf", "Cc"})
    return unicodedata.normalize("NFKC", next(seen, ""))[:1] in _FORMULA_STARTS


def _rows(place: str, reader: Iterator[list[str]], at: list[int]) -> Iterator[Approved]:
    for cells in reader:
        line = reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        found = [cells[column].strip() if column < len(cells) else "" for column in at]
        for name, cell in zip(COLUMNS, found, strict=True):
            if not cell:
                raise BadInputError(f"{place}:{line}", f"{name} is empty", f"fill in the {name}, or take the row out")
        source, name, person = found
        yield Approved(line, source, name[1:] if name[0] == "'" and _is_formula(name[1:]) else name, person)


def _account(
    place: str,
    row: Approved,
    shown: Mapping[str, Collection[str]],
    account_of: Callable[[str, str], str],
    known: Collection[str],
) -> str:
    if row.source not in shown:
        raise BadInputError(
            f"{place}:{row.line}", f"the market has no source `{row.source}`", f"name one of {', '.join(sorted(shown))}"
        )
    account_id = account_of(row.source, row.name)
    if account_id in known:
        return account_id
    here = {_plain(name): name for name in sorted(shown[row.source])}
    if _plain(row.name) in here:
        # Another person in every talk: "Speaker 1".
        what = f"`{row.name}` is a label in the talks of {row.source}, not a name"
        raise BadInputError(
            f"{place}:{row.line}", what, "write the person's own name into the talk, or take the row out"
        )
    near = [here[name] for name in get_close_matches(_plain(row.name), list(here), 3)]
    mend = f"the nearest are {', '.join(near)}" if near else "write it as it is shown there"
    raise BadInputError(f"{place}:{row.line}", f"nobody called `{row.name}` was heard in {row.source}", mend)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
