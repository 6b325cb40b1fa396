import math

import pytest

from overheard.report.trust import judge, loudest, stability_of


@pytest.mark.parametrize(
    ("people", "stability", "loud", "told", "threads", "standing", "reason"),
    [
        (30, 0.90, 10, 100, 40, "usable", "no single voice"),
        (12, 0.75, 25, 100, 3, "usable", "no single voice"),
        (11, 0.90, 10, 100, 40, "thin", "11 people, fewer than 12"),
        (4, 0.90, 10, 100, 40, "do not use", "fewer than 5 people"),
        (30, 0.74, 10, 100, 40, "thin", "who belongs to it is doubtful (stability 0.74, 0.75 needed)"),
        (30, 0.59, 10, 100, 40, "do not use", "fall into other groups (stability 0.59, 0.60 needed)"),
        (30, math.nan, 10, 100, 40, "do not use", "fall into other groups (stability 0.00, 0.60 needed)"),
        (30, 0.90, 26, 100, 40, "thin", "one person told 26 of its 100 pain sentences"),
        (30, 0.90, 51, 100, 40, "do not use", "one person told 51 of its 100 pain sentences"),
        (30, 0.90, 10, 100, 2, "thin", "only 2 threads"),
        (30, 0.90, 0, 0, 0, "do not use", "no pain that could be placed"),
    ],
)
def test_a_segment_is_judged_by_its_weakest_gate(people, stability, loud, told, threads, standing, reason):
    verdict = judge(people, stability, loud, told, threads)
    assert verdict.standing == standing
    assert any(reason in one for one in verdict.reasons)


def test_every_failed_gate_is_named():
    assert len(judge(8, 0.5, 60, 100, 1).reasons) == 4


@pytest.mark.parametrize(
    ("value", "word"),
    [(1.0, "very stable"), (0.85, "very stable"), (0.84, "stable"), (0.74, "wavering"), (0.59, "unstable"),
     (math.nan, "unstable")],
)  # fmt: skip
def test_stability_has_a_word(value, word):
    assert stability_of(value).word == word


def test_the_loudest_is_counted_in_sentences():
    assert loudest(["a", "b", "a", "c"]) == (2, 4)
    assert loudest([]) == (0, 0)
