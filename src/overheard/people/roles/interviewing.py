"""Who does the asking in an interview? The one whose turns are mostly short questions, or who is labelled so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from overheard.records import Utterance

_LABEL = re.compile(r"\W*(?:interviewers?|moderators?|facilitators?|hosts?|researchers?|q|question)\W*\d*\W*", re.I)
_ASKED = re.compile(r"\?[\"'”’)\]]*\s*$")
_ASKING_TURNS = 0.4
_FEWEST_TURNS = 3
_RECURRING = 3
"""Interviews somebody speaks in; those who are interviewed come once or twice, so a little more asking will do."""
_RECURRING_ASKING = 1.25
"""How many times the asking of the others of the same interviews."""
_LEAST_RECURRING_ASKING = 0.15
_SHORTER = 0.75
"""Of the words a turn of the one who talks longest; people who are interviewed answer at length."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one person talks in one interview: turns, the share of them that end in asking, words a turn."""

    turns: int
    asking: float
    words: float


@dataclass(frozen=True, slots=True)
class _Part:
    """One person's part in one interview: whether they mostly ask at less length, and how much the others ask."""

    manner: _Manner
    others_asking: float
    asks: bool


def interviewer_evidence(
    turns: Sequence[Utterance], names: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """Find interviewers among the speakers of interviews.

    Labels and the parts a transcript itself tells (ranks "Interviewer" and "Participant") settle it. Without any in an
    interview it is who mostly asks and says less than the one who tells most, or who speaks in several interviews and
    asks more than the others there.

    Args:
        turns: every turn of every interview, in any order.
        names: person_id → shown names or labels, such as "Interviewer", "Host", "Q".

    Returns:
        person_id → evidence, for interviewers only.
    """
    by_document: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    told: dict[str, set[str]] = {"Interviewer": set(), "Participant": set()}
    for turn in turns:
        by_document[turn.document_id][turn.person_id].append(turn.text)
        told.get(turn.rank, set()).add(turn.person_id)
    found: dict[str, tuple[str, ...]] = {}
    parts: dict[str, list[_Part]] = defaultdict(list)
    for speakers in by_document.values():
        labels = {key: sorted(filter(_LABEL.fullmatch, names.get(key, ()))) for key in speakers}
        asking = {person_id for person_id, own in labels.items() if own}
        found |= {person_id: (f"labelled as the one who asks: {labels[person_id][0].strip()}",) for person_id in asking}
        ranked = told["Interviewer"] & speakers.keys() - asking
        found |= dict.fromkeys(ranked, ("the transcript tells who asks",))
        if not asking and not ranked:
            for person_id, part in _parts({key: _manner(value) for key, value in speakers.items()}).items():
                if person_id not in told["Participant"]:
                    parts[person_id].append(part)
    for person_id in sorted(parts.keys() - found.keys()):
        if evidence := _evidence_of(parts[person_id]):
            found[person_id] = (evidence,)
    return found


def _evidence_of(parts: Sequence[_Part]) -> str:
    asked = sum(part.asks for part in parts)
    own = sum(part.manner.asking for part in parts) / len(parts)
    others = sum(part.others_asking for part in parts) / len(parts)
    if 2 * asked > len(parts):
        words = sum(part.manner.words for part in parts) / len(parts)
        return f"mostly asks: in {own:.0%} of turns, {words:.0f} words a turn, in {asked} of {len(parts)} interviews"
    if len(parts) >= _RECURRING and own >= _LEAST_RECURRING_ASKING and own >= _RECURRING_ASKING * others:
        return f"asks more than others in several interviews: {own:.0%} of turns to {others:.0%}, in {len(parts)}"
    return ""


def _manner(texts: Sequence[str]) -> _Manner:
    """Turns of one or two words ("Right.") neither ask nor answer and are left out."""
    spoken = [text for text in texts if len(text.split()) >= 3]
    if not spoken:
        return _Manner(0, 0.0, 0.0)
    asking = sum(1 for text in spoken if _ASKED.search(text)) / len(spoken)
    return _Manner(len(spoken), asking, sum(len(text.split()) for text in spoken) / len(spoken))


def _parts(speakers: Mapping[str, _Manner]) -> dict[str, _Part]:
    """Set each speaker of one interview against the others; who tells most never counts as asking."""
    longest = max((one.words for one in speakers.values()), default=0.0)
    talking = {key: one for key, one in speakers.items() if one.turns >= _FEWEST_TURNS}
    parts = {}
    for key, one in talking.items():
        others = [other.asking for name, other in talking.items() if name != key]
        asks = one.asking >= _ASKING_TURNS and one.words <= _SHORTER * longest
        parts[key] = _Part(one, sum(others) / len(others) if others else 0.0, asks)
    return parts
