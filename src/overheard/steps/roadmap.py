"""Answers → what lovers love, what holds the fence-sitters back, and which rated outcomes are badly served."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from overheard.records import Answer, Asked, Feeling, Opportunity, RoadmapTheme
from overheard.strategy import Respondent, band_of, make_roadmap, opportunity_score, top_two_box
from overheard.vocabulary import content_words

EVERYBODY = ""


def list_themes(answers: Iterable[Answer], segment_of: Mapping[str, str]) -> list[RoadmapTheme]:
    """Read the very-disappointed survey of each segment and of everybody, a theme being a word of the answers."""
    said: dict[str, dict[Asked, str]] = defaultdict(dict)
    for one in answers:
        before = said[one.person_id].get(one.asked, "")
        said[one.person_id][one.asked] = f"{before}\n{one.text}" if before else one.text
    respondents = [
        Respondent(
            person,
            segment_of.get(person, ""),
            cast(Feeling, told["feeling"]),
            content_words(told.get("benefit", "")),
            content_words(told.get("hold-back", "")),
        )
        for person, told in sorted(said.items())
        if told.get("feeling")
    ]
    rows = []
    for segment_id in (EVERYBODY, *sorted({one.group for one in respondents if one.group})):
        roadmap = make_roadmap(respondents, {segment_id} if segment_id else None)
        lovers, sitters = roadmap.score.very, len(roadmap.fence_sitters)
        rows += [RoadmapTheme(segment_id, "loved", theme, people, lovers) for theme, people in roadmap.loved]
        rows += [RoadmapTheme(segment_id, "hold-back", theme, people, sitters) for theme, people in roadmap.hold_backs]
    return rows


def score_outcomes(answers: Iterable[Answer], segment_of: Mapping[str, str]) -> list[Opportunity]:
    """Score each rated outcome inside each segment, never across the market, by those who rated both."""
    rated: dict[tuple[str, str], dict[str, dict[Asked, int]]] = defaultdict(lambda: defaultdict(dict))
    for one in answers:
        if one.asked in ("importance", "satisfaction") and one.person_id in segment_of:
            rated[segment_of[one.person_id], one.subject][one.person_id][one.asked] = int(one.text)
    rows = []
    for (segment_id, outcome), people in sorted(rated.items()):
        both = [told for _, told in sorted(people.items()) if len(told) == 2]
        if both:
            importance, satisfaction = _box(both, "importance"), _box(both, "satisfaction")
            score = opportunity_score(importance, satisfaction)
            rows.append(Opportunity(segment_id, outcome, importance, satisfaction, score, band_of(score), len(both)))
    return rows


def _box(told: Sequence[Mapping[Asked, int]], asked: Asked) -> float:
    return top_two_box([one[asked] for one in told])
