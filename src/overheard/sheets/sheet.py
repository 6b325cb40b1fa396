"""What does one thread or interview hold, under the headings of a Sales Safari note sheet?"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from overheard.records import Signal, SignalKind, Slot, Utterance
from overheard.sheets.jargon import Candidate

HeadingName = Literal["pains", "worldview", "recommendations", "questions", "also said"]

HEADINGS: Mapping[HeadingName, tuple[SignalKind, ...]] = {
    "pains": ("pain",),
    "worldview": ("worldview",),
    "recommendations": ("recommendation",),
    "questions": ("question",),
    "also said": ("job", "request", "workaround", "objection", "gain"),
}
"""Which kinds of signals stand under which heading, in the order of the sheet. Jargon is no signal and stands apart;
rough notes are left to whoever reads."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet: a sentence and its slots, such as what it recommends or warns against."""

    signal: Signal
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """All lines of one heading, those first that are most probable and, for pains, strongest.

    A page shows the first `shown` of them.
    """

    name: HeadingName
    lines: tuple[Line, ...]
    shown: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The notes on one document. `jargon` are its candidate terms, best first.

    `telling` is how much it is expected to tell: the lines' probabilities, a pain's weighted by its rung.
    """

    document_id: str
    headings: tuple[Heading, ...]
    jargon: tuple[Candidate, ...]
    telling: float


def find_telling(utterances: Iterable[Utterance], signals: Iterable[Signal], most: int) -> list[str]:
    """Return the ids of the `most` documents expected to tell most, best first; what they tell is as in `Sheet`."""
    document_of = {one.utterance_id: one.document_id for one in utterances}
    of_document: dict[str, list[Signal]] = defaultdict(list)
    for signal in signals:
        of_document[document_of[signal.utterance_id]].append(signal)
    telling = {document_id: _telling(own) for document_id, own in of_document.items()}
    return sorted(telling, key=lambda document_id: (-telling[document_id], document_id))[:most]


def write_sheets(
    utterances: Iterable[Utterance],
    signals: Iterable[Signal],
    slots: Iterable[Slot],
    jargon: Mapping[str, Sequence[Candidate]],
    most_lines: int,
) -> list[Sheet]:
    """Write a sheet for every document in which somebody says something.

    A sentence that says the same as an earlier line of its heading, letter for letter, is left out: people paste.

    Args:
        utterances: those the signals point into.
        signals: what customers say.
        slots: of the signals; others are ignored.
        jargon: candidate terms by document_id, best first.
        most_lines: lines a heading shows.

    Returns:
        Sheets, the most telling first. A document with jargon alone has none: a word is no finding by itself.
    """
    by_id = {one.utterance_id: one for one in utterances}
    slots_of: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        slots_of[slot.signal_id].append(slot)
    of_document: dict[str, list[Line]] = defaultdict(list)
    for signal in signals:
        own_slots = sorted(slots_of.get(signal.signal_id, ()), key=lambda slot: (slot.start, slot.end, slot.name))
        line = Line(signal, tuple(own_slots))
        of_document[by_id[signal.utterance_id].document_id].append(line)
    sheets = [
        Sheet(
            document_id,
            tuple(_heading(name, own, by_id, most_lines) for name in HEADINGS),
            tuple(jargon.get(document_id, ())),
            _telling(line.signal for line in own),
        )
        for document_id, own in of_document.items()
    ]
    return sorted(sheets, key=lambda sheet: (-sheet.telling, sheet.document_id))


def _heading(name: HeadingName, own: Iterable[Line], by_id: Mapping[str, Utterance], most_lines: int) -> Heading:
    lines: dict[str, Line] = {}
    listed = [one for one in own if one.signal.kind in HEADINGS[name]]
    for line in sorted(listed, key=lambda one: _weakness(one.signal)):
        signal = line.signal
        sentence = by_id[signal.utterance_id].text[signal.start : signal.end]
        plain = "".join(character for character in sentence.casefold() if character.isalnum())
        lines.setdefault(f"{signal.kind} {plain}", line)
    return Heading(name, tuple(lines.values()), min(most_lines, len(lines)))


def _telling(signals: Iterable[Signal]) -> float:
    return round(math.fsum(_weight(signal) for signal in signals), 4)


def _weakness(one: Signal) -> tuple[object, ...]:
    return (-_weight(one), -one.probability, one.utterance_id, one.start, one.signal_id)


def _weight(signal: Signal) -> float:
    # A stated problem counts like any other line, a mention half, money spent two and a half times.
    return signal.probability * ((1 + signal.strength) / 2 if signal.kind == "pain" else 1.0)
