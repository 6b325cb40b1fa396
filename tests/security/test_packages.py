"""What we are built of: every licence lets our users go on, and a hole that the registry knows of is told."""

from __future__ import annotations

import re
import urllib.request
from importlib import metadata
from typing import Any
from urllib.error import URLError

import pytest

from tests.security.audit import MOST_SILENT, NoAnswerError, ask_registry, audit_pins
from tests.test_house_rules import ROOT

PINS = (ROOT / "requirements.lock").read_text(encoding="utf-8").split()
COPYLEFT = re.compile(r"\bA?GPL|affero|(?<!lesser )general public licen[cs]e", re.IGNORECASE)
OTHERS = re.compile(r"artistic|apache|\bmit\b|bsd|mozilla|\bmpl|lgpl|lesser", re.IGNORECASE)
"""A licence to choose instead, where a package offers several."""
UNTOLD = {"axe-playwright-python": "MIT by the file in its repository; its wheel does not say"}


def licences_of(name: str) -> list[str]:
    """Return what a package's metadata tell, each licence it may be used under by itself."""
    told = metadata.metadata(name)
    kinds = [one.rpartition("::")[2].strip() for one in told.get_all("Classifier") or () if one.startswith("License")]
    # Long texts are the licence itself: its first line names it.
    first = (told.get("License") or "").strip().split("\n")[0][:80]
    expression = re.split(r"\s+OR\s+", told.get("License-Expression") or "")
    return [one for one in (*expression, first, *kinds) if one and one != "OSI Approved"]


def is_copyleft(licences: list[str]) -> bool:
    return any(COPYLEFT.search(one) for one in licences) and not any(OTHERS.search(one) for one in licences)


def test_nothing_that_is_locked_binds_its_users_to_a_gpl() -> None:
    bound, untold, missing = [], [], []
    for pin in PINS:
        name = pin.partition("==")[0]
        try:
            licences = licences_of(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
            continue
        bound += [f"{name}: {licences}"] if is_copyleft(licences) else []
        untold += [] if licences or name in UNTOLD else [name]
    assert (bound, untold) == ([], [])
    assert len(missing) < len(PINS) / 10, "the lock is not what is installed: make lock, or install it"


@pytest.mark.parametrize(
    ("licences", "expected"),
    [
        (["GPL-3.0-or-later"], True),
        (["GNU Affero General Public License v3"], True),
        (["GNU General Public License (GPL)"], True),
        (["Artistic License", "GNU General Public License (GPL)"], False),
        (["LGPL-2.1-only"], False),
        (["GNU Lesser General Public License v3 (LGPLv3)"], False),
        (["Apache-2.0"], False),
    ],
)
def test_a_gpl_without_another_licence_to_choose_is_noticed(licences: list[str], expected: bool) -> None:
    assert is_copyleft(licences) == expected


def told(*holes: dict[str, Any], yanked: bool = False) -> dict[str, Any]:
    return {"info": {"yanked": yanked, "yanked_reason": "broken"}, "vulnerabilities": list(holes)}


def test_holes_and_withdrawn_packages_are_told_with_their_mend() -> None:
    answers = {
        "sound==1": told(),
        "holed==2": told({"id": "PYSEC-1", "fixed_in": ["2.1"], "link": "https://osv.example/1"}),
        "judged-otherwise==3": told({"id": "PYSEC-2", "withdrawn": "2026-01-01"}),
        "withdrawn==4": told(yanked=True),
    }
    found = audit_pins(answers, answers.__getitem__)
    assert found.judged == 4
    assert found.faults == [
        "holed==2: PYSEC-1, mended in 2.1: https://osv.example/1",
        "withdrawn==4: was withdrawn: broken",
    ]


@pytest.mark.parametrize("answer", [NoAnswerError("no network"), {}, None, {"info": {}}])
def test_a_registry_that_does_not_tell_proves_nothing_and_is_not_asked_for_every_pin(answer: Any) -> None:
    asked = []

    def ask(pin: str) -> Any:
        asked.append(pin)
        if isinstance(answer, Exception):
            raise answer
        return answer

    found = audit_pins(PINS, ask)
    assert (found.judged, found.faults, len(found.unanswered), len(asked)) == (0, [], len(PINS), MOST_SILENT)


def test_a_registry_that_cannot_be_reached_gives_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise URLError("no route")

    monkeypatch.setattr(urllib.request, "urlopen", fail)
    with pytest.raises(NoAnswerError, match="no route"):
        ask_registry("sound==1")
