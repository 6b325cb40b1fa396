import json

import pytest

from overheard.customers import Row, read_events, read_payments
from overheard.settings import FunnelSettings, PaymentSettings
from tests.customers.make import make_rows, person_of

WHEN = "2026-05-04T10:00:00Z"
SETTINGS = FunnelSettings(name="app", file="a.jsonl", stages={"Signed Up": "acquisition", "Plan Bought": "revenue"})


@pytest.mark.parametrize(
    "row",
    [
        {"person": "ann", "ts": WHEN, "stage": "acquisition", "name": "signed_up", "event_id": "e1", "source": "ad"},
        {"type": "track", "userId": "ann", "event": "Signed Up", "timestamp": WHEN, "messageId": "e1",
         "context": json.dumps({"campaign": {"source": "ad"}})},
        {"event": "Signed Up", "distinct_id": "ann", "timestamp": WHEN, "uuid": "e1",
         "properties": json.dumps({"utm_source": "ad"})},
        {"event": "Signed Up", "properties": json.dumps({"distinct_id": "ann", "time": 1777888800, "utm_source": "ad",
                                                         "$insert_id": "e1"})},
    ],
    ids=["plain", "Segment", "PostHog", "Mixpanel"],
)  # fmt: skip
def test_an_event_is_the_same_whoever_exported_it(row):
    events, unread = read_events([Row(1, row)], SETTINGS, person_of)
    assert [(one.event_id, one.person_id, one.stage, one.source, one.happened_at.isoformat()) for one in events] == [
        ("e1", "p:ann", "acquisition", "ad", "2026-05-04T10:00:00+00:00")
    ]
    assert unread == []


def test_an_event_counts_once_and_one_that_is_no_stage_is_told_once():
    rows = make_rows(
        f'person,ts,name,event_id,value,currency\nann,{WHEN},Plan Bought,e1,"1,204.50",usd\n'
        f"ann,{WHEN},Plan Bought,e1,1,usd\nann,{WHEN},Page Seen,e2,,\nbo,{WHEN},Page Seen,e3,,\n"
        f",{WHEN},Signed Up,e4,,\nbo,someday,Signed Up,e5,,\n"
    )
    events, unread = read_events(rows, SETTINGS, person_of)
    assert [(one.value, one.currency) for one in events] == [(1204.5, "USD")]
    assert [one.line for one in unread] == [3, 4, 6, 7]
    assert "2 events named `Page Seen`" in unread[1].why


def test_a_hostile_nest_of_objects_is_read_to_a_depth_and_no_further():
    deep = '{"a":' * 400 + "1" + "}" * 400
    rows = [Row(1, {"person": "ann", "ts": WHEN, "name": "Signed Up", "properties": deep})]
    assert len(read_events(rows, SETTINGS, person_of)[0]) == 1


def test_payments_are_revenue_and_what_was_not_paid_is_none():
    rows = make_rows(
        "id,Created date (UTC),Amount,Currency,Status,Customer Email\n"
        'ch_1,2026-05-04 10:00:00,"1.204,50",eur,Paid,ann@example.org\n'
        "ch_2,2026-05-05 10:00:00,14.00,usd,Refunded,ann@example.org\n"
        "ch_3,2026-05-05 10:00:00,14,usd,succeeded,bo@example.org\n"
        "ch_3,2026-05-05 10:00:00,14,usd,succeeded,bo@example.org\n"
        "ch_4,2026-05-05 10:00:00,free,usd,succeeded,bo@example.org\n"
    )
    events, unread = read_payments(rows, PaymentSettings(name="stripe", file="a.csv"), person_of)
    assert [(one.value, one.currency, one.stage) for one in events] == [
        (1204.5, "EUR", "revenue"),
        (14, "USD", "revenue"),
    ]
    assert [one.line for one in unread] == [3, 5, 6]
