"""What do they do already, what do they advise each other, and from what to what do they go?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from overheard.records import SignalKind, Slot
from overheard.report.findings import Told, people_of
from overheard.report.persona import BY_HAND, NOTHING
from overheard.report.said.group import Group
from overheard.report.said.telling import leans, sentence_of
from overheard.report.said.views import PointList, Switch
from overheard.report.said.wording import LONGEST_READ

MOST_PRACTICES = 6
MOST_SWITCHES = 5
TRIED: tuple[SignalKind, ...] = ("pain", "workaround", "recommendation")
SPOKEN: tuple[SignalKind, ...] = (*TRIED, "gain", "request", "job", "objection")

_JOINS = r"(?!(?:to|for|and|but|so|because|in|on|at|with)\b)"
_NOT_BACK = r"(?!(?:to|it|this|that|them|these|those)\b)"
_THING = rf"((?:(?:a|an|the|my|our|their)\s)?{_NOT_BACK}[\w.&'’-]+(?:\s{_JOINS}[\w.&'’-]+){{0,3}})"
_SWITCHED = re.compile(
    r"\b(?:switch(?:ed|ing)?|mov(?:e|ed|ing)|migrat(?:e|ed|ing))\s(?:over\s|back\s|away\s)?"
    rf"(?:from\s{_THING}\s(?:over\s|back\s)?to\s{_THING}|to\s{_THING}\sfrom\s{_THING})"
    rf"|\b(?:ditched|dumped|swapped|replaced)\s{_THING}\s(?:for|with|in favou?r of)\s{_THING}",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\W*(?:do\s|please\s|just\s|then\s)?[\w'’]+\s(?:it|them|that|this|him|her|one|so|up|off)\b", re.I
)


def list_ways(group: Group) -> PointList:
    """Count what they do instead: nothing, by hand, a way of their own; most people first."""
    telling = group.telling(*TRIED)
    tried = [one for one in group.told(*TRIED) if one.signal.end - one.signal.start <= LONGEST_READ]
    ways: tuple[tuple[str, Callable[[Told], bool]], ...] = (
        ("nothing: they put up with it or gave up", lambda one: bool(NOTHING.search(sentence_of(one)))),
        ("by hand: paper, a spreadsheet, typing it again", lambda one: bool(BY_HAND.search(sentence_of(one)))),
        ("some other way of their own", _is_other_way),
    )
    rows = []
    quoted: set[str] = set()
    for words, is_so in ways:
        own = [one for one in tried if is_so(one)]
        fresh = (one for one in telling if is_so(one) and one.signal.person_id not in quoted)
        best = next((one for one in fresh if group.is_whole(one)), None)
        if best is not None and group.is_enough(own):
            quoted.add(best.signal.person_id)
            rows.append((len(people_of(own)), group.point([best, *own], words)))
    points = tuple(point for _, point in sorted(rows, key=lambda row: -row[0]))
    return PointList("" if points else "Too few tell what they do instead; ask them.", points)


def _is_other_way(one: Told) -> bool:
    sentence = sentence_of(one)
    return one.signal.kind == "workaround" and not (NOTHING.search(sentence) or BY_HAND.search(sentence))


def list_practices(group: Group, slots: Mapping[str, Sequence[Slot]]) -> PointList:
    """List what they advise each other to do; "try it" says nothing to who has not read the post before."""
    note, is_shown = group.note("advise others what to do", ("recommendation",))
    advised = [
        one
        for one in group.telling("recommendation")
        if slots.get(one.signal.signal_id) and not (leans(sentence_of(one)) or _POINTS_BACK.match(sentence_of(one)))
    ]
    return group.listed(note, is_shown, advised, MOST_PRACTICES)


def list_switches(group: Group) -> tuple[Switch, ...]:
    """List who says that they went from one thing to another; one a person."""
    switches: list[Switch] = []
    quoted: set[str] = set()
    for one in group.telling(*SPOKEN):
        found = _SWITCHED.search(sentence_of(one))
        if found and one.signal.person_id not in quoted and len(switches) < MOST_SWITCHES and group.is_whole(one):
            quoted.add(one.signal.person_id)
            first, second, third, fourth, fifth, sixth = found.groups()
            switches.append(Switch(first or fourth or fifth, second or third or sixth, group.quote(one)))
    return tuple(switches)
