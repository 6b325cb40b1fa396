"""Utterances → references: who answers, names, quotes and follows whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from overheard.people.reference.advice import Advice
from overheard.people.reference.mentions import Named, find_plain_words, read_names
from overheard.people.reference.quotes import Quoted
from overheard.people.reference.replies import Answered, Target
from overheard.people.reference.thread import Said, read_threads
from overheard.records import Document, Reference, ReferenceKind, Signal, Slot, Utterance, id_of


def find_references(
    utterances: Sequence[Utterance],
    documents: Mapping[str, Document],
    names: Mapping[str, Collection[str]],
    customers: Collection[str],
    signals: Sequence[Signal],
    slots: Sequence[Slot],
) -> list[Reference]:
    """Find who refers to whom.

    Replies as the source tells them, mentions by name, quotes of what was said earlier in the thread, advice taken up.
    That somebody writes below another is no reference.

    Args:
        utterances: everything said, by anybody: names and quotes of staff must not be taken for others'.
        documents: by id.
        names: shown names by person id, of every account they have.
        customers: whose references count, and references to whom.
        signals: of all kinds; recommendations are used.
        slots: what is recommended.

    Returns:
        In the order of threads and what is said in them; at most one of a kind from an utterance to a person.
    """
    threads = list(read_threads(utterances, documents))
    known = {one.utterance_id: one for one in utterances}
    read = read_names(names)
    plain_words = find_plain_words(threads, read)
    advice: dict[str, list[Signal]] = defaultdict(list)
    for signal in signals:
        if signal.kind == "recommendation":
            advice[signal.utterance_id].append(signal)
    recommended: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        recommended[slot.signal_id].append(slot)
    references = []
    for thread in threads:
        answered, named = Answered(thread, known, names), Named(thread, read, plain_words)
        quoted, followed = Quoted(thread), Advice(thread, advice, recommended)
        for said in thread.said:
            found: list[tuple[ReferenceKind, Target]] = []
            target = answered.find(said.utterance)
            found += [("reply", target)] if target else []
            found += [("mention", (person, None)) for person in named.find(said)]
            found += [("quote", source) for source in quoted.find(said)]
            found += [("advice taken", source) for source in followed.find(said, [one for _, one in found])]
            references += list(_references(said, found, customers))
    return references


def _references(
    said: Said, found: Sequence[tuple[ReferenceKind, Target]], customers: Collection[str]
) -> Iterator[Reference]:
    """Yield a reference for each, without those to oneself or from or to people whose words do not count."""
    one = said.utterance
    known = set()
    for kind, (person, meant) in found:
        is_counted = person != one.person_id and person in customers and one.person_id in customers
        if is_counted and (kind, person) not in known:
            known.add((kind, person))
            key = id_of(one.utterance_id, kind, person)
            yield Reference(key, one.person_id, person, kind, one.utterance_id, meant, one.document_id, one.said_at)
