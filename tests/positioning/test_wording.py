from __future__ import annotations

import pytest

from overheard.positioning.wording import is_compound, is_derived, stems_of


@pytest.mark.parametrize(
    ("one", "other", "derived"),
    [
        ("developers", "development", True),
        ("payers", "pay", True),
        ("copywriters", "copy", True),
        ("quotation", "quote", False),
        ("expenditures", "expenses", False),
        ("invoice", "invoices", False),
        ("advertisements", "ads", False),
    ],
)
def test_words_of_one_family_that_name_different_things_are_told(one: str, other: str, derived: bool) -> None:
    assert is_derived(one, other) is derived
    assert is_derived(other, one) is derived


@pytest.mark.parametrize(
    ("one", "other", "compound"),
    [("mailboxes", "mail", True), ("webpage", "page", True), ("synchronisation", "sync", False), ("cat", "dog", False)],
)
def test_a_compound_is_no_other_word_for_its_part_but_an_abbreviation_is(one: str, other: str, compound: bool) -> None:
    assert is_compound(one, other, {"box", "web", "mail", "page"}) is compound


def test_inflections_are_one_word() -> None:
    assert stems_of("Sending invoices") == stems_of("send invoice") == ("send", "invoic")
