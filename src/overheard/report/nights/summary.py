"""What of a report is kept for later ones to compare themselves with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from overheard.report.level_view import GroupKind, families_and_parts

if TYPE_CHECKING:  # views are made of findings, which hold earlier nights
    from overheard.report.term_view import TermView
    from overheard.report.view import ReportView

NIGHT_FILE = "night.json"
SCHEMA = 1
"""Raised when a field changes its name or meaning; reports with another are not compared."""
MOST_TERMS = 20
"""Of each segment: what a reader takes in, and what the overlap of two nights is measured on."""


@dataclass(frozen=True, slots=True)
class Group:
    """A pain or a segment as a report told it; `people` are of all people heard. `terms`: a segment's, best first."""

    group_id: str
    name: str
    people: int
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Night:
    """A report in short. `night` is an ISO date, as is `last_day`, of the newest post ("" where no post has one).

    `people` is None where there are too few to show. `families` and `parts` of pains are not in reports made before
    they were kept.
    """

    night: str
    report_id: str
    people: int | None
    posts: int
    last_day: str
    pains: tuple[Group, ...]
    segments: tuple[Group, ...]
    families: tuple[Group, ...] = ()
    parts: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier report and the folder it lies in, beside this one's."""

    folder: str
    night: Night


def night_of(view: ReportView) -> Night:
    """Sum up a report."""
    levels = sorted(families_and_parts(view.levels).items())
    grouped = {
        kind: tuple(Group(key, one.name, one.share.count) for key, (its, one) in levels if its == kind)
        for kind in get_args(GroupKind)
    }
    return Night(
        night=view.night,
        report_id=view.report_id,
        people=view.heard.people,
        posts=view.heard.posts,
        last_day=view.heard.last_day,
        pains=tuple(Group(one.pain_id, one.name, one.share.count) for one in view.pains),
        segments=tuple(
            Group(one.segment_id, one.name, one.share.count, _best(one.terms.headline)) for one in view.segments
        ),
        families=grouped["family of pains"],
        parts=grouped["part of a pain"],
    )


def write_night(night: Night) -> bytes:
    """Write a summary as JSON, in the fields of `Night`."""
    content = {"schema": SCHEMA, **asdict(night)}
    return (json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8", errors="replace")


def read_night(content: bytes) -> Night | None:
    """Read a summary; None where it is of another release or damaged."""
    try:
        found = json.loads(content)
        if found["schema"] != SCHEMA:
            return None
        return Night(
            night=date.fromisoformat(found["night"]).isoformat() if found["night"] else "",
            report_id=str(found["report_id"]),
            people=None if found["people"] is None else int(found["people"]),
            posts=int(found["posts"]),
            last_day=date.fromisoformat(found["last_day"]).isoformat() if found["last_day"] else "",
            pains=_groups(found["pains"]),
            segments=_groups(found["segments"]),
            families=_groups(found.get("families", ())),
            parts=_groups(found.get("parts", ())),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _groups(rows: Sequence[Mapping[str, Any]]) -> tuple[Group, ...]:
    return tuple(
        Group(str(row["group_id"]), str(row["name"]), int(row["people"]), tuple(str(term) for term in row["terms"]))
        for row in rows
    )


def _best(terms: Sequence[TermView]) -> tuple[str, ...]:
    return tuple(term.text for term in terms[:MOST_TERMS])
