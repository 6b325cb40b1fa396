"""The words a group uses and the others don't, with the lines they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from overheard.records import Term
from overheard.report.figures import share_of, times_as_often
from overheard.report.findings import Market
from overheard.report.quotes import Line, Quoter
from overheard.report.term_figures import figures_of
from overheard.report.term_view import OneVoiceView, TermsView, TermView

LINES = 2
"""Concordance lines a term gets: two contexts show whether it means what one thinks."""
INDEX_TERMS = 20
LEAST_THREADS = 2
"""What all say in one thread is that thread's subject."""
WHOLE_MARKET = "the whole market"


def terms_view(market: Market, quoter: Quoter, group_id: str, group: str, people: int | None) -> TermsView:
    """View a group's terms, most telling first.

    Terms that hold a name or a contact detail are left out whole: a term is nothing but its text.

    Args:
        market: where they were said.
        quoter: cuts and blots.
        group_id: whose terms.
        group: its name.
        people: its people; None for the whole market, which has no others to compare with.
    """
    settings = market.findings.settings.vocabulary
    own = [
        term
        for term in market.findings.terms
        if term.group_id == group_id and term.people >= settings.minimum_people and quoter.is_clean(term.text)
    ]
    ranked = sorted(own, key=lambda term: (term.place, -term.z, -term.people, term.text))[: settings.most_terms]
    alone = [term for term in ranked if _is_one_voice(term, settings.voices)]
    views = [_view(market, quoter, term, group, people) for term in ranked if term not in alone]
    shown = [term for term in alone if term.people >= market.smallest]
    headline = tuple(view for view in views if view.here.count >= settings.headline_people)
    return TermsView(
        headline,
        tuple(view for view in views if view.here.count < settings.headline_people),
        _checked(headline),
        tuple(
            OneVoiceView(term.text, term.people, term.uses, term.effective_people or 0.0, term.threads)
            for term in shown
        ),
        len(alone) - len(shown),
    )


def _is_one_voice(term: Term, voices: float) -> bool:
    """Tell whether hardly more than one voice, or one thread, says a term; not of what was never measured."""
    return term.effective_people is not None and (term.effective_people < voices or term.threads < LEAST_THREADS)


def _checked(headline: Sequence[TermView]) -> str:
    """Say in one sentence how the terms did on people who did not choose them."""
    tried = [one.figures for one in headline if one.figures is not None and one.figures.chosen]
    if not tried:
        return ""
    here, there = (
        100 * sum(one.unseen_here for one in tried) / len(tried),
        100 * sum(one.unseen_elsewhere for one in tried) / len(tried),
    )
    return (
        "Checked on people who did not choose them: each word was chosen by a random half of the people and looked for "
        "in the other half, and there only in sentences that had no part in making the groups. On average "
        f"{here:.0f}% of these people and {there:.0f}% of the others say it there."
    )


def index_terms(groups: Sequence[TermsView], whole: Sequence[TermsView]) -> tuple[TermView, ...]:
    """Choose the terms of the index page: the whole market's own, else the best of its groups, none twice.

    Headline terms come first; those few people use only fill up.
    """
    chosen: dict[str, TermView] = {}
    for views in (whole, groups):
        for rows in ([row for one in views for row in one.headline], [row for one in views for row in one.early]):
            for row in sorted(rows, key=lambda row: (-row.z, row.text, row.group_id)):
                if len(chosen) < INDEX_TERMS:
                    chosen.setdefault(row.text.casefold(), row)
    return tuple(chosen.values())


def _view(market: Market, quoter: Quoter, term: Term, group: str, people: int | None) -> TermView:
    customers = len(market.customers)
    # A term may have been counted before somebody was found to be staff: no share may exceed 1.
    here = max(customers if people is None else people, term.people)
    elsewhere = 0 if people is None else max(customers - here, term.people_elsewhere)
    shares = share_of(term.people, here), share_of(term.people_elsewhere, elsewhere) if elsewhere else None
    return TermView(
        group_id=term.group_id,
        group=group,
        text=term.text,
        here=shares[0],
        others=shares[1],
        often=times_as_often(term.effect, term.interval, term.people_elsewhere, elsewhere),
        uses=term.uses,
        effect=term.effect,
        low=term.interval[0],
        high=term.interval[1],
        z=term.z,
        lines=_lines(market, quoter, term),
        kind=term.kind,
        first_said=term.first_said.isoformat() if term.first_said else "",
        last_said=term.last_said.isoformat() if term.last_said else "",
        figures=figures_of(term, *shares),
    )


def _lines(market: Market, quoter: Quoter, term: Term) -> tuple[Line, ...]:
    lines: list[Line] = []
    for utterance_id, start, end in term.examples:
        utterance = market.utterances[utterance_id]
        line = quoter.line(utterance, market.documents[utterance.document_id], start, end)
        if not any(piece.is_removed for piece in line.hit):
            lines.append(line)
        if len(lines) == LINES:
            break
    return tuple(lines)
