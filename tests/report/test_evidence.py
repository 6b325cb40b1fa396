from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from overheard.report.evidence import confidence_of, forces_of, trend_of
from overheard.report.findings import Market, Told, join_findings
from tests.report.make_findings import LOG, make_findings


@pytest.fixture
def market() -> Market:
    return join_findings(make_findings())


def told_in(market: Market, *sources: str) -> list[Told]:
    return [one for one in market.pain_told[LOG] if market.source_of(one.utterance) in sources]


def with_segments(market: Market, *segments: Sequence[str]) -> Market:
    return replace(market, members={str(number): frozenset(people) for number, people in enumerate(segments)})


def moved(market: Market, source: str, told: Sequence[Told]) -> list[Told]:
    """Return sentences as if they stood in another source; the market must know the source."""
    document = next(one for one in market.documents.values() if one.source == source)
    return [
        replace(one, document=document, utterance=replace(one.utterance, document_id=document.document_id))
        for one in told
    ]


def test_three_sources_unprompted_in_two_segments_are_high_confidence(market: Market) -> None:
    told = list(market.pain_told[LOG])
    three = [
        *moved(market, "apiary", told[:2]),
        *moved(market, "smokers", told[2:4]),
        *moved(market, "visits", told[4:]),
    ]
    people = sorted({one.signal.person_id for one in three})
    split = with_segments(market, people[:2], people[2:])
    assert confidence_of(split, three) == ("high", "told in 3 sources, unprompted, in 2 segments")
    assert confidence_of(with_segments(market, people), three) == ("medium", "in one segment only")
    assert confidence_of(with_segments(market), three) == ("medium", "in no segment")
    assert confidence_of(split, [*three[:4]]) == ("medium", "told in 2 sources")


def test_one_source_is_low_confidence_and_interviews_alone_were_asked(market: Market) -> None:
    told = moved(market, "visits", market.pain_told[LOG])
    assert confidence_of(market, told)[0] == "low"
    assert "told only when asked" in confidence_of(market, told)[1]


def test_a_force_is_told_when_enough_people_tell_it(market: Market) -> None:
    told = [replace(one, signal=replace(one.signal, force="push")) for one in market.pain_told[LOG]]
    people = len({one.signal.person_id for one in told})
    assert forces_of(told, people) == (("pushed away from what they have", people),)
    assert forces_of(told, people + 1) == ()
    assert forces_of(market.pain_told[LOG], 1) == ()


def weekly(people: int, weeks: int, telling: dict[int, int]) -> tuple[Market, list[Told]]:
    """Make a market in which so many people post every week, and so many of them tell a pain."""
    market = join_findings(make_findings())
    pattern = market.pain_told[LOG][0]
    posts, told = {}, []
    for person in range(people):
        own = []
        for week in range(weeks):
            said_at = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(weeks=week)
            post = replace(pattern.utterance, utterance_id=f"{person}-{week}", person_id=f"w{person}", said_at=said_at)
            own.append(post)
            if person < telling.get(week, 0):
                told.append(replace(pattern, utterance=post, signal=replace(pattern.signal, person_id=f"w{person}")))
        posts[f"w{person}"] = tuple(own)
    return replace(market, posts_of=posts), told


@pytest.mark.parametrize(
    ("telling", "word"),
    [
        ({0: 5, 1: 5, 2: 5, 3: 5, 4: 5, 5: 5, 6: 40, 7: 40}, "rising"),
        ({0: 40, 1: 40, 2: 40, 4: 40, 6: 6}, "falling"),
        (dict.fromkeys(range(8), 20), "steady"),
    ],
)
def test_a_pain_rises_or_falls_when_its_last_time_lies_outside_what_was_likely(telling, word) -> None:
    trend = trend_of(*weekly(60, 8, telling))
    assert trend is not None
    assert trend.word == word
    assert len(trend.times) == 4


def test_times_in_which_a_few_people_tell_a_pain_are_not_counted_out() -> None:
    trend = trend_of(*weekly(30, 8, {0: 3, 2: 10, 4: 4}))
    assert trend is not None
    assert [share and share.count for share in trend.times] == [None, 10, None, 0]


def test_there_is_no_trend_without_dates_over_four_weeks_and_people_enough() -> None:
    assert trend_of(*weekly(30, 4, {0: 20})) is None
    assert trend_of(*weekly(30, 8, {0: 4, 7: 4})) is None
    market, told = weekly(30, 8, {0: 20})
    undated = {
        person: tuple(replace(post, said_at=None) for post in posts) for person, posts in market.posts_of.items()
    }
    assert trend_of(replace(market, posts_of=undated), told) is None


def test_other_people_telling_a_pain_each_time_do_not_make_it_fall() -> None:
    market, told = weekly(80, 8, dict.fromkeys((0, 2, 4, 6), 80))
    turns = {utterance: week // 2 for week in (0, 2, 4, 6) for utterance in (f"{one}-{week}" for one in range(80))}
    own = [one for one in told if int(one.signal.person_id[1:]) // 20 == turns[one.utterance.utterance_id]]
    trend = trend_of(market, own)
    assert trend is not None
    assert [share and share.count for share in trend.times] == [20, 20, 20, 20]
    assert trend.word == "steady"
