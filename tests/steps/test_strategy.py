"""From answers, events and segments to a decision that a person can read and a program can check."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from overheard.errors import BadInputError, OverheardError
from overheard.records import (
    Acceptance,
    Answer,
    BetReopening,
    Drift,
    FocusChoice,
    FocusRefusal,
    FunnelEvent,
    Membership,
    Segment,
    SegmentCheck,
    SegmentLove,
    SegmentRate,
)
from overheard.steps.asked.focus import lines_of_decision, load_decision
from overheard.steps.decisions.acceptance import accept_run
from overheard.steps.decisions.bets import add_bet, load_ledger, resolve_bet
from overheard.steps.market import Market
from overheard.steps.roadmap import list_themes, score_outcomes
from overheard.steps.strategy import decide_market_strategy
from tests.cli.test_app import overheard  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow

NIGHT = date(2026, 11, 2)
START = datetime(2026, 5, 4, 10, tzinfo=UTC)
TOML = """
[market]
name = "Tap rooms"
[[source]]
name = "board"
kind = "table"
files = "posts.csv"
[strategy]
goal = 300000
currency = "EUR"
[[strategy.potential]]
segment = "counting kegs"
people = [1000, 2000, 4000]
win_rate = [0.1, 0.2]
price = [1000, 1200]
orders = 400000
[[strategy.potential]]
segment = "*"
people = [9000, 9000]
win_rate = [0.5, 0.5]
price = [1000, 1000]
"""


def answer(person, text, asked="feeling"):
    return Answer(f"{person}{asked}", "may", person, asked, "How would you feel?", "", text, START)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "market.toml").write_text(TOML)
    market = Market(tmp_path, NIGHT)
    segments = [
        Segment("s1", "counting kegs", 60, 0.9, ()),
        Segment("s2", "big and cold", 200, 0.9, ()),
        Segment("s3", "shaky", 60, 0.4, ()),
    ]
    members = {"s1": range(60), "s2": range(100, 160), "s3": range(200, 260)}
    market.tables.replace("segments", Segment, segments)
    market.tables.replace(
        "memberships",
        Membership,
        [
            Membership(f"p{number}", segment, 1.0, "fitted", START.date() + timedelta(days=3 * (number % 2)), None)
            for segment, people in members.items()
            for number in people
        ],
    )
    market.tables.replace(
        "segment_checks",
        SegmentCheck,
        [SegmentCheck(one.segment_id, one.stability, 0.3, 0.9, 0.0, 1.0, 0.8) for one in segments],
    )
    loving = {"s1": 40, "s2": 6, "s3": 40}
    market.tables.replace(
        "answers",
        Answer,
        [
            answer(f"p{number}", "very" if place < loving[segment] else "not")
            for segment, people in members.items()
            for place, number in enumerate(people)
        ],
    )
    events = [
        FunnelEvent(f"{stage}{number}", f"p{number}", START + timedelta(days=day), stage, stage, None, "", "app")
        for stage, last, day in (("acquisition", 60, 0), ("activation", 30, 2), ("revenue", 12, 20))
        for number in range(last)
    ]
    end = FunnelEvent("end", "p259", START + timedelta(days=300), "acquisition", "signed_up", None, "", "app")
    market.tables.replace("funnel_events", FunnelEvent, [*events, end])
    return tmp_path


def test_the_loved_segment_is_the_focus_and_the_big_unloved_one_is_refused_with_its_reason(folder):
    market = Market(folder, NIGHT)
    decide_market_strategy(market)
    (choice,) = market.tables.load("focus_choices", FocusChoice)
    assert (choice.segments, choice.is_feasible, choice.currency) == (("s1",), True, "EUR")
    assert choice.likely == pytest.approx(2000 * 0.15 * 1100)
    assert choice.seen == pytest.approx(40 / 60)
    assert 0.55 < choice.held_out < 0.75
    reasons = {one.segment_id: one for one in market.tables.load("focus_refusals", FocusRefusal)}
    assert reasons.keys() == {"s2", "s3"}
    assert "6 of 60 would be very disappointed" in reasons["s2"].reason
    assert reasons["s2"].likely == 4_500_000
    assert "stability 0.40" in reasons["s3"].reason


def test_the_decision_is_read_aloud_with_what_would_flip_it(folder, overheard):  # noqa: F811
    decide_market_strategy(Market(folder, NIGHT))
    text = "\n".join(lines_of_decision(load_decision(Market(folder))))
    assert text.startswith("Focus on “counting kegs”: likely EUR 330,000")
    assert "Not “big and cold” (likely EUR 4,500,000): 6 of 60" in text
    assert "38% of its orders would be half of the goal" in text
    assert "fewer than 1,819 people" in text
    assert "40% are needed. Alone it would meet the goal on paper; it is refused all the same." in text
    assert text.count("all the same") == 2
    assert "may bring" not in text
    status, told, _ = overheard("focus", folder, "--json")
    assert (status, json.loads(told)["choice"]["segments"]) == (0, ["s1"])


def test_a_potential_told_of_a_segment_that_is_not_there_is_named(folder):
    path = folder / "market.toml"
    path.write_text(path.read_text().replace('segment = "counting kegs"', 'segment = "counting barrels"'))
    decide_market_strategy(Market(folder, NIGHT))
    text = "\n".join(lines_of_decision(load_decision(Market(folder))))
    assert "tells what “counting barrels” may bring, and no segment is called so" in text


def test_a_goal_out_of_reach_is_called_infeasible_with_the_gap(folder):
    path = folder / "market.toml"
    path.write_text(path.read_text().replace("goal = 300000", "goal = 1000000"))
    decide_market_strategy(Market(folder, NIGHT))
    assert "EUR 670,000 are missing" in lines_of_decision(load_decision(Market(folder)))[0]


def test_without_a_goal_nothing_is_decided_and_the_mend_is_told(folder):
    path = folder / "market.toml"
    path.write_text(path.read_text().replace("goal = 300000", ""))
    decide_market_strategy(Market(folder, NIGHT))
    with pytest.raises(OverheardError, match=r"add \[strategy\] goal"):
        load_decision(Market(folder))


def test_love_and_rates_are_told_of_each_segment_as_known_then_and_now(folder):
    market = Market(folder, NIGHT)
    decide_market_strategy(market)
    love = {one.segment_id: one for one in market.tables.load("segment_love", SegmentLove)}
    assert [(love[key].very, love[key].answers) for key in ("", "s1", "s2", "s3")] == [
        (86, 180), (40, 60), (6, 60), (40, 60)
    ]  # fmt: skip
    rates = {
        (one.as_known, one.stage): one
        for one in market.tables.load("segment_rates", SegmentRate)
        if one.segment_id == "s1" and one.cohort is None
    }
    assert (rates["now", "activation"].people, rates["now", "activation"].of) == (30, 60)
    assert (rates["now", "revenue"].people, rates["now", "revenue"].of) == (12, 30)
    # Every second of them was known to be in the segment only three days after they came.
    assert (rates["then", "activation"].people, rates["then", "activation"].of) == (15, 30)


def test_nothing_new_is_decided_from_the_same_files(folder):
    decide_market_strategy(Market(folder, NIGHT))
    assert decide_market_strategy(Market(folder, NIGHT)).reused


def test_bets_are_entered_settled_once_and_never_changed(folder):
    market = Market(folder, NIGHT)
    bet = add_bet(market, "forty pay", 0.7, date(2026, 12, 1), "payments in the file")
    for wrong in (
        {"statement": " "}, {"probability": 1.0}, {"resolve_by": NIGHT}, {"rule": ""}, {},
    ):  # fmt: skip
        told = {"statement": "forty pay", "probability": 0.7, "resolve_by": date(2026, 12, 1), "rule": "files"} | wrong
        with pytest.raises(BadInputError):
            add_bet(market, **told)
    late = Market(folder, date(2026, 12, 2))
    assert load_ledger(late).due == (bet,)
    resolve_bet(late, bet.bet_id[:5], True, "we asked only friends")
    ledger = load_ledger(late)
    assert (ledger.due, ledger.record.brier) == ((), pytest.approx(0.09))
    for again in (bet.bet_id, "nothing"):
        with pytest.raises(BadInputError):
            resolve_bet(late, again, False, "")


def test_bets_are_made_listed_and_settled_on_the_command_line(folder, overheard):  # noqa: F811
    made = ("--probability", "0.6", "--by", "2099-01-01", "--rule", "the file of payments")
    status, told, _ = overheard("bets", folder, "add", "twelve pay", *made)
    assert status == 0
    assert overheard("bets", folder, "resolve", told[:6], "--ended", "no", "--note", "too few were asked")[0] == 0
    status, told, _ = overheard("bets", folder)
    assert status == 0
    assert "did not come true" in told
    assert "Brier 0.360" in told
    status, _, error = overheard("bets", folder, "add", "twelve pay")
    assert status == 2
    assert "--probability" in error


def publish(folder):
    report = folder / "reports" / "one"
    report.mkdir(parents=True)
    (report / "index.html").write_text("")
    (folder / "reports" / "latest").symlink_to("one")


def test_an_accepted_run_enters_its_bets_and_a_market_that_moves_away_reopens_it(folder):
    market = Market(folder, NIGHT)
    decide_market_strategy(market)
    with pytest.raises(OverheardError, match="no segments to accept"):
        accept_run(market, 0.7)
    publish(folder)
    segmentation, focus = accept_run(market, 0.7, "Ann")
    assert (segmentation.probability, focus.about) == (0.7, "s1")
    made = (segmentation.bet_id, focus.bet_id)
    assert market.tables.load("acceptances", Acceptance) == [Acceptance(NIGHT, "one", "Ann", made)]
    with pytest.raises(BadInputError, match="today already"):
        accept_run(market, 0.7)
    decide_market_strategy(market)
    assert not any(one.is_over for one in market.tables.load("drifts", Drift))
    cooled = [answer(f"p{number}", "very" if number < 5 else "not") for number in range(60)]
    market.tables.merge("answers", Answer, cooled)
    later = Market(folder, NIGHT, full=True)
    decide_market_strategy(later)
    over = [(one.trigger, one.segment_id) for one in later.tables.load("drifts", Drift) if one.is_over]
    assert over == [("love", "s1")]
    rows = later.tables.load("bet_reopenings", BetReopening)
    assert [(one.bet_id, one.trigger, one.segment_id) for one in sorted(rows, key=lambda row: row.bet_id)] == [
        (bet_id, "love", "s1") for bet_id in sorted(made)
    ]
    decide_market_strategy(Market(folder, NIGHT + timedelta(30), full=True))
    assert later.tables.load("bet_reopenings", BetReopening) == rows


def test_lovers_say_the_main_benefit_and_only_the_fence_that_shares_it_says_what_is_missing():
    told = [
        *((f"v{at}", "very", "It counts kegs for me", "a scanner") for at in range(6)),
        *((f"s{at}", "somewhat", "counts the kegs at night", "let me scan labels") for at in range(5)),
        ("t", "somewhat", "nice colours", "a calendar"),
        ("n", "not", "kegs", "a calendar"),
    ]
    answers = [
        one
        for person, feeling, benefit, wish in told
        for one in (answer(person, feeling), answer(person, benefit, "benefit"), answer(person, wish, "hold-back"))
    ]
    themes = {(one.kind, one.theme): (one.people, one.of) for one in list_themes(answers, {}) if not one.segment_id}
    assert themes["loved", "kegs"] == (6, 6)
    assert themes["hold-back", "labels"] == (5, 5)
    assert not any(theme == "calendar" for _, theme in themes)


def test_outcomes_are_scored_inside_a_segment_by_those_who_rated_both():
    importance, satisfaction = [5, 5, 4, 4, 3, 5, 4, 2, 5, 4], [1, 2, 3, 2, 4, 2, 5, 3, 2, 1]
    answers = [
        Answer(f"{asked}{at}", "may", f"p{at}", asked, "q", "on the day", str(rating), None)
        for asked, ratings in (("importance", importance), ("satisfaction", satisfaction))
        for at, rating in enumerate(ratings)
    ]
    segment_of = {f"p{at}": "s1" for at in range(10)}
    (one,) = score_outcomes([*answers, replace(answers[0], person_id="stranger")], segment_of)
    assert (one.outcome, one.importance, one.satisfaction, one.score, one.band) == ("on the day", 8, 2, 14, "solid")
