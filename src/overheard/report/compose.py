"""Records → the whole view: what the report says, before any of it is formatted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from overheard.report.affinity import affinity_view
from overheard.report.appendix import appendix_of
from overheard.report.changes import changes_view
from overheard.report.choose import Chooser
from overheard.report.decision.compose import decision_view
from overheard.report.decision.views import DecisionView
from overheard.report.drafts.compose import draft_segments
from overheard.report.figures import counted, number
from overheard.report.findings import Findings, Market, join_findings, people_of
from overheard.report.heard import heard_view
from overheard.report.levels import levels_view
from overheard.report.nights.page import nights_view
from overheard.report.nights.summary import night_of
from overheard.report.pain_map.compose import pain_map
from overheard.report.pains import pain_views, voice_views
from overheard.report.persona import persona_views
from overheard.report.quotes import Quoter
from overheard.report.references import reference_views
from overheard.report.regrouped import Regroupings
from overheard.report.said.compose import said_views
from overheard.report.search.entries import search_view
from overheard.report.segments import segment_views, unplaced_view, why_no_segments
from overheard.report.sheets import sheets_view
from overheard.report.since import since_view
from overheard.report.single_pages.compose import single_pages
from overheard.report.swaps import swap_views
from overheard.report.term_view import TermView
from overheard.report.trust import Standing
from overheard.report.unseen import last_doubling
from overheard.report.validity import segmentation_view, validity_view
from overheard.report.view import PainView, ReportView, SegmentView
from overheard.report.words import WHOLE_MARKET, index_terms, terms_view

STANDINGS: dict[Standing, str] = {"usable": "usable", "thin": "thin", "do not use": "not to be used"}
MOST_PAINS = 20
"""Pains on the index page; nobody reads a longer list in five minutes. All are in pains.csv."""

ACTED = 3
"""From this rung on somebody has done something about a pain."""


def compose_report(findings: Findings) -> ReportView:
    """View a report.

    Raises:
        UnfaithfulQuoteError: a signal or a term's example does not fit the utterance it points into.
    """
    market = join_findings(findings)
    quoter = Quoter(findings.blots)
    view = _view_findings(market, quoter)
    nights = nights_view(night_of(view), findings.earlier, findings.memberships, market.smallest)
    regroupings = Regroupings(market, quoter, view.levels)
    regrouped = {night: regroupings.since(night) for night in sorted({one.night.night for one, _ in nights.pairs})}
    focus = findings.focus_choices[-1].segments if findings.focus_choices else ()
    view = replace(
        view,
        nights=nights,
        since=since_view(nights, findings.night, findings.accepted, regrouped),
        regrouped=regrouped,
        last_regrouped=regroupings.last(),
        single=single_pages(market, quoter, view),
        pain_map=pain_map(market, view.pains, view.segments),
        drafts=draft_segments(market, quoter, view, focus, findings.settings.strategy.outcome),
    )
    return replace(view, search=search_view(market, quoter, view))


def _view_findings(market: Market, quoter: Quoter) -> ReportView:
    """View what was found; pages that are made of these views are not in it yet."""
    findings, settings = market.findings, market.findings.settings
    chooser = Chooser(quoter)
    pains, hidden_pains = pain_views(market, quoter, chooser, market.customers, (1,))
    segments, hidden_segments = segment_views(market, quoter)
    sheets = sheets_view(market, quoter)
    decision = decision_view(market, {one.segment_id: one.name for one in segments})
    levels = levels_view(market, quoter, pains, market.customers, MOST_PAINS)
    return ReportView(
        report_id=findings.report_id,
        market=settings.market.name,
        brief=settings.market.brief,
        in_short=_in_short(market, segments, pains, decision),
        heard=heard_view(market, quoter),
        segments=segments,
        swaps=swap_views(market, quoter, [one.segment_id for one in segments]),
        references=reference_views(market, quoter, [(one.segment_id, one.name) for one in segments]),
        segmentation=segmentation_view(market) if segments else None,
        validity={one.segment_id: validity_view(market, one) for one in findings.segments},
        personas=persona_views(market, quoter, segments),
        hidden_segments=hidden_segments,
        why_no_segments="" if any(not one.by_hand for one in findings.segments) else why_no_segments(market),
        unplaced=unplaced_view(market, quoter),
        pains=pains,
        hidden_pains=hidden_pains,
        last_doubling=last_doubling([pain.share.count for pain in pains], market.smallest),
        levels=levels,
        terms=_terms(market, quoter, segments, pains),
        voices=() if segments or not market.told else voice_views(market, chooser, market.customers),
        changes=changes_view(market, quoter, segments, pains, Regroupings(market, quoter, levels)),
        rules=_rules(market),
        sheets=sheets,
        affinity=affinity_view(market, quoter, sheets),
        night=findings.night,
        appendix=appendix_of(findings),
        said=said_views(market, quoter, segments, pains),
        decision=decision,
        landing_action=settings.strategy.landing_action,
    )


def _rules(market: Market) -> dict[str, int | float]:
    """Return the settings the method section names."""
    settings = market.findings.settings
    return {
        "smallest_group": market.smallest,
        "minimum_signals": settings.people.minimum_signals,
        "minimum_documents": settings.people.minimum_documents,
        "minimum_probability": settings.people.minimum_probability,
        "minimum_people": settings.vocabulary.minimum_people,
        "headline_people": settings.vocabulary.headline_people,
        "pain_people": settings.pains.minimum_people,
    }


def _terms(
    market: Market, quoter: Quoter, segments: tuple[SegmentView, ...], pains: tuple[PainView, ...]
) -> tuple[TermView, ...]:
    groups = {one.segment_id for one in market.findings.segments} | {one.pain_id for one in market.findings.pains}
    others = sorted({term.group_id for term in market.findings.terms} - groups)
    whole = [terms_view(market, quoter, group_id, WHOLE_MARKET, None) for group_id in others]
    of_pains = [terms_view(market, quoter, one.pain_id, one.name, one.share.count) for one in pains]
    return index_terms([*(one.terms for one in segments), *of_pains], whole)


def _in_short(
    market: Market,
    segments: tuple[SegmentView, ...],
    pains: tuple[PainView, ...],
    decision: DecisionView | None,
) -> tuple[str, ...]:
    """Say the few things to take away."""
    lines = [decision.headline] if decision and decision.headline else []
    lines += _doubts(segments, decision)
    if segments:
        standings = Counter(one.verdict.standing for one in segments)
        told = [f"{number(standings[one])} {words}" for one, words in STANDINGS.items() if standings[one]]
        lines.append(f"{counted(len(segments), 'segment')} by need: {', '.join(told)}.")
    if pains:
        first = pains[0]
        acting = {pain.pain_id: _people_acting(market, pain) for pain in pains}
        most = max(pains, key=lambda pain: (acting[pain.pain_id], pain.share.count, pain.pain_id == first.pain_id))
        count, people = acting[most.pain_id], most.share.count
        acted = (
            f"all {number(people)} of its people"
            if count == people
            else f"{number(count)} of its {number(people)} people"
        )
        lines.append(f"The pain most people tell: “{first.name}”, {first.share.counted} people.")
        if count >= market.smallest:
            which = "They also act on it most" if most is first else f"The pain most people act on: “{most.name}”"
            lines.append(f"{which}: {acted} have tried something about it or paid.")
    return tuple(lines)


def _doubts(segments: tuple[SegmentView, ...], decision: DecisionView | None) -> list[str]:
    """Say of a chosen segment that is not usable why: a reader must not find it out three pages later."""
    chosen = [one for one in segments if decision and decision.by_segment[one.segment_id].is_focus]
    return [
        f"But “{one.name}” is {one.verdict.standing}: {'; '.join(one.verdict.reasons)}. Hear more people first."
        for one in chosen
        if one.verdict.standing != "usable"
    ]


def _people_acting(market: Market, pain: PainView) -> int:
    return len(people_of(one for one in market.pain_told[pain.pain_id] if one.signal.strength >= ACTED))
