"""Rows of a payment provider's export → what people paid, as funnel events of the stage revenue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from overheard.customers.row import NameOf, Row, Unread
from overheard.customers.times import is_day_first, read_time
from overheard.records import FunnelEvent, id_of
from overheard.settings import PaymentSettings

_COLUMNS = {
    "person": ("Customer ID", "Customer Email", "customer", "customer_email", "email", "person"),
    "paid_at": ("Created date (UTC)", "Created (UTC)", "Created", "created", "date", "paid_at"),
    "amount": ("Amount", "amount", "Converted Amount", "total"),
    "currency": ("Currency", "currency", "Converted Currency"),
    "status": ("Status", "status"),
    "payment_id": ("id", "ID", "payment_id", "Invoice Number"),
}
_PAID = {"", "paid", "succeeded", "complete", "completed", "success", "captured"}


def read_payments(
    rows: Sequence[Row], settings: PaymentSettings, person_of: NameOf
) -> tuple[list[FunnelEvent], list[Unread]]:
    """Read payments; what was refunded whole, failed or is pending is left out and told.

    Args:
        rows: of the file, in its order.
        settings: which column holds what.
        person_of: makes a person_id.

    Returns:
        Events of the stage revenue, by time and id, and what was left out.
    """
    there = {name for row in rows for name in row.values}
    columns = {
        part: getattr(settings, part) or next((name for name in names if name in there), None)
        for part, names in _COLUMNS.items()
    }
    day_first = is_day_first(row.cell(columns["paid_at"]) for row in rows)
    found: dict[str, FunnelEvent] = {}
    unread: list[Unread] = []
    for row in rows:
        who, when = row.cell(columns["person"]), read_time(row.cell(columns["paid_at"]), day_first)
        amount, status = _money(row.cell(columns["amount"])), row.cell(columns["status"]).lower()
        if status not in _PAID:
            unread.append(Unread(row.line, f"the payment is {status[:30]}, not paid"))
        elif not who or when is None or amount is None:
            missing = "payer" if not who else "time" if when is None else "amount"
            unread.append(Unread(row.line, f"the payment has no {missing}"))
        else:
            person_id = person_of(who)
            key = row.cell(columns["payment_id"]) or id_of("payment", person_id, when.isoformat(), str(amount))
            if key in found:
                unread.append(Unread(row.line, "the payment is told twice; it counts once"))
                continue
            currency = row.cell(columns["currency"]).upper()
            found[key] = FunnelEvent(key, person_id, when, "revenue", "payment", amount, currency, settings.name)
    return sorted(found.values(), key=lambda event: (event.happened_at, event.event_id)), unread


def _money(text: str) -> float | None:
    """Read "1,204.50", "1.204,50" or "12"; the last mark before two digits is the decimal one."""
    plain = re.sub(r"[^\d.,-]", "", text)
    if not re.search(r"\d", plain):
        return None
    if found := re.fullmatch(r"(-?[\d.,]*?)[.,](\d{2})", plain):
        return float(f"{re.sub('[.,]', '', found[1]) or '0'}.{found[2]}")
    return float(re.sub("[.,]", "", plain)) if re.fullmatch(r"-?\d[\d.,]*", plain) else None
