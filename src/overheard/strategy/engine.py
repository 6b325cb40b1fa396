"""From a score to a roadmap: what those who love the product love, and what holds back those who nearly do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from overheard.records import Feeling
from overheard.strategy.love import LoveScore, score_love


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's survey, read: what they are to the market, feel, get from the product, and miss in it.

    `benefits` and `requests` are themes, so that two people's words for one thing are one entry.
    """

    person_id: str
    group: str
    feeling: Feeling
    benefits: frozenset[str]
    requests: frozenset[str]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """What to do next: half on what the lovers love, half on what holds the fence-sitters back.

    `loved` and `hold_backs` are (theme, people), most people first. `fence_sitters` would be somewhat disappointed and
    get the main benefit; those who don't are `disregarded`, with whoever would not be disappointed.
    """

    score: LoveScore
    main_benefit: str
    loved: tuple[tuple[str, int], ...]
    fence_sitters: tuple[str, ...]
    hold_backs: tuple[tuple[str, int], ...]
    disregarded: int


def make_roadmap(respondents: Sequence[Respondent], groups: Collection[str] | None = None) -> Roadmap:
    """Read a survey by the four steps of the product-market fit engine (Vohra, First Round Review, 2018).

    Args:
        respondents: one entry a person.
        groups: only people of these count; None: all.
    """
    counted = [one for one in respondents if groups is None or one.group in groups]
    lovers = [one for one in counted if one.feeling == "very"]
    loved = _by_people(one.benefits for one in lovers)
    main = loved[0][0] if loved else ""
    somewhat = [one for one in counted if one.feeling == "somewhat"]
    sitters = [one for one in somewhat if main and main in one.benefits]
    rest = sum(one.feeling == "not" for one in counted) + len(somewhat) - len(sitters)
    return Roadmap(
        score_love([one.feeling for one in counted]),
        main,
        loved,
        tuple(sorted(one.person_id for one in sitters)),
        _by_people(one.requests for one in sitters),
        rest,
    )


def _by_people(themes: Iterable[frozenset[str]]) -> tuple[tuple[str, int], ...]:
    counts = Counter(theme for one in themes for theme in one)
    return tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0])))
