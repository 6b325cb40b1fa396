"""Gates and figures of a segment: what is measured is told, what cannot be known stays unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from overheard.report.findings import join_findings
from overheard.report.validity import segmentation_view, validity_view
from tests.report.make_findings import make_findings


def gates_of(**changes: object) -> dict[str, tuple[str, str]]:
    findings = make_findings()
    segment = next(one for one in findings.segments if one.segment_id == "seg-log")
    checks = [replace(one, **changes) for one in findings.segment_checks]  # type: ignore[arg-type]
    market = join_findings(replace(findings, segment_checks=checks))
    return {gate.name: (gate.outcome, gate.reason) for gate in validity_view(market, segment).gates}


@pytest.mark.parametrize(
    ("changes", "gate", "outcome"),
    [
        ({}, "Homogeneous", "pass"),
        ({"stability": 0.59}, "Homogeneous", "fail"),
        ({"by_chance": 0.9}, "Homogeneous", "fail"),
        ({}, "Differentiable", "pass"),
        ({"told": 0.55}, "Differentiable", "unknown"),
        ({"told": 0.2}, "Differentiable", "fail"),
        ({}, "Accessible", "pass"),
        ({}, "Substantial", "fail"),
        ({}, "Matching", "unknown"),
    ],
)
def test_a_gate_is_passed_failed_or_unknown_by_what_was_measured(
    changes: dict[str, float], gate: str, outcome: str
) -> None:
    assert gates_of(**changes)[gate][0] == outcome


def test_every_gate_says_why() -> None:
    assert all(reason for _, reason in gates_of().values())


def test_of_a_segment_made_by_hand_nothing_was_measured() -> None:
    findings = make_findings()
    segment = replace(findings.segments[0], by_hand=True, stability=0.0)
    view = validity_view(join_findings(findings), segment)
    assert view.figures == ()
    assert {gate.name: gate.outcome for gate in view.gates}["Homogeneous"] == "unknown"


def test_the_numbers_tried_stand_beside_the_one_chosen() -> None:
    view = segmentation_view(join_findings(make_findings()))
    assert view is not None
    assert [(trial[0], trial[-1]) for trial in view.trials] == [(2, True), (3, False)]
    assert view.kind == "Constructive"


def test_without_a_fit_there_is_nothing_to_believe() -> None:
    findings = make_findings()
    assert segmentation_view(join_findings(replace(findings, segmentations=[], segment_checks=[]))) is None
