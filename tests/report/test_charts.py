"""How far people went with a pain: each person once, too few never alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overheard.report.charts import WIDTH, ladder_of


@pytest.mark.parametrize(
    ("strongest", "told"),
    [
        ([1] * 6, ["what is wrong 6"]),
        ([1] * 6 + [3] * 5, ["what is wrong 6", "what was tried 5"]),
        ([1] * 6 + [3] * 4 + [4], ["what is wrong 6", "what was tried or what was paid 5"]),
        ([1] * 2 + [3] * 5, ["what is wrong or what was tried 7"]),
        ([0, 1, 2, 3, 4], ["a mention only or what is wrong or what it costs or what was tried or what was paid 5"]),
        ([9] * 5, ["what was paid 5"]),
    ],
)
def test_people_stand_on_their_highest_rung_and_too_few_with_those_below(strongest: list[int], told: list[str]) -> None:
    assert [f"{part.words} {part.count}" for part in ladder_of(strongest, 5).parts] == told


@pytest.mark.parametrize(
    ("strongest", "is_telling"),
    [([1] * 6, True), ([1] * 6 + [3] * 5, True), ([1] * 2 + [3] * 5, False), ([1] * 3 + [3] * 2 + [4] * 2, False)],
    ids=["one rung", "two parts", "two rungs in one part", "three rungs in one part"],
)
def test_one_part_of_several_rungs_tells_nothing(strongest: list[int], is_telling: bool) -> None:
    assert ladder_of(strongest, 5).is_telling == is_telling


@given(st.lists(st.integers(0, 4), min_size=5, max_size=60), st.integers(1, 5))
def test_everybody_is_in_one_part_and_no_part_is_too_small(strongest: list[int], smallest: int) -> None:
    ladder = ladder_of(strongest, smallest)
    assert sum(part.count for part in ladder.parts) == ladder.total == len(strongest)
    assert min(part.count for part in ladder.parts) >= smallest
    assert ladder.parts[-1].x + ladder.parts[-1].width == pytest.approx(WIDTH, abs=0.1)
