"""An id, the beginning of one or a name finds one thing or is refused with what comes near."""

from __future__ import annotations

import pytest

from overheard.errors import BadInputError
from overheard.steps.decisions.meant import find_meant

NAMES = {"ab12cd": "late invoices", "ab12ef": "Lost receipts", "99ffaa": "slow bank feed"}


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("ab12cd", "ab12cd"),
        ("99ff", "99ffaa"),
        ("lost receipts", "ab12ef"),
        ("LATE invoices", "ab12cd"),
    ],
)
def test_an_id_its_beginning_or_a_name_means_one(asked: str, meant: str) -> None:
    assert find_meant(NAMES, "pain", asked, "tea/", "run") == meant


@pytest.mark.parametrize(
    ("names", "asked", "told"),
    [
        (NAMES, "ab12", "several pains are meant by `ab12`; the nearest are ab12cd “late invoices”, ab12ef “Lost"),
        (NAMES, "99f", "no pain is `99f`; the nearest are 99ffaa “slow bank feed”"),
        (NAMES, "late invoice", "no pain is `late invoice`; the nearest are ab12cd “late invoices”"),
        (NAMES | {"77": "late invoices"}, "late invoices", "several pains are meant by `late invoices`"),
        ({}, "late", "there are no pains yet; run it first"),
    ],
)
def test_none_or_several_are_refused_with_what_comes_near(names: dict[str, str], asked: str, told: str) -> None:
    with pytest.raises(BadInputError) as refused:
        find_meant(names, "pain", asked, "tea/", "run it first")
    assert told in str(refused.value)
