"""Does the package registry know of a hole in what is locked, or was it withdrawn? `make audit`.

Asks a registry that speaks PyPI's JSON (`/pypi/NAME/VERSION/json`: `vulnerabilities`, `yanked`), each pin once. Where
it cannot be reached, or knows no such answers, that is said, and nothing is held to be proved.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REGISTRY = "https://pypi.org/pypi"
VARIABLE = "OVERHEARD_AUDIT_REGISTRY"
"""Another registry's address, up to and with /pypi."""
SECONDS = 15
MOST_SILENT = 3
"""Packages in a row without an answer after which the registry is left alone."""

Ask = Callable[[str], Any]


class NoAnswerError(Exception):
    """The registry cannot be reached or does not speak this protocol."""


@dataclass
class Audit:
    """What was found: holes and withdrawn packages in words, pins that were judged, and those without an answer."""

    faults: list[str] = field(default_factory=list)
    judged: int = 0
    unanswered: list[str] = field(default_factory=list)


def ask_registry(pin: str) -> Any:
    """Fetch what the registry tells of NAME==VERSION.

    Raises:
        NoAnswerError: it does not tell.
    """
    name, _, version = pin.partition("==")
    registry = os.environ.get(VARIABLE, REGISTRY).rstrip("/")
    if not registry.startswith("https://"):
        raise NoAnswerError(f"{VARIABLE} is not https")
    try:
        with urllib.request.urlopen(f"{registry}/{name}/{version}/json", timeout=SECONDS) as answer:
            return json.load(answer)
    except (OSError, ValueError, urllib.error.URLError) as error:
        raise NoAnswerError(str(error)) from None


def audit_pins(pins: Iterable[str], ask: Ask = ask_registry) -> Audit:
    """Judge pins; after `MOST_SILENT` without an answer, and none with one, the others are not asked for."""
    found = Audit()
    for pin in pins:
        if len(found.unanswered) >= MOST_SILENT and not found.judged:
            found.unanswered.append(pin)
            continue
        try:
            told = ask(pin)
            holes, is_withdrawn = told["vulnerabilities"], bool(told["info"]["yanked"])
        except (NoAnswerError, LookupError, TypeError):
            found.unanswered.append(pin)
            continue
        found.judged += 1
        for hole in holes:
            if not hole.get("withdrawn"):
                fixed = ", ".join(hole.get("fixed_in", ())) or "no release"
                found.faults.append(f"{pin}: {hole.get('id')}, mended in {fixed}: {hole.get('link') or ''}")
        if is_withdrawn:
            found.faults.append(f"{pin}: was withdrawn: {told['info'].get('yanked_reason') or 'no reason told'}")
    return found


def main() -> int:
    """Judge requirements.lock; exit status 1 where something is wrong, 0 also where nobody could be asked."""
    lock = Path(__file__).parents[2] / "requirements.lock"
    pins = lock.read_text(encoding="utf-8").split()
    found = audit_pins(pins)
    print("\n".join(found.faults) or "No hole and no withdrawn package is known among what was judged.")
    print(f"{found.judged} of {len(pins)} pins judged.")
    if found.unanswered:
        print(f"NOT JUDGED: {len(found.unanswered)}; the registry gave no answer for {found.unanswered[0]}, for one.")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
