"""What was heard from the sources the market names now, and from whom: the ground every later step stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from overheard.records import Alias, Document, Role, Utterance
from overheard.steps.market import Market


@dataclass(frozen=True, slots=True)
class Heard:
    """Documents and utterances of present sources, without adverts."""

    documents: Mapping[str, Document]
    utterances: tuple[Utterance, ...]
    interviews: frozenset[str]

    def source_of(self, utterance: Utterance) -> str:
        """Return the name of the source an utterance comes from."""
        return self.documents[utterance.document_id].source


def load_heard(market: Market) -> Heard:
    """Load documents and utterances; `interviews` are ids of documents that come from transcripts.

    This is the one place where accounts become people: whatever comes after counts those who were joined as one.
    """
    kinds = {source.name: source.kind for source in market.settings.source}
    documents = {
        document.document_id: document
        for document in market.tables.load("documents", Document)
        if document.source in kinds
    }
    person_of = load_joined(market)
    # A sponsor's copy read aloud is nobody's own words.
    utterances = tuple(
        replace(row, person_id=person_of.get(row.person_id, row.person_id))
        for row in market.tables.load("utterances", Utterance)
        if row.document_id in documents and row.aside != "advert"
    )
    transcripts = frozenset(key for key, document in documents.items() if kinds[document.source] == "transcripts")
    return Heard(documents, utterances, transcripts)


def load_joined(market: Market) -> dict[str, str]:
    """Load account_id → person_id of the accounts that were approved as one person's."""
    return {alias.account_id: alias.person_id for alias in market.tables.load("aliases", Alias)}


def load_readable(market: Market) -> frozenset[str]:
    """Load the ids of the people whose words are searched for signals: customers and passers-by."""
    return frozenset(
        role.person_id for role in market.tables.load("roles", Role) if role.role in ("customer", "passer-by")
    )


def load_customers(market: Market) -> frozenset[str]:
    """Load the ids of the people whose words count: customers, and passers-by in whose words a signal was found."""
    telling = frozenset(market.tables.load_column("signals", "person_id"))
    return frozenset(
        role.person_id
        for role in market.tables.load("roles", Role)
        if role.role == "customer" or (role.role == "passer-by" and role.person_id in telling)
    )
