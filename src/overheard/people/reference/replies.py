"""Which utterance does a reply answer? Only what its source says of it counts; the post before is no evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from unicodedata import normalize
from urllib.parse import urljoin

from overheard.people.reference.thread import Thread
from overheard.records import Utterance, id_of

Target = tuple[str, str | None]
"""A person referred to, and the utterance of theirs that is meant, where it is known."""


class Answered:
    """Finds what the replies of one thread answer: by the source's own key, by address, or by whom."""

    def __init__(self, thread: Thread, known: Mapping[str, Utterance], names: Mapping[str, Collection[str]]) -> None:
        """Build the indexes of a thread.

        Args:
            thread: whose replies are asked for.
            known: every utterance of the market by id: a chat's reply may answer another conversation.
            names: shown names by person id, of every account they have.
        """
        self._document, self._known = thread.document, known
        utterances = [one.utterance for one in thread.said]
        held = Counter(one.url for one in utterances)
        # Posts without an address of their own carry the thread's.
        self._by_url = {one.url: one for one in utterances if held[one.url] == 1}
        self._by_name = {_plain(name): person for person in thread.authors for name in names.get(person, ())}

    def find(self, utterance: Utterance) -> Target | None:
        """Return whom `utterance` answers."""
        told = utterance.replies_to
        if not told:
            return None
        answered = self._known.get(id_of(self._document.source, told)) or self._by_url.get(self._address(told))
        if answered is not None:
            return answered.person_id, answered.utterance_id
        person = self._by_name.get(_plain(told))
        return None if person is None else (person, None)

    def _address(self, told: str) -> str:
        try:
            return urljoin(self._document.url, told)
        except ValueError:
            # A name or key can look like a broken address: "//[x".
            return told


def _plain(name: str) -> str:
    return normalize("NFKC", name).strip().casefold()
