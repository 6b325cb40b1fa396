"""The ten lines that matter of a report: for the terminal, a mail, a chat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from overheard.records import NOTHING_READ
from overheard.report.figures import counted, number

MOST_LINES = 10
MOST_NAMED = 3
"""New pains and unread sources named in a line; more are counted."""
LONGEST = 60
"""Characters of a name or a reason."""

Json = Mapping[str, Any]


def notice_of(report: Json, where: str) -> tuple[str, ...]:
    """Say what matters of a report, in at most `MOST_LINES` lines.

    Quotes nobody and names no person. Holds nothing that a terminal takes for a command.

    Args:
        report: the content of report.json.
        where: where the report is.
    """
    first = [_heard(report), *_reopened(report["decision"]), _changed(report["changes"])]
    last = [*_top_pain(report["pains"]), *_new_pains(report["changes"]), *_unread(report["heard"])]
    room = MOST_LINES - len(first) - len(last) - 1
    return (*first, *_segments(report, room), *last, f"Report: {_plain(where)}")


def _plain(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _short(text: str) -> str:
    line = _plain(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _heard(report: Json) -> str:
    heard = report["heard"]
    people = "too few people to count" if heard["people"] is None else counted(heard["people"], "person", "people")
    days = f", {heard['first_day']} to {heard['last_day']}" if heard["first_day"] else ""
    return f"{_short(report['market'])}: {people} in {counted(heard['posts'], 'post')}{days}"


def _reopened(decision: Json | None) -> list[str]:
    """Say why the bet is open again, the first measure whole: what it asks for is a person."""
    reopened = decision["reopened"] if decision else []
    more = f"; {counted(len(reopened) - 1, 'more measure')}" if len(reopened) > 1 else ""
    return [f"The bet on these segments is open again: {_plain(reopened[0])[:200]}{more}"] if reopened else []


def _changed(changes: Json | None) -> str:
    if changes is None:
        return "Changed: nothing was told yet"
    night = _plain(changes["night"])
    if changes["is_first"]:
        return f"Changed on {night}: the first night told, everything is new"
    counts = Counter((line["kind"], line["what"]) for line in changes["lines"])
    told = [_counted(kind, what, count) for (kind, what), count in sorted(counts.items(), reverse=True)]
    told += [counted(changes["hidden"], "more change")] if changes["hidden"] else []
    return f"Changed on {night}: {'; '.join(told) or 'nothing'}"


def _counted(kind: str, what: str, count: int) -> str:
    verb, _, rest = _short(what).partition(" ")
    verb = verb if count == 1 else {"is": "are", "was": "were"}.get(verb, verb)
    return f"{counted(count, kind)} {verb} {rest}".rstrip()


def _segments(report: Json, room: int) -> list[str]:
    segments = report["segments"]
    if not segments:
        return [f"No segments: {_plain(report['why_no_segments']) or 'all have too few people to be shown'}"[:200]]
    lines = [
        f"Segment “{_short(one['name'])}”: {_plain(one['verdict'])}, {_share(one['share'])} people"
        for one in segments[: room if len(segments) <= room else room - 1]
    ]
    rest = Counter(one["verdict"] for one in segments[len(lines) :])
    if rest:
        told = ", ".join(f"{number(count)} {_plain(verdict)}" for verdict, count in sorted(rest.items()))
        lines.append(f"And {counted(rest.total(), 'segment')} more: {told}")
    return lines


def _share(share: Json) -> str:
    return f"{number(share['people'])} of {number(share['of'])}"


def _top_pain(pains: Sequence[Json]) -> list[str]:
    if not pains:
        return ["No pain was told by enough people to be shown"]
    return [f"Most told pain: “{_short(pains[0]['name'])}”, {_share(pains[0]['share'])} people"]


def _new_pains(changes: Json | None) -> list[str]:
    if changes is None or changes["is_first"]:
        return []
    new = [line["name"] for line in changes["lines"] if line["kind"] == "pain" and line["what"] == "is new"]
    return [f"New pains: {_some([f'“{_short(name)}”' for name in new])}"] if new else []


def _unread(heard: Json) -> list[str]:
    """Tell of sources nothing came from, and what of the others was left out."""
    read = {one["name"] for one in heard["sources"]} - set(heard["missing"])
    failed: dict[str, str] = {}
    # The reason that is of the whole source comes first, however seldom it is.
    for skip in sorted(heard["skips"], key=lambda one: not one["why"].startswith(NOTHING_READ)):
        if skip["source"] not in read:
            failed.setdefault(skip["source"], skip["why"].removeprefix(f"{NOTHING_READ}: "))
    lines = []
    if failed:
        lines.append(f"Not read: {_some([f'{_short(name)} ({_short(why)})' for name, why in sorted(failed.items())])}")
    partly = Counter[str]()
    for skip in heard["skips"]:
        if skip["source"] in read:
            partly[skip["source"]] += skip["count"]
    if partly:
        told = [f"{_short(name)} {number(count)}" for name, count in partly.most_common()]
        lines.append(f"Skipped of what was read: {_some(told)}")
    return lines


def _some(told: Sequence[str]) -> str:
    rest = f" and {number(len(told) - MOST_NAMED)} more" if len(told) > MOST_NAMED else ""
    return ", ".join(told[:MOST_NAMED]) + rest
