"""What was heard from the sources the market names now, and from whom: the ground every later step stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from overheard.records import Document, Role, Utterance
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
    """Load documents and utterances; `interviews` are ids of documents that come from transcripts."""
    kinds = {source.name: source.kind for source in market.settings.source}
    documents = {
        document.document_id: document
        for document in market.tables.load("documents", Document)
        if document.source in kinds
    }
    # A sponsor's copy read aloud is nobody's own words.
    utterances = tuple(
        row
        for row in market.tables.load("utterances", Utterance)
        if row.document_id in documents and row.aside != "advert"
    )
    transcripts = frozenset(key for key, document in documents.items() if kinds[document.source] == "transcripts")
    return Heard(documents, utterances, transcripts)


def load_customers(market: Market) -> frozenset[str]:
    """Load the ids of the people whose words count."""
    return frozenset(role.person_id for role in market.tables.load("roles", Role) if role.role == "customer")
