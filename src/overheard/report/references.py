"""Do the people of a segment reference each other? The answer, what it rests on, whom they turn to, and a drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from overheard.records import Reference, ReferenceKind, ReferenceLevel, SegmentReference
from overheard.report.choose import Chooser
from overheard.report.drawing import Drawing, draw_references
from overheard.report.figures import counted, number
from overheard.report.findings import Market, Told
from overheard.report.quotes import Quote, Quoter

FEWEST_TIES, FEWEST_TIED = 20, 10
"""References and people, below which nothing is told; as they were compared."""
MOST_VOICES = 3
KINDS: Mapping[ReferenceKind, str] = {
    "reply": "answer each other",
    "mention": "name each other",
    "quote": "quote each other",
    "advice taken": "take each other’s advice",
}
LEVELS: Mapping[ReferenceLevel, tuple[str, str]] = {
    "too few to tell": (
        "Too few references to tell",
        f"{FEWEST_TIES} references by or to {FEWEST_TIED} of them are needed; among fewer, chance gives any answer",
    ),
    "shared needs only": (
        "Not that it shows: chance alone could give this",
        "level 1 of 3: they share needs, and would have to be told that others like them are served",
    ),
    "evident": (
        "Yes, more than chance would have it",
        "level 2 of 3: they treat each other as people of the same kind",
    ),
    "personal": (
        "Yes, and they act on what others of them say",
        "level 3 of 3: they turn to each other and take each other’s advice, so one who is served well brings others",
    ),
}


@dataclass(frozen=True, slots=True)
class KindView:
    """References of one kind within the segment, by person and thread; None where too few people make them."""

    kind: ReferenceKind
    words: str
    ties: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class TurnedToView:
    """One of the segment to whom `people` others of it refer, in `threads` threads; shown as a quote, never a name."""

    people: int
    threads: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class NeighbourView:
    """A segment in the drawing; `ties` is within for the page's own, else with it; None where too few people."""

    number: int
    name: str
    people: int
    is_own: bool
    ties: int | None


@dataclass(frozen=True, slots=True)
class ReferencesView:
    """The section; `measured` is None where too few people have references to show a number."""

    level: ReferenceLevel
    answer: str
    meaning: str
    measured: SegmentReference | None
    kinds: tuple[KindView, ...]
    turned_to: tuple[TurnedToView, ...]
    neighbours: tuple[NeighbourView, ...]
    drawing: Drawing | None

    @property
    def counted(self) -> str:
        """The references the answer rests on."""
        one = self.measured
        if one is None or not one.people:
            return "No references between people in segments" if one is not None else ""
        total = counted(one.internal + one.external, "reference")
        return f"{total} by or to {counted(one.people, 'person', 'people')}, {number(one.internal)} within the segment"


def chance_of(p: float) -> str:
    """Return a p-value as shown: three places, "below 0.001" for less."""
    return "below 0.001" if p < 0.001 else f"{p:.3f}"


def reference_views(market: Market, quoter: Quoter, shown: Sequence[tuple[str, str]]) -> dict[str, ReferencesView]:
    """View the references of each segment.

    Args:
        market: the findings.
        quoter: cuts and blots.
        shown: ids and names of the segments that are shown, in the report's order.

    Returns:
        By segment_id.
    """
    counts = _Counts(market, shown)
    return {key: counts.view(row, Chooser(quoter)) for row, (key, _) in enumerate(shown)}


class _Counts:
    """References within and between segments."""

    def __init__(self, market: Market, shown: Sequence[tuple[str, str]]) -> None:
        self._market, self._shown = market, shown
        self._measured = {one.segment_id: one for one in market.findings.segment_references}
        segment_of = {person: segment for segment, members in market.members.items() for person in members}
        self._within: dict[str, list[Reference]] = defaultdict(list)
        self._between: dict[frozenset[str], list[Reference]] = defaultdict(list)
        for one in market.findings.references:
            first, second = segment_of.get(one.person_id), segment_of.get(one.to_person_id)
            if first is not None and first == second:
                self._within[first].append(one)
            elif first is not None and second is not None:
                self._between[frozenset((first, second))].append(one)
        self._cells = self._hide_cells()

    def view(self, own: int, chooser: Chooser) -> ReferencesView:
        """View those of one segment, by its row."""
        smallest = self._market.smallest
        segment_id = self._shown[own][0]
        measured = self._measured.get(segment_id)
        if measured is not None and 0 < measured.people < smallest:
            measured = None
        level = measured.level if measured is not None else "too few to tell"
        within = [self._shown_ties(self._within[key]) for key, _ in self._shown]
        is_drawn = measured is not None and measured.people > 0 and len(self._shown) > 1
        people = [len(self._market.members[key]) for key, _ in self._shown]
        neighbours = tuple(
            NeighbourView(row + 1, name, people[row], row == own, within[own] if row == own else self._cell(row, own))
            for row, (_, name) in enumerate(self._shown)
        )
        answer, meaning = LEVELS[level]
        return ReferencesView(
            level=level,
            answer=answer,
            meaning=meaning,
            measured=measured,
            kinds=tuple(self._kinds(segment_id)) if measured is not None else (),
            turned_to=tuple(self._turned_to(segment_id, chooser)),
            neighbours=neighbours if is_drawn else (),
            drawing=draw_references(people, within, self._cells, own) if is_drawn else None,
        )

    def _shown_ties(self, references: Sequence[Reference]) -> int | None:
        people = {person for one in references for person in (one.person_id, one.to_person_id)}
        return len(_ties(references)) if len(people) >= self._market.smallest or not people else None

    def _cell(self, row: int, other: int) -> int | None:
        return self._cells[min(row, other), max(row, other)]

    def _hide_cells(self) -> dict[tuple[int, int], int | None]:
        """Count references between shown segments; where one hidden count could be worked out, hide a second."""
        keys = [key for key, _ in self._shown]
        counts = {
            (row, other): len(_ties(self._between[frozenset((keys[row], keys[other]))]))
            for row, other in combinations(range(len(keys)), 2)
        }
        cells = {
            (row, other): self._shown_ties(self._between[frozenset((keys[row], keys[other]))]) for row, other in counts
        }
        is_changed = True
        while is_changed:
            is_changed = False
            for row in range(len(keys)):
                own = [at for at in sorted(cells) if row in at and counts[at]]
                open_cells = [at for at in own if cells[at] is not None]
                if len(own) - len(open_cells) == 1 and open_cells:
                    cells[min(open_cells, key=lambda at: (counts[at], at))] = None
                    is_changed = True
        return cells

    def _kinds(self, segment_id: str) -> list[KindView]:
        views: list[KindView] = []
        for kind, words in KINDS.items():
            own = [one for one in self._within[segment_id] if one.kind == kind]
            people = len({one.person_id for one in own})
            is_shown = people >= self._market.smallest or not people
            ties = len(_ties(own))
            views.append(KindView(kind, words, ties if is_shown else None, people if is_shown else None))
        return views

    def _turned_to(self, segment_id: str, chooser: Chooser) -> list[TurnedToView]:
        """View whom most of the segment refer to; those to whom fewer refer than may be shown are left out."""
        to: dict[str, list[Reference]] = defaultdict(list)
        for one in self._within[segment_id]:
            to[one.to_person_id].append(one)
        by = {person: len({one.person_id for one in rows}) for person, rows in to.items()}
        # By what refers to them, not by their pseudonyms.
        order = sorted(by, key=lambda person: (-by[person], min(one.utterance_id for one in to[person])))
        views: list[TurnedToView] = []
        for person in order:
            if by[person] >= self._market.smallest and len(views) < MOST_VOICES:
                meant = {one.to_utterance_id for one in to[person]}
                quotes = chooser.choose(self._told(person, meant), (), 1, with_rung=False)
                views.append(TurnedToView(by[person], len({one.document_id for one in to[person]}), quotes))
        return [view for view in views if view.quotes]

    def _told(self, person: str, meant: set[str | None]) -> list[Told]:
        """Return what a person told, best where others refer to it."""
        told = [one for rows in self._market.told.values() for one in rows if one.signal.person_id == person]
        return [one for one in told if one.utterance.utterance_id in meant] or told


def _ties(references: Sequence[Reference]) -> set[tuple[str, str, str]]:
    return {(one.person_id, one.to_person_id, one.document_id) for one in references}
