"""Your own customers' files → facts about people: survey answers, funnel events, payments."""

from overheard.customers.answers import read_answers
from overheard.customers.events import read_events
from overheard.customers.payments import read_payments
from overheard.customers.questions import Column, Part, Proposal, propose_mapping
from overheard.customers.row import NameOf, Row, Unread
from overheard.customers.traffic import read_form_rows, read_web_log

__all__ = [
    "Column",
    "NameOf",
    "Part",
    "Proposal",
    "Row",
    "Unread",
    "propose_mapping",
    "read_answers",
    "read_events",
    "read_form_rows",
    "read_payments",
    "read_web_log",
]
