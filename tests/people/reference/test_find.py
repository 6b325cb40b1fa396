"""Who refers to whom: what counts, and what only looks like it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from overheard.people import find_references
from overheard.people.reference.advice import takes_up
from overheard.records import Reference, Signal, Slot, Utterance, id_of
from tests.make import make_document, make_utterance

NAMES = {
    "p1": "Ilse Harrow",
    "p2": "tom99",
    "p3": "Will",
    "p4": "a",
    "p5": "🐝",
    "p6": "(.*)+$",
    "p7": "Grace",
    "p8": "Nadia Frost",
}


def thread(*said: tuple[str, str], document_id: str = "d1", **more: Any) -> list[Utterance]:
    """Make a thread of (person, text)."""
    return [make_utterance(text, who, document_id, at, **more) for at, (who, text) in enumerate(said)]


def found(
    utterances: list[Utterance],
    customers: set[str] | None = None,
    signals: tuple[Signal, ...] = (),
    slots: tuple[Slot, ...] = (),
    names: dict[str, str] = NAMES,
) -> list[tuple[str, str, str]]:
    """Return (from, to, kind) of the references."""
    documents = {one.document_id: make_document(one.document_id) for one in utterances}
    rows = find_references(
        utterances,
        documents,
        {one: [name] for one, name in names.items()},
        set(names) if customers is None else customers,
        signals,
        slots,
    )
    assert all(isinstance(one, Reference) for one in rows)
    return [(one.person_id, one.to_person_id, one.kind) for one in rows]


def advise(utterance: Utterance, product: str = "") -> tuple[tuple[Signal, ...], tuple[Slot, ...]]:
    """Make an utterance a recommendation, perhaps of a product."""
    signal = Signal(
        "s", utterance.utterance_id, utterance.person_id, 0, len(utterance.text), "recommendation", 1, 0.9, ()
    )
    at = utterance.text.find(product)
    return (signal,), (Slot("s", "product", at, at + len(product)),) if product else ()


def test_to_write_below_somebody_is_no_reference() -> None:
    assert found(thread(("p1", "Kilns are slow."), ("p2", "Mine too, thanks."))) == []


@pytest.mark.parametrize("told", ["https://forum.example/t/d1#p0", "#p0", "Ilse Harrow", "ILSE HARROW ", "message 7"])
def test_a_reply_names_what_it_answers_by_address_by_author_or_by_the_sources_own_key(told: str) -> None:
    first, second = thread(("p1", "Kilns are slow."), ("p2", "Mine too."))
    first = replace(first, utterance_id=id_of("forum", "message 7"))
    assert found([first, replace(second, replies_to=told)]) == [("p2", "p1", "reply")]


@pytest.mark.parametrize("told", ["nobody known", "//[x", "https://forum.example/t/d1", ""])
def test_a_reply_to_what_is_not_there_is_no_reference(told: str) -> None:
    first, second, third = thread(("p1", "Kilns are slow."), ("p2", "Mine too."), ("p3", "And mine."))
    shared = [replace(one, url="https://forum.example/t/d1") for one in (first, second, third)]
    assert found([*shared[:2], replace(shared[2], replies_to=told)]) == []


def test_nobody_refers_to_themselves_and_staff_do_not_count() -> None:
    rows = thread(("p1", "Kilns are slow."), ("p1", "I, Ilse Harrow, wait."), ("p2", "Ilse Harrow is right."))
    assert found(rows) == [("p2", "p1", "mention")]
    assert found(rows, customers={"p1"}) == []
    assert found(rows, customers={"p2"}) == []


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("As Ilse Harrow says, wait.", "p1"),
        ("ask ilse harrow", "p1"),
        ("Ilse, wait.", None),
        ("tom99's way is best", "p2"),
        ("tom999 and atom99", None),
        ("@Will try it", "p3"),
        ("Will it work?", None),
        ("@a yes", "p4"),
        ("A kiln is a kiln", None),
        ("🐝 🐝 @🐝", None),
        ("(.*)+$", None),
        ("Ask Grace about it", "p7"),
        ("a grace period", None),
        ("write to info@grace.example", None),
    ],
)
def test_a_person_is_named_in_whole_words_that_are_no_words_of_their_own(text: str, person: str | None) -> None:
    rows = thread(*((one, "We will see, will we?") for one in NAMES if one != "p8"), ("p8", text))
    assert found(rows) == ([("p8", person, "mention")] if person else [])


def test_a_name_used_more_where_its_bearer_is_not_is_a_word_of_the_market() -> None:
    names = {"p1": "Kilnmaster", "p2": "Orla", "p3": "Bram", "p4": "Uta"}
    elsewhere = thread(("p2", "My Kilnmaster broke."), ("p3", "Kilnmaster again!"), document_id="d2")
    here = thread(("p1", "Hello."), ("p4", "My Kilnmaster is fine."))
    assert found(here, names=names) == [("p4", "p1", "mention")]
    assert found([*here, *elsewhere], names=names) == []
    asked = thread(("p1", "Hello."), ("p4", "Is it fine, @kilnmaster?"))
    assert found([*asked, *elsewhere], names=names) == [("p4", "p1", "mention")]


def test_two_people_of_one_name_are_not_told_apart() -> None:
    names = {"p1": "Tom S", "p2": "tom-s", "p3": "Uta"}
    assert found(thread(("p1", "Hm."), ("p2", "Hm."), ("p3", "Tom S is right.")), names=names) == []


def test_a_name_in_quoted_words_is_not_the_quoters_mention() -> None:
    text = "Ilse Harrow wrote: no\nI agree."
    rows = [*thread(("p1", "Hm.")), make_utterance(text, "p2", "d1", 1, not_own=((0, text.index("\n")),))]
    assert found(rows) == []


SAID = "My kiln needs eleven hours to reach the heat and then it trips the fuse."


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (SAID, [("p3", "p1", "quote")]),
        ("ILSE wrote:\n> my kiln needs eleven hours to reach the heat", [("p3", "p1", "quote")]),
        ("it trips the fuse", [("p3", "p1", "quote")]),
        ("the fuse", []),
        ("A poem of a dead poet about the heat of summer and of kilns", []),
        ("", []),
    ],
)
def test_a_quote_is_of_whoever_said_it_earlier_in_the_thread(quote: str, expected: list[tuple[str, str, str]]) -> None:
    quoting = make_utterance(quote + "\nSame here.", "p3", "d1", 2, not_own=((0, len(quote)),) if quote else ())
    assert found([*thread(("p1", SAID), ("p2", "Another matter.")), quoting]) == expected
    apart = [replace(one, document_id="d2") for one in thread(("p1", SAID))]
    assert found([*apart, quoting]) == []


def test_a_quote_of_a_quote_is_of_its_first_author() -> None:
    quoting = make_utterance(SAID + "\nYes.", "p2", "d1", 1, not_own=((0, len(SAID)),))
    again = make_utterance(SAID + "\nNo.", "p3", "d1", 2, not_own=((0, len(SAID)),))
    copied = make_utterance(SAID, "p7", "d1", 3)
    last = make_utterance(SAID + "\nHm.", "p8", "d1", 4, not_own=((0, len(SAID)),))
    quotes = found([*thread(("p1", SAID)), quoting, again, copied, last])
    assert quotes == [("p2", "p1", "quote"), ("p3", "p1", "quote"), ("p8", "p1", "quote")]


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("I tried that and it is quiet now.", True),
        ("We've switched to it, cheers.", True),
        ("I'll give this a try.", True),
        ("Thanks for the tip!", True),
        ("Did the trick? I took your advice.", True),
        ("That worked, you are a star.", True),
        ("I did as you suggested.", True),
        ("Will do.", True),
        ("Thanks.", False),
        ("I have not tried that.", False),
        ("No thanks for the advice.", False),
        ("I tried that already.", False),
        ("That will do nothing.", False),
        ("Try that.", False),
        ("", False),
    ],
)
def test_advice_is_taken_up_where_somebody_says_that_they_did_or_will_or_that_it_helped(
    text: str, is_taken: bool
) -> None:
    assert takes_up(text) is is_taken


def test_advice_taken_needs_advice_given_and_a_sign_whose_it_was() -> None:
    first, second, third = thread(
        ("p1", "Wrap the relay in felt."), ("p2", "Hm."), ("p3", "I tried that, it is quiet.")
    )
    signals, slots = advise(first)
    assert found([first, second, third], signals=signals, slots=slots) == []
    pointed = replace(third, replies_to=first.url)
    assert found([first, second, pointed]) == [("p3", "p1", "reply")]
    both = [("p3", "p1", "reply"), ("p3", "p1", "advice taken")]
    assert found([first, second, pointed], signals=signals, slots=slots) == both
    other = replace(third, replies_to=second.url)
    assert found([first, second, other], signals=signals, slots=slots) == [("p3", "p2", "reply")]


def test_advice_is_taken_by_who_tries_what_another_was_first_to_name() -> None:
    first, *rest = thread(
        ("p1", "Get a Feltwright for it."), ("p2", "I bought a Feltwright."), ("p3", "I never bought a Feltwright.")
    )
    signals, slots = advise(first, "Feltwright")
    assert found([first, *rest], signals=signals, slots=slots) == [("p2", "p1", "advice taken")]
    before = replace(rest[0], text="Is a Feltwright any good?", position=-1, utterance_id="asked")
    assert found([before, first, *rest], signals=signals, slots=slots) == []


def test_the_same_reference_twice_in_an_utterance_is_one() -> None:
    rows = thread(("p1", "Hm."), ("p2", "Ilse Harrow! @Ilse Harrow! Ilse Harrow!"))
    assert found(rows) == [("p2", "p1", "mention")]


def test_who_refers_to_whom_does_not_depend_on_pseudonyms_or_the_order_of_rows() -> None:
    rows = [replace(one, replies_to="#p0") for one in thread(*((person, SAID) for person in NAMES))]
    rows += thread(("p1", "@Will and @a"), ("p3", "no"), ("p4", "no"), document_id="d2")
    renamed = {person: f"{9 - int(person[1])}x" for person in NAMES}
    other = [replace(one, person_id=renamed[one.person_id]) for one in reversed(rows)]
    names = {renamed[person]: name for person, name in NAMES.items()}
    expected = [(renamed[one], renamed[two], kind) for one, two, kind in found(rows)]
    assert found(other, names=names) == expected
    assert len(expected) == 9


@pytest.mark.slow
@pytest.mark.parametrize("part", ["I have ", "that has ", "thanks ", "@", "Ilse ", "a", "I took your", "Ilse Harrow "])
def test_hostile_text_is_read_in_linear_time(part: str) -> None:
    text = part * (300_000 // len(part))
    rows = thread(("p1", "Wrap it."), ("p2", text))
    rows.append(make_utterance(text, "p3", "d1", 2, not_own=((0, len(text) // 2),), replies_to="#p0"))
    signals, slots = advise(rows[0])
    began = time.process_time()
    found(rows, signals=signals, slots=slots)
    assert time.process_time() - began < 4
