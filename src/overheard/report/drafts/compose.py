"""Views → the drafts of every segment; canvas, tree and interview guide for the focus alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from overheard.report.drafts.landing import list_choices, write_landing
from overheard.report.drafts.papers import (
    grow_tree,
    lint_tree,
    write_canvas,
    write_dunford,
    write_guide,
    write_statement,
)
from overheard.report.drafts.views import SegmentDrafts
from overheard.report.said.views import SaidView
from overheard.report.view import SegmentView


def draft_segments(
    segments: Sequence[SegmentView], said: Mapping[str, SaidView], focus: Collection[str], outcome: str
) -> dict[str, SegmentDrafts]:
    """Draft for each segment, by segment_id.

    Args:
        segments: those that are shown.
        said: what each says.
        focus: the segments that were chosen; only for them there are a canvas, a tree and a guide.
        outcome: the one metric the tree shall change, "" where none is set.
    """
    choices = list_choices(segments)
    drafts = {}
    for segment in segments:
        its = said[segment.segment_id]
        is_focus = segment.segment_id in focus
        tree = grow_tree(segment) if is_focus else ()
        drafts[segment.segment_id] = SegmentDrafts(
            file=segment.file.replace("segment-", "drafts-"),
            landing_file=segment.file.replace("segment-", "landing-"),
            landing=write_landing(segment, its, choices),
            papers=(write_statement(segment, its), write_dunford(segment, its)),
            focus_only=(write_canvas(segment, its), write_guide(segment, its)) if is_focus else (),
            tree=tree,
            tree_faults=lint_tree(outcome, tree, {}) if is_focus else (),
        )
    return drafts
