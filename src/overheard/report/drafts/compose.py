"""Views → the drafts of every segment; canvas, tree and interview guide for the focus alone."""

from __future__ import annotations

from collections.abc import Collection

from overheard.report.drafts.evidence import find_evidence
from overheard.report.drafts.landing import list_choices, write_landings
from overheard.report.drafts.papers import (
    Material,
    grow_tree,
    lint_tree,
    write_canvas,
    write_dunford,
    write_guide,
    write_statement,
)
from overheard.report.drafts.polished import polish_drafts
from overheard.report.drafts.product_words import list_product_words
from overheard.report.drafts.trial import tell_trial
from overheard.report.drafts.views import SegmentDrafts
from overheard.report.findings import Market
from overheard.report.quotes import Quoter
from overheard.report.view import ReportView


def draft_segments(
    market: Market, quoter: Quoter, view: ReportView, focus: Collection[str], outcome: str
) -> dict[str, SegmentDrafts]:
    """Draft for each segment, by segment_id.

    Args:
        market: the findings.
        quoter: cuts and blots.
        view: what is shown of them.
        focus: the segments that were chosen; only for them there are a canvas, a tree and a guide.
        outcome: the one metric the tree shall change, "" where none is set.
    """
    choices = list_choices(view.segments)
    drafts = {}
    for segment in view.segments:
        said, evidence = view.said[segment.segment_id], find_evidence(market, quoter, segment)
        decided = view.decision.by_segment.get(segment.segment_id) if view.decision else None
        material = Material(segment, said, evidence, decided.loved if decided else ())
        is_focus = segment.segment_id in focus
        tree = grow_tree(segment) if is_focus else ()
        landings = write_landings(segment, said, evidence, choices)
        # A page's first variant keeps the address of the time before there were two.
        names = {one.variant: "" if one is landings[0] else f"_{one.variant}" for one in landings}
        stem = segment.file.replace("segment-", "landing-").removesuffix(".html")
        drafts[segment.segment_id] = SegmentDrafts(
            file=segment.file.replace("segment-", "drafts-"),
            landings={f"{stem}{names[one.variant]}.html": one for one in landings},
            papers=(write_statement(material), write_dunford(material)),
            words=list_product_words(view, segment),
            trial=tell_trial(market, segment.segment_id),
            focus_only=(write_canvas(material, outcome), write_guide(material)) if is_focus else (),
            outcome=outcome,
            tree=tree,
            tree_faults=lint_tree(outcome, tree, {}) if is_focus else (),
        )
    polishes = {one.request_id: one for one in market.findings.polishes}
    return polish_drafts(drafts, {one.segment_id: one for one in view.segments}, polishes)
