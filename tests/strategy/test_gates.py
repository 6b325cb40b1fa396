"""A segment is refused in words that count nobody out who might be pointed at."""

from __future__ import annotations

import pytest

from overheard.records import SegmentLove
from overheard.strategy import refuse_unloved


def love(answers: int, very: int) -> SegmentLove:
    share = very / answers
    return SegmentLove("s1", answers, 0, very, answers, share, share - 0.1, share + 0.1, share)


@pytest.mark.parametrize(
    ("answers", "very", "told"),
    [
        (50, 10, "10 of 50 would be very disappointed: "),
        (50, 4, "fewer than 5 of 50 would be very disappointed: "),
        (50, 0, "0 of 50 would be very disappointed: "),
        (4, 1, "fewer than 5 of its people said how they would feel without the product"),
    ],
)
@pytest.mark.parametrize("lenient", [True, False])
def test_who_does_not_love_it_enough_is_refused_without_counting_a_few(
    answers: int, very: int, told: str, lenient: bool
) -> None:
    (reason,) = refuse_unloved(love(answers, very), lenient, smallest=5)
    assert reason.startswith(told)


def test_a_segment_without_an_answer_was_not_asked_and_one_that_loves_it_is_not_refused() -> None:
    assert "nobody of it was asked" in refuse_unloved(None, lenient=False, smallest=5)[0]
    assert refuse_unloved(love(60, 40), lenient=False, smallest=5) == ()
