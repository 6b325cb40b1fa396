"""Positioning statement, Dunford's sheet, Lean Canvas, interview guide: what was heard fills what it can."""

from __future__ import annotations

from dataclasses import dataclass

from overheard.report.drafts.evidence import Evidence
from overheard.report.drafts.landing import list_dreams, shown_pains
from overheard.report.drafts.views import DraftSlot, Entry, Opportunity, Paper
from overheard.report.said.views import SaidView
from overheard.report.view import SegmentView

MOST = 3
MOST_OPPORTUNITIES = 6
"""Five to seven at the top of a tree (Torres)."""
LEAST_SOLUTIONS = 3


@dataclass(frozen=True, slots=True)
class Material:
    """What papers are written from. `loved` is what those who would miss the product name, with how many do."""

    segment: SegmentView
    said: SaidView
    evidence: Evidence
    loved: tuple[str, ...]


def write_statement(material: Material) -> Paper:
    """Draft Moore's positioning statement (Crossing the Chasm)."""
    return Paper(
        "Positioning statement",
        "For … who …, our product is a … that …. Unlike …, our product …. (Moore)",
        (
            DraftSlot("For", "who they are, by need", "market", _who(material.segment)),
            DraftSlot("who", "what they suffer from", "market", _pains(material.segment, 1)),
            DraftSlot("our product is a", "the market category", "founder"),
            DraftSlot("that", "the benefit, in their words", "market", _benefits(material, 1)),
            DraftSlot("Unlike", "what they use today", "market", _counted_alternatives(material)[:1]),
            DraftSlot("our product", "what only you do", "founder"),
        ),
    )


def write_dunford(material: Material) -> Paper:
    """Draft Dunford's sheet in her order, which begins with the alternatives (Obviously Awesome)."""
    return Paper(
        "Positioning, from the alternatives on",
        "In this order: what they would do without you, what only you have, its worth, who cares. (Dunford)",
        (
            DraftSlot(
                "Competitive alternatives", "what they would do without you", "market", _alternatives(material, MOST)
            ),
            DraftSlot("Unique attributes", "what you have and the alternatives have not", "founder"),
            DraftSlot("Value", "what that lets them do, in their words", "market", _benefits(material, MOST)),
            DraftSlot("Who cares a lot", "the segment and how it can be told", "market", _who(material.segment)),
            DraftSlot("Market category", "the frame that makes your value obvious", "founder"),
        ),
    )


def write_canvas(material: Material, outcome: str) -> Paper:
    """Draft a Lean Canvas (Maurya): the boxes that can be heard are filled, the founder's stay blank."""
    told = [one for one in material.said.places if one.is_more] or material.said.places[:MOST]
    places = tuple(Entry(f"{one.name}: {one.here.counted} of them", None) for one in told)
    # The founder's own word, from market.toml.
    metric = (Entry(outcome, None),) if outcome else ()
    return Paper(
        "Lean Canvas",
        "What was heard is filled in with a quote; the rest is yours. (Maurya)",
        (
            DraftSlot("Problem", "the three worst", "market", _pains(material.segment, MOST)),
            DraftSlot("Existing alternatives", "what they do today", "market", _alternatives(material, MOST)),
            DraftSlot("Customer segments", "who they are, by need", "market", _who(material.segment)),
            DraftSlot("Unique value proposition", "their words for it", "market", _benefits(material, 1)),
            DraftSlot("Solution", "the top three features", "founder"),
            DraftSlot("Channels", "where they already are", "market", places),
            DraftSlot("Revenue streams", "price and model", "founder"),
            DraftSlot("Cost structure", "what it costs you", "founder"),
            DraftSlot("Key metrics", "the one number", "founder", metric),
            DraftSlot("Unfair advantage", "what cannot be copied", "founder"),
        ),
    )


def write_guide(material: Material) -> Paper:
    """Draft questions for the next talks: about what they did, never about what they would do."""
    pains = shown_pains(material.segment)[:MOST]
    asked = [
        Entry(
            f"When did this last happen to you: {pain.name}? Tell me about that day.",
            pain.quotes[0] if pain.quotes else None,
        )
        for pain in pains
    ]
    tried = [Entry(f"What did you try against it ({pain.name})? What did that cost you?", None) for pain in pains[:1]]
    tried += [Entry("Somebody told us this. Have you done the like?", one) for one in material.evidence.tried[:MOST]]
    missing = tuple(Entry(line, None) for line in material.segment.missing)
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


def _benefits(material: Material, most: int) -> tuple[Entry, ...]:
    """Return what they want or are glad of, and what those who would miss the product say it does for them."""
    dreams = [Entry(one.text, one) for one in list_dreams(material.said, material.evidence)]
    loved = [Entry(f"named by those who would miss the product: {one}", None) for one in material.loved]
    return (*dreams[:most], *loved[:most])


def _counted_alternatives(material: Material) -> tuple[Entry, ...]:
    """Return what enough of them do or use instead; a statement of everybody's rests on no single voice."""
    ways = [Entry(f"{one.text} ({one.people})", one.quote) for one in material.said.ways.points]
    return (*ways, *(Entry(f"{one.name} ({one.named.people})", one.named.quote) for one in material.said.products))


def _alternatives(material: Material, most: int) -> tuple[Entry, ...]:
    """Return what enough of them do or use instead, after that what single ones tell, called so."""
    counted = _counted_alternatives(material)
    quoted = {entry.quote.text for entry in counted if entry.quote}
    tried = [Entry("one voice", one) for one in material.evidence.tried if one.text not in quoted]
    return (*counted, *tried)[:most]


def _who(segment: SegmentView) -> tuple[Entry, ...]:
    """Return who they are, by need, in one of their sentences."""
    pains = [pain for pain in shown_pains(segment) if pain.quotes]
    return (Entry(f"{segment.name}: {segment.share.counted} people heard", pains[0].quotes[0] if pains else None),)
