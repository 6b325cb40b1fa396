"""Segments are called by their needs, in their people's phrases, and keep their names while these hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from overheard.people.needs.evidence import Evidence
from overheard.people.segments.naming import name_segments

PAINS = {"wax": "cracked wax", "honey": "honey running", "odd": "“Why is it so”", "loose": "loose lid"}


@dataclass(frozen=True)
class Phrase:
    text: str
    words: tuple[tuple[str, str], ...]
    does: str = ""
    happens: str = ""


def make_person(*texts: str, pain: str | None = None, name: str = "") -> list[Evidence]:
    return [Evidence(name, f"d{row}", pain, 1, text, None) for row, text in enumerate(texts)]


def find_phrases(texts: Sequence[str]) -> list[list[Phrase]]:
    """Take every pair of neighbouring words for a phrase."""
    pairs = [list(zip(text.split(), text.split()[1:], strict=False)) for text in texts]
    return [[Phrase(f"{one} {other}", ((one, one), (other, other))) for one, other in some] for some in pairs]


WAX = [make_person("cracked wax spoils candles", pain="wax") for _ in range(8)]
HONEY = [make_person("runny honey drips everywhere", pain="honey") for _ in range(8)]


def test_pains_that_set_a_segment_apart_name_it() -> None:
    assert name_segments([WAX, [make_person("honey running", pain="honey") for _ in range(8)]], PAINS) == [
        "cracked wax",
        "honey running",
    ]


def test_phrases_name_where_no_pain_does() -> None:
    for name in name_segments([WAX, HONEY], {}, find_phrases):
        assert " " in name and "," not in name


def test_a_pain_called_by_a_sentence_names_no_segment() -> None:
    odd = [make_person("smoky stove again", pain="odd") for _ in range(8)]
    assert "“" not in "".join(name_segments([odd, HONEY], PAINS))


def test_what_the_brief_says_names_nothing() -> None:
    assert "wax" not in name_segments([WAX, HONEY], PAINS, find_phrases, brief=["We sell cracked wax"])[0]


def test_a_segment_keeps_its_name_until_its_need_is_gone() -> None:
    assert name_segments([WAX, HONEY], PAINS, find_phrases, ["wax for candles", ""])[0] == "wax for candles"
    assert name_segments([WAX, HONEY], PAINS, find_phrases, ["leaking hives", ""])[0] != "leaking hives"
    swapped = name_segments([HONEY, WAX], PAINS, find_phrases, ["cracked wax", "runny honey"])
    assert "wax" not in swapped[0] and "honey" not in swapped[1]


def test_two_segments_never_share_a_name_even_from_before() -> None:
    assert len(set(name_segments([WAX, WAX, WAX], PAINS, find_phrases, ["cracked wax", "cracked wax", ""]))) == 3


def test_those_who_call_themselves_something_are_called_so_in_front() -> None:
    chandlers = [make_person("As a chandler, cracked wax spoils candles", pain="wax") for _ in range(8)]
    assert name_segments([chandlers, HONEY], PAINS)[0] == "chandlers: cracked wax"


def test_the_order_of_people_changes_no_name() -> None:
    mixed = [*WAX, make_person("loose lid again", pain="loose"), make_person("loose lid leaks", pain="loose")]
    assert name_segments([mixed, HONEY], PAINS, find_phrases) == name_segments(
        [mixed[::-1], HONEY], PAINS, find_phrases
    )


def test_what_is_done_names_a_segment_rather_than_the_thing_it_is_done_to() -> None:
    def find(texts: Sequence[str]) -> list[list[Phrase]]:
        act = Phrase("chasing bills", (("chasing", "chase"), ("bills", "bill")), does="chase")
        return [[Phrase("big bills", (("big", "big"), ("bills", "bill"))), act] for _ in texts]

    bills = [make_person("big bills again so chasing bills all night") for _ in range(8)]
    assert name_segments([bills, HONEY], {}, find)[0] == "chasing bills"


def test_a_name_is_two_phrases_that_speak_of_more_people_than_one() -> None:
    half = [make_person("cracked wax everywhere"), make_person("smoky stove indoors")]
    assert name_segments([half * 5, HONEY], {}, find_phrases)[0].count(" and ") == 1
