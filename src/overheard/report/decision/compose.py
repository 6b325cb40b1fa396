"""Love, rates and the focus as they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from overheard.proportion import words_of
from overheard.records import DriftTrigger, FocusChoice, FocusRefusal, SegmentLove, SegmentRate, Stage, ThemeKind
from overheard.report.charts import whisker_of
from overheard.report.decision.ledger import list_bets, list_held, tell_record
from overheard.report.decision.views import DecisionView, LoveView, RateView, SegmentDecision
from overheard.report.figures import FEWEST_FOR_PERCENT, Share, counted, number, share_of, shielded
from overheard.report.findings import Market
from overheard.report.quotes import Quoter

STAGES: Mapping[Stage, tuple[str, str]] = {
    "activation": ("came to use it", "came"),
    "retention": ("came back", "came to use it"),
    "referral": ("told others", "came to use it"),
    "revenue": ("paid", "came to use it"),
}
"""What a stage is in words, and whom it is a share of."""
MOVED: Mapping[DriftTrigger, str] = {
    "shares": "the sizes of the segments have moved (stability index {value:.2f}, from {limit:.2f} on another mix)",
    "assignment": "people are in other segments than then (agreement {value:.2f} of 1, needed {limit:.2f})",
    "words": "{whose} is told in other words than then (overlap {value:.2f} of 1, needed {limit:.2f})",
    "stability": "{whose} no longer comes back when people are drawn again (stability {value:.2f}, needed {limit:.2f})",
    "love": "the love of {whose} is no longer what it was ({value:.0%} now, {limit:.0%} then)",
}
UNLIKE_BELOW = 0.5
MOST_THEMES = 8
FEWEST_MONTHS = 2
"""A score of one month is no course."""
EVERYBODY = ""


def decision_view(market: Market, names: Mapping[str, str]) -> DecisionView | None:
    """View what was decided; None where no customers' file said anything.

    Args:
        market: with its findings.
        names: segment_id → name of the segments that are shown.
    """
    findings = market.findings
    told = (findings.segment_rates, findings.drifts, findings.landing_counts, findings.rejections, findings.bets)
    if not any(one.answers for one in findings.segment_love) and not any(told):
        return None
    choice = findings.focus_choices[-1] if findings.focus_choices else None
    return DecisionView(
        _headline(choice, names) if choice else "",
        _lines(choice, market) if choice else (),
        _of(market, EVERYBODY, None, names),
        {segment_id: _of(market, segment_id, choice, names) for segment_id in names},
        _unlike(market, names),
        _reopened(market, names),
        _reopened_on(market),
        _refused(market),
        list_held(market, names),
        list_bets(market, Quoter(findings.blots)),
        tell_record(market),
    )


def _headline(choice: FocusChoice, names: Mapping[str, str]) -> str:
    chosen = " and ".join(f"“{names.get(one, 'a segment too small to show')}”" for one in choice.segments)
    goal = _money(choice.goal, choice.currency)
    if choice.is_feasible:
        return f"Focus on {chosen}."
    if choice.gap:
        best = f": {chosen} would bring {_money(choice.likely, choice.currency)}" if chosen else ""
        return f"No focus can bring {goal} in twelve months{best}; {_money(choice.gap, choice.currency)} are missing."
    return f"No focus yet: {chosen} is loved by the answers that chose it, and not by those that had no say."


def _lines(choice: FocusChoice, market: Market) -> tuple[str, ...]:
    lines = []
    if choice.segments:
        lines.append(
            f"It may bring {_money(choice.likely, choice.currency)} in twelve months; the chance that it brings the "
            f"{_money(choice.goal, choice.currency)} of the goal is {choice.chance:.2f} over the ranges you gave."
        )
    if choice.seen is not None and choice.held_out is not None:
        answers = sum(one.answers for one in market.findings.segment_love if one.segment_id in choice.segments)
        those = f"the {number(answers)}" if answers >= market.smallest else "those"
        lines.append(
            f"{100 * choice.seen:.0f}% of {those} who answered there would be very disappointed without the product. "
            f"Chosen by one half of the answers and scored by the other it is {100 * choice.held_out:.0f}%: whoever "
            "picks the best of several is a little lucky, and this takes the luck out."
        )
    return tuple(lines)


def _money(value: float, currency: str) -> str:
    return f"{currency}\u00a0{number(round(value))}"


def _of(market: Market, segment_id: str, choice: FocusChoice | None, names: Mapping[str, str]) -> SegmentDecision:
    findings = market.findings
    love = next((one for one in findings.segment_love if one.segment_id == segment_id), None)
    rates = [one for one in findings.segment_rates if one.segment_id == segment_id and one.cohort is None]
    refusals = [one for one in findings.focus_refusals if one.segment_id == segment_id]
    return SegmentDecision(
        _love(love, market.smallest),
        _rates([one for one in rates if one.as_known == "now"], market.smallest),
        _rates([one for one in rates if one.as_known == "then"], market.smallest),
        _verdict(segment_id, choice, refusals) if choice else "",
        tuple(one.reason for one in refusals) if choice else (),
        _landing(market, segment_id, names),
        _themes(market, segment_id, "loved"),
        _themes(market, segment_id, "hold-back"),
        _outcomes(market, segment_id),
        _months(market, segment_id),
        choice is not None and choice.is_feasible and segment_id in choice.segments,
    )


def _verdict(segment_id: str, choice: FocusChoice, refusals: Sequence[FocusRefusal]) -> str:
    """Say whether it is the focus, and of what alone would bring more than the focus, and the goal, that it is not."""
    if segment_id in choice.segments:
        return "This is the focus." if choice.is_feasible else "The best there is, but it does not meet the goal."
    likely = refusals[0].likely if refusals else None
    if likely is not None and likely >= choice.goal and likely > choice.likely:
        money = _money(likely, choice.currency)
        return f"Not the focus: it alone would meet the goal on paper ({money}) and is refused all the same."
    return "Not the focus."


def _love(love: SegmentLove | None, smallest: int) -> LoveView | None:
    if love is None or love.share is None or love.low is None or love.high is None or love.answers < smallest:
        return None
    # The interval rests on how surely each of them belongs here, so it is wider than that of the bare count.
    share = Share(love.very, love.answers, love.low, love.high)
    counted_out = words_of(love.very, love.answers, smallest)
    is_few = 0 < love.very < smallest  # the interval would tell how many
    words = f"{counted_out} would be very disappointed without the product"
    cautions = []
    if love.answers < FEWEST_FOR_PERCENT:
        cautions.append(f"fewer than {FEWEST_FOR_PERCENT} answers show a direction only")
    if love.placed:
        cautions.append(f"{counted(love.placed, 'of them was', 'of them were')} placed here by what they answered")
    caution = "; ".join(cautions)
    if is_few:
        return LoveView(None, None, counted_out, words, caution)
    return LoveView(share, whisker_of(share), counted_out, f"{words} ({share.percent})", caution)


def _rates(rates: Sequence[SegmentRate], smallest: int) -> tuple[RateView, ...]:
    if not any(one.of >= smallest for one in rates):
        return ()
    views = []
    for one in rates:
        what, of = STAGES[one.stage]
        # One or two who did, or who did not, would point at somebody.
        is_shown = one.of >= smallest and all(n == 0 or n >= smallest for n in (one.people, one.of - one.people))
        views.append(RateView(what, of, share_of(one.people, one.of) if is_shown else None, one.waiting))
    return tuple(views)


def _landing(market: Market, segment_id: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Say what a page brought: of its visitors who answered, how many picked its own segment's sentence."""
    rows = [one for one in market.findings.landing_counts if one.segment_id == segment_id]
    if not rows or rows[0].visitors < market.smallest:
        return ()
    lines = [f"{counted(rows[0].visitors, 'visitor')} of its landing page, {counted(rows[0].answers, 'answer')}"]
    # Who answered is a handful at first: cells of one or two would point at them.
    shown = shielded({one.answer: one.people for one in rows if one.people}, market.smallest)
    for answer, people in sorted(shown.items(), key=lambda row: (row[0] != segment_id, row[0])):
        if people is not None:
            whose = "its own sentence" if answer == segment_id else "none of the sentences"
            whose = f"that of “{names[answer]}”" if answer in names and answer != segment_id else whose
            share = share_of(people, rows[0].answers)
            lines.append(f"{share.counted} said that {whose} could be theirs ({share.percent})")
    return tuple(lines)


def _themes(market: Market, segment_id: str, kind: ThemeKind) -> tuple[str, ...]:
    """Say which words enough people use, most first."""
    own = [one for one in market.findings.roadmap_themes if one.segment_id == segment_id and one.kind == kind]
    ranked = sorted(own, key=lambda one: (-one.people, one.theme))
    quoter = Quoter(market.findings.blots)
    told = [one for one in ranked if one.people >= market.smallest and quoter.is_clean(one.theme)]
    return tuple(f"{one.theme} ({number(one.people)} of {number(one.of)})" for one in told[:MOST_THEMES])


def _outcomes(market: Market, segment_id: str) -> tuple[str, ...]:
    own = [one for one in market.findings.opportunities if one.segment_id == segment_id]
    return tuple(
        f"{one.outcome}: opportunity {one.score:.1f} of 20 (importance {one.importance:.1f}, "
        f"satisfaction {one.satisfaction:.1f}; {counted(one.people, 'rating')}): {one.band}"
        for one in sorted(own, key=lambda one: (-one.score, one.outcome))
        if one.people >= market.smallest
    )


def _months(market: Market, segment_id: str) -> tuple[str, ...]:
    own = [
        one for one in market.findings.love_months if one.segment_id == segment_id and one.answers >= market.smallest
    ]
    ranked = sorted(own, key=lambda one: one.month)
    if len(ranked) < FEWEST_MONTHS:
        return ()
    return tuple(f"{one.month:%B %Y}: {words_of(one.very, one.answers, market.smallest)}" for one in ranked)


def _unlike(market: Market, names: Mapping[str, str]) -> tuple[str, ...]:
    shown = [one for one in market.findings.value_overlaps if one.left_id in names and one.right_id in names]
    pairs = sorted(
        (one for one in shown if one.overlap < UNLIKE_BELOW), key=lambda one: (one.overlap, one.left_id, one.right_id)
    )
    if len(pairs) == len(shown) > 1:
        return ("any two of these segments",)
    return tuple(f"“{names[one.left_id]}” and “{names[one.right_id]}”" for one in pairs)


def _reopened(market: Market, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        MOVED[one.trigger].format(
            whose=f"“{names[one.segment_id]}”" if one.segment_id in names else "a segment",
            value=one.value,
            limit=one.limit,
        )
        for one in market.findings.drifts
        if one.is_over
    )


def _reopened_on(market: Market) -> str:
    """Return since when the first of tonight's measures is over its limit."""
    over = {(one.trigger, one.segment_id) for one in market.findings.drifts if one.is_over}
    last: dict[tuple[str, str], date] = {}
    for one in sorted(market.findings.bet_reopenings, key=lambda row: row.reopened_on):
        if (one.trigger, one.segment_id) in over:
            last[one.trigger, one.segment_id] = one.reopened_on
    return min(last.values()).isoformat() if last else ""


def _refused(market: Market) -> tuple[str, ...]:
    """Say who refused the last regrouping, why, and what it would have changed; () where another one stands since."""
    findings = market.findings
    fitted = max((one.fitted_on for one in findings.segmentations), default=date.min)
    last = max(findings.rejections, key=lambda one: (one.rejected_on, one.fitted_on), default=None)
    if last is None or last.fitted_on < fitted:
        return ()
    clean = Quoter(findings.blots).clean
    who = last.by or "Somebody"
    told = f"{who} refused the regrouping of {last.fitted_on} on {last.rejected_on}: {clean(last.why)}"
    return (told, *last.diff)
