"""What every export writes: conversations in their order, what was found in each post, who says it, in which segment.

A name or contact detail is covered by as many blocks as it has characters, so that a place counted in characters is the
same in every export, in the report and in the tables, covered or not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from overheard.records import (
    Document,
    Membership,
    Pain,
    PainGroup,
    Placement,
    Reference,
    Role,
    Segment,
    Signal,
    Span,
    Utterance,
)

BLOCK = "\u2588"
_SEEN = re.compile(r"\S")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""What no file of text can hold: a NUL and one half of a surrogate pair."""
_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """The records an export is made of; `blots` names what must not be shown of a text."""

    market: str
    documents: Sequence[Document]
    utterances: Sequence[Utterance]
    roles: Sequence[Role]
    signals: Sequence[Signal]
    pains: Sequence[Pain]
    placements: Sequence[Placement]
    pain_groups: Sequence[PainGroup]
    segments: Sequence[Segment]
    memberships: Sequence[Membership]
    references: Sequence[Reference]
    blots: Callable[[str], list[Span]]


@dataclass(frozen=True)
class Conversation:
    """A thread or talk with what was said in it, in its order; at least one utterance."""

    document: Document
    utterances: tuple[Utterance, ...]


@dataclass(frozen=True)
class Corpus:
    """The records by id, texts and titles covered, everything in an order that follows from ids alone.

    Attributes:
        signals: of an utterance, by place.
        pain_of: signal_id → pain_id, where the signal fits one.
        segment_of: person_id → segment_id, of those who are in one now.
        role_of: person_id → role.
        answers: utterance_id → the utterance it answers, where its source tells.
    """

    market: str
    conversations: tuple[Conversation, ...]
    signals: Mapping[str, tuple[Signal, ...]]
    pains: tuple[Pain, ...]
    pain_groups: tuple[PainGroup, ...]
    pain_of: Mapping[str, str]
    segments: tuple[Segment, ...]
    segment_of: Mapping[str, str]
    role_of: Mapping[str, str]
    answers: Mapping[str, str]

    def pain_names(self) -> dict[str, str]:
        """Return pain_id → name."""
        return {one.pain_id: one.name or ", ".join(one.words[:3]) or one.pain_id for one in self.pains}

    def segment_names(self) -> dict[str, str]:
        """Return segment_id → name."""
        return {one.segment_id: one.name or one.segment_id for one in self.segments}


def join_corpus(found: Found) -> Corpus:
    """Join records by their ids and cover what must not be shown."""
    documents = {one.document_id: _covered(one, found.blots) for one in found.documents}
    said: dict[str, list[Utterance]] = defaultdict(list)
    for one in found.utterances:
        text = covered(one.text, found.blots(one.text))
        said[one.document_id].append(replace(one, text=text, url=_address(one.url, found.blots)))

    def named(name: str) -> str:
        return covered(name, found.blots(name))

    conversations = tuple(
        Conversation(documents[key], tuple(sorted(rows, key=lambda row: (row.position, row.utterance_id))))
        for key, rows in sorted(said.items())
    )
    signals: dict[str, list[Signal]] = defaultdict(list)
    for signal in sorted(found.signals, key=lambda row: (row.start, row.end, row.kind, row.signal_id)):
        signals[signal.utterance_id].append(signal)
    known = {one.pain_id for one in found.pains}
    return Corpus(
        market=found.market,
        conversations=conversations,
        signals={key: tuple(rows) for key, rows in signals.items()},
        pains=tuple(replace(one, name=named(one.name)) for one in sorted(found.pains, key=lambda row: row.pain_id)),
        pain_groups=tuple(
            replace(one, name=named(one.name))
            for one in sorted(found.pain_groups, key=lambda row: (row.level, row.group_id))
        ),
        pain_of={one.signal_id: one.pain_id for one in found.placements if one.pain_id and one.pain_id in known},
        segments=tuple(
            replace(one, name=named(one.name)) for one in sorted(found.segments, key=lambda row: row.segment_id)
        ),
        segment_of=_segment_of(found),
        role_of={one.person_id: one.role for one in found.roles},
        answers={
            one.utterance_id: one.to_utterance_id
            for one in sorted(found.references, key=lambda row: row.reference_id)
            if one.kind == "reply" and one.to_utterance_id
        },
    )


def covered(text: str, blots: Sequence[Span]) -> str:
    """Return `text` with blocks over `blots`; as long as before, blanks in their places."""
    pieces, at = [], 0
    for start, end in sorted(blots):
        pieces += [text[at:start], _SEEN.sub(BLOCK, text[max(at, start) : end])]
        at = max(at, end)
    return _UNWRITABLE.sub("\ufffd", "".join([*pieces, text[at:]]))


def _covered(document: Document, blots: Callable[[str], list[Span]]) -> Document:
    title = covered(document.title, blots(document.title))
    return replace(document, title=title, url=_address(document.url, blots))


def _address(url: str, blots: Callable[[str], list[Span]]) -> str:
    """A link stays one; the path of a file is often called after a person."""
    return _UNWRITABLE.sub("\ufffd", url) if _WEB.match(url) else covered(url, blots(url))


def _segment_of(found: Found) -> dict[str, str]:
    known = {one.segment_id for one in found.segments}
    now = {}
    for one in sorted(found.memberships, key=lambda row: (row.person_id, row.valid_from, row.segment_id or "")):
        if one.valid_to is None:
            now[one.person_id] = one.segment_id
    return {person: segment for person, segment in now.items() if segment in known and segment is not None}
