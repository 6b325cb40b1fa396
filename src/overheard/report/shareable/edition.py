"""What of report.json may be given away. What is not named here stays out, new fields of the report too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from overheard.report.figures import share_of
from overheard.report.shareable.vet import Said, Vetter, plain

EDITION = 1
"""Raised when a field of the shareable report.json changes its name or meaning."""

FEWEST_PEOPLE = 5
"""Whatever smaller group the owner looks at: strangers see no smaller one."""

Json = dict[str, Any]


def shareable_edition(report: Mapping[str, Any], said: Iterable[Said]) -> Json:
    """Reduce a report to what may be given away.

    Args:
        report: the content of report.json.
        said: everything anybody wrote, whole, with its writer.
    """
    smallest = max(FEWEST_PEOPLE, int(report["rules"]["smallest_group"]))
    vetter = Vetter(_phrases(report), said, smallest)
    pains = [one for one in report["pains"] if one["share"]["people"] >= smallest]
    numbers = {one["pain_id"]: number for number, one in enumerate(pains, 1)}
    segments = [one for one in report["segments"] if one["share"]["people"] >= smallest]
    heard = report["heard"]
    return {
        "shareable": EDITION,
        "market": plain(report["market"]) or "A market",
        "smallest_group": smallest,
        "people": _large(heard["people"], smallest),
        "posts": heard["posts"],
        "threads": heard["threads"],
        "sources": len(heard["sources"]),
        # The day would be the day of one post.
        "from_month": heard["first_day"][:7],
        "to_month": heard["last_day"][:7],
        "segments": [_segment(one, number, numbers, vetter, smallest) for number, one in enumerate(segments, 1)],
        "pains": [_pain(one, numbers[one["pain_id"]], vetter, smallest) for one in pains],
        "changes": _changes(report["changes"], vetter),
    }


def _phrases(report: Mapping[str, Any]) -> list[str]:
    """Return every phrase that comes from what people wrote."""
    groups = [*report["pains"], *report["segments"]]
    names = [phrase for one in groups for phrase in (one["name"], *one["words"])]
    terms = [term["term"] for one in report["segments"] for term in one["terms"]]
    changes = [line["name"] for line in (report["changes"] or {"lines": ()})["lines"]]
    return [*names, *terms, *changes]


def _large(people: int | None, smallest: int) -> int | None:
    return _rounded(people, smallest) if people is not None and people >= smallest else None


def _rounded(people: int, smallest: int) -> int:
    """Round down to whole small groups: who has two nights' editions and knows who came between learns nothing."""
    return people - people % smallest


def _share(one: Mapping[str, Any], smallest: int) -> Json:
    share = share_of(*(_rounded(one[key], smallest) for key in ("people", "of")))
    return {"people": share.count, "of": share.total, "low": round(share.low, 4), "high": round(share.high, 4)}


def _pain(one: Mapping[str, Any], number: int, vetter: Vetter, smallest: int) -> Json:
    return {
        "number": number,
        "name": vetter.name(one["name"], one["words"]) or f"pain {number}",
        "share": _share(one["share"], smallest),
        "confidence": one["confidence"],
        "trend": one["trend"]["word"] if one["trend"] else None,
    }


def _segment(one: Mapping[str, Any], number: int, numbers: Mapping[str, int], vetter: Vetter, smallest: int) -> Json:
    told = [pain for pain in one["pains"] if pain["share"]["people"] >= smallest and pain["pain_id"] in numbers]
    return {
        "number": number,
        "name": vetter.name(one["name"], one["words"]) or f"segment {number}",
        "share": _share(one["share"], smallest),
        "verdict": one["verdict"],
        "stability": one["stability"],
        "stability_word": one["stability_word"],
        "gates": [{"name": gate["name"], "outcome": gate["outcome"]} for gate in one["gates"]],
        "pains": [{"number": numbers[pain["pain_id"]], "share": _share(pain["share"], smallest)} for pain in told],
        "terms": _terms(one["terms"], vetter, smallest),
    }


def _terms(terms: Sequence[Mapping[str, Any]], vetter: Vetter, smallest: int) -> list[Json]:
    shown = [one for one in terms if one["here"]["people"] >= smallest and vetter.is_term(one["term"])]
    return [
        {
            "term": one["term"],
            "share": _share(one["here"], smallest),
            "others": _large(one["others"]["people"], smallest) if one["others"] else None,
        }
        for one in shown
    ]


def _changes(changes: Mapping[str, Any] | None, vetter: Vetter) -> list[Json]:
    """Return what became of groups; evidence stays out: it counts, and compares names of two nights."""
    if changes is None or changes["is_first"]:
        return []
    return [
        {"kind": line["kind"], "name": vetter.name(line["name"]), "what": line["what"]} for line in changes["lines"]
    ]
