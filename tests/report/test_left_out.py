"""Who was left out is counted with the rule that found them, in our words and never in theirs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from overheard.records import Role, RoleName, Signal
from overheard.report import render_report
from overheard.report.compose import compose_report
from overheard.report.view import LeftOutView
from tests.report.make_findings import make_findings

SAID = "Disclosure: I work for Waggle Works"


def with_roles(role: RoleName, *people: str, evidence: tuple[str, ...], signals: list[Signal] | None = None):
    findings = make_findings()
    roles = [Role(one.person_id, role, evidence) if one.person_id in people else one for one in findings.roles]
    kept = findings.signals if signals is None else signals
    return replace(findings, roles=roles, signals=kept)


def left_out(view) -> dict[str, LeftOutView]:
    return {one.who: one for one in view.heard.left_out}


SIX = ("p01", "p02", "p03", "p04", "p05", "p06")


def test_what_a_person_said_is_no_part_of_the_reason() -> None:
    findings = with_roles("vendor", *SIX, evidence=(f"discloses whom they work for: {SAID}",))
    vendors = left_out(compose_report(findings))["Vendors of other products"]
    assert vendors.evidence == (("discloses whom they work for", 6),)
    files = render_report(findings)
    assert not any(b"Waggle Works" in content for content in files.values())
    assert b"discloses whom they work for" in files["index.html"]
    told = json.loads(files["report.json"])["heard"]["left_out"]
    assert [{"rule": "discloses whom they work for", "people": 6}] in [one["evidence"] for one in told]


def test_two_rules_that_know_one_person_count_them_twice_and_small_counts_are_hidden() -> None:
    findings = with_roles("bot", *SIX, evidence=("named as a bot", "shown as a bot: Bot"))
    roles = [replace(one, evidence=("named as a bot",)) if one.person_id == "p01" else one for one in findings.roles]
    view = compose_report(replace(findings, roles=roles))
    machines = left_out(view)["Machines"]
    assert machines.people == 6
    assert dict(machines.evidence) == {"named as a bot": 6, "shown as a bot": 5}
    few = with_roles("bot", "p01", evidence=("named as a bot",))
    assert left_out(compose_report(few))["Machines"].evidence == ()


@pytest.mark.parametrize("is_telling", [True, False])
def test_a_passer_by_counts_where_something_was_told(is_telling: bool) -> None:
    signals = None if is_telling else [one for one in make_findings().signals if one.person_id not in SIX]
    everybody = compose_report(make_findings()).heard.people
    findings = with_roles("passer-by", *SIX, evidence=("one short answer that asks nothing: 3 words",), signals=signals)
    findings = replace(findings, terms=())
    view = compose_report(findings)
    assert everybody is not None
    assert view.heard.people == (everybody if is_telling else everybody - len(SIX))
    assert ("Passers-by" in left_out(view)) is not is_telling


def test_the_loudest_persons_share_of_words_is_told() -> None:
    loudest = compose_report(make_findings()).heard.loudest
    assert loudest is not None
    assert 1 / 12 <= loudest.person <= 0.5
    assert loudest.person < loudest.threads <= 1
    assert b"the loudest person said" in render_report(make_findings())["index.html"]
