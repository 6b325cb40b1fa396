from __future__ import annotations

import pytest

from overheard.positioning import read_copy
from overheard.positioning.check import Finding, Market, check_copy
from overheard.records import Swap, Term, Utterance

SAID = [
    "My quote was too low again",
    "Another quote for the bride",
    "The quote and the bride and bread",
    "Bread was late",
]
UTTERANCES = [Utterance(f"u{i}", "d", f"p{i}", 0, text, (), None, None, "", "") for i, text in enumerate(SAID)]
SWAP = Swap("s1", "quotation", 1, "A quotation", "quote", "say theirs", 3, 0, 3, 3.0, (1.0, 5.0), (("u0", 3, 8),))


def _term(group: str, text: str, people: int, place: tuple[str, int, int]) -> Term:
    return Term(group_id=group, text=text, people=people, uses=people, people_elsewhere=0, effect=1.0,
                interval=(0.1, 2.0), z=2.0, examples=(place,))  # fmt: skip


MARKET = Market(
    UTTERANCES,
    {one.utterance_id: ((0, len(one.text)),) for one in UTTERANCES},
    {"s1": frozenset({"p0", "p1", "p2"}), "s2": frozenset({"p3"})},
    [_term("s1", "bride", 2, ("u1", 22, 27)), _term("s2", "bread", 1, ("u3", 0, 5))],
    [SWAP],
)


COMMON = ["bride", "replace"]


def _found(page: str, segment: str | None = None) -> list[tuple[str, int, str]]:
    return [
        (one.kind, one.line, one.word) for one in check_copy(read_copy(page), MARKET, segment, ("Tally",), 2, COMMON)
    ]


def test_a_page_in_their_words_is_clean() -> None:
    assert _found("Another quote for the bride") == []


def test_a_word_nobody_says_is_told_with_its_line_and_counts() -> None:
    (found,) = check_copy(read_copy("Another quote\n\nfor the bride's liquidity"), MARKET, None, (), 2, COMMON)
    assert found == Finding("jargon", 3, "liquidity", 0, 4)


def test_a_word_with_a_better_one_is_told_once_and_with_it() -> None:
    (found,) = check_copy(read_copy("A quotation for the bride"), MARKET, "s1", (), 2, COMMON)
    assert (found.kind, found.word, found.theirs, found.people_theirs, found.example) == (
        "swap", "quotation", "quote", 3, ("u0", 3, 8),
    )  # fmt: skip


def test_vague_words_are_told_unless_people_say_them() -> None:
    assert _found("A seamless quote") == [("vague", 1, "seamless")]


def test_missing_words_are_told_of_a_segment_alone() -> None:
    assert _found("Another quote and bread", "s1") == [("missing", 0, "bride")]
    assert _found("Another quote and bread") == []


def test_what_nobody_of_a_segment_says_but_others_do_is_no_jargon() -> None:
    assert _found("A late quote for the bride", "s1") == []


def test_an_everyday_word_is_no_jargon_because_nobody_happened_to_say_it() -> None:
    assert _found("Replacing a quote") == []
    assert _found("Supplanting a quote") == [("jargon", 1, "supplanting")]


def _two_segments(word: str, theirs: int, ours: int) -> Market:
    """Ten people each; so many of the others' and of ours say a word that is a term of the others'."""
    texts = [f"the {word}" if row < theirs or 10 <= row < 10 + ours else "nothing" for row in range(20)]
    rows = [Utterance(f"u{i}", "d", f"p{i}", 0, text, (), None, None, "", "") for i, text in enumerate(texts)]
    groups = {"s2": frozenset(f"p{i}" for i in range(10)), "s1": frozenset(f"p{i}" for i in range(10, 20))}
    own = {one.utterance_id: ((0, len(one.text)),) for one in rows}
    return Market(rows, own, groups, [_term("s2", word, theirs, ("u0", 4, 4 + len(word)))], [])


@pytest.mark.parametrize(
    ("word", "theirs", "ours", "is_told"),
    [
        ("bread", 9, 0, True),
        ("bread", 9, 1, True),
        ("bread", 9, 3, False),
        ("bread", 4, 0, False),
        ("bride", 9, 0, False),
    ],
    ids=["only they", "they far more", "enough of ours", "could be chance", "an everyday word"],
)
def test_a_word_is_anothers_only_beyond_chance(word: str, theirs: int, ours: int, is_told: bool) -> None:
    found = check_copy(read_copy(f"The {word}"), _two_segments(word, theirs, ours), "s1", (), 2, COMMON)
    assert [one.kind for one in found] == ["other segment"] * is_told


def test_the_products_own_name_is_never_found_fault_with() -> None:
    assert _found("Tally, another quote") == []
