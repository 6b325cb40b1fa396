"""Rows of a product's log → funnel events: plain columns, or the exports of Segment, PostHog and Mixpanel."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overheard.customers.row import NameOf, Row, Unread
from overheard.customers.times import is_day_first, read_time
from overheard.records import FunnelEvent, Stage, id_of
from overheard.settings import FunnelSettings

STAGES: tuple[Stage, ...] = ("acquisition", "activation", "retention", "referral", "revenue")

_NAMES: Mapping[str, tuple[str, ...]] = {
    # The first of these that the row has: our own layout, Segment's, PostHog's, Mixpanel's.
    "person": ("person", "person_id", "userId", "user_id", "distinct_id", "properties.distinct_id", "anonymousId"),
    "happened_at": ("ts", "timestamp", "originalTimestamp", "happened_at", "time", "properties.time", "created_at"),
    "event": ("name", "event", "event_name"),
    "stage": ("stage",),
    "value": ("value", "properties.revenue", "properties.value", "properties.$amount", "properties.price"),
    "currency": ("currency", "properties.currency"),
    "source": ("source", "properties.utm_source", "context.campaign.source", "properties.$referring_domain"),
    "event_id": ("event_id", "messageId", "uuid", "properties.$insert_id", "insert_id"),
}
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column holds what in this file."""

    columns: Mapping[str, str | None]

    def cell(self, row: Row, part: str) -> str:
        return row.cell(self.columns[part])


def read_events(
    rows: Sequence[Row], settings: FunnelSettings, person_of: NameOf
) -> tuple[list[FunnelEvent], list[Unread]]:
    """Read what people did.

    An event_id counts once, however often it is told. An event is a stage because the file says so, because
    `settings.stages` maps its name, or because it is called like a stage.

    Args:
        rows: of the file, in its order.
        settings: which column holds what, and which event is which stage.
        person_of: makes a person_id.

    Returns:
        The events by time and id, and what was left out.
    """
    flat = [Row(row.line, _flat(row.values)) for row in rows]
    layout = _layout(flat, settings)
    day_first = is_day_first(layout.cell(row, "happened_at") for row in flat)
    found: dict[str, FunnelEvent] = {}
    unread: list[Unread] = []
    unmapped: Counter[str] = Counter()
    first_line: dict[str, int] = {}
    for row in flat:
        who, name = layout.cell(row, "person"), layout.cell(row, "event")
        stage = _stage_of(layout.cell(row, "stage"), name, settings.stages)
        when = read_time(layout.cell(row, "happened_at"), day_first)
        if stage is None:
            unmapped[name] += 1
            first_line.setdefault(name, row.line)
        elif not who or when is None:
            unread.append(Unread(row.line, "nobody is named" if not who else "the time cannot be read"))
        else:
            value = _number(layout.cell(row, "value"))
            person_id = person_of(who)
            key = layout.cell(row, "event_id") or id_of("event", person_id, when.isoformat(), name, str(value))
            if key in found:
                unread.append(Unread(row.line, "the event is told twice; it counts once"))
                continue
            currency = layout.cell(row, "currency").upper()
            found[key] = FunnelEvent(key, person_id, when, stage, name, value, currency, layout.cell(row, "source"))
    unread += [
        Unread(
            first_line[name], f"{count} events named `{name[:40]}` are no stage; map the name in `stages` if they are"
        )
        for name, count in sorted(unmapped.items())
    ]
    events = sorted(found.values(), key=lambda event: (event.happened_at, event.event_id))
    return events, sorted(unread, key=lambda one: (one.line, one.why))


def _layout(rows: Sequence[Row], settings: FunnelSettings) -> _Layout:
    there = {name for row in rows for name in row.values}
    return _Layout(
        {
            part: getattr(settings, part) or next((name for name in names if name in there), None)
            for part, names in _NAMES.items()
        }
    )


def _stage_of(told: str, name: str, stages: Mapping[str, Stage]) -> Stage | None:
    if name in stages:
        return stages[name]
    return next((stage for stage in STAGES if stage in (told.lower(), name.lower())), None)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "")) if text else None
    except ValueError:
        return None


def _flat(values: Mapping[str, str], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Write what lies in objects ("properties": {"price": 9}) as columns of their own ("properties.price")."""
    flat: dict[str, str] = {}
    for name, value in values.items():
        inner = _object(value) if depth < _DEPTH else None
        if inner is None:
            flat[prefix + name] = value
        else:
            flat |= _flat(inner, f"{prefix}{name}.", depth + 1)
    return flat


def _object(value: str) -> dict[str, str] | None:
    if not value.startswith("{"):
        return None
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return {key: one if isinstance(one, str) else json.dumps(one) for key, one in found.items() if one is not None}
