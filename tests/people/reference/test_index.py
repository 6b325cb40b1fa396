"""The E-I index against chance: vectors worked by hand, what chance gives, and planted graphs told from it."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.keyness import benjamini_hochberg
from overheard.people import compare_segments
from overheard.people.reference.index import (
    FEWEST_ADVISED,
    FEWEST_TIED,
    FEWEST_TIES,
    ei_index,
)
from overheard.records import Reference, ReferenceKind, SegmentReference
from tests.report.properties import PROPERTY

Ties = list[tuple[str, str, str]]


def refer(ties: Ties, kind: ReferenceKind = "reply") -> list[Reference]:
    """Make references of (person, person referred to, thread)."""
    return [
        Reference(f"r{at:05}", one, other, kind, f"u{at:05}", None, thread, None)
        for at, (one, other, thread) in enumerate(ties)
    ]


def compare(
    ties: Ties, segment_of: dict[str, str], sources: dict[str, str] | None = None, advice: Ties | None = None
) -> dict[str | None, SegmentReference]:
    """Return the rows by segment."""
    references = refer(ties) + refer(advice or [], "advice taken")
    threads = {one.document_id for one in references}
    present: dict[str, set[str]] = {thread: set() for thread in threads}
    for one in references:
        present[one.document_id] |= {one.person_id, one.to_person_id}
    places = sources or dict.fromkeys(threads, "forum")
    segments = sorted(set(segment_of.values()))
    return {one.segment_id: one for one in compare_segments(references, segment_of, places, present, segments, 7)}


def draw(
    seed: int, share: float | None, people: int = 60, segments: int = 3, ties: int = 150
) -> tuple[Ties, dict[str, str]]:
    """Draw ties: a `share` of them within a segment, or whoever comes where it is None."""
    generator = random.Random(seed)
    segment_of = {f"p{at:03}": f"s{at % segments}" for at in range(people)}
    if share is None:
        labels = list(segment_of.values())
        generator.shuffle(labels)
        segment_of = dict(zip(segment_of, labels, strict=True))
    everybody, drawn = sorted(segment_of), []
    for at in range(ties):
        one = generator.choice(everybody)
        is_within = None if share is None else generator.random() < share
        others = [two for two in everybody if two != one and is_within in (None, segment_of[two] == segment_of[one])]
        drawn.append((one, generator.choice(others), f"d{at}"))
    return drawn, segment_of


@pytest.mark.parametrize(
    ("internal", "external", "index"), [(8, 2, -0.6), (0, 5, 1.0), (5, 0, -1.0), (3, 3, 0.0), (0, 0, 0.0), (1, 3, 0.5)]
)
def test_the_index_is_external_less_internal_by_all(internal: int, external: int, index: float) -> None:
    assert ei_index(np.array([internal]), np.array([external])) == pytest.approx([index])


def test_ties_are_counted_by_hand_worked_example() -> None:
    """Twelve of s and twelve of t: a ring within s (12 ties), 12 ties from s to t, nothing within t."""
    segment_of = {f"{segment}{at:02}": segment for segment in "st" for at in range(12)}
    ties = [(f"s{at:02}", f"s{(at + 1) % 12:02}", f"ring{at}") for at in range(12)]
    ties += [(f"s{at:02}", f"t{at:02}", f"out{at}") for at in range(12)]
    rows = compare([*ties, *ties, ("s00", "unplaced", "x")], segment_of)
    assert {key: (one.people, one.internal, one.external) for key, one in rows.items()} == {
        None: (24, 12, 12),
        "s": (12, 12, 12),
        "t": (12, 0, 12),
    }
    assert rows[None].index == rows["s"].index == 0.0
    assert rows["t"].level == "too few to tell"
    # Of the 23 others a tie may lead to under permuted labels 11 are of one's own: E-I = 1 - 2 * 11 / 23.
    assert rows[None].expected == pytest.approx(1 - 22 / 23, abs=0.02)
    # Everybody met one person only, the one they refer to.
    assert rows["s"].met == rows["s"].index


def test_meeting_is_told_from_choosing() -> None:
    """In each thread one of s refers to one of s though two of t are there as well."""
    segment_of = {f"{segment}{at:02}": segment for segment in "st" for at in range(12)}
    ties, present = [], {}
    for at in range(24):
        one, other, thread = f"s{at % 12:02}", f"s{(at + 1 + at // 12) % 12:02}", f"d{at:02}"
        ties.append((one, other, thread))
        present[thread] = {one, other, f"t{at % 12:02}", f"t{(at + 1) % 12:02}", "unplaced"}
    rows = compare_segments(refer(ties), segment_of, dict.fromkeys(present, "forum"), present, ["s", "t"], 7)
    assert rows[1].index == -1.0
    # One of three others present is of s: (2/3 - 1/3) / 1.
    assert rows[1].met == pytest.approx(1 / 3)


def test_random_mixing_expects_the_sum_of_squared_shares() -> None:
    """Shares .5, .3 and .2: .38 of ties within, so an index of .24."""
    people = [f"p{at:03}" for at in range(400)]
    segment_of = {one: "aaaaabbbcc"[at % 10] for at, one in enumerate(people)}
    generator = random.Random(3)
    ties = [(*generator.sample(people, 2), f"d{at}") for at in range(3000)]
    assert compare(ties, segment_of)[None].expected == pytest.approx(1 - 2 * 0.38, abs=0.01)


def test_repeated_words_in_one_thread_are_one_tie() -> None:
    segment_of = {f"p{at:02}": "s" for at in range(10)}
    ties = [(f"p{at:02}", f"p{(at + 1) % 10:02}", "d") for at in range(10)]
    rows = compare(ties * 50, segment_of)
    assert (rows["s"].internal, rows["s"].level) == (10, "too few to tell")


@pytest.mark.slow
def test_a_planted_graph_is_told_from_a_random_one_in_95_of_100() -> None:
    told = sum(compare(*draw(seed, 0.6))[None].level == "evident" for seed in range(100))
    false = sum(compare(*draw(seed, None))[None].level == "evident" for seed in range(100))
    assert told >= 95
    assert false <= 10


@pytest.mark.slow
def test_p_is_about_uniform_where_there_is_nothing() -> None:
    values = np.sort([compare(*draw(seed, None, ties=80))[None].p or 0.0 for seed in range(200)])
    steps = np.arange(1, 201) / 200
    assert float(np.abs(values - steps).max()) < 0.115, "beyond the 1 % limit of Kolmogorov and Smirnov (1.63 / sqrt n)"


@pytest.mark.slow
def test_segments_that_keep_to_places_are_not_taken_for_segments_that_keep_to_themselves() -> None:
    """Each segment mostly writes in a place of its own, and there whoever comes is answered."""
    generator = random.Random(5)
    false = 0
    for _ in range(40):
        segment_of, ties, sources = {}, [], {}
        for place, mix in (("north", "aaab"), ("south", "abbb")):
            people = [f"{place}{at:02}" for at in range(40)]
            segment_of |= {one: generator.choice(mix) for one in people}
            for at in range(60):
                thread = f"{place}-{at}"
                ties.append((*generator.sample(people, 2), thread))
                sources[thread] = place
        false += compare(ties, segment_of, sources)[None].level == "evident"
    assert false <= 6


@pytest.mark.parametrize(("advised", "level"), [(FEWEST_ADVISED - 1, "evident"), (FEWEST_ADVISED, "personal")])
def test_advice_taken_by_enough_people_makes_references_personal(advised: int, level: str) -> None:
    ties, segment_of = draw(1, 0.9, segments=2)
    own = sorted(one for one, segment in segment_of.items() if segment == "s0")
    advice = [(own[at], own[-1], f"a{at}") for at in range(advised)]
    # Advice of another segment is no reference within one's own.
    advice += [(own[at], "p001", f"b{at}") for at in range(9)]
    row = compare(ties, segment_of, advice=advice)["s0"]
    assert (row.level, row.advised) == (level, advised)


@pytest.mark.parametrize(
    ("people", "ties", "is_told"),
    [(FEWEST_TIED, FEWEST_TIES, True), (FEWEST_TIED - 1, FEWEST_TIES, False), (FEWEST_TIED, FEWEST_TIES - 1, False)],
)
def test_too_few_ties_or_people_tell_nothing(people: int, ties: int, is_told: bool) -> None:
    segment_of = {f"p{at:02}": "s" for at in range(people)}
    drawn = [(f"p{at % people:02}", f"p{(at + 1) % people:02}", f"d{at}") for at in range(ties)]
    row = compare(drawn, segment_of)["s"]
    assert (row.level != "too few to tell") is is_told
    assert (row.p is not None) is is_told


def test_nothing_at_all_tells_nothing() -> None:
    row = compare([], {"p1": "s"})["s"]
    assert row == SegmentReference("s", 0, 0, 0, 0, "too few to tell", None, None, None, None, None)
    assert [one.segment_id for one in compare_segments([], {}, {}, {}, [], 7)] == [None]


def test_one_segment_alone_has_nobody_to_be_told_from() -> None:
    ties, segment_of = draw(2, 1.0, segments=1)
    row = compare(ties, segment_of)["s0"]
    assert (row.index, row.p, row.level) == (-1.0, 1.0, "shared needs only")


def test_pseudonyms_change_no_figure() -> None:
    ties, segment_of = draw(4, 0.5)
    renamed = {one: f"{97 * int(one[1:]) % 1009:04}" for one in segment_of}
    moved = [(renamed[one], renamed[other], thread) for one, other, thread in ties]
    other_ids = {"s0": "z", "s1": "y", "s2": "x"}
    placed = {renamed[one]: other_ids[segment] for one, segment in segment_of.items()}
    before, after = compare(ties, segment_of), compare(moved, placed)
    assert {key and other_ids[key]: replace(one, segment_id=None) for key, one in before.items()} == {
        key: replace(one, segment_id=None) for key, one in after.items()
    }


@pytest.mark.parametrize(
    ("p", "q"),
    [
        ([0.01, 0.04, 0.03], [0.03, 0.04, 0.04]),
        ([0.5], [0.5]),
        ([0.9, 0.9], [0.9, 0.9]),
        ([], []),
        ([0.02, 1.0], [0.04, 1.0]),
    ],
)
def test_q_values_are_those_of_benjamini_and_hochberg(p: list[float], q: list[float]) -> None:
    assert benjamini_hochberg(np.array(p)).tolist() == pytest.approx(q)


@PROPERTY
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_q_values_are_no_smaller_than_p_and_keep_their_order(p: list[float]) -> None:
    q = benjamini_hochberg(np.array(p))
    assert (q >= np.array(p) - 1e-12).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p, kind="stable")]) >= -1e-12).all()
