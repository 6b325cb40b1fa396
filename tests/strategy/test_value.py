from overheard.strategy.value import ALIKE_FROM, compare_value


def test_segments_that_want_the_same_are_told_from_those_that_do_not():
    pairs = compare_value(
        {
            "firms": ["paid on time", "fewer calls", "less typing"],
            "schools": ["paid on time", "less typing", "fewer calls"],
            "museums": ["loans insured", "fewer forms", "less typing"],
            "silent": ["one wish"],
        }
    )
    assert [(one.left_id, one.right_id, one.overlap >= ALIKE_FROM) for one in pairs] == [
        ("firms", "museums", False),
        ("firms", "schools", True),
        ("museums", "schools", False),
    ]
    assert pairs[0].shared == ("less typing",)
