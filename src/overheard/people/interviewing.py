"""Who does the asking in an interview? The one whose turns are mostly short questions, or who is labelled so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overheard.records import Utterance

_LABEL = re.compile(r"\W*(?:interviewers?|moderators?|facilitators?|hosts?|researchers?|q|question)\W*\d*\W*", re.I)
_ASKED = re.compile(r"\?[\"'”’)\]]*\s*$")
_ASKING_TURNS = 0.4
_FEWEST_TURNS = 3
_SHORTER = 0.75
"""Of the words a turn that the others of the interview use; people who are interviewed answer at length."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one person talks in one interview: turns, the share of them that end in asking, words a turn."""

    turns: int
    asking: float
    words: float


def interviewer_evidence(turns: Sequence[Utterance], names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Find interviewers among the speakers of interviews, never all speakers of one.

    Args:
        turns: every turn of every interview, in any order.
        names: person_id → shown name or label; "Interviewer", "Host", "Q" settle it.

    Returns:
        person_id → evidence, for interviewers only.
    """
    by_document: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for turn in turns:
        by_document[turn.document_id][turn.person_id].append(turn.text)
    asked: dict[str, list[_Manner]] = defaultdict(list)
    seen: dict[str, int] = defaultdict(int)
    labelled = set()
    for speakers in by_document.values():
        labels = {person_id for person_id in speakers if _LABEL.fullmatch(names.get(person_id, ""))}
        labelled |= labels
        for person_id in speakers:
            seen[person_id] += 1
        if not labels:
            for person_id, manner in _askers({key: _manner(value) for key, value in speakers.items()}).items():
                asked[person_id].append(manner)
    found: dict[str, tuple[str, ...]] = {person_id: (f"labelled {names[person_id].strip()}",) for person_id in labelled}
    for person_id, manners in asked.items():
        if person_id not in labelled and 2 * len(manners) >= seen[person_id]:
            share = sum(manner.asking for manner in manners) / len(manners)
            words = sum(manner.words for manner in manners) / len(manners)
            found[person_id] = (
                f"{share:.0%} of turns ask, {words:.0f} words a turn, in {len(manners)} of {seen[person_id]}",
            )
    return found


def _manner(texts: Sequence[str]) -> _Manner:
    """Turns of one or two words ("Right.") neither ask nor answer and are left out."""
    spoken = [text for text in texts if len(text.split()) >= 3]
    if not spoken:
        return _Manner(0, 0.0, 0.0)
    asking = sum(1 for text in spoken if _ASKED.search(text)) / len(spoken)
    return _Manner(len(spoken), asking, sum(len(text.split()) for text in spoken) / len(spoken))


def _askers(speakers: Mapping[str, _Manner]) -> dict[str, _Manner]:
    """Pick the speakers who ask in most turns and at less length than those who don't."""
    asking = {key: one for key, one in speakers.items() if one.turns >= _FEWEST_TURNS and one.asking >= _ASKING_TURNS}
    answering = [one for key, one in speakers.items() if key not in asking and one.turns > 0]
    if not answering:
        return {}
    longest = max(one.words for one in answering)
    return {key: one for key, one in asking.items() if one.words <= _SHORTER * longest}
