"""Accounts a person approved as one person's: read from a file beside the key, listed, proposed, never joined alone."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from overheard.people import Account, Proposal, join_accounts, propose_aliases, read_approved, written_name
from overheard.privacy import person_id_of
from overheard.records import Alias, Document, Utterance
from overheard.signals import cut_own_words
from overheard.steps.market import Market
from overheard.storage import digest_of, write_atomically

Row = tuple[str, str, str, int]


def alias_path(market: Market) -> Path:
    """Return where approved aliases stand: with the key, for they name people."""
    return market.folder / "private" / "aliases.csv"


def alias_digest(market: Market) -> str:
    """Return a digest of the approved aliases; the same for no file and an empty one."""
    path = alias_path(market)
    return digest_of(path.read_bytes().hex() if path.exists() else "")


def load_approved(market: Market) -> list[Alias]:
    """Load the accounts that were approved as one person's; [] where there is no file.

    Raises:
        BadInputError: the file has an error; tells the line and the mend.
    """
    path = alias_path(market)
    if not path.exists() or not path.read_bytes().strip():
        return []
    names = market.load_names()
    shown: dict[str, set[str]] = {source.name: set() for source in market.settings.source}
    for account in load_accounts(market):
        shown[account.source].add(account.name)
    key = market.key
    rows = read_approved(str(path), path.read_bytes())
    return join_accounts(str(path), rows, shown, lambda source, name: person_id_of(source, name, key), names)


def list_aliases(market: Market) -> list[Row]:
    """Return (label, source, shown name, posts) of each approved account, by label."""
    load_approved(market)
    path = alias_path(market)
    rows = read_approved(str(path), path.read_bytes()) if path.exists() and path.read_bytes().strip() else []
    posts = {account.account_id: len(account.posts) for account in load_accounts(market)}
    listed = [(row.person, row.source, row.name, person_id_of(row.source, row.name, market.key)) for row in rows]
    return sorted((*names, posts.get(account_id, 0)) for *names, account_id in listed)  # type: ignore[misc]


def save_proposals(market: Market, common_words: Sequence[str]) -> tuple[Path, int]:
    """Write private/alias_proposals.csv: accounts that may be one person's, with what speaks for it.

    Returns:
        The file and how many people it proposes.
    """
    person_of = {alias.account_id: alias.person_id for alias in load_approved(market)}
    proposals = [
        one
        for one in propose_aliases(load_accounts(market), frozenset(common_words))
        if person_of.get(one.left.account_id, "left") != person_of.get(one.right.account_id, "right")
    ]
    path = alias_path(market).with_name("alias_proposals.csv")
    content, people = _written(proposals)
    write_atomically(path, content, mode=0o600)
    return path, people


def load_accounts(market: Market) -> list[Account]:
    """Load every account that shows a name, of the sources the market has now, by account_id."""
    names = market.load_names()
    sources = {source.name for source in market.settings.source}
    source_of = {row.document_id: row.source for row in market.tables.load("documents", Document)}
    said: dict[str, list[Utterance]] = defaultdict(list)
    for row in market.tables.load("utterances", Utterance):
        if row.person_id in names and source_of.get(row.document_id) in sources:
            said[row.person_id].append(row)
    return [
        Account(
            account_id,
            source_of[rows[0].document_id],
            names[account_id],
            tuple(
                ("\n".join(row.text[at:to] for at, to in cut_own_words(row.text, row.not_own)), row.said_at)
                for row in rows
            ),
        )
        for account_id, rows in sorted(said.items())
    ]


def _written(proposals: Sequence[Proposal]) -> tuple[bytes, int]:
    """Write accounts that are proposed as one person under one label, each with what ties it to which other."""
    group_of: dict[str, set[str]] = {}
    ties: dict[str, list[str]] = defaultdict(list)
    accounts: dict[str, Account] = {}
    for one in proposals:
        for own, other in ((one.left, one.right), (one.right, one.left)):
            accounts[own.account_id] = own
            ties[own.account_id].append(f"as {other.name} of {other.source}: {', '.join(one.evidence)}; {_heard(own)}")
        joined = group_of.get(one.left.account_id, {one.left.account_id}) | group_of.get(
            one.right.account_id, {one.right.account_id}
        )
        group_of |= dict.fromkeys(joined, joined)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(("source", "name", "person", "evidence"))
    groups = {min(group): group for group in group_of.values()}
    by_place = sorted(
        sorted((accounts[key].source, accounts[key].name, key) for key in group) for group in groups.values()
    )
    for number, group in enumerate(by_place, 1):
        for source, name, key in group:
            label = f"{written_name(group[0][1])} ({number})"
            writer.writerow((source, written_name(name), label, written_name(" | ".join(ties[key]))))
    return stream.getvalue().encode("utf-8", errors="replace"), len(by_place)


def _heard(account: Account) -> str:
    days = sorted(said_at.date() for _, said_at in account.posts if said_at)
    when = f" from {days[0]} to {days[-1]}" if days else ""
    return f"heard {len(account.posts)} times{when}"
