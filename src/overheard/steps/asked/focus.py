"""The decision of the last run, to be read by a person or a program."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from overheard.errors import OverheardError, as_word
from overheard.records import FocusChoice, FocusFlip, FocusPart, FocusRefusal, Segment, SegmentLove, ValueOverlap
from overheard.settings import MARKET_FILE, StrategySettings
from overheard.steps.market import Market
from overheard.strategy import ALIKE_FROM, share_to_win


@dataclass(frozen=True, slots=True)
class Decision:
    """The choice, why others were refused, and what flips it.

    `beachheads` are segment_id → (share of its orders to win, whether that would lead it), where its orders are known.
    `unknown` are names in market.toml that no segment has (any more): what is told of them counts for nobody.
    """

    choice: FocusChoice
    love: tuple[SegmentLove, ...]
    refusals: tuple[FocusRefusal, ...]
    flips: tuple[FocusFlip, ...]
    value: tuple[ValueOverlap, ...]
    names: Mapping[str, str]
    beachheads: Mapping[str, tuple[float, bool]]
    unknown: tuple[str, ...] = ()


def load_decision(market: Market) -> Decision:
    """Load what the last run decided.

    Raises:
        OverheardError: no goal is set, or nothing was decided yet.
    """
    if market.settings.strategy.goal is None:
        raise OverheardError(
            f"{market.folder / MARKET_FILE}: no goal is set; add [strategy] goal = 100000 and run again"
        )
    choices: list[FocusChoice] = market.tables.load("focus_choices", FocusChoice)
    if not choices:
        raise OverheardError(f"{market.folder}: nothing was decided yet; run `overheard run {as_word(market.folder)}`")
    names = {one.segment_id: one.name for one in market.tables.load("segments", Segment)}
    choice = choices[-1]
    return Decision(
        choice,
        tuple(market.tables.load("segment_love", SegmentLove)),
        tuple(market.tables.load("focus_refusals", FocusRefusal)),
        tuple(market.tables.load("focus_flips", FocusFlip)),
        tuple(market.tables.load("value_overlaps", ValueOverlap)),
        names,
        _beachheads(choice, names, market.settings.strategy),
        tuple(
            one.segment
            for one in market.settings.strategy.potential
            if one.segment != "*" and one.segment not in (*names, *names.values())
        ),
    )


def _beachheads(
    choice: FocusChoice, names: Mapping[str, str], settings: StrategySettings
) -> dict[str, tuple[float, bool]]:
    orders = {one.segment: one.orders for one in settings.potential if one.orders}
    found = {one: orders.get(one) or orders.get(names.get(one, "")) for one in choice.segments}
    return {one: share_to_win(choice.goal, told) for one, told in found.items() if told}


def lines_of_decision(decision: Decision) -> list[str]:
    """Say a decision in lines for the terminal."""
    choice, names = decision.choice, decision.names
    money = f"{choice.currency} {choice.goal:,.0f}"
    chosen = " and ".join(f"“{names.get(one, one)}”" for one in choice.segments)
    likely = f"likely {choice.currency} {choice.likely:,.0f}; the chance that {money} are met is {choice.chance:.2f}"
    if choice.is_feasible:
        lines = [f"Focus on {chosen}: {likely}."]
    elif chosen:
        lines = [
            f"No focus meets {money}. The best there is, {chosen}: {likely}; "
            f"{choice.currency} {choice.gap:,.0f} are missing."
        ]
    else:
        lines = [f"No focus: no segment is shown to love the product and to be one. {money} are missing."]
    if choice.seen is not None and choice.held_out is not None:
        lines.append(
            f"Very disappointed: {choice.seen:.0%} of those who answered there; {choice.held_out:.0%} where as many "
            "segments are chosen by one half of the answers and scored by the other."
        )
    for segment_id, (share, leads) in sorted(decision.beachheads.items()):
        what = "which would lead it" if leads else "too many to win" if share > 1 else "which others may still lead"
        lines.append(
            f"“{names.get(segment_id, segment_id)}”: {share:.0%} of its orders would be half of the goal, {what}."
        )
    lines += _refusals(decision)
    for flip in decision.flips:
        if flip.flips and flip.breaks_at is not None:
            which = names.get(flip.segment_id, flip.segment_id)
            lines.append(
                f"The goal is missed with {_short_of(flip.part, flip.breaks_at, choice.currency)} in “{which}”."
            )
    lines += [
        f"{MARKET_FILE} tells what “{one}” may bring, and no segment is called so; see `overheard segments`."
        for one in decision.unknown
    ]
    unlike = [one for one in decision.value if one.overlap < ALIKE_FROM]
    lines += [
        f"“{names.get(one.left_id, one.left_id)}” and “{names.get(one.right_id, one.right_id)}” want different things: "
        "one page and one roadmap will not do for both."
        for one in unlike
        if {one.left_id, one.right_id} <= set(choice.segments)
    ]
    return lines


def _refusals(decision: Decision) -> list[str]:
    """Say why each other segment is refused; of one that would bring more than the focus, and the goal, that it is."""
    choice = decision.choice
    reasons: dict[str, list[FocusRefusal]] = defaultdict(list)
    for one in decision.refusals:
        reasons[one.segment_id].append(one)
    lines = []
    for segment_id, found in sorted(reasons.items()):
        likely = found[0].likely
        worth = f" (likely {choice.currency} {likely:,.0f})" if likely is not None else ""
        told = f"Not “{decision.names.get(segment_id, segment_id)}”{worth}: {'; '.join(one.reason for one in found)}."
        if likely is not None and likely >= choice.goal and likely > choice.likely:
            told += " Alone it would meet the goal on paper; it is refused all the same."
        lines.append(told)
    return lines


def _short_of(part: FocusPart, value: float, currency: str) -> str:
    if part == "people":
        return f"fewer than {math.ceil(value):,} people to reach"
    return f"less than {value:.1%} of them buying" if part == "win rate" else f"a price below {currency} {value:,.0f}"
