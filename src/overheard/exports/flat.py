"""The same as rows of two tables: what was said, and what was found in it."""

from __future__ import annotations

from overheard.exports.corpus import Corpus

Row = list[str | int | float | None]

POSTS = ("utterance_id", "document_id", "source", "title", "position", "person_id", "role", "segment", "said_at", "url",
         "answers", "text")  # fmt: skip
SIGNALS = ("signal_id", "utterance_id", "person_id", "segment", "kind", "rung", "probability", "force", "start", "end",
           "pain_id", "pain", "text")  # fmt: skip


def posts_rows(corpus: Corpus) -> list[Row]:
    """Return a row a post, columns as in `POSTS`."""
    names = corpus.segment_names()
    rows: list[Row] = []
    for conversation in corpus.conversations:
        document = conversation.document
        for one in conversation.utterances:
            segment = names.get(corpus.segment_of.get(one.person_id, ""), "")
            said_at = one.said_at.isoformat() if one.said_at else ""
            answers = corpus.answers.get(one.utterance_id, "")
            role = corpus.role_of.get(one.person_id, "customer")
            rows.append([one.utterance_id, document.document_id, document.source, document.title, one.position,
                         one.person_id, role, segment, said_at, one.url, answers, one.text])  # fmt: skip
    return rows


def signals_rows(corpus: Corpus) -> list[Row]:
    """Return a row a signal, columns as in `SIGNALS`; `start` and `end` are characters into the post's text."""
    segments, pains = corpus.segment_names(), corpus.pain_names()
    rows: list[Row] = []
    for conversation in corpus.conversations:
        for one in conversation.utterances:
            for signal in corpus.signals.get(one.utterance_id, ()):
                segment = segments.get(corpus.segment_of.get(signal.person_id, ""), "")
                pain_id = corpus.pain_of.get(signal.signal_id, "")
                rung = signal.strength if signal.kind == "pain" else None
                rows.append([signal.signal_id, one.utterance_id, signal.person_id, segment, signal.kind, rung,
                             signal.probability, signal.force, signal.start, signal.end, pain_id,
                             pains.get(pain_id, ""), one.text[signal.start : signal.end]])  # fmt: skip
    return rows
