"""What people said → note sheets to read by, one for each thread or interview, and the order in which to read."""

from overheard.sheets.jargon import Candidate, find_jargon
from overheard.sheets.passages import Passage, cut_passages
from overheard.sheets.queue import Turn, order_reading
from overheard.sheets.sheet import HEADINGS, Heading, Line, Sheet, find_telling, write_sheets
from overheard.sheets.wording import Commonness

__all__ = [
    "HEADINGS",
    "Candidate",
    "Commonness",
    "Heading",
    "Line",
    "Passage",
    "Sheet",
    "Turn",
    "cut_passages",
    "find_jargon",
    "find_telling",
    "order_reading",
    "write_sheets",
]
