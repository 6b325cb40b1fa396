"""Accounts that may be one person's are proposed with what speaks for it; how they write is not looked at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from overheard.people import Account, propose_aliases

NOON = datetime(2026, 5, 4, 12, 0, 1, tzinfo=UTC)
COMMON = frozenset({"dave", "john", "smith", "sunshine", "maria"})


def make_account(source: str, name: str, *texts: str, at: datetime | None = None) -> Account:
    return Account(f"{source}/{name}", source, name, tuple((text, at) for text in texts or ("It cracked.",)))


def evidence_of(*accounts: Account) -> list[tuple[str, ...]]:
    return [one.evidence for one in propose_aliases(accounts, COMMON)]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Oldenkamp", "oldenkamp", ["the same rare shown name"]),
        ("Maria Oldenkamp", "oldenkamp_maria", ["nearly the same rare shown name"]),
        ("oldenkamp", "Oldenkamp77", ["nearly the same rare shown name"]),
        ("José Oldenkamp", "Jose Oldenkamp", ["the same rare shown name"]),
        ("Dave", "dave", []),
        ("John Smith", "john smith", []),
        ("sunshine85", "sunshine85", []),
        ("kln", "kln", []),
        ("oldenkamp", "oldenkanter", []),
    ],
)
def test_only_a_rare_name_speaks_for_one_person(left: str, right: str, expected: list[str]) -> None:
    found = evidence_of(make_account("board", left), make_account("market", right))
    assert [told for evidence in found for told in evidence] == expected


def test_a_name_that_many_bear_is_not_rare() -> None:
    accounts = [make_account(f"board-{n}", "oldenkamp") for n in range(5)]
    assert evidence_of(*accounts) == []


def test_accounts_of_one_source_are_not_proposed() -> None:
    assert evidence_of(make_account("board", "oldenkamp"), make_account("board", "Oldenkamp7")) == []


LINKED = ("See https://www.kate-fires.example/pots/", "Also at http://kate-fires.example/pots")
SIGNED = ("It cracked again.\nKate, Hollow Lane Pottery", "So did mine.\nKate, Hollow Lane Pottery")


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (LINKED, "both link the same address again and again, nobody else does"),
        (SIGNED, "both close posts with the same line, nobody else does"),
        (
            ("My kiln trips the fuse at nine hundred degrees whenever it rains outside.",),
            "the same long post stands in both sources",
        ),
    ],
)
def test_what_two_accounts_alone_show_speaks_for_one_person(texts: tuple[str, ...], told: str) -> None:
    two = [make_account("board", "kate", *texts), make_account("market", "hollow", *texts)]
    assert evidence_of(*two) == [(told,)]
    assert evidence_of(*two, make_account("other", "third", *texts)) == []


def test_two_long_posts_within_seconds_contradict() -> None:
    left = make_account("board", "oldenkamp", "one " * 25, at=NOON)
    right = make_account("market", "oldenkamp", "two " * 25, at=NOON + timedelta(seconds=9))
    later = make_account("market", "oldenkamp", "two " * 25, at=NOON + timedelta(hours=9))
    assert evidence_of(left, right) == []
    assert evidence_of(left, later) == [("the same rare shown name",)]


def test_writing_alike_speaks_for_nothing() -> None:
    manner = ("Well well well... it is broken!!!1", "Well well well... it burst!!!1", "Well well well... no clay!!!1")
    left = make_account("board", "kate", *(f"{text} A" for text in manner))
    right = make_account("market", "hollow", *(f"{text} B" for text in manner))
    assert evidence_of(left, right) == []
