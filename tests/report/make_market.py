"""An invented market of any size, drawn from a seed: allotment gardeners and what goes wrong for them."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import numpy as np

from overheard.records import (
    Document,
    LastingPain,
    Membership,
    Pain,
    PainGroup,
    Placement,
    Segment,
    Signal,
    Term,
    Utterance,
    id_of,
)
from overheard.report import Findings
from overheard.settings import Settings
from tests.report.make_findings import make_findings

NIGHT = date(2026, 9, 1)
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
THINGS = (
    "water butt", "shed key", "seed packet", "bean pole", "compost heap", "slug trap", "gate lock", "hose reel",
    "waiting list", "plot number", "rent letter", "potato bag", "cold frame", "apple net", "tool hut", "path edge",
)  # fmt: skip
ADJECTIVES = ("old", "green", "second", "broken", "shared", "northern", "wooden", "café", "Überlinger", "new")
TROUBLES = (
    "is never where I left it", "cost me a whole weekend", "has been wrong since March", "leaks on everybody's beds",
    "took me three letters to the council", "made me buy another one for thirty pounds", "drives me up the wall",
)  # fmt: skip
ENDINGS = ("and nobody answers.", "so I gave up.", "again.", "and my neighbour laughs.", "which is a shame.")
SEGMENTS = ("people who wait", "people who mend", "people who share")


def make_market(posts: int = 160, pains: int = 9, seed: int = 7) -> Findings:
    """Make a market: a fifth as many people as posts, a thread for every eight posts, half of the posts tell a pain."""
    draw = random.Random(seed)
    names = [f"{ADJECTIVES[at // len(THINGS) % len(ADJECTIVES)]} {THINGS[at % len(THINGS)]}" for at in range(pains)]
    people = [f"g{at:05}" for at in range(posts // 5)]
    segment_of = {person: at % len(SEGMENTS) for at, person in enumerate(people)}
    documents, utterances, signals, placements = [], [], [], []
    told: dict[str, list[Signal]] = {name: [] for name in names}
    for at in range(posts):
        thread = f"plot-{at // 8}"
        if at % 8 == 0:
            title = f"Thread {at // 8} about the {draw.choice(names)}"
            url = f"https://allotment.example/t/{thread}"
            documents.append(Document(thread, f"board-{at // 8 % 3}", url, title, START))
        person = people[at % len(people)]
        name = names[(segment_of[person] + 3 * draw.randrange(max(1, pains // 3))) % pains]
        sentence = f"My {name} {draw.choice(TROUBLES)} {draw.choice(ENDINGS)[:-1]}, number {at}."
        moment = START + timedelta(hours=at * 5000 / posts)
        url = f"https://allotment.example/t/{thread}#{at}"
        text = f"Good morning. {sentence} Rain is coming."
        utterances.append(Utterance(f"u{at}", thread, person, at % 8, text, (), moment, None, url, ""))
        if at % 2 == 0:
            signal = Signal(id_of(at), f"u{at}", person, 14, 14 + len(sentence), "pain", at % 5, 0.9, ("cue",))
            signals.append(signal)
            placements.append(Placement(signal.signal_id, id_of(name), 0.9))
            told[name].append(signal)
        elif at % 7 == 0:
            signals.append(Signal(id_of(at), f"u{at}", person, 14, 14 + len(sentence), "request", 1, 0.9, ("cue",)))
    members = [Membership(person, f"s{at}", 0.9, "needs-kmeans", NIGHT, None) for person, at in segment_of.items()]
    return make_findings(
        settings=Settings(
            market={"name": "Allotments", "brief": "What hurts gardeners"},
            source=[{"kind": "pages", "name": f"board-{at}", "files": f"{at}/*.html"} for at in range(3)],
        ),
        documents=documents, utterances=utterances, roles=[], signals=signals, placements=placements,
        pains=[_pain(name, rows) for name, rows in told.items()],
        lasting_pains=[_lasting(name, at, seed) for at, name in enumerate(names)],
        pain_groups=[PainGroup(0, id_of(one), one, None, (id_of(one),), (), 0, (), (id_of(one),)) for one in names]
        + [_family(names[at::3], at) for at in range(3)],
        segments=[
            Segment(f"s{at}", name, sum(one == at for one in segment_of.values()), 0.8, (id_of(names[at]),))
            for at, name in enumerate(SEGMENTS)
        ],
        memberships=members,
        terms=_terms(names, utterances, segment_of),
        pain_events=[], segment_events=[], skips=[], references=[], segment_references=[], segmentations=[],
        segment_trials=[], segment_checks=[], source_kinds=[],
        blots=lambda text: [],
    )  # fmt: skip


def _pain(name: str, told: list[Signal]) -> Pain:
    exemplars = tuple(one.signal_id for one in told[:5])
    return Pain(id_of(name), name, tuple(name.split()), exemplars, len({one.person_id for one in told}), len(told))


def _lasting(name: str, at: int, seed: int) -> LastingPain:
    """Three heaps of directions, as many as there are segments."""
    middle = np.eye(8)[at % 3] * 2
    centroid = middle + np.random.default_rng([seed, at]).standard_normal(8)
    centroid /= np.linalg.norm(centroid)
    return LastingPain(id_of(name), name, tuple(name.split()), NIGHT, 5, tuple(centroid.tolist()))


def _family(names: list[str], at: int) -> PainGroup:
    pains = tuple(id_of(one) for one in names)
    return PainGroup(-1, f"family{at}", f"family {at}", None, pains, (), 0, (), pains[:1])


def _terms(names: list[str], utterances: list[Utterance], segment_of: dict[str, int]) -> list[Term]:
    terms = []
    for name in names:
        hits = [one for one in utterances if f" {name} " in one.text]
        people = {one.person_id for one in hits}
        group = max(range(len(SEGMENTS)), key=lambda at: sum(segment_of[one] == at for one in people))
        here = {one for one in people if segment_of[one] == group}
        first = {one.person_id: one for one in reversed(hits) if one.person_id in here}
        examples = tuple(
            (one.utterance_id, one.text.index(name), one.text.index(name) + len(name)) for one in first.values()
        )
        if len(here) >= 3:
            elsewhere = len(people) - len(here)
            terms.append(Term(f"s{group}", name, len(here), len(hits), elsewhere, 3.0, (1.0, 5.0), 4.0, examples[:20]))
    return terms
