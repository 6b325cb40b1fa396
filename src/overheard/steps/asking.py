"""Whom of those in no segment to ask which question, for the report."""

from __future__ import annotations

from overheard.people.assigning import Ask, ask_people
from overheard.steps.asked.assign import fit_questions, load_known
from overheard.steps.market import Market
from overheard.steps.vectors import open_cache


def ask_market_people(market: Market) -> list[Ask]:
    """Choose a question for everybody in no segment; none where nothing tells the segments apart."""
    known = load_known(market)
    key = fit_questions(known)
    if isinstance(key, str):
        return []
    return ask_people(key, known.evidence, open_cache(market).take(list(known.keys)), known.segment_of)
