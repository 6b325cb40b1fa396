"""Who the people of a segment are otherwise: told afterwards, with how far it goes with the segments."""

from __future__ import annotations

from datetime import date

from overheard.report.figures import number, shielded
from overheard.report.findings import Market
from overheard.report.notes import FieldNote
from overheard.report.persona_view import FieldRow
from overheard.report.quotes import Quoter

MOST_VALUES = 2
DAY = "day"
SURE = 0.05
"""q below which a field goes with the segments."""
LEAST_SHOWN = 0.001


def field_rows(market: Market, quoter: Quoter, segment_id: str) -> tuple[FieldRow, ...]:
    """Describe a segment's people by each field known of enough of them."""
    rows = []
    for field in market.findings.fields:
        here = _values(market, quoter, field, segment_id)
        if here:
            known, is_sure = f"{number(field.people)} people", field.q is not None and field.q < SURE
            rows.append(FieldRow(field.name, here, known, _effect(field), _chance(field), is_sure))
    return tuple(rows)


def _values(market: Market, quoter: Quoter, field: FieldNote, segment_id: str) -> str:
    middle = field.middles.get(segment_id)
    if middle is not None:
        return (
            f"half by {date.fromordinal(round(middle)).isoformat()}" if field.unit == DAY else f"median {middle:,.0f}"
        )
    counts = dict(field.values.get(segment_id, ()))
    total = sum(counts.values())
    shown = shielded(counts, market.smallest)
    known = [(value, count) for value, count in shown.items() if count is not None and quoter.is_clean(value)]
    if total < market.smallest or not known:
        return ""
    return ", ".join(f"{value} {number(count)} of {number(total)}" for value, count in known[:MOST_VALUES])


def _effect(field: FieldNote) -> str:
    return "too few known to test" if field.effect is None else f"{field.measure} {field.effect:.2f}"


def _chance(field: FieldNote) -> str:
    if field.q is None:
        return ""
    if field.q >= SURE:
        return f"no difference to be told (q {field.q:.2f})"
    return f"differs between segments (q {max(field.q, LEAST_SHOWN):.3f}{' or less' if field.q <= LEAST_SHOWN else ''})"
