"""A corpus as ConvoKit keeps it on disk: a folder of five files that `convokit.Corpus(filename=FOLDER)` opens.

The format is ConvoKit's (convokit.cornell.edu/documentation/data_format.html). Speakers are pseudonyms. A conversation
has the id of its first utterance, as ConvoKit wants it. ConvoKit also wants each further utterance to answer one: where
the source does not tell which, that is the first one, and `reply_is_known` is false. A time nobody told is null.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from overheard.exports.corpus import Conversation, Corpus
from overheard.records import Signal, Utterance

Meta = dict[str, Any]


def convokit_files(corpus: Corpus) -> dict[str, bytes]:
    """Return file name → content."""
    utterances = [row for one in corpus.conversations for row in _utterances(corpus, one)]
    speakers: dict[str, Meta] = {
        row["speaker"]: {"meta": _speaker(corpus, row["speaker"]), "vectors": []} for row in utterances
    }
    conversations: dict[str, Meta] = {
        one.utterances[0].utterance_id: {"meta": _conversation(one), "vectors": []} for one in corpus.conversations
    }
    whole = _whole(corpus)
    index = {
        "utterances-index": _types([row["meta"] for row in utterances]),
        "speakers-index": _types([one["meta"] for one in speakers.values()]),
        "conversations-index": _types([one["meta"] for one in conversations.values()]),
        "overall-index": _types([whole]),
        "version": 1,
        "vectors": [],
    }
    return {
        "utterances.jsonl": b"".join(_json(row) for row in utterances),
        "speakers.json": _json(speakers),
        "conversations.json": _json(conversations),
        "corpus.json": _json(whole),
        "index.json": _json(index),
    }


def _utterances(corpus: Corpus, conversation: Conversation) -> list[Meta]:
    first = conversation.utterances[0].utterance_id
    before: set[str] = set()
    rows: list[Meta] = []
    for one in conversation.utterances:
        told = corpus.answers.get(one.utterance_id)
        # An answer to what comes later, or stands elsewhere, would make a loop or leave the conversation.
        answered = told if told in before else None
        rows.append(
            {
                "id": one.utterance_id,
                "conversation_id": first,
                "text": one.text,
                "speaker": one.person_id,
                "meta": _utterance(corpus, one) | {"reply_is_known": answered is not None},
                "reply-to": answered or (first if before else None),
                "timestamp": int(one.said_at.timestamp()) if one.said_at else None,
                "vectors": [],
            }
        )
        before.add(one.utterance_id)
    return rows


def _utterance(corpus: Corpus, one: Utterance) -> Meta:
    signals = corpus.signals.get(one.utterance_id, ())
    return {
        "signals": [_signal(corpus, signal) for signal in signals],
        "pains": sorted({corpus.pain_of[signal.signal_id] for signal in signals if signal.signal_id in corpus.pain_of}),
        "not_own": [list(span) for span in one.not_own],
        "position": one.position,
        "url": one.url,
    }


def _signal(corpus: Corpus, one: Signal) -> Meta:
    return {
        "kind": one.kind,
        "start": one.start,
        "end": one.end,
        "rung": one.strength if one.kind == "pain" else None,
        "probability": round(one.probability, 4),
        "force": one.force,
        "pain_id": corpus.pain_of.get(one.signal_id),
    }


def _speaker(corpus: Corpus, person_id: str) -> Meta:
    segment = corpus.segment_of.get(person_id)
    name = corpus.segment_names().get(segment) if segment else None
    return {"role": corpus.role_of.get(person_id, "customer"), "segment_id": segment, "segment": name}


def _conversation(one: Conversation) -> Meta:
    document = one.document
    started = document.started_at.isoformat() if document.started_at else None
    return {
        "document_id": document.document_id,
        "source": document.source,
        "title": document.title,
        "url": document.url,
        "started_at": started,
    }


def _whole(corpus: Corpus) -> Meta:
    names = corpus.pain_names()
    return {
        "name": corpus.market,
        "made_by": "overheard",
        "pains": {one.pain_id: {"name": names[one.pain_id], "people": one.people} for one in corpus.pains},
        "segments": {
            one.segment_id: {"name": one.name, "people": one.people, "stability": round(one.stability, 4)}
            for one in corpus.segments
        },
    }


def _types(metas: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Name the classes each field of a kind of object has, as ConvoKit's index does; of None it says nothing."""
    found: dict[str, set[str]] = {key: set() for meta in metas for key in meta}
    for meta in metas:
        for key, value in meta.items():
            if value is not None:
                found[key].add(str(type(value)))
    return {key: sorted(found[key]) for key in sorted(found)}


def _json(value: object) -> bytes:
    """ASCII alone: ConvoKit opens its files in whatever encoding the machine prefers."""
    return (json.dumps(value, ensure_ascii=True, sort_keys=True, allow_nan=False) + "\n").encode()
