"""How far to believe the segments: what was measured, beside what chance reaches, and the gates each must pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from overheard.records import Segment, SegmentCheck, SegmentVerdict
from overheard.report.figures import counted, number
from overheard.report.findings import Market, Told, people_of
from overheard.report.trust import DOUBTFUL, FEWEST_PEOPLE

Outcome = Literal["pass", "fail", "unknown"]

ACTED, PAID = 3, 4
"""Rungs from which somebody did something about a pain, and at which they spent money."""
TOLD = 0.6
"""Share of a segment's people whom the others' words must place in it for it to be told apart."""
VERDICTS: dict[SegmentVerdict, tuple[str, str]] = {
    "natural": ("Natural", "the groups stand apart and come back when people are drawn again"),
    "reproducible": ("Reproducible", "the groups come back when people are drawn again, but shade into each other"),
    "constructive": (
        "Constructive",
        "a useful cut through people who shade into each other; drawn again, not all of it comes back",
    ),
    "none": ("None", "people do not fall into groups"),
}
"""After Dolnicar, Grün and Leisch (2018)."""


@dataclass(frozen=True, slots=True)
class GateView:
    """What a segment must be before it is worth a programme: Kotler's five and two knock-out criteria."""

    name: str
    question: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class ValidityView:
    """One segment's gates and figures: (what, value, what it means). `figures` is empty where nothing was measured."""

    gates: tuple[GateView, ...]
    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SegmentationView:
    """The segmentation as a whole: its kind, what that means, the figures, and the numbers of segments tried.

    `trials` are (segments, share of people who can be placed, separation, by chance, stability, is chosen).
    """

    kind: str
    meaning: str
    found_on: str
    figures: tuple[tuple[str, str, str], ...]
    trials: tuple[tuple[int, float, float, float, float, bool], ...]


def segmentation_view(market: Market) -> SegmentationView | None:
    """View how the segments were found; None where they were made by hand alone or nothing was fitted."""
    if not market.findings.segmentations or not market.findings.segment_checks:
        return None
    whole = market.findings.segmentations[-1]
    kind, meaning = VERDICTS[whole.verdict]
    figures = (
        ("People grouped", number(whole.known), "of whom enough is known"),
        ("By chance", f"p {whole.p:.3f}", "how often people without groups seem as far apart; 0.025 is the least"),
        ("From the other half", f"{whole.agreement:.2f}", "do the groups of one half of what people said come back "
         "from the other half? 1 is fully, 0 is chance; few sentences a person keep it low"),
        ("Told by others", f"{whole.bits:.2f} bits", "what the other people's words tell of a person's segment who was "
         "not looked at; 0 is nothing"),
    )  # fmt: skip
    trials = tuple(
        (one.groups, one.placed, one.separation, one.chance, one.stability, one.is_chosen)
        for one in sorted(market.findings.segment_trials, key=lambda one: one.groups)
    )
    return SegmentationView(kind, meaning, whole.fitted_on.isoformat(), figures, trials)


def validity_view(market: Market, segment: Segment) -> ValidityView:
    """View what was measured of one segment and which gates it passes."""
    checks = {one.segment_id: one for one in market.findings.segment_checks}
    check = None if segment.by_hand else checks.get(segment.segment_id)
    return ValidityView(_gates(market, segment, check), () if check is None else _figures(check))


def _figures(check: SegmentCheck) -> tuple[tuple[str, str, str], ...]:
    return (
        ("Stability", f"{check.stability:.2f}", f"of 1; people without groups reach {check.by_chance:.2f} on average"),
        ("Came back", f"{100 * check.recovered:.0f} of 100", "times the people were drawn again (overlap over 0.75)"),
        ("Was gone", f"{100 * check.dissolved:.0f} of 100", "times (overlap 0.5 or less)"),
        ("From one piece", f"{check.parentage:.2f}", "1: its people were together with one segment less, too; 0: they "
         "came from everywhere"),
        ("Placed by others' words", f"{100 * check.told:.0f}%", "of its people a reader of the others would put here"),
    )  # fmt: skip


def _gates(market: Market, segment: Segment, check: SegmentCheck | None) -> tuple[GateView, ...]:
    members = market.members[segment.segment_id]
    told = [one for rows in market.pain_told.values() for one in rows if one.signal.person_id in members]
    return (
        _measurable(market, len(members), told),
        _substantial(len(members)),
        _accessible(market, members),
        _differentiable(check),
        _actionable(market, told),
        _homogeneous(check),
        GateView("Matching", "Can you serve them better than others can?", "unknown", "that is yours to judge"),
    )


def _people_at(told: list[Told], rung: int) -> int:
    return len(people_of(one for one in told if one.signal.strength >= rung))


def _measurable(market: Market, people: int, told: list[Told]) -> GateView:
    question = "Can their number and what they can spend be known?"
    paying = _people_at(told, PAID)
    heard = f"{number(people)} of {number(len(market.customers))} people heard"
    if paying >= market.smallest:
        return GateView("Measurable", question, "pass", f"{heard}; {number(paying)} of them tell of money spent")
    return GateView("Measurable", question, "unknown", f"{heard}; too few of them speak of money spent")


def _substantial(people: int) -> GateView:
    question = "Are they enough to be worth it?"
    if people < FEWEST_PEOPLE:
        return GateView("Substantial", question, "fail", f"{counted(people, 'person', 'people')} heard so far")
    return GateView("Substantial", question, "unknown", "how many there are beyond those heard is not known from here")


def _accessible(market: Market, members: frozenset[str]) -> GateView:
    question = "Can they be reached?"
    interviews = {one.name for one in market.findings.settings.source if one.kind == "transcripts"}
    places: dict[str, set[str]] = {}
    for person in members:
        for post in market.posts_of[person]:
            places.setdefault(market.source_of(post), set()).add(person)
    open_to = sorted((-len(people), name) for name, people in places.items() if name not in interviews)
    if open_to and -open_to[0][0] >= market.smallest:
        return GateView("Accessible", question, "pass", f"{number(-open_to[0][0])} of them write in {open_to[0][1]}")
    return GateView("Accessible", question, "unknown", "too few of them write in one place")


def _differentiable(check: SegmentCheck | None) -> GateView:
    question = "Do they need something else than the others?"
    if check is None:
        return GateView("Differentiable", question, "unknown", "made by hand, so nothing was measured")
    reason = f"the others' words place {100 * check.told:.0f} of 100 of its people here"
    outcome: Outcome = "pass" if check.told >= TOLD else "fail" if check.told < TOLD - 0.1 else "unknown"
    return GateView("Differentiable", question, outcome, reason)


def _actionable(market: Market, told: list[Told]) -> GateView:
    question = "Can something be done for them?"
    acting = _people_at(told, ACTED)
    if acting >= market.smallest:
        return GateView("Actionable", question, "pass", f"{number(acting)} of them already act on what hurts or pay")
    return GateView("Actionable", question, "unknown", "too few of them tell what they tried")


def _homogeneous(check: SegmentCheck | None) -> GateView:
    question = "Do they belong together?"
    if check is None:
        return GateView("Homogeneous", question, "unknown", "made by hand, so nothing was measured")
    stability = round(check.stability, 2)
    reason = f"stability {stability:.2f}, by chance {check.by_chance:.2f}"
    is_apart = stability >= DOUBTFUL and check.stability > check.by_chance
    return GateView("Homogeneous", question, "pass" if is_apart else "fail", reason)
