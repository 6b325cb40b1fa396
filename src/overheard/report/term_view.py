"""What the pages show of a group's terms, ready to print."""

from __future__ import annotations

from dataclasses import dataclass

from overheard.records import TermKind
from overheard.report.figures import Share
from overheard.report.quotes import Line
from overheard.report.term_figures import KIND_TITLES, TermFigures


@dataclass(frozen=True, slots=True)
class TermView:
    """A term. `others` is None where there is nobody to compare with; `often` says the effect in words, or "".

    Days are ISO dates, "" where unknown; `figures` is None where nothing more was measured.
    """

    group_id: str
    group: str
    text: str
    here: Share
    others: Share | None
    often: str
    uses: int
    effect: float
    low: float
    high: float
    z: float
    lines: tuple[Line, ...]
    kind: TermKind = "thing"
    first_said: str = ""
    last_said: str = ""
    figures: TermFigures | None = None


@dataclass(frozen=True, slots=True)
class OneVoiceView:
    """A term that one or two people, or one thread, say most of: as if so many `voices` said it, in so many threads."""

    text: str
    people: int
    uses: int
    voices: float
    threads: int


@dataclass(frozen=True, slots=True)
class TermsView:
    """A group's terms, most telling first: those enough people use, and those few people use yet.

    `checked` says how they did on people who did not choose them, "" where that was not measured. `one_voice` are those
    that hardly more than one voice says; `hidden_voices` counts those of them that would point at somebody.
    """

    headline: tuple[TermView, ...]
    early: tuple[TermView, ...]
    checked: str = ""
    one_voice: tuple[OneVoiceView, ...] = ()
    hidden_voices: int = 0

    @property
    def all(self) -> tuple[TermView, ...]:
        """Both lists, without the terms of one voice."""
        return self.headline + self.early

    @property
    def by_kind(self) -> tuple[tuple[str, tuple[TermView, ...]], ...]:
        """The headline terms under what they are about: (title, terms)."""
        groups = [
            (title, tuple(one for one in self.headline if one.kind == kind)) for kind, title in KIND_TITLES.items()
        ]
        return tuple((title, terms) for title, terms in groups if terms)
