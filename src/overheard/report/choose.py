"""Which sentences stand for the others: from distinct people, the central ones first, nobody too often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import heapify, heappop

from overheard.report.findings import Told
from overheard.report.quotes import Quote, Quoter

EASY_LENGTH = (45, 280)
"""Characters of a sentence that is read at a glance and says something without its neighbours."""

LEAST_VISIBLE = 0.6
"""Share of a sentence that must be left when names are out; less is not worth reading."""

CENTRAL_FIRST = 2
"""Quotes taken for being central before the strongest ones follow."""


OFTEN = 2
"""Quotes of one person on a page, after which others speak first."""


class Chooser:
    """Chooses the quotes of one page. A person quoted `OFTEN` gives way to those quoted less."""

    def __init__(self, quoter: Quoter) -> None:
        """Args: quoter: cuts and blots."""
        self._quoter = quoter
        self._quoted: Counter[str] = Counter()
        self._shown: set[str] = set()

    def choose(self, told: Sequence[Told], central: Sequence[str], limit: int, with_rung: bool) -> tuple[Quote, ...]:
        """Choose at most `limit` quotes, each of another person and none saying what the page has said.

        Args:
            told: sentences to choose from.
            central: signal ids that stand for them best, best first.
            limit: how many at most.
            with_rung: whether the sentences' rungs mean something (they do for pains).
        """
        place = {signal_id: at for at, signal_id in enumerate(central)}
        last = len(place)
        by_strength = [(self._is_heard_enough(one), _weakness(one), at) for at, one in enumerate(told)]
        by_centre = [
            (is_heard, (weakness[0], place.get(told[at].signal.signal_id, last), *weakness), at)
            for is_heard, weakness, at in by_strength
        ]
        chosen: list[Quote] = []
        people: set[str] = set()
        for queue, wanted in ((by_centre, min(CENTRAL_FIRST, limit)), (by_strength, limit)):
            heapify(queue)
            while queue and len(chosen) < wanted:
                one = told[heappop(queue)[-1]]
                if one.signal.person_id not in people and self._is_worth(one):
                    chosen.append(self._take(one, with_rung))
                    people.add(one.signal.person_id)
        return tuple(chosen)

    def _is_heard_enough(self, one: Told) -> bool:
        return self._quoted[one.signal.person_id] >= OFTEN

    def _is_worth(self, one: Told) -> bool:
        text, start, end = one.utterance.text, one.signal.start, one.signal.end
        if _plain(text[start:end]) in self._shown:
            return False
        return self._quoter.visible_share(text, start, end) >= LEAST_VISIBLE

    def _take(self, one: Told, with_rung: bool) -> Quote:
        signal = one.signal
        self._quoted[signal.person_id] += 1
        self._shown.add(_plain(one.utterance.text[signal.start : signal.end]))
        rung = signal.strength if with_rung else None
        return self._quoter.quote(one.utterance, one.document, signal.start, signal.end, rung)


def _weakness(one: Told) -> tuple[object, ...]:
    signal = one.signal
    sure = max(one.fit, signal.probability)
    return (not _is_easy(one), -signal.strength, -sure, signal.end - signal.start, signal.signal_id)


def _is_easy(one: Told) -> bool:
    return EASY_LENGTH[0] <= one.signal.end - one.signal.start <= EASY_LENGTH[1]


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
