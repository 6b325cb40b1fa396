"""The sentences of one group of people, and which of them stand for a list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from overheard.records import SignalKind
from overheard.report.figures import Share, share_of
from overheard.report.findings import Market, Told, people_of
from overheard.report.quotes import Quote, Quoter
from overheard.report.said.telling import SURE, is_plain, leans, sentence_of
from overheard.report.said.views import Point, PointList
from overheard.report.said.wording import Wording, stems_of

TITLE_WORDS = 2


def counted_share(share: Share) -> str:
    """Say a share in words: "31 of 95 (33%, likely 24 to 43%)"."""
    return f"{share.counted} ({share.percent})" if share.percent else share.counted


class Group:
    """Some people of a market: a segment, or all customers.

    Attributes:
        market: where they speak.
        quoter: cuts and blots.
        members: who they are.
        wording: how rare words are in the whole market.
    """

    def __init__(
        self, market: Market, quoter: Quoter, members: Collection[str], wording: Wording, matter: Iterable[str]
    ) -> None:
        """Args: matter: names, words and terms that say what the group's talk is about."""
        self.market, self.quoter, self.members, self.wording = market, quoter, members, wording
        self._matter = frozenset(stem for text in matter for stem in stems_of(text))
        self._telling: dict[tuple[SignalKind, ...], list[Told]] = {}
        self._hurt = {(one.utterance.utterance_id, one.signal.start) for one in self.voiced("pain")}

    def voiced(self, *kinds: SignalKind) -> list[Told]:
        """Return all their sentences of some kinds, by signal_id within each kind."""
        return [one for kind in kinds for one in self.market.told.get(kind, ()) if one.signal.person_id in self.members]

    def told(self, *kinds: SignalKind) -> list[Told]:
        """Return those that are sure to be of their kind: what is counted."""
        return [one for one in self.voiced(*kinds) if one.signal.probability >= SURE[one.signal.kind]]

    def telling(self, *kinds: SignalKind) -> list[Told]:
        """Return those that read well alone and are about the matter, the most specific first: what is quoted.

        What is said to be good in the same breath as something that hurts is mostly meant otherwise.
        """
        if kinds not in self._telling:
            kept = [one for one in self.told(*kinds) if self.wording.is_readable(one) and self.is_about(one)
                    and self._is_meant(one)
                    ]  # fmt: skip
            self._telling[kinds] = sorted(kept, key=lambda one: (-self.wording.specificity(one), one.signal.signal_id))
        return self._telling[kinds]

    def _is_meant(self, one: Told) -> bool:
        sour = one.signal.kind == "gain" and (one.utterance.utterance_id, one.signal.start) in self._hurt
        return is_plain(one) and not sour

    def is_about(self, one: Told) -> bool:
        """Tell whether a sentence shares a word with what the group's talk is about, or its thread's title two.

        One word of a title is too little: there are dogs in the office, too.
        """
        titled = len(self._matter & self.wording.stems_of_title(one)) >= TITLE_WORDS
        return titled or not self._matter.isdisjoint(self.wording.stems(one))

    def is_whole(self, one: Told) -> bool:
        """Tell whether nothing of a sentence has to be blotted. Searching for names is slow: ask this last."""
        return self.quoter.visible_share(one.utterance.text, one.signal.start, one.signal.end) == 1

    def is_enough(self, told: Iterable[Told]) -> bool:
        """Tell whether enough people say it to be counted."""
        return len(people_of(told)) >= self.market.smallest

    def share(self, people: int) -> Share | None:
        """Return people as a share of the group, None where they are too few to be counted."""
        return share_of(people, len(self.members)) if people >= self.market.smallest else None

    def people(self, told: Iterable[Told]) -> str:
        """Say how many people these sentences come from."""
        count = len(people_of(told))
        share = self.share(count)
        return (
            counted_share(share) if share else "one voice" if count == 1 else f"2 to {self.market.smallest - 1} people"
        )

    def quote(self, one: Told) -> Quote:
        """Cut a sentence out."""
        return self.quoter.quote(one.utterance, one.document, one.signal.start, one.signal.end)

    def point(self, told: Sequence[Told], text: str = "") -> Point:
        """View sentences that say the same by the first of them."""
        return Point(text, self.people(told), self.share(len(people_of(told))), self.quote(told[0]))

    def pick(self, told: Sequence[Told], most: int, least_people: int = 1) -> list[list[Told]]:
        """Pick what sentences say, most people first, each time in the words of somebody not quoted before.

        Args:
            told: the sentences, best first.
            most: how many at most.
            least_people: who must say the like of it.

        Returns:
            Sentences that say the same; the first of them is the one to quote.
        """
        picked: list[list[Told]] = []
        quoted: set[str] = set()
        for alike in self.wording.groups(told):
            if len(picked) == most or len(people_of(alike)) < least_people:
                break
            best = next((one for one in alike if one.signal.person_id not in quoted and self.is_whole(one)), None)
            if best is not None:
                quoted.add(best.signal.person_id)
                picked.append([best, *(one for one in alike if one is not best)])
        return picked

    def note(
        self, what: str, kinds: Sequence[SignalKind], of: Callable[[Told], bool] = lambda _: True
    ) -> tuple[str, bool]:
        """Say of how many people a list is, and whether enough speak for it to be shown.

        Args:
            what: what these people do, as in "12 of 24 voice a fear".
            kinds: of sentences that do it.
            of: which of these count.
        """
        smallest, voiced = self.market.smallest, [one for one in self.voiced(*kinds) if of(one)]
        if not voiced:
            return f"Nobody is heard to {what}.", False
        if not self.is_enough(voiced):
            return f"Fewer than {smallest} people {what}; too few to show.", False
        sure = [one for one in self.told(*kinds) if of(one)]
        if self.is_enough(sure):
            return f"{self.people(sure)} {what}.", True
        return f"Fewer than {smallest} are sure to {what}: single voices.", True

    def points(self, what: str, kinds: Sequence[SignalKind], most: int, least_people: int = 1) -> PointList:
        """List what sentences of some kinds say; see `note` and `pick`."""
        note, is_shown = self.note(what, kinds)
        told = [one for one in self.telling(*kinds) if not leans(sentence_of(one))]
        return self.listed(note, is_shown, told, most, least_people)

    def listed(self, note: str, is_shown: bool, told: Sequence[Told], most: int, least_people: int = 1) -> PointList:
        """List sentences under a note, which also says when none of them is left to show."""
        picked = self.pick(told, most, least_people) if is_shown else []
        if is_shown and not picked:
            note += " None of it reads well alone." if least_people == 1 else " No two of them in like words."
        return PointList(note, tuple(self.point(one) for one in picked))
