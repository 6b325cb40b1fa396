"""People are pseudonyms, and what tells who they are is blotted out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.privacy import Blotter, new_key, person_id_of

KEY = b"k" * 32


def test_a_person_is_one_account_of_one_source() -> None:
    assert person_id_of("forum", "Ann ", KEY) == person_id_of("forum", "aNN", KEY)
    assert person_id_of("forum", "ann", KEY) != person_id_of("other", "ann", KEY)
    assert person_id_of("forum", "ann", KEY) != person_id_of("forum", "ann", b"x" * 32)


def test_keys_are_long_and_never_the_same() -> None:
    assert len(new_key()) == 32
    assert new_key() != new_key()


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("write to jo.bloggs+x@mail.example.org today", ["jo.bloggs+x@mail.example.org"]),
        ("thanks @carpenter_ken!", ["@carpenter_ken"]),
        ("as u/some_name said", ["u/some_name"]),
        ("ring +44 20 7946 0958 or (555) 123-4567", ["+44 20 7946 0958", "(555) 123-4567"]),
        ("call 020 7946 0958", ["020 7946 0958"]),
        ("server at 192.168.10.1 is down", ["192.168.10.1"]),
        ("IBAN GB82 WEST 1234 5698 7654 32 please", ["GB82 WEST 1234 5698 7654 32"]),
        ("card 4111 1111 1111 1111", ["4111 1111 1111 1111"]),
        ("paid 1,234.56 on 2026-05-04 at 12:30, invoice 20260504", []),
        ("net-60 terms, version 3.11.7 and 10.5 hours", []),
        ("Big Dave the Sparky said so", ["Big Dave the Sparky"]),
        ("Daves and sparkys", []),
        ("my invoice is late, Invoice told me; TIN_TIN too", ["Invoice", "TIN_TIN"]),
        ("Big. Dave. And then, the Sparky", []),
    ],
)
def test_contact_details_and_names_are_found_and_nothing_else(text: str, hidden: list[str]) -> None:
    spans = Blotter(["Big Dave (the Sparky)", "Sam", "invoice", "tin_tin"]).find(text)
    assert [text[start:end] for start, end in spans] == hidden


@given(st.text(max_size=200), st.lists(st.text(max_size=12), max_size=4))
def test_blots_are_sorted_and_apart_whatever_the_text(text: str, names: list[str]) -> None:
    spans = Blotter(names).find(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] < right[0] for left, right in pairwise(spans))


@pytest.mark.slow
def test_a_long_hostile_text_is_read_in_linear_time() -> None:
    import time

    for text in ("a" * 200_000, "1" * 200_000, "+1 " * 60_000, "a.b-" * 50_000 + "@", "AB12 " * 40_000):
        started = time.perf_counter()
        Blotter(["somebody"]).find(text)
        assert time.perf_counter() - started < 5
