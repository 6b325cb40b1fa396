"""Positioning statement, Dunford's sheet, Lean Canvas, interview guide: what was heard fills what it can."""

from __future__ import annotations

from overheard.report.drafts.landing import shown_pains
from overheard.report.drafts.views import DraftSlot, Entry, Opportunity, Paper
from overheard.report.said.views import SaidView
from overheard.report.view import SegmentView

MOST = 3
MOST_OPPORTUNITIES = 6
"""Five to seven at the top of a tree (Torres)."""
LEAST_SOLUTIONS = 3


def write_statement(segment: SegmentView, said: SaidView) -> Paper:
    """Draft Moore's positioning statement (Crossing the Chasm)."""
    return Paper(
        "Positioning statement",
        "For … who …, our product is a … that …. Unlike …, our product …. (Moore)",
        (
            DraftSlot("For", "who they are, by need", "market", (Entry(segment.name, None),)),
            DraftSlot("who", "what they suffer from", "market", _pains(segment, 1)),
            DraftSlot("our product is a", "the market category", "founder"),
            DraftSlot("that", "the benefit, in their words", "market", _outcomes(said, 1)),
            DraftSlot("Unlike", "what they use today", "market", _alternatives(said, 1)),
            DraftSlot("our product", "what only you do", "founder"),
        ),
    )


def write_dunford(segment: SegmentView, said: SaidView) -> Paper:
    """Draft Dunford's sheet in her order, which begins with the alternatives (Obviously Awesome)."""
    return Paper(
        "Positioning, from the alternatives on",
        "In this order: what they would do without you, what only you have, its worth, who cares. (Dunford)",
        (
            DraftSlot(
                "Competitive alternatives", "what they would do without you", "market", _alternatives(said, MOST)
            ),
            DraftSlot("Unique attributes", "what you have and the alternatives have not", "founder"),
            DraftSlot("Value", "what that lets them do, in their words", "market", _outcomes(said, MOST)),
            DraftSlot("Who cares a lot", "the segment and how it can be told", "market", _who(segment)),
            DraftSlot("Market category", "the frame that makes your value obvious", "founder"),
        ),
    )


def write_canvas(segment: SegmentView, said: SaidView) -> Paper:
    """Draft a Lean Canvas (Maurya): the boxes that can be heard are filled, the founder's stay blank."""
    places = tuple(
        Entry(f"{one.name}: {one.here.counted} of them", None) for one in said.places if one.is_more
    ) or tuple(Entry(f"{one.name}: {one.here.counted} of them", None) for one in said.places[:MOST])
    return Paper(
        "Lean Canvas",
        "What was heard is filled in with a quote; the rest is yours. (Maurya)",
        (
            DraftSlot("Problem", "the three worst", "market", _pains(segment, MOST)),
            DraftSlot("Existing alternatives", "what they do today", "market", _alternatives(said, MOST)),
            DraftSlot("Customer segments", "who they are, by need", "market", _who(segment)),
            DraftSlot("Unique value proposition", "their words for it", "market", _outcomes(said, 1)),
            DraftSlot("Solution", "the top three features", "founder"),
            DraftSlot("Channels", "where they already are", "market", places),
            DraftSlot("Revenue streams", "price and model", "founder"),
            DraftSlot("Cost structure", "what it costs you", "founder"),
            DraftSlot("Key metrics", "the one number", "founder"),
            DraftSlot("Unfair advantage", "what cannot be copied", "founder"),
        ),
    )


def write_guide(segment: SegmentView, said: SaidView) -> Paper:
    """Draft questions for the next talks: about what they did, never about what they would do."""
    pains = shown_pains(segment)[:MOST]
    asked = [
        Entry(
            f"When did this last happen to you: {pain.name}? Tell me about that day.",
            pain.quotes[0] if pain.quotes else None,
        )
        for pain in pains
    ]
    tried = [Entry(f"What did you try against it ({pain.name})? What did that cost you?", None) for pain in pains[:1]]
    missing = tuple(Entry(line, None) for line in segment.missing)
    return Paper(
        "Questions for the next talks",
        "Ask about the past and about money spent; sell nothing. (Blank)",
        (
            DraftSlot("Open with", "a day on which it hurt", "market", tuple(asked)),
            DraftSlot("Then", "what they did about it", "market", tuple(tried)),
            DraftSlot("What is not known yet", "what this report cannot tell", "market", missing),
        ),
    )


def grow_tree(segment: SegmentView) -> tuple[Opportunity, ...]:
    """Return the opportunities of a focus segment: its pains, most people first (Torres)."""
    ranked = sorted(shown_pains(segment), key=lambda one: -one.share.count)
    return tuple(Opportunity(one.name, one.share.counted, one.quotes[:2]) for one in ranked[:MOST_OPPORTUNITIES])


def lint_tree(outcome: str, tree: tuple[Opportunity, ...], solutions: dict[str, int]) -> tuple[str, ...]:
    """Say which of Torres's rules a tree breaks.

    Args:
        outcome: the one outcome, "" where none is set.
        tree: the opportunities.
        solutions: how many solutions each opportunity that is worked on has.
    """
    faults = []
    if not outcome:
        faults.append("no outcome is set: one metric that shall change, not something to be built")
    if not tree:
        faults.append("no opportunity: nobody's pain is shown here")
    faults += [f"“{one.name}” has no quote behind it" for one in tree if not one.quotes]
    faults += [
        f"“{name}” has {count} solutions: compare at least {LEAST_SOLUTIONS}, each with a test"
        for name, count in solutions.items()
        if count < LEAST_SOLUTIONS
    ]
    return tuple(faults)


def _pains(segment: SegmentView, most: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(f"{one.name} ({one.share.counted} of them)", one.quotes[0] if one.quotes else None)
        for one in shown_pains(segment)[:most]
    )


def _outcomes(said: SaidView, most: int) -> tuple[Entry, ...]:
    return tuple(Entry(one.quote.text, one.quote) for one in said.outcomes.points[:most] if one.quote)


def _alternatives(said: SaidView, most: int) -> tuple[Entry, ...]:
    ways = [Entry(f"{one.text} ({one.people})", one.quote) for one in said.ways.points]
    products = [Entry(f"{one.name} ({one.named.people})", one.named.quote) for one in said.products]
    return tuple((*ways, *products)[:most])


def _who(segment: SegmentView) -> tuple[Entry, ...]:
    return (Entry(f"{segment.name}: {segment.share.counted} people heard", None),)
