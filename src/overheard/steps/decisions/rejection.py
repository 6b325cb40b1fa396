"""A person refuses a regrouping: the accepted segments stand again, and what was refused is kept with its reason."""

from __future__ import annotations

from overheard.errors import OverheardError
from overheard.records import Rejection, id_of
from overheard.steps.decisions.acceptance import load_acceptance, load_refit_changes
from overheard.steps.decisions.segment_fits import REJECTIONS, load_accepted_fit, load_fit
from overheard.steps.market import Market
from overheard.steps.people import segment_market_people
from overheard.steps.vectors import encode_market
from overheard.storage import latest_report


def reject_refit(market: Market, by: str, why: str) -> Rejection:
    """Refuse the regrouping that stands, and put everybody back among the accepted segments at once.

    It does not come back while nothing else is said: everybody is grouped anew only of other sentences or settings.

    Args:
        market: with an accepted run and a later regrouping.
        by: who decides.
        why: their reason.

    Returns:
        What was written down.

    Raises:
        OverheardError: no run was accepted, or nobody was grouped anew since, or no reason is given.
    """
    accepted, standing, acceptance = load_accepted_fit(market), load_fit(market), load_acceptance(market)
    if not why.strip():
        raise OverheardError("a refusal needs a reason: add --why")
    if accepted is None or standing is None or acceptance is None or len(accepted.segments) < 2:
        raise OverheardError(f"{market.folder}: no run was accepted to go back to; see `overheard accept`")
    last = standing.segmentation
    if last == accepted.segmentation:
        raise OverheardError(
            f"{market.folder}: nobody was grouped anew since the run of {acceptance.accepted_on} was accepted"
        )
    report = latest_report(market.folder / "reports")
    refused = Rejection(
        id_of("rejection", last.fitted_on, last.recipe, last.inputs),
        market.night,
        by.strip(),
        why.strip(),
        report.name if report else "",
        last.fitted_on,
        last.recipe,
        last.inputs,
        load_refit_changes(market),
    )
    market.tables.merge(REJECTIONS, Rejection, [refused])
    encode_market(market)  # what was collected since may hold sentences that have no vector yet
    segment_market_people(market)
    return refused
