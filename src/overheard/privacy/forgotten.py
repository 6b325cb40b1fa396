"""Who was forgotten, without knowing who that was: what keeps a person's words from being taken in again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from overheard.privacy.opt_out import NOBODY, OptOuts
from overheard.privacy.pseudonyms import person_id_of
from overheard.privacy.traces import Sealed, Traces, is_blotted, seal


@dataclass(frozen=True, slots=True)
class Forgotten:
    """One person who was forgotten.

    `person` is a keyed hash, as are the members of `accounts` (of person_ids), `posts` (of utterance_ids), `said` and
    `names` (see `Traces`). `finished_at` is "" while the work is under way; as long, `doomed` holds the ids of what
    must go, so that a killed run can go on: ids of accounts, posts and signals, and keys of vectors. `counts` tells
    what went, `nameless` how many names are too plain to be looked for.
    """

    person: str
    started_at: str
    finished_at: str
    accounts: frozenset[str]
    posts: frozenset[str]
    said: Sealed
    names: Sealed
    doomed: frozenset[str] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)
    nameless: int = 0

    def joined(self, before: Forgotten) -> Forgotten:
        """Return this record with what an earlier one of the same person knew."""
        return replace(
            self,
            person=before.person,
            accounts=self.accounts | before.accounts,
            posts=self.posts | before.posts,
            said=_joined([self.said, before.said]),
            names=_joined([self.names, before.names]),
            counts=before.counts,
        )

    def traces(self, key: bytes) -> Traces:
        """Return what finds their words."""
        return Traces(key, self.said, self.names)


class Refusals:
    """What is not taken in: people who were forgotten or wish not to be heard, and their words in others' mouths."""

    def __init__(
        self,
        key: bytes,
        forgotten: Iterable[Forgotten] = (),
        opted_out: OptOuts = NOBODY,
        traces: Traces | None = None,
    ) -> None:
        """Gather who is refused; `is_empty` tells that nobody is.

        Args:
            key: the market's.
            forgotten, opted_out: who is refused.
            traces: what finds their words, where it is known better than the records of the forgotten tell it.
        """
        people = list(forgotten)
        self.key, self._opted_out = key, opted_out
        self.is_empty = not people and opted_out == NOBODY
        self._accounts = frozenset().union(*(one.accounts for one in people))
        self._posts = frozenset().union(*(one.posts for one in people))
        sealed = Traces(key, _joined(one.said for one in people), _joined(one.names for one in people))
        self.traces = traces or sealed

    def is_person(self, person_id: str) -> bool:
        """Tell whether a person's words are refused, by their pseudonym."""
        return self._opted_out.has_id(person_id) or (
            bool(self._accounts) and seal(self.key, "account", person_id) in self._accounts
        )

    def is_author(self, source: str, name: str) -> bool:
        """Tell whether a name is that of somebody refused, or what was left of one."""
        if not name:
            return False
        return (
            is_blotted(name)
            or self._opted_out.has_name(name, source)
            or self.is_person(person_id_of(source, name, self.key))
        )

    def is_post(self, utterance_id: str) -> bool:
        """Tell whether a post was forgotten."""
        return bool(self._posts) and seal(self.key, "post", utterance_id) in self._posts

    def has_traces(self, text: str) -> bool:
        """Tell whether a text holds something of somebody forgotten."""
        return bool(self.traces.find(text))

    def blot(self, text: str) -> str:
        """Return a text without what is of somebody forgotten; its length stays."""
        return self.traces.blot(text)


def read_forgotten(content: bytes) -> list[Forgotten]:
    """Read what `write_forgotten` wrote."""
    return [_person_of(row) for row in json.loads(content)]


def write_forgotten(people: Iterable[Forgotten]) -> bytes:
    """Write who was forgotten, by their keyed hash."""
    rows = [_row_of(one) for one in sorted(people, key=lambda one: one.person)]
    return json.dumps(rows, indent=0, sort_keys=True).encode()


def finished(one: Forgotten, at: str, counts: Mapping[str, int]) -> Forgotten:
    """Return the record of finished work: no id is left in it."""
    return replace(one, finished_at=at, doomed=frozenset(), counts=dict(counts))


def _joined(parts: Iterable[Sealed]) -> Sealed:
    joined: dict[int, frozenset[str]] = {}
    for part in parts:
        for size, sealed in part.items():
            joined[size] = joined.get(size, frozenset()) | sealed
    return joined


def _row_of(one: Forgotten) -> dict[str, Any]:
    row = asdict(one)
    for name in ("accounts", "posts", "doomed"):
        row[name] = sorted(row[name])
    for name in ("said", "names"):
        row[name] = {str(size): sorted(sealed) for size, sealed in row[name].items()}
    return row


def _person_of(row: Mapping[str, Any]) -> Forgotten:
    sets = {name: frozenset(row[name]) for name in ("accounts", "posts", "doomed")}
    sealed = {name: {int(size): frozenset(found) for size, found in row[name].items()} for name in ("said", "names")}
    return Forgotten(**{**row, **sets, **sealed})
