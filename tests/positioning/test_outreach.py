"""Whom to write to: heard lately, tied to others, with a reason that can be linked to; nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from overheard.positioning.outreach import Known, Outreach, choose_contacts
from overheard.records import Reference, Signal
from tests.make import NOON, make_utterance

PEOPLE = ("ann", "bo", "cy")
PAIN = "the oven is cold"


def said(person: str, number: int, said_at: datetime | None = NOON) -> Any:
    return make_utterance(PAIN, person, "d1", number, said_at=said_at)


def told(utterance: Any, strength: int = 2) -> Signal:
    key = f"s-{utterance.person_id}-{utterance.position}"
    return Signal(key, utterance.utterance_id, utterance.person_id, 0, len(PAIN), "pain", strength, 0.9, ())


def tie(person: str, other: str, kind: Any = "reply") -> Reference:
    return Reference(f"{person}>{other}", person, other, kind, "u", None, "d1", NOON)


def choose(**changes: Any) -> Outreach:
    utterances = changes.pop("utterances", [said(person, at) for at, person in enumerate(PEOPLE)])
    signals = changes.pop("signals", [told(one) for one in utterances])
    values: dict[str, Any] = {
        "utterances": utterances,
        "signals": signals,
        "pain_of": {one.signal_id: "cold" for one in signals},
        "references": [tie("ann", "bo"), tie("cy", "bo"), tie("dee", "ann")],
        "linked": {one.utterance_id for one in utterances},
    }
    opted_out, pains = changes.pop("opted_out", ()), changes.pop("pains", ("cold",))
    return choose_contacts(PEOPLE, pains, Known(**values | changes), opted_out, 90)


def test_whom_most_people_of_the_segment_turn_to_comes_first() -> None:
    found = choose()
    assert [one.person_id for one in found.contacts] == ["bo", "ann", "cy"]
    first, second, last = found.contacts
    assert (first.referred_by, first.here) == (2, 2)
    assert (second.referred_by, second.here, second.refers_to) == (1, 0, 1)
    assert (last.referred_by, last.refers_to) == (0, 1)


def test_advice_that_was_taken_is_counted_by_people() -> None:
    found = choose(references=[tie("ann", "bo", "advice taken"), tie("ann", "bo", "reply"), tie("cy", "bo")])
    assert (found.contacts[0].advised, found.contacts[0].referred_by) == (1, 2)


OLD = NOON - timedelta(days=91)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"opted_out": ("ann",)}, "opted out"),
        ({"utterances": [said("ann", 0, OLD), said("bo", 1), said("cy", 2)]}, "not heard lately"),
        ({"utterances": [said("ann", 0, None), said("bo", 1), said("cy", 2)]}, "not heard lately"),
        (
            {"linked": {said(one, at).utterance_id for at, one in enumerate(PEOPLE) if at}},
            "no pain of theirs has a web",
        ),
        ({"references": [tie("cy", "bo")]}, "nobody refers to them"),
    ],
)
def test_who_is_left_out_is_counted_with_the_reason(changes: dict[str, Any], why: str) -> None:
    found = choose(**changes)
    assert sorted(one.person_id for one in found.contacts) == ["bo", "cy"]
    ((reason, count),) = found.left_out.items()
    assert reason.startswith(why)
    assert count == 1


def test_the_reason_is_about_what_sets_the_segment_apart_where_they_say_so() -> None:
    utterances = [said("bo", 0), said("bo", 1)]
    signals = [told(utterances[0], 4), told(utterances[1], 1)]
    pain_of = {signals[0].signal_id: "parking", signals[1].signal_id: "cold"}
    reasons = [
        choose(utterances=utterances, signals=signals, pain_of=pain_of, pains=pains).contacts[0].pain_id
        for pains in (("cold",), ())
    ]
    assert reasons == ["cold", "parking"]


def test_nobody_heard_with_a_date_means_nobody_to_write_to() -> None:
    assert choose(utterances=[said(one, at, None) for at, one in enumerate(PEOPLE)]).contacts == ()
