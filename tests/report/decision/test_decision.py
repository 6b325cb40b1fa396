"""Love, funnel and focus on the page: with n and range, hidden where few, and never more certain than the answers."""

import json
from dataclasses import replace
from datetime import date

import pytest

from overheard.records import (
    BetReopening,
    Drift,
    FocusChoice,
    FocusRefusal,
    LandingCount,
    Rejection,
    Segmentation,
    SegmentLove,
    SegmentRate,
    ValueOverlap,
)
from overheard.report import render_report
from overheard.report.decision.compose import decision_view
from overheard.report.findings import join_findings
from tests.report.make_findings import decided_findings, make_findings

NAMES = {"seg-log": "hive logs", "seg-mites": "mite counts"}


def love(segment_id, answers, very, placed=0):
    share = very / answers
    return SegmentLove(segment_id, answers, placed, very, answers, share, share - 0.1, share + 0.1, 0.7)


def rate(stage, people, of, as_known="now", segment_id="seg-log", waiting=0):
    return SegmentRate(segment_id, as_known, None, stage, people, of, waiting, 0.1, 0.9)


def view_of(**changes):
    told = {"segment_love": [love("", 60, 20), love("seg-log", 50, 25, placed=9), love("seg-mites", 4, 4)]}
    return decision_view(join_findings(replace(make_findings(), **(told | changes))), NAMES)


def choice(**changes):
    told = {"segments": ("seg-log",), "is_feasible": True, "likely": 40000.0, "goal": 30000.0, "gap": 0.0}
    return FocusChoice(
        date(2026, 9, 1), chance=0.8, currency="EUR", seen=0.5, held_out=0.48, **(told | changes)
    )  # fmt: skip


def test_without_customers_files_there_is_nothing_to_decide():
    assert decision_view(join_findings(make_findings()), NAMES) is None


def test_a_score_has_its_number_its_range_and_its_caution():
    its = view_of().by_segment["seg-log"].love
    assert its.words == "25 of 50 would be very disappointed without the product (50%, likely 40 to 60%)"
    assert its.caution == "9 of them were placed here by what they answered"
    few = view_of(segment_love=[love("seg-log", 12, 6)]).by_segment["seg-log"].love
    assert "likely 40 to 60%" in few.words
    assert "direction only" in few.caution


@pytest.mark.parametrize(("very", "told"), [(4, "fewer than 5 of 50"), (0, "0 of 50"), (5, "5 of 50")])
def test_a_few_who_would_miss_it_are_not_counted_out_anywhere(very: int, told: str) -> None:
    its = view_of(segment_love=[love("seg-log", 50, very)]).by_segment["seg-log"].love
    assert its.counted == told
    assert its.words.startswith(f"{told} would be very disappointed")
    assert (its.share is None) == (its.whisker is None) == ("likely" not in its.words) == (0 < very < 5)
    findings = replace(decided_findings(), segment_love=[love("seg-log", 50, very)])
    shown = render_report(findings)
    assert (b"4 of 50" in b"".join(shown.values())) is False
    assert told in json.loads(shown["report.json"])["decision"]["by_segment"]["seg-log"]["love"]["words"]


def test_scores_of_fewer_than_five_answers_are_not_shown():
    assert view_of().by_segment["seg-mites"].love is None


@pytest.mark.parametrize(
    ("people", "of", "shown"),
    [(30, 60, True), (0, 60, True), (60, 60, True), (2, 60, False), (58, 60, False), (2, 4, False)],
)
def test_a_rate_that_points_at_one_or_two_people_is_hidden(people, of, shown):
    told = [rate("activation", people, of), rate("retention", 10, 30)]
    rates = view_of(segment_rates=told).by_segment["seg-log"].rates
    assert (rates[0].share is not None) == shown
    assert rates[1].share.counted == "10 of 30"


def test_what_was_known_then_stands_apart_from_what_is_known_now():
    its = view_of(segment_rates=[rate("activation", 30, 60), rate("activation", 15, 30, "then")]).by_segment["seg-log"]
    assert (its.rates[0].share.total, its.rates_then[0].share.total) == (60, 30)


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ({}, "Focus on “hive logs”."),
        ({"is_feasible": False, "gap": 5000.0, "likely": 25000.0},
         "No focus can bring EUR\u00a030,000 in twelve months: “hive logs” would bring EUR\u00a025,000; "
         "EUR\u00a05,000 are missing."),
        ({"segments": (), "is_feasible": False, "gap": 30000.0},
         "No focus can bring EUR\u00a030,000 in twelve months; EUR\u00a030,000 are missing."),
        ({"is_feasible": False},
         "No focus yet: “hive logs” is loved by the answers that chose it, and not by those that had no say."),
    ],
)  # fmt: skip
def test_the_decision_is_one_sentence(changes, headline):
    assert view_of(focus_choices=[choice(**changes)]).headline == headline


def test_a_refused_segment_shows_its_reason_and_the_focus_is_named():
    view = view_of(focus_choices=[choice()], focus_refusals=[FocusRefusal("seg-mites", "4 of 4 only", 9e6)])
    assert view.by_segment["seg-log"].verdict == "This is the focus."
    assert view.by_segment["seg-mites"].reasons == ("4 of 4 only",)
    assert view.lines[1].startswith("50% of the 50 who answered there would be very disappointed")
    assert "Chosen by one half of the answers and scored by the other it is 48%" in view.lines[1]


def test_segments_that_want_different_things_are_told_and_those_not_shown_are_not():
    pairs = [ValueOverlap("seg-log", "seg-mites", 0.1, ()), ValueOverlap("seg-log", "hidden", 0.1, ())]
    assert view_of(value_overlaps=pairs).unlike == ("“hive logs” and “mite counts”",)
    assert view_of(value_overlaps=[ValueOverlap("seg-log", "seg-mites", 0.7, ())]).unlike == ()
    all_pairs = [ValueOverlap("seg-log", "seg-mites", 0.1, ()), ValueOverlap("seg-mites", "seg-log", 0.1, ())]
    assert view_of(value_overlaps=all_pairs).unlike == ("any two of these segments",)


def test_what_moved_too_far_since_a_run_was_accepted_is_told_and_what_did_not_is_not():
    drifts = [Drift("", "shares", 0.3, 0.25, is_over=True), Drift("seg-log", "words", 0.9, 0.5, is_over=False),
              Drift("seg-log", "love", 0.2, 0.5, is_over=True)]  # fmt: skip
    first, second = view_of(drifts=drifts).reopened
    assert "stability index 0.30" in first
    assert second == "the love of “hive logs” is no longer what it was (20% now, 50% then)"


def test_the_day_a_bet_was_opened_again_is_of_the_measures_that_are_over_tonight():
    drifts = [Drift("seg-log", "love", 0.2, 0.5, is_over=True), Drift("", "shares", 0.1, 0.25, is_over=False)]
    rows = [
        BetReopening("1", "b", date(2026, 3, 1), "shares", "", 0.3, 0.25),
        BetReopening("2", "b", date(2026, 4, 1), "love", "seg-log", 0.2, 0.5),
        BetReopening("3", "c", date(2026, 6, 1), "love", "seg-log", 0.2, 0.5),
    ]
    assert view_of(drifts=drifts, bet_reopenings=rows).reopened_on == "2026-06-01"
    assert view_of(bet_reopenings=rows).reopened_on == ""


REFUSED = Rejection(
    "r", date(2026, 9, 2), "Ann", "<b>shouting</b> is no need", "one", date(2026, 9, 1), "recipe", "inputs",
    ("“hive logs”: 13 of its 20 people would stay", "“wasps” would be new"),
)  # fmt: skip


def test_a_refused_regrouping_is_told_with_who_when_why_and_what_it_would_have_changed():
    first, *diff = view_of(rejections=[REFUSED]).refused
    assert first == "Ann refused the regrouping of 2026-09-01 on 2026-09-02: <b>shouting</b> is no need"
    assert tuple(diff) == REFUSED.diff
    files = render_report(decided_findings(rejections=[REFUSED]))
    assert b"&lt;b&gt;shouting&lt;/b&gt;" in files["index.html"]
    assert b"<b>shouting" not in files["index.html"]
    assert "13 of its 20 people would stay" in files["report.md"].decode()
    assert json.loads(files["report.json"])["decision"]["refused"][1:] == list(REFUSED.diff)


def test_once_another_regrouping_stands_the_refused_one_is_history():
    later = Segmentation(date(2026, 9, 9), "recipe", "natural", "", 20, 0.01, 0.5, 1.0)
    assert view_of(rejections=[REFUSED], segmentations=[later]).refused == ()


def test_a_segment_that_alone_would_meet_the_goal_is_refused_in_one_place_with_its_reason():
    rows = [FocusRefusal("seg-mites", "4 of 30 would be very disappointed", 90000.0)]
    view = view_of(focus_choices=[choice()], focus_refusals=rows)
    assert view.by_segment["seg-mites"].verdict == (
        "Not the focus: it alone would meet the goal on paper (EUR\u00a090,000) and is refused all the same."
    )
    assert not [line for line in view.lines if "mite counts" in line]
    for likely in (20000.0, 40000.0, None):  # below the goal; above it, but no more than the focus; not told
        small = [FocusRefusal("seg-mites", "4 of 30 would be very disappointed", likely)]
        told = view_of(focus_choices=[choice()], focus_refusals=small)
        assert told.by_segment["seg-mites"].verdict == "Not the focus."
        assert len(told.lines) == 2
    page = render_report(decided_findings())["index.html"].decode()
    assert page.count("4 of 30 would be very disappointed") == 1


def test_a_landing_page_tells_how_many_of_its_visitors_it_was_written_for():
    rows = [LandingCount("seg-log", "none", 6, 37, 90), LandingCount("seg-log", "seg-log", 24, 37, 90),
            LandingCount("seg-log", "seg-mites", 7, 37, 90)]  # fmt: skip
    lines = view_of(landing_counts=rows).by_segment["seg-log"].landing
    assert lines[0] == "90 visitors of its landing page, 37 answers"
    assert lines[1].startswith("24 of 37 said that its own sentence could be theirs")
    assert "that of “mite counts”" in lines[3]
    few = [LandingCount("seg-log", "none", 2, 26, 90), LandingCount("seg-log", "seg-log", 24, 26, 90)]
    assert len(view_of(landing_counts=few).by_segment["seg-log"].landing) == 1
    assert view_of(landing_counts=[LandingCount("seg-log", "none", 2, 2, 3)]).by_segment["seg-log"].landing == ()


def test_the_decision_is_on_the_pages_in_the_text_and_in_the_json():
    files = render_report(decided_findings())
    content = json.loads(files["report.json"])["decision"]
    assert content["by_segment"]["seg-log"]["love"]["share"]["people"] == 25
    assert content["by_segment"]["seg-mites"]["reasons"] == ["4 of 30 would be very disappointed"]
    shown = {
        "index.html": "The bet on these segments is open again",
        "segment-seg-log.html": "This is the focus",
        "report.md": "- the bet is open again: the sizes of the segments",
    }
    for name, words in shown.items():
        assert words in files[name].decode()
    assert json.loads(render_report(make_findings())["report.json"])["decision"] is None


def test_what_lovers_name_is_told_and_what_two_people_miss_is_not():
    its = decision_view(join_findings(decided_findings()), NAMES).by_segment["seg-log"]
    assert (its.loved, its.hold_backs) == (("glove (9 of 25)",), ())
    assert its.outcomes == (
        "a log that stays dry: opportunity 14.0 of 20 (importance 8.0, satisfaction 2.0; 30 ratings): solid",
    )
    assert its.months == ("July 2026: 8 of 20", "August 2026: 17 of 30")
