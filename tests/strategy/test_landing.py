"""Variants of a landing page are counted apart; who saw both counts for neither."""

from __future__ import annotations

from overheard.records import LandingVariant, LandingVisit
from overheard.strategy import count_variants


def visit(number: int, variant: str, answer: str = "", segment_id: str = "s1") -> LandingVisit:
    return LandingVisit(f"v{number}", f"p{number}", segment_id, answer, "", None, variant)


def test_each_variant_has_its_visitors_and_those_who_said_it_is_theirs() -> None:
    told = [("a", "s1"), ("a", ""), ("b", "s1"), ("b", "s2"), ("b", "none"), ("", "s1")]
    assert count_variants([visit(at, *one) for at, one in enumerate(told)]) == (
        LandingVariant("s1", "a", 2, 1, 1),
        LandingVariant("s1", "b", 3, 3, 1),
    )


def test_nobody_came() -> None:
    assert count_variants([]) == ()
