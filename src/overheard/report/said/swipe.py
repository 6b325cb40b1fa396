"""Which quotes are worth writing from? One a person, of every type of message, the most specific first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from overheard.records import SignalKind
from overheard.report.findings import Told
from overheard.report.said.group import Group
from overheard.report.said.telling import is_own, leans, sentence_of
from overheard.report.said.views import MessageType, SwipeEntry
from overheard.report.view import PainView

MOST_QUOTES = 12
TYPES: Mapping[MessageType, tuple[SignalKind, ...]] = {
    "motivation": ("pain", "job", "request"),
    "value": ("gain",),
    "anxiety": ("objection",),
}
ABOUT: Mapping[SignalKind, str] = {
    "job": "what they try to get done",
    "request": "what they wish for",
    "gain": "what they are glad of",
    "objection": "what holds them back",
}
LEAST_RUNG = 2
"""Pains from which on a sentence tells what it costs; a bare problem moves nobody."""


def fill_swipe_file(group: Group, pains: Sequence[PainView]) -> tuple[SwipeEntry, ...]:
    """Take the best quote of each type in turn, until there are enough or none is left.

    What fewer people voice than a group may be shown for is not quoted.
    """
    names = {one.signal.signal_id: pain.name for pain in pains for one in group.market.pain_told.get(pain.pain_id, ())}
    queues = {
        message: [
            one
            for one in group.telling(*(kind for kind in kinds if group.is_enough(group.voiced(kind))))
            if _is_worth(one, names)
        ]
        for message, kinds in TYPES.items()
    }
    terms = {one.name: one.terms for one in group.market.findings.settings.source}
    chosen: list[tuple[MessageType, Told]] = []
    quoted: set[str] = set()
    while len(chosen) < MOST_QUOTES and any(queues.values()):
        for message, queue in queues.items():
            while queue and len(chosen) < MOST_QUOTES:
                one = queue.pop(0)
                if one.signal.person_id in quoted or not group.is_whole(one):
                    continue
                if _is_new(group, one, [other for _, other in chosen]):
                    quoted.add(one.signal.person_id)
                    chosen.append((message, one))
                    break
    return tuple(
        SwipeEntry(
            message,
            names.get(one.signal.signal_id) or ABOUT[one.signal.kind],
            group.quote(one),
            terms.get(one.document.source, ""),
        )
        for message in TYPES
        for own, one in chosen
        if own == message
    )


def _is_worth(one: Told, names: Mapping[str, str]) -> bool:
    sentence = sentence_of(one)
    if leans(sentence) or not is_own(sentence):
        return False
    return one.signal.kind != "pain" or (one.signal.signal_id in names and one.signal.strength >= LEAST_RUNG)


def _is_new(group: Group, one: Told, chosen: Sequence[Told]) -> bool:
    return len(group.wording.groups([*chosen, one])) == len(chosen) + 1
