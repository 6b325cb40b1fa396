"""The page on large markets says what follows from its own figures."""

from __future__ import annotations

import pytest

from tests.docs.scale_figures import NAMES, PAGE, SIZES, made_anew, read_figures, rows_of

FIGURES = {
    "shared_ms": 36.0,
    "here_ms": 3.6,
    "cores": 10.0,
    "new_share": 0.01,
    "memory_kb": 20.0,
    "disk_kb": 10.0,
    "core_hour_dollars": 0.05,
    "gb_month_dollars": 0.02,
}


def test_the_page_holds_what_its_figures_make() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert read_figures(page).keys() == FIGURES.keys()
    assert page == made_anew(page), "write it again: python -m tests.docs.scale_figures"


def test_a_million_posts_reckoned_by_hand() -> None:
    # 1e6 × 36 ms = 10 core hours; 1e6 × 3.6 ms = 1 hour; 10 / 10 + 1 = 2; a hundredth of 10 / 10, and 1 = 1.01.
    assert rows_of(FIGURES, SIZES[0]) == ["10", "1", "2", "1", "20", "10", "0.5", "0.2"]


@pytest.mark.parametrize("row", range(len(NAMES)))
def test_ten_times_the_posts_take_ten_times_as_much(row: int) -> None:
    one, ten = (float(rows_of(FIGURES, posts)[row].replace(",", "")) for posts in SIZES[:2])
    assert ten == pytest.approx(10 * one, rel=0.06)
