"""Whose words does somebody quote? The earlier utterance of the thread that holds most of the quoted word runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from overheard.people.reference.replies import Target
from overheard.people.reference.thread import Said, Thread, Word, words_of

_RUN = 4
"""Words in a row that are compared; fewer are said by many."""
_LEAST_SHARE = 0.5
"""Of a quote's runs that its source must hold: a quote is often shortened, and may begin with "Ann wrote"."""
_MOST_HOLDERS = 6
"""Earliest utterances remembered for a run: what more people say is nobody's."""

Run = tuple[str, ...]


class Quoted:
    """Finds the sources of quotes in one thread; utterances are to be given in the thread's order."""

    def __init__(self, thread: Thread) -> None:
        """Begin a thread."""
        self._has_quotes = any(said.utterance.not_own for said in thread.said)
        self._holders: dict[Run, list[int]] = defaultdict(list)
        self._given: list[Said] = []

    def find(self, said: Said) -> list[Target]:
        """Return whom an utterance quotes and what of theirs, in its order, and remember the utterance.

        Where two utterances hold as much of a quote, it is the earlier one's: the later copied it.
        """
        if not self._has_quotes:
            return []
        utterance = said.utterance
        found: dict[Target, None] = {}
        for start, end in utterance.not_own:
            source = self._source_of(_runs_of(words_of(utterance.text[start:end])))
            if source is not None:
                found[source.utterance.person_id, source.utterance.utterance_id] = None
        for run in dict.fromkeys(_runs_of(said.words)):
            if len(self._holders[run]) < _MOST_HOLDERS:
                self._holders[run].append(len(self._given))
        self._given.append(said)
        return list(found)

    def _source_of(self, runs: list[Run]) -> Said | None:
        held = Counter(at for run in runs for at in self._holders.get(run, ()))
        if not held:
            return None
        at, most = min(held.items(), key=lambda entry: (-entry[1], entry[0]))
        return self._given[at] if most >= _LEAST_SHARE * len(runs) else None


def _runs_of(words: Sequence[Word]) -> list[Run]:
    folded = [word.folded for word in words]
    return [tuple(folded[at : at + _RUN]) for at in range(len(folded) - _RUN + 1)]
