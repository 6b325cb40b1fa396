"""A landing page in the order pain, dream, fix (Hoy and Hillman): their words, and the founder's blanks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from overheard.report.drafts.evidence import Evidence, stands_alone
from overheard.report.drafts.views import Choice, DraftSlot, Entry, Landing
from overheard.report.quotes import Quote
from overheard.report.said.views import SaidView
from overheard.report.said.wording import stems_of
from overheard.report.view import PainView, SegmentView

COST = 2
"""The rung from which a pain tells what it costs."""
MOST = 3
LONGEST_HEADLINE = 110
"""Characters; what a visitor reads before deciding to stay."""
QUESTION = "Which of these could be you?"
NONE = "None of these"
HEADLINE, DREAM = "Headline", "Dream"
VARIED = (HEADLINE, DREAM)
"""The slots in which the variants of a page differ; where all differed, nobody could say what made the difference."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence a page can open with: the pain it tells of, and the segment's terms that stand in it, best first."""

    quote: Quote
    pain: PainView
    terms: tuple[str, ...]

    @property
    def about(self) -> str:
        """What it leads with, in words."""
        words = f", with their words {' and '.join(f'“{one}”' for one in self.terms[:2])}" if self.terms else ""
        return f"the pain “{self.pain.name}”{words}"


def write_landings(
    segment: SegmentView, said: SaidView, evidence: Evidence, choices: Sequence[Choice]
) -> tuple[Landing, ...]:
    """Draft a segment's landing page, in two variants where there is another sentence to open with, in other words.

    Args:
        segment: whose.
        said: what its people say.
        evidence: what the lists of `said` leave out.
        choices: the answers to the page's question, see `list_choices`.
    """
    leads = list_leads(segment)
    first = leads[0] if leads else None
    second = _other_than(leads[0], leads[1:]) if leads else None
    dreams = list_dreams(said, evidence)
    page = _page(segment, said, choices, first, second, dreams)
    if first is None or second is None:
        return (page,)
    # With one dream alone both show it, and the headline alone is tried.
    ours, theirs = (dreams[0::2], dreams[1::2]) if len(dreams) > 1 else (dreams, dreams)
    return (
        _varied(page, "a", first, ours[:MOST]),
        _varied(page, "b", second, theirs[:MOST]),
    )


def list_choices(segments: Sequence[SegmentView]) -> tuple[Choice, ...]:
    """Return one sentence of each segment to choose from, and none of them: a visitor tells which one is theirs."""
    leads = {segment.segment_id: list_leads(segment) for segment in segments}
    found = [Choice(segment_id, own[0].quote.text) for segment_id, own in leads.items() if own]
    return (*found, Choice("", NONE))


def list_leads(segment: SegmentView) -> tuple[Lead, ...]:
    """Return the sentences a page can open with: short, whole, and telling something without the line before.

    They stand in the order of their pains; of one pain those that hold the segment's terms come first.
    """
    terms = [term.text for term in segment.terms.all]
    found: dict[str, Lead] = {}
    ranks = {pain.pain_id: rank for rank, pain in enumerate(shown_pains(segment))}
    for pain in shown_pains(segment):
        for quote in pain.quotes:
            if len(quote.text) <= LONGEST_HEADLINE and _is_whole(quote):
                held = tuple(term for term in terms if _holds(quote.text, term))
                found.setdefault(quote.text, Lead(quote, pain, held))
    return tuple(
        sorted(
            found.values(), key=lambda one: (not stands_alone(one.quote.text), ranks[one.pain.pain_id], not one.terms)
        )
    )


def list_dreams(said: SaidView, evidence: Evidence) -> tuple[Quote, ...]:
    """Return what they try to get done, wish for and are glad of, in this order; asides only where all are asides."""
    wanted = [*(one.quote for one in said.stories), *evidence.wishes]
    glad = [one.quote for one in said.outcomes.points if one.quote]
    alone = [one for one in (*wanted, *glad) if stands_alone(one.text)]
    found = {one.text: one for one in reversed(alone or [*wanted, *glad])}
    return tuple(reversed(found.values()))


def shown_pains(segment: SegmentView) -> tuple[PainView, ...]:
    """Return the pains a segment's drafts are made from: those that set it apart, then those most of it tell."""
    ranked = {one.pain_id: one for one in (*segment.top_pains, *segment.pains)}
    return tuple(ranked.values())


def _is_whole(quote: Quote) -> bool:
    return not any(piece.is_removed for piece in quote.pieces)


def _holds(sentence: str, term: str) -> bool:
    if " " in term:
        return term.casefold() in sentence.casefold()
    return bool(stems_of(term)) and stems_of(term) <= stems_of(sentence)


def _other_than(first: Lead, others: Sequence[Lead]) -> Lead | None:
    """Return the first opening in other words of the segment, of another pain where there is one."""
    apart = [one for one in others if not set(first.terms) & set(one.terms)]
    return next((one for one in apart if one.pain.pain_id != first.pain.pain_id), next(iter(apart), None))


def _page(
    segment: SegmentView,
    said: SaidView,
    choices: Sequence[Choice],
    first: Lead | None,
    second: Lead | None,
    dreams: Sequence[Quote],
) -> Landing:
    """Write the page both variants are made from; what either opens with stands nowhere else."""
    opening = {one.quote.text for one in (first, second) if one}
    taken = opening | {one.text for one in dreams}
    quotes = [quote for pain in segment.top_pains or segment.pains[:MOST] for quote in pain.quotes]
    # Strangers read the page: a gap where a name stood would only make them ask whose it was.
    told = list({one.text: one for one in quotes if one.text not in taken and _is_whole(one)}.values())
    plain = [one for one in told if (one.rung or 0) < COST][:MOST] or told[:1]
    costs = [one for one in told if (one.rung or 0) >= COST and one not in plain][:MOST]
    taken |= {one.text for one in (*plain, *costs)}
    worries = [point.quote for point in said.anxieties.points if point.quote and point.quote.text not in taken]
    slots = (
        DraftSlot(HEADLINE, "a pain in one short sentence", "market", _entries([first.quote] if first else [])),
        DraftSlot("Pain", "what goes wrong, from several sides", "market", _entries(plain)),
        DraftSlot("What it costs", "time, money or nerves, as they tell it", "market", _entries(costs)),
        DraftSlot(DREAM, "what they wish for or are glad of", "market", _entries(dreams[:MOST])),
        DraftSlot("Fix", "what your product does about it, in one sentence", "founder"),
        DraftSlot("Worries", "what holds them back", "market", _entries(worries[:MOST])),
        DraftSlot("Your answer to the worries", "an answer to each", "founder"),
        DraftSlot("Small step", "the smallest thing a visitor can do now", "founder"),
    )
    about = first.about if first else ""
    return Landing(f"lp-{segment.segment_id[:8]}", "a", about, slots, QUESTION, tuple(choices))


def _varied(page: Landing, variant: str, lead: Lead, dreams: Sequence[Quote]) -> Landing:
    told = {HEADLINE: _entries([lead.quote]), DREAM: _entries(dreams)}
    slots = tuple(replace(one, entries=told.get(one.name, one.entries)) for one in page.slots)
    return replace(page, variant=variant, about=lead.about, slots=slots)


def _entries(quotes: Iterable[Quote]) -> tuple[Entry, ...]:
    return tuple(Entry(one.text, one) for one in quotes)
