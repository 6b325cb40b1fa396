"""Whom of a segment can be written to: active people whom others turn to, with the sentence that is the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from overheard.records import Reference, Signal, Utterance


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to write to, and why.

    `signal` is their strongest pain among those that can be linked to, in pain `pain_id`. `referred_by` people refer to
    them, `here` of these are of the segment; `refers_to` are those they refer to, `advised` took their advice; each
    person counts once.
    """

    person_id: str
    last_said: date
    referred_by: int
    here: int
    refers_to: int
    advised: int
    pain_id: str
    signal: Signal


@dataclass(frozen=True, slots=True)
class Outreach:
    """The list, whom others turn to first, and how many people were left out, by reason."""

    contacts: tuple[Contact, ...]
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the market's people: what they said, their pains by signal_id, and who refers to whom.

    `linked` are ids of utterances with a web address, where their author can be answered.
    """

    utterances: Sequence[Utterance]
    signals: Sequence[Signal]
    pain_of: Mapping[str, str]
    references: Sequence[Reference]
    linked: Collection[str]


def choose_contacts(
    people: Collection[str], pains: Collection[str], known: Known, opted_out: Collection[str], lately_days: int
) -> Outreach:
    """Choose whom to write to.

    Nobody is listed who is silent, whose reason has no address, or who neither refers to anybody nor is referred to:
    fewer letters, each with a reason.

    Args:
        people: of the segment.
        pains: what sets the segment apart; a sentence about one of these is a better reason than any other.
        known: what is known.
        opted_out: people who must not be written to.
        lately_days: how long before the newest dated post of the market somebody may have been heard last.

    Returns:
        Contacts, those most people refer to first, people of the segment before others.
    """
    last = _last_said(known.utterances)
    since = max(last.values(), default=date.max) - timedelta(days=lately_days)
    reasons = _strongest(known, pains)
    to, of, advised = _ties(known.references)
    left_out: Counter[str] = Counter()
    contacts = []
    for person in sorted(people):
        if person in opted_out:
            left_out["opted out"] += 1
        elif person not in last or last[person] < since:
            left_out["not heard lately"] += 1
        elif person not in reasons:
            left_out["no pain of theirs has a web address"] += 1
        elif not to[person] and not of[person]:
            left_out["nobody refers to them, nor they to anybody"] += 1
        else:
            pain_id, signal = reasons[person]
            counts = len(to[person]), len(to[person] & frozenset(people)), len(of[person]), len(advised[person])
            contacts.append(Contact(person, last[person], *counts, pain_id, signal))
    contacts.sort(key=lambda one: (-one.here, -one.referred_by, -one.signal.strength, one.signal.signal_id))
    return Outreach(tuple(contacts), dict(sorted(left_out.items())))


def _last_said(utterances: Sequence[Utterance]) -> dict[str, date]:
    last: dict[str, date] = {}
    for one in utterances:
        if one.said_at is not None:
            day = one.said_at.date()
            last[one.person_id] = max(last.get(one.person_id, day), day)
    return last


def _strongest(known: Known, pains: Collection[str]) -> dict[str, tuple[str, Signal]]:
    """Return each person's strongest pain with an address, of `pains` where there is one, and which pain it is."""

    def rank(one: Signal) -> tuple[bool, int, float, str]:
        return known.pain_of[one.signal_id] not in pains, -one.strength, -one.probability, one.signal_id

    told = [one for one in known.signals if one.utterance_id in known.linked and one.signal_id in known.pain_of]
    found: dict[str, Signal] = {}
    for one in sorted(told, key=rank):
        found.setdefault(one.person_id, one)
    return {person: (known.pain_of[one.signal_id], one) for person, one in found.items()}


_Ties = defaultdict[str, set[str]]


def _ties(references: Sequence[Reference]) -> tuple[_Ties, _Ties, _Ties]:
    """Return, by person, who refers to them, to whom they refer, and who took their advice."""
    to: _Ties = defaultdict(set)
    of: _Ties = defaultdict(set)
    advised: _Ties = defaultdict(set)
    for one in references:
        to[one.to_person_id].add(one.person_id)
        of[one.person_id].add(one.to_person_id)
        if one.kind == "advice taken":
            advised[one.to_person_id].add(one.person_id)
    return to, of, advised
