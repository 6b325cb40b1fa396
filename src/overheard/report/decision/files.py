"""Love, funnel and focus in report.md and report.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from overheard.report.decision.views import DecisionView, LoveView, RateView, SegmentDecision
from overheard.report.escaping import escaped
from overheard.report.figures import Share, counted


def decision_json(view: DecisionView | None) -> dict[str, Any] | None:
    """Return the fields `Decision` of report.schema.json; None where no customers' file said anything."""
    if view is None:
        return None
    return {
        "headline": view.headline,
        "lines": list(view.lines),
        "reopened": list(view.reopened),
        "reopened_on": view.reopened_on or None,
        "refused": list(view.refused),
        "held": list(view.held),
        "bets": [asdict(one) for one in view.bets],
        "record": view.record,
        "unlike": list(view.unlike),
        "everybody": _segment_json(view.everybody),
        "by_segment": {segment_id: _segment_json(one) for segment_id, one in view.by_segment.items()},
    }


def _segment_json(one: SegmentDecision) -> dict[str, Any]:
    return {
        "love": _love_json(one.love) if one.love else None,
        "rates": [_rate_json(rate) for rate in one.rates],
        "rates_then": [_rate_json(rate) for rate in one.rates_then],
        "verdict": one.verdict,
        "reasons": list(one.reasons),
        "landing": list(one.landing),
        "loved": list(one.loved),
        "hold_backs": list(one.hold_backs),
        "outcomes": list(one.outcomes),
        "months": list(one.months),
    }


def _love_json(one: LoveView) -> dict[str, Any]:
    return {"share": _share_json(one.share) if one.share else None, "words": one.words, "caution": one.caution}


def _rate_json(one: RateView) -> dict[str, Any]:
    return asdict(one) | {"share": _share_json(one.share) if one.share else None}


def _share_json(one: Share) -> dict[str, Any]:
    return {"people": one.count, "of": one.total, "low": round(one.low, 4), "high": round(one.high, 4)}


def decision_markdown(view: DecisionView | None, names: Mapping[str, str]) -> list[str]:
    """Return the lines of report.md; none where no customers' file said anything.

    Args:
        view: what was decided.
        names: segment_id → name, of those that are shown.
    """
    if view is None:
        return []
    lines = ["## Whom to bet on", ""]
    since = f" since {view.reopened_on}" if view.reopened_on else ""
    lines += [f"- the bet is open again{since}: {escaped(line)}" for line in view.reopened]
    lines += [f"- refused: {escaped(line)}" for line in view.refused]
    lines += [f"- {escaped(line)}" for line in (view.headline, *view.lines) if line]
    lines += [f"- held: {escaped(line)}" for line in view.held]
    lines += [
        f"- bet at {one.probability:.0%}, {one.standing}, by {one.resolve_by}: {escaped(one.statement)}"
        for one in view.bets
    ]
    lines += [f"- {escaped(view.record)}"] if view.record else []
    rows = sorted(((names[key], one) for key, one in view.by_segment.items()), key=lambda row: row[0].casefold())
    for name, one in [("everybody who answered", view.everybody), *rows]:
        lines += ["", f"### {escaped(name)}", ""]
        lines.append(
            f"- {escaped(one.love.words)}" if one.love else "- too few were asked how they would feel without it"
        )
        lines += [f"- {escaped(text)}" for text in (one.verdict, *one.reasons, *one.landing, *one.outcomes) if text]
        lines += [f"- lovers name {escaped(text)}" for text in one.loved]
        lines += [f"- the fence misses {escaped(text)}" for text in one.hold_backs]
        lines += [_rate_line(rate) for rate in one.rates]
    return [*lines, ""]


def _rate_line(one: RateView) -> str:
    told = f"{one.share.counted} ({one.share.percent})" if one.share else "too few to show"
    waiting = f"; {counted(one.waiting, 'person still has', 'people still have')} time" if one.waiting else ""
    return f"- of those who {one.of}, {one.what}: {told}{waiting}"
