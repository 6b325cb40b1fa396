"""A person takes a run as what the team works by; later runs are compared with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from overheard.errors import OverheardError, as_word
from overheard.records import (
    Acceptance,
    AcceptedPlace,
    AcceptedSegment,
    Bet,
    Drift,
    FocusChoice,
    Membership,
    Segment,
    SegmentCheck,
    SegmentLove,
    Term,
)
from overheard.steps.customer_places import open_places
from overheard.steps.decisions.bets import add_bet, load_ledger, resolve_bet
from overheard.steps.decisions.segment_fits import keep_accepted_fit
from overheard.steps.market import Market
from overheard.storage import latest_report
from overheard.strategy import Tonight, describe_refit, measure_drift

LOOK_AGAIN_DAYS = 90
"""A segmentation is looked at again after a quarter, whatever happens before."""
MOST_WORDS = 20


def accept_run(market: Market, probability: float, by: str = "") -> list[Bet]:
    """Accept the last run: keep its segments to compare later runs with, and enter the bets on it.

    The bet on the segments of the run that was accepted before ends: lost if drift had opened it again, as its rule
    says, else called off. The bet on its focus is on a year's revenue and goes on.

    Args:
        market: with a report.
        probability: that the segmentation will hold for a quarter, 0-1.
        by: who decides.

    Returns:
        The bets that were entered: on the segmentation, and on the focus where there is one.

    Raises:
        OverheardError: there is no report or no segment, or the run was accepted today already.
    """
    report = latest_report(market.folder / "reports")
    segments: list[Segment] = market.tables.load("segments", Segment)
    if report is None or not segments:
        mend = f"run `overheard run {as_word(market.folder)}`"
        raise OverheardError(f"{market.folder}: there are no segments to accept; {mend}")
    before = load_acceptance(market)
    bets = _enter_bets(market, probability)
    if before is not None:
        _end_bet(market, before)
    tonight = load_tonight(market)
    focus = {one for choice in market.tables.load("focus_choices", FocusChoice) for one in choice.segments}
    by_hand = {one.segment_id for one in segments if one.by_hand}
    kept = [
        AcceptedSegment(
            one.segment_id,
            one.name,
            tonight.shares.get(one.segment_id, 0.0),
            tuple(tonight.words.get(one.segment_id, ())),
            None if one.segment_id in by_hand else tonight.stability.get(one.segment_id),
            tonight.love[one.segment_id].share if one.segment_id in tonight.love else None,
            one.segment_id in focus,
        )
        for one in segments
    ]
    market.tables.replace("accepted_segments", AcceptedSegment, kept)
    places = [AcceptedPlace(*one) for one in sorted(tonight.places.items())]
    market.tables.replace("accepted_places", AcceptedPlace, places)
    keep_accepted_fit(market)
    made = tuple(one.bet_id for one in bets)
    market.tables.merge("acceptances", Acceptance, [Acceptance(market.night, report.name, by, made)])
    return bets


def _enter_bets(market: Market, probability: float) -> list[Bet]:
    by = market.night + timedelta(days=LOOK_AGAIN_DAYS)
    rule = f"no measure of drift is over its limit until {by}"
    bets = [add_bet(market, f"The segments of {market.night} hold for a quarter", probability, by, rule)]
    for choice in market.tables.load("focus_choices", FocusChoice):
        if choice.is_feasible:
            year = market.night + timedelta(days=365)
            goal = f"{choice.currency} {choice.goal:,.0f}"
            statement = f"The focus of {market.night} brings {goal} in twelve months"
            # The ledger takes no certainties: twenty thousand draws are not the world.
            chance = min(max(choice.chance, 0.01), 0.99)
            rule = f"revenue of its people until {year}"
            bets.append(add_bet(market, statement, chance, year, rule, about=", ".join(choice.segments)))
    return bets


def _end_bet(market: Market, before: Acceptance) -> None:
    ledger = load_ledger(market)
    ended = {one.bet_id for one in ledger.outcomes}
    for bet_id in [one for one in before.bets[:1] if one not in ended]:
        reopened = any(one.bet_id == bet_id for one in ledger.reopenings)
        note = f"another run was accepted on {market.night}"
        resolve_bet(market, bet_id, False if reopened else None, note)


def load_tonight(market: Market) -> Tonight:
    """Load what is compared between runs."""
    words: dict[str, list[str]] = {}
    for term in sorted(market.tables.load("terms", Term), key=lambda one: (one.place, one.text)):
        words.setdefault(term.group_id, []).append(term.text)
    places = open_places(market.tables.load("memberships", Membership))
    return Tonight(
        {person: str(one.segment_id) for person, one in places.items()},
        {group: found[:MOST_WORDS] for group, found in words.items()},
        {one.segment_id: one.stability for one in market.tables.load("segment_checks", SegmentCheck)},
        {one.segment_id: one for one in market.tables.load("segment_love", SegmentLove)},
    )


def load_drift(market: Market, love: Sequence[SegmentLove]) -> tuple[Drift, ...]:
    """Measure how far the market has moved since a run was accepted; () where none was.

    Args:
        market: with the accepted run's segments.
        love: tonight's scores, which are not in the tables yet.
    """
    accepted = market.tables.load("accepted_segments", AcceptedSegment)
    places = {one.person_id: one.segment_id for one in market.tables.load("accepted_places", AcceptedPlace)}
    tonight = load_tonight(market)
    now = Tonight(tonight.places, tonight.words, tonight.stability, {one.segment_id: one for one in love})
    return measure_drift(accepted, places, now)


def load_refit_changes(market: Market) -> tuple[str, ...]:
    """Tell in words what has changed of the accepted segments; () where nobody moved or no run was accepted."""
    accepted = market.tables.load("accepted_segments", AcceptedSegment)
    then = {one.person_id: one.segment_id for one in market.tables.load("accepted_places", AcceptedPlace)}
    names = {one.segment_id: one.name for one in market.tables.load("segments", Segment)}
    now = load_tonight(market).places
    return describe_refit(accepted, then, names, now, market.settings.privacy.smallest_group)


def load_acceptance(market: Market) -> Acceptance | None:
    """Load the newest acceptance."""
    return max(market.tables.load("acceptances", Acceptance), key=lambda one: one.accepted_on, default=None)
