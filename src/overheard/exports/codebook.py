"""The codes of a REFI-QDA project: pains with their families and parts, kinds of signals, segments."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overheard.exports.corpus import Corpus
from overheard.records import PainGroup

_SPACE = uuid.UUID("6c1f0f0e-6a54-5b0a-9d0c-7d2f6f6f7665")
"""Ours; the same thing has the same GUID in every export."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_NAME = 120
KINDS = {
    "pain": "something hurts them",
    "job": "what they want to get done",
    "request": "what they wish for",
    "question": "what they ask",
    "workaround": "how they help themselves",
    "recommendation": "what they use and recommend, or warn against",
    "worldview": "what they hold to be true",
    "objection": "what keeps them from buying or changing",
    "gain": "what is better since",
}


@dataclass(frozen=True)
class Code:
    """One code; `parent` is the key of the code it stands below, "" at the top."""

    key: str
    name: str
    description: str
    parent: str
    is_codable: bool = True


def guid_of(*parts: str) -> str:
    """Return the GUID that follows from what a thing is."""
    return str(uuid.uuid5(_SPACE, "\x1f".join(parts)))


def in_xml(text: str) -> str:
    """Return `text` on one line without what XML cannot hold."""
    return " ".join(_NOT_XML.sub("\ufffd", text).split())


def distinct(names: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return key → name, no two alike but for letter case: programs refuse the second of a name.

    Args:
        names: (key, wanted name), in an order that does not change; the first of a name keeps it.
    """
    taken: set[str] = set()
    given = {}
    for key, wanted in names:
        name = in_xml(wanted)[:_LONGEST_NAME].strip() or key
        if name.casefold() in taken:
            name = f"{name} ({key.rpartition(':')[2][:6]})"
        while name.casefold() in taken:
            name += "+"
        taken.add(name.casefold())
        given[key] = name
    return given


def make_codebook(corpus: Corpus) -> tuple[Code, ...]:
    """Return the codes, each after the one it stands below."""
    top = [
        Code("pains", "Pains", "What hurts, from families to single pains and their parts", "", is_codable=False),
        Code("signals", "Signals", "Kinds of sentences", "", is_codable=False),
        Code("segments", "Segments", "All that the people of a segment wrote", "", is_codable=False),
    ]
    kinds = [Code(f"signal:{kind}", f"Signal: {kind}", told, "signals") for kind, told in KINDS.items()]
    segments = [
        Code(f"segment:{one.segment_id}", f"Segment: {one.name or one.segment_id}", f"{one.people} people", "segments")
        for one in corpus.segments
    ]
    codes = [*top, *_pain_codes(corpus), *kinds, *segments]
    used = {code.parent for code in codes}
    codes = [code for code in codes if code.is_codable or code.key in used]
    names = distinct([(code.key, code.name) for code in codes])
    return tuple(
        Code(code.key, names[code.key], in_xml(code.description), code.parent, code.is_codable) for code in codes
    )


def _pain_codes(corpus: Corpus) -> list[Code]:
    """Families first; a family of one pain, and a part that is the whole pain, have the pain's id and are one code."""
    names = corpus.pain_names()
    groups = {one.group_id: one for one in corpus.pain_groups}
    parents = {one.group_id: one.parent_id for one in corpus.pain_groups if one.parent_id not in (None, one.group_id)}
    told = {one.pain_id: f"{one.people} people, {one.signals} sentences; {', '.join(one.words[:6])}"
            for one in corpus.pains}  # fmt: skip
    below: dict[str, list[str]] = defaultdict(list)
    for key in sorted({*names, *groups}):
        parent = parents.get(key)
        below[parent if parent in groups or parent in names else ""].append(key)
    codes: list[Code] = []
    queue = [(key, "pains") for key in below[""]]
    for key, parent in queue:
        name = names.get(key) or groups[key].name or key
        codes.append(
            Code(
                f"pain:{key}", name, told.get(key) or _told(groups[key]), parent, key in names or _is_part(groups[key])
            )
        )
        queue += [(child, f"pain:{key}") for child in below[key]]
    return codes


def _is_part(group: PainGroup) -> bool:
    return group.level > 0


def _told(group: PainGroup) -> str:
    return f"{group.people} people"


def pain_code_of(corpus: Corpus) -> Mapping[str, str]:
    """Return signal_id → key of the finest code it belongs to: the part of its pain, or the pain."""
    part_of = {signal: one.group_id for one in corpus.pain_groups if one.level > 0 for signal in one.signals}
    return {signal: f"pain:{part_of.get(signal, pain)}" for signal, pain in corpus.pain_of.items()}
