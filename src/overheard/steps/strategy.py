"""Answers, events and segments → love, funnel, value and the focus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import cast

from overheard.records import (
    AcceptedSegment,
    Answer,
    AsKnown,
    Drift,
    Feeling,
    FocusChoice,
    FocusFlip,
    FocusRefusal,
    FunnelEvent,
    LandingCount,
    LandingVariant,
    LandingVisit,
    LoveMonth,
    Membership,
    Opportunity,
    Placement,
    RoadmapTheme,
    Segment,
    SegmentCheck,
    SegmentLove,
    SegmentRate,
    SegmentReference,
    Signal,
    Stage,
    ValueOverlap,
)
from overheard.settings import StrategySettings
from overheard.steps.customer_places import open_places, place_customers
from overheard.steps.decisions.acceptance import load_acceptance, load_drift
from overheard.steps.decisions.bets import reopen_bets
from overheard.steps.decisions.segment_fits import load_rejection
from overheard.steps.market import Market, Outcome, StepSummary
from overheard.steps.roadmap import list_themes, score_outcomes
from overheard.strategy import (
    LOVED_FROM,
    Candidate,
    Potential,
    Range,
    cohorts_of,
    compare_value,
    count_landings,
    count_variants,
    decide_focus,
    find_flips,
    keep_best,
    rate_stages,
    refuse_unloved,
    refuse_untrusted,
    score_chosen_groups,
    score_love,
)

STEP = "strategy"
EVERYBODY = ""
_NOTHING = Potential(Range(0, 0, 0), Range(0, 0, 0), Range(0, 0, 0))
TABLES: Mapping[str, type] = {
    "customer_places": Membership,
    "segment_love": SegmentLove,
    "love_months": LoveMonth,
    "segment_rates": SegmentRate,
    "focus_choices": FocusChoice,
    "focus_refusals": FocusRefusal,
    "focus_flips": FocusFlip,
    "value_overlaps": ValueOverlap,
    "drifts": Drift,
    "landing_counts": LandingCount,
    "landing_variants": LandingVariant,
    "roadmap_themes": RoadmapTheme,
    "opportunities": Opportunity,
}


def decide_market_strategy(market: Market) -> StepSummary:
    """Write the tables of `TABLES`."""
    settings = market.settings.strategy

    def work() -> Outcome:
        answers: list[Answer] = market.tables.load("answers", Answer)
        events: list[FunnelEvent] = market.tables.load("funnel_events", FunnelEvent)
        memberships: list[Membership] = market.tables.load("memberships", Membership)
        segments: list[Segment] = market.tables.load("segments", Segment)
        placed = place_customers(market, answers, open_places(memberships))
        rows: dict[str, Sequence[object]] = dict.fromkeys(TABLES, ())
        rows["customer_places"] = placed
        love: list[SegmentLove] = []
        if segments:
            places = open_places([*placed, *memberships])
            love = _score_segments(answers, places, segments)
            rows["segment_love"], rows["love_months"] = love, _score_months(answers, places)
            rows["segment_rates"] = _rate_segments(events, places, memberships, segments, settings)
            segment_of = {person: str(one.segment_id) for person, one in places.items()}
            rows["roadmap_themes"] = list_themes(answers, segment_of)
            rows["opportunities"] = score_outcomes(answers, segment_of)
            visits: list[LandingVisit] = market.tables.load("landing_visits", LandingVisit)
            rows["landing_counts"], rows["landing_variants"] = count_landings(visits), count_variants(visits)
            rows["value_overlaps"] = compare_value(_wanted(market, places))
            if settings.goal is not None:
                feelings = _feelings_by_segment(answers, places)
                choice, refusals, flips = _decide(market, segments, love, feelings)
                rows |= {"focus_choices": [choice], "focus_refusals": refusals, "focus_flips": flips}
        drifts = rows["drifts"] = load_drift(market, love)
        for name, record in TABLES.items():
            market.tables.replace(name, record, rows[name])
        refused = load_rejection(market)
        reopen_bets(market, load_acceptance(market), refused.rejection_id if refused else "", drifts)
        return Outcome(TABLES, len(answers) + len(events), sum(len(found) for found in rows.values()))

    accepted = market.tables.digest("accepted_segments", AcceptedSegment)
    inputs = (settings.model_dump_json(), market.settings.encoder.model_dump_json(), accepted)
    return market.do_step(STEP, ("customers", "traffic", "pains", "people", "reference", "vocabulary"), inputs, work)


def _feelings(answers: Iterable[Answer]) -> dict[str, Answer]:
    return {one.person_id: one for one in answers if one.asked == "feeling"}


def _feelings_by_segment(answers: Iterable[Answer], places: Mapping[str, Membership]) -> dict[str, list[Feeling]]:
    found: dict[str, list[Feeling]] = defaultdict(list)
    for person, answer in sorted(_feelings(answers).items()):
        if person in places:
            found[str(places[person].segment_id)].append(cast(Feeling, answer.text))
    return found


def _score_segments(
    answers: Sequence[Answer], places: Mapping[str, Membership], segments: Sequence[Segment]
) -> list[SegmentLove]:
    """Score each segment and everybody; somebody placed with probability .6 counts .6 in their segment."""
    felt = _feelings(answers)
    rows = []
    for segment_id in (EVERYBODY, *(one.segment_id for one in segments)):
        people = [one for one in sorted(felt) if not segment_id or _segment_of(one, places) == segment_id]
        weights = [places[one].probability if segment_id else 1.0 for one in people]
        score = score_love([cast(Feeling, felt[one].text) for one in people], weights)
        by_answers = sum(one in places and places[one].method == "answers" for one in people) if segment_id else 0
        limits = (score.effective, score.share, score.low, score.high, score.chance)
        rows.append(SegmentLove(segment_id, score.answers, by_answers, score.very, *limits))
    return rows


def _segment_of(person: str, places: Mapping[str, Membership]) -> str | None:
    return places[person].segment_id if person in places else None


def _score_months(answers: Sequence[Answer], places: Mapping[str, Membership]) -> list[LoveMonth]:
    counts: dict[tuple[str, date], list[bool]] = defaultdict(list)
    for person, one in _feelings(answers).items():
        if one.answered_at is None or one.text == "no longer":
            continue
        month = one.answered_at.date().replace(day=1)
        for segment_id in {EVERYBODY, _segment_of(person, places) or EVERYBODY}:
            counts[segment_id, month].append(one.text == "very")
    return [LoveMonth(*key, len(found), sum(found)) for key, found in sorted(counts.items())]


def _rate_segments(
    events: Sequence[FunnelEvent],
    places: Mapping[str, Membership],
    memberships: Sequence[Membership],
    segments: Sequence[Segment],
    settings: StrategySettings,
) -> list[SegmentRate]:
    if not events:
        return []
    until = max(one.happened_at for one in events)
    windows: dict[Stage, int] = {
        "activation": settings.activation_days,
        "retention": settings.retention_days,
        "referral": settings.referral_days,
        "revenue": settings.revenue_days,
    }
    came = {one.person_id: one.happened_at for one in reversed(events) if one.stage == "acquisition"}
    rows = []
    groups: list[tuple[str, AsKnown, frozenset[str]]] = [(EVERYBODY, "now", frozenset(came))]
    for segment in segments:
        now = frozenset(one for one in came if _segment_of(one, places) == segment.segment_id)
        then = _members_then(segment.segment_id, came, memberships)
        groups += [(segment.segment_id, "now", now), (segment.segment_id, "then", then)]
    for segment_id, as_known, people in groups:
        cohorts = cohorts_of(events, people) if as_known == "now" else ()
        for cohort, members in ((None, people), *cohorts):
            for rate in rate_stages([one for one in events if one.person_id in members], members, windows, until):
                figures = (rate.people, rate.of, rate.waiting, rate.low, rate.high)
                rows.append(SegmentRate(segment_id, as_known, cohort, rate.stage, *figures))
    return rows


def _members_then(segment_id: str, came: Mapping[str, datetime], memberships: Iterable[Membership]) -> frozenset[str]:
    """Return who was known to be in a segment on the day they came."""
    return frozenset(
        one.person_id
        for one in memberships
        if one.segment_id == segment_id
        and one.person_id in came
        and one.valid_from <= came[one.person_id].date() < (one.valid_to or date.max)
    )


def _wanted(market: Market, places: Mapping[str, Membership]) -> dict[str, list[str]]:
    """Return each segment's pains, those most of its people tell first: what they want is to be rid of them."""
    pain_of = {one.signal_id: one.pain_id for one in market.tables.load("placements", Placement) if one.pain_id}
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for signal in market.tables.load("signals", Signal):
        segment_id = _segment_of(signal.person_id, places)
        if segment_id and signal.signal_id in pain_of:
            told[segment_id][pain_of[signal.signal_id]].add(signal.person_id)
    least = market.settings.privacy.smallest_group
    return {
        segment_id: [
            pain
            for pain, people in sorted(pains.items(), key=lambda row: (-len(row[1]), row[0]))
            if len(people) >= least
        ]
        for segment_id, pains in told.items()
    }


def _decide(
    market: Market, segments: Sequence[Segment], love: Sequence[SegmentLove], feelings: Mapping[str, Sequence[Feeling]]
) -> tuple[FocusChoice, list[FocusRefusal], list[FocusFlip]]:
    settings, smallest = market.settings.strategy, market.settings.privacy.smallest_group
    goal = cast(float, settings.goal)
    loved = {one.segment_id: one for one in love}
    checks = {one.segment_id: one for one in market.tables.load("segment_checks", SegmentCheck)}
    ties = {one.segment_id: one for one in market.tables.load("segment_references", SegmentReference)}
    candidates, refusals = [], []
    for segment in sorted(segments, key=lambda one: one.segment_id):
        potential = _potential(segment, settings)
        reasons = (
            *refuse_unloved(loved.get(segment.segment_id), settings.love == "lenient", smallest),
            *refuse_untrusted(None if segment.by_hand else checks.get(segment.segment_id), segment.people, smallest),
            *(() if potential else ("what it may bring is not told in [[strategy.potential]]",)),
        )
        likely = potential.likely if potential else None
        refusals += [FocusRefusal(segment.segment_id, reason, likely) for reason in reasons]
        tie = ties.get(segment.segment_id)
        density = tie.internal / (tie.internal + tie.external) if tie and tie.internal + tie.external else 0.0
        score = loved.get(segment.segment_id)
        bound = score.low if score and score.low is not None else 0.0
        candidates.append(Candidate(segment.segment_id, reasons, bound, density, potential or _NOTHING))
    focus = decide_focus(candidates, goal, settings.seed)
    seen, held_out = _shares_of(focus.segments, feelings, settings.seed)
    is_feasible = focus.is_feasible and held_out is not None and held_out >= LOVED_FROM
    figures = (focus.likely, goal, focus.gap, focus.chance, settings.currency, seen, held_out)
    choice = FocusChoice(market.night, focus.segments, is_feasible, *figures)
    taken = [one for one in candidates if one.segment_id in focus.segments]
    return choice, refusals, list(find_flips(taken, goal))


def _shares_of(
    chosen: Sequence[str], feelings: Mapping[str, Sequence[Feeling]], seed: int
) -> tuple[float | None, float | None]:
    """Return the share of very disappointed people in the chosen segments: of all who answered, and held out.

    Held out, as many segments are chosen by one half of the answers and scored by the other.
    """
    if not chosen:
        return None, None
    seen = score_love([one for segment_id in chosen for one in feelings.get(segment_id, ())]).share
    return seen, score_chosen_groups(feelings, keep_best(len(chosen)), seed).held_out


def _potential(segment: Segment, settings: StrategySettings) -> Potential | None:
    """Return what a person said the segment may bring: by its id or name, else what holds for any."""
    told = {one.segment: one for one in settings.potential}
    found = told.get(segment.segment_id) or told.get(segment.name) or told.get("*")
    if found is None:
        return None
    return Potential(
        *(Range(*cast(tuple[float, float, float], one)) for one in (found.people, found.win_rate, found.price))
    )
