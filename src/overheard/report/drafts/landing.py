"""A landing page in the order pain, dream, fix (Hoy and Hillman): their words, and the founder's blanks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from overheard.report.drafts.views import Choice, DraftSlot, Entry, Landing
from overheard.report.quotes import Quote
from overheard.report.said.views import SaidView
from overheard.report.view import PainView, SegmentView

COST = 2
"""The rung from which a pain tells what it costs."""
MOST = 3
LONGEST_HEADLINE = 110
"""Characters; what a visitor reads before deciding to stay."""
QUESTION = "Which of these could be you?"
NONE = "None of these"


def write_landing(segment: SegmentView, said: SaidView, choices: Sequence[Choice]) -> Landing:
    """Draft a segment's landing page.

    Args:
        segment: whose.
        said: what its people say.
        choices: the answers to the page's question, see `list_choices`.
    """
    pains = segment.top_pains or segment.pains[:MOST]
    quotes = [quote for pain in pains for quote in pain.quotes]
    headline = _headline(quotes)
    told = [one for one in quotes if one is not headline]
    plain = [one for one in told if (one.rung or 0) < COST][:MOST] or told[:1]
    costs = [one for one in told if (one.rung or 0) >= COST and one not in plain][:MOST]
    slots = (
        DraftSlot("Headline", "a pain in one short sentence", "market", _entries([headline] if headline else [])),
        DraftSlot("Pain", "what goes wrong, from several sides", "market", _entries(plain)),
        DraftSlot("What it costs", "time, money or nerves, as they tell it", "market", _entries(costs)),
        DraftSlot("Dream", "what they wish for or are glad of", "market", _dreams(said)),
        DraftSlot("Fix", "what your product does about it, in one sentence", "founder"),
        DraftSlot("Worries", "what holds them back", "market", _entries(
            [point.quote for point in said.anxieties.points[:MOST] if point.quote]
        )),
        DraftSlot("Your answer to the worries", "an answer to each", "founder"),
        DraftSlot("Small step", "the smallest thing a visitor can do now", "founder"),
    )  # fmt: skip
    return Landing(f"lp-{segment.segment_id[:8]}", slots, QUESTION, tuple(choices))


def list_choices(segments: Sequence[SegmentView]) -> tuple[Choice, ...]:
    """Return one sentence of each segment to choose from, and none of them: a visitor tells which one is theirs."""
    found = []
    for segment in segments:
        quote = _headline([quote for pain in segment.top_pains or segment.pains[:MOST] for quote in pain.quotes])
        if quote is not None:
            found.append(Choice(segment.segment_id, quote.text))
    return (*found, Choice("", NONE))


def _headline(quotes: Sequence[Quote]) -> Quote | None:
    """Return the first sentence that is short enough and has nothing blotted out."""
    whole = [one for one in quotes if not any(piece.is_removed for piece in one.pieces)]
    return next((one for one in whole if len(one.text) <= LONGEST_HEADLINE), None)


def _entries(quotes: Iterable[Quote]) -> tuple[Entry, ...]:
    return tuple(Entry(one.text, one) for one in quotes)


def _dreams(said: SaidView) -> tuple[Entry, ...]:
    """Return what they try to get done, then what they wish for or are glad of."""
    stories = [one.quote for one in said.stories]
    return _entries(dict.fromkeys([*stories, *(one.quote for one in said.outcomes.points if one.quote)]))[:MOST]


def shown_pains(segment: SegmentView) -> tuple[PainView, ...]:
    """Return the pains a segment's drafts are made from: those that set it apart, then those most of it tell."""
    ranked = {one.pain_id: one for one in (*segment.top_pains, *segment.pains)}
    return tuple(ranked.values())
