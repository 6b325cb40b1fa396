"""The method's appendix: every number a person may change, the sources' terms, the versions."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from overheard.report.findings import Findings
from overheard.report.heard import KINDS

PARTS = ("encoder", "signals", "pains", "people", "vocabulary", "privacy")
"""Parts of the settings that decide what is told."""
HIDDEN = frozenset({"staff", "exclude", "opt_out"})
"""Settings that hold people's names: only how many there are is told."""


@dataclass(frozen=True, slots=True)
class SettingsTable:
    """One part of market.toml: `rows` are (name, value, what it decides)."""

    name: str
    about: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Appendix:
    """`versions` are (what, version).

    `sources` are (name, kind in words, terms, what robots.txt says, day anything was last asked); "" where nobody wrote
    the terms down, and where nothing is fetched.
    """

    settings: tuple[SettingsTable, ...]
    sources: tuple[tuple[str, str, str, str, str], ...]
    versions: tuple[tuple[str, str], ...]


def appendix_of(findings: Findings) -> Appendix:
    """Gather the appendix."""
    settings, asked_of = findings.settings, findings.asked_of
    return Appendix(
        settings=tuple(_table(name, getattr(settings, name)) for name in PARTS),
        sources=tuple(
            (one.name, KINDS[one.kind], one.terms, *asked_of.get(one.name, ("", ""))) for one in settings.source
        ),
        versions=tuple(sorted(findings.versions.items())),
    )


def _table(name: str, part: BaseModel) -> SettingsTable:
    about = (type(part).__doc__ or "").strip().splitlines()[0].replace("`", "")
    rows = tuple(
        (key, _shown(key, getattr(part, key)), field.description or "")
        for key, field in type(part).model_fields.items()
    )
    return SettingsTable(name, about, rows)


def _shown(key: str, value: object) -> str:
    if key in HIDDEN and isinstance(value, tuple):
        return f"{len(value)} named"
    if isinstance(value, (tuple, list)):
        return ", ".join(str(one) for one in value) or "none"
    return "not set" if value is None or value == "" else str(value)
