"""The whole report → a page for each pain shown and each headline term."""

from __future__ import annotations

from overheard.report.findings import Market
from overheard.report.quotes import Quoter
from overheard.report.single_pages.pain_page import PainPages
from overheard.report.single_pages.term_page import find_sayings, headline_terms, term_page
from overheard.report.single_pages.uses import find_uses, forms_of
from overheard.report.single_pages.views import SinglePages
from overheard.report.view import ReportView


def single_pages(market: Market, quoter: Quoter, view: ReportView) -> SinglePages:
    """View every pain and every headline term on its own.

    Args:
        market: the records, joined.
        quoter: cuts and blots.
        view: the rest of the report.
    """
    terms = headline_terms(view)
    forms = {key: own for key, own in forms_of(market).items() if key in terms}
    uses = find_uses(market, forms)
    by_pain, by_term = find_sayings(market, view.pains, terms, uses)
    pages = PainPages(market, quoter, view, by_pain)
    return SinglePages(
        pains={pain.pain_id: pages.page(pain) for pain in view.pains},
        terms={
            key: term_page(market, quoter, term.text, forms[key], uses[key], by_term.get(key, ()))
            for key, term in sorted(terms.items())
        },
    )
